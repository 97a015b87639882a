"""What Ctrl-C does while a program has only begun to import what it is made of."""

import signal
from contextlib import contextmanager


@contextmanager
def ending_in_silence():
    """Let the system end the program, with 130 as a shell tells it, and no traceback.

    Python would raise KeyboardInterrupt wherever it is, and even lose it where an
    import of the system's own cannot be interrupted. Who ignores Ctrl-C still does.
    """
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, usual)

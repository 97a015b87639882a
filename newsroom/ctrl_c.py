"""Ctrl-C while a program is still importing its own modules."""

import signal
from contextlib import contextmanager


@contextmanager
def quiet_ctrl_c():
    """Let Ctrl-C end the program without a traceback; a shell reports 130.

    Python would raise KeyboardInterrupt wherever it is, and even lose it inside an
    import of the system's own. A process that ignores Ctrl-C goes on ignoring it.
    """
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, usual)

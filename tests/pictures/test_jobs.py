"""A large picture is made in a process of its own."""

import os
import signal

import pytest

from articles.pictures import (
    Job,
    JobFailed,
    Metadata,
    NotAPicture,
    make_cuts,
    open_picture,
    read_words,
    run_job,
)
from tests.pictures.files import HEIC, make_file

LARGE, CENTRE = (1000, 600), (50, 50)


def tell_process(*_picture):
    return [os.getpid(), os.nice(0)]


def be_killed(*_picture):
    os.kill(os.getpid(), signal.SIGKILL)


def crash(*_picture):
    os.kill(os.getpid(), signal.SIGSEGV)


def job(making):
    return Job(open_picture, making, {"credit": "Port Desk"}, CENTRE)


def test_a_small_picture_is_made_here():
    assert run_job(make_file(), job(tell_process)).files[0] == os.getpid()


def test_a_large_picture_is_made_elsewhere_behind_all_others():
    pid, niceness = run_job(make_file(size=LARGE), job(tell_process)).files
    assert pid != os.getpid()
    assert niceness > os.nice(0)


def test_a_telephone_s_picture_of_any_size_is_decoded_in_no_server():
    assert run_job(HEIC, job(tell_process)).files[0] != os.getpid()
    assert read_words(HEIC).creator == "Nida Rauf"


def test_a_picture_that_crashes_its_decoder_is_refused_as_damaged():
    for data in (HEIC, make_file(size=LARGE)):
        with pytest.raises(NotAPicture, match="damaged, or was cut off"):
            run_job(data, job(crash))


def test_what_is_made_elsewhere_is_the_same():
    data = make_file(size=LARGE)
    made = run_job(data, job(make_cuts))
    assert made == job(make_cuts).run(data)
    assert (made.width, made.height, made.metadata) == (*LARGE, Metadata())


def test_a_large_picture_that_is_cut_off_is_refused_in_a_sentence():
    with pytest.raises(NotAPicture, match="damaged, or was cut off"):
        run_job(make_file(size=LARGE)[:-999], job(make_cuts))


def test_a_process_that_is_killed_is_told():
    with pytest.raises(JobFailed):
        run_job(make_file(size=LARGE), job(be_killed))

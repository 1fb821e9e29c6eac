"""What a process may come to; each is called there. They need little, so that little has to be imported."""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

from data.foundation.errors import DamagedFileError
from data.foundation.steps import Step
from tests.support import peaks

MB = 2**20


def adds(tell, first, second):
    tell(Step("adding", file="a.csv"))
    return first + second


def its_folder(tell):
    return str(Path.cwd())


def its_number(tell):
    return os.getpid()


def takes(tell, megabytes):
    return len(bytearray(megabytes * MB))


def takes_where_nobody_raises(tell, megabytes):
    """As a library that is not written in Python: what it can't get ends the process."""
    tell(Step("read", file="a.xlsx"))
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    if libc.malloc(megabytes * MB) is None:
        os.abort()
    return True


def is_ended_by(tell, name):
    os.kill(os.getpid(), getattr(signal, name))


def leaves(tell):
    os._exit(7)


def computes(tell):
    tell(Step("computing", str(os.getpid())))
    while True:
        pass


def fails(tell, value):
    raise LookupError(value)


def says_what_is_damaged(tell, path):
    raise DamagedFileError(path, "cut")


def talks(tell, text):
    print(text, flush=True)
    print(text, file=sys.stderr, flush=True)
    os.write(2, text.encode())


def may_dump(tell):
    return resource.getrlimit(resource.RLIMIT_CORE)


def may_take(tell):
    return resource.getrlimit(resource.RLIMIT_DATA)[0] // MB


def calls_itself_for_ever(tell):
    return calls_itself_for_ever(tell)


def most_mb(tell):
    """The most memory that this process ever had."""
    return peaks.ever()

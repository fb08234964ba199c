"""What the process may still ask the system for once its code is loaded: to read and write what it holds, and to end.

A decoder that was taken over could otherwise open the secret key, speak to the database or start a program. Linux only;
where the system knows no such filter, the other limits stand alone.
"""

import ctypes
import platform
import signal
import struct
import sys

_END_WITH_PARENT, _NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 1, 38, 22, 2
_REFUSE, _ALLOW, _KILL = 0x00050001, 0x7FFF0000, 0x80000000  # refuse: with "not permitted"
_NOT_KNOWN = 0x00050026  # the system's own words for a call it does not have; then an older one is tried
_LOAD, _EQUAL, _AT_LEAST, _HAS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16

# By machine: the kernel's name for it, the number of clone, and those of open, socket and socketpair, connect, execve and execveat,
# ptrace, the calls that reach into other processes, and those that change limits or names in folders. From 424 on the numbers
# are the same everywhere.
_CALLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        56,
        (
            *(2, 41, 42, 53, 57, 58, 59, 62, 76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 101, 165, 200, 234),
            *(257, 258, 260, 263, 264, 265, 266, 268, 302, 304, 310, 311, 316, 321, 322),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        (33, 34, 35, 36, 37, 38, 40, 45, 53, 54, 56, 117, 129, 130, 131, 198, 199, 203, 221, 261, 265, 270, 271, 276, 280, 281),
    ),
}
_ANYWHERE = (424, 425, 437, 438)  # pidfd_send_signal, io_uring_setup, openat2, pidfd_getfd
_NEW_CLONE, _SAME_PROCESS = 435, 0x00010000
_OTHER_CALLS = 0x40000000  # a second set of numbers that one machine knows


def confine() -> bool:
    """Give up, for good, everything but what is held; says whether the system agreed."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _CALLS:
        return False
    program = _program(*_CALLS[machine])
    library = ctypes.CDLL(None, use_errno=True)
    lines = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(lines)))
    library.prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    library.prctl(_END_WITH_PARENT, signal.SIGKILL, None, 0, 0)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, None, 0, 0) != 0:
        return False
    return bool(library.prctl(_SECCOMP, _FILTER, ctypes.addressof(header), 0, 0) == 0)


def _program(architecture: int, clone: int, calls: tuple[int, ...]) -> bytes:
    """Write the filter as the kernel reads it: operation, steps to skip if so, steps to skip if not, number."""
    refused = (*calls, *_ANYWHERE)
    threads = [  # A decoder may have threads, but no children.
        (_EQUAL, 0, 1, _NEW_CLONE),
        (_RETURN, 0, 0, _NOT_KNOWN),
        (_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_HAS, 1, 0, _SAME_PROCESS),
        (_RETURN, 0, 0, _REFUSE),
    ]
    far = len(refused) + len(threads)
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, far + 1, 0, _OTHER_CALLS),
        *((_EQUAL, far - place, 0, call) for place, call in enumerate(refused)),
        *threads,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)

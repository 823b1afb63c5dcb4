"""One writer at a time in a folder: a lock that the system lets go when its holder ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# A holder that was killed may leave processes of its own which hold the lock until they notice, within moments.
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.05
HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)  # some network disks: better without a lock than not at all


class BusyError(Exception):
    """Another process, ``holder``, is at work in ``folder``. Commands answer it with exit code 3."""

    def __init__(self, folder: Path, holder: int) -> None:
        self.folder, self.holder = folder, holder
        super().__init__(f"process {holder} is at work in {folder}")


def take(path: Path) -> int:
    """Take the lock that the file ``path`` stands for, write this process's number into it, and return what :func:`drop` asks for.

    The file is made, with its folder, where there is none. That of a process that is gone is taken over. Raises BusyError.
    """
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            continue  # the last holder has just removed the folder
        if not _locked(handle):
            holder = _holder(handle)
            os.close(handle)
            if is_alive(holder) or time.monotonic() > patience:
                raise BusyError(path.parent, holder)
            time.sleep(PAUSE_SECONDS)
        elif not _is_still(path, handle):
            os.close(handle)
        else:
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
            return handle


def drop(handle: int) -> None:
    """Let the lock go."""
    os.close(handle)


def is_alive(process: int) -> bool:
    """Whether a process of this number runs on this machine; one that cannot be asked is taken to."""
    if process <= 0 or sys.platform == "win32":
        return process > 0
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _locked(handle: int) -> bool:
    """Whether the lock could be had."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the number, which others must be able to read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in HELD:
            return False
        if fault.errno not in NO_LOCKS_HERE:
            raise
    return True


def _is_still(path: Path, handle: int) -> bool:
    """Whether the file that is locked is the one in the folder, not one that its last holder has removed."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _holder(handle: int) -> int:
    """The process number in the file; 0 if there is none yet."""
    os.lseek(handle, 0, os.SEEK_SET)
    text = os.read(handle, 20)
    return int(text) if text.isdigit() else 0

"""Locks on files, between processes: one writer, or many readers. A lock ends with its process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import portalocker

from kg.errors import StoreError


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a file alone; StoreError that names the process which holds it, where another does."""
    with path.open("a+", encoding="utf-8") as file:
        if not _locked(file, portalocker.LockFlags.EXCLUSIVE):
            file.seek(0)
            holder = file.read().strip()
            by = f" (process {holder})" if holder.isdigit() else ""
            raise StoreError(
                f"{path.parent}: another build is writing this store{by}; wait for it, or name another with --store"
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def shared(path: Path) -> IO[str] | None:
    """A file held together with other readers until it is closed; None where there is none, or where it is being removed."""
    try:
        file = path.open(encoding="utf-8")
    except FileNotFoundError:
        return None
    if _locked(file, portalocker.LockFlags.SHARED) and _is_there(file, path):
        return file
    file.close()
    return None


@contextlib.contextmanager
def unread(path: Path) -> Iterator[bool]:
    """Whether nobody reads what the file stands for; while the context lasts nobody can begin to."""
    with path.open("a", encoding="utf-8") as file:
        yield _locked(file, portalocker.LockFlags.EXCLUSIVE)


def _is_there(file: IO[str], path: Path) -> bool:
    """Whether the path still leads to the open file: it may have been removed before it was locked."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


def _locked(file: IO[str], kind: portalocker.LockFlags) -> bool:
    try:
        portalocker.lock(file, kind | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.AlreadyLocked:
        return False
    return True

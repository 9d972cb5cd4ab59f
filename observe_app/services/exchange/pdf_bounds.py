"""Opens a PDF from outside within bounds: size, time, memory, and the wish to stop.

pypdf is Python all through, so whatever a file makes it do can be stopped between two steps of the interpreter. That is
what the watch does from a thread of its own; what it raises is no `Exception`, or pypdf's recovery would swallow it.
pypdf is imported inside the function that needs it: only who takes in a PDF pays for it.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import logging
import mmap
import re
import stat
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import FileUnreadable, ReplyProblem
from observe_app.domain.progress import Cancelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from observe_app.domain.progress import Progress

MAX_BYTES = 20 * 1024 * 1024
"""A summary has a tenth of a megabyte; a full record with a filled form may have a few."""

MAX_STREAM = 4 * 1024 * 1024
"""Bytes that one stream may unpack to."""

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of memory that reading may take, where the system says how much that is; a hundred times what a reply takes."""

_MAX_TABLE = 500_000  # entries of the table of objects

SECONDS, SECONDS_PER_MB = 10.0, 2.0
_LIMITED = (
    "maximum_declared_stream_length", "array_based_stream_maximum_output_length", "lzw_maximum_output_length",
    "run_length_maximum_output_length", "zlib_maximum_output_length", "brotli_maximum_output_length",
)  # fmt: skip
_LOOK_EVERY = 0.02  # seconds
_AGAIN_AFTER = 0.25  # seconds; far longer than an exception takes to leave pypdf
_STATM = Path("/proc/self/statm")
_HEAD, _TAIL = 1024, 2048
_MORE_AFTER_THE_END = re.compile(rb"[\dxt<]")  # an object, a table or a trailer that was cut off


class _OutOfTime(BaseException):
    """The file takes longer than it may."""


class _OutOfSpace(BaseException):
    """The file unpacks to more than it may."""


class _AskedToStop(BaseException):
    """The person asked to stop."""


def load_pdf(path: Path) -> bytes:
    """Return the bytes of a PDF that is whole as far as its ends tell.

    Raises:
        FileUnreadable: "missing", "denied", "folder", "special", "empty".
        ReplyProblem: "too_large", "not_a_pdf", "half".
    """
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise FileUnreadable(path, "folder")
        if not stat.S_ISREG(about.st_mode):
            raise FileUnreadable(path, "special")
        if about.st_size > MAX_BYTES:
            raise ReplyProblem(path, "too_large", f"{MAX_BYTES // 2**20} MB")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileUnreadable(path, "missing") from error
    except PermissionError as error:
        raise FileUnreadable(path, "denied") from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, "damaged", str(getattr(error, "strerror", "") or error)) from error
    if len(data) > MAX_BYTES:  # it grew meanwhile
        raise ReplyProblem(path, "too_large", f"{MAX_BYTES // 2**20} MB")
    if not data:
        raise FileUnreadable(path, "empty")
    if b"%PDF-" not in data[:_HEAD]:
        raise ReplyProblem(path, "not_a_pdf")
    _check_end(path, data)
    return data


def _check_end(path: Path, data: bytes) -> None:
    # Each saving may add to the end of a PDF. A file cut off within that still holds what was saved before, and would
    # read as an older answer, or as none.
    tail = data.rstrip(b"\0\r\n\t ")[-_TAIL:]
    before, end, after = tail.rpartition(b"%%EOF")
    if not end or b"startxref" not in before[-128:] or _MORE_AFTER_THE_END.match(after.lstrip(b"\0\r\n\t ")):
        raise ReplyProblem(path, "half")


@contextlib.contextmanager
def opened_pdf(path: Path, data: bytes, progress: Progress) -> Iterator[PdfReader]:
    """Open a PDF for the time of a `with`; what is done to it in there happens within the bounds.

    Args:
        path: to name in errors.
        data: the whole file.
        progress: looked at all the while; may cancel.

    Raises:
        ReplyProblem: "encrypted", "damaged", "too_slow", "too_large". Cancelled: the person asked to stop.
    """
    import pypdf  # noqa: PLC0415
    from pypdf.errors import DependencyError, LimitReachedError  # noqa: PLC0415

    # It says of each oddity what it found, and what it finds are words that belong to the teacher.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    seconds = SECONDS + SECONDS_PER_MB * len(data) / 2**20
    bounds: dict[str, Any] = dict.fromkeys(_LIMITED, MAX_STREAM)
    try:
        with (
            pypdf.apply_configuration(None, jbig2dec_binary=None, disable_legacy_handling=True, **bounds),
            _watched(progress, seconds),
        ):
            yield pypdf.PdfReader(
                io.BytesIO(data), root_object_recovery_limit=1000, xref_stream_maximum_entries=_MAX_TABLE
            )
    except (ReplyProblem, Cancelled):
        raise
    except (_OutOfSpace, LimitReachedError, MemoryError) as error:
        raise ReplyProblem(path, "too_large", f"{MAX_UNPACKED // 2**20} MB") from error
    except _OutOfTime as error:
        raise ReplyProblem(path, "too_slow", f"{seconds:.0f}") from error
    except _AskedToStop as error:
        raise Cancelled from error
    except DependencyError as error:  # a lock that pypdf has no key for, whether there is a password or not
        raise ReplyProblem(path, "encrypted") from error
    except Exception as error:  # a hostile file may raise anything there is
        raise ReplyProblem(path, "damaged", type(error).__name__) from error


@contextlib.contextmanager
def _watched(progress: Progress, seconds: float) -> Iterator[None]:
    """Stop whatever this thread does once its time is over, it took too much memory, or the person asked for it.

    What is raised just while Python calls back for an object that it throws away is swallowed there: Python only prints
    such an exception. So the watch raises again until this thread has left.
    """
    caller, ended = threading.get_ident(), threading.Event()

    def watch() -> None:
        until, most = time.monotonic() + seconds, _memory() + MAX_UNPACKED
        while not ended.wait(_LOOK_EVERY):
            reason = _reason_to_stop(progress, until, most)
            if reason is not None:
                _raise_in(caller, reason)
                if ended.wait(_AGAIN_AFTER):
                    return

    watcher = threading.Thread(target=watch, name="pdf-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        _let_go(caller, ended, watcher)


def _let_go(caller: int, ended: threading.Event, watcher: threading.Thread) -> None:
    """End the watch; what it still sends hits in here and nothing that comes after."""
    while True:
        try:
            ended.set()
            watcher.join()
            _raise_in(caller, None)  # what was sent at the very end
        except (_OutOfTime, _OutOfSpace, _AskedToStop):
            continue
        return


def _reason_to_stop(progress: Progress, until: float, most: int) -> type[BaseException] | None:
    if progress.stopping:
        return _AskedToStop
    if time.monotonic() > until:
        return _OutOfTime
    return _OutOfSpace if _memory() > most else None


def _raise_in(thread: int, reason: type[BaseException] | None) -> None:
    """Raise an exception in another thread at its next step; None takes back one that was not raised yet."""
    what = ctypes.py_object(reason) if reason is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


def _memory() -> int:
    """Return the bytes of memory that the program has now, 0 where this system does not say."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * mmap.PAGESIZE
    except (OSError, ValueError, IndexError):
        return 0

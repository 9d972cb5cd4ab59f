"""What a workbook must be before anything reads it: how much it unpacks to, how many tags, what its XML declares."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable

if TYPE_CHECKING:
    from pathlib import Path

MAX_TAGS, MAX_FORM_TAGS = 20_000_000, 400_000
"""Tags in the sheets of a workbook, for `tables.read_table` and `tables.read_sheets`. A cell has two to six of them;
small ones take few bytes in the file and many in memory."""

MAX_OTHER_TAGS = 100_000
"""Tags in each other part: styles, names."""

BAD_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
    OverflowError, NotImplementedError, RuntimeError, SyntaxError, AssertionError, OSError,
)  # fmt: skip
"""What reading a damaged workbook may raise."""

_MAX_PARTS = 20_000
_DOCTYPE = b"<!DOCTYPE"
_PICTURES = ("media/", "embeddings/")
"""Folders of parts that nobody reads. A drawing may declare its type, and many do."""


def check_archive(path: Path, data: bytes, most: int, most_tags: int) -> None:
    """Refuse what would unpack to more than we take, encrypted parts, and XML that declares entities.

    Args:
        path: to name in the error.
        data: the whole workbook.
        most: bytes, unpacked.
        most_tags: tags in all sheets together.

    Raises:
        FileUnreadable: "too_large", "encrypted", "not_a_workbook", "damaged".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > most or len(parts) > _MAX_PARTS:
                raise FileUnreadable(path, "too_large", f"{most // (1024 * 1024)} MB")
            if any(part.flag_bits & 1 for part in parts):
                raise FileUnreadable(path, "encrypted")
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
                raise FileUnreadable(path, "not_a_workbook")
            _check_parts(path, archive, most_tags)
    except BAD_WORKBOOK as error:
        raise FileUnreadable(path, "damaged", type(error).__name__) from error


def _check_parts(path: Path, archive: zipfile.ZipFile, most_tags: int) -> None:
    in_sheets = 0
    for part in archive.infolist():
        name = part.filename
        with archive.open(part) as stream:
            tags, has_doctype = _tags(stream)
        is_picture = any(folder in name for folder in _PICTURES)
        if has_doctype and not is_picture:
            raise FileUnreadable(path, "damaged", "DOCTYPE")
        if is_picture or "sheets/" in name or "sharedStrings" in name:
            in_sheets += tags
        elif tags > MAX_OTHER_TAGS:
            raise FileUnreadable(path, "too_large")
    if in_sheets > most_tags:
        raise FileUnreadable(path, "too_large")


def _tags(stream: IO[bytes]) -> tuple[int, bool]:
    """Return how many tags a part has, whichever way its letters are written, and whether it declares a type."""
    tags, end, has_doctype = 0, b"", False
    while block := stream.read(1 << 20):
        tags += block.count(b"<")
        block = end + block.replace(b"\x00", b"")
        has_doctype = has_doctype or _DOCTYPE in block
        end = block[-len(_DOCTYPE) :]
    return tags, has_doctype

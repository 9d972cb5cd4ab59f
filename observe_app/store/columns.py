"""Column types: domain values in, what SQLite's STRICT tables accept out."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, UserDefinedType

from observe_app.domain.clock import require_utc

E = TypeVar("E", bound=StrEnum)

_MOST_UNPACKED = 64_000_000
"""Bytes that a packed text may hold, so that a damaged one does not fill the memory."""


_DAMAGED = "it holds a value that is none"


class Unreadable(ValueError):
    """A value that no version of the program wrote: the file is damaged, or somebody else wrote in it."""


class AnyValue(UserDefinedType[Any]):
    """SQLite's ANY: keeps text, integers and reals as they are (the journal's old and new values)."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        """Return the type's name in DDL."""
        return "ANY"


def utc_text(moment: datetime) -> str:
    """Return a moment as sortable text of fixed width, in UTC.

    Raises:
        ValueError: the moment has no zone.
    """
    # Not strftime: it writes the year 1 as "1" on Linux, which no one can read back.
    return require_utc(moment).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class UtcText(TypeDecorator[datetime]):
    """Aware UTC moments as ISO text; refuses naive ones."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Turn a moment into text."""
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Turn text into a moment."""
        if value is None:
            return None
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise Unreadable(_DAMAGED) from error


class DayText(TypeDecorator[date]):
    """Days without a time as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Turn a day into text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Turn text into a day."""
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError as error:
            raise Unreadable(_DAMAGED) from error


class BoolInt(TypeDecorator[bool]):
    """Truth as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Turn truth into a number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Turn a number into truth."""
        return None if value is None else bool(value)


class WordList(TypeDecorator[tuple[str, ...]]):
    """A short list of words as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """Turn words into JSON."""
        return json.dumps(list(value or ()), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Turn JSON into words."""
        if value in {None, "[]"}:
            return ()
        try:
            return tuple(str(word) for word in json.loads(str(value)))
        except (ValueError, TypeError, RecursionError) as error:
            raise Unreadable(_DAMAGED) from error


class EnumText(TypeDecorator[E], Generic[E]):
    """A word of a closed list. A word that a newer version wrote falls back to the given default."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[E], default: E) -> None:
        """Use this list and this default."""
        super().__init__()
        self.enum = enum
        self.default = default
        self._table = {member.value: member for member in enum}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Turn a member into its word."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Turn a word into its member."""
        return None if value is None else self._table.get(value, self.default)


class JsonValue(TypeDecorator[Any]):
    """An answer's value as JSON text; lists come back as tuples."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Turn a value into JSON; None stays NULL."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Turn JSON into a value."""
        if value is None:
            return None
        try:
            found = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Unreadable(_DAMAGED) from error
        return tuple(found) if isinstance(found, list) else found


class PackedText(TypeDecorator[str]):
    """A long text, compressed: the journal keeps it before and after each change.

    Half surrogate pairs, which nothing can store, become "?".
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Compress a text."""
        return None if value is None else base64.b85encode(zlib.compress(value.encode(errors="replace"), 6)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give the text back; "" for what is no compressed text."""
        if value is None:
            return None
        try:
            unpacked = zlib.decompressobj()
            return unpacked.decompress(base64.b85decode(value), _MOST_UNPACKED).decode()
        except (ValueError, zlib.error):
            return ""

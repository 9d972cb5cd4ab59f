"""What the sign before the cursor of the note line asks for: "#" a tag, ">" a form item, "/" a command."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor

_REACH = 60
_TAG = re.compile(r"(?:^|(?<=\s))#([\w-]{0,39})$")
_ITEM = re.compile(r"(?:^|(?<=\s))>((?:[^\s>][^>]{0,39})?)$")
_COMMAND = re.compile(r"^/(\w{0,20})$")


class AskKind(Enum):
    """What can be picked."""

    TAG = "tag"
    ITEM = "item"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Ask:
    """A sign with what was typed after it, up to the cursor."""

    kind: AskKind
    typed: str


def read_ask(before: str, *, first: bool) -> Ask | None:
    """Return what is asked for, None when the words are only words.

    Args:
        before: the text of the cursor's line, up to it.
        first: whether nothing stands before that line, not even a speaker.
    """
    if first and (found := _COMMAND.search(before)):
        return Ask(AskKind.COMMAND, found.group(1))
    before = before[-_REACH:]
    if found := _TAG.search(before):
        return Ask(AskKind.TAG, found.group(1))
    if found := _ITEM.search(before):
        return Ask(AskKind.ITEM, found.group(1))
    return None


def text_before(cursor: QTextCursor) -> str:
    """Return the text of the cursor's line up to it; Qt counts UTF-16 units, Python signs."""
    text = cursor.block().text()
    if text.isascii():
        return text[: cursor.positionInBlock()]
    return text.encode("utf-16-le", "surrogatepass")[: 2 * cursor.positionInBlock()].decode("utf-16-le", "replace")


def units(text: str) -> int:
    """Return the length of a text as Qt counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2

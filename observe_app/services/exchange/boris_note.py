"""What a comment of a BORIS event cannot say by itself, said in brackets at its end: whom to, tags, star, private."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TO = r"(?:to (?P<to>T|SS|S\d{0,3}))?"
_TAGS = r"(?P<tags>(?: ?#[^\W_][\w-]{0,39})*)"
_END = re.compile(rf"(?:^| )\[{_TO}{_TAGS}(?P<star> ?\*)?(?P<private> ?private)?\]$")


@dataclass(frozen=True, slots=True)
class Comment:
    """The words of a note, and what goes with them."""

    text: str
    to: str = ""
    tags: tuple[str, ...] = ()
    starred: bool = False
    private: bool = False


def write_comment(comment: Comment) -> str:
    """Return the comment that `read_comment` reads as these parts."""
    marks = [
        f"to {comment.to}" if comment.to else "",
        *(f"#{tag}" for tag in comment.tags),
        "*" if comment.starred else "",
        "private" if comment.private else "",
    ]
    said = " ".join(mark for mark in marks if mark)
    # Words that end like our own brackets get empty ones behind them.
    if not said and not _END.search(comment.text):
        return comment.text
    return f"{comment.text} [{said}]" if comment.text else f"[{said}]"


def read_comment(text: str) -> Comment:
    """Return the parts of a comment; one without brackets of ours is all words."""
    found = _END.search(text)
    if found is None:
        return Comment(text)
    tags = tuple(tag.lstrip("#") for tag in found["tags"].split())
    return Comment(text[: found.start()], found["to"] or "", tags, bool(found["star"]), bool(found["private"]))

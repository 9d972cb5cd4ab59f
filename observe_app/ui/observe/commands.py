"""Commands that can be typed into the note line after a "/"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.lesson_clock import parse_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN = "/"
_LEAST = 2  # letters of a name that is not written out


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do.

    Attributes:
        id: what the program calls it. name: what is typed, one word. title: what it does.
        takes: what follows the name: "" nothing, "words", or "time" (a lesson time such as 23:10).
    """

    id: str
    name: str
    title: str
    takes: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A command with what was typed after it; `words` are empty where it takes none, or where they are missing."""

    command: Command
    words: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it can be done: what it takes is there."""
        if self.command.takes == "time":
            return parse_clock(self.words) is not None
        return bool(self.words) == bool(self.command.takes)


def matching(commands: Sequence[Command], typed: str) -> tuple[Command, ...]:
    """Return the commands whose name begins as typed; a name written out is the only one."""
    start = typed.casefold()
    whole = tuple(one for one in commands if one.name.casefold() == start)
    return whole or tuple(one for one in commands if one.name.casefold().startswith(start))


def read_command(line: str, commands: Sequence[Command]) -> Given | None:
    """Return the command that a whole line gives, None where the line is words.

    A name may be shortened to what tells it from the others, two letters at least. A line whose name takes nothing and
    that goes on all the same is words.
    """
    if not line.startswith(SIGN) or "\n" in line.strip():
        return None
    name, _space, words = line[1:].strip().partition(" ")
    found = matching(commands, name)
    if len(found) != 1 or len(name) < min(_LEAST, len(found[0].name)):
        return None
    words = words.strip()
    return Given(found[0], words) if found[0].takes or not words else None


def live_commands() -> tuple[Command, ...]:
    """Return the commands of a lesson in the words of the window's language."""
    translate = QCoreApplication.translate
    return (
        Command("pause", translate("Commands", "pause"), translate("Commands", "Pause the lesson")),
        Command("resume", translate("Commands", "resume"), translate("Commands", "Go on with the lesson")),
        Command("phase", translate("Commands", "phase"), translate("Commands", "Begin a phase"), "words"),
        Command("clock", translate("Commands", "clock"), translate("Commands", "Set the lesson clock"), "time"),
        Command("blank", translate("Commands", "blank"), translate("Commands", "Hide the screen")),
        Command("seats", translate("Commands", "seats"), translate("Commands", "Seating plan")),
        Command("codes", translate("Commands", "codes"), translate("Commands", "Tick codes by their keys")),
        Command("star", translate("Commands", "star"), translate("Commands", "Star the last note")),
        Command("private", translate("Commands", "private"), translate("Commands", "Keep the last note private")),
        Command("video", translate("Commands", "video"), translate("Commands", "Film of the lesson")),
        Command("keys", translate("Commands", "keys"), translate("Commands", "Show all keys")),
        Command("end", translate("Commands", "end"), translate("Commands", "End the lesson")),
    )

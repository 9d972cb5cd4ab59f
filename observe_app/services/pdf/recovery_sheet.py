"""The sheet with somebody's twelve words as data: one page to be printed and kept. `render.recovery_pdf` sets it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Paper

WORDS = 12


@dataclass(frozen=True, slots=True)
class RecoveryWords:
    """Every sentence that the sheet says by itself; fields in braces are filled with `.format`."""

    kind: str = "Observe · keep this sheet"
    title: str = "The twelve words of {name}"
    title_unnamed: str = "Your twelve words"
    lead: str = (
        "These words are the key to your record. With them you open it on another computer, or after this one is "
        "lost. Nobody can send them to you again."
    )
    number: str = "Your number"
    number_note: str = (
        "Colleagues see this number beside your name. When you sit together, compare it: if it is the same on both "
        "screens, nobody has put another key in your place."
    )
    folder: str = "Shared folder"
    school: str = "School"
    made: str = "Printed"
    what_to_do: str = "What to do"
    another: str = "Another computer, or a new one"
    another_note: str = (
        "Install Observe, open Shared folder, choose “I have twelve words”, say where the folder lies, type them. "
        "Everything you wrote and everything shared with you comes back by itself."
    )
    lost: str = "This computer is lost or stolen"
    lost_note: str = (
        "Do the same on another one. What you shared is with your colleagues still. If this sheet lay with the "
        "computer, tell your colleagues: they stop sharing with this number, and you begin again with new words."
    )
    sheet_lost: str = "This sheet is lost"
    sheet_lost_note: str = (
        "On a computer where Observe still works, open Shared folder and choose “Show the twelve words”. Print them "
        "again."
    )
    keep: str = "Where to keep it"
    keep_note: str = (
        "Where you keep papers that matter. Not in the shared folder, not as a photo, not in a mail: whoever has "
        "these words can read everything that you can."
    )


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet.

    Attributes:
        words: the twelve words in their order; never shown by `repr`.
        name: whose they are. number: 20 digits in groups. folder: name of the shared folder.
        school: as in the settings. made: the day, in words. Any of these may be "".
        language: of `fixed`, as a tag such as "en".
    """

    words: tuple[str, ...] = field(repr=False)
    name: str = ""
    number: str = ""
    folder: str = ""
    school: str = ""
    made: str = ""
    paper: Paper = "A4"
    language: str = "en"
    fixed: RecoveryWords = field(default_factory=RecoveryWords)

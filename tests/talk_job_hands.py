"""Hands on a conversation and what follows it in the real window: what a person does after the lesson, key by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from observe_app.domain.evidence import ClaimKind
from observe_app.services import answers, notes, people, steps, talk, turns, visits
from observe_app.ui.data_page import VisitTarget
from tests.ui.window import ALT, CTRL, Key

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.action_step import ActionStep
    from observe_app.domain.event import Event
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.follow_up import FollowUpTab
    from observe_app.ui.follow_up.import_reply_sheet import ImportReplySheet
    from observe_app.ui.talk import TalkTab
    from tests.ui.window import Program

TEACHER = "Amina Diallo-Žižek"
OBSERVER = "Jonas Brandt"
FORM = "general-peer-observation"
RATING = "respect"
FOCUS = "How long do they think before anyone speaks?"
NOTES = (
    (60, "T “What is half of a third?” #open"),
    (66, "T → S3 “Take your time.” #wait"),
    (74, "S3 “A sixth, because two of them make a third.”"),
    (180, "T names the next one at once #open"),
    (240, "S4 Peter Miller draws the bar first"),
    (300, "S7 looks at the board, sheet empty"),
)
"""Lesson time in seconds, and the line as typed; the fifth has a student's full name."""
HIDDEN = "For me: I would have spoken here."


def squeezed(text: str) -> str:
    """Return the text without white space, which line breaks change."""
    return "".join(text.split())


# --- a lesson that was observed --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Observed:
    """A lesson that has ended, and what a test needs of it."""

    visit: Visit
    events: tuple[Event, ...]
    earlier: ActionStep


def observe(core: Core) -> Observed:
    """Record a lesson with notes, a private one and a rating; from a visit before, a step is open."""
    teacher, me = people.ensure(core, TEACHER), people.introduce(core, name=OBSERVER, school="Northfield School")
    before = visits.plan(core, teacher_id=teacher.id, observer_id=me.id, start=core.clock.now(), class_name="8 B")
    visits.begin(core, visit_id=before.id)
    visits.finish(core, visit_id=before.id)
    step = steps.add(core, visit_id=before.id, text="Wait for five breaths", notice="More hands go up")
    core.clock.advance(seconds=14 * 24 * 3600)  # type: ignore[attr-defined]  # a fake one
    visit = visits.plan(
        core, teacher_id=teacher.id, observer_id=me.id, start=core.clock.now(), class_name="8 B",
        subject="Mathematics", form_id=FORM, focus=FOCUS,
    )  # fmt: skip
    visits.begin(core, visit_id=visit.id)
    made = [notes.add(core, visit_id=visit.id, line=line, offset_ms=1000 * at) for at, line in NOTES]
    notes.add(core, visit_id=visit.id, line=f"{HIDDEN} #later", offset_ms=310_000, private=True)
    seen = answers.open_answer(core, visit_id=visit.id, item=RATING).seen
    answers.give(core, visit_id=visit.id, item=RATING, value=3, seen=seen)
    core.clock.advance(seconds=50 * 60)  # type: ignore[attr-defined]  # a fake one
    return Observed(visits.finish(core, visit_id=visit.id), tuple(made), step)


def talked(core: Core) -> Observed:
    """Record a lesson whose conversation has begun: one claim, which rests on a note."""
    made = observe(core)
    talk.add_claim(
        core, visit_id=made.visit.id, kind=ClaimKind.STRENGTH, title="Time to think", evidence=(made.events[0].id,)
    )
    turns.start_talk(core, made.visit.id)
    return made


# --- Talk ------------------------------------------------------------------------------------------------------------


class Talk:
    """The Talk page of a visit, under somebody's hands."""

    def __init__(self, program: Program, visit_id: str) -> None:
        self.program, self.visit_id = program, visit_id
        program.desk.go_to_visit(VisitTarget(visit_id, "talk"))
        program.window.resize(1366, 768)

    @property
    def core(self) -> Core:
        return self.program.core

    @property
    def tab(self) -> TalkTab:
        return self.program.window.current_page.tab

    def to_notes(self) -> None:
        """F6 until the list of notes has the keyboard."""
        listed = self.tab.notes.list
        self.program.walk(Key.Key_F6, lambda focused: focused is listed)

    def pick(self, *places: int) -> None:
        """Pick notes by their places, the first with Home and arrows, a run with Shift."""
        first, *more = places
        self.to_notes()
        self.program.press(Key.Key_Home)
        for _ in range(first):
            self.program.press(Key.Key_Down)
        for _ in more:
            self.program.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    def send(self, letter: str) -> None:
        """Make a claim of what is picked."""
        self.program.press(Key(ord(letter.upper())), text=letter)

    def to_claim(self) -> None:
        """F6 to the claims, Tab to the one that is selected."""
        board, card = self.tab.board, self.tab.board.selected
        assert card is not None
        self.program.walk(Key.Key_F6, board.isAncestorOf)
        self.program.walk(Key.Key_Tab, lambda focused: focused is card)

    def write(self, title: str, text: str = "") -> None:
        """Write the selected claim."""
        self.to_claim()
        self.program.press(Key.Key_Return, text="\r")
        self.program.say(title)
        self.program.type(text)
        self.program.press(Key.Key_Escape)

    def link_view(self, key: str) -> None:
        """V to the views, arrows to one, L links it to what is selected, V back."""
        self.to_notes()
        self.program.press(Key.Key_V, text="v")
        notes_panel = self.tab.notes
        row = notes_panel.views_model.row_of(key)
        assert row is not None, f"no view {key!r}"
        self.program.press(Key.Key_Home)
        for _ in range(row):
            self.program.press(Key.Key_Down)
        self.program.press(Key.Key_L, text="l")
        self.program.press(Key.Key_V, text="v")

    def say(self, words: str) -> None:
        """Keep a turn of whoever speaks now."""
        self.program.say(words)

    def next_voice(self) -> None:
        self.program.press(Key.Key_S, ALT, "s")

    def next_prompt(self) -> None:
        self.program.press(Key.Key_Down, CTRL)

    def press_button(self, name: str) -> None:
        """Tab to a button and press it."""
        self.program.tab_to(name)
        self.program.press(Key.Key_Space, text=" ")

    def to_steps(self) -> None:
        """F6 until the keyboard is among the action steps."""
        self.program.walk(Key.Key_F6, self.tab.steps.isAncestorOf)

    def add_step(self, text: str, due: str, practice: str) -> None:
        """N, the words, the day, the first practice."""
        self.to_notes()
        self.program.press(Key.Key_N, text="n")
        self.program.type(text)
        self.program.fill("step_due", due)
        self.program.fill("step_practice", practice)
        self.program.press(Key.Key_Escape)


# --- dialogs, drops, files -------------------------------------------------------------------------------------------


def name_file(program: Program, dialog_name: str, path: Path) -> None:
    """Answer a file dialog by typing the name."""
    dialogs = program.window.findChildren(QFileDialog, dialog_name)
    dialog = dialogs[-1]
    program.wait(dialog.isVisible)
    program.wait(dialog.findChild(QLineEdit, "fileNameEdit").hasFocus)
    program.press(Key.Key_A, CTRL)
    program.say(str(path))
    program.window.activateWindow()  # as a window system does when its dialog has gone


def drop(program: Program, path: Path) -> bool:
    """Let a file go over the window; return whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    handle = program.window.windowHandle()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 300), copy, data, left, none)
    QApplication.sendEvent(handle, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(handle, QDropEvent(QPointF(600, 300), copy, data, left, none))
    return True


def dropped(program: Program, path: Path) -> ImportReplySheet:
    """Drop a reply; return the sheet once the file is read."""
    assert drop(program, path)
    sheet = program.desk.replies.sheet
    assert sheet is not None
    program.wait(lambda: not sheet.bar.is_busy)
    return sheet


class FollowUp:
    """The Follow up page of a visit, under somebody's hands."""

    def __init__(self, program: Program, visit_id: str) -> None:
        self.program, self.visit_id = program, visit_id
        program.desk.go_to_visit(VisitTarget(visit_id, "follow_up"))
        self.made()

    @property
    def tab(self) -> FollowUpTab:
        return self.program.window.current_page.tab

    def made(self) -> None:
        """Wait until the page shows."""
        preview = self.tab.preview
        self.program.wait(lambda: preview.sheet is not None and not preview.bar.is_busy)

    def save(self, target: Path) -> None:
        """Press the button that saves, and name the file."""
        button = self.tab.preview.save_button
        self.program.wait(button.isEnabled)
        button.setFocus()
        self.program.press(Key.Key_Space, text=" ")
        with self.program.qtbot.waitSignal(self.tab.exported, timeout=20_000):
            name_file(self.program, "save_dialog", target)

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return the rows side by side: title, word of the stance, words."""
        return [
            (line.left.title, line.right.word if line.right else "", line.right.text if line.right else "")
            for line in self.tab.replies.lines
        ]

    def journal(self, words: str, *, learning: bool = False) -> None:
        """Write an entry of one's own."""
        entries = self.tab.journal.learning if learning else self.tab.journal.journal
        self.tab.pane.ensureWidgetVisible(entries)
        entries.rows[0].text.setFocus()
        self.program.wait(entries.rows[0].text.hasFocus)
        self.program.type(words)
        self.program.press(Key.Key_Escape)

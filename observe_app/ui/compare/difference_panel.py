"""One place where two observers part: what each wrote at that moment, and what the two agree on afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.compare.agree_view import Decision, Difference, DifferenceKind, Verdict
from observe_app.domain.note_line import clock_text
from observe_app.ui.compare.fitting import fit
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, LineEdit, Rule, ScrollPane, TextLabel
from observe_app.ui.widgets.flow import FlowRow
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.compare.agree_view import SaidNote

_MOST_NOTES = 8
_AROUND_MS = 30_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the two want to keep for a place."""

    difference: Difference
    verdict: Verdict
    value: float | None = None
    why: str = ""


class DifferencePanel(ScrollPane):
    """A difference with its place among all.

    Signals:
        decided: `Agreed`. taken_back: `Difference` whose decision is taken back.
        step_asked: 1 for the next difference, -1 for the one before. note_asked: "a" or "b" and id of a note.
    """

    decided = Signal(object)
    taken_back = Signal(object)
    step_asked = Signal(int)
    note_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, plane="side", exact=True)
        self.setObjectName("difference_panel")
        self.difference: Difference | None = None
        self._decision: Decision | None = None
        self._levels: dict[str, int] = {}
        self._build()

    # --- public -----------------------------------------------------------------------------------

    def show_difference(
        self,
        difference: Difference,
        *,
        place: tuple[int, int],
        names: tuple[str, str],
        notes: tuple[SaidNote, ...],
        decision: Decision | None,
        levels: dict[str, int],
        can_decide: bool,
    ) -> None:
        """Show a difference.

        Args:
            difference: where the two part.
            place: its number from 1, and of how many.
            names: what the two observers are called.
            notes: of both around that moment.
            decision: what was agreed on, None for nothing yet.
            levels: number of each word of its scale, where it has one.
            can_decide: the two are marked as one lesson.
        """
        self.difference, self._decision, self._levels = difference, decision, levels
        self.title.setText(_when(difference, self.tr("In the form")))
        self.count.setText(self.tr("{n} of {of}").format(n=place[0], of=place[1]))
        self.back_button.setEnabled(place[0] > 1)
        self.next_button.setEnabled(place[0] < place[1])
        self.what.setText(self._sentence(difference, names))
        self._show_notes(notes, names)
        self._show_choices(names)
        self.agreed.setVisible(can_decide)
        self.mark_hint.setVisible(not can_decide)
        self.why.setText(decision.why if decision is not None else "")
        self.take_back_button.setVisible(decision is not None)
        fit(self)

    def _sentence(self, difference: Difference, names: tuple[str, str]) -> str:
        if difference.a and difference.b:
            return self.tr("{label}: {one} {a}, {other} {b}").format(
                label=difference.label, one=names[0], a=difference.a, other=names[1], b=difference.b
            )
        return difference.text

    def show_none(self, words: str) -> None:
        """Say why there is no difference to look at."""
        self.difference = None
        self.title.setText(words)
        self.count.setText("")
        self.what.setText("")
        clear_layout(self._notes)
        self.agreed.hide()
        self.mark_hint.hide()
        self.back_button.setEnabled(False)
        self.next_button.setEnabled(False)

    def decide(self, which: str) -> bool:
        """Agree by a key: "y", "n" or "l"; False where it is not offered."""
        button = {"y": self.yes_button, "n": self.no_button, "l": self.open_button}.get(which)
        if button is None or self.difference is None or not button.isVisibleTo(self) or not self.agreed.isVisible():
            return False
        button.click()
        return True

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_yes(self) -> None:
        self._decide(Verdict.YES, self.difference.a if self.difference is not None else "")

    @Slot()
    def _on_no(self) -> None:
        self._decide(Verdict.NO, self.difference.b if self.difference is not None else "")

    @Slot()
    def _on_open(self) -> None:
        self._decide(Verdict.OPEN, "")

    def _decide(self, verdict: Verdict, word: str) -> None:
        if self.difference is None:
            return
        value = self._levels.get(word)
        if verdict is Verdict.NO and value is not None:
            verdict = Verdict.YES  # of a scale both ways are a level that they agree on
        number = float(value) if value is not None and verdict is Verdict.YES else None
        self.decided.emit(Agreed(self.difference, verdict, number, self.why.text()))

    @Slot()
    def _on_why(self) -> None:
        """Words that are changed afterwards belong to the decision that stands."""
        kept = self._decision
        if self.difference is not None and kept is not None and kept.why != self.why.text().strip():
            self.decided.emit(Agreed(self.difference, kept.verdict, kept.value, self.why.text()))

    @Slot()
    def _on_take_back(self) -> None:
        if self.difference is not None:
            self.taken_back.emit(self.difference)

    @Slot()
    def _on_back(self) -> None:
        self.step_asked.emit(-1)

    @Slot()
    def _on_next(self) -> None:
        self.step_asked.emit(1)

    @Slot()
    def _on_note(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.note_asked.emit(str(button.property("who")), str(button.property("note")))

    # --- build ------------------------------------------------------------------------------------

    def _show_notes(self, notes: tuple[SaidNote, ...], names: tuple[str, str]) -> None:
        clear_layout(self._notes)
        for note in notes[:_MOST_NOTES]:
            name = names[0] if note.who == "a" else names[1]
            head = Button(
                self.tr("{name}, {time}").format(name=name[:1].upper() + name[1:], time=clock_text(note.at_ms)),
                self, kind=ButtonKind.LINK, size=ButtonSize.SMALL,
            )  # fmt: skip
            head.setProperty("who", note.who)
            head.setProperty("note", note.event_id)
            head.clicked.connect(self._on_note)
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(head)
            row.addStretch(1)
            holder = QWidget(self)
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 6)
            inner.setSpacing(0)
            inner.addLayout(row)
            words = TextLabel(f"{note.speaker} {note.text}".strip(), holder, wrap=True)
            words.setContentsMargins(6, 0, 0, 0)
            inner.addWidget(words)
            self._notes.addWidget(holder)
            holder.show()
        if not notes and self.difference is not None and self.difference.start_ms >= 0:
            self._notes.addWidget(TextLabel(self.tr("Neither wrote a note then."), self, tone="muted"))

    def _show_choices(self, names: tuple[str, str]) -> None:
        difference = self.difference
        if difference is None:
            return
        if self._levels:
            words = tuple(self.tr("as {name}: {level}").format(name=name, level=said)
                          for name, said in zip(names, (difference.a, difference.b), strict=True))  # fmt: skip
            shown = difference.a in self._levels, difference.b in self._levels
        else:
            words = self.tr("yes"), self.tr("no")
            plain = difference.kind is not DifferenceKind.ANSWER or {difference.a, difference.b} <= {*words}
            shown = plain, plain
        self.yes_button.setText(words[0])
        self.no_button.setText(words[1])
        self.yes_button.setVisible(shown[0])
        self.no_button.setVisible(shown[1])
        kept = self._decision
        on = {self.yes_button: False, self.no_button: False, self.open_button: False}
        if kept is not None:
            if kept.verdict is Verdict.OPEN:
                on[self.open_button] = True
            elif self._levels:
                on[self.yes_button] = kept.value == self._levels.get(difference.a)
                on[self.no_button] = kept.value == self._levels.get(difference.b) and not on[self.yes_button]
            else:
                on[self.yes_button], on[self.no_button] = kept.verdict is Verdict.YES, kept.verdict is Verdict.NO
        for button, is_on in on.items():
            button.setChecked(is_on)
            button.updateGeometry()
        self.choices.updateGeometry()

    def _build(self) -> None:
        body = self.body
        body.setContentsMargins(20, 20, 20, 20)
        body.setSpacing(8)
        self.title = TextLabel("", self, step="heading", weight=600)
        self.count = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.back_button = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-up",
                                  name=self.tr("Difference before this one"))  # fmt: skip
        self.next_button = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-down",
                                  name=self.tr("Next difference"))  # fmt: skip
        self.next_button.setObjectName("difference_next")
        self.back_button.setObjectName("difference_back")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        head.addWidget(self.back_button)
        head.addWidget(self.next_button)
        self.what = TextLabel("", self, tone="muted", wrap=True)
        body.addLayout(head)
        body.addWidget(self.what)
        body.addWidget(Rule(self, line="line"))
        self._notes = QVBoxLayout()
        self._notes.setSpacing(2)
        body.addLayout(self._notes)
        self._build_agreed()
        body.addWidget(self.agreed)
        self.mark_hint = TextLabel(
            self.tr("Say above that the two are one lesson, and you can agree on each place here."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        body.addWidget(self.mark_hint)
        body.addStretch(1)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)

    def _build_agreed(self) -> None:
        self.agreed = QWidget(self)
        self.yes_button = Button(self.tr("yes"), self.agreed, keys="Y")
        self.no_button = Button(self.tr("no"), self.agreed, keys="N")
        self.open_button = Button(self.tr("leave open"), self.agreed, keys="L")
        self.choices = FlowRow(self.agreed)
        for name, button in (("yes", self.yes_button), ("no", self.no_button), ("open", self.open_button)):
            button.setObjectName(f"agreed_{name}")
            button.setCheckable(True)
            self.choices.add(button)
        self.why = LineEdit("", self.agreed, placeholder=self.tr("Why, in a few words"))
        self.why.setObjectName("agreed_why")
        self.why.setAccessibleName(self.tr("Why, in a few words"))
        self.why.setMinimumHeight(scaled(34))
        self.take_back_button = Button(self.tr("Take this back"), self.agreed, kind=ButtonKind.LINK,
                                       size=ButtonSize.SMALL)  # fmt: skip
        self.take_back_button.setObjectName("agreed_take_back")
        inner = QVBoxLayout(self.agreed)
        inner.setContentsMargins(0, 10, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(TextLabel(self.tr("Agreed between you"), self.agreed, weight=600))
        inner.addWidget(self.choices)
        inner.addWidget(self.why)
        row = QHBoxLayout()
        row.addWidget(self.take_back_button)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addWidget(
            TextLabel(
                self.tr("Both originals stay as they were; the agreed version is kept beside them."),
                self.agreed,
                step="small",
                tone="muted",
                wrap=True,
            )
        )
        self.yes_button.clicked.connect(self._on_yes)
        self.no_button.clicked.connect(self._on_no)
        self.open_button.clicked.connect(self._on_open)
        self.take_back_button.clicked.connect(self._on_take_back)
        self.why.left.connect(self._on_why)
        self.why.returnPressed.connect(self._on_why)


def around(difference: Difference) -> tuple[int, int]:
    """Return the stretch whose notes belong to a difference, in ms of the first's clock."""
    if difference.end_ms > difference.start_ms:
        return difference.start_ms, difference.end_ms
    return difference.start_ms - _AROUND_MS, difference.start_ms + _AROUND_MS


def _when(difference: Difference, no_time: str) -> str:
    if difference.start_ms < 0:
        return no_time
    start = clock_text(difference.start_ms)
    if difference.end_ms <= difference.start_ms:
        return start
    return f"{start}–{clock_text(difference.end_ms)}"

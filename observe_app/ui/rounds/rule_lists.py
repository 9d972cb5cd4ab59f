"""Rules that name people, hours or buildings: short lists with a line to add one and a way to take one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.rounds import periods
from observe_app.ui.rounds.words import span_words, weekday_name
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, ElidedLabel, LineEdit, NumberEdit
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Entry = TypeVar("Entry", bound=tuple[object, ...])
_MANY = 20


class _RuleList(QWidget, Generic[Entry]):
    """Base: entries as lines, each with a button that takes it out; what adds one stands below.

    Signals:
        changed: an entry came or went.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._names: dict[str, str] = {}
        self._boxes: list[ComboBox] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column.addLayout(self._lines)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column.addLayout(self._row)
        self.build()
        self.add_button = Button(self.tr("Add"), self, size=ButtonSize.SMALL, icon="plus")
        self.add_button.clicked.connect(self._on_add)
        self._row.addWidget(self.add_button)
        self._row.addStretch(1)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in order."""
        return tuple(self._entries)

    def fill(self, entries: Iterable[Entry]) -> None:
        """Show these entries; sends nothing."""
        self._entries = list(entries)
        self._show()

    def set_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people; entries of others go."""
        self._names = dict(people)
        for box in self._boxes:
            kept = box.currentData()
            first = box.itemText(0) if box.count() and box.itemData(0) == "" else None
            box.clear()
            if first is not None:
                box.addItem(first, "")
            for person_id, name in people:
                box.addItem(name, person_id)
            box.setCurrentIndex(max(box.findData(kept), 0))
        self._entries = [one for one in self._entries if self.fits(one)]
        self._show()

    def build(self) -> None:
        """Add what one types or chooses to `_row`."""

    def read(self) -> Entry | None:
        """Return the entry that is typed, None where it is none yet."""
        return None

    def words(self, entry: Entry) -> str:
        """Return an entry in words."""
        return str(entry)

    def fits(self, entry: Entry) -> bool:
        """Tell whether everybody whom it names still takes part."""
        return bool(entry)

    def person_box(self, told: str, *, nobody: str = "") -> ComboBox:
        """Return a choice of people, with a first line for nobody where that has a name."""
        box = ComboBox(self)
        box.setAccessibleName(told)
        box.setMinimumWidth(scaled(150))
        box.setMaximumWidth(scaled(220))
        if nobody:
            box.addItem(nobody, "")
        self._boxes.append(box)
        self._row.addWidget(box)
        return box

    @Slot()
    def _on_add(self) -> None:
        made = self.read()
        if made is not None and made not in self._entries:
            self._entries.append(made)
            self._show()
            self.changed.emit()

    @Slot()
    def _on_remove(self) -> None:
        place = self.sender().property("place")
        if isinstance(place, int) and place < len(self._entries):
            del self._entries[place]
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        clear_layout(self._lines)
        for place, entry in enumerate(self._entries):
            words = self.words(entry)
            holder = QWidget(self)
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(ElidedLabel(words, holder, step="small"), 1)
            gone = Button(
                "", holder, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x",
                name=self.tr("Take out: {rule}").format(rule=words),
            )  # fmt: skip
            gone.setProperty("place", place)
            gone.clicked.connect(self._on_remove)
            line.addWidget(gone)
            self._lines.addWidget(holder)


class ExclusionList(_RuleList[tuple[str, str]]):
    """Pairs who are not to visit each other."""

    def build(self) -> None:
        """Two people."""
        self.one = self.person_box(self.tr("One of the two"))
        self.other = self.person_box(self.tr("The other"))

    def read(self) -> tuple[str, str] | None:
        """Return the two, None for one person twice."""
        pair = (str(self.one.currentData() or ""), str(self.other.currentData() or ""))
        return pair if all(pair) and pair[0] != pair[1] else None

    def words(self, entry: tuple[str, str]) -> str:
        """Return both names."""
        words = self.tr("{one} and {other}")
        return words.format(one=self._names.get(entry[0], ""), other=self._names.get(entry[1], ""))

    def fits(self, entry: tuple[str, str]) -> bool:
        """Both take part."""
        return set(entry) <= set(self._names)


class OwnList(_RuleList[tuple[str, "int | None", "int | None"]]):
    """People with numbers of their own."""

    def build(self) -> None:
        """A person and two numbers."""
        self.who = self.person_box(self.tr("Who"))
        self.observes, self.observed = NumberEdit(self), NumberEdit(self)
        for box, told, prefix in (
            (self.observes, self.tr("Visits that they make"), self.tr("observes ")),
            (self.observed, self.tr("Visits that they receive"), self.tr("is observed ")),
        ):
            box.setRange(0, _MANY)
            box.setValue(1)
            box.setPrefix(prefix)
            box.setAccessibleName(told)
            self._row.addWidget(box)

    def read(self) -> tuple[str, int | None, int | None] | None:
        """Return person and numbers; somebody has one entry."""
        who = str(self.who.currentData() or "")
        self._entries = [one for one in self._entries if one[0] != who]
        return (who, self.observes.value(), self.observed.value()) if who else None

    def words(self, entry: tuple[str, int | None, int | None]) -> str:
        """Return the name and the numbers."""
        words = self.tr("{who} observes {observes}, is observed {observed}")
        plain = self.tr("as everybody")
        return words.format(
            who=self._names.get(entry[0], ""),
            observes=plain if entry[1] is None else entry[1],
            observed=plain if entry[2] is None else entry[2],
        )

    def fits(self, entry: tuple[str, int | None, int | None]) -> bool:
        """The person takes part."""
        return entry[0] in self._names


class HoursList(_RuleList[tuple[int, int, int, str]]):
    """Hours without visits, of everybody or of one person."""

    def build(self) -> None:
        """A day, times, and whose."""
        self.day = ComboBox(self)
        self.day.setAccessibleName(self.tr("Day"))
        for weekday in (-1, *range(6)):
            self.day.addItem(weekday_name(weekday, long=True), weekday)
        self.times = LineEdit(parent=self, placeholder=self.tr("12:10-13:00"))
        self.times.setAccessibleName(self.tr("Times"))
        self.times.setMaximumWidth(scaled(130))
        self._row.addWidget(self.day)
        self._row.addWidget(self.times)
        self.who = self.person_box(self.tr("Whose"), nobody=self.tr("everybody"))

    def read(self) -> tuple[int, int, int, str] | None:
        """Return the hours typed, None where they are none."""
        try:
            found = periods.read_bell_times(self.times.text())
        except ObserveError:
            found = ()
        if not found or found[0].start_min >= found[0].end_min:
            self.times.setFocus()
            return None
        return int(self.day.currentData()), found[0].start_min, found[0].end_min, str(self.who.currentData() or "")

    def words(self, entry: tuple[int, int, int, str]) -> str:
        """Return day, times, whose."""
        words = self.tr("{day}, {times}, {who}")
        who = self._names.get(entry[3], "") if entry[3] else self.tr("everybody")
        return words.format(day=weekday_name(entry[0], long=True), times=span_words(entry[1], entry[2]), who=who)

    def fits(self, entry: tuple[int, int, int, str]) -> bool:
        """Everybody's, or of somebody who takes part."""
        return not entry[3] or entry[3] in self._names


class TravelList(_RuleList[tuple[str, str, int]]):
    """Minutes between two buildings by their names."""

    def build(self) -> None:
        """Two buildings and minutes."""
        self.one, self.other = LineEdit(parent=self), LineEdit(parent=self)
        for line, told in ((self.one, self.tr("One building")), (self.other, self.tr("The other building"))):
            line.setAccessibleName(told)
            line.setPlaceholderText(told)
            line.setMaximumWidth(scaled(160))
            self._row.addWidget(line)
        self.minutes = NumberEdit(self)
        self.minutes.setRange(0, 240)
        self.minutes.setValue(10)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self._row.addWidget(self.minutes)

    def read(self) -> tuple[str, str, int] | None:
        """Return the way, None without two buildings."""
        one, other = self.one.text().strip(), self.other.text().strip()
        if not one or not other or one.casefold() == other.casefold():
            return None
        ends = {one.casefold(), other.casefold()}
        self._entries = [way for way in self._entries if {way[0].casefold(), way[1].casefold()} != ends]
        return one, other, self.minutes.value()

    def words(self, entry: tuple[str, str, int]) -> str:
        """Return both buildings and the minutes."""
        return self.tr("{one} – {other}: {n} min").format(one=entry[0], other=entry[1], n=entry[2])

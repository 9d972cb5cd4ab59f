"""The choices above the list: when, who, which stage, which form. Each is a button with its menu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from observe_app.domain.visit import Stage, VisitFilter
from observe_app.services import people, visits
from observe_app.ui.i18n import stage_name
from observe_app.ui.moments import at_wall, school_year, today_of
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from observe_app.domain.visit import VisitCount
    from observe_app.services.core import Core

_LONGEST = 28
_BIN = "bin"


class ChoiceButton(Button):
    """A button that shows its choice; its menu offers the others.

    Signals:
        chosen: the key of the choice, "" for any.
    """

    chosen = Signal(str)

    def __init__(self, anything: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(anything, parent, size=ButtonSize.SMALL)
        self._anything = anything
        self._name = name
        self.key = ""
        menu = QMenu(self)
        self._group = QActionGroup(menu)
        self._group.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self.set_choices(())

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, words) besides anything; a choice that is gone becomes anything."""
        menu = self.menu()
        menu.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
        for key, words in (("", self._anything), *choices):
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setData(key)
            self._group.addAction(action)
            menu.addAction(action)
        if self.key not in {key for key, _words in choices}:
            self.key = ""
        self._show()

    def set_key(self, key: str) -> None:
        """Show a choice; does not count as the person's."""
        self.key = key
        self._show()

    def _show(self) -> None:
        words = self._anything
        for action in self._group.actions():
            action.setChecked(action.data() == self.key)
            if action.data() == self.key:
                words = action.text().replace("&&", "&")
        shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(self.tr("{name}: {choice}").format(name=self._name, choice=words))
        self.updateGeometry()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.set_key(str(action.data()))
        self.chosen.emit(self.key)


class FilterBar(QWidget):
    """All choices, the count, and the way back to everything.

    Signals:
        changed: the person chose something else.
        clear_asked: show everything again.
    """

    changed = Signal()
    clear_asked = Signal()

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self.year = ChoiceButton(self.tr("Any date"), self.tr("When"), self)
        self.person = ChoiceButton(self.tr("Any person"), self.tr("Who"), self)
        self.stage = ChoiceButton(self.tr("Any stage"), self.tr("Stage"), self)
        self.form = ChoiceButton(self.tr("Any form"), self.tr("Form"), self)
        self.count_label = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.count_label.setObjectName("visits_count")
        self.clear_button = Button(self.tr("Clear"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.clear_button.setObjectName("visits_clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in self.buttons:
            row.addWidget(button)
            button.chosen.connect(self.changed)
        row.addStretch(1)
        row.addWidget(self.count_label)
        row.addWidget(self.clear_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clear_button.clicked.connect(self.clear_asked)

    @property
    def buttons(self) -> tuple[ChoiceButton, ...]:
        """The choices in their order."""
        return (self.year, self.person, self.stage, self.form)

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return any(button.key for button in self.buttons)

    @property
    def shows_bin(self) -> bool:
        """Whether deleted visits are listed, and only they."""
        return self.stage.key == _BIN

    def reload(self) -> None:
        """Offer the people, stages and forms that there are."""
        self.year.set_choices((("this", self.tr("This school year")), ("last", self.tr("Last school year"))))
        involved = [row for row in people.listing(self._core, archived=True) if row.last or _any(row)]
        self.person.set_choices([(row.person.id, row.person.name) for row in involved])
        stages = [(stage.value, stage_name(stage)) for stage in Stage]
        self.stage.set_choices([*stages, (_BIN, self.tr("In the bin"))])
        self.form.set_choices(visits.forms_in_use(self._core))

    def clear(self) -> None:
        """Leave nothing out."""
        for button in self.buttons:
            button.set_key("")

    def applied(self, wanted: VisitFilter) -> VisitFilter:
        """The filter with these choices in it."""
        since, until = self._span()
        return replace(
            wanted,
            person_id=self.person.key or None,
            stage=Stage(self.stage.key) if self.stage.key and not self.shows_bin else None,
            deleted=self.shows_bin,
            form_id=self.form.key or None,
            since=since,
            until=until,
        )

    def show_count(self, found: VisitCount, *, has_words: bool) -> None:
        """Say how much is found, of how much."""
        if self.shows_bin:
            text = self.tr("1 in the bin") if found.visits == 1 else self.tr("{n} in the bin").format(n=found.visits)
        elif not (has_words or self.is_set):
            text = self.tr("1 visit") if found.all_visits == 1 else self.tr("{n} visits").format(n=found.all_visits)
        elif has_words:
            text = self.tr("{found} of {all} visits, {notes} notes").format(
                found=found.visits, all=found.all_visits, notes=found.notes
            )
        else:
            text = self.tr("{found} of {all} visits").format(found=found.visits, all=found.all_visits)
        self.count_label.setText(text)
        self.clear_button.setVisible(has_words or self.is_set)

    def _span(self) -> tuple[datetime | None, datetime | None]:
        if not self.year.key:
            return None, None
        zone = self._core.clock.zone_name()
        first, after = school_year(today_of(self._core.clock))
        if self.year.key == "last":
            first, after = first.replace(year=first.year - 1), first
        return _midnight(first, zone), _midnight(after, zone)


def _midnight(day: date, zone: str) -> datetime:
    return at_wall(day, 0, 0, zone)


def _any(row: people.PersonRow) -> bool:
    return bool(row.visits_as_teacher or row.visits_as_observer)

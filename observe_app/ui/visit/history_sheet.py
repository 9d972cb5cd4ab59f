"""What changed in a visit, when: the journal in words, the newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.ids import natural_id
from observe_app.domain.visit import Stage
from observe_app.services import history, notes, visits
from observe_app.ui.i18n import short_date, stage_name, time_of_day
from observe_app.ui.moments import local
from observe_app.ui.observe.words import item_names
from observe_app.ui.theme import scaled
from observe_app.ui.undo_words import field_name, what_was_done
from observe_app.ui.widgets import ElidedLabel, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.changes import Action
    from observe_app.services.core import Core

_WIDTH = 760
_HEIGHT = 420
_MOST = 200
_LONGEST = 160
_ALIKE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the list: an action, or alike ones in a row; `at` of the newest, `first` of the oldest."""

    at: datetime
    first: datetime
    kind: str
    undone: bool
    names: tuple[str, ...]
    quotes: bool
    count: int = 1

    def takes(self, older: Action) -> bool:
        """Whether an older action is told in this row."""
        near = self.first - older.at <= _ALIKE
        return near and (older.kind, older.undone) == (self.kind, self.undone)


class HistorySheet(Sheet):
    """The actions of a visit with the words they changed."""

    def __init__(self, core: Core, visit_id: str, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("HistorySheet", "What changed when"), parent, width=_WIDTH)
        self.setObjectName("history_sheet")
        zone = core.clock.zone_name()
        actions = history.of_visit(core, visit_id, limit=_MOST)
        self._items = _items_of(core, visit_id, actions)
        self._readers = {
            one.row: str(one.new)
            for action in actions
            for one in action.changes
            if (one.table, one.column) == ("reader", "name") and one.new
        }
        pane = ScrollPane(self, margin=0)
        pane.setFixedHeight(min(scaled(_HEIGHT), parent.window().height() - scaled(220)))
        grid_holder = QWidget(pane)
        grid = QGridLayout(grid_holder)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(2, 1)
        for line, row in enumerate(self._rows(actions)):
            there = local(row.at, zone)
            when = self.tr("{day}, {time}").format(
                day=short_date(there.date()), time=time_of_day(there.time(), seconds=True)
            )
            grid.addWidget(TextLabel(when, grid_holder, step="small", tone="muted", tabular=True), line, 0)
            what = what_was_done(row.kind)
            if row.count > 1:
                what = self.tr("{what}, {n} times").format(what=what, n=row.count)
            grid.addWidget(TextLabel(what, grid_holder, step="small", weight=600), line, 1)
            taken_back = self.tr("(taken back)") if row.undone else ""
            said = " ".join(part for part in (", ".join(row.names), taken_back) if part)
            grid.addWidget(ElidedLabel(said, grid_holder, step="small"), line, 2)
        pane.body.addWidget(grid_holder)
        pane.body.addStretch(1)
        self.body.addWidget(pane)
        if len(actions) == _MOST:
            self.body.addWidget(
                TextLabel(self.tr("The newest {n} are shown.").format(n=_MOST), self, step="small", tone="muted")
            )
        self.add_safe(self.tr("Close"))

    def _rows(self, actions: tuple[Action, ...]) -> list[_Row]:
        """Return the actions as they are told: alike ones within a minute in one row, written words each alone."""
        rows: list[_Row] = []
        for action in actions:
            quoted, names = self._quoted(action), self._named(action)
            last = rows[-1] if rows else None
            if last and not quoted and not last.quotes and last.takes(action):
                joined = tuple(dict.fromkeys((*names, *last.names)))
                rows[-1] = replace(last, first=action.at, count=last.count + 1, names=joined)
            else:
                told = (quoted,) if quoted else names
                rows.append(_Row(action.at, action.at, action.kind, action.undone, told, quotes=bool(quoted)))
        return rows

    def _quoted(self, action: Action) -> str:
        """Return the words an action changed: "old → new", or the new ones; "" where it changed none."""
        for change in action.changes:
            if not field_name(change.table, change.column):
                continue
            new, old = _short(change.new), _short(change.old)
            if old and new:
                return self.tr("“{old}” → “{new}”").format(old=old, new=new)
            if new or old:
                return self.tr("“{words}”").format(words=new or old)
        return ""

    def _named(self, action: Action) -> tuple[str, ...]:
        """Return which items of the form an action is about, or which stage it set."""
        for change in action.changes:
            if change.table == "visit" and change.column == "stage" and change.new in tuple(Stage):
                return (stage_name(Stage(str(change.new))),)
            if (change.table, change.column) == ("reader", "deleted") and change.row in self._readers:
                words = self.tr("“{name}” no longer") if change.new else self.tr("“{name}” again")
                return (words.format(name=self._readers[change.row]),)
        named = dict.fromkeys(
            self._items[key] for one in action.changes if (key := (one.table, one.row)) in self._items
        )
        return tuple(named)


def _items_of(core: Core, visit_id: str, actions: tuple[Action, ...]) -> dict[tuple[str, str], str]:
    """Return the name of the form's item, or of its code, that each changed record is about, by (table, row)."""
    try:
        form = visits.form_of(visits.get(core, visit_id))
    except ObserveError:  # a damaged form leaves the rest of the history readable
        return {}
    names = item_names(form)
    ids = frozenset(one.row for action in actions for one in action.changes if one.table == "event")
    found = {
        ("event", event.id): names.get((event.item, event.code)) or names.get((event.item, ""), "")
        for event in notes.some(core, ids)
        if event.item
    }
    for item in form.items if form else ():
        found["answer", natural_id("answer", visit_id, item.id)] = names[item.id, ""]
    return {key: name for key, name in found.items() if name}


def _short(value: object) -> str:
    text = " ".join(str(value or "").split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

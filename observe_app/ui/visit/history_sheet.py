"""What changed in a visit, when: the journal in words, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.ids import natural_id
from observe_app.services import history, notes, visits
from observe_app.ui.i18n import short_date, time_of_day
from observe_app.ui.moments import local
from observe_app.ui.observe.words import item_names
from observe_app.ui.theme import scaled
from observe_app.ui.undo_words import field_name, what_was_done
from observe_app.ui.widgets import ElidedLabel, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.changes import Action
    from observe_app.services.core import Core

_WIDTH = 760
_HEIGHT = 420
_MOST = 200
_LONGEST = 160


class HistorySheet(Sheet):
    """The actions of a visit with the words they changed."""

    def __init__(self, core: Core, visit_id: str, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("HistorySheet", "What changed when"), parent, width=_WIDTH)
        self.setObjectName("history_sheet")
        zone = core.clock.zone_name()
        actions = history.of_visit(core, visit_id, limit=_MOST)
        self._items = _items_of(core, visit_id, actions)
        pane = ScrollPane(self, margin=0)
        pane.setFixedHeight(min(scaled(_HEIGHT), parent.window().height() - scaled(220)))
        grid_holder = QWidget(pane)
        grid = QGridLayout(grid_holder)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(2, 1)
        for line, action in enumerate(actions):
            there = local(action.at, zone)
            when = self.tr("{day}, {time}").format(
                day=short_date(there.date()), time=time_of_day(there.time(), seconds=True)
            )
            grid.addWidget(TextLabel(when, grid_holder, step="small", tone="muted", tabular=True), line, 0)
            name = TextLabel(what_was_done(action.kind), grid_holder, step="small", weight=600)
            grid.addWidget(name, line, 1)
            taken_back = self.tr("(taken back)") if action.undone else ""
            said = " ".join(part for part in (self._words(action), taken_back) if part)
            grid.addWidget(ElidedLabel(said, grid_holder, step="small"), line, 2)
        pane.body.addWidget(grid_holder)
        pane.body.addStretch(1)
        self.body.addWidget(pane)
        if len(actions) == _MOST:
            self.body.addWidget(
                TextLabel(self.tr("The newest {n} are shown.").format(n=_MOST), self, step="small", tone="muted")
            )
        self.add_safe(self.tr("Close"))

    def _words(self, action: Action) -> str:
        """Return the words an action changed: "old → new", or the new ones."""
        for change in action.changes:
            if not field_name(change.table, change.column):
                continue
            new, old = _short(change.new), _short(change.old)
            if old and new:
                return self.tr("“{old}” → “{new}”").format(old=old, new=new)
            if new or old:
                return self.tr("“{words}”").format(words=new or old)
        named = dict.fromkeys(
            self._items[key] for one in action.changes if (key := (one.table, one.row)) in self._items
        )
        return ", ".join(named)


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

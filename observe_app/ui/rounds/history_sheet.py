"""What became of one visit of a round: who did what when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.services.rounds import progress
from observe_app.ui.i18n import short_date, time_of_day
from observe_app.ui.moments import local
from observe_app.ui.rounds.words import minute_words
from observe_app.ui.theme import scaled
from observe_app.ui.undo_words import what_was_done
from observe_app.ui.widgets import ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.services.core import Core
    from observe_app.services.rounds.progress import Happened

_MOST = 100
_HIGH = 380


class RoundHistory(Sheet):
    """The changes of a visit of a round, the newest first."""

    def __init__(
        self, core: Core, round_id: str, pairing_id: str, lead: str, names: Mapping[str, str], host: QWidget
    ) -> None:
        super().__init__(host.tr("What changed when"), host, width=720)
        self.setObjectName("round_history")
        self._names = names
        self.add_lead(lead)
        pane = ScrollPane(self, margin=0, exact=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        zone = core.clock.zone_name()
        found = progress.history(core, round_id, pairing_id=pairing_id)
        for row, one in enumerate(found[:_MOST]):
            at = local(one.at, zone)
            when = self.tr("{day}, {time}").format(day=short_date(at.date()), time=time_of_day(at.time()))
            grid.addWidget(TextLabel(when, pane, step="small", tone="muted", tabular=True), row, 0)
            grid.addWidget(TextLabel(self._line(one), pane, step="small", wrap=True), row, 1)
            who = names.get(one.author_id or "", "")
            grid.addWidget(TextLabel(who, pane, step="small", tone="muted"), row, 2)
        pane.body.addLayout(grid)
        pane.body.addStretch(1)
        self.body.addWidget(pane)
        self.add_safe(self.tr("Go on"))
        self._pane = pane

    def open_over(self) -> None:
        """Show as many lines as there is room for."""
        super().open_over()
        self.fit(self._pane, scaled(_HIGH))

    def _line(self, one: Happened) -> str:
        done = what_was_done(one.kind)
        if one.undone:
            done = self.tr("{what}, taken back").format(what=done)
        before, after = dict(one.before), dict(one.after)
        parts = [self._change(name, before.get(name), value) for name, value in after.items()]
        told = "; ".join(part for part in parts if part)
        return self.tr("{what}: {change}").format(what=done, change=told) if told else done

    def _change(self, name: str, old: object, new: object) -> str:
        if name in {"observer_id", "teacher_id"}:
            observer = name == "observer_id"
            words = self.tr("observer {new}") if observer else self.tr("teacher {new}")
            if old:
                words = self.tr("observer {old}, now {new}") if observer else self.tr("teacher {old}, now {new}")
            return words.format(old=self._names.get(str(old), "–"), new=self._names.get(str(new), "–"))
        if name == "on":
            return self._pair(self._day(old), self._day(new))
        if name == "start_min":
            return self._pair(_time(old), _time(new))
        if name == "why" and new:
            return str(new)
        return ""

    def _pair(self, old: str, new: str) -> str:
        if not old or old == new:
            return new
        return self.tr("{old}, now {new}").format(old=old, new=new or self.tr("no time yet"))

    @staticmethod
    def _day(value: object) -> str:
        try:
            return short_date(date.fromisoformat(str(value))) if value else ""
        except ValueError:
            return str(value)


def _time(value: object) -> str:
    return minute_words(int(value)) if isinstance(value, int | float) else ""

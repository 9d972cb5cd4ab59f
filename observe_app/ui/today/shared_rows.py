"""What the shared folder brought, and the reminder to keep the twelve words, as rows of Today."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.services import visits
from observe_app.services.sync import places
from observe_app.ui.moments import today_of
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_NAMES = 3


class CameNews(QObject):
    """Knows which visits came through a shared folder, until somebody looks at them.

    One that was never opened here is news whenever it came; one that was is news again when more of it comes meanwhile.

    Signals:
        changed: there is something new to tell.
    """

    changed = Signal()

    def __init__(self, core: Core, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._came: dict[str, str] = {}
        bus.changed.connect(self._on_changed)

    def visits(self) -> tuple[Visit, ...]:
        """Return the visits that came, those that are gone or one's own on another computer left out."""
        from observe_app.services.sync import came, sharing  # noqa: PLC0415  (only where something came)

        at = came.opened_at(self._core)
        self._came = {one: since for one, since in self._came.items() if at.get(one, "") < since}
        found = []
        for visit_id in dict.fromkeys((*came.unopened(self._core), *self._came)):
            try:
                visit = visits.get(self._core, visit_id)
            except NotFound:
                continue
            if not visit.deleted and not sharing.rights(self._core, visit_id).writes:
                found.append(visit)
        return tuple(found)

    def seen(self) -> None:
        """Somebody looked."""
        from observe_app.services.sync import came  # noqa: PLC0415  (only where something came)

        with contextlib.suppress(ObserveError):  # then they are told once more, which is no harm
            came.mark_opened(self._core, [one.id for one in self.visits()])
        self._came.clear()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.initiator == "sync" and changes.touches("release"):
            fresh = [one for one in sorted(changes.visits) if one not in self._came]
            self._came.update(dict.fromkeys(fresh, self._core.clock.now().isoformat()))
            if fresh:
                self.changed.emit()


def came_row(core: Core, came: tuple[Visit, ...], parent: QWidget) -> TwoLineRow:
    """Return a row that says how many visits came and whose."""
    tr = QCoreApplication.translate
    name = tr("TodayShared", "1 visit came") if len(came) == 1 else tr("TodayShared", "{n} visits came")
    from observe_app.services.sync import authorship  # noqa: PLC0415  (only where something came)

    wrote = (authorship.wrote(core, one.id) for one in came)
    people = list(dict.fromkeys(one.name for one in wrote if one is not None and one.name))
    who = ", ".join(people[:_NAMES]) + (" …" if len(people) > _NAMES else "")
    button = Button(tr("TodayShared", "Look"), parent, size=ButtonSize.SMALL)
    button.setObjectName("look_came")
    row = TwoLineRow(
        name.format(n=len(came)), who, tr("TodayShared", "through the shared folder"), parent,
        lead=tr("TodayShared", "New"), button=button,
    )  # fmt: skip
    row.setObjectName("came_row")
    return row


def words_row(parent: QWidget) -> TwoLineRow:
    """Return the row that reminds of the twelve words."""
    tr = QCoreApplication.translate
    button = Button(tr("TodayShared", "Show them"), parent, size=ButtonSize.SMALL)
    button.setObjectName("show_reminded_words")
    row = TwoLineRow(
        tr("TodayShared", "Keep your twelve words"), "",
        tr("TodayShared", "Print them: without them a lost computer is a lost record."), parent,
        lead=tr("TodayShared", "Today"), button=button,
    )  # fmt: skip
    row.setObjectName("words_row")
    return row


def due_row(core: Core, parent: QWidget) -> TwoLineRow | None:
    """Return a row about visits that were kept long enough, with the button that lists them; None where none are."""
    if not core.settings.get().retention_years:
        return None
    from observe_app.services.sync import retention  # noqa: PLC0415  (only where a number of years is set)

    found = retention.due(core, today_of(core.clock))
    if not found:
        return None
    tr = QCoreApplication.translate
    name = (
        tr("TodayShared", "1 visit was kept long enough")
        if len(found) == 1
        else tr("TodayShared", "{n} visits were kept long enough").format(n=len(found))
    )
    people = list(dict.fromkeys(one.teacher for one in found if one.teacher))
    who = ", ".join(people[:_NAMES]) + (" …" if len(people) > _NAMES else "")
    button = Button(tr("TodayShared", "Look at them…"), parent, size=ButtonSize.SMALL)
    button.setObjectName("look_due")
    row = TwoLineRow(
        name, who, tr("TodayShared", "Nothing goes until you say so."), parent, lead=tr("TodayShared", "Due"),
        button=button,
    )  # fmt: skip
    row.setObjectName("due_row")
    return row


def reminds(core: Core) -> bool:
    """Tell whether to remind of the words now."""
    try:
        return places.reminds(core, today_of(core.clock).isoformat())
    except ObserveError:
        return False

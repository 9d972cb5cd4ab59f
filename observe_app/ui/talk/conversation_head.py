"""The head of the conversation: the protocol, the minutes, beginning and end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.ui.talk.protocol_menu import ProtocolButton
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, SectionHead

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_WIDE = 380
"""Px under which the minutes planned give way to the name of the protocol."""
_MINUTE = timedelta(minutes=1)


class ConversationHead(SectionHead):
    """Title, protocol, minutes, and the end or the way on."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.title.setText(self.tr("Conversation"))
        self.protocol_button = ProtocolButton(core, self)
        self.end_button = Button(self.tr("End"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.end_button.setObjectName("end_talk")
        self.end_button.setToolTip(self.tr("End the conversation"))
        self.go_on_button = Button(self.tr("Go on"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.go_on_button.setObjectName("go_on_talk")
        self.go_on_button.setToolTip(self.tr("Open the conversation again"))
        self._row.setSpacing(8)
        self._row.insertWidget(1, self.protocol_button)
        self._row.addWidget(self.end_button)
        self._row.addWidget(self.go_on_button)
        self.right.setObjectName("talk_minutes")
        self.end_button.hide()
        self.go_on_button.hide()

    def show_time(self, visit: Visit, planned: int, now: datetime) -> None:
        """Say how long the conversation takes or took."""
        begun, ended = visit.talk_started, visit.talk_ended
        if begun is None:
            words = ""
        elif ended is None:
            spent = max(0, (now - begun) // _MINUTE)
            whole = self.tr("{spent} min of {planned}").format(spent=spent, planned=planned)
            self.right.setToolTip(whole)
            words = whole if self.width() >= scaled(_WIDE) else self.tr("{spent} min").format(spent=spent)
        else:
            words = self.tr("{spent} min").format(spent=max(0, (ended - begun) // _MINUTE))
        changed = words != self.right.text() or self.end_button.isHidden() == (begun is not None and ended is None)
        self.right.setText(words)
        self.end_button.setVisible(begun is not None and ended is None)
        self.go_on_button.setVisible(ended is not None)
        if changed:
            self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name of the protocol gives way."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        taken = self.title.sizeHint().width() + self.right.sizeHint().width() + 4 * self._row.spacing()
        taken += sum(one.sizeHint().width() for one in (self.end_button, self.go_on_button) if not one.isHidden())
        self.protocol_button.give_room(self.width() - taken)

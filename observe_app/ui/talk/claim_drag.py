"""Dragging a claim to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag

from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.source_list import drag_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.evidence import Claim

CLAIM_MIME = "application/x-observe-claim"
_MOST = 40


def drag_claim(card: QWidget, claim: Claim) -> None:
    """Drag the claim of a card under a label with its first words, until it is let go."""
    drag = QDrag(card)
    data = QMimeData()
    data.setData(CLAIM_MIME, QByteArray(claim.id.encode("ascii")))
    drag.setMimeData(data)
    words = claim.title[:_MOST] or claim_name(claim.kind)
    drag.setPixmap(drag_label(words, card.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-8, 14))
    drag.exec(Qt.DropAction.MoveAction)

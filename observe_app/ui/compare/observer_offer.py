"""Where several people observed in turn no line goes on: the offer to look at what one of them saw."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.compare.marks import LEAST, Break
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.compare.marks import Series, Term

_MOST = 4


class ObserverOffer(QWidget):
    """Hidden while one person observed, or nobody saw enough for a line.

    Signals:
        chosen: id of an observer, "" for all of them.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("observer_offer")
        self.words = TextLabel("", self, step="small", tone="muted", wrap=True)
        self._row = FlowRow(self)
        self.buttons = [Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL) for _one in range(_MOST)]
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
            self._row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self._row)
        self.hide()

    def show_term(self, term: Term, shown: Iterable[Series], observer: str) -> None:
        """Offer observers.

        Args:
            term: what the choices show.
            shown: its lines that have a chart.
            observer: id of who is chosen, "" for everybody.
        """
        seen = Counter((visit.observer_id, visit.observer) for visit in term.visits if visit.observer_id)
        broken = any(why is Break.OBSERVER for line in shown for _at, why in line.breaks)
        offered = [who for who, count in seen.most_common(_MOST) if count >= LEAST] if broken else []
        self.setVisible(bool(offered or observer))
        if observer:
            name = next((name for key, name in seen if key == observer), "")
            self.words.setText(self.tr("Only what {name} observed.").format(name=name) if name else "")
            self._set([("", self.tr("Show what everybody observed"))])
            return
        self.words.setText(self.tr("Several people observed in turn, and a line joins what one of them saw."))
        self._set([(key, self.tr("Only {name} ({n})").format(name=name, n=seen[key, name])) for key, name in offered])

    def _set(self, choices: list[tuple[str, str]]) -> None:
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(choices))
            if at < len(choices):
                button.setProperty("observer", choices[at][0])
                button.setText(choices[at][1])
                button.updateGeometry()

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.chosen.emit(str(button.property("observer")))

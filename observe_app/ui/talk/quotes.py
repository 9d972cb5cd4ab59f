"""The quotations under a claim or an answer, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.talk.quote import Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.evidence import ClaimKind
    from observe_app.ui.talk.source import Source


class QuoteColumn(QWidget):
    """Quotations; hidden while there are none.

    Signals:
        asked: Source to be shown in the list. unlink_asked: Source to be taken away.
    """

    asked = Signal(object)
    unlink_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quotes: list[Quote] = []
        self._policy = Qt.FocusPolicy.NoFocus
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 1)
        self._column.setSpacing(8)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotations from top to bottom."""
        return tuple(self._quotes)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is quoted, from top to bottom."""
        return tuple(quote.source for quote in self._quotes)

    def set_reachable(self, *, reachable: bool) -> None:
        """Let Tab reach the quotations: only those of the selected claim, or the walk would be long."""
        self._policy = Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.NoFocus
        for quote in self._quotes:
            quote.setFocusPolicy(self._policy)

    def show_sources(self, sources: Sequence[Source], kind: ClaimKind | None) -> None:
        """Show these; the widgets of those that stay stay."""
        before = {(quote.event_id, quote.view): quote for quote in self._quotes}
        wanted = {(source.event_id, source.view) for source in sources}
        for key, quote in before.items():
            if key not in wanted:
                self._column.removeWidget(quote)
                quote.hide()
                quote.deleteLater()
        self._quotes = []
        for place, source in enumerate(sources):
            known = before.get((source.event_id, source.view))
            if known is None:
                known = Quote(source, kind, self)
                known.setFocusPolicy(self._policy)
                known.asked.connect(self.asked)
                known.unlink_asked.connect(self.unlink_asked)
            else:
                known.show_source(source, kind)
            if self._column.indexOf(known) != place:
                self._column.removeWidget(known)
                self._column.insertWidget(place, known)
            self._quotes.append(known)
        self.setVisible(bool(self._quotes))

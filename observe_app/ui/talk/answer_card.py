"""One answered item of the form in Talk: what was answered, the observer's words, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.talk.evidence_card import CARD_MARGIN, EvidenceCard
from observe_app.ui.talk.lines import Lines
from observe_app.ui.talk.no_evidence import NoEvidence
from observe_app.ui.talk.quotes import QuoteColumn
from observe_app.ui.widgets import DotScale, TextLabel

if TYPE_CHECKING:
    from observe_app.ui.talk.lesson_facts import AnswerFacts

_STEPS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class AnswerCard(EvidenceCard):
    """An item with its answer. The answer itself is changed in Observe, where its levels are described.

    Signals:
        went: (columns, rows) the arrows ask for the neighbour there.
    """

    went = Signal(int, int)

    def __init__(self, facts: AnswerFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self.setObjectName(f"answer_{facts.item}")
        self.label = Lines(self, step="body", weight=600)
        self.agreed = TextLabel(self.tr("Agreed"), self, step="caption", tone="accent")
        self.dots = DotScale(facts.levels, facts.label, self) if facts.levels else None
        if self.dots is not None:
            self.dots.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.dots.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.value = Lines(self)
        self.comment = Lines(self, tone="quote")
        self.no_evidence = NoEvidence(self)
        self._quotes = QuoteColumn(self)
        self._quotes.asked.connect(self.source_asked)
        self._quotes.unlink_asked.connect(self.unlink_asked)
        self._build()
        self.show_facts(facts)

    @property
    def item(self) -> str:
        """Id of the form's item."""
        return self._facts.item

    @property
    def facts(self) -> AnswerFacts:
        """What is shown."""
        return self._facts

    def show_facts(self, facts: AnswerFacts) -> None:
        """Show the answer as it is stored now."""
        self._facts = facts
        self.label.set_text(facts.label)
        self.agreed.setVisible(facts.agreed)
        rated = self.dots is not None and facts.level > 0
        if self.dots is not None:
            self.dots.setVisible(rated)
            self.dots.set_rating(facts.level)
        self.value.set_text("" if rated else facts.value or self.tr("not answered"))
        self.value.setVisible(not rated)
        judged = facts.wants_evidence
        self.value.set_look("accent" if judged else "ink" if facts.counts else "muted", 600 if judged else None)
        self.comment.set_text(facts.comment)
        self.comment.setVisible(bool(facts.comment))
        self._quotes.show_sources(facts.sources, None)
        self.no_evidence.setVisible(facts.wants_evidence and not facts.sources)
        count = len(facts.sources)
        if count:
            evidence = (
                self.tr("1 piece of evidence") if count == 1 else self.tr("{n} pieces of evidence").format(n=count)
            )
        else:
            evidence = self.tr("no evidence yet")
        name = self.tr("{item}: {answer}. {evidence}")
        self.setAccessibleName(name.format(item=facts.label, answer=facts.value or "–", evidence=evidence))
        self.setAccessibleDescription(facts.comment)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.label, 1)
        top.addWidget(self.agreed, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_MARGIN, 9, CARD_MARGIN, 12)
        column.setSpacing(2)
        column.addLayout(top)
        if self.dots is not None:
            column.addWidget(self.dots)
        column.addWidget(self.value)
        column.addWidget(self.comment)
        column.addWidget(self._quotes)
        column.addWidget(self.no_evidence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours."""
        step = _STEPS.get(Qt.Key(event.key()))
        if self.hasFocus() and step is not None:
            self.went.emit(*step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane of the selected card, ring, rule under the others."""
        painter = QPainter(self)
        self._paint_card(painter, ruled=True, ringed=self.hasFocus())
        painter.end()

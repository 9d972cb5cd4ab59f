"""One claim on the page: its title, what explains it, and the quotations it rests on, all edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound
from observe_app.domain.evidence import ClaimKind
from observe_app.services import talk
from observe_app.ui.talk.card_menu import CARD_KEYS, CardAct, build_menu
from observe_app.ui.talk.claim_drag import drag_claim
from observe_app.ui.talk.claim_words import claim_hints, spoken_name, title_name
from observe_app.ui.talk.evidence_card import CARD_MARGIN, EvidenceCard
from observe_app.ui.talk.in_place import InPlaceText
from observe_app.ui.talk.no_evidence import NoEvidence
from observe_app.ui.talk.quotes import QuoteColumn
from observe_app.ui.talk.seen_behind import seen_behind
from observe_app.ui.talk.source import NO_SOURCES
from observe_app.ui.talk.starters import GAP, StarterBox
from observe_app.ui.talk.text_marks import TextMarks
from observe_app.ui.theme import color
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.evidence import Claim
    from observe_app.services.core import Core
    from observe_app.ui.talk.source import Sources

_FIELD_EDGE = 5


class ClaimCard(EvidenceCard):
    """A claim, or one that is only begun: without an id until its first words are written.

    Signals:
        acted: CardAct that the person asked for.
        edited: words changed; they are stored by `store`.
        left: the caret left the card.
    """

    acted = Signal(object)
    edited = Signal()
    left = Signal()

    def __init__(
        self, core: Core, visit_id: str, kind: ClaimKind, claim: Claim | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._visit_id = visit_id
        self._kind = kind
        self._claim: Claim | None = None
        self._seen: Seen | None = None
        self._shown = ("", "")
        self._dirty = False
        self._last = True
        self._pressed: QPoint | None = None
        self._build()
        self._connect()
        if claim is not None:
            self.show_claim(claim, NO_SOURCES)
        else:
            self._show_words()

    # What a page reads.

    @property
    def claim_id(self) -> str | None:
        """Id of the stored claim, None while it is only begun."""
        return self._claim.id if self._claim is not None else None

    @property
    def claim(self) -> Claim | None:
        """The claim as it was stored last, None while it is only begun."""
        return self._claim

    @property
    def kind(self) -> ClaimKind:
        """Column the card stands in."""
        return self._kind

    @property
    def is_dirty(self) -> bool:
        """Whether words are only on the screen."""
        return self._dirty

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it: no words, no evidence."""
        words = self.title.text().strip() or self.text.text().strip()
        return not words and not (self._claim is not None and self._claim.rests)

    # What a page does.

    def show_claim(self, claim: Claim, sources: Sources) -> None:
        """Show the claim as it is stored now; words that are not stored yet stay as they are."""
        wanted = sources.of(claim.evidence, claim.views)
        as_before = claim == self._claim and claim.kind is self._kind and wanted == self._quotes.sources
        if as_before and (self.title.text(), self.text.text()) == (claim.title, claim.text):
            return  # of many claims a change concerns one
        self._claim, self._kind = claim, claim.kind
        if not self._dirty:
            self._seen = None
            self.title.set_text(claim.title)
            self.text.set_text(claim.text)
        self._quotes.show_sources(wanted, self._kind)
        self._show_words()

    def set_kind(self, kind: ClaimKind) -> None:
        """Move a card that is only begun to another column."""
        self._kind = kind
        self._show_words()

    def begin_again(self) -> None:
        """Keep the words of a claim that was deleted elsewhere while they were being written."""
        self._claim, self._seen = None, None
        self._quotes.show_sources((), self._kind)
        self._show_words()

    def store(self) -> None:
        """Write the words that are only on the screen.

        Raises:
            ObserveError: they could not be written; they stay on the screen.
        """
        if not self._dirty:
            return
        title, text = self.title.text().strip(), self.text.text().strip()
        if self._claim is None:
            if not title and not text:
                self._dirty = False
                return
            self._claim = talk.add_claim(self._core, visit_id=self._visit_id, kind=self._kind, title=title, text=text)
            self._seen = None
        else:
            try:
                seen = self._seen or talk.open_claim(self._core, self._claim.id).seen
                # Only what was typed in: the other field may have another value by now, which nobody here replaced.
                opened = talk.edit_claim(
                    self._core,
                    claim_id=self._claim.id,
                    seen=seen,
                    title=title if title != self._shown[0] else None,
                    text=text if text != self._shown[1] else None,
                )
            except NotFound:
                self.begin_again()
                self.store()
                return
            self._claim, self._seen = opened.value, opened.seen
        self._dirty = False
        self._show_words()

    def _begin_edit(self) -> None:
        """Hold on to what is displayed: what comes in from now on was not seen."""
        claim = self._claim
        self._shown = (claim.title, claim.text) if claim is not None else ("", "")
        if claim is not None and self._seen is None:
            shown = {"title": claim.title, "text": claim.text}
            self._seen = seen_behind(self._core, "claim", claim.id, shown)

    def set_selected(self, selected: bool) -> None:
        """Show that keys act on this card."""
        if selected != self._selected:
            super().set_selected(selected)
            self.menu_button.setVisible(selected)
            self._show_words()

    def set_last(self, *, last: bool) -> None:
        """Say whether another card stands below; only then there is a rule."""
        self._last = last
        self.update()

    def set_judging_words(self, words: frozenset[str]) -> None:
        """Underline these words softly."""
        for marks in self.marks:
            marks.set_words(words)

    def write(self) -> None:
        """Put the caret into the title."""
        self.chosen.emit()
        self.title.write()

    # Building.

    def _build(self) -> None:
        self.setObjectName("claim")
        self.title = InPlaceText(self, step="body", weight=600, one_line=True)
        self.title.setObjectName("claim_title")
        self.text = InPlaceText(self, step="text")
        self.text.setObjectName("claim_text")
        for field in (self.title, self.text):
            field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.no_evidence = NoEvidence(self)
        self.starters = StarterBox(self)
        self.marks = (TextMarks(self.title), TextMarks(self.text))
        self.menu_button = Button(
            "",
            self,
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="ellipsis",
            name=self.tr("What can be done with it"),
        )
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.menu_button.hide()
        self._quotes = QuoteColumn(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_MARGIN, 9, CARD_MARGIN, 12)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addSpacing(20)
        column.addLayout(top)
        column.addSpacing(1)
        column.addWidget(self.text)
        column.addWidget(self._quotes)
        column.addWidget(self.no_evidence)
        column.addWidget(self.starters)

    def _connect(self) -> None:
        for field in (self.title, self.text):
            field.edited.connect(self._on_edited)
            field.focus_changed.connect(self._on_field_focus)
            field.escaped.connect(self._on_escaped)
        self.title.tab_goes_on = self.text.tab_goes_back = True
        self.title.went_on.connect(self._on_title_done)
        self.text.went_back.connect(self._on_back)
        self.text.went_on.connect(self._on_escaped)
        self.menu_button.clicked.connect(self._on_menu_clicked)
        self.starters.chosen.connect(self._on_starter)
        self._quotes.asked.connect(self.source_asked)
        self._quotes.unlink_asked.connect(self.unlink_asked)

    # Qt overrides.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Alt and arrows move the claim, Enter writes, Delete deletes."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.hasFocus() and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier):
            act = CARD_KEYS.get((Qt.Key(event.key()), modifiers == Qt.KeyboardModifier.AltModifier))
            if act is CardAct.WRITE:
                self.write()
                return
            if act is not None:
                self.acted.emit(act)
                return
        if event.key() == Qt.Key.Key_Menu:
            self._open_menu(self.mapToGlobal(QPoint(CARD_MARGIN, 30)))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects; holding and moving drags."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the claim to another place."""
        if self._pressed is None or self._claim is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        drag_claim(self, self._claim)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The button is up: no drag."""
        self._pressed = None
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu as the button's."""
        self.chosen.emit()
        self._open_menu(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        """The menu button appears under the pointer."""
        self.menu_button.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """It stays on the selected card."""
        self.menu_button.setVisible(self._selected)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The menu button keeps its corner."""
        super().resizeEvent(event)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.menu_button.setGeometry(3 if mirrored else self.width() - 29, 4, 26, 26)
        self.menu_button.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane of the selected card, ring, plane under the caret, rule under the others."""
        painter = QPainter(self)
        self._paint_card(painter, ruled=not self._last, ringed=self.hasFocus() and not self._pressed)
        for field in (self.title, self.text):
            if field.hasFocus():
                around = QRectF(field.geometry()).adjusted(-_FIELD_EDGE, -3, _FIELD_EDGE, 3)
                painter.setBrush(color("field"))
                painter.drawRoundedRect(around, 5, 5)
        painter.end()

    # Slots.

    @Slot()
    def _on_edited(self) -> None:
        if not self._dirty:
            self._begin_edit()
        self._dirty = True
        self.edited.emit()
        self._offer_starters()
        self._name()

    @Slot(bool)
    def _on_field_focus(self, here: bool) -> None:
        self.update()
        if here:
            if not self._dirty and self._claim is not None and self._seen is None:
                opened = talk.open_claim(self._core, self._claim.id)
                self._claim, self._seen = opened.value, opened.seen
                self.title.set_text(opened.value.title)
                self.text.set_text(opened.value.text)
            self.chosen.emit()
        elif not self.title.hasFocus() and not self.text.hasFocus():
            self._show_words()
            self.left.emit()

    @Slot()
    def _on_title_done(self) -> None:
        self.text.show()
        self.text.write()

    @Slot(str)
    def _on_starter(self, words: str) -> None:
        # A question is asked in its one line; what was seen needs more room.
        field = self.title if self._kind is ClaimKind.QUESTION else self.text
        field.show()
        field.write()
        field.begin_with(words, GAP)

    @Slot()
    def _on_back(self) -> None:
        self.title.write()

    @Slot()
    def _on_escaped(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_menu_clicked(self) -> None:
        self.chosen.emit()
        self._open_menu(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    @Slot()
    def _on_menu_picked(self) -> None:
        act = self.sender().property("act")
        if act == CardAct.WRITE.value:
            self.write()
        else:
            self.acted.emit(CardAct(act))

    # Helpers.

    def _open_menu(self, place: QPoint) -> None:
        menu = build_menu(self, self._kind)
        for action in menu.actions():
            action.triggered.connect(self._on_menu_picked)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _show_words(self) -> None:
        title, text = claim_hints(self._kind)
        self.title.set_hint(title)
        self.title.setAccessibleName(title_name(self._kind))
        self.text.setAccessibleName(self.tr("What explains it"))
        self.text.set_hint(text)
        writing = self.title.hasFocus() or self.text.hasFocus()
        self.text.setVisible(bool(self.text.text()) or self._selected or writing)
        lacks = not self.quotes and self._kind is not ClaimKind.QUESTION and self._claim is not None
        self.no_evidence.setVisible(lacks)
        self._offer_starters()
        self._name()

    def _offer_starters(self) -> None:
        empty = not (self.title.text().strip() or self.text.text().strip())
        if self._selected and empty:
            self.starters.offer(self._kind)
        self.starters.setVisible(self._selected and empty)

    def _name(self) -> None:
        words = self.title.text().strip() or self.title.accessibleDescription()
        self.setAccessibleName(spoken_name(self._kind, words, len(self.quotes)))
        self.setAccessibleDescription(self.text.text().strip())

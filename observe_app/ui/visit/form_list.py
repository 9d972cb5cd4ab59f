"""The forms to choose from: title, when to pick it, version. One is chosen, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.form import FormUse, text_in
from observe_app.ui.theme import color, font, set_focus_ring, tokens
from observe_app.ui.widgets import caption
from observe_app.ui.widgets.paint import BAR, LEFT, draw_text, hairline, paint_dot, paint_inner_focus, paint_selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.catalogue import CatalogueEntry
    from observe_app.ui.widgets import TextLabel

_LEAD = 36
_PAD = 9


class FormChoice(QAbstractButton):
    """One form as a radio row: the circle, the title, the purpose under it."""

    def __init__(self, form_id: str, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form_id = form_id
        self._purpose = purpose
        self.setText(title)
        self.setObjectName(f"form_{form_id or 'none'}")
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(purpose)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_ring(self, shown=False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The purpose wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Title, purpose and air."""
        return 2 * _PAD + tokens().type["text"].line + (self._purpose_height(width) if self._purpose else 0)

    def sizeHint(self) -> QSize:
        """For 300 px."""
        return QSize(300, self.heightForWidth(300))

    def _purpose_height(self, width: int) -> int:
        metrics = QFontMetrics(font("small"))
        room = max(60, width - _LEAD - 12)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        return metrics.boundingRect(0, 0, room, 2000, flags, self._purpose).height() + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, circle, words, rule."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.isChecked():
            paint_selection(painter, self.rect(), right_to_left=mirrored)
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), color("hover"))
        line = tokens().type["text"].line
        x = self.width() - 20.0 if mirrored else 20.0
        middle = QRectF(x, _PAD + line / 2, 0, 0).topLeft()
        paint_dot(painter, middle, 14, "accent" if self.isChecked() else "ctl", filled=False)
        if self.isChecked():
            paint_dot(painter, middle, 7, "accent", filled=True)
        inner = self.rect().adjusted(12 if mirrored else _LEAD, _PAD, -_LEAD if mirrored else -12, 0)
        title = QRectF(inner.left(), inner.top(), inner.width(), line)
        tone = color("ink" if self.isEnabled() else "muted")
        weight = 600 if self.isChecked() else 400
        draw_text(painter, title, self.text(), font=font("text", weight=weight), color=tone)
        painter.setFont(font("small"))
        painter.setPen(color("muted" if self.isEnabled() else "warm"))
        below = QRectF(inner.left(), inner.top() + line, inner.width(), self.height())
        flags = int(
            Qt.TextFlag.TextWordWrap | (LEFT & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignTop
        )
        painter.drawText(below, flags, self._purpose)
        hairline(painter, self.rect().adjusted(BAR if self.isChecked() else 0, 0, 0, 0))
        if self.hasFocus():
            paint_inner_focus(painter, self.rect())


class FormList(QWidget):
    """Every form that there is: those for a lesson first, then the others by use, broken ones last.

    Signals:
        chosen: id of the form the person chose, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Form"))
        set_focus_ring(self, shown=False)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._captions: list[TextLabel] = []
        self._shown: tuple[object, ...] = ()

    @property
    def choices(self) -> tuple[FormChoice, ...]:
        """The rows."""
        return tuple(button for button in self._group.buttons() if isinstance(button, FormChoice))

    def show_forms(self, entries: Sequence[CatalogueEntry], form_id: str, title: str, version: int) -> None:
        """Offer these, with the one of the visit chosen; one that is no longer in the library is still offered."""
        state = (tuple(entries), form_id, title, version)
        if state == self._shown:
            return
        self._shown = state
        focused: QWidget | None = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        for old in self.choices:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for label in self._captions:
            label.hide()
            label.deleteLater()
        self._captions.clear()
        self._add(FormChoice("", self.tr("No form"), self.tr("Notes only."), self), chosen=not form_id)
        known = {entry.form_id for entry in entries if not entry.problems}
        if form_id and form_id not in known:
            words = self.tr("As this visit keeps it, version {n}.").format(n=version)
            self._add(FormChoice(form_id, title or form_id, words, self), chosen=True)
        self._add_groups(entries, form_id, version)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_groups(self, entries: Sequence[CatalogueEntry], form_id: str, version: int) -> None:
        """Add what can be used in a lesson, then the rest by use, then what is broken; each by title."""
        names = {
            FormUse.LESSON: self.tr("For the lesson"),
            FormUse.BEFORE: self.tr("Before it"),
            FormUse.AFTER: self.tr("After it"),
            FormUse.SURVEY: self.tr("Surveys"),
        }
        language = QLocale().name()
        ordered = sorted(entries, key=lambda entry: text_in(entry.title, language).casefold())
        groups = [(words, [e for e in ordered if e.use is use and not e.problems]) for use, words in names.items()]
        groups.append((self.tr("With mistakes"), [entry for entry in ordered if entry.problems]))
        groups = [(words, found) for words, found in groups if found]
        for words, found in groups:
            if len(groups) > 1:
                self._add_caption(words)
            for entry in found:
                self._add_entry(entry, form_id, version)

    def _add_caption(self, words: str) -> None:
        label = caption(words, self)
        label.setContentsMargins(12, 12, 12, 2)
        self._captions.append(label)
        self._column.addWidget(label)
        label.show()

    def _add_entry(self, entry: CatalogueEntry, form_id: str, version: int) -> None:
        language = QLocale().name()
        title = text_in(entry.title, language)
        if entry.problems:
            words = self.tr("This form file has mistakes and cannot be used: {n}.").format(n=len(entry.problems))
            choice = FormChoice(entry.form_id, title, words, self)
            choice.setEnabled(False)
            self._add(choice, chosen=False)
            return
        mine = entry.form_id == form_id
        number = self.tr("Version {n}.").format(n=version if mine else entry.version)
        if mine and version != entry.version:
            number = self.tr("This visit keeps version {n}; the library has {new}.").format(
                n=version, new=entry.version
            )
        purpose = self.tr("{purpose} {version}").format(purpose=text_in(entry.purpose, language), version=number)
        self._add(FormChoice(entry.form_id, title, purpose.strip(), self), chosen=mine)

    def _add(self, choice: FormChoice, *, chosen: bool) -> None:
        choice.setChecked(chosen)
        choice.clicked.connect(self._on_clicked)
        self._group.addButton(choice)
        self._column.addWidget(choice)
        choice.show()  # now, not with the next turn: what is not seen cannot take the keyboard

    def focusInEvent(self, _event: object) -> None:
        """The chosen row takes the keyboard."""
        for choice in self.choices:
            if choice.isChecked():
                choice.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_clicked(self) -> None:
        choice = self.sender()
        if isinstance(choice, FormChoice):
            self.chosen.emit(choice.form_id)

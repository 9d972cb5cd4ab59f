"""What is set for lessons: keys over the whole width, abbreviations beside the words that judge, the film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.settings.abbreviations_section import AbbreviationsSection
from observe_app.ui.settings.film_section import FilmSection
from observe_app.ui.settings.keys_section import KeysSection
from observe_app.ui.settings.words_section import WordsSection

if TYPE_CHECKING:
    from observe_app.services.core import Core

_GAP = 56
_UNDER = 32


class LessonSections(QWidget):
    """The sections, in two columns where there is room.

    Signals:
        message_posted: a `Message`. keys_changed: keys of commands are others now.
    """

    message_posted = Signal(object)
    keys_changed = Signal()

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_sections")
        self.keys = KeysSection(core, self)
        self.abbreviations = AbbreviationsSection(core, self)
        self.words = WordsSection(core, self)
        self.film = FilmSection(core, self)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(_UNDER)
        right.addWidget(self.words)
        right.addWidget(self.film)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(_GAP)
        self._pair.addWidget(self.abbreviations, 0, Qt.AlignmentFlag.AlignTop)
        self._pair.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)
        self._pair.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_UNDER)
        column.addWidget(self.keys)
        column.addLayout(self._pair)
        for section in self.sections:
            section.message_posted.connect(self.message_posted)
        self.keys.keys_changed.connect(self.keys_changed)

    @property
    def sections(self) -> tuple[KeysSection, AbbreviationsSection, WordsSection, FilmSection]:
        """Every section."""
        return self.keys, self.abbreviations, self.words, self.film

    def reload(self) -> None:
        """Show what is kept now."""
        for section in self.sections:
            section.reload()

    def set_beside(self, *, beside: bool, each: int) -> None:
        """Stand in two columns of a width, or in one."""
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(_GAP if beside else _UNDER)
        self.abbreviations.setFixedWidth(each)
        self._right.setFixedWidth(each)
        self.keys.setFixedWidth(2 * each + _GAP if beside else each)

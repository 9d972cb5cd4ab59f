"""What was done with the folder, and what was not let in: plain lines with the time in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.shared_folder.state_words import log_sentence, refused_sentence, when_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Rule, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.clock import Clock
    from observe_app.services.sync.status import Line, NotLetIn

_TIME = 140


class LineList(QWidget):
    """Lines of a time and words, rules between them."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._shown: object = None
        self.texts: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_log(self, lines: Sequence[Line], names: Mapping[str, str]) -> None:
        """Show the log; `names` are those of the folders, said where there are several."""
        found = []
        for line in lines:
            words = log_sentence(line)
            if len(names) > 1 and line.folder in names:
                words = self.tr("{folder}: {words}").format(folder=names[line.folder], words=words)
            found.append((when_words(line.at, self._clock), words, ""))
        self._fill(found, self.tr("Nothing yet."))

    def show_refused(self, found: Sequence[NotLetIn]) -> None:
        """Show what was not let in."""
        lines = []
        for one in found:
            who = one.name or self.tr("Somebody unknown")
            about = self.tr("{who}, about the visit {visit}") if one.visit else self.tr("{who}")
            lines.append(
                (when_words(one.at, self._clock), about.format(who=who, visit=one.visit), refused_sentence(one))
            )
        self._fill(lines, "")

    def _fill(self, lines: list[tuple[str, str, str]], empty: str) -> None:
        if lines == self._shown:
            return
        self._shown = lines
        clear_layout(self._column)
        self.texts = tuple(" ".join(parts).strip() for parts in lines)
        for when, words, below in lines:
            self._column.addWidget(self._line(when, words, below))
            self._column.addWidget(Rule(self))
        if not lines and empty:
            self._column.addSpacing(8)
            self._column.addWidget(TextLabel(empty, self, tone="muted"))

    def _line(self, when: str, words: str, below: str) -> QWidget:
        line = QWidget(self)
        line.setAccessibleName(" ".join(part for part in (when, words, below) if part))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        time = TextLabel(when, line, step="small", tone="muted", tabular=True)
        time.setMinimumWidth(scaled(_TIME))
        row.addWidget(time)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(TextLabel(words, line, wrap=True))
        if below:
            texts.addWidget(TextLabel(below, line, step="small", tone="muted", wrap=True))
        row.addLayout(texts, 1)
        return line

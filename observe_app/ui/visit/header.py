"""The header of a visit: who and what, the four stages, who can read it, whether it is saved, the lesson clock."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.visit import Stage
from observe_app.ui.i18n import stage_name
from observe_app.ui.theme import room_for, scaled, tokens
from observe_app.ui.visit.audience_words import badge_words
from observe_app.ui.widgets import Badge, Button, ButtonKind, ElidedLabel, SavedState, StageTabs
from observe_app.ui.widgets.paint import hairline

_NARROW = 1000
_TIGHT = 760
STAGES = tuple(Stage)


class VisitHeader(QWidget):
    """68 px that never scroll.

    Signals:
        stage_chosen: the `Stage` whose tab was chosen by the user.
        audience_asked: the badge was pressed. history_asked: what changed when. compare_asked: look at it in Compare.
    """

    stage_chosen = Signal(object)
    audience_asked = Signal()
    history_asked = Signal()
    compare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens().size.header)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock: QWidget | None = None
        self._build()
        self.tabs.currentChanged.connect(self._on_tab)
        self.badge.clicked.connect(self.audience_asked)
        self.history_button.clicked.connect(self.history_asked)
        self.compare_button.clicked.connect(self.compare_asked)

    # --- public -----------------------------------------------------------------------------------

    def set_words(self, name: str, line: str) -> None:
        """Say whose lesson it is and which."""
        self.name_label.setText(name)
        self.line_label.setText(line)
        self._fit()

    def show_audience(self, names: tuple[str, ...]) -> None:
        """Say who can read the visit beside its observer: nobody, the teacher (the first name), and others."""
        self.show_badge(*badge_words(names, ()))

    def show_badge(self, words: str, icon: str) -> None:
        """Say who can read the visit, as `audience_words.badge_of` puts it."""
        self.badge.set_badge(words, icon)
        self._fit()

    def show_stage(self, stage: Stage) -> None:
        """Light a tab without telling anyone."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(STAGES.index(stage))
        self.tabs.blockSignals(False)
        self.tabs.update()

    def set_clock(self, clock: QWidget | None) -> None:
        """Put the lesson clock at the far end, or take it away."""
        if self._clock is not None and self._clock is not clock:
            self._clock.hide()
        if clock is not None and clock is not self._clock:
            self._row.addWidget(clock)
        if clock is not None:
            clock.show()
        self._clock = clock
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(900, tokens().size.header)

    # --- Qt ---------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline at the foot."""
        hairline(QPainter(self), self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is said elsewhere too gives way to the name."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < scaled(_NARROW)
        self.line_label.setVisible(bool(self.line_label.text()) and self.width() >= room_for(_NARROW - 150))
        self.saved_state.set_compact(compact=narrow, bare=self._clock is not None and self.width() < scaled(_TIGHT))
        self.history_button.setVisible(not narrow or self._clock is None)
        self.compare_button.setVisible(not narrow and self._clock is None)  # not while a lesson is being written down

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self.stage_chosen.emit(STAGES[index])

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        # A widget of its own: as wide as its longer line and no wider, so that free room stays beside the tabs.
        holder = QWidget(self)
        holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.name_label = ElidedLabel("", holder, step="page")
        self.line_label = ElidedLabel("", holder, step="small", tone="muted")
        self.name_label.setObjectName("visit_name")
        self.tabs = StageTabs([stage_name(stage) for stage in STAGES], self, height=tokens().size.header)
        self.tabs.setObjectName("stage_tabs")
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tabs.setAccessibleName(self.tr("Stages of the visit"))
        self.badge = Badge(self.tr("Only you"), "lock", self)
        self.badge.setObjectName("audience_badge")
        self.badge.setToolTip(self.tr("Who can read this visit"))
        self.saved_state = SavedState(self)
        self.history_button = Button("", self, kind=ButtonKind.GHOST, icon="history", name=self.tr("What changed when"))
        self.history_button.setObjectName("history_button")
        self.compare_button = Button("", self, kind=ButtonKind.GHOST, icon="chart-line", name=self.tr("Compare"))
        self.compare_button.setObjectName("compare_button")
        words = QVBoxLayout(holder)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name_label)
        words.addWidget(self.line_label)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(12)
        self._row.addWidget(holder)
        self._row.addSpacing(16)
        self._row.addWidget(self.tabs)
        self._row.addStretch(1)
        self._row.addWidget(self.badge)
        self._row.addWidget(self.saved_state)
        self._row.addWidget(self.compare_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignVCenter)

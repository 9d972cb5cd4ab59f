"""The film beside the notes: play, faster, frame by frame, lined up with the lesson, or why it cannot be shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from observe_app.domain.errors import FileUnreadable, FilmUnavailable, ObserveError
from observe_app.domain.note_line import clock_text
from observe_app.services import film
from observe_app.ui.errors import describe
from observe_app.ui.film.consent_sheet import ConsentSheet
from observe_app.ui.film.player import RATES, FilmPlayer
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Plane, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.video import Video
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

JUMP_MS = 5_000
_PAGE_MS = 30_000
_FALLBACK = QSize(16, 9)
_MARGIN = 12
_GAP = 4


class FilmPane(Plane):
    """The film of one visit, on this computer.

    Signals:
        moved: the film stands elsewhere, or another film does; the lesson's clock is to be read again.
        opened: a film is there; `video` tells which, `position_ms` where it stands.
        closed: the person is done with the film.
        failed: an `ObserveError` that kept something from being stored.
    """

    moved = Signal()
    opened = Signal()
    closed = Signal()
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("film_pane")
        self._core = core
        self._visit: Visit | None = None
        self._video: Video | None = None
        self._player: FilmPlayer | None = None
        self._surface: QWidget | None = None
        self._held_by_typing = False
        self._build()

    # -- public

    @property
    def video(self) -> Video | None:
        """The film that is open, None without one."""
        return self._video

    @property
    def player(self) -> FilmPlayer | None:
        """What plays it, None while nothing does."""
        return self._player

    @property
    def position_ms(self) -> int:
        """Where the film stands; 0 without one."""
        return self._player.position_ms if self._player is not None else 0

    def where(self) -> int:
        """Return where the film stands, for a clock that follows it."""
        return self.position_ms

    @property
    def words(self) -> str:
        """What stands in place of the film, "" while it is shown."""
        return "" if self.words_label.isHidden() else self.words_label.text()

    def load(self, visit: Visit) -> None:
        """Show the film of a visit where this computer knows one; otherwise the way to one."""
        self.close_film()
        self._visit = visit
        video = film.of_visit(self._core, visit.id)
        if video is not None:
            self._open(video)
        else:
            self._show_words(self.tr("Watch a filmed lesson here and write as if you sat in it."), choose=True)

    def enter(self) -> None:
        """Take the keyboard: where the film stands, or the way to one."""
        reason = Qt.FocusReason.TabFocusReason
        (self.choose_button if self._surface is None else self.slider).setFocus(reason)

    def ask(self) -> None:
        """Ask for consent, then for the file."""
        if self._visit is not None:
            self._ask(self._visit.video_consent)

    def _ask(self, consent: str) -> None:
        sheet = ConsentSheet(consent, self.window())
        sheet.given.connect(self._on_consent)
        sheet.open_over()

    def close_film(self) -> None:
        """Let go of the file; where it lies stays remembered."""
        player, surface = self._player, self._surface
        self._player = self._surface = self._video = None
        self._held_by_typing = False
        if player is not None:
            player.close()
            player.deleteLater()
        if surface is not None:
            surface.hide()
            surface.deleteLater()

    def toggle(self) -> None:
        """Play or stand still."""
        player = self._player
        if player is not None:
            self._held_by_typing = False
            (player.pause if player.playing else player.play)()

    def jump(self, ms: int) -> None:
        """Go on or back by so much."""
        if self._player is not None:
            self._player.seek(self._player.position_ms + ms)

    def step(self, frames: int) -> None:
        """Go on or back by frames; the film stands still then."""
        if self._player is not None:
            self._player.step(frames)

    def go_to(self, lesson_ms: int) -> None:
        """Go to a moment of the lesson."""
        if self._player is not None and self._video is not None:
            self._player.seek(self._video.position_ms(lesson_ms))

    def typing_began(self) -> None:
        """Somebody writes: the film waits, if it is set to."""
        player = self._player
        if player is not None and player.playing and self._core.settings.get().video_pauses:
            player.pause()
            self._held_by_typing = True

    def typing_ended(self) -> None:
        """The note is kept: a film that waited for it goes on."""
        if self._player is not None and self._held_by_typing:
            self._player.play()
        self._held_by_typing = False

    # -- slots

    @Slot()
    def _on_choose(self) -> None:
        self.ask()

    @Slot(str)
    def _on_consent(self, consent: str) -> None:
        visit = self._visit
        if visit is None:
            return
        try:
            self._visit = film.record_consent(self._core, visit_id=visit.id, consent=consent)
        except ObserveError as error:
            self.failed.emit(error)
            self._ask(consent)  # the words stay on the screen until they are stored
            return
        dialog = QFileDialog(self, self.tr("The film of this lesson"))
        dialog.setObjectName("film_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        films = self.tr("Films ({endings})").format(endings="*.mp4 *.m4v *.mov *.mkv *.webm *.avi *.ogv *.mts *.wmv")
        dialog.setNameFilters([films, self.tr("All files ({endings})").format(endings="*")])
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    @Slot(str)
    def choose(self, path: str) -> None:
        """Take this file as the film of the visit; consent must be recorded by now."""
        visit = self._visit
        if visit is None:
            return
        try:
            video = film.attach(self._core, visit_id=visit.id, path=Path(path))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.close_film()
        self._open(video)

    @Slot()
    def _on_toggle(self) -> None:
        self.toggle()

    @Slot()
    def _on_back(self) -> None:
        self.step(-1)

    @Slot()
    def _on_on(self) -> None:
        self.step(1)

    @Slot()
    def _on_rate(self) -> None:
        self.next_rate()

    def next_rate(self) -> None:
        """Play at the next speed; after the fastest comes the slowest."""
        player = self._player
        if player is not None:
            place = RATES.index(player.rate) if player.rate in RATES else RATES.index(1.0)
            player.set_rate(RATES[(place + 1) % len(RATES)])
            self._show_rate()

    @Slot()
    def _on_begins_here(self) -> None:
        video, player = self._video, self._player
        if video is None or player is None:
            return
        try:
            self._video = film.line_up(self._core, visit_id=video.visit_id, starts_ms=-player.position_ms)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._show_time()
        self.opened.emit()

    @Slot()
    def _on_close(self) -> None:
        self.close_film()
        self.closed.emit()

    @Slot(int)
    def _on_slid(self, _action: int) -> None:
        """Dragged, clicked beside, or moved by a key."""
        if self._player is not None:
            self._player.seek(self.slider.sliderPosition())

    @Slot(object)
    def _on_moved(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(position)
        self._show_time()
        self.moved.emit()

    @Slot(bool)
    def _on_playing(self, playing: bool) -> None:
        self.play_button.set_icon("pause" if playing else "play")
        self.play_button.setAccessibleName(self.tr("Stop the film") if playing else self.tr("Play the film"))

    @Slot(object)
    def _on_ready(self, length: int) -> None:
        self.slider.setRange(0, length)
        self._show_time()

    @Slot(str)
    def _on_player_failed(self, words: str) -> None:
        self.close_film()
        told = self.tr("This film cannot be played: {words}.").format(words=words.rstrip("."))
        self._show_words(told, choose=True)

    # -- Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The film keeps its shape."""
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        """A film as wide as the panel, and its controls; lower while there is none."""
        width = max(240, self.width())
        if self._surface is None:
            return QSize(width, max(scaled(96), self.words_label.heightForWidth(width - 2 * _MARGIN) + scaled(72)))
        return QSize(width, width * _FALLBACK.height() // _FALLBACK.width() + self.controls.sizeHint().height())

    # -- helpers

    def _build(self) -> None:
        self.canvas = Plane("page", self)
        self.words_label = TextLabel("", self, wrap=True, tone="muted")
        self.choose_button = Button(self.tr("Choose a film…"), self, icon="film", size=ButtonSize.SMALL)
        self.choose_button.setObjectName("choose_film")
        self.leave_button = Button(self.tr("Without a film"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.leave_button.setObjectName("leave_film")
        self.controls = QWidget(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self.controls)
        self.slider.setObjectName("film_slider")
        self.slider.setAccessibleName(self.tr("Position in the film"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setSingleStep(JUMP_MS)
        self.slider.setPageStep(_PAGE_MS)
        self.play_button = self._icon_button("play", self.tr("Play the film"))
        self.back_button = self._icon_button("step-back", self.tr("One frame back"))
        self.on_button = self._icon_button("step-forward", self.tr("One frame on"))
        self.rate_button = Button("1×", self.controls, kind=ButtonKind.GHOST, size=ButtonSize.SMALL)
        self.rate_button.setToolTip(self.tr("Speed of the film"))
        self.time_label = TextLabel("", self.controls, step="small", tone="muted")
        self.begins_button = Button(
            self.tr("Lesson begins here"), self.controls, kind=ButtonKind.LINK, size=ButtonSize.SMALL
        )
        self.begins_button.setObjectName("lesson_begins_here")
        self.close_button = self._icon_button("x", self.tr("Close the film"))
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for widget in (self.play_button, self.back_button, self.on_button, self.rate_button, self.time_label):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.begins_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self.controls)
        column.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        column.setSpacing(2)
        column.addWidget(self.slider)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choose_button.clicked.connect(self._on_choose)
        self.leave_button.clicked.connect(self._on_close)
        self.play_button.clicked.connect(self._on_toggle)
        self.back_button.clicked.connect(self._on_back)
        self.on_button.clicked.connect(self._on_on)
        self.rate_button.clicked.connect(self._on_rate)
        self.begins_button.clicked.connect(self._on_begins_here)
        self.close_button.clicked.connect(self._on_close)
        self.slider.actionTriggered.connect(self._on_slid)
        self._show_words("", choose=True)

    def _icon_button(self, icon: str, name: str) -> Button:
        return Button("", self.controls, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=icon, name=name)

    def _open(self, video: Video) -> None:
        path = Path(video.path)
        try:
            if not os.path.isfile(path):  # noqa: PTH113  (a path that no system takes is not there, too)
                raise FileUnreadable(path, "missing")
            player = FilmPlayer(self)
        except FilmUnavailable as error:
            told = describe(error)
            self._show_words(f"{told.text} {told.hint}", choose=False)
            return
        except ObserveError:
            told_missing = self.tr("The film is not at {path} any more. Choose where it lies now.").format(path=path)
            self._show_words(told_missing, choose=True)
            return
        self._video, self._player = video, player
        self._surface = player.show_on(self.canvas)
        self._surface.show()
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        player.ready.connect(self._on_ready)
        player.failed.connect(self._on_player_failed)
        self._show_words("", choose=False)
        self._show_rate()
        player.open(path)
        self._place()
        self.opened.emit()

    def _show_words(self, words: str, *, choose: bool) -> None:
        shows = self._surface is None
        self.words_label.setText(words)
        self.words_label.setVisible(shows)
        self.choose_button.setVisible(shows and choose)
        self.leave_button.setVisible(shows)
        self.canvas.setVisible(not shows)
        self.controls.setVisible(not shows)
        self.updateGeometry()
        self._place()

    def _show_rate(self) -> None:
        rate = self._player.rate if self._player is not None else 1.0
        words = self.tr("{rate}×").format(rate=f"{rate:g}")
        self.rate_button.setText(words)
        self.rate_button.setAccessibleName(self.tr("Speed of the film: {rate}").format(rate=words))

    def _show_time(self) -> None:
        player, video = self._player, self._video
        if player is not None and video is not None:
            words = self.tr("film {at} of {length}")
            self.time_label.setText(
                words.format(at=clock_text(player.position_ms), length=clock_text(player.length_ms))
            )
            self._fit_controls(self.width())

    def _fit_controls(self, width: int) -> None:
        """Where there is no room for it the film's own time goes first: the slider shows where it stands."""
        parts = (self.play_button, self.back_button, self.on_button, self.rate_button, self.begins_button)
        wanted = sum(part.sizeHint().width() + _GAP for part in (*parts, self.close_button)) + 2 * _MARGIN
        self.time_label.setVisible(wanted + self.time_label.sizeHint().width() + _GAP <= width)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        if self._surface is not None:
            low = self.controls.sizeHint().height()
            self._fit_controls(width)
            self.canvas.setGeometry(0, 0, width, max(40, height - low))
            self.controls.setGeometry(0, max(40, height - low), width, low)
            self._surface.setGeometry(QRect(0, 0, width, max(40, height - low)))
            return
        room = width - 2 * _MARGIN
        high = self.words_label.heightForWidth(room)
        self.words_label.setGeometry(_MARGIN, _MARGIN, room, high)
        y, x = _MARGIN + high + 8, _MARGIN
        for button in (self.choose_button, self.leave_button):
            if not button.isHidden():
                size = button.sizeHint()
                button.setGeometry(x, y, size.width(), size.height())
                x += size.width() + 8

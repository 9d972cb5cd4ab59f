"""What plays a film. Qt's player comes with the extra `observe-app[video]`; everything else works without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal, Slot

from observe_app.domain.errors import FilmUnavailable
from observe_app.ui.film.surface import FilmSurface

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

FRAME_MS = 40
RATES = (0.75, 1.0, 1.5, 2.0)


class FilmPlayer(QObject):
    """Plays one file.

    Signals:
        moved: position in ms, as an object, whenever it changes.
        playing_changed: True while it plays.
        ready: length in ms, as an object; 0 where the file does not tell.
        failed: words of the player about what went wrong.
    """

    moved = Signal(object)
    playing_changed = Signal(bool)
    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make a player.

        Raises:
            FilmUnavailable: Qt's player is not installed ("missing"), or cannot run here ("broken").
        """
        super().__init__(parent)
        media = _media()
        self._media = media
        self._player = media.QMediaPlayer(self)
        self._sound = media.QAudioOutput(self) if media.QMediaDevices.audioOutputs() else None
        if self._sound is not None:
            self._player.setAudioOutput(self._sound)
        self._frame_ms = FRAME_MS
        self._player.positionChanged.connect(self._on_moved)
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.durationChanged.connect(self._on_duration)
        self._player.errorOccurred.connect(self._on_error)

    # -- public

    @property
    def position_ms(self) -> int:
        """Where the film stands."""
        return int(self._player.position())

    @property
    def length_ms(self) -> int:
        """How long it is, 0 where nobody knows yet."""
        return max(0, int(self._player.duration()))

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return bool(self._player.playbackState() == self._media.QMediaPlayer.PlaybackState.PlayingState)

    @property
    def rate(self) -> float:
        """Speed, 1.0 as filmed."""
        return float(self._player.playbackRate())

    def show_on(self, widget: QWidget) -> QWidget:
        """Make the surface the film is drawn on, as a child of this widget."""
        surface = FilmSurface(self._media, widget)
        self._player.setVideoSink(surface.sink)
        return surface

    def open(self, path: Path) -> None:
        """Load a file and stand at its beginning; what is wrong with it comes by `failed`."""
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.pause()

    def play(self) -> None:
        """Go on."""
        self._player.play()

    def pause(self) -> None:
        """Stand still."""
        self._player.pause()

    def seek(self, position_ms: int) -> None:
        """Go to a position; beyond an end it goes to that end."""
        most = self.length_ms
        wanted = max(0, min(position_ms, most) if most else position_ms)
        self._player.setPosition(wanted)
        if not self.playing:
            self._player.pause()  # a film that ended stands at its last frame again, not stopped

    def step(self, frames: int) -> None:
        """Stand still, so many frames further on or back."""
        self.pause()
        self.seek(self.position_ms + round(frames * self._frame()))

    def set_rate(self, rate: float) -> None:
        """Play faster or slower."""
        self._player.setPlaybackRate(rate)

    def close(self) -> None:
        """Let go of the file."""
        self._player.stop()
        self._player.setSource(QUrl())

    # -- slots

    @Slot("qint64")
    def _on_moved(self, position: int) -> None:
        self.moved.emit(int(position))

    @Slot()
    def _on_state(self) -> None:
        self.playing_changed.emit(self.playing)

    @Slot("qint64")
    def _on_duration(self, length: int) -> None:
        if length > 0:
            self.ready.emit(int(length))

    @Slot()
    def _on_error(self) -> None:
        self.failed.emit(self._player.errorString())

    # -- helpers

    def _frame(self) -> float:
        """Return the length of a frame in ms as the file tells it, else a twenty-fifth of a second."""
        rate = self._player.metaData().value(self._media.QMediaMetaData.Key.VideoFrameRate)
        return 1000 / rate if isinstance(rate, float | int) and 1 <= rate <= 1000 else float(self._frame_ms)


def _media() -> Any:
    try:
        from PySide6 import QtMultimedia  # noqa: PLC0415  (the extra; loading it takes longer than a start)
    except ModuleNotFoundError as error:
        raise FilmUnavailable("missing", str(error)) from error
    except ImportError as error:  # a library of the system is not there
        raise FilmUnavailable("broken", str(error)) from error
    return QtMultimedia

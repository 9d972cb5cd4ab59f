"""The photo of a colleague, or their initials; choosing one and taking it away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.services import photos
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.people import Person
    from observe_app.services.core import Core

_SIDE = 56
_KEPT = 320
_MOST_FILE = 40_000_000
_MOST_PIXELS_MB = 256


def initials(name: str) -> str:
    """Return one or two letters of a name: of its first and its last word."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return name[:1].upper()
    ends = [words[0], words[-1]] if len(words) > 1 else [words[0]]
    return "".join(word[0] for word in ends).upper()


def small_picture(path: Path) -> bytes:
    """Return the middle of a picture as a small JPEG, turned as its camera was held.

    Raises:
        Invalid: it is none, or larger than a picture can be.
    """
    try:
        if path.stat().st_size > _MOST_FILE:
            raise Invalid("photo", path.name[:60], "too_large", f"{_MOST_FILE // 1_000_000} MB")
    except OSError as error:
        raise Invalid("photo", path.name[:60], "not_a_picture") from error
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MOST_PIXELS_MB)
    if bytes(reader.format().data()) not in (b"jpeg", b"png", b"jpg"):
        raise Invalid("photo", path.name[:60], "not_a_picture")
    image = reader.read()
    if image.isNull():
        raise Invalid("photo", path.name[:60], "not_a_picture")
    side = min(image.width(), image.height())
    middle = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    small = middle.scaled(
        _KEPT, _KEPT, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB32)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "JPEG", 85)  # type: ignore[call-overload]  # the stubs know files alone
    return bytes(buffer.data().data())


class PhotoCircle(QWidget):
    """A round picture, or initials."""

    def __init__(self, parent: QWidget | None = None, *, side: int = _SIDE) -> None:
        super().__init__(parent)
        self._side = side
        self._letters = ""
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def has_picture(self) -> bool:
        """Whether it shows a photo."""
        return not self._picture.isNull()

    def show_person(self, name: str, data: bytes) -> None:
        """Show a photo, or the initials where there is none or it cannot be read."""
        self._letters = initials(name)
        self._picture = QPixmap()
        if data:
            self._picture.loadFromData(data)
        self.update()

    def sizeHint(self) -> QSize:
        """56 px both ways."""
        return QSize(scaled(self._side), scaled(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A circle with what there is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect())
        if self.has_picture:
            path = QPainterPath()
            path.addEllipse(rect)
            painter.setClipPath(path)
            painter.drawPixmap(self.rect(), self._picture)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("line2"))
        painter.drawEllipse(rect)
        painter.setPen(color("muted"))
        painter.setFont(font("body", weight=600))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._letters)


class PhotoField(QWidget):
    """The photo of one person.

    Signals:
        saved: it is on the disk. failed: an `ObserveError`.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._person: Person | None = None
        self.circle = PhotoCircle(self)
        self.choose_button = Button(self.tr("Choose a photo"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.choose_button.setObjectName("person_photo")
        self.remove_button = Button(self.tr("Take it away"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.remove_button.setObjectName("person_photo_remove")
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addStretch(1)
        beside.addWidget(self.choose_button)
        beside.addWidget(self.remove_button)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(12))
        row.addWidget(self.circle)
        row.addLayout(beside)
        row.addStretch(1)
        self.choose_button.clicked.connect(self._on_choose)
        self.remove_button.clicked.connect(self._on_remove)

    def show_person(self, person: Person) -> None:
        """Show somebody."""
        before, self._person = self._person, person
        if before is not None and (before.id, before.photo, before.name) == (person.id, person.photo, person.name):
            return
        self.circle.show_person(person.name, photos.photo_of(self._core, person))
        self.remove_button.setVisible(bool(person.photo))
        self.choose_button.setText(self.tr("Another photo") if person.photo else self.tr("Choose a photo"))
        self.choose_button.updateGeometry()

    def take(self, path: Path) -> None:
        """Keep a picture of the disk, made small."""
        if self._person is None:
            return
        try:
            self._keep(small_picture(path), path.name)
        except ObserveError as error:
            self.failed.emit(error)

    def _keep(self, data: bytes, name: str = "") -> None:
        assert self._person is not None  # noqa: S101  (the buttons show with a person)
        self.show_person(photos.set_photo(self._core, person_id=self._person.id, data=data, name=name))
        self.saved.emit()

    @Slot()
    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self.tr("A photo"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Pictures (*.jpg *.jpeg *.png)")])
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.take(Path(name))

    @Slot()
    def _on_remove(self) -> None:
        if self._person is not None:
            self._keep(b"")

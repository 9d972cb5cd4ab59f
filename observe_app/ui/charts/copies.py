"""A chart out of the window: on the clipboard, or in a file as pixels or vectors; always on white, in light colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QMimeData, QRectF, QSize, QSizeF
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTransform,
)
from PySide6.QtSvg import QSvgGenerator

from observe_app.services.charts.picture import POINTS
from observe_app.services.exchange.files import write_whole
from observe_app.ui.charts.painting import paint_picture
from observe_app.ui.theme import Scheme, load_tokens, text_size

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.charts.picture import Picture

_SHARP = 3.0
"""Pixels of the copy for one on the screen: it still looks well in a printed document."""
_EDGE = 12.0
_MAX_SIDE = 12_000


def copy_picture(picture: Picture) -> None:
    """Put a picture on the clipboard as image and as SVG, with its words as text."""
    data = QMimeData()
    data.setImageData(image_of(picture))
    data.setData("image/svg+xml", svg_of(picture))
    data.setText(picture.alt or picture.title)
    QGuiApplication.clipboard().setMimeData(data)


def image_of(picture: Picture) -> QImage:
    """Return the picture on white."""
    wide, high = picture.width + 2 * _EDGE, picture.height + 2 * _EDGE
    sharp = min(_SHARP, _MAX_SIDE / max(wide, high))
    image = QImage(round(wide * sharp), round(high * sharp), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.scale(sharp, sharp)
    _paint(painter, picture)
    painter.end()
    image.setDotsPerMeterX(round(96 * sharp / 0.0254))
    image.setDotsPerMeterY(round(96 * sharp / 0.0254))
    return image


def svg_of(picture: Picture) -> bytes:
    """Return the picture as an SVG file with its title and description."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    maker = QSvgGenerator()
    maker.setOutputDevice(buffer)
    size = QSize(round(picture.width + 2 * _EDGE), round(picture.height + 2 * _EDGE))
    maker.setSize(size)
    maker.setViewBox(QRectF(0, 0, size.width(), size.height()))
    maker.setTitle(picture.title)
    maker.setDescription(picture.alt)
    painter = QPainter(maker)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor("#FFFFFF"))
    _paint(painter, picture)
    painter.end()
    return bytes(buffer.data().data())


def save_picture(picture: Picture, path: Path) -> None:
    """Write the picture to a file by its ending: .svg, .pdf, anything else as PNG.

    Raises:
        ExportFailed: the file cannot be written.
    """
    make = {".svg": svg_of, ".pdf": pdf_of}.get(path.suffix.casefold(), png_of)
    write_whole(path, make(picture))


def png_of(picture: Picture) -> bytes:
    """Return the picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image_of(picture))
    return bytes(buffer.data().data())


def pdf_of(picture: Picture) -> bytes:
    """Return the picture as a PDF page of its own size."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    size = QSizeF((picture.width + 2 * _EDGE) * POINTS, (picture.height + 2 * _EDGE) * POINTS)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setTitle(picture.title)
    writer.setResolution(96)
    painter = QPainter(writer)
    _paint(painter, picture)
    painter.end()
    return bytes(buffer.data().data())


def _paint(painter: QPainter, picture: Picture) -> None:
    light = load_tokens(Scheme.LIGHT, text_size()).color
    painter.setTransform(QTransform.fromTranslate(_EDGE, _EDGE), combine=True)
    paint_picture(painter, picture, colours=lambda token: QColor(getattr(light, token)))

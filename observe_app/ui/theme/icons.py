"""Lucide icons in the colour of a token, sharp on every screen.

The files use ``currentColor``; it is replaced before drawing, so one file serves every theme.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from observe_app.ui.theme.current import color
from observe_app.ui.theme.resources import resource_path

_STROKE = "1.75"


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, hex_color: str, *, filled: bool) -> QSvgRenderer:
    text = _source(name).replace('stroke-width="2"', f'stroke-width="{_STROKE}"').replace("currentColor", hex_color)
    if filled:
        text = text.replace('fill="none"', f'fill="{hex_color}"', 1)
    return QSvgRenderer(QByteArray(text.encode()))


def icon_names() -> tuple[str, ...]:
    """Names of all shipped icons, sorted."""
    return tuple(sorted(path.stem for path in resource_path("icons").glob("*.svg")))


def paint_icon(painter: QPainter, rect: QRectF, name: str, tint: QColor, *, filled: bool = False) -> None:
    """Draw an icon into a rectangle of logical pixels.

    Raises:
        FileNotFoundError: no such icon is shipped.
    """
    _renderer(name, tint.name(), filled=filled).render(painter, rect)


def pixmap(name: str, ink: str = "ink", size: int = 18, *, ratio: float = 1.0, filled: bool = False) -> QPixmap:
    """Icon as a transparent pixmap of ``size`` logical pixels for a screen of the given pixel ratio."""
    _source(name)  # an unknown name must fail before a painter is at work on the pixmap
    result = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, QRectF(0, 0, result.width(), result.height()), name, color(ink), filled=filled)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, ink: str = "ink", size: int = 18) -> QIcon:
    """Icon for menus and actions, at 1, 1.5, 2 and 3 pixels per point.

    It keeps the colour of the theme in force when it was made; parts that live through a theme
    switch paint with `paint_icon` instead.
    """
    result = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        result.addPixmap(pixmap(name, ink, size, ratio=ratio))
        result.addPixmap(pixmap(name, "muted", size, ratio=ratio), QIcon.Mode.Disabled)
    return result

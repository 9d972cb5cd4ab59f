"""Fusion with our check marks, arrows and metrics; the focus ring is drawn by `FocusRing`, not here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from observe_app.ui.theme.current import color, motion_reduced, scaled
from observe_app.ui.theme.icons import paint_icon

_RING_SPACE = 4  # 2 px gap and 2 px ring
_INDICATOR = 18

_ARROWS = {
    QStyle.PrimitiveElement.PE_IndicatorArrowDown: "chevron-down",
    QStyle.PrimitiveElement.PE_IndicatorArrowUp: "chevron-up",
    QStyle.PrimitiveElement.PE_IndicatorArrowLeft: "chevron-left",
    QStyle.PrimitiveElement.PE_IndicatorArrowRight: "chevron-right",
    QStyle.PrimitiveElement.PE_IndicatorSpinUp: "chevron-up",
    QStyle.PrimitiveElement.PE_IndicatorSpinDown: "chevron-down",
}


class ObserveStyle(QProxyStyle):
    """What the style sheet cannot say."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Lengths that differ from Fusion's."""
        match metric:
            case QStyle.PixelMetric.PM_FocusFrameHMargin | QStyle.PixelMetric.PM_FocusFrameVMargin:
                return _RING_SPACE
            case QStyle.PixelMetric.PM_IndicatorWidth | QStyle.PixelMetric.PM_IndicatorHeight:
                return scaled(_INDICATOR)
            case QStyle.PixelMetric.PM_ExclusiveIndicatorWidth | QStyle.PixelMetric.PM_ExclusiveIndicatorHeight:
                return scaled(_INDICATOR)
            case QStyle.PixelMetric.PM_TextCursorWidth:
                return 2
            case QStyle.PixelMetric.PM_CheckBoxLabelSpacing | QStyle.PixelMetric.PM_RadioButtonLabelSpacing:
                return 8
            case QStyle.PixelMetric.PM_SmallIconSize:
                return scaled(18)
            case _:
                return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        return_data: QStyleHintReturn | None = None,
    ) -> int:
        """Behaviour that differs from Fusion's."""
        match hint:
            case QStyle.StyleHint.SH_FocusFrame_AboveWidget:
                return 1
            case QStyle.StyleHint.SH_Widget_Animation_Duration:
                return 0 if motion_reduced() else 120
            case QStyle.StyleHint.SH_UnderlineShortcut:
                return 0
            case QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
                return 500
            case _:
                return super().styleHint(hint, option, widget, return_data)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Check marks, radio buttons and arrows in our colours; no dotted focus rectangle."""
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            return
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            _draw_check_box(option, painter)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            _draw_radio_button(option, painter)
        elif element in _ARROWS:
            enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
            rect = QRectF(0, 0, scaled(14), scaled(14))
            rect.moveCenter(QRectF(option.rect).center())
            paint_icon(painter, rect, _ARROWS[element], color("ink" if enabled else "muted"))
        else:
            super().drawPrimitive(element, option, painter, widget)


def _draw_check_box(option: QStyleOption, painter: QPainter) -> None:
    state = option.state
    on = bool(state & QStyle.StateFlag.State_On)
    partly = bool(state & QStyle.StateFlag.State_NoChange)
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(color("fill" if on and enabled else "ctl" if enabled else "line"), 1))
    hovered = bool(state & QStyle.StateFlag.State_MouseOver) and enabled
    painter.setBrush(color("fill" if on and enabled else "hover" if hovered else "field"))
    painter.drawRoundedRect(rect, 4, 4)
    if on or partly:
        inner = QRectF(option.rect).adjusted(3, 3, -3, -3)
        ink = "onfill" if on and enabled else "ink" if partly else "muted"
        paint_icon(painter, inner, "check" if on else "minus", color(ink))
    painter.restore()


def _draw_radio_button(option: QStyleOption, painter: QPainter) -> None:
    state = option.state
    on = bool(state & QStyle.StateFlag.State_On)
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
    edge = "accent" if on and enabled else "ctl" if enabled else "line"
    painter.setPen(QPen(color(edge), 2 if on else 1))
    painter.setBrush(color("field"))
    painter.drawEllipse(rect)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent" if enabled else "muted"))
        painter.drawEllipse(rect.adjusted(4, 4, -4, -4))
    painter.restore()

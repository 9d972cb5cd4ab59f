"""The codes of an interval: a toggle each, side by side as they lie in the form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from observe_app.domain.form import text_in
from observe_app.domain.form_keys import codes_of
from observe_app.ui.form_panel.form_item import WrappedText
from observe_app.ui.form_panel.keyboard import QWERTY, Keyboard, own_keyboard
from observe_app.ui.theme import color, font, room_for, scaled, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text, hairline, key_cap_width, paint_dot, paint_key_cap, rounded
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.form import Code, Item, Side

_PAD = 6
_GAP = 2
_CHECK = 14
_RING = 10
_MOST_COLUMNS = 6
_BESIDE = 900
_SIDES_GAP = 32
_NO_KEYS: Mapping[str, str] = MappingProxyType({})


def code_keys(item: Item, own: Mapping[str, str] = _NO_KEYS, *, keyboard: Keyboard = QWERTY) -> dict[str, str]:
    """Return the key of each code by full id: the person's own, the form's as it lies on a keyboard, or a free one."""
    return codes_of(item, own, keyboard.here)


class CodeToggle(QAbstractButton):
    """One code: key, code, meaning. Ticked: filled, with a check. Ticked in the last interval: a ring."""

    def __init__(self, full: str, code: Code, key: str, side: str, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.full = full
        self.code = code
        self.key = key
        self._meaning = text_in(code.label, language)
        self._was = False
        self._lines: WrappedText | None = None
        self.setText(code.id)
        self.setCheckable(True)
        self.setObjectName(f"code_{full}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = ", ".join(part for part in (side, code.id, self._meaning) if part)
        self.setAccessibleName(self._name)
        words = text_in(code.help, language) or self._meaning
        self.setToolTip(plain_tip(f"{code.id}: {words}"))

    @property
    def meaning(self) -> str:
        """What it stands for, in two or three words."""
        return self._meaning

    @property
    def was_ticked(self) -> bool:
        """Whether it was ticked in the interval before."""
        return self._was

    def show_state(self, *, ticked: bool, was: bool) -> None:
        """Show a state; sends nothing."""
        self.setChecked(ticked)
        if was != self._was:
            self._was = was
            self.setAccessibleDescription(self.tr("ticked in the last interval") if was else "")
            self.update()

    def least_width(self) -> int:
        """The width at which no word of the meaning breaks and key, code and check stand beside each other."""
        words = QFontMetrics(font("axis"))
        longest = max((words.horizontalAdvance(word) for word in self._meaning.split()), default=0)
        return 2 * _PAD + max(longest + 2, self._head() + scaled(_CHECK) + 2)

    def height_at(self, width: int) -> int:
        """The height that the meaning needs at a width."""
        line = tokens().type["axis"].line
        self._lines = WrappedText(self._meaning, font("axis"), line, width - 2 * _PAD) if self._meaning else None
        below = self._lines.height if self._lines else 0
        return max(tokens().size.target, 2 * _PAD + tokens().type["note"].line + below - 2)

    def sizeHint(self) -> QSize:
        """As small as it reads well."""
        width = self.least_width()
        return QSize(width, self.height_at(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, key, code, mark, meaning."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rect = QRectF(self.rect())
        on = self.isChecked()
        radius = tokens().size.radius_button
        if on:
            rounded(painter, rect, radius, fill=color("fill_pressed" if self.isDown() else "fill"))
        elif self.isDown() or self.underMouse():
            rounded(painter, rect, radius, fill=color("tint2" if self.isDown() else "hover"))
        ink = color("onfill" if on else "ink")
        head = tokens().type["note"].line
        x = float(_PAD)
        if self.key:
            cap, width = self.key.upper(), key_cap_width(self.key.upper())
            height = tokens().size.key_cap
            box = QRectF(x, _PAD + (head - height) / 2 - 1, width, height)
            paint_key_cap(painter, box, cap, on_fill=on)
            x += width + 6
        box = QRectF(x, _PAD - 1, rect.width() - x - _PAD, head)
        draw_text(painter, box, self.code.id, font=font("note", weight=600), color=ink)
        right = rect.width() - _PAD
        check, ring = scaled(_CHECK), scaled(_RING)
        if on:
            paint_icon(painter, QRectF(right - check, _PAD + (head - check) / 2 - 1, check, check), "check", ink)
        elif self._was:
            paint_dot(painter, QPointF(right - ring / 2, _PAD + head / 2 - 1), ring, "accent", filled=False, pen=2)
        if self._lines is not None:
            self._lines.draw(painter, _PAD, _PAD + head - 2, "onfill" if on else "muted")

    def _head(self) -> int:
        cap = key_cap_width(self.key.upper()) + 6 if self.key else 0
        return cap + QFontMetrics(font("note", weight=600)).horizontalAdvance(self.code.id)


class CodeGrid(QWidget):
    """Every code of an interval item, its sides under each other, or beside each other where there is room.

    Signals:
        toggled: full id of a code that was clicked.
    """

    toggled = Signal(str)

    toggle_kind: ClassVar[type[CodeToggle]] = CodeToggle
    """How a code looks."""

    def __init__(
        self, item: Item, language: str, parent: QWidget | None = None, *, own_keys: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(parent)
        self._item = item
        self._language = language
        self._sides = item.sides
        keys = code_keys(item, own_keys or _NO_KEYS, keyboard=own_keyboard())
        self._by_key: dict[str, CodeToggle] = {}
        self.toggles: dict[str, CodeToggle] = {}
        self._heads: list[tuple[QRect, str]] = []
        self._rules: list[QRect] = []
        for side in item.sides:
            for code in side.codes:
                full = side.full(code)
                toggle = self.toggle_kind(full, code, keys[full], text_in(side.label, language), language, self)
                toggle.clicked.connect(self._on_clicked)
                self.toggles[full] = toggle
                if keys[full]:
                    self._by_key[keys[full]] = toggle

    def set_own_keys(self, own_keys: Mapping[str, str]) -> None:
        """The person chose other keys: show them, and obey them."""
        keys = code_keys(self._item, own_keys, keyboard=own_keyboard())
        self._by_key = {keys[full]: toggle for full, toggle in self.toggles.items() if keys[full]}
        for full, toggle in self.toggles.items():
            if toggle.key != keys[full]:
                toggle.key = keys[full]
                toggle.update()
        self.keys_changed()

    def keys_changed(self) -> None:
        """Lay out anew what lies by its key; here nothing does."""

    def by_key(self, text: str) -> CodeToggle | None:
        """The code of a key, None where it has none."""
        return self._by_key.get(text.casefold())

    def lay_out(self, width: int) -> int:
        """Place every toggle for a width; return the height."""
        self._heads, self._rules = [], []
        filled = [side for side in self._sides if side.codes]
        if len(filled) > 1 and width >= room_for(_BESIDE):
            each = (width - _SIDES_GAP * (len(filled) - 1)) // len(filled)
            bottoms = [self._place(side, (each + _SIDES_GAP) * n, 0, each) for n, side in enumerate(filled)]
            return max(bottoms)
        y = 0
        for side in filled:
            y = self._place(side, 0, y, width) + 6
        return max(0, y - 6)

    def neighbour(self, toggle: CodeToggle, step: int) -> CodeToggle | None:
        """The toggle above or below another one, None at the edge."""
        here = toggle.geometry()
        rows = sorted({other.y() for other in self.toggles.values() if (other.y() - here.y()) * step > 0})
        if not rows:
            return None
        row = rows[0] if step > 0 else rows[-1]
        there = [other for other in self.toggles.values() if other.y() == row]
        return min(there, key=lambda other: abs(other.geometry().center().x() - here.center().x()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names of the sides, hairlines between rows."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        for rect, words in self._heads:
            draw_text(painter, rect.adjusted(0, 0, 0, -2), words, font=font("text", weight=600), color=color("ink"))
            hairline(painter, rect, "ink")
        for rect in self._rules:
            hairline(painter, rect)

    def _place(self, side: Side, left: int, top: int, width: int) -> int:
        toggles = [self.toggles[side.full(code)] for code in side.codes]
        words = text_in(side.label, self._language)
        if words:
            head = QRect(left, top, width, tokens().type["text"].line + 6)
            self._heads.append((head, words))
            top = head.bottom() + 1
        columns = self._columns(toggles, width)
        y = top + 2
        for start in range(0, len(toggles), columns):
            row = toggles[start : start + columns]
            edges = [left + round(n * (width + _GAP) / columns) for n in range(columns + 1)]
            height = max(toggle.height_at(edges[1] - edges[0] - _GAP) for toggle in row)
            for n, toggle in enumerate(row):
                toggle.setGeometry(edges[n], y, edges[n + 1] - edges[n] - _GAP, height)
            y += height + 1
            self._rules.append(QRect(left, y - 1, width, 2))
            y += 2
        return y

    def _columns(self, toggles: Sequence[CodeToggle], width: int) -> int:
        least = max(toggle.least_width() for toggle in toggles)
        return max(1, min(_MOST_COLUMNS, len(toggles), (width + _GAP) // (least + _GAP)))

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CodeToggle):
            self.toggled.emit(sender.full)

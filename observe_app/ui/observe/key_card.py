"""F1: every key of this lesson on one card: the note line, the items of the form, their codes, the commands."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.form_keys import codes_of, keys_of
from observe_app.domain.key_table import COMMANDS, own_keys
from observe_app.ui.form_panel.item_keys import FORM_KEY
from observe_app.ui.form_panel.keyboard import own_keyboard
from observe_app.ui.key_press import CommandKeys, pressed
from observe_app.ui.key_words import command_title
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets import ScrollPane, Sheet, TextLabel
from observe_app.ui.widgets.paint import draw_text, hairline, key_cap_width, paint_key_cap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.form import Form, Item
    from observe_app.domain.key_table import KeyRows
    from observe_app.services.core import Core

_WIDTH = 1260
_COLUMN = 250
_GAP = 32
_ROW = 20
_HEAD = 27
_AFTER = 12
_MOST_COLUMNS = 5
_CHROME = 190
_LONGEST = 20
_PRESSED = (ItemKind.TALLY, ItemKind.TIMER, ItemKind.WAIT)
"""Items whose key counts or runs a clock."""


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together: a title, and rows of cap and words; of codes the word before two blanks stands out."""

    title: str
    rows: tuple[tuple[str, str], ...]
    codes: bool = False


def key_groups(form: Form | None, own: KeyRows, language: str) -> tuple[KeyGroup, ...]:
    """Return what the card shows: the note line, each section of the form, each side of codes, the commands, the film.

    Items without a key show the number that reaches them. Long groups are parted, so that columns can be filled evenly.
    """
    commands = CommandKeys(own)
    groups = [_line_group(commands)]
    if form is not None:
        groups += _form_groups(form, own, commands.cap("number"), language)
    groups += [_lesson_group(commands, form, own), _film_group(commands)]
    return tuple(part for group in groups for part in _parts(group))


def _form_groups(form: Form, own: KeyRows, number_cap: str, language: str) -> list[KeyGroup]:
    mine = own_keys(own, form.id)
    asked = [item for item in form.items if item.kind is not ItemKind.GUIDANCE]
    keys = keys_of(asked, mine)
    caps = {item.id: _item_cap(keys.get(item.id, ""), number_cap, n) for n, item in enumerate(asked, start=1)}
    groups = []
    for section in form.sections:
        rows = tuple((caps[item.id], text_in(item.label, language)) for item in section.items if item.id in caps)
        if rows:
            groups.append(KeyGroup(text_in(section.title, language), rows))
        for item in section.items:
            groups += _code_groups(item, codes_of(item, mine, own_keyboard().here), language)
    return groups


def _item_cap(key: str, number_cap: str, number: int) -> str:
    if key:
        return key if len(key) > 1 else f"{FORM_KEY} {key}"
    return f"{number_cap} {number}" if number_cap else ""


def _code_groups(item: Item, keys: Mapping[str, str], language: str) -> list[KeyGroup]:
    groups = []
    for side in item.sides:
        rows = tuple(
            (keys[side.full(code)].upper(), _code_words(code.id, text_in(code.label, language))) for code in side.codes
        )
        title = text_in(side.label, language) or text_in(item.label, language)
        groups.append(KeyGroup(title, rows, codes=True))
    if groups:
        last = (
            ("=", QCoreApplication.translate("KeyCard", "Same as the last interval")),
            ("0", QCoreApplication.translate("KeyCard", "Nothing of it")),
        )
        levels = tuple((str(level.number), text_in(level.label, language)) for level in item.levels)
        groups.append(
            KeyGroup(
                QCoreApplication.translate("KeyCard", "Every interval"),
                (*last, *levels, ("←", QCoreApplication.translate("KeyCard", "The one before"))),
            )
        )
    return groups


def _code_words(code: str, meaning: str) -> str:
    return f"{code}  {meaning}" if meaning and meaning != code else code


def _line_group(keys: CommandKeys) -> KeyGroup:
    rows = (
        (QCoreApplication.translate("KeyCard", "Enter"), QCoreApplication.translate("KeyCard", "Keep the note")),
        (QCoreApplication.translate("KeyCard", "Shift Enter"), QCoreApplication.translate("KeyCard", "Another line")),
        ("T", QCoreApplication.translate("KeyCard", "The teacher speaks")),
        ("S7", QCoreApplication.translate("KeyCard", "A student speaks; S is any of them")),
        ("#", QCoreApplication.translate("KeyCard", "Tag")),
        (">", QCoreApplication.translate("KeyCard", "Link to an item of the form")),
        ("/", QCoreApplication.translate("KeyCard", "Every command")),
        ("*", QCoreApplication.translate("KeyCard", "Star: ends the note, or alone the last one")),
        ("@", QCoreApplication.translate("KeyCard", "Another time")),
        ("↑", QCoreApplication.translate("KeyCard", "Edit the last note")),
        ("Alt ↓", QCoreApplication.translate("KeyCard", "Ask about an underlined word")),
        (
            QCoreApplication.translate("KeyCard", "Esc"),
            QCoreApplication.translate("KeyCard", "Back here from anywhere"),
        ),
        *((keys.cap(one), command_title(one)) for one in ("undo", "redo")),
    )
    return KeyGroup(QCoreApplication.translate("KeyCard", "Note line"), rows)


def _lesson_group(keys: CommandKeys, form: Form | None, own: KeyRows) -> KeyGroup:
    """Return the commands that do something here: an item's own key comes before a command's, codes want a grid."""
    items = [item for item in form.items if item.kind is not ItemKind.GUIDANCE] if form is not None else []
    taken = set(keys_of(items, own_keys(own, form.id)).values()) if form is not None else set()
    elsewhere = {"undo", "redo"} if any(item.sides for item in items) else {"undo", "redo", "codes"}
    rows = [row for row in _command_rows(keys, film=False, without=elsewhere) if row[0] not in taken]
    if any(item.kind in _PRESSED for item in items):
        rows += [
            ("F2 – F9", QCoreApplication.translate("KeyCard", "Count, or start a timer")),
            ("Shift", QCoreApplication.translate("KeyCard", "Takes back, or ends a timer")),
        ]
    return KeyGroup(QCoreApplication.translate("KeyCard", "Lesson"), tuple(rows))


def _film_group(keys: CommandKeys) -> KeyGroup:
    rows = _command_rows(keys, film=True, without=set())
    return KeyGroup(QCoreApplication.translate("KeyCard", "Film"), tuple(rows))


def _command_rows(keys: CommandKeys, *, film: bool, without: set[str]) -> list[tuple[str, str]]:
    return [
        (keys.cap(one.id), command_title(one.id))
        for one in COMMANDS
        if keys.key(one.id) and one.id.startswith("video") is film and one.id not in without
    ]


def _parts(group: KeyGroup) -> list[KeyGroup]:
    """Return a long group in parts of even length."""
    count = -(-len(group.rows) // _LONGEST) or 1
    each = -(-len(group.rows) // count)
    return [KeyGroup(group.title, group.rows[n : n + each], group.codes) for n in range(0, len(group.rows), each)]


def _height(group: KeyGroup) -> int:
    return scaled(_HEAD) + scaled(_ROW) * len(group.rows)


def _fill(groups: Sequence[KeyGroup], high: int) -> list[list[KeyGroup]]:
    """Return the groups in order, in as few columns as take them at a height."""
    filled: list[list[KeyGroup]] = []
    y = 0
    for group in groups:
        if filled and y + scaled(_AFTER) + _height(group) <= high:
            filled[-1].append(group)
            y += scaled(_AFTER) + _height(group)
        else:
            filled.append([group])
            y = _height(group)
    return filled


class KeyColumns(QWidget):
    """Groups of keys in columns of even height, each row a cap and words."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = tuple(groups)
        self._placed: list[tuple[QRect, KeyGroup]] = []
        self._columns = 1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("\n".join(self.lines()))

    def lines(self) -> tuple[str, ...]:
        """Return everything it shows, row by row, as a screen reader says it."""
        lines = []
        for group in self.groups:
            lines.append(group.title)
            lines += [f"{cap or '–'}: {words}" for cap, words in group.rows]
        return tuple(lines)

    @property
    def columns(self) -> int:
        """How many columns stand beside each other."""
        return self._columns

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the highest column."""
        return self._lay_out(width)[1]

    def sizeHint(self) -> QSize:
        """As wide as the card."""
        return QSize(scaled(_WIDTH), self._lay_out(scaled(_WIDTH))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the groups."""
        super().resizeEvent(event)
        self._placed, height, self._columns = self._lay_out(event.size().width())
        self.setMinimumHeight(height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Titles over hairlines, caps and words."""
        painter = QPainter(self)
        row, head = scaled(_ROW), scaled(_HEAD)
        for place, group in self._placed:
            title = QRect(place.left(), place.top(), place.width(), head - 3)
            draw_text(painter, title, group.title, font=font("text", weight=600), color=color("ink"))
            hairline(painter, title, "ink")
            y = place.top() + head
            caps = max((key_cap_width(cap) for cap, _words in group.rows if cap), default=0)
            room = min(caps, place.width() // 2)
            for cap, words in group.rows:
                self._paint_row(painter, QRect(place.left(), y, place.width(), row), cap, words, room, group.codes)
                y += row

    def _paint_row(self, painter: QPainter, row: QRect, cap: str, words: str, room: int, codes: bool) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width, high = key_cap_width(cap) if cap else 0, tokens().size.key_cap
        inner = QRectF(row).adjusted(0, 0, -room - 10, 0) if mirrored else QRectF(row).adjusted(room + 10, 0, 0, 0)
        if cap:
            left = row.right() - width + 1 if mirrored else row.left()
            box = QRectF(left, row.top() + (row.height() - high) // 2, width, high)
            paint_key_cap(painter, box, cap, active=True)
        code, _parted, meaning = words.partition("  ") if codes else ("", "", words)
        if code:
            taken = draw_text(painter, inner, code, font=font("small", weight=600), color=color("ink"))
            inner = inner.adjusted(0, 0, -taken - 8, 0) if mirrored else inner.adjusted(taken + 8, 0, 0, 0)
        draw_text(painter, inner, meaning, font=font("small"), color=color("ink" if cap else "muted"))

    def _lay_out(self, width: int) -> tuple[list[tuple[QRect, KeyGroup]], int, int]:
        """Return where the groups stand, the height, and how many columns there are; groups stay in order."""
        fits = (width + _GAP) // (scaled(_COLUMN) + _GAP)
        columns = max(1, min(_MOST_COLUMNS, fits, len(self.groups)))
        each = (width - _GAP * (columns - 1)) // columns
        blocks = self._blocks(columns)
        placed, height = [], 0
        for number, column in enumerate(blocks):
            x, y = number * (each + _GAP), 0
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                x = width - x - each
            for group in column:
                high = _height(group)
                placed.append((QRect(x, y, each, high), group))
                y += high + scaled(_AFTER)
            height = max(height, y - scaled(_AFTER))
        return placed, max(0, height), columns

    def _blocks(self, columns: int) -> list[list[KeyGroup]]:
        """Return the groups by column: the lowest height at which they fit in order."""
        tops = [0, *accumulate(_height(group) + scaled(_AFTER) for group in self.groups)]
        heights = sorted({tops[b] - tops[a] - scaled(_AFTER) for a, b in combinations(range(len(tops)), 2)})
        enough = bisect_left(heights, 1, key=lambda high: int(len(_fill(self.groups, high)) <= columns))
        return _fill(self.groups, heights[enough]) if heights else []


class KeyCard(Sheet):
    """The card over the dimmed page. Esc, its own key or the button closes it."""

    def __init__(self, groups: Sequence[KeyGroup], title: str, key: str, parent: QWidget) -> None:
        super().__init__(title, parent, width=_WIDTH)
        self.setObjectName("key_card")
        self._key = key
        self._told: TextLabel | None = None
        self.columns = KeyColumns(groups, self)
        self.pane = ScrollPane(self, margin=0)
        self.pane.setObjectName("key_card_pane")
        self.pane.body.addWidget(self.columns)
        self.pane.body.addStretch(1)
        self.pane.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self.pane)
        self.close_button = self.add_safe(self.tr("Close"))
        self.close_button.setAccessibleDescription("\n".join(self.columns.lines()))

    def say_codes(self) -> None:
        """Say how codes are ticked."""
        words = self.tr(
            "Codes: {key} and the key while you write; the key alone once Esc on an empty line let go of it."
        )
        self._told = TextLabel(words.format(key=FORM_KEY), self, step="small", tone="muted", wrap=True)
        self.body.insertWidget(0, self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All of it where the window has room, else it scrolls."""
        self._fit(event.size())
        super().resizeEvent(event)

    def open_over(self) -> None:
        """Dim the window and show the card."""
        self._fit(self._host.size())
        super().open_over()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that opened it closes it; the arrows scroll where not all of it is seen."""
        bar = self.pane.verticalScrollBar()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if self._key and pressed(event) == self._key:
            self.reject()
            event.accept()
        elif Qt.Key(event.key()) in step:
            bar.setValue(bar.value() + step[Qt.Key(event.key())] * scaled(_ROW) * 2)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fit(self, window: QSize) -> None:
        width = min(scaled(_WIDTH), window.width() - 48) - 64
        wanted = self.columns.heightForWidth(width)
        told = self._told.heightForWidth(width) + self.body.spacing() if self._told is not None else 0
        self.pane.setFixedHeight(max(scaled(120), min(wanted, window.height() - scaled(_CHROME) - told)))


def open_card(core: Core, form: Form | None, parent: QWidget) -> KeyCard:
    """Show the keys of a form (None: without one), the note line and the commands over the window of `parent`."""
    own = core.settings.get().keys
    language = parent.locale().name()
    title = QCoreApplication.translate("KeyCard", "Keys in a lesson")
    if form is not None:
        title = QCoreApplication.translate("KeyCard", "Keys · {form}").format(form=text_in(form.title, language))
    card = KeyCard(key_groups(form, own, language), title, CommandKeys(own).key("keys"), parent)
    if form is not None and any(item.sides for item in form.items):
        card.say_codes()
    card.open_over()
    return card

"""The digit that a key of the digit row means, whatever it types.

With Shift "2" types a quotation mark or an at sign, and on a French keyboard a digit needs Shift to begin with.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

# Codes of the keys themselves: the virtual key of Windows, the key code of X11 and Wayland, the key code of macOS.
_WINDOWS: Mapping[int, int] = MappingProxyType({0x30 + digit: digit for digit in range(1, 10)})
_LINUX: Mapping[int, int] = MappingProxyType({9 + digit: digit for digit in range(1, 10)})
_MAC: Mapping[int, int] = MappingProxyType(
    {0x12: 1, 0x13: 2, 0x14: 3, 0x15: 4, 0x17: 5, 0x16: 6, 0x1A: 7, 0x1C: 8, 0x19: 9}
)


def digit_of(event: QKeyEvent, system: str) -> int:
    """Return 1 to 9, or 0 for another key.

    Args:
        event: the press.
        system: "mac", "windows" or "linux": whose codes it carries.
    """
    key = event.key()
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return key - int(Qt.Key.Key_0)
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or key > 0xFFFF:
        return 0
    if system == "linux":
        return _LINUX.get(event.nativeScanCode(), 0)
    return (_MAC if system == "mac" else _WINDOWS).get(event.nativeVirtualKey(), 0)

"""The bars of a question in high contrast: none is no full bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.ui.surveys.count_bars import CountBars
from observe_app.ui.theme import ThemeChoice
from tests.ui.shots import shoot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("theme", list(ThemeChoice)[1:])
def test_no_answer_leaves_its_bar_as_light_as_the_page(qtbot: QtBot, theme: ThemeChoice) -> None:
    bars = CountBars((("Agree", 0), ("Disagree", 4)), 4)
    qtbot.addWidget(bars)
    picture = shoot(bars, theme=theme, size=(500, bars.sizeHint().height())).toImage()
    middle = picture.height() // 4
    ground, empty, full = (
        picture.pixelColor(x, y).lightness() for x, y in ((499, 0), (300, middle), (300, 3 * middle))
    )

    assert abs(empty - ground) < abs(full - ground) / 3

"""The strip of intervals: what is in each column, and that it paints no more than it must."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Code, Side, led_by_codes
from observe_app.paths import forms_dir
from observe_app.services.catalogue import Catalogue
from observe_app.ui.observe.interval_bands import bands_of
from observe_app.ui.observe.interval_strip import IntervalStrip
from observe_app.ui.theme import color
from tests.services.event_form import GRID, said

COPUS = led_by_codes(Catalogue((forms_dir(),)).form("copus"))


class Paints(QObject):
    """Counts paint events."""

    count = 0

    def eventFilter(self, _watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def tick(index, code, *, item=COPUS, value=1.0):
    return Event(
        f"{index}-{code}", "v", EventKind.INTERVAL, index * item.seconds * 1000, item=item.id, code=code, value=value
    )


@pytest.fixture
def strip(shown):
    strip = IntervalStrip()
    strip.set_item(COPUS, "en")
    strip.set_minutes(50)
    strip.resize(1290, strip.height())
    return shown(strip)


def pixel(strip, index, band):
    box = strip.column(index)
    tops = {0: 34, 1: 48, 2: 62, 3: 82, 4: 96, 5: 110}
    return strip.grab().toImage().pixelColor(box.x() + 6, tops[band])


def test_the_categories_of_each_side_are_its_lines_three_at_most():
    assert [(band.label, band.side) for band in bands_of(COPUS, "en")] == [
        ("Presenting", 0),
        ("Guiding", 0),
        ("Administration, Other", 0),
        ("Receiving", 1),
        ("Talking to the class", 1),
        ("Working, Other", 1),
    ]
    codes = {full for band in bands_of(COPUS, "en") for full in band.codes}
    assert codes == {side.full(code) for side in COPUS.sides for code in side.codes}


def test_a_side_without_categories_is_one_line_or_its_few_codes():
    few = Side("A", said("A"), tuple(Code(f"c{n}", ()) for n in range(3)))
    more = Side("B", said("B"), tuple(Code(f"c{n}", ()) for n in range(4)))

    assert [band.label for band in bands_of(replace(GRID, sides=(few, more)), "")] == ["c0", "c1", "c2", "B"]


def test_codes_without_a_category_are_in_a_line_too():
    assert [(band.label, sorted(band.codes)) for band in bands_of(GRID, "")][:3] == [
        ("Presenting", ["I.Lec"]),
        ("Guiding", ["I.PQ"]),
        ("Other", ["I.O"]),
    ]


def test_many_sides_have_one_line_each_and_low_windows_too():
    sides = tuple(Side(f"s{n}", said(f"S{n}"), (Code("a", ()), Code("b", ()))) for n in range(9))

    assert len(bands_of(replace(GRID, sides=sides), "")) == 6
    assert [band.label for band in bands_of(COPUS, "en", low=True)] == ["Instructor", "Students"]


def test_a_tick_fills_the_line_of_its_category(strip):
    strip.set_events([tick(3, "I.Lec"), tick(3, "S.WG"), tick(4, "I.W"), tick(5, "I.Lec", value=0.0)])

    assert pixel(strip, 3, 0) == color("bar")
    assert pixel(strip, 3, 5) == color("mid")
    assert pixel(strip, 4, 2) == color("bar")
    assert pixel(strip, 5, 0) == color("bg")
    assert pixel(strip, 3, 1) == color("bg")


def test_the_current_column_is_tinted_and_its_bottom_fills(strip):
    strip.set_now(31 * 60_000 + 42_000)
    image, box = strip.grab().toImage(), strip.column(15)

    assert image.pixelColor(box.x() + 2, box.y() + 2) == color("tint")
    bottom = [image.pixelColor(x, box.bottom() - 1) for x in range(box.x(), box.right() + 1)]
    assert abs(sum(one == color("ink") for one in bottom) / len(bottom) - 102 / 120) < 0.04


def test_it_paints_only_when_a_pixel_changes(strip, qtbot):
    strip.set_now(1_000_000)
    qtbot.wait(50)
    paints = Paints()
    strip.installEventFilter(paints)
    strip.set_now(1_000_010)
    strip.set_events([])
    qtbot.wait(50)
    assert paints.count == 0
    strip.set_now(1_015_000)
    qtbot.wait(50)

    assert paints.count == 1


def test_it_grows_when_the_lesson_runs_over(strip):
    assert strip.count == 25
    strip.set_now(55 * 60_000)
    assert strip.count == 28
    strip.set_events([tick(40, "I.Lec")])

    assert strip.count == 41
    assert strip.column(40).right() <= strip.width() - 24


def test_a_click_chooses_the_interval_under_the_pointer(strip, qtbot):
    chosen, minutes = [], []
    strip.interval_chosen.connect(chosen.append)
    strip.minute_chosen.connect(minutes.append)
    for index in (0, 7, 24):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.column(index).center())

    assert chosen == [0, 7, 24]
    assert minutes == [0, 14 * 60_000, 48 * 60_000]


def test_a_column_that_is_corrected_has_the_ring(strip):
    strip.set_now(31 * 60_000)
    strip.set_shown(15)
    before = strip.grab().toImage().pixelColor(strip.column(7).x() - 2, 60)
    strip.set_shown(7)
    after = strip.grab().toImage().pixelColor(strip.column(7).x() - 2, 60)

    assert (before, after) == (color("bg"), color("accent"))


def test_an_interval_where_nothing_occurred_differs_from_one_nobody_coded(strip):
    looked = replace(tick(3, "I.Lec"), code="", value=None)
    strip.set_events([looked])
    box, image = strip.column(3), strip.grab().toImage()

    assert any(image.pixelColor(box.center().x(), y) == color("ctl") for y in range(40, 100))
    assert strip.accessibleDescription() == "1 of 1 intervals coded"


@pytest.mark.parametrize(("seconds", "minutes"), [(5, 50), (5, 180), (600, 50), (45, 1)])
def test_short_and_long_intervals_are_drawn(shown, seconds, minutes):
    item = replace(COPUS, seconds=seconds)
    strip = IntervalStrip()
    strip.set_item(item, "en")
    strip.set_minutes(minutes)
    strip.resize(948, strip.height())
    shown(strip)
    strip.set_events([tick(index, "I.Lec", item=item) for index in range(strip.count)])
    strip.set_now(min(20, minutes) * 60_000 - 1000)
    strip.grab()

    assert strip.count == -(-minutes * 60 // seconds)


def test_without_an_item_it_is_an_empty_strip(shown):
    strip = shown(IntervalStrip())
    strip.set_item(None)
    strip.set_now(1000)
    strip.set_events([tick(0, "I.Lec")])
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)

    assert strip.bands == ()

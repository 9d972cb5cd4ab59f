"""A chart on the screen: hover, keyboard, click, what a screen reader finds, copies."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from observe_app.services.charts.agreement import agreement_strip
from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.services.charts.picture import Picture, Word
from observe_app.services.charts.shares import bars
from observe_app.ui.charts import ChartView, chart_words
from observe_app.ui.charts.painting import paint_picture
from observe_app.ui.theme import ThemeChoice, color
from tests.ui import charts_data as data
from tests.ui import charts_lessons as taught

TERM = data.look_term()


@pytest.fixture
def small(shown):
    view = ChartView(partial(small_multiple, course_of(TERM, TERM.series[5])))
    view.resize(240, 160)
    return shown(view)


@pytest.fixture
def heat(shown):
    view = ChartView(partial(heat_map, TERM), click_opens=False)
    view.resize(640, 420)
    return shown(view)


@pytest.fixture
def many(shown):
    view = ChartView(partial(heat_map, data.long_term(400, 3)))
    view.resize(640, 200)
    return shown(view)


def middle(view, index):
    x, y, wide, high = view.picture().spots[index].rect
    return QPoint(round(x + wide / 2), round(y + high / 2))


def arrive(view):
    """Come to the chart with the Tab key, from elsewhere."""
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)


def says(view):
    spots = view.picture().spots
    return spots[view.current_index].says if view.current_index >= 0 else ""


def test_it_wants_the_height_of_its_picture(small):
    assert small.heightForWidth(240) == round(small.whole_picture(240.0).height + 0.5)


def test_hover_says_what_a_mark_is(small, qtbot):
    point = middle(small, 4)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(small.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(small, move)

    qtbot.waitUntil(lambda: QToolTip.text() == small.picture().spots[4].says)


def test_a_click_opens_the_visit(small, qtbot):
    with qtbot.waitSignal(small.opened) as opened:
        qtbot.mouseClick(small, Qt.MouseButton.LeftButton, pos=middle(small, 4))

    assert opened.args == [TERM.visits[4].id, None]


def test_a_click_only_chooses_where_the_page_wants_that(heat, qtbot):
    heard = []
    heat.opened.connect(lambda *told: heard.append(told))
    with qtbot.waitSignal(heat.chosen) as chosen:
        qtbot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=middle(heat, 7))

    assert chosen.args == [heat.picture().spots[7].key]
    assert heard == []


def test_enter_opens_what_a_click_only_chose(heat, qtbot):
    qtbot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=middle(heat, 7))
    with qtbot.waitSignal(heat.opened) as opened:
        qtbot.keyClick(heat, Qt.Key.Key_Return)

    assert opened.args[0] == heat.picture().spots[7].visit_id


def test_arrows_walk_the_marks(small, qtbot):
    arrive(small)
    first = says(small)
    qtbot.keyClick(small, Qt.Key.Key_Right)
    second = says(small)
    qtbot.keyClick(small, Qt.Key.Key_End)
    last = says(small)
    qtbot.keyClick(small, Qt.Key.Key_Right)

    spots = small.picture().spots
    assert (first, second, last) == (spots[0].says, spots[1].says, spots[-1].says)
    assert says(small) == last


def test_up_and_down_keep_the_column(heat, qtbot):
    arrive(heat)
    qtbot.keyClick(heat, Qt.Key.Key_Right)
    column = heat.picture().spots[heat.current_index].column
    qtbot.keyClick(heat, Qt.Key.Key_Down)
    below = heat.picture().spots[heat.current_index]

    assert (below.row, below.column) == (1, column)


def test_walking_scrolls_to_the_last_visit(many, qtbot):
    arrive(many)
    start = many.picture().columns
    qtbot.keyClick(many, Qt.Key.Key_End)
    end = many.picture().columns

    assert start is not None
    assert end is not None
    assert start.first == 0
    assert end.first + end.shown == 400
    assert many.picture().spots[many.current_index].column == 399


def test_an_arrow_at_the_edge_brings_the_next_column(many, qtbot):
    arrive(many)
    shown = many.picture().columns.shown
    for _step in range(shown):
        qtbot.keyClick(many, Qt.Key.Key_Right)

    spot = many.picture().spots[many.current_index]
    assert (spot.row, spot.column) == (0, shown)
    assert many.picture().columns.first == 1


def test_the_wheel_sideways_moves_the_columns(many):
    wheel = QWheelEvent(
        QPointF(300, 60),
        QPointF(many.mapToGlobal(QPoint(300, 60))),
        QPoint(),
        QPoint(-240, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(many, wheel)

    assert many.picture().columns.first > 0


def test_a_screen_reader_finds_every_mark(small):
    found = QAccessible.queryAccessibleInterface(small)
    spots = small.picture().spots

    assert found.text(QAccessible.Text.Name) == "Teacher steps back"
    assert "4 of 5 visits" in found.text(QAccessible.Text.Description)
    assert found.childCount() == len(spots)
    assert [found.child(n).text(QAccessible.Text.Name) for n in range(len(spots))] == [spot.says for spot in spots]
    assert found.child(2).role() == QAccessible.Role.Link
    assert found.child(2).rect().contains(small.mapToGlobal(middle(small, 2)))


def test_a_screen_reader_hears_what_stands_there_after_a_change(small):
    child = QAccessible.queryAccessibleInterface(small).child(4)
    small.set_maker(partial(small_multiple, course_of(TERM, TERM.series[0])))

    assert child.text(QAccessible.Text.Name) == small.picture().spots[4].says
    small.set_maker(None)
    assert not child.isValid()


def test_charts_that_are_gone_leave_nothing_to_ask(qtbot):
    for _round in range(20):
        view = ChartView(partial(heat_map, TERM))
        view.resize(640, 400)
        found = QAccessible.queryAccessibleInterface(view)
        assert found.child(3).isValid()
        view.deleteLater()
        QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


def test_ctrl_c_copies_pixels_vectors_and_words(small, qtbot):
    arrive(small)
    qtbot.keyClick(small, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    held = QGuiApplication.clipboard().mimeData()

    assert held.hasImage()
    assert QGuiApplication.clipboard().image().width() > 3 * 240
    assert b"<svg" in held.data("image/svg+xml").data()
    assert "4 of 5 visits" in held.text()


def test_the_copy_is_light_in_a_dark_window(small, theme):
    theme.apply(ThemeChoice.DARK)
    small.copy()

    assert QGuiApplication.clipboard().image().pixelColor(2, 2).name() == "#ffffff"


def test_what_stands_out_stays_when_the_data_is_new(heat):
    key = heat.picture().spots[7].key
    heat.set_chosen(key)
    plain = len(heat.picture().parts)
    heat.set_maker(partial(heat_map, TERM))

    assert len(heat.picture().parts) == plain
    heat.set_chosen("")
    assert len(heat.picture().parts) < plain


def test_the_keyboard_stays_on_its_mark_when_the_data_is_new(small, qtbot):
    arrive(small)
    qtbot.keyClick(small, Qt.Key.Key_Right)
    key = small.current_key
    small.set_maker(partial(small_multiple, course_of(TERM, TERM.series[5])))

    assert small.current_key == key


def test_larger_words_make_a_higher_picture(qtbot, theme):
    low = ChartView(partial(heat_map, TERM))
    qtbot.addWidget(low)
    before = low.heightForWidth(640)
    theme.set_text_size(150)
    high = ChartView(partial(heat_map, TERM))
    qtbot.addWidget(high)

    assert high.heightForWidth(640) > before * 1.3


def test_in_a_window_read_from_the_right_the_first_mark_stands_at_the_right(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view = ChartView(partial(agreement_strip, taught.strip()), page)
    view.resize(QSize(900, 200))
    QVBoxLayout(page).addWidget(view)

    first, second = (spot.rect[0] for spot in view.picture().spots[:2])
    assert first > second


def test_every_word_of_a_chart_comes_from_the_window():
    words = chart_words()

    assert len(words.months) == 12
    assert words == type(words)(point=words.point, months=words.months)


def test_the_ring_of_the_keyboard_strikes_through_no_label(shown):
    view = ChartView(partial(bars, taught.copus_bars()))
    view.resize(520, view.heightForWidth(520))
    shown(view)
    arrive(view)
    view.repaint()
    spot = view.picture().spots[view.current_index]

    image, ring = view.grab().toImage(), color("accent").rgb()
    left, top, wide, high = (round(part) for part in spot.rect)
    middle_row = range(top + 5, top + high - 5)
    assert left == 0
    assert not any(image.pixel(x, y) == ring for x in range(6) for y in middle_row)
    assert any(image.pixel(left + wide // 2, y) == ring for y in range(top, top + high))


def test_a_part_of_a_chart_is_painted_as_it_stands_in_the_whole(heat):
    whole = heat.grab().toImage()

    for top in range(0, heat.height() - 40, 37):
        part = QRect(0, top, heat.width(), 40)
        assert heat.grab(part).toImage() == whole.copy(part)


def test_words_keep_their_direction_in_a_window_read_from_the_right(shown):
    def told(direction):
        word = Word(4.0, 20.0, "24 of 25")
        view = ChartView(lambda _size, _ruler, _words: Picture(90.0, 30.0, (word,)))
        view.resize(90, 30)
        painted = shown(view)
        image = QImage(90, 30, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setLayoutDirection(direction)
        paint_picture(painter, painted.picture())
        painter.end()
        return image

    assert told(Qt.LayoutDirection.RightToLeft) == told(Qt.LayoutDirection.LeftToRight)

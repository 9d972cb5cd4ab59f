"""The data of a chart as a table: walked, copied, saved; a name that looks like a formula stays a name."""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from observe_app.domain.errors import ExportFailed
from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.picture import Picture, Size, Table
from observe_app.services.charts.words import ChartWords
from observe_app.services.exchange.chart_table import table_csv, table_tabbed, table_xlsx, write_table
from observe_app.ui.charts import ChartView, screen_ruler
from observe_app.ui.charts.copies import save_picture
from observe_app.ui.charts.table import ChartTable, ChartTableSheet
from observe_app.ui.widgets import Button
from tests.ui import charts_data as data

RISKY = Table(("Name", "n"), (("=cmd|'/c calc'!A1", 3), ("+1", None), ("Zoë\nline", 0.25)))


def test_what_looks_like_a_formula_is_none(qtbot):
    rows = list(csv.reader(io.StringIO(table_csv(RISKY).decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(table_xlsx(RISKY, "A/B: [x]")))
    cell = book.active["A2"]

    assert rows[1] == ["'=cmd|'/c calc'!A1", "3"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|'/c calc'!A1")
    assert table_tabbed(RISKY).splitlines()[1].startswith("'=")


def test_numbers_stay_numbers_and_nothing_stays_empty():
    book = load_workbook(io.BytesIO(table_xlsx(RISKY, "")))

    assert [cell.value for cell in book.active["B"]] == ["n", 3, None, 0.25]


def test_a_file_has_the_kind_of_its_ending(tmp_path):
    write_table(RISKY, "Chart", tmp_path / "a.xlsx")
    write_table(RISKY, "Chart", tmp_path / "a.csv")

    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ExportFailed):
        write_table(RISKY, "Chart", tmp_path / "no" / "a.xlsx")


@pytest.mark.parametrize(("ending", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_a_picture_is_saved_by_its_ending(qtbot, tmp_path, ending, start):
    picture = heat_map(data.look_term(), Size(640), screen_ruler, ChartWords())
    save_picture(picture, tmp_path / f"a{ending}")

    assert (tmp_path / f"a{ending}").read_bytes().startswith(start)


def test_the_table_shows_every_visit_and_copies_them(qtbot, shown):
    picture = heat_map(data.long_term(40, 3), Size(640), screen_ruler, ChartWords())
    view = shown(ChartTable(picture.table, "Every visit"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert view.model().rowCount() == 40
    assert len(QGuiApplication.clipboard().text().splitlines()) == 41


def test_a_part_is_copied_with_its_head(qtbot, shown):
    view = shown(ChartTable(Table(("A", "B", "C"), ((1, 2, 3), (4, 5, 6), (7, 8, 9))), "T"))
    chosen = view.selectionModel()
    for row in (0, 1):
        for column in (1, 2):
            chosen.select(view.model().index(row, column), chosen.SelectionFlag.Select)

    assert view.copied() == "B\tC\n2\t3\n5\t6"


def test_the_menu_shows_the_table_of_the_chart(qtbot, shown):
    view = ChartView(partial(heat_map, data.look_term()))
    view.resize(900, 600)
    shown(view)
    view.menu().table_action.trigger()
    sheet = view.window().findChild(ChartTableSheet)

    assert isinstance(sheet, ChartTableSheet)
    assert sheet.view.model().rowCount() == 5
    sheet.reject()


def test_saving_says_where_and_a_failure_says_so(qtbot, shown, tmp_path):
    page = ChartView(partial(heat_map, data.look_term()))
    page.resize(900, 600)
    shown(page)
    sheet = ChartTableSheet(Picture(10, 10, title="T", make_table=lambda: RISKY), page)
    sheet.open_over()
    sheet.save_to(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").exists()
    before = len(list(tmp_path.iterdir()))
    sheet.save_to(tmp_path / "no" / "t.csv")

    assert len(list(tmp_path.iterdir())) == before
    assert sheet.findChildren(Button) or sheet.findChildren(QPushButton)
    sheet.reject()

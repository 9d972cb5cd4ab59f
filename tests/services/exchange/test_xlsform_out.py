"""XLSForm out: other tools open the file, and it comes back as the same form."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Level, Option, Scale, Section
from observe_app.services.exchange.form_in import read_form_file
from observe_app.services.exchange.xlsform_out import write_xlsform
from observe_app.services.forms.reader import read_file
from tests.services.forms_made import forms

from .form_books import item

SHIPPED = sorted((Path(__file__).parents[3] / "forms").glob("*.toml"))
LABEL = (("", "A label"),)


def form_of(*items: Item) -> Form:
    return Form("made", 1, LABEL, LABEL, (Section("s", LABEL, items),))


def back(folder: Path, data: bytes) -> Form:
    path = folder / "form.xlsx"
    path.write_bytes(data)
    draft = read_form_file(path)
    assert draft.notes == ()
    assert draft.shape == "xlsform"
    return draft.form


def opened_elsewhere(data: bytes) -> str:
    """Convert with the tool that others use; it raises where it does not like the workbook."""
    return str(convert(data, warnings=[], validate=False, file_type=".xlsx").xform)


@given(forms())
def test_any_form_comes_back_the_same(tmp_path, form):
    assert back(tmp_path, write_xlsform(form)) == form


@settings(max_examples=15)
@given(forms())
def test_any_form_is_opened_by_other_tools(form):
    assert form.items[0].id in opened_elsewhere(write_xlsform(form))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_form_goes_out_and_comes_back(tmp_path, path):
    form = read_file(path).form
    assert form is not None

    data = write_xlsform(form)

    assert back(tmp_path, data) == form
    assert all(f"/{one.id}" in opened_elsewhere(data) for one in form.items)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'=", "\t="])
def test_no_cell_becomes_a_formula(tmp_path, start):
    words = (("", f"{start}cmd|' /C calc'!A0".strip()),)
    form = form_of(Item("a", ItemKind.CHOICE, words, words, options=(Option("x", words, words), Option("y", LABEL))))

    data = write_xlsform(form)

    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert back(tmp_path, data) == form


@pytest.mark.parametrize(
    "words", ["${gone}", "a ${b c} $\u200b{d}", "${", "_x0041_ _x000D_", "<output value='x'/> & ]]>"]
)
def test_signs_of_other_tools_are_only_signs(tmp_path, words):
    form = form_of(Item("a", ItemKind.TEXT, (("", words),), (("", f"{words}\n{words}"),)))

    data = write_xlsform(form)

    assert back(tmp_path, data) == form
    assert opened_elsewhere(data)


def test_names_that_other_tools_keep_are_changed_there_only(tmp_path):
    choice = Item("q", ItemKind.CHOICE, LABEL, options=(Option("x", LABEL), Option("y", LABEL)), other=True)
    items = (
        Item("meta", ItemKind.TEXT, LABEL),
        choice,
        Item("q_other", ItemKind.TEXT, LABEL),
        Item("s", ItemKind.CHECK, LABEL),
    )
    form = replace(
        form_of(*items),
        sections=(Section("data", LABEL, items), Section("q", LABEL, (Item("z", ItemKind.CHECK, LABEL),))),
    )

    data = write_xlsform(form)

    assert back(tmp_path, data) == form
    assert opened_elsewhere(data)


def test_what_a_person_changes_in_the_workbook_counts(tmp_path):
    form = read_file(next(path for path in SHIPPED if path.stem == "general-peer-observation")).form
    assert form is not None
    book = load_workbook(io.BytesIO(write_xlsform(form)))
    head = [cell.value for cell in book["survey"][1]]
    row = next(row for row in book["survey"].iter_rows(min_row=2) if row[head.index("name")].value == "respect")
    row[head.index("label")].value = "Respect in the room"
    level = next(row for row in book["choices"].iter_rows(min_row=2) if row[1].value == "1")
    level[2].value = "Not seen much"
    path = tmp_path / "changed.xlsx"
    book.save(path)

    changed = read_form_file(path).form

    assert item(changed, "respect").label == (("", "Respect in the room"),)
    assert item(changed, "respect").levels[0].label == (("", "Not seen much"),)
    assert item(changed, "respect").levels[0].descriptor == item(form, "respect").levels[0].descriptor
    assert len(changed.items) == len(form.items)


@pytest.mark.parametrize(
    ("cell", "conditions"),
    [
        ("${a} = 'yes'", (Condition("a", ConditionTest.IS, ("yes", "not_seen")),)),
        ("${a} = 'no'", (Condition("a", ConditionTest.IS, ("no",)),)),
        (None, ()),
    ],
)
def test_a_changed_condition_counts_and_one_left_alone_stays_exact(tmp_path, cell, conditions):
    asked = Condition("a", ConditionTest.IS, ("yes", "not_seen"))
    form = form_of(Item("a", ItemKind.CHECK, LABEL), Item("b", ItemKind.TEXT, LABEL, show_when=(asked,)))
    book = load_workbook(io.BytesIO(write_xlsform(form)))
    head = [one.value for one in book["survey"][1]]
    book["survey"].cell(4, head.index("relevant") + 1).value = cell
    book.save(tmp_path / "changed.xlsx")

    assert item(read_form_file(tmp_path / "changed.xlsx").form, "b").show_when == conditions


def test_conditions_too_long_for_a_cell_come_back_whole(tmp_path):
    options = tuple(Option(f"o{'x' * 56}{number:02d}", (("", f"O{number}"),)) for number in range(20))
    asked = tuple(
        Item(f"q{'y' * 56}{number:02d}", ItemKind.CHOICES, (("", "Q"),), options=options) for number in range(20)
    )
    every = tuple(Condition(one.id, ConditionTest.IS_NOT, tuple(o.id for o in options)) for one in asked)
    last = Item("last", ItemKind.TEXT, (("", "Last"),), show_when=every)
    form = Form("long", 1, (("", "T"),), (("", "P"),), (Section("one", (("", "One"),), (*asked, last)),))
    path = tmp_path / "long.xlsx"
    path.write_bytes(write_xlsform(form))

    assert read_form_file(path).form == form


def test_the_label_of_a_scale_stands_in_a_column_for_each_language(tmp_path):
    levels = (Level(1, (("", "Low"),)), Level(2, (("", "High"),)))
    rated = Item("much", ItemKind.RATING, LABEL, levels=levels, scale="s")
    form = replace(form_of(rated), scales=(Scale("s", levels, (("", "Engagement"), ("de", "Mitarbeit"))),))

    data = write_xlsform(form)

    rows = list(load_workbook(io.BytesIO(data))["observe_scales"].iter_rows(values_only=True))
    assert [dict(zip(rows[0], row, strict=True)).get("label::German (de)") for row in rows[1:]] == ["Mitarbeit", None]
    assert back(tmp_path, data) == form

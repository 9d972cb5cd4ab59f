"""Interval sheets in: what the sheet ticks is ticked, and whatever is not understood is told with its place."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable, ImportProblem
from observe_app.domain.event import EventKind
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.timeline import code_shares, interval_sheet
from observe_app.domain.visit import Stage
from observe_app.services import happenings, history, visits
from observe_app.services.exchange.interval_in import Asked, forms_with_intervals, import_intervals, preview

from .made import repacked, text_file, workbook

ACROSS = Path(__file__).parents[2] / "fixtures" / "exchange" / "copus-across.csv"


def sheet_of(core, visit_id: str):
    item = visits.form_of(visits.get(core, visit_id)).item("copus")
    with core.store.read() as unit:
        return interval_sheet(item, unit.events.of_visit(visit_id))


def ticked(core, visit_id: str) -> dict[int, set[str]]:
    return {one.index: set(one.ticked) for one in sheet_of(core, visit_id).intervals if one.coded}


def rules(problems) -> list[str]:
    return [problem.rule for problem in problems]


def down(*lines: list, head: list | None = None) -> list[list]:
    return [head or ["", *range(1, len(lines[0]))], *lines]


def test_codes_across_with_two_sides_levels_comments_and_totals(core):
    done = import_intervals(core, path=ACROSS, teacher="Bo Kask")

    assert ticked(core, done.visit_id) == {
        0: {"S.L", "I.Lec"},
        1: {"S.L", "S.AnQ", "I.Lec"},
        2: {"S.W", "I.AnQ", "I.W"},
        3: set(),
        4: {"S.L"},
    }
    assert [one.level for one in sheet_of(core, done.visit_id).intervals] == [2, 3, None, None, None]
    with core.store.read() as unit:
        notes = [event for event in unit.events.of_visit(done.visit_id) if event.kind is EventKind.NOTE]
    assert [(note.offset_ms, note.text) for note in notes] == [
        (0, "late start, door noise"), (240_000, "“fire alarm”, all out"),
    ]  # fmt: skip
    visit = visits.get(core, done.visit_id)
    assert (visit.form_id, visit.stage, visit.source, visit.teacher) == ("copus", Stage.TALK, "imported", "Bo Kask")


def test_what_is_not_understood_is_told_with_its_cell(core):
    told = [(one.rule, one.where, one.found) for one in preview(core, ACROSS).problems if one.rule != "code_absent"]

    assert ("code_unknown", "row 4, column I", "Mov") in told
    assert ("tick_unclear", "row 9, column G", "?") in told
    assert ("levels_differ", "row 7, column L", "M") in told
    assert "totals_ignored" in rules(preview(core, ACROSS).problems)


def test_codes_of_the_form_that_the_sheet_has_not_are_told(core):
    absent = {one.found for one in preview(core, ACROSS).problems if one.rule == "code_absent"}

    assert len(absent) == 25 - 6
    assert {"I.CQ", "S.CG"} <= absent


def test_both_ways_to_turn_a_sheet_give_the_same(core, tmp_path):
    rows = down(["L", 1, 0, 1], ["SAnQ", 0, 1, 0], ["Lec", 1, 1, 0], ["TW", 0, 0, 0], ["DV", "x", "", "✓"])
    turned = [[row[place] for row in rows] for place in range(4)]

    one = import_intervals(core, path=workbook(tmp_path, rows, "down.xlsx"))
    other = import_intervals(core, path=workbook(tmp_path, turned, "across.xlsx"))

    assert ticked(core, one.visit_id) == ticked(core, other.visit_id) == {
        0: {"S.L", "I.Lec", "I.D/V"}, 1: {"S.AnQ", "I.Lec"}, 2: {"S.L", "I.D/V"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        ["Times", 1, 2, 3],
        ["min", "0 - 2", "2 - 4", "4 - 6"],
        ["min", 0, 2, 4],
        ["until", 2, 4, 6],
        ["", "2", "4", "6"],
        ["", "0:00", "2:00", "4:00"],
        ["", "10:00", "10:02", "10:04"],
        ["", time(0, 0), time(0, 2), time(0, 4)],
        ["", time(9, 0), time(9, 2), time(9, 4)],
        ["", 0.0, 2 / 1440, 4 / 1440],
        ["", "0-2 min", "2-4 min", "4-6 min"],
        ["", "Interval 1", "Interval 2", "Interval 3"],
        ["", "0-120 s", "120-240 s", "240-360 s"],
        ["", "0 to 2", datetime(2026, 2, 4), datetime(2026, 4, 6)],  # noqa: DTZ001  (as a spreadsheet mangles "2-4")
        ["", None, None, None],
    ],
    ids=str,
)
def test_headings_of_intervals_in_many_writings(core, tmp_path, head):
    path = workbook(tmp_path, down(["Lec", 1, 0, 1], ["L", 0, 0, 1], head=head))

    found = preview(core, path)

    assert (found.intervals, found.seconds) == (3, 120)
    assert set(found.grid.ticks) == {(0, "I.Lec"), (2, "I.Lec"), (2, "S.L")}


def test_shorter_intervals_are_joined_and_that_is_told(core, tmp_path):
    head = ["min", "0-1", "1-2", "2-3", "3-4"]
    path = workbook(tmp_path, down(["Lec", 1, 0, 0, 0], ["L", 0, 1, 0, 1], head=head))

    done = import_intervals(core, path=path)

    assert ticked(core, done.visit_id) == {0: {"I.Lec", "S.L"}, 1: {"S.L"}}
    assert "intervals_joined" in rules(done.problems)


def test_longer_intervals_are_refused_until_a_person_says_their_length(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", 1, 0], ["L", 0, 1], head=["min", "0-5", "5-10"]))

    with pytest.raises(ImportProblem) as told:
        import_intervals(core, path=path)
    assert (told.value.reason, told.value.where, told.value.detail) == ("interval_length", "300", "120")
    assert preview(core, path).refused is not None
    assert visits.count(core).all_visits == 0

    done = import_intervals(core, path=path, asked=Asked(seconds=120))
    assert ticked(core, done.visit_id) == {0: {"I.Lec"}, 1: {"S.L"}}


def test_unknown_codes_can_be_mapped_or_left_out(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", 1, 0], ["Vortrag", 0, 1], ["Quatsch", 1, 1], ["L", 1, 1]))

    asked = Asked(mapping=(("Vortrag", "Lec"), ("Quatsch", "")))
    done = import_intervals(core, path=path, asked=asked)

    assert ticked(core, done.visit_id) == {0: {"I.Lec", "S.L"}, 1: {"I.Lec", "S.L"}}
    assert "code_unknown" not in rules(done.problems)
    assert [(one.found, one.count) for one in done.problems if one.rule == "code_left_out"] == [("Quatsch", 2)]
    with pytest.raises(ImportProblem, match="unknown_code"):
        import_intervals(core, path=path, asked=Asked(mapping=(("Vortrag", "Nix"),)))


@pytest.mark.parametrize(
    "rows",
    [
        [["Students"], ["min", 0, 2], ["L", 1, 0], ["W", 0, 1], ["Total", 1, 1], [], ["Instructor"], ["min", 0, 2],
         ["Lec", 1, 1], ["W", 0, 1], ["Percent", 0.5, 0.2]],
        [["Students", 1, 2, "", "Instructor", 1, 2], ["L", 1, 0, None, "Lec", 1, 1], ["W", 0, 1, None, "W", 0, 1]],
        [["Students"], ["min", "L", "W"], ["0-2", "x", ""], ["2-4", "", "x"], [], ["Instructor is doing"],
         ["min", "Lec", "W"], ["0-2", "x", ""], ["2-4", "x", "x"]],
        [["", "min", "0-2", "2-4"], ["Student", "L", 1, 0], ["", "W", 0, 1], ["Teacher", "Lec", 1, 1], ["", "W", 0, 1]],
    ],
    ids=["stacked", "beside", "stacked across", "sides at the left"],
)  # fmt: skip
def test_two_blocks_each_with_its_side(core, tmp_path, rows):
    done = import_intervals(core, path=workbook(tmp_path, rows))

    assert ticked(core, done.visit_id) == {0: {"S.L", "I.Lec"}, 1: {"S.W", "I.Lec", "I.W"}}
    assert not {"side_guessed", "code_unknown", "tick_unclear"} & set(rules(done.problems))


def test_the_name_of_an_instructor_is_no_side(core, tmp_path):
    rows = [["Instructor: Smith"], *down(["W", 1], ["L", 1], ["Ind", 0])]

    assert [code.full for code in preview(core, workbook(tmp_path, rows)).grid.codes][1:] == ["S.L", "S.Ind"]


def test_numbers_that_are_no_ticks_are_told(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", -1, 0.5, 1], ["L", "1.0", "0,0", 3]))

    found = preview(core, path)

    assert set(found.grid.ticks) == {(2, "I.Lec"), (0, "S.L")}
    assert rules(found.problems).count("tick_unclear") == 3


def test_a_long_transcript_that_uses_the_words_of_codes_is_refused_soon(core, tmp_path):
    lines = ["t,s,words", *(f"{at // 60:02d}:{at % 60:02d},{'TL'[at % 2]},W" for at in range(20_000))]

    with pytest.raises(ImportProblem, match="no_codes"):
        preview(core, text_file(tmp_path, "\n".join(lines)))


def test_two_lines_of_one_code_that_contradict_each_other_are_told(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", 1, 0, 1], ["Lect", 1, 1, 1], ["L", 0, 0, 0]))

    done = import_intervals(core, path=path)

    assert ticked(core, done.visit_id)[1] == {"I.Lec"}
    assert [(one.rule, one.where) for one in done.problems if one.rule in {"code_twice", "ticks_differ"}] == [
        ("code_twice", "row 3, column A"), ("ticks_differ", "row 3, column C"),
    ]  # fmt: skip


def test_a_code_of_both_sides_follows_its_neighbours_and_that_is_told(core, tmp_path):
    path = workbook(tmp_path, down(["L", 1], ["W", 1], ["Lec", 0], ["W", 0], ["AnQ", 1]))

    found = preview(core, path)

    assert [code.full for code in found.grid.codes] == ["S.L", "S.W", "I.Lec", "I.W", "I.AnQ"]
    assert rules(found.problems).count("side_guessed") == 3


def test_intervals_without_any_mark_count_as_not_coded_where_zeros_are_written(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", 1, None, 0, None], ["L", 0, None, 0, None]))

    done = import_intervals(core, path=path)

    assert ticked(core, done.visit_id) == {0: {"I.Lec"}, 2: set()}
    assert [one.count for one in done.problems if one.rule == "intervals_blank"] == [1]


def test_shares_are_those_of_the_sheet(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", 1, 0, 1, 1], ["L", 0, 0, 0, 1]))

    done = import_intervals(core, path=path)

    sheet = sheet_of(core, done.visit_id)
    item = visits.form_of(visits.get(core, done.visit_id)).item("copus")
    shares = code_shares(item, sheet)
    assert (shares["I.Lec"].intervals.count, shares["I.Lec"].intervals.of) == (3, 4)
    assert (shares["S.L"].intervals.count, shares["S.L"].intervals.of) == (1, 4)


def test_an_import_is_one_action_that_undo_takes_back(core):
    done = import_intervals(core, path=ACROSS, teacher="Bo Kask")

    assert history.undo(core).kind == "import.intervals"
    assert visits.count(core).all_visits == 0
    history.redo(core)
    assert ticked(core, done.visit_id)[0] == {"S.L", "I.Lec"}


def test_ticks_join_a_planned_visit_and_give_it_the_form(core):
    visit = visits.plan(core, start=core.clock.now())

    import_intervals(core, path=ACROSS, visit_id=visit.id)

    now = visits.get(core, visit.id)
    assert (now.form_id, now.stage) == ("copus", Stage.TALK)
    assert history.undo(core, scope=visit.id).kind == "import.intervals"
    assert visits.get(core, visit.id).form_id == ""
    assert ticked_or_none(core, visit.id) == ()


def ticked_or_none(core, visit_id: str) -> tuple:
    with core.store.read() as unit:
        return unit.events.of_visit(visit_id)


def test_ticks_that_the_visit_has_already_stay(core, tmp_path):
    visit = visits.plan(core, form_id="copus")
    happenings.tick(core, visit_id=visit.id, item="copus", index=0, code="I.MG", ticked=True)
    happenings.tick(core, visit_id=visit.id, item="copus", index=1, code="I.Lec", ticked=True)
    happenings.tick(core, visit_id=visit.id, item="copus", index=1, code="I.Lec", ticked=False)
    path = workbook(tmp_path, down(["Lec", 1, 1], ["L", 0, 0]))

    for _again in range(2):
        done = import_intervals(core, path=path, visit_id=visit.id)

    assert ticked(core, visit.id) == {0: {"I.Lec", "I.MG"}, 1: {"I.Lec"}}
    assert [one.count for one in done.problems if one.rule == "tick_kept"] == [1]


def test_a_visit_with_another_form_refuses(core):
    visit = visits.plan(core, form_id="lesson-snapshots")

    with pytest.raises(ImportProblem, match="other_form"):
        import_intervals(core, path=ACROSS, visit_id=visit.id, asked=Asked(form_id="copus"))
    with pytest.raises(ImportProblem, match="no_intervals"):
        import_intervals(core, path=ACROSS, asked=Asked(form_id="open-notes"))


def test_the_forms_that_an_interval_sheet_can_have_are_listed(core):
    assert {"copus", "lesson-snapshots"} <= {form_id for form_id, _title in forms_with_intervals(core)}


def test_the_sheet_with_the_codes_is_found_among_others(core, tmp_path):
    from openpyxl import load_workbook

    path = workbook(tmp_path, [["About"], ["Coder", "AB"]])
    book = load_workbook(path)
    other = book.create_sheet("Codes")
    for row in down(["Lec", 1, 0], ["L", 0, 1]):
        other.append(row)
    book.save(path)

    assert preview(core, path).grid.sheet == "Codes"
    with pytest.raises(FileUnreadable, match="no_sheet"):
        preview(core, path, Asked(sheet="Nope"))


def test_formulas_without_a_stored_result_are_told(core, tmp_path):
    path = workbook(tmp_path, down(["Lec", 1, "=1+0"], ["L", 0, 1]))

    assert [one.where for one in preview(core, path).problems if one.rule == "formula_unstored"] == ["row 2, column C"]


def test_a_hundred_thousand_columns_are_cut_with_a_word_about_it(core, tmp_path):
    many = 100_000
    lines = [
        ",".join(["t", *map(str, range(1, many))]),
        ",".join(["Lec", *["1"] * many]),
        ",".join(["L", *["0"] * many]),
    ]
    path = text_file(tmp_path, "\n".join(lines))

    found = preview(core, path)

    assert found.intervals == 299
    assert "columns_beyond" in rules(found.problems)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("a,b\n1,2\n", "no_codes"), ("t,1,2\nLec,,\nL,,\n", "no_ticks"), ('{"a": 1}', "not_a_table")],
)
def test_what_is_no_sheet_of_codes_is_refused(core, tmp_path, text, reason):
    with pytest.raises((ImportProblem, FileUnreadable)) as told:
        import_intervals(core, path=text_file(tmp_path, text))

    assert told.value.reason == reason
    assert visits.count(core).all_visits == 0


def test_half_a_workbook_and_a_bomb_are_refused(core, tmp_path):
    whole = workbook(tmp_path, down(["Lec", 1, 0], ["L", 0, 1]))
    half = tmp_path / "half.xlsx"
    half.write_bytes(whole.read_bytes()[:3000])
    bomb = repacked(whole, {"xl/media/a.bin": b"\x00" * 40_000_000})

    for path in (half, bomb):
        with pytest.raises(FileUnreadable):
            import_intervals(core, path=path)
    assert visits.count(core).all_visits == 0


def test_a_cancelled_import_keeps_nothing(core):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        import_intervals(core, path=ACROSS, progress=progress)
    assert visits.count(core).all_visits == 0


@given(
    ticks=st.lists(st.lists(st.sampled_from([0, 1]), min_size=4, max_size=4), min_size=3, max_size=12),
    style=st.sampled_from([(1, 0), ("x", ""), ("TRUE", "FALSE"), ("✓", "-"), ("1", "0")]),
)
def test_any_grid_arrives_as_it_is(core, tmp_path, ticks, style):
    heads = ["L", "SW", "Lec", "OoO"]
    fulls = ["S.L", "S.W", "I.Lec", "I.1o1"]
    ticks[0][0] = ticks[-1][0] = 1
    rows = [
        ["", *heads],
        *([f"{2 * at}-{2 * at + 2}", *(style[not one] for one in row)] for at, row in enumerate(ticks)),
    ]
    path = text_file(tmp_path, "\n".join(";".join(map(str, row)) for row in rows))

    found = preview(core, path)

    assert set(found.grid.ticks) == {
        (at, full) for at, row in enumerate(ticks) for full, one in zip(fulls, row, strict=True) if one
    }
    assert found.intervals == len(ticks)


def codes_kept(core, visit_id: str) -> set[str]:
    item = visits.form_of(visits.get(core, visit_id)).item("copus")
    return {side.full(code) for side in item.sides for code in side.codes}


def test_a_code_without_a_line_in_the_sheet_is_no_zero(core, tmp_path):
    done = import_intervals(core, path=workbook(tmp_path, down(["Lec", 1, 0], ["PQ", 0, 0])))

    assert codes_kept(core, done.visit_id) == {"I.Lec", "I.PQ"}
    form = visits.form_of(visits.get(core, done.visit_id))
    shares = code_shares(form.item("copus"), sheet_of(core, done.visit_id))
    assert (shares["I.PQ"].intervals.count, shares["I.PQ"].intervals.of) == (0, 2)
    assert "S.L" not in shares


def test_a_second_sheet_with_the_other_codes_adds_them(core, tmp_path):
    (tmp_path / "other").mkdir()
    first = import_intervals(core, path=workbook(tmp_path, down(["Lec", 1, 0], ["PQ", 0, 0])))
    other = workbook(tmp_path / "other", down(["SAnQ", 0, 1], ["L", 1, 1]))

    import_intervals(core, path=other, visit_id=first.visit_id)

    assert codes_kept(core, first.visit_id) == {"I.Lec", "I.PQ", "S.AnQ", "S.L"}
    assert ticked(core, first.visit_id) == {0: {"I.Lec", "S.L"}, 1: {"S.AnQ", "S.L"}}
    history.undo(core, scope=first.visit_id)
    assert codes_kept(core, first.visit_id) == {"I.Lec", "I.PQ"}


def test_what_an_observer_coded_live_keeps_its_codes(core, tmp_path):
    visit = visits.plan(core, form_id="copus")
    happenings.tick(core, visit_id=visit.id, item="copus", index=0, code="I.MG", ticked=True)

    import_intervals(core, path=workbook(tmp_path, down(["Lec", 1, 1], ["PQ", 0, 0])), visit_id=visit.id)

    assert len(codes_kept(core, visit.id)) == 25

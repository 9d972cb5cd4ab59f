"""Tables of readings as schools have them, and hostile ones: previewed, told, kept as one act or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable, ImportProblem, NotFound, ObserveError
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import history
from observe_app.services.groups import goals, readings
from observe_app.services.groups.day_cells import day_order, read_day
from observe_app.services.groups.readings_in import import_readings, preview_readings

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.groups.goal import Goal
    from observe_app.services.core import Core


@pytest.fixture
def goal(core: Core) -> Goal:
    return goals.add(core, title="Answers with a reason", unit="%")


def table(tmp_path: Path, text: str, *, encoding: str = "utf-8", name: str = "averages.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def kept(core: Core, goal: Goal) -> list[tuple[str, float, int | None, str]]:
    return [(one.on.isoformat(), one.value, one.n, one.series) for one in readings.of_goal(core, goal.id)]


def test_a_row_for_each_reading(core: Core, goal: Goal, tmp_path: Path) -> None:
    path = table(tmp_path, "date,average,n,class,remark\n2026-09-01,61.5,24,7a,first\n2026-10-01,63,25,7a,\n")
    result = import_readings(core, goal_id=goal.id, path=path)

    assert result.mapping == {"date": "A", "value": "B", "n": "C", "series": "D", "note": "E"}
    assert kept(core, goal) == [("2026-09-01", 61.5, 24, "7a"), ("2026-10-01", 63.0, 25, "7a")]
    assert {one.source for one in readings.of_goal(core, goal.id)} == {"averages.csv"}


def test_classes_side_by_side(core: Core, goal: Goal, tmp_path: Path) -> None:
    path = table(tmp_path, "Datum;7a;7b;Anzahl\n01.09.2026;3,1;2,9;26\n15.09.2026;;3,0;26\n")
    import_readings(core, goal_id=goal.id, path=path)

    assert kept(core, goal) == [
        ("2026-09-01", 3.1, 26, "7a"), ("2026-09-01", 2.9, 26, "7b"), ("2026-09-15", 3.0, 26, "7b"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_whatever_letters_it_is_written_in(core: Core, goal: Goal, tmp_path: Path, encoding: str) -> None:
    path = table(tmp_path, "Tag;Mittelwert;Bemerkung\n01.09.2026;3,5;Schüler üben täglich\n", encoding=encoding)
    import_readings(core, goal_id=goal.id, path=path)

    assert readings.of_goal(core, goal.id)[0].note == "Schüler üben täglich"


def test_a_workbook_with_real_dates(core: Core, goal: Goal, tmp_path: Path) -> None:
    from openpyxl import Workbook  # as the program does, only where it is needed

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Day", "Score", "n"), (datetime(2026, 9, 1), 61, 24), (date(2026, 10, 1), "62 %", 25.0)):  # noqa: DTZ001  (a cell has no zone)
        sheet.append(row)
    path = tmp_path / "averages.xlsx"
    book.save(path)
    import_readings(core, goal_id=goal.id, path=path)

    assert kept(core, goal) == [("2026-09-01", 61.0, 24, ""), ("2026-10-01", 62.0, 25, "")]


def test_bringing_it_in_again_changes_nothing_and_another_value_changes_one(
    core: Core, goal: Goal, tmp_path: Path
) -> None:
    path = table(tmp_path, "date,value\n2026-09-01,61\n2026-10-01,62\n")
    import_readings(core, goal_id=goal.id, path=path)
    again = import_readings(core, goal_id=goal.id, path=path)
    assert (again.count("add"), again.count("change"), again.count("same")) == (0, 0, 2)

    table(tmp_path, "date,value\n2026-09-01,61\n2026-10-01,64\n")
    seen = preview_readings(core, goal_id=goal.id, path=path)
    assert (seen.count("change"), seen.count("same")) == (1, 1)
    assert [value for _on, value, _n, _of in kept(core, goal)] == [61.0, 62.0], "a preview keeps nothing"
    import_readings(core, goal_id=goal.id, path=path)
    assert [value for _on, value, _n, _of in kept(core, goal)] == [61.0, 64.0]
    history.undo(core)
    assert [value for _on, value, _n, _of in kept(core, goal)] == [61.0, 62.0], "one step back"
    history.undo(core)
    assert kept(core, goal) == []


def test_what_cannot_be_read_is_said_and_the_rest_comes(core: Core, goal: Goal, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "date,value,n\n2026-09-01,61,24\nsoon,61,24\n2026-09-08,many,24\n2026-09-15,62,most\n2026-09-15,63,24\n"
        "2026-09-22,nan,24\n2026-09-23,1e99,24\n",
    )
    result = import_readings(core, goal_id=goal.id, path=path)

    assert kept(core, goal) == [("2026-09-01", 61.0, 24, ""), ("2026-09-15", 62.0, None, "")]
    assert [(one.rule, one.row) for one in result.problems] == [
        ("reading_no_day", 3), ("reading_no_number", 4), ("reading_no_n", 5), ("reading_twice", 6),
        ("reading_no_number", 7), ("reading_no_number", 8),
    ]  # fmt: skip


def test_formulas_are_words_and_nothing_is_worked_out(core: Core, goal: Goal, tmp_path: Path) -> None:
    path = table(tmp_path, 'date,value,note\n2026-09-01,=1+1,x\n2026-09-02,3,"=HYPERLINK(""http://evil"")"\n')
    result = import_readings(core, goal_id=goal.id, path=path)

    assert [one.rule for one in result.problems] == ["reading_no_number"]
    assert readings.of_goal(core, goal.id)[0].note.startswith("=HYPERLINK")


def test_a_name_puts_values_beside_the_goals_own_measure(core: Core, goal: Goal, tmp_path: Path) -> None:
    path = table(tmp_path, "date,value\n2026-09-01,3.1\n")
    import_readings(core, goal_id=goal.id, path=path, series="Maths test")

    assert kept(core, goal) == [("2026-09-01", 3.1, None, "Maths test")]


def test_the_person_says_which_column_is_what(core: Core, goal: Goal, tmp_path: Path) -> None:
    path = table(tmp_path, "when,a,b\n2026-09-01,1,61\n")
    import_readings(core, goal_id=goal.id, path=path, mapping={"value": "b"})
    assert [value for _on, value, _n, _of in kept(core, goal)] == [61.0]
    mapped = preview_readings(core, goal_id=goal.id, path=path, mapping={"date": "@A", "value": "@B"}).mapping
    assert mapped == {"date": "A", "value": "B"}, "a head of one letter is no column letter"
    with pytest.raises(ImportProblem) as refused:
        preview_readings(core, goal_id=goal.id, path=path, mapping={"value": "Z"})
    assert refused.value.reason == "unknown_column"
    with pytest.raises(ImportProblem) as refused:
        preview_readings(core, goal_id=goal.id, path=path, mapping={"teacher": "A"})
    assert refused.value.reason == "unknown_role"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("\x00\x01\x02binary", "no_column"),
        ("name,room\nInes,12\n", "no_column"),
        ("date,value\n", "no_rows"),
        ("date,value\n" + "2026-09-01,1\n" * 5_001, "too_many_rows"),
        ("%PDF-1.7\n", "not_a_table"),
    ],
)
def test_what_is_no_table_of_readings_is_refused_whole(
    core: Core, goal: Goal, tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises((FileUnreadable, ImportProblem)) as refused:
        import_readings(core, goal_id=goal.id, path=table(tmp_path, text))

    assert refused.value.reason == reason
    assert kept(core, goal) == []


def test_a_cancelled_import_keeps_nothing(core: Core, goal: Goal, tmp_path: Path) -> None:
    class Stop(Progress):
        def step(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    path = table(tmp_path, "date,value\n2026-09-01,61\n")
    with pytest.raises(Cancelled):
        import_readings(core, goal_id=goal.id, path=path, progress=Stop())
    with pytest.raises(NotFound):
        import_readings(core, goal_id="nothing", path=path)

    assert kept(core, goal) == []


@pytest.mark.parametrize(
    ("cells", "order", "guessed"),
    [
        (["3/4/2026", "25/4/2026"], "day", False),
        (["3/4/2026", "4/25/2026"], "month", False),
        (["3/4/2026"], "day", True),
        (["3.4.2026"], "day", False),
        (["4/4/2026"], "day", False),
        (["2026-04-03"], "day", False),
    ],
)
def test_days_before_months_or_after_them(cells: list[str], order: str, guessed: bool) -> None:
    assert day_order(cells) == (order, guessed)


def test_a_guess_about_days_is_told(core: Core, goal: Goal, tmp_path: Path) -> None:
    result = import_readings(core, goal_id=goal.id, path=table(tmp_path, "date,value\n3/4/2026,61\n"))

    assert [one.rule for one in result.problems] == ["days_first"]
    assert kept(core, goal)[0][0] == "2026-04-03"


@given(st.text(max_size=60))
def test_no_words_break_the_reading_of_days(words: str) -> None:
    found = read_day(words, "")

    assert found is None or isinstance(found, date)


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2060, 12, 31)))
def test_days_are_read_as_they_are_written(day: date) -> None:
    assert read_day(day.isoformat(), "") == day
    assert read_day(f"{day:%d.%m.%Y}", "day") == day
    assert read_day(f"{day:%m/%d/%Y}", "month") == day


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=12))
def test_no_table_breaks_it(core: Core, goal: Goal, tmp_path: Path, rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    path = tmp_path / "odd.csv"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        result = preview_readings(core, goal_id=goal.id, path=path)
    except ObserveError:
        return
    assert all(change.reading.goal_id == goal.id for change in result.changes)
    assert len({(change.reading.on, change.reading.series) for change in result.changes}) == len(result.changes)

"""Surveys on one computer: drafts, opening, answers in the urn, batches, results."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound, NothingToUndo
from observe_app.domain.surveys.sheet import Given
from observe_app.services import history
from observe_app.services.surveys import collecting, results, surveys
from observe_app.services.surveys.answering import Way, answer

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.services.core import Core


def opened(core: Core, form: Form, **fields) -> str:
    draft = surveys.create(core, form=form, title="How was it?", **fields)
    return surveys.open_survey(core, survey_id=draft.id).id


def fill(core: Core, survey: str, count: int, *, words: str = "word", way: Way = Way.PASSED) -> None:
    for number in range(count):
        given = {"useful": Given(1 + number % 5), "words": Given(f"{words} {number}")}
        answer(core, survey_id=survey, given=given, way=way)


def test_a_draft_becomes_an_open_survey_that_takes_answers(core, asked):
    draft = surveys.create(core, form=asked, title=" How  was it? ", closes=date(2030, 1, 1))
    assert surveys.view(core, draft.id).survey.state == "draft"
    assert surveys.waiting_for_me(core) == ()

    survey = surveys.open_survey(core, survey_id=draft.id)

    (only,) = surveys.listing(core)
    assert only.survey == survey
    assert (only.survey.title, only.survey.state, only.mine, only.here) == ("How was it?", "open", True, True)
    assert [one.id for one in only.form.items] == [one.id for one in asked.items]
    assert survey.key.startswith("age1")


def test_what_was_promised_is_not_changed_once_it_is_open(core, asked):
    survey = opened(core, asked)

    for fields in ({"anonymous": False}, {"least": 7}, {"kind": "pulse"}):
        with pytest.raises(Invalid) as caught:
            surveys.edit(core, survey_id=survey, **fields)
        assert caught.value.rule == "promised"
    with pytest.raises(Invalid):
        surveys.open_survey(core, survey_id=survey)
    assert surveys.edit(core, survey_id=survey, title="Better").title == "Better"


def test_fewer_than_five_show_nothing_and_five_show_all_of_them(core, asked):
    survey = opened(core, asked)
    fill(core, survey, 4)

    assert collecting.release(core, survey_id=survey) == 0
    four = results.results(core, survey)
    assert (four.enough, four.items, four.n, four.view.waiting, four.ready) == (False, (), 0, 4, False)

    fill(core, survey, 1, words="fifth")
    assert results.results(core, survey).ready
    assert collecting.release(core, survey_id=survey) == 5

    five = results.results(core, survey)
    assert (five.enough, five.n, five.few, five.view.waiting) == (True, 5, True, 0)
    rating, _choice, _check, words = five.items
    assert rating.n == 5
    assert dict(rating.counts) == {"1": 2, "2": 1, "3": 1, "4": 1, "5": 0}
    assert sorted(words.texts) == ["fifth 0", "word 0", "word 1", "word 2", "word 3"]


def test_the_sixth_answer_is_not_told_by_what_it_adds(core, asked):
    survey = opened(core, asked)
    fill(core, survey, 5)
    collecting.release(core, survey_id=survey)
    before = results.results(core, survey)
    fill(core, survey, 4, words="late")

    assert collecting.release(core, survey_id=survey) == 0
    collecting.close(core, survey_id=survey)

    after = results.results(core, survey)
    assert [(one.n, one.counts) for one in after.items] == [(one.n, one.counts) for one in before.items]
    assert after.view.waiting == 4
    surveys.reopen(core, survey_id=survey)
    fill(core, survey, 1, words="ninth")
    assert collecting.release(core, survey_id=survey) == 5
    assert results.results(core, survey).n == 10


def test_closing_shows_everything_at_once_where_nobody_looked_before(core, asked):
    survey = opened(core, asked)
    fill(core, survey, 9)

    collecting.close(core, survey_id=survey)

    assert results.results(core, survey).n == 9
    with core.store.read() as unit:
        assert {one.batch for one in unit.surveys.answers.find(survey_id=survey)} == {1}
    with pytest.raises(Invalid) as caught:
        fill(core, survey, 1)
    assert caught.value.rule == "closed"
    fill(core, survey, 1, way=Way.PAPER)  # sheets come in after the last day
    assert surveys.view(core, survey).waiting == 1


def test_a_release_is_never_taken_back(core, asked):
    survey = opened(core, asked)
    fill(core, survey, 5)
    collecting.release(core, survey_id=survey)
    rows = results.results(core, survey).n

    while True:
        try:
            history.undo(core)
        except NothingToUndo:
            break

    with core.store.read() as unit:
        assert len(unit.surveys.answers.find(survey_id=survey)) == rows == 5


def test_released_rows_say_neither_who_nor_when_nor_in_which_order(core, asked, clock):
    survey = opened(core, asked)
    for number in range(8):
        clock.advance(seconds=90)
        answer(core, survey_id=survey, given={"useful": Given(1 + number % 5)}, way=Way.OWN)
    collecting.release(core, survey_id=survey)

    with core.store.read() as unit:
        rows = unit.surveys.answers.find(survey_id=survey)
        journal = [
            row[0]
            for row in unit.plain.execute(
                "SELECT DISTINCT row_id FROM journal_change WHERE table_name = 'survey_answer' ORDER BY seq"
            ).fetchall()
        ]
    assert all((row.person_id, row.on, row.batch) == ("", None, 1) for row in rows)
    assert all(len(row.id) == 32 for row in rows)
    assert journal == sorted(journal)  # by ids that chance made, and by nothing else


def test_answering_leaves_no_action_behind(core, asked):
    survey = opened(core, asked)
    with core.store.read() as unit:
        before = unit.position, unit.plain.execute("SELECT count(*) FROM journal_action").fetchone()

    fill(core, survey, 3, way=Way.OWN)

    with core.store.read() as unit:
        assert (unit.position, unit.plain.execute("SELECT count(*) FROM journal_action").fetchone()) == before


def test_a_survey_is_asked_until_it_is_answered_or_waved_away(core, asked):
    from observe_app.services import people

    me = people.introduce(core, name="Anna").id
    first, second = opened(core, asked, asked=(me,)), opened(core, asked, asked=(me,))
    assert {one.survey.id for one in surveys.waiting_for_me(core)} == {first, second}

    answer(core, survey_id=first, given={"useful": Given(3)})
    surveys.not_for_me(core, survey_id=second)

    assert surveys.waiting_for_me(core) == ()


def test_before_the_first_and_after_the_last_day_nothing_is_taken(core, asked):
    day = surveys.today(core)
    early = opened(core, asked, opens=day + timedelta(days=1))
    late = opened(core, asked, opens=day - timedelta(days=3), closes=day - timedelta(days=1))

    for survey in (early, late):
        with pytest.raises(Invalid):
            fill(core, survey, 1)
    with pytest.raises(Invalid):
        surveys.create(core, form=asked, title="x", opens=day, closes=day - timedelta(days=1))


def test_an_empty_sheet_is_no_answer(core, asked):
    survey = opened(core, asked)

    with pytest.raises(Invalid) as caught:
        answer(core, survey_id=survey, given={"words": Given("  \n ")})
    assert caught.value.rule == "empty"
    with pytest.raises(NotFound):
        answer(core, survey_id="none", given={"useful": Given(1)})


def test_a_named_survey_shows_each_answer_once_with_its_name(core, asked):
    from observe_app.services import people

    me = people.introduce(core, name="Anna").id
    ben = people.add(core, name="Ben Kaya").id
    survey = opened(core, asked, anonymous=False)
    answer(core, survey_id=survey, given={"useful": Given(2)})
    answer(core, survey_id=survey, given={"useful": Given(4)})  # thought better of it
    answer(core, survey_id=survey, given={"useful": Given(5)}, way=Way.PAPER, person_id=ben)

    found = results.named(core, survey)

    assert [(one.person_id, one.name, one.sheet["useful"].value) for one in found] == [
        (me, "Anna", 4), (ben, "Ben Kaya", 5),
    ]  # fmt: skip
    assert results.results(core, survey).n == 2


def test_a_pulse_goes_round_by_round_with_its_n(core, asked, clock):
    first = opened(core, asked, kind="pulse")
    fill(core, first, 6)
    collecting.close(core, survey_id=first)
    clock.advance(seconds=86_400)
    again = surveys.open_survey(core, survey_id=surveys.next_round(core, survey_id=first).id).id
    fill(core, again, 5)
    collecting.close(core, survey_id=again)
    clock.advance(seconds=86_400)
    third = surveys.open_survey(core, survey_id=surveys.next_round(core, survey_id=again).id).id
    fill(core, third, 3)  # too few to show

    ((item, points),) = results.pulse(core, surveys.view(core, first).survey.series_id)

    assert item.id == "useful"
    assert [(one.above, one.n) for one in points] == [(2, 6), (2, 5)]


def test_before_and_after_are_compared_as_two_groups(core, asked):
    first = opened(core, asked, kind="before")
    fill(core, first, 5)
    collecting.close(core, survey_id=first)
    draft = surveys.next_round(core, survey_id=first, kind="after")
    after = surveys.open_survey(core, survey_id=draft.id).id
    assert results.before_after(core, after) == ()
    fill(core, after, 7)
    collecting.close(core, survey_id=after)

    (useful,) = results.before_after(core, first)

    assert (useful.before.n, useful.after.n) == (5, 7)


def test_another_of_ones_own_computers_collects_only_when_told_to(core, asked):
    survey = opened(core, asked)
    core.store.ledger.new_writer()
    core.store.poll_outside()
    with core.store.write("person.add") as unit:  # learns of its new name
        unit.commit()

    assert not surveys.view(core, survey).here
    fill(core, survey, 5)
    assert surveys.view(core, survey).leaving == 5
    surveys.take_over(core, survey_id=survey)
    fill(core, survey, 5)

    assert collecting.release(core, survey_id=survey) == 5


def test_a_cross_table_waits_for_the_end_and_for_enough(core, asked):
    survey = opened(core, asked)
    for _ in range(6):
        answer(core, survey_id=survey, given={"useful": Given(5), "again": Given("yes")}, way=Way.PASSED)
    collecting.release(core, survey_id=survey)
    assert results.crossed(core, survey, "useful", "again") is None

    collecting.close(core, survey_id=survey)

    cells = results.crossed(core, survey, "useful", "again")
    assert cells is not None
    assert cells["5", "yes"] == 6
    assert results.crossed(core, survey, "useful", "words") is None


def test_where_sealed_answers_lie_in_the_files_says_nothing_of_their_order(core, asked):
    survey = opened(core, asked)
    given = []
    for _number in range(8):
        fill(core, survey, 1)
        with core.store.read() as unit:
            given.extend(raw for _name, raw in unit.surveys.in_urn(survey) if raw not in given)

    log = core.store.path.with_name(core.store.path.name + "-wal")
    assert not log.exists() or not any(raw[-200:] in log.read_bytes() for raw in given)
    content = core.store.path.read_bytes()
    places = [content.find(raw[-200:]) for raw in given]
    assert min(places) > 0
    assert places not in (sorted(places), sorted(places, reverse=True))  # but for one case in twenty thousand


def test_an_answer_that_a_backup_brings_back_is_not_released_twice(core, asked):
    survey = opened(core, asked)
    fill(core, survey, 6)
    with core.store.read() as unit:
        kept = unit.surveys.in_urn(survey)
    collecting.release(core, survey_id=survey)
    with core.store.write("survey.answer") as unit:  # as they stand in the urn of a copy made before the release
        for name, raw in kept:
            unit.surveys.put_in(name, survey, raw, leave=False)
        unit.commit()

    assert collecting.release(core, survey_id=survey) == 0

    assert results.results(core, survey).n == 6
    assert surveys.view(core, survey).waiting == 0

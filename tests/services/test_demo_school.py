"""The worked school: made through the services once, and looked at from every side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import backup, demo, demo_school, demo_school_words, journals, people
from observe_app.services.core import close
from observe_app.services.groups import goals, groups, page
from observe_app.services.learning import certificates, hours, portfolio
from observe_app.services.rounds import progress as round_progress
from observe_app.services.rounds import rounds, timetables
from observe_app.services.school import calendar, classes
from observe_app.services.sessions import follow_ups, sessions
from observe_app.services.surveys import results, surveys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.services.core import Core


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    folder: Path = tmp_path_factory.mktemp("school")
    clock = demo.demo_clock()
    core = wire_core(folder, clock=clock, ids=Ids(clock))
    demo.introduce(core)
    clock.advance(seconds=70 * 86_400)
    demo_school.record_school(core)
    yield core
    close(core)


def test_the_staff_list_is_in_with_subjects_and_managers(school: Core) -> None:
    found = [row.person for row in people.listing(school)]
    assert len(found) == 24
    assert all(one.subjects and one.staff_id for one in found)
    assert sum(bool(one.manager_id) for one in found) == 21


def test_there_is_a_term_now_and_classes_in_it(school: Core) -> None:
    term = calendar.current_term(school)
    assert term is not None
    assert term.name == "Autumn term"
    assert len(classes.listing(school)) == len(demo_school_words.CLASSES)


def test_everybody_has_a_timetable_and_is_in_the_round(school: Core) -> None:
    assert timetables.missing(school, [row.person.id for row in people.listing(school)]) == ()
    view = rounds.view(school, rounds.listing(school)[0].round.id)
    assert view.report is not None
    assert view.report.wanted == 24
    assert view.report.found >= 22
    assert all(one.on is not None for one in view.pairings)
    board = round_progress.board(school, view.round.id)
    assert len(board.rows) == 24


def test_two_communities_and_a_pair_have_goals_and_promises(school: Core) -> None:
    assert [row.group.name for row in groups.listing(school)] == ["Aoife and Priya", "Practical science",
                                                                  "Questions and wait time"]  # fmt: skip
    group = groups.by_name(school, demo_school_words.QUESTIONS)
    assert len(groups.members(school, group.id)) == 8
    assert [goal.status for goal in goals.of_group(school, group.id)] == ["open", "reached"]
    assert page.page(school, group.id)


def test_three_sessions_left_promises_that_are_due(school: Core) -> None:
    states = [row.session.state for row in sessions.listing(school)]
    assert sorted(states) == ["held", "held", "planned"]
    due = follow_ups.due_of(school, str(school.settings.get().me_id))
    assert [row.follow_up.text for row in due] == ["Count questions in 9A"]


def test_the_survey_shows_what_seven_people_said_and_not_who(school: Core) -> None:
    one = surveys.listing(school)[0].survey
    found = results.results(school, one.id)
    assert found.enough
    assert found.n == len(demo_school_words.ANSWERS)
    assert results.named(school, one.id) == ()


def test_hours_a_certificate_a_journal_and_a_portfolio_are_there(school: Core) -> None:
    me = school.settings.get().me_id
    assert me is not None
    [certificate] = certificates.of_person(school, me)
    assert certificate.minutes == 120
    today = groups.today(school)
    assert hours.overview(school, first=certificate.first, last=today)
    assert len(journals.everything(school)) == 2
    assert portfolio.listing(school)[0].foreword == demo_school_words.FOREWORD


def test_the_record_is_sound(school: Core) -> None:
    assert backup.check(school) == ()


def test_it_stops_when_it_is_asked_to(core: Core) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        demo_school.record_school(core, progress)
    assert groups.listing(core) == ()

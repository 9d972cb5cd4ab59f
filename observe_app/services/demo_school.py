"""The worked school around the sample term: 24 people, two communities, a round, three sessions, a survey, hours.

All of it goes through the services, as somebody at the screen would do it.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from observe_app.domain.hours import HoursKind, Per
from observe_app.domain.portfolio import Pick
from observe_app.domain.progress import Progress
from observe_app.domain.rounds.rules import Rules, SubjectRule, Travel
from observe_app.domain.sessions.states import ItemKind
from observe_app.domain.surveys.sheet import Given
from observe_app.services import demo_school_words as words
from observe_app.services import journals, people
from observe_app.services.exchange.people_in import import_people
from observe_app.services.groups import goals, groups, readings, resources
from observe_app.services.learning import certificates, hours, portfolio
from observe_app.services.rounds import invite, planning, rounds, timetables
from observe_app.services.school import classes, terms
from observe_app.services.sessions import attendance, follow_ups, items, sessions
from observe_app.services.surveys import answering, collecting, surveys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.groups.group import PeerGroup
    from observe_app.services.core import Core

_SOLVE_S = 60.0
"""The search ends by its own count long before; a busy computer has the same round as a quick one, only later."""


def record_school(core: Core, progress: Progress | None = None) -> None:
    """Set up the worked school in a data folder that has the sample term; its present is the clock's now.

    Raises:
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    today = groups.today(core)
    parts = (_calendar, _people, _classes, _timetable, _groups, _sessions, _survey, _round, _learning)
    for number, part in enumerate(parts):
        progress.step(number, len(parts))
        part(core, today)
    progress.step(len(parts), len(parts))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _ids(core: Core) -> dict[str, str]:
    return {one.person.name: one.person.id for one in people.listing(core)}


def _calendar(core: Core, today: date) -> None:
    first = _monday(today - timedelta(days=91))
    terms.add_term(core, name="School year", first=first, last=first + timedelta(days=320), kind="year")
    terms.add_term(core, name="Autumn term", first=first, last=first + timedelta(days=144))
    terms.add_holiday(
        core, name="Half-term break", first=_monday(today - timedelta(days=28)),
        last=_monday(today - timedelta(days=28)) + timedelta(days=6),
    )  # fmt: skip


def _people(core: Core, _today: date) -> None:
    """Bring the staff list in, as a coordinator has it: the people of the term are known by their names."""
    rows = [
        (name, staff_id, f"{staff_id.lower()}@northfield.example", subjects, building, pronouns,
         words.LEADS[building] if words.LEADS[building] != name else "")
        for name, staff_id, subjects, building, pronouns in words.PEOPLE
    ]  # fmt: skip
    heads = ("Name", "Staff ID", "E-mail", "Subjects", "Building", "Pronouns", "Line manager")
    with TemporaryDirectory() as folder:
        import_people(core, path=_table(Path(folder) / "staff.csv", heads, rows))


def _table(path: Path, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


def _classes(core: Core, _today: date) -> None:
    known = _ids(core)
    for name, subject, year, size, room, building, teacher in words.CLASSES:
        classes.add(
            core, name=name, subject=subject, year_group=year, size=size, room=room, building=building,
            teacher_ids=(known[teacher],),
        )  # fmt: skip


def _timetable(core: Core, _today: date) -> None:
    """Bring a timetable in: four or so of six lessons a day, each by a rule that needs no chance."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    rows: list[tuple[str, ...]] = []
    for number, (name, _staff_id, subject, building, _pronouns) in enumerate(words.PEOPLE):
        for day_number, day in enumerate(days):
            for period, (start, end) in enumerate(words.PERIODS):
                if (number * 3 + day_number * 2 + period * 5) % 9 < 5:
                    taught = f"{7 + (number + period) % 6}{'ABCD'[(number + day_number) % 4]}"
                    room = f"{building[0]} {number + 1}"
                    hours_of = timetables.clock(start), timetables.clock(end)
                    rows.append((name, day, *hours_of, taught, subject, room, building))
    heads = ("Person", "Day", "Start", "End", "Class", "Subject", "Room", "Building")
    with TemporaryDirectory() as folder:
        timetables.bring_in(core, paths=(_table(Path(folder) / "timetable.csv", heads, rows),))


def _groups(core: Core, today: date) -> None:
    known = _ids(core)
    for one in words.GROUPS:
        given: Any = {key: value for key, value in one.items() if key != "people"}
        group = groups.add(core, **given, revisit=today + timedelta(days=60) if given["measure"] else None)
        for name, roles in one["people"]:  # type: ignore[attr-defined]  # pairs
            groups.set_member(
                core, group_id=group.id, person_id=known[name], roles=roles, since=today - timedelta(days=80)
            )
    school = goals.add(core, title=words.SCHOOL_GOAL)
    group = groups.by_name(core, words.QUESTIONS)
    goal = goals.add(
        core, group_id=group.id, title=words.GOAL, parent_id=school.id, measure=str(group.measure), unit="%",
        baseline=22.0, target=60.0, due=today + timedelta(days=90),
    )  # fmt: skip
    for days, value, number in words.GOAL_READINGS:
        readings.add(core, goal_id=goal.id, on=today + timedelta(days=days), value=value, n=number)
    for days, value, number in words.OUTCOME_READINGS:
        readings.add(
            core, goal_id=goal.id, on=today + timedelta(days=days), value=value, n=number, series=words.OUTCOME
        )
    done = goals.add(core, group_id=group.id, title=words.REACHED)
    goals.close(core, goal_id=done.id, story=words.REACHED_STORY)
    resources.add_link(
        core, group_id=group.id, link="https://www.northfield.example/three-ways", title="Three ways of passing on",
        licence="CC BY 4.0, Northfield School",
    )  # fmt: skip


def _sessions(core: Core, today: date) -> None:
    group = groups.by_name(core, words.QUESTIONS)
    for one in words.SESSIONS:
        _session(core, group, dict(one), today)


def _session(core: Core, group: PeerGroup, one: dict[str, Any], today: date) -> None:
    known = _ids(core)
    zone = core.clock.zone_name()
    day = _school_day(today + timedelta(days=one["days"]))
    start = datetime(day.year, day.month, day.day, 15, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    made = sessions.plan(
        core, group_id=group.id, title=one["title"], start=start, minutes=60, zone=zone, place=one["place"],
        link=words.SESSION_LINK, objectives=one["objectives"], notes=one["notes"],
        facilitator_id=known["Amina Diallo-Žižek"], recorder_id=known["Jonas Brandt"],
        time_keeper_id=known["Samuel Okafor"],
    )  # fmt: skip
    for title, minutes in one["agenda"]:
        items.add(core, session_id=made.id, title=title, minutes=minutes)
    for title in one["decisions"]:
        items.add(core, session_id=made.id, kind=ItemKind.DECISION.value, title=title)
    for title in one["parking"]:
        items.add(core, session_id=made.id, kind=ItemKind.PARKING.value, title=title)
    for text, owner, days in one["follow_ups"]:
        follow_ups.add(core, text=text, session_id=made.id, owner_id=known[owner], due=today + timedelta(days=days))
    if one["done"]:
        attendance.all_present(core, session_id=made.id)
        for name in one["missing"]:
            attendance.mark(core, session_id=made.id, person_id=known[name], state="apologies")
        _held(core, made.id)


def _held(core: Core, session_id: str) -> None:
    """Say that a session was held as long as it was planned."""
    from observe_app.services.sessions import running  # noqa: PLC0415  (the clock, which nothing else here needs)

    running.hold(core, session_id=session_id)


def _school_day(day: date) -> date:
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def _survey(core: Core, _today: date) -> None:
    held = [one.session for one in sessions.listing(core) if one.session.state == "held"]
    last = max(held, key=lambda one: one.id)
    form = core.catalogue.form("session-survey")
    made = surveys.create(
        core, form=form, title=words.SURVEY, kind="after", anonymous=True, group_id=last.group_id,
        session_id=last.id, least=5,
    )  # fmt: skip
    made = surveys.open_survey(core, survey_id=made.id)
    rated = ("worth-time", "clear-aim", "active", "pace", "learned", "backing")
    for answers, will, idea, keep in words.ANSWERS:
        given = {item: Given(value) for item, value in zip(rated, answers, strict=True)}
        given["will-try"] = Given(will)
        for item, said in (("main-idea", idea), ("keep", keep)):
            if said:
                given[item] = Given(said)
        answering.answer(core, survey_id=made.id, given=given, way=answering.Way.PASSED)
    collecting.release(core, survey_id=made.id)


def _round(core: Core, today: date) -> None:
    known = _ids(core)
    rules = Rules(
        observes=1, observed=1, subject=SubjectRule.DIFFERENT, travel_minutes=5, week_load=2,
        travel=(Travel("Main house", "Workshops", 10),),
    )  # fmt: skip
    first = _monday(today) + timedelta(days=7)
    made = rounds.create(
        core, title=words.ROUND, first=first, last=first + timedelta(days=11),
        people=tuple(known[name] for name, *_rest in words.PEOPLE), rules=rules,
    )  # fmt: skip
    planning.solve_and_keep(core, made.id, seconds=_SOLVE_S)
    rounds.publish(core, round_id=made.id, seen=rounds.open_round(core, made.id).seen)
    me = core.settings.get().me_id
    mine = [one.id for one in rounds.view(core, made.id).pairings if me in (one.observer_id, one.teacher_id)]
    invite.make_visits(core, round_id=made.id, form_id="learning-walk", pairing_ids=mine)


def _learning(core: Core, today: date) -> None:
    hours.set_rule(core, kind=HoursKind.SESSION, per=Per.ACTUAL)
    hours.set_rule(core, kind=HoursKind.OBSERVING, per=Per.EACH, minutes=60)
    hours.set_rule(core, kind=HoursKind.OBSERVED, per=Per.EACH, minutes=30)
    hours.set_rule(core, kind=HoursKind.TALK, per=Per.ACTUAL)
    me = core.settings.get().me_id
    if me is None:
        return
    certificates.issue(core, person_id=me, first=today - timedelta(days=91), last=today)
    for title, text in words.JOURNAL:
        journals.add(core, text=text, title=title)
    made = portfolio.add(core, title=words.PORTFOLIO, first=today - timedelta(days=91), last=today)
    picks = tuple(Pick(one.kind, one.target_id) for one in portfolio.offers(core)[:6])
    portfolio.edit(core, portfolio_id=made.value.id, seen=made.seen, foreword=words.FOREWORD, picks=picks)

"""`term …`, `holiday …`, `class …`, `school rollover`: the school's year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.parts import add, group
from observe_app.cli.people_commands import day_of, person_meant
from observe_app.cli.session import opened
from observe_app.domain.errors import NotFound

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.school.terms import Holiday, SchoolTerm
    from observe_app.services.core import Core
    from observe_app.services.school.classes import ClassRow
    from observe_app.services.school.rollover import RolloverPlan, RolloverWish

_KINDS = ("year", "term", "half")


def add_to(commands: Commands) -> None:
    """Add `term`, `holiday`, `class` and `school`."""
    for word, text, has_kind in (
        ("term", "list, add and delete years, terms and halves of the school", True),
        ("holiday", "list, add and delete days without lessons", False),
    ):
        group_of = group(commands, word, text)
        add(group_of, "list", f"list the {word}s", term_list if has_kind else holiday_list)
        one = add(group_of, "add", f"add a {word}", term_add if has_kind else holiday_add)
        one.add_argument("name", metavar="NAME")
        one.add_argument("first", metavar="FIRST", help="first day, such as 2026-09-01")
        one.add_argument("last", metavar="LAST", help="last day; it counts")
        if has_kind:
            one.add_argument("--kind", choices=_KINDS, default="term")
        gone = add(group_of, "delete", f"delete a {word}", term_delete if has_kind else holiday_delete)
        gone.add_argument("name", metavar="NAME", help="name or id")
    _classes(group(commands, "class", "list, add, change and archive classes"))
    school = group(commands, "school", "the school as a whole")
    turn = add(school, "rollover", "begin a new school year, as one step", roll_over)
    turn.add_argument("--name", metavar="TEXT", help="of the new year; the next of the last one when left out")
    turn.add_argument("--first", metavar="DATE", help="first day; a year on when left out")
    turn.add_argument("--last", metavar="DATE", help="last day; a year on when left out")
    turn.add_argument("--top", metavar="N", type=int, help="classes of this year and above leave the school")
    turn.add_argument("--keep-classes", action="store_true", help="classes do not go up a year")
    turn.add_argument("--keep-timetables", action="store_true", help="weekly lessons go on")
    turn.add_argument("--leaver", metavar="PERSON", action="append", default=[], help="who leaves; may be repeated")
    turn.add_argument("--preview", action="store_true", help="say what would happen, and do nothing")


def _classes(group_of: Commands) -> None:
    one = add(group_of, "list", "list the classes", class_list)
    one.add_argument("words", metavar="WORD", nargs="*", help="only those with all these words")
    one.add_argument("--archived", action="store_true", help="with those of earlier years")
    new = add(group_of, "add", "add a class", class_add)
    new.add_argument("name", metavar="NAME")
    change = add(group_of, "edit", "change a class", class_edit)
    change.add_argument("class_name", metavar="CLASS", help="name or id")
    change.add_argument("--name", metavar="TEXT")
    for parser in (new, change):
        parser.add_argument("--subject", metavar="TEXT")
        parser.add_argument("--year-group", metavar="TEXT")
        parser.add_argument("--size", metavar="N", type=int, help="students; 0 for not known")
        parser.add_argument("--room", metavar="TEXT")
        parser.add_argument("--building", metavar="TEXT")
        parser.add_argument("--term", metavar="NAME", help="the year or term it belongs to; “-” for any")
        parser.add_argument("--teacher", metavar="PERSON", action="append", help="who teaches it; may be repeated")
    for word, text, run in (
        ("archive", "put a class among those of earlier years", class_archive),
        ("delete", "delete a class; visits keep what they took from it", class_delete),
    ):
        parser = add(group_of, word, text, run)
        parser.add_argument("class_name", metavar="CLASS", help="name or id")
    choose = add(group_of, "choose", "say which class a visit is to", class_choose)
    choose.add_argument("visit", metavar="VISIT")
    choose.add_argument("class_name", metavar="CLASS", help="name or id; “-” for none")


# --- terms and holidays ----------------------------------------------------------------------------------------------


def _stretch_json(one: SchoolTerm | Holiday) -> dict[str, Any]:
    found = {"id": one.id, "name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat()}
    kind = getattr(one, "kind", "")
    return found | ({"kind": str(kind)} if kind else {})


def _say_stretches(found: tuple[SchoolTerm, ...] | tuple[Holiday, ...], arguments: Namespace) -> int:
    if arguments.json:
        output.say_json([_stretch_json(one) for one in found])
    elif not found:
        output.say("None.")
    else:
        output.say_table(
            ("id", "kind", "first", "last", "name"),
            [(one.id[-8:], str(getattr(one, "kind", "holiday")), str(one.first), str(one.last), one.name)
             for one in found],
        )  # fmt: skip
    return 0


def _say_stretch(one: SchoolTerm | Holiday, arguments: Namespace, words: str) -> int:
    if arguments.json:
        output.say_json(_stretch_json(one))
    else:
        output.say(f"{one.name} ({one.first} to {one.last}) {words}.")
    return 0


def term_list(arguments: Namespace) -> int:
    """List terms."""
    from observe_app.services.school import calendar  # noqa: PLC0415  (help and usage need none, here and below)

    with opened(arguments) as core:
        return _say_stretches(calendar.terms(core), arguments)


def holiday_list(arguments: Namespace) -> int:
    """List holidays."""
    from observe_app.services.school import calendar  # noqa: PLC0415

    with opened(arguments) as core:
        return _say_stretches(calendar.holidays(core), arguments)


def term_add(arguments: Namespace) -> int:
    """Add a term."""
    from observe_app.services.school import terms  # noqa: PLC0415

    with opened(arguments) as core:
        one = terms.add_term(
            core, name=arguments.name, first=day_of(arguments.first), last=day_of(arguments.last), kind=arguments.kind
        )
    return _say_stretch(one, arguments, "is added")


def holiday_add(arguments: Namespace) -> int:
    """Add a holiday."""
    from observe_app.services.school import terms  # noqa: PLC0415

    with opened(arguments) as core:
        one = terms.add_holiday(core, name=arguments.name, first=day_of(arguments.first), last=day_of(arguments.last))
    return _say_stretch(one, arguments, "is added")


def _meant(found: tuple[Any, ...], given: str, kind: str) -> Any:
    wanted = given.strip().casefold()
    fitting = [one for one in found if wanted in (one.id, one.id[-8:], one.name.casefold())]
    if not fitting:
        raise NotFound(kind, given)
    if len(fitting) > 1:
        from observe_app.domain.errors import Ambiguous  # noqa: PLC0415

        raise Ambiguous(kind, given, tuple(one.id[-8:] for one in fitting))
    return fitting[0]


def term_delete(arguments: Namespace) -> int:
    """Delete a term."""
    from observe_app.services.school import calendar, terms  # noqa: PLC0415

    with opened(arguments) as core:
        one = _meant(calendar.terms(core), arguments.name, "term")
        terms.delete_term(core, one.id)
    return _say_stretch(one, arguments, "is deleted")


def holiday_delete(arguments: Namespace) -> int:
    """Delete a holiday."""
    from observe_app.services.school import calendar, terms  # noqa: PLC0415

    with opened(arguments) as core:
        one = _meant(calendar.holidays(core), arguments.name, "holiday")
        terms.delete_holiday(core, one.id)
    return _say_stretch(one, arguments, "is deleted")


# --- classes ---------------------------------------------------------------------------------------------------------


def _class_json(row: ClassRow) -> dict[str, Any]:
    one = row.school_class
    return {
        "id": one.id, "name": one.name, "subject": one.subject, "year_group": one.year_group, "size": one.size,
        "room": one.room, "building": one.building, "term": row.term, "teachers": list(row.teachers),
        "teacher_ids": list(one.teacher_ids), "seats": row.seats, "visits": row.visits, "archived": one.archived,
    }  # fmt: skip


def class_list(arguments: Namespace) -> int:
    """List classes."""
    from observe_app.services.school import classes  # noqa: PLC0415

    with opened(arguments) as core:
        rows = classes.listing(core, archived=arguments.archived, words=" ".join(arguments.words))
    if arguments.json:
        output.say_json([_class_json(row) for row in rows])
    elif not rows:
        output.say("None.")
    else:
        output.say_table(
            ("id", "class", "subject", "students", "room", "term", "teachers"),
            [
                (row.school_class.id[-8:], row.school_class.name, row.school_class.subject,
                 str(row.school_class.size or ""), row.school_class.room, row.term, ", ".join(row.teachers))
                for row in rows
            ],
        )  # fmt: skip
    return 0


def _class_fields(core: Core, arguments: Namespace) -> dict[str, Any]:
    from observe_app.services.school import calendar  # noqa: PLC0415

    found: dict[str, Any] = {}
    for name in ("subject", "year_group", "room", "building"):
        if getattr(arguments, name) is not None:
            found[name] = getattr(arguments, name)
    if arguments.size is not None:
        found["size"] = arguments.size or None
    if arguments.term is not None:
        found["term_id"] = "" if arguments.term == "-" else _meant(calendar.terms(core), arguments.term, "term").id
    if arguments.teacher is not None:
        found["teacher_ids"] = tuple(person_meant(core, one).id for one in arguments.teacher)
    return found


def _say_class(core: Core, class_id: str, arguments: Namespace, words: str) -> int:
    from observe_app.services.school import classes  # noqa: PLC0415

    row = next(one for one in classes.listing(core, archived=True) if one.school_class.id == class_id)
    if arguments.json:
        output.say_json(_class_json(row))
    else:
        output.say(f"{row.school_class.name} {words} ({class_id[-8:]}).")
    return 0


def class_add(arguments: Namespace) -> int:
    """Add a class."""
    from observe_app.services.school import classes  # noqa: PLC0415

    with opened(arguments) as core:
        made = classes.add(core, name=arguments.name, **_class_fields(core, arguments))
        return _say_class(core, made.id, arguments, "is added")


def class_edit(arguments: Namespace) -> int:
    """Change a class."""
    from observe_app.services.school import classes  # noqa: PLC0415

    with opened(arguments) as core:
        one = classes.by_name(core, arguments.class_name)
        fields = _class_fields(core, arguments) | ({"name": arguments.name} if arguments.name is not None else {})
        classes.edit(core, class_id=one.id, **fields)
        return _say_class(core, one.id, arguments, "is changed")


def class_archive(arguments: Namespace) -> int:
    """Put a class among those of earlier years."""
    from observe_app.services.school import classes  # noqa: PLC0415

    with opened(arguments) as core:
        one = classes.by_name(core, arguments.class_name)
        classes.edit(core, class_id=one.id, archived=True)
        return _say_class(core, one.id, arguments, "is among those of earlier years")


def class_delete(arguments: Namespace) -> int:
    """Delete a class."""
    from observe_app.services.school import classes  # noqa: PLC0415

    with opened(arguments) as core:
        one = classes.by_name(core, arguments.class_name)
        classes.delete(core, one.id)
    if arguments.json:
        output.say_json({"id": one.id, "deleted": True})
    else:
        output.say(f"{one.name} is deleted.")
    return 0


def class_choose(arguments: Namespace) -> int:
    """Say which class a visit is to."""
    from observe_app.services import visits  # noqa: PLC0415
    from observe_app.services.school import classes  # noqa: PLC0415

    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        none = arguments.class_name == "-"
        class_id = "" if none else classes.by_name(core, arguments.class_name).id
        visit = classes.choose(core, visit_id=visit_id, class_id=class_id)
    if arguments.json:
        output.say_json({"visit": visit.id, "class_id": visit.class_id, "class_name": visit.class_name})
    else:
        output.say(f"The visit {visit.id[-8:]} is to {visit.class_name or 'no class'}.")
    return 0


# --- the turn of the year --------------------------------------------------------------------------------------------


def roll_over(arguments: Namespace) -> int:
    """Begin a new school year."""
    from observe_app.services.school import rollover  # noqa: PLC0415

    act = rollover.plan if arguments.preview else rollover.roll_over
    with opened(arguments) as core:
        done = act(core, _wish(core, rollover.propose(core), arguments))
    if arguments.json:
        output.say_json(_plan_json(done))
        return 0
    year = done.wish.year
    output.say(f"{year.name}: {year.first} to {year.last}{' would begin' if arguments.preview else ' begins'}.")
    for one in (*done.wish.terms, *done.wish.holidays):
        output.say(f"  {one.first} to {one.last}  {one.name}")
    for old, new in done.moved:
        output.say(f"  {old.name} becomes {new.name}")
    for what, found in (("leave the school", done.ended), ("begin anew", done.fresh)):
        if found:
            output.say(f"  {what}: {', '.join(one.name for one in found)}")
    if done.leavers:
        output.say(f"  left: {', '.join(person.name for person in done.leavers)}")
    if done.slots:
        output.say(f"  {done.slots} weekly lessons end")
    if done.overlaps:
        output.say(f"  it cuts into {', '.join(done.overlaps)}")
    return 0


def _wish(core: Core, wish: RolloverWish, arguments: Namespace) -> RolloverWish:
    year = wish.year
    if arguments.name is not None:
        year = replace(year, name=arguments.name)
    if arguments.first:
        year = replace(year, first=day_of(arguments.first))
    if arguments.last:
        year = replace(year, last=day_of(arguments.last))
    within = tuple(one for one in wish.terms if year.first <= one.first and one.last <= year.last)
    return replace(
        wish,
        year=year,
        terms=within,
        top=arguments.top,
        move_up=not arguments.keep_classes,
        end_timetables=not arguments.keep_timetables,
        leavers=tuple(person_meant(core, one).id for one in arguments.leaver),
    )


def _plan_json(done: RolloverPlan) -> dict[str, Any]:
    def stretch(one: Any) -> dict[str, str]:
        return {"name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat(), "kind": str(one.kind)}

    return {
        "year": stretch(done.wish.year), "terms": [stretch(one) for one in done.wish.terms],
        "holidays": [stretch(one) for one in done.wish.holidays],
        "moved": [{"id": old.id, "name": old.name, "becomes": new.name} for old, new in done.moved],
        "ended": [one.name for one in done.ended], "fresh": [one.name for one in done.fresh],
        "leavers": [person.name for person in done.leavers], "slots": done.slots, "overlaps": list(done.overlaps),
    }  # fmt: skip

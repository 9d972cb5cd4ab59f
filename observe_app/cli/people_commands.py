"""`people list|add|edit|import|export|merge|twins|leave|back`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from observe_app.cli import output
from observe_app.cli.parts import add, group
from observe_app.cli.session import opened
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.people import Role
from observe_app.services import people

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.people import Person
    from observe_app.services.core import Core
    from observe_app.services.exchange.people_in import PeopleResult
    from observe_app.services.school.merge import MergePlan

_SHORTEST = 6
_SHOWN = 20


def add_to(commands: Commands) -> None:
    """Add the commands of people, terms, classes and the school."""
    word = group(commands, "people", "list, add, join, bring in and write out colleagues")
    one = add(word, "list", "list the people", listing)
    one.add_argument("words", metavar="WORD", nargs="*", help="only those with all these words")
    one.add_argument("--left", action="store_true", help="with those who left")
    new = add(word, "add", "add a person", add_person)
    new.add_argument("name", metavar="NAME")
    _field_arguments(new)
    change = add(word, "edit", "change a person", edit)
    change.add_argument("person", metavar="PERSON", help="name, e-mail, staff number or id")
    change.add_argument("--name", metavar="TEXT")
    _field_arguments(change)
    bring = add(word, "import", "add and update people from a list, as one step", bring_in)
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--map", metavar="ROLE=COLUMN", action="append", default=[], help=_MAP)
    bring.add_argument("--sheet", metavar="NAME", default="", help="sheet of a workbook; the first when left out")
    bring.add_argument("--heads", choices=("yes", "no"), default="", help="whether the first row is one of headings")
    bring.add_argument("--preview", "--dry-run", action="store_true", help="say what would happen to each row")
    out = add(word, "export", "write everybody as a table that comes in again", export)
    out.add_argument("file", metavar="FILE", help="ends in .csv or .xlsx")
    out.add_argument("--left", action="store_true", help="with those who left")
    twins = add(word, "twins", "list who may be there twice", likely)
    twins.set_defaults(run=likely)
    join = add(word, "merge", "join two records of one person, as one step", merge)
    join.add_argument("keep", metavar="KEEP", help="whose record stays")
    join.add_argument("gone", metavar="GONE", help="whose record is joined to it")
    join.add_argument("--preview", action="store_true", help="say what would be joined, and join nothing")
    left = add(word, "leave", "put people among those who left; every record stays", leave)
    left.add_argument("people", metavar="PERSON", nargs="+")
    left.add_argument("--last-day", metavar="DATE", default="", help="such as 2026-07-31; today when left out")
    back = add(word, "back", "say that somebody is here again", come_back)
    back.add_argument("person", metavar="PERSON")


_MAP = (
    "name, first, last, email, staff_id, subjects, roles, pronouns, building, manager, week_load, language or "
    "left_on, and its heading or column letter"
)


def _field_arguments(one: Any) -> None:
    for name, text in (
        ("email", "e-mail address"), ("staff-id", "number or sign of the school's lists"), ("subjects", "subjects"),
        ("pronouns", "pronouns"), ("building", "where they usually teach"), ("language", "of their pages, such as de"),
        ("manager", "line manager: name, e-mail, staff number or id; “-” for nobody"),
    ):  # fmt: skip
        one.add_argument(f"--{name}", metavar="TEXT", help=text)
    one.add_argument("--week-load", metavar="N", type=int, help="visits a week at most; 0 for any number")
    one.add_argument("--role", choices=[role.value for role in Role], action="append", help="usual role")


def person_meant(core: Core, given: str, *, archived: bool = True) -> Person:
    """Return who is meant by a name, an e-mail address, a staff number, an id or six characters of its end.

    Raises:
        NotFound: nobody. Ambiguous: several.
    """
    wanted = given.strip().casefold()
    everybody = [row.person for row in people.listing(core, archived=archived)]
    for fits in (
        lambda one: one.id == wanted,
        lambda one: wanted in {one.email.casefold(), one.staff_id.casefold()} - {""},
        lambda one: one.name.casefold() == wanted,
        lambda one: len(wanted) >= _SHORTEST and (one.id.startswith(wanted) or one.id.endswith(wanted)),
    ):
        found = [one for one in everybody if fits(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous("person", given, tuple(one.id for one in found))
    raise NotFound("person", given)


def person_json(person: Person) -> dict[str, Any]:
    """Return a person in the stable form."""
    return {
        "id": person.id, "name": person.name, "email": person.email, "staff_id": person.staff_id,
        "subjects": person.subjects, "roles": [role.value for role in person.roles], "pronouns": person.pronouns,
        "building": person.building, "manager_id": person.manager_id, "week_load": person.week_load,
        "language": person.language, "archived": person.archived,
        "left_on": person.left_on.isoformat() if person.left_on else None,
    }  # fmt: skip


def day_of(text: str) -> date:
    """Return a day.

    Raises:
        Invalid: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("date", text[:40], "not_a_date") from error


def listing(arguments: Namespace) -> int:
    """List the people."""
    with opened(arguments) as core:
        rows = people.listing(core, words=" ".join(arguments.words), archived=arguments.left)
    if arguments.json:
        output.say_json([
            person_json(row.person)
            | {"visits_as_teacher": row.visits_as_teacher, "visits_as_observer": row.visits_as_observer}
            for row in rows
        ])  # fmt: skip
        return 0
    if not rows:
        output.say("Nobody.")
        return 0
    output.say_table(
        ("id", "name", "subjects", "staff", "e-mail", "visits"),
        [
            (row.person.id[-8:], _called(row.person), row.person.subjects, row.person.staff_id, row.person.email,
             f"{row.visits_as_teacher} as teacher, {row.visits_as_observer} as observer")
            for row in rows
        ],
    )  # fmt: skip
    return 0


def _called(person: Person) -> str:
    if person.left_on is not None:
        return f"{person.name} (last day {person.left_on.isoformat()})"
    return f"{person.name} (left)" if person.archived else person.name


def _fields(core: Core, arguments: Namespace) -> people.PersonFields:
    found: dict[str, Any] = {}
    for name in ("email", "staff_id", "subjects", "pronouns", "building", "language"):
        if getattr(arguments, name) is not None:
            found[name] = getattr(arguments, name)
    if arguments.role:
        found["roles"] = tuple(Role(one) for one in arguments.role)
    if arguments.week_load is not None:
        found["week_load"] = arguments.week_load or None
    if arguments.manager is not None:
        found["manager_id"] = "" if arguments.manager == "-" else person_meant(core, arguments.manager).id
    return cast("people.PersonFields", found)


def add_person(arguments: Namespace) -> int:
    """Add a person."""
    with opened(arguments) as core:
        person = people.add(core, name=arguments.name, fields=_fields(core, arguments))
    return _say(person, arguments, "is added")


def edit(arguments: Namespace) -> int:
    """Change a person."""
    with opened(arguments) as core:
        person = person_meant(core, arguments.person)
        fields = _fields(core, arguments)
        if arguments.name is not None:
            fields["name"] = arguments.name
        seen = people.open_person(core, person.id).seen
        person = people.edit(core, person_id=person.id, seen=seen, **fields).value
    return _say(person, arguments, "is changed")


def _say(person: Person, arguments: Namespace, words: str) -> int:
    if arguments.json:
        output.say_json(person_json(person))
    else:
        output.say(f"{person.name} {words} ({person.id[-8:]}).")
    return 0


# --- lists -----------------------------------------------------------------------------------------------------------


def bring_in(arguments: Namespace) -> int:
    """Bring in a list of people."""
    from observe_app.services.exchange import people_in  # noqa: PLC0415  (help and usage need it not)

    mapping: dict[str, str] = {}
    for given in arguments.map:
        role, sign, column = given.partition("=")
        if not sign:
            raise Invalid("map", given[:40], "unknown")
        mapping[role.strip()] = column.strip()
    for name in ("sheet", "heads"):
        if getattr(arguments, name):
            mapping[name] = getattr(arguments, name)
    path = Path(arguments.file).expanduser()
    act = people_in.preview_people if arguments.preview else people_in.import_people
    with opened(arguments) as core:
        done = act(core, path=path, mapping=mapping)
    if arguments.json:
        output.say_json(_result_json(done))
        return 0
    would = "would be " if arguments.preview else ""
    counts = f"{done.count('add')} {would}added, {done.count('change')} {would}changed, {done.count('same')} as before"
    output.say(f"{path.name}: {counts}, {done.left_out} left out")
    if arguments.preview:
        for change in [one for one in done.changes if one.kind != "same"][:_SHOWN]:
            output.say(f"  row {change.row}: {change.person.name}, {_what(change.kind, change.by, change.changed)}")
    output.say_problems(done.problems)
    return 0


def _what(kind: str, by: str, changed: tuple[str, ...]) -> str:
    if kind == "add":
        return "new"
    return f"known by {by.replace('_', ' ')}; changes {', '.join(name.replace('_', ' ') for name in changed)}"


def _result_json(done: PeopleResult) -> dict[str, Any]:
    return {
        "added": done.count("add"), "changed": done.count("change"), "same": done.count("same"),
        "left_out": done.left_out, "mapping": done.mapping,
        "rows": [
            {"row": one.row, "kind": one.kind, "by": one.by, "name": one.person.name, "changed": list(one.changed)}
            for one in done.changes
        ],
        "problems": output.problems_json(done.problems),
    }  # fmt: skip


def export(arguments: Namespace) -> int:
    """Write everybody as a table."""
    from observe_app.services.exchange.people_out import export_people  # noqa: PLC0415  (as above)

    with opened(arguments) as core:
        done = export_people(core, Path(arguments.file).expanduser(), archived=arguments.left)
    if arguments.json:
        output.say_json({"path": str(done.path), "people": done.people})
    else:
        output.say(f"{done.people} people are in {done.path}.")
    return 0


# --- joining and leaving ---------------------------------------------------------------------------------------------


def likely(arguments: Namespace) -> int:
    """List who may be there twice."""
    from observe_app.services.school import merge as joining  # noqa: PLC0415  (as above)

    with opened(arguments) as core:
        found = joining.likely(core)
    if arguments.json:
        output.say_json([
            {"one": person_json(two.one), "other": person_json(two.other), "why": two.why} for two in found
        ])  # fmt: skip
        return 0
    why = {"email": "same e-mail", "staff_id": "same staff number", "name": "same name", "similar": "names alike"}
    for two in found:
        output.say(f"{two.one.name} ({two.one.id[-8:]}) and {two.other.name} ({two.other.id[-8:]}): {why[two.why]}")
    if not found:
        output.say("Nobody seems to be there twice.")
    return 0


def merge(arguments: Namespace) -> int:
    """Join two records of one person."""
    from observe_app.services.school import merge as joining  # noqa: PLC0415  (as above)

    act = joining.plan if arguments.preview else joining.merge
    with opened(arguments) as core:
        keep, gone = person_meant(core, arguments.keep), person_meant(core, arguments.gone)
        done = act(core, keep_id=keep.id, gone_id=gone.id)
    if arguments.json:
        output.say_json(_plan_json(done))
        return 0
    would = "would be" if arguments.preview else "is"
    output.say(f"{done.gone.name} {would} joined with {done.keep.name}.")
    if done.taken:
        output.say(f"  taken over: {', '.join(name.replace('_', ' ') for name in done.taken)}")
    for table, count in done.counts:
        output.say(f"  {table.replace('_', ' ')}: {count}")
    if done.followed:
        output.say(f"  {done.followed} visits of others go on naming the old record and show the new name")
    if done.together:
        output.say(f"  both take part in {done.together} of one and the same visits; are they one person?")
    return 0


def _plan_json(done: MergePlan) -> dict[str, Any]:
    return {
        "keep": done.keep.id, "gone": done.gone.id, "taken": list(done.taken), "records": dict(done.counts),
        "followed": done.followed, "together": done.together,
    }  # fmt: skip


def leave(arguments: Namespace) -> int:
    """Put people among those who left."""
    with opened(arguments) as core:
        last = day_of(arguments.last_day) if arguments.last_day else people.today(core)
        gone = [person_meant(core, one) for one in arguments.people]
        people.leave(core, person_ids=tuple(person.id for person in gone), last_day=last)
    if arguments.json:
        output.say_json({"left": [person.id for person in gone], "last_day": last.isoformat()})
    else:
        output.say(f"{', '.join(person.name for person in gone)}: last day {last.isoformat()}.")
    return 0


def come_back(arguments: Namespace) -> int:
    """Say that somebody is here again."""
    with opened(arguments) as core:
        person = person_meant(core, arguments.person)
        people.come_back(core, person_id=person.id)
        person = people.get(core, person.id)
    return _say(person, arguments, "is here again")

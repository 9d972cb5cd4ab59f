"""`group new|list|show|edit|member|share|unshare|goal|reading|resource`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import group_documents as documents
from observe_app.cli import output
from observe_app.cli.parts import add, group
from observe_app.cli.people_commands import person_meant
from observe_app.cli.session import opened
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.groups.goal import GoalStatus, LinkKind
from observe_app.domain.groups.group import GroupKind, GroupRole
from observe_app.services.group_words import WHY
from observe_app.services.groups import goals, groups, readings, resources

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from observe_app.cli.parts import Commands
    from observe_app.services.core import Core
    from observe_app.services.groups.goals import GoalFields
    from observe_app.services.groups.groups import GroupFields

_SCHOOL = "-"
_GROUP = "name of the group, its id, or six signs of its end"
_SHOWN = 20


def add_to(commands: Commands) -> None:
    """Add the commands of groups, their goals, readings and resources."""
    word = group(commands, "group", "keep learning communities, departments and mentoring pairs")
    new = add(word, "new", "make a group", new_group)
    new.add_argument("name", metavar="NAME")
    _group_fields(new)
    one = add(word, "list", "list the groups", listing)
    one.add_argument("--archived", action="store_true", help="with those that meet no more")
    one = add(word, "show", "say a group with its people, goals, promises and resources", show)
    one.add_argument("group", metavar="GROUP", help=_GROUP)
    change = add(word, "edit", "change a group", edit)
    change.add_argument("group", metavar="GROUP", help=_GROUP)
    change.add_argument("--name", metavar="TEXT")
    _group_fields(change)
    change.add_argument("--archived", choices=("yes", "no"), help="whether it meets no more")
    member = add(word, "member", "give somebody a part in a group, or end it", set_member)
    member.add_argument("group", metavar="GROUP", help=_GROUP)
    member.add_argument("person", metavar="PERSON", help="name, e-mail, staff number or id")
    member.add_argument("--role", choices=[role.value for role in GroupRole], action="append", default=[])
    member.add_argument("--since", metavar="DATE", type=_day)
    member.add_argument("--until", metavar="DATE", type=_day, help="last day")
    member.add_argument("--remove", action="store_true", help="as if they had never been in it")
    for name, text, run in (
        ("share", "share a group with its members through the shared folder", share),
        ("unshare", "share a group with nobody any more; what its members have they keep", unshare),
    ):
        one = add(word, name, text, run)
        one.add_argument("group", metavar="GROUP", help=_GROUP)
    _goal_arguments(add(word, "goal", "set a goal, change it, close it or link it", goal))
    _reading_arguments(add(word, "reading", "write down, bring in, list or write out readings of a goal", reading))
    keep = add(word, "resource", "keep a file or a link, list them, or write a copy of a file", resource)
    keep.add_argument("group", metavar="GROUP", help=_GROUP)
    keep.add_argument("what", metavar="FILE-OR-LINK", nargs="?", help="lists what is kept when left out")
    for name, text in (("title", "what it is called"), ("licence", "on what terms it may be used"), ("note", "remark")):
        keep.add_argument(f"--{name}", metavar="TEXT", default="", help=text)
    keep.add_argument("--save", metavar="ID", help="write a copy of the file with this id; needs --to")
    keep.add_argument("--to", metavar="FILE", help="where the copy goes")


def _group_fields(one: ArgumentParser) -> None:
    one.add_argument("--kind", choices=[kind.value for kind in GroupKind])
    one.add_argument("--purpose", metavar="TEXT", help="what it is there for")
    one.add_argument("--measure", metavar="TEXT", help="how it will know")
    one.add_argument("--revisit", metavar="DATE", type=_day, help="when the purpose is looked at again")
    one.add_argument("--norm", metavar="TEXT", action="append", help="may be repeated")
    one.add_argument("--school-goal", metavar="TEXT", action="append", help="may be repeated")


def _goal_arguments(one: ArgumentParser) -> None:
    one.add_argument("group", metavar="GROUP", help=f"{_GROUP}; {_SCHOOL} for a goal of the school")
    one.add_argument("goal", metavar="TITLE", help="a new title, or that (or the id) of a goal there is")
    for name, text in (("measure", "what is counted"), ("unit", "of the measure"), ("title", "another title")):
        one.add_argument(f"--{name}", metavar="TEXT", help=text)
    one.add_argument("--baseline", metavar="NUMBER", type=float)
    one.add_argument("--target", metavar="NUMBER", type=float)
    one.add_argument("--due", metavar="DATE", type=_day)
    one.add_argument("--serves", metavar="ID", help="id of the goal that it serves")
    one.add_argument("--status", choices=[status.value for status in GoalStatus], help="how it ended, or open again")
    one.add_argument("--story", metavar="TEXT", default="", help="what became of it")
    one.add_argument("--link", metavar="KIND=ID", action="append", default=[], help="visit=, step= or session=")


def _reading_arguments(one: ArgumentParser) -> None:
    one.add_argument("group", metavar="GROUP", help=f"{_GROUP}; {_SCHOOL} for a goal of the school")
    one.add_argument("goal", metavar="GOAL", help="its title or id")
    one.add_argument("value", metavar="VALUE", nargs="?", type=float, help="lists the readings when left out")
    one.add_argument("--on", metavar="DATE", type=_day, help="today when left out")
    one.add_argument("--n", metavar="N", type=int, help="how many it rests on")
    one.add_argument("--of", metavar="NAME", default="", help="an outcome beside the goal's own measure")
    one.add_argument("--note", metavar="TEXT", default="")
    one.add_argument("--import", metavar="FILE", dest="bring", help="a table of readings, kept as one step")
    one.add_argument("--map", metavar="ROLE=COLUMN", action="append", default=[], help="date, value, n, series or note")
    one.add_argument("--sheet", metavar="NAME", default="", help="sheet of a workbook; the first when left out")
    one.add_argument("--preview", action="store_true", help="say what would come in, and keep nothing")
    one.add_argument("--to", metavar="FILE", help="write the readings as a table: .csv or .xlsx")


def _day(text: str) -> date:
    import argparse  # noqa: PLC0415  (only to say what is wrong)

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it like 2026-03-11") from error


# --- groups ----------------------------------------------------------------------------------------------------------


def new_group(arguments: Namespace) -> int:
    """Make a group."""
    with opened(arguments) as core:
        made = groups.add(core, **_fields(arguments))
        document = documents.group_document(core, made.id)
    if arguments.json:
        output.say_json(document)
    else:
        output.say(f"{made.id[-8:]}  {made.name}")
        _say_gaps(document)
    return 0


def _fields(arguments: Namespace) -> GroupFields:
    found: GroupFields = {}
    if arguments.name is not None:
        found["name"] = arguments.name
    if arguments.kind is not None:
        found["kind"] = arguments.kind
    if arguments.purpose is not None:
        found["purpose"] = arguments.purpose
    if arguments.measure is not None:
        found["measure"] = arguments.measure
    if arguments.revisit is not None:
        found["revisit"] = arguments.revisit
    if arguments.norm is not None:
        found["norms"] = "\n".join(arguments.norm)
    if arguments.school_goal is not None:
        found["school_goals"] = "\n".join(arguments.school_goal)
    return found


def listing(arguments: Namespace) -> int:
    """List the groups."""
    with opened(arguments) as core:
        rows = groups.listing(core, archived=arguments.archived)
    if arguments.json:
        output.say_json([
            {"id": row.group.id, "name": row.group.name, "kind": row.group.kind, "archived": row.group.archived,
             "people": row.people, "goals_open": row.goals_open, "goals_reached": row.goals_reached}
            for row in rows
        ])  # fmt: skip
    elif rows:
        output.say_table(
            ("ID", "KIND", "PEOPLE", "GOALS", "NAME"),
            [(row.group.id[-8:], row.group.kind, str(row.people), f"{row.goals_open} open, {row.goals_reached} reached",
              row.group.name) for row in rows],
        )  # fmt: skip
    else:
        output.say("No group yet.")
    return 0


def edit(arguments: Namespace) -> int:
    """Change a group."""
    with opened(arguments) as core:
        found = groups.by_name(core, arguments.group)
        fields = _fields(arguments)
        if arguments.archived is not None:
            fields["archived"] = arguments.archived == "yes"
        groups.edit(core, group_id=found.id, seen=groups.open_group(core, found.id).seen, **fields)
        document = documents.group_document(core, found.id)
    if arguments.json:
        output.say_json(document)
    else:
        output.say(f"{document['name']}: changed")
        _say_gaps(document)
    return 0


def set_member(arguments: Namespace) -> int:
    """Give somebody a part in a group, or end it."""
    with opened(arguments) as core:
        found = groups.by_name(core, arguments.group)
        person = person_meant(core, arguments.person)
        if arguments.remove:
            groups.remove_member(core, group_id=found.id, person_id=person.id)
        else:
            before = next((one.member for one in groups.parts(core, found.id) if one.person.id == person.id), None)
            groups.set_member(
                core,
                group_id=found.id,
                person_id=person.id,
                roles=tuple(arguments.role) or (before.roles if before is not None else ()),
                since=arguments.since or (before.since if before is not None else None),
                until=arguments.until,
            )
        document = documents.group_document(core, found.id)
    if arguments.json:
        output.say_json(document["people"])
    else:
        output.say(f"{person.name}: {'out of' if arguments.remove else 'in'} {found.name}")
    return 0


def show(arguments: Namespace) -> int:
    """Say a group as its page shows it."""
    with opened(arguments) as core:
        document = documents.group_document(core, groups.by_name(core, arguments.group).id)
    if arguments.json:
        output.say_json(document)
        return 0
    output.say(f"{document['name']} ({document['kind']})")
    for name in ("purpose", "measure", "revisit"):
        if document[name]:
            output.say(f"  {name}: {document[name]}")
    _say_readers(document["shared_with"])
    _say_gaps(document)
    for line in document["norms"]:
        output.say(f"  norm: {line}")
    for one in document["people"]:
        roles = f" ({', '.join(one['roles'])})" if one["roles"] else ""
        output.say(f"  {one['name']}{roles}")
    for one in document["goals"]:
        output.say(f"  goal [{one['status']}] {one['title']}: {len(one['readings'])} readings")
    for one in document["promises"]:
        output.say(
            f"  promise: {one['text']} ({one['owner'] or 'nobody yet'}{', by ' + one['due'] if one['due'] else ''})"
        )
    for one in document["resources"]:
        output.say(
            f"  {one['id'][-8:]}  {one['title']}: {one['link'] or one['file']} ({one['licence'] or 'no licence line'})"
        )
    for one in document["celebrations"]:
        output.say(f"  {one['kind']}: {one['words'] or 'an action step out of a visit'}")
    return 0


def share(arguments: Namespace) -> int:
    """Share a group with its members, and say who gets it."""
    from observe_app.services.sync import group_sharing  # noqa: PLC0415  (as above)

    with opened(arguments) as core:
        found = groups.by_name(core, arguments.group)
        group_sharing.begin(core, found.id)
        document = documents.audience_document(core, found.id)
    return _say_shared(arguments, found.name, document)


def unshare(arguments: Namespace) -> int:
    """Share a group with nobody any more."""
    from observe_app.services.sync import group_sharing  # noqa: PLC0415  (as above)

    with opened(arguments) as core:
        found = groups.by_name(core, arguments.group)
        group_sharing.end(core, found.id)
        document = documents.audience_document(core, found.id)
    return _say_shared(arguments, found.name, document)


def _say_shared(arguments: Namespace, name: str, document: dict[str, Any]) -> int:
    if arguments.json:
        output.say_json(document)
    else:
        output.say(name)
        _say_readers(document)
    return 0


def _say_readers(document: dict[str, Any]) -> None:
    """Say who reads a group's page, and why members do not."""
    if document["removed"]:
        output.say("  no longer sent to you; you keep what you received")
        return
    names = ", ".join(one["name"] for one in document["readers"])
    if not document["shared"]:
        output.say("  read by: only you")
    elif names:
        output.say(f"  read by: {names} and you, through the folder {document['folder']}")
    else:
        output.say(f"  read by: only you so far, though it is shared through the folder {document['folder']}")
    for one in document["not"] if document["shared"] else ():
        output.say(f"  not sent to {one['name']}: {WHY[one['why']]}")
    for name in document["keep"]:
        output.say(f"  {name} keeps what they received")


def _say_gaps(document: dict[str, Any]) -> None:
    for one in document["would_help"]:
        output.say(f"  {one['message']}")


# --- goals -----------------------------------------------------------------------------------------------------------


def goal(arguments: Namespace) -> int:
    """Set a goal, change it, close it, link it."""
    from observe_app.services.groups.page import goal_view  # noqa: PLC0415  (as above)

    with opened(arguments) as core:
        group_id = "" if arguments.group == _SCHOOL else groups.by_name(core, arguments.group).id
        fields = _goal_fields(arguments)
        goals.checked_fields({"story": arguments.story})  # before anything is kept
        links = _links(core, arguments)
        try:
            found = goals.by_title(core, group_id, arguments.goal)
            if fields:
                seen = goals.open_goal(core, found.id).seen
                goals.edit(core, goal_id=found.id, seen=seen, **fields)
        except NotFound:
            fields.setdefault("title", arguments.goal)
            found = goals.add(core, group_id=group_id, **fields)
        if arguments.status:
            goals.close(core, goal_id=found.id, status=arguments.status, story=arguments.story,
                        seen=goals.open_goal(core, found.id).seen)  # fmt: skip
        for kind, target in links:
            goals.link(core, goal_id=found.id, kind=kind, target_id=target)
        document = documents.goal_document(goal_view(core, found.id))
    if arguments.json:
        output.say_json(document)
    else:
        output.say(f"{document['id'][-8:]}  [{document['status']}] {document['title']}")
    return 0


def _links(core: Core, arguments: Namespace) -> list[tuple[str, str]]:
    """Return what the goal is to be linked to, looked at before anything is written."""
    found = []
    for told in arguments.link:
        kind, sign, target = told.partition("=")
        if not sign or kind not in set(LinkKind):
            raise Invalid("link", told[:40], "unknown")
        goals.check_link(core, kind, target)
        found.append((kind, target))
    return found


def _goal_fields(arguments: Namespace) -> GoalFields:
    found: GoalFields = {}
    if arguments.title is not None:
        found["title"] = arguments.title
    if arguments.measure is not None:
        found["measure"] = arguments.measure
    if arguments.unit is not None:
        found["unit"] = arguments.unit
    if arguments.baseline is not None:
        found["baseline"] = arguments.baseline
    if arguments.target is not None:
        found["target"] = arguments.target
    if arguments.due is not None:
        found["due"] = arguments.due
    if arguments.serves is not None:
        found["parent_id"] = arguments.serves
    if arguments.story and not arguments.status:
        found["story"] = arguments.story
    return found


# --- readings --------------------------------------------------------------------------------------------------------


def reading(arguments: Namespace) -> int:
    """Write down, bring in, list or write out readings."""
    with opened(arguments) as core:
        group_id = "" if arguments.group == _SCHOOL else groups.by_name(core, arguments.group).id
        found = goals.by_title(core, group_id, arguments.goal)
        if arguments.bring:
            return _bring(core, arguments, found.id)
        if arguments.value is not None:
            readings.add(
                core, goal_id=found.id, on=arguments.on or groups.today(core), value=arguments.value, n=arguments.n,
                series=arguments.of, note=arguments.note,
            )  # fmt: skip
        if arguments.to:
            _write(core, found.id, Path(arguments.to).expanduser())
        kept = readings.of_goal(core, found.id)
    if arguments.json:
        output.say_json([documents.reading_document(one) for one in kept])
        return 0
    rows = [(one.on.isoformat(), f"{one.value:g} {found.unit}".strip() if not one.series else f"{one.value:g}",
             str(one.n or "-"), one.series or found.measure, one.note) for one in kept]  # fmt: skip
    output.say_table(("DAY", "VALUE", "N", "OF", "NOTE"), rows)
    if any(one.series for one in kept):
        output.say(_sequence())
    return 0


def _sequence() -> str:
    from observe_app.services.charts.words import ChartWords  # noqa: PLC0415  (as above)

    return ChartWords().readings_sequence


def _write(core: Core, goal_id: str, target: Path) -> None:
    from observe_app.services.charts.readings import readings_table  # noqa: PLC0415  (as above)
    from observe_app.services.charts.words import ChartWords  # noqa: PLC0415  (as above)
    from observe_app.services.exchange.chart_table import write_table  # noqa: PLC0415  (as above)
    from observe_app.services.groups.page import goal_view  # noqa: PLC0415  (as above)

    view = goal_view(core, goal_id)
    write_table(readings_table(view.chart, ChartWords()), view.goal.title, target)


def _bring(core: Core, arguments: Namespace, goal_id: str) -> int:
    from observe_app.services.groups import readings_in  # noqa: PLC0415  (as above)

    mapping: dict[str, str] = {}
    for told in arguments.map:
        role, sign, column = told.partition("=")
        if not sign:
            raise Invalid("column", told[:40], "unknown")
        mapping[role.strip()] = column.strip()
    if arguments.sheet:
        mapping["sheet"] = arguments.sheet
    path = Path(arguments.bring).expanduser()
    if arguments.preview:
        given = mapping | ({"of": arguments.of} if arguments.of else {})
        result = readings_in.preview_readings(core, goal_id=goal_id, path=path, mapping=given)
    else:
        result = readings_in.import_readings(core, goal_id=goal_id, path=path, mapping=mapping, series=arguments.of)
    if arguments.json:
        output.say_json(documents.result_document(result, preview=arguments.preview))
        return 0
    did = "would be " if arguments.preview else ""
    output.say(f"{did}new: {result.count('add')}, changed: {result.count('change')}, as before: {result.count('same')}")
    for problem in result.problems[:_SHOWN]:
        output.say(f"  {readings_in.problem_words(problem)}")
    if len(result.problems) > _SHOWN:
        output.say(f"  and {len(result.problems) - _SHOWN} more")
    return 0


# --- resources -------------------------------------------------------------------------------------------------------


def resource(arguments: Namespace) -> int:
    """Keep a file or a link, list them, or write a copy of a file."""
    with opened(arguments) as core:
        found = groups.by_name(core, arguments.group)
        if arguments.save:
            if not arguments.to:
                raise Invalid("to", "", "empty")
            kept = [one for one in resources.of_group(core, found.id) if arguments.save in {one.id, one.id[-8:]}]
            if len(kept) != 1:
                raise NotFound("resource", arguments.save)
            resources.save_copy(core, resource_id=kept[0].id, target=Path(arguments.to).expanduser())
        elif arguments.what:
            _keep(core, arguments, found.id)
        listed = resources.of_group(core, found.id)
    if arguments.json:
        output.say_json([documents.resource_document(one) for one in listed])
    elif listed:
        output.say_table(
            ("ID", "LICENCE", "WHERE", "TITLE"),
            [(one.id[-8:], one.licence or "-", one.link or one.file_name, one.title) for one in listed],
        )
    else:
        output.say("Nothing kept yet.")
    return 0


def _keep(core: Core, arguments: Namespace, group_id: str) -> None:
    path = Path(arguments.what).expanduser()
    if "://" in arguments.what or (not path.exists() and arguments.what.startswith("www.")):
        resources.add_link(core, link=arguments.what, title=arguments.title, licence=arguments.licence,
                           note=arguments.note, group_id=group_id)  # fmt: skip
    else:
        resources.add_file(core, path=path, title=arguments.title, licence=arguments.licence, note=arguments.note,
                           group_id=group_id)  # fmt: skip

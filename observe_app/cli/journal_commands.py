"""`journal` and `portfolio`: one's own journal, what of it one gives on, and what one picks from a year."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.hours_commands import day, look_arguments, look_of, said_written
from observe_app.cli.parts import add, group
from observe_app.cli.session import opened
from observe_app.domain.errors import Ambiguous, NotFound
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.portfolio import Pick, PickKind
from observe_app.services import journals, visits

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.services.core import Core

_LEAST = 6
_SHOWN = 60


def add_to(commands: Commands) -> None:
    """Add `journal` and `portfolio`."""
    behind = group(commands, "journal", "write and read your own journal; nobody else's is in here")
    new = add(behind, "add", "write an entry and print its id", add_entry)
    new.add_argument("text", metavar="TEXT", help="`-` reads it from the input")
    new.add_argument("--title", metavar="TEXT", default="")
    new.add_argument("--visit", metavar="VISIT", action="append", default=[], help="what it is about; may be repeated")
    new.add_argument("--learning", action="store_true", help="what you take along for your own lessons")
    new.add_argument("--prompted", action="store_true", help="as an answer to this week's question")
    listing = add(behind, "list", "list your entries, the latest first", list_entries)
    listing.add_argument("--words", metavar="WORDS", default="", help="that begin words of the entry")
    show = add(behind, "show", "show an entry", show_entry)
    delete = add(behind, "delete", "take an entry away; undo in the window brings it back", delete_entry)
    for one in (show, delete):
        one.add_argument("entry", metavar="ENTRY", help="its id, or at least six characters of it")
    asked = add(behind, "prompt", "show this week's question", show_prompt)
    asked.add_argument("--further", metavar="N", type=int, default=0, help="so many questions further")
    out = add(behind, "export", "write your whole journal into a file of your own", export_entries)
    out.add_argument("-o", "--output", metavar="FILE", required=True, help="ends in .md, .txt or .json")
    give = add(behind, "share", "give words of an entry to a group, word for word", share)
    give.add_argument("entry", metavar="ENTRY")
    give.add_argument("--group", metavar="NAME", required=True)
    give.add_argument("--text", metavar="TEXT", required=True, help="out of the entry")
    add(behind, "shared", "list what you gave to groups", shared)
    back = add(behind, "take-back", "take words back from a group", take_back)
    back.add_argument("excerpt", metavar="ID")
    _portfolios(group(commands, "portfolio", "pick from your own year and write it as PDF"))


def _portfolios(behind: Commands) -> None:
    new = add(behind, "new", "begin a portfolio and print its id", new_portfolio)
    new.add_argument("title", metavar="TITLE")
    new.add_argument("--first", metavar="DATE", type=day)
    new.add_argument("--last", metavar="DATE", type=day)
    add(behind, "list", "list your portfolios", list_portfolios)
    offers = add(behind, "offers", "list what of your own can be picked", list_offers)
    offers.add_argument("--first", metavar="DATE", type=day)
    offers.add_argument("--last", metavar="DATE", type=day)
    pick = add(behind, "pick", "put something at the end of a portfolio", pick_one)
    pick.add_argument("portfolio", metavar="PORTFOLIO")
    pick.add_argument("--offer", metavar="KIND/ID", default="", help="as `portfolio offers` lists it")
    pick.add_argument(
        "--words", metavar="TEXT", default="", help="own words, or what goes in instead of the whole text"
    )
    pick.add_argument("--heading", metavar="TEXT", default="")
    pick.add_argument("--with-name", action="store_true", help="name the other person of the visit it comes from")
    text = add(behind, "foreword", "write the foreword", foreword)
    text.add_argument("portfolio", metavar="PORTFOLIO")
    text.add_argument("text", metavar="TEXT", help="`-` reads it from the input")
    pdf = add(behind, "pdf", "write a portfolio as PDF; says whose names are in it", portfolio_pdf)
    pdf.add_argument("portfolio", metavar="PORTFOLIO")
    look_arguments(pdf)


def _typed(text: str) -> str:
    return sys.stdin.read() if text == "-" else text


# --- the journal ------------------------------------------------------------------------------------------------------


def _entry(core: Core, given: str) -> JournalEntry:
    """Return one's own entry by its id or enough of it.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    every = journals.everything(core)
    found = [one for one in every if one.id == given]
    if not found and len(given) >= _LEAST:
        found = [one for one in every if one.id.startswith(given) or one.id.endswith(given)]
    if not found:
        raise NotFound("journal entry", given)
    if len(found) > 1:
        raise Ambiguous("journal entry", given, tuple(one.id for one in found))
    return found[0]


def _entry_json(one: JournalEntry) -> dict[str, Any]:
    return {
        "id": one.id, "at": one.at.isoformat() if one.at else None, "kind": one.kind.value, "title": one.title,
        "prompt": one.prompt, "text": one.text, "visits": list(journals.linked(one)),
    }  # fmt: skip


def add_entry(arguments: Namespace) -> int:
    """Write an entry."""
    from observe_app.services.learning.days import local  # noqa: PLC0415  (help needs no services)
    from observe_app.services.learning.prompts import prompt_of  # noqa: PLC0415

    with opened(arguments) as core:
        about = tuple(visits.resolve(core, given) for given in arguments.visit)
        today = local(core.clock.now(), core.clock.zone_name()).date()
        made = journals.add(
            core,
            text=_typed(arguments.text),
            visit_id=about[0] if about else "",
            visit_ids=about[1:],
            kind=EntryKind.LEARNING if arguments.learning else EntryKind.JOURNAL,
            title=arguments.title,
            prompt=prompt_of(today) if arguments.prompted else "",
        ).value
    if arguments.json:
        output.say_json(_entry_json(made))
    else:
        output.say(made.id)
    return 0


def list_entries(arguments: Namespace) -> int:
    """List one's own entries."""
    with opened(arguments) as core:
        every = journals.everything(core)
        found = journals.matching(every, arguments.words, journals.visits_of(core, every))
    if arguments.json:
        output.say_json([_entry_json(one) for one in found])
        return 0
    rows = [[one.id[-8:], f"{one.at:%Y-%m-%d}" if one.at else "", one.kind.value, _first_words(one)] for one in found]
    output.say_table(["Entry", "Written", "Kind", "Words"], rows)
    return 0


def _first_words(one: JournalEntry) -> str:
    line = " ".join((one.title or one.text).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def show_entry(arguments: Namespace) -> int:
    """Show an entry."""
    with opened(arguments) as core:
        found = _entry(core, arguments.entry)
    if arguments.json:
        output.say_json(_entry_json(found))
        return 0
    for line in (found.title, found.prompt, found.text):
        if line:
            output.say(line)
    return 0


def delete_entry(arguments: Namespace) -> int:
    """Take an entry away."""
    with opened(arguments) as core:
        found = _entry(core, arguments.entry)
        journals.delete(core, entry_id=found.id, seen=journals.open_entry(core, found.id).seen)
    if arguments.json:
        output.say_json({"deleted": found.id})
    return 0


def show_prompt(arguments: Namespace) -> int:
    """Show this week's question."""
    from observe_app.services.learning.days import local  # noqa: PLC0415
    from observe_app.services.learning.prompts import prompt_of  # noqa: PLC0415

    with opened(arguments) as core:
        asked = prompt_of(local(core.clock.now(), core.clock.zone_name()).date(), arguments.further)
    output.say_json({"prompt": asked}) if arguments.json else output.say(asked)
    return 0


def export_entries(arguments: Namespace) -> int:
    """Write one's whole journal into a file."""
    from observe_app.services.exchange.journal_out import export  # noqa: PLC0415

    target = Path(arguments.output).expanduser()
    with opened(arguments) as core:
        count = export(core, target)
    if arguments.json:
        output.say_json({"path": str(target), "entries": count})
    else:
        output.say(f"{target}: {'1 entry' if count == 1 else f'{count} entries'}. Whoever has this file can read it.")
    return 0


def share(arguments: Namespace) -> int:
    """Give words of an entry to a group."""
    from observe_app.services.groups import groups  # noqa: PLC0415
    from observe_app.services.learning import excerpts  # noqa: PLC0415

    with opened(arguments) as core:
        wanted = arguments.group.casefold()
        found = [row.group for row in groups.listing(core) if row.group.name.casefold() == wanted]
        if not found:
            raise NotFound("group", arguments.group)
        if len(found) > 1:
            raise Ambiguous("group", arguments.group, tuple(one.id for one in found))
        made = excerpts.share(
            core, entry_id=_entry(core, arguments.entry).id, group_id=found[0].id, text=arguments.text
        )
        told = excerpts.reach(core, found[0].id)
    if arguments.json:
        output.say_json({"id": made.id, "group": told.group, "people": list(told.people), "text": made.text})
    else:
        output.say(f"{made.id}: kept with {told.group}, for {', '.join(told.people) or 'nobody else yet'}.")
    return 0


def shared(arguments: Namespace) -> int:
    """List what one gave to groups."""
    from observe_app.services.learning import excerpts  # noqa: PLC0415

    with opened(arguments) as core:
        found = excerpts.mine(core)
    if arguments.json:
        output.say_json([
            {"id": one.excerpt.id, "group": one.group, "text": one.excerpt.text} for one in found
        ])  # fmt: skip
        return 0
    output.say_table(
        ["Id", "Group", "Words"], [[one.excerpt.id, one.group, one.excerpt.text[:_SHOWN]] for one in found]
    )
    return 0


def take_back(arguments: Namespace) -> int:
    """Take words back from a group."""
    from observe_app.services.learning import excerpts  # noqa: PLC0415

    with opened(arguments) as core:
        excerpts.take_back(core, arguments.excerpt)
    if arguments.json:
        output.say_json({"taken_back": arguments.excerpt})
    return 0


# --- portfolios -------------------------------------------------------------------------------------------------------


def new_portfolio(arguments: Namespace) -> int:
    """Begin a portfolio."""
    from observe_app.services.learning import portfolio  # noqa: PLC0415

    with opened(arguments) as core:
        made = portfolio.add(core, title=arguments.title, first=arguments.first, last=arguments.last).value
    output.say_json({"id": made.id}) if arguments.json else output.say(made.id)
    return 0


def list_portfolios(arguments: Namespace) -> int:
    """List one's own portfolios."""
    from observe_app.domain.portfolio import picks_of  # noqa: PLC0415
    from observe_app.services.learning import portfolio  # noqa: PLC0415

    with opened(arguments) as core:
        found = portfolio.listing(core)
    if arguments.json:
        output.say_json([
            {
                "id": one.id, "title": one.title, "first": one.first and one.first.isoformat(),
                "last": one.last and one.last.isoformat(), "picks": len(picks_of(one.picks)),
            }
            for one in found
        ])  # fmt: skip
        return 0
    output.say_table(
        ["Portfolio", "Picks", "Title"], [[one.id, str(len(picks_of(one.picks))), one.title] for one in found]
    )
    return 0


def list_offers(arguments: Namespace) -> int:
    """List what of one's own can be picked."""
    from observe_app.services.learning import portfolio  # noqa: PLC0415

    with opened(arguments) as core:
        found = portfolio.offers(core, arguments.first, arguments.last)
    if arguments.json:
        output.say_json([
            {
                "offer": f"{one.kind.value}/{one.target_id}", "on": one.on and one.on.isoformat(),
                "heading": one.heading, "text": one.text or one.detail, "names": list(one.names), "who": one.who,
            }
            for one in found
        ])  # fmt: skip
        return 0
    rows = [
        [
            f"{one.kind.value}/{one.target_id}", one.on.isoformat() if one.on else "",
            " ".join((one.heading or one.text or one.detail).split())[:_SHOWN],
        ]
        for one in found
    ]  # fmt: skip
    output.say_table(["Offer", "Date", "Words"], rows)
    return 0


def pick_one(arguments: Namespace) -> int:
    """Put something at the end of a portfolio."""
    from observe_app.domain.portfolio import picks_of  # noqa: PLC0415
    from observe_app.services.learning import portfolio  # noqa: PLC0415

    kind, _slash, target = arguments.offer.partition("/")
    if arguments.offer and kind not in set(PickKind):
        raise NotFound("offer", arguments.offer)
    chosen = PickKind(kind) if arguments.offer else PickKind.WORDS
    with opened(arguments) as core:
        shown = portfolio.open_portfolio(core, arguments.portfolio)
        known = {(one.kind, one.target_id) for one in portfolio.offers(core)}
        if arguments.offer and (chosen, target) not in known:
            raise NotFound("offer", arguments.offer)
        one = Pick(chosen, target, arguments.words, arguments.heading, arguments.with_name)
        picks = (*picks_of(shown.value.picks), one)
        made = portfolio.edit(core, portfolio_id=shown.value.id, seen=shown.seen, picks=picks).value
        names = portfolio.names_told(core, made)
    count = len(picks_of(made.picks))
    if arguments.json:
        output.say_json({"picks": count, "names": list(names)})
    else:
        output.say(f"{count} picked.{_names(names)}")
    return 0


def _names(names: tuple[str, ...]) -> str:
    return f" Other people named in it: {', '.join(names)}." if names else " Nobody else known here is named in it."


def foreword(arguments: Namespace) -> int:
    """Write the foreword."""
    from observe_app.services.learning import portfolio  # noqa: PLC0415

    with opened(arguments) as core:
        shown = portfolio.open_portfolio(core, arguments.portfolio)
        portfolio.edit(core, portfolio_id=shown.value.id, seen=shown.seen, foreword=_typed(arguments.text))
    if arguments.json:
        output.say_json({"id": arguments.portfolio})
    return 0


def portfolio_pdf(arguments: Namespace) -> int:
    """Write a portfolio as PDF."""
    from observe_app.services.pdf.learning_export import export_portfolio  # noqa: PLC0415

    with opened(arguments) as core:
        made, done = export_portfolio(
            core, arguments.portfolio, Path(arguments.output).expanduser(), look=look_of(arguments)
        )
    said_written(arguments, done, names=list(made.names), missing=made.missing)
    if not arguments.json:
        output.say(_names(made.names).strip())
        if made.missing:
            output.say(f"Left out because it cannot be read any more: {made.missing}")
    return 0

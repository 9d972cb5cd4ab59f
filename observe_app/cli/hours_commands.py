"""`hours`, `certificate` and `check certificate`: hours of people, and what is issued over them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.languages import page_language
from observe_app.cli.parts import add, group
from observe_app.cli.people_commands import person_meant
from observe_app.cli.session import opened
from observe_app.domain.hours import RULED, HoursKind, Per

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.hours import Certificate, HoursRule, Line
    from observe_app.services.core import Core
    from observe_app.services.pdf.term_export import Look

_KINDS = {
    HoursKind.SESSION: "Sessions",
    HoursKind.OBSERVING: "Observing",
    HoursKind.OBSERVED: "Being observed",
    HoursKind.TALK: "Conversations",
    HoursKind.MANUAL: "By hand",
}
_HOUR = 60


def add_to(commands: Commands) -> None:
    """Add `hours` and `certificate`."""
    behind = group(commands, "hours", "count hours by sessions, visits and conversations")
    _days(add(behind, "list", "list everybody's hours, by name", listing))
    show = add(behind, "show", "show the statement of a person: days and minutes", statement)
    pdf = add(behind, "pdf", "write the statement of a person as PDF", statement_pdf)
    for one in (show, pdf):
        one.add_argument("person", metavar="NAME")
        _days(one)
    look_arguments(pdf)
    add(behind, "rules", "list how each kind counts", rules)
    rule = add(behind, "rule", "say how a kind counts", set_rule)
    rule.add_argument("kind", choices=[kind.value for kind in RULED])
    rule.add_argument("--per", choices=[per.value for per in Per], required=True, help="as it lasted, each the same")
    rule.add_argument("--minutes", metavar="N", type=int, default=0, help="with `--per each`: for each")
    rule.add_argument("--cap", metavar="MINUTES", type=int, help="at most so many in a school year; no end without it")
    by_hand = add(behind, "add", "put time in by hand, or take some off with a minus", add_entry)
    by_hand.add_argument("person", metavar="NAME")
    by_hand.add_argument("--on", metavar="DATE", type=day, required=True)
    by_hand.add_argument("--minutes", metavar="N", type=int, required=True)
    by_hand.add_argument("--what", metavar="TEXT", required=True)
    gone = add(behind, "remove", "take time put in by hand away", remove_entry)
    gone.add_argument("entry", metavar="ID", help="as `hours show --json` tells it")
    _certificates(group(commands, "certificate", "issue, list and withdraw certificates of hours"))


def _certificates(behind: Commands) -> None:
    issue = add(behind, "issue", "issue a certificate over a person's hours and print its number", issue_one)
    issue.add_argument("person", metavar="NAME")
    _days(issue)
    look_arguments(issue, required=False)
    add(behind, "list", "list the certificates issued from this data folder", certificates_list)
    pdf = add(behind, "pdf", "write a certificate as PDF, as it was issued", certificate_pdf)
    pdf.add_argument("number", metavar="NUMBER")
    look_arguments(pdf)
    back = add(behind, "withdraw", "say that a certificate no longer stands", withdraw)
    back.add_argument("number", metavar="NUMBER")
    back.add_argument("--why", metavar="TEXT", required=True)


def check_arguments(check: ArgumentParser) -> None:
    """Add `certificate NUMBER` to `check`."""
    check.add_argument(
        "what", nargs="?", choices=("certificate",), help="look a certificate up instead: is it from this data folder?"
    )
    check.add_argument("number", nargs="?", metavar="NUMBER", help="of the certificate")


def look_arguments(parser: ArgumentParser, *, required: bool = True) -> None:
    """Add where a PDF goes and how it is to look."""
    parser.add_argument("-o", "--output", metavar="FILE", required=required)
    parser.add_argument("--paper", choices=("A4", "Letter"), help="the setting's when left out")
    parser.add_argument("--language", metavar="CODE", type=page_language, help="such as de")


def look_of(arguments: Namespace) -> Look:
    """Return how a PDF is to look."""
    from observe_app.services.pdf.term_export import Look  # noqa: PLC0415  (help needs no pages)

    return Look(arguments.paper, arguments.language or "")


def day(text: str) -> date:
    """Return a date.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it like 2025-09-01") from error


def _days(parser: ArgumentParser) -> None:
    parser.add_argument("--first", metavar="DATE", type=day, help="the school year's first day when left out")
    parser.add_argument("--last", metavar="DATE", type=day, help="the school year's last day when left out")


def _span(core: Core, arguments: Namespace) -> tuple[date, date]:
    from observe_app.services.learning import hours  # noqa: PLC0415  (help needs no services)
    from observe_app.services.learning.days import local  # noqa: PLC0415

    today = local(core.clock.now(), core.clock.zone_name()).date()
    begin, end = hours.school_year(core, arguments.first or arguments.last or today)
    return arguments.first or begin, arguments.last or max(end, arguments.first or end)


def time_words(minutes: int) -> str:
    """Return minutes as "12:40"."""
    whole, rest = divmod(abs(minutes), _HOUR)
    return f"{'-' if minutes < 0 else ''}{whole}:{rest:02d}"


# --- hours ------------------------------------------------------------------------------------------------------------


def listing(arguments: Namespace) -> int:
    """List everybody's hours, by name."""
    from observe_app.services.learning import hours  # noqa: PLC0415

    with opened(arguments) as core:
        first, last = _span(core, arguments)
        rows = hours.overview(core, first=first, last=last)
    if arguments.json:
        people_json = [
            {
                "id": row.person.id, "name": row.person.name, "minutes": row.minutes,
                "by_kind": {kind.value: row.by_kind.get(kind, 0) for kind in HoursKind},
            }
            for row in rows
        ]  # fmt: skip
        output.say_json({"first": first.isoformat(), "last": last.isoformat(), "people": people_json})
        return 0
    output.say(f"{first} to {last}")
    cells = [
        [*(time_words(row.by_kind.get(kind, 0)) for kind in HoursKind), time_words(row.minutes), row.person.name]
        for row in rows
    ]
    output.say_table([*_KINDS.values(), "In all", "Name"], cells)
    return 0


def statement(arguments: Namespace) -> int:
    """Show the statement of a person."""
    from observe_app.services.learning import hours  # noqa: PLC0415

    with opened(arguments) as core:
        first, last = _span(core, arguments)
        person = person_meant(core, arguments.person)
        found = hours.statement(core, person_id=person.id, first=first, last=last)
        by_hand = [one for one in hours.entries(core, found.person.id) if first <= one.on <= last]
    if arguments.json:
        output.say_json({
            "name": found.person.name, "first": first.isoformat(), "last": last.isoformat(), "minutes": found.minutes,
            "by_kind": {kind.value: minutes for kind, minutes in found.by_kind.items()},
            "rules": [_rule_json(found.rules[kind]) for kind in found.rules],
            "lines": [_line_json(line) for line in found.lines],
            "by_hand": [
                {"id": one.id, "on": one.on.isoformat(), "minutes": one.minutes, "what": one.what} for one in by_hand
            ],
        })  # fmt: skip
        return 0
    output.say(f"{found.person.name}, {first} to {last}: {time_words(found.minutes)}")
    rows = [
        [line.on.isoformat(), time_words(line.minutes), _KINDS[line.kind], line.how.value.replace("_", " "), line.what]
        for line in found.lines
    ]
    output.say_table(["Date", "Time", "Kind", "Counted", "What"], rows)
    return 0


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "on": line.on.isoformat(), "kind": line.kind.value, "what": line.what, "minutes": line.minutes,
        "whole": line.whole, "how": line.how.value,
    }  # fmt: skip


def statement_pdf(arguments: Namespace) -> int:
    """Write the statement of a person as PDF."""
    from observe_app.services.pdf.learning_export import statement_document, write_pages  # noqa: PLC0415

    with opened(arguments) as core:
        first, last = _span(core, arguments)
        person = person_meant(core, arguments.person)
        made = statement_document(core, person_id=person.id, first=first, last=last, look=look_of(arguments))
    return said_written(arguments, write_pages(made, Path(arguments.output).expanduser()))


def said_written(arguments: Namespace, done: Any, **more: object) -> int:
    """Say which file was written, and what the fonts do not have."""
    target = Path(arguments.output).expanduser()
    if arguments.json:
        output.say_json({"path": str(target), "pages": done.pages, "replaced": list(done.replaced), **more})
    else:
        output.say(f"{target}: {'1 page' if done.pages == 1 else f'{done.pages} pages'}")
    if done.replaced:
        output.warn(f"Signs that the fonts do not have are shown as boxes: {' '.join(done.replaced)}")
    return 0


def rules(arguments: Namespace) -> int:
    """List how each kind counts."""
    from observe_app.services.learning import hours  # noqa: PLC0415

    with opened(arguments) as core:
        found = hours.rules(core)
    if arguments.json:
        output.say_json([_rule_json(rule) for rule in found.values()])
        return 0
    rows = [
        [
            _KINDS[kind],
            {"each": f"{time_words(rule.minutes)} each", "nothing": "not counted"}.get(rule.per, "as it lasted"),
            "" if rule.cap_min is None else f"at most {time_words(rule.cap_min)} in a school year",
        ]
        for kind, rule in found.items()
    ]
    output.say_table(["Kind", "Counts", "Limit"], rows)
    return 0


def _rule_json(rule: HoursRule) -> dict[str, Any]:
    return {"kind": rule.kind, "per": rule.per, "minutes": rule.minutes, "cap_min": rule.cap_min}


def set_rule(arguments: Namespace) -> int:
    """Say how a kind counts."""
    from observe_app.services.learning import hours  # noqa: PLC0415

    with opened(arguments) as core:
        hours.set_rule(
            core,
            kind=HoursKind(arguments.kind),
            per=Per(arguments.per),
            minutes=arguments.minutes,
            cap_min=arguments.cap,
        )
    return rules(arguments)


def add_entry(arguments: Namespace) -> int:
    """Put time in by hand."""
    from observe_app.services.learning import hours  # noqa: PLC0415

    with opened(arguments) as core:
        person = person_meant(core, arguments.person)
        made = hours.add_entry(
            core, person_id=person.id, on=arguments.on, minutes=arguments.minutes, what=arguments.what
        )
    output.say_json({"id": made.id}) if arguments.json else output.say(made.id)
    return 0


def remove_entry(arguments: Namespace) -> int:
    """Take time put in by hand away."""
    from observe_app.services.learning import hours  # noqa: PLC0415

    with opened(arguments) as core:
        shown = hours.open_entry(core, arguments.entry)
        hours.delete_entry(core, entry_id=arguments.entry, seen=shown.seen)
    if arguments.json:
        output.say_json({"removed": arguments.entry})
    return 0


# --- certificates -----------------------------------------------------------------------------------------------------


def issue_one(arguments: Namespace) -> int:
    """Issue a certificate and print its number."""
    from observe_app.services.learning import certificates  # noqa: PLC0415

    with opened(arguments) as core:
        first, last = _span(core, arguments)
        person = person_meant(core, arguments.person)
        made = certificates.issue(core, person_id=person.id, first=first, last=last)
        if arguments.output:
            _write(core, made, arguments)
    if arguments.json:
        output.say_json(certificate_json(made) | ({"path": arguments.output} if arguments.output else {}))
    else:
        output.say(made.number)
    return 0


def _write(core: Core, made: Certificate, arguments: Namespace) -> Any:
    from observe_app.services.pdf.learning_export import certificate_page, write_certificate  # noqa: PLC0415

    return write_certificate(certificate_page(core, made, look_of(arguments)), Path(arguments.output).expanduser())


def certificates_list(arguments: Namespace) -> int:
    """List the certificates, the latest first."""
    from observe_app.services.learning import certificates  # noqa: PLC0415

    with opened(arguments) as core:
        found = certificates.listing(core)
    if arguments.json:
        output.say_json([certificate_json(one) for one in found])
        return 0
    rows = [
        [
            one.number, f"{one.issued:%Y-%m-%d}", f"{one.first} to {one.last}", time_words(one.minutes),
            f"withdrawn {one.withdrawn:%Y-%m-%d}" if one.withdrawn else "", one.name,
        ]
        for one in found
    ]  # fmt: skip
    output.say_table(["Number", "Issued", "Days", "Time", "", "Name"], rows)
    return 0


def certificate_pdf(arguments: Namespace) -> int:
    """Write a certificate as PDF."""
    from observe_app.services.learning import certificates  # noqa: PLC0415

    with opened(arguments) as core:
        done = _write(core, certificates.by_number(core, arguments.number), arguments)
    return said_written(arguments, done)


def withdraw(arguments: Namespace) -> int:
    """Say that a certificate no longer stands."""
    from observe_app.services.learning import certificates  # noqa: PLC0415

    with opened(arguments) as core:
        found = certificates.by_number(core, arguments.number)
        made = certificates.withdraw(core, certificate_id=found.id, why=arguments.why)
    if arguments.json:
        output.say_json(certificate_json(made))
    else:
        output.say(f"{made.number} is withdrawn.")
    return 0


def certificate_json(one: Certificate) -> dict[str, Any]:
    """Return a certificate in the stable form, without its lines."""
    return {
        "number": one.number, "name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat(),
        "minutes": one.minutes, "issued": one.issued.isoformat(), "sha256": one.sha256,
        "withdrawn": one.withdrawn.isoformat() if one.withdrawn else None, "why": one.why,
    }  # fmt: skip


_SAYS_NO_MORE = (
    "That says only that the number is from this data. It does not say who made the file or print that you have, nor "
    "that the hours are true."
)


def check_certificate(arguments: Namespace) -> int:
    """Say what this data folder knows of a certificate's number; 0 only for one that stands."""
    from observe_app.services.learning import certificates  # noqa: PLC0415

    with opened(arguments) as core:
        found = certificates.check(core, arguments.number or "")
    one = found.certificate
    if arguments.json:
        known = certificate_json(one) if one is not None and found.state != "changed" else {"number": found.number}
        output.say_json({"state": found.state.value, **known})
    elif one is None:
        output.say(f"{found.number} was not issued from this data folder.")
    elif found.state == "changed":
        output.say(f"{found.number} was issued from this data folder, but its record is not as it was issued.")
    else:
        told = f"for {one.name}, {one.first} to {one.last}, {time_words(one.minutes)} hours"
        output.say(f"{found.number} was issued from this data folder on {one.issued:%Y-%m-%d}, {told}.")
        if one.withdrawn is not None:
            output.say(f"It was withdrawn on {one.withdrawn:%Y-%m-%d}: {one.why}")
        output.say(_SAYS_NO_MORE)
    return 0 if found.state == "issued" else 1

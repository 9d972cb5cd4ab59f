"""`compare agreement`, `compare same`: how far observers of one lesson agree, and which visits are one lesson.

Services of comparing are imported inside the functions: help and usage need none of them.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.parts import add
from observe_app.cli.session import opened
from observe_app.cli.term_choice import reader_arguments, reader_of
from observe_app.services import visits

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.compare.agree_view import AgreementView, GroupAgreement
    from observe_app.domain.compare.same_lesson import Suggestion
    from observe_app.services.compare.agree_words import AgreementWords
    from observe_app.services.core import Core

_HEADS = ("CODE", "BOTH", "ONLY A", "ONLY B", "NEITHER", "SAME", "KAPPA", "95 %", "IN WORDS", "AC1", "JACCARD")


def add_to(group: Commands) -> None:
    """Add the commands behind `compare`."""
    text = "say how far two observers of one lesson agree, or three and more"
    one = add(group, "agreement", text, agreement)
    one.add_argument("visits", metavar="VISIT", nargs="+", help="the clock of the first one counts")
    one.add_argument(
        "--offset", metavar="MM:SS", type=offset, help="added to the second one's times; found out when left out"
    )
    one.add_argument("--interval", metavar="N", type=int, help="seconds; merges intervals, and makes some from moments")
    one.add_argument(
        "--tolerance", metavar="MS", type=int, default=2000, help="how far apart two moments may lie (2000)"
    )
    one.add_argument("--to", metavar="FILE", help="write a file of what may be told: .xlsx, .csv or .json")
    reader_arguments(one)
    same = add(
        group, "same", "say that two visits are of one lesson; without any, list what is and what may be", same_lesson
    )
    same.add_argument("visits", metavar="VISIT", nargs="*")
    same.add_argument("--not", dest="apart", action="store_true", help="say that they are not")


def offset(text: str) -> int:
    """Return milliseconds of a shift such as "1:30" or "-0:20"."""
    found = re.fullmatch(r"([+-]?)(\d{1,4}):([0-5]\d)(?:\.(\d{1,3}))?", text)
    if not found:
        raise argparse.ArgumentTypeError(f"“{text}” is no lesson time; write it like 1:30 or -0:20")
    ms = int(found[2]) * 60_000 + int(found[3]) * 1000 + int((found[4] or "0").ljust(3, "0"))
    return -ms if found[1] == "-" else ms


def agreement(arguments: Namespace) -> int:
    """Say how far observers agree."""
    from observe_app.services.compare.agree_group import agreement_of  # noqa: PLC0415
    from observe_app.services.compare.agree_words import AgreementWords  # noqa: PLC0415
    from observe_app.services.compare.agreement import agreement as compare  # noqa: PLC0415
    from observe_app.services.exchange import agreement_out  # noqa: PLC0415

    if len(arguments.visits) > 2 and (arguments.offset is not None or arguments.interval is not None):
        output.warn("--offset and --interval are for two visits; three and more are compared as they were recorded")
        return 2
    if not arguments.to and (arguments.reader or arguments.own):
        output.warn("--reader and --own are for a file: what is said here, you see anyway")
        return 2
    with opened(arguments) as core:
        found = [visits.resolve(core, one) for one in arguments.visits]
        if arguments.to:
            return _write(core, found, arguments)
        if len(found) > 2:
            return _group(agreement_of(core, found), arguments)
        view = compare(core, found[0], found[-1], **_asked(arguments))
    if arguments.json:
        output.say_json(agreement_out.document(view))
    else:
        _say(view, AgreementWords())
    return 0


def _asked(arguments: Namespace) -> dict[str, Any]:
    return {
        "offset_ms": arguments.offset,
        "tolerance_ms": arguments.tolerance,
        "interval_s": arguments.interval,
    }


def _write(core: Core, found: list[str], arguments: Namespace) -> int:
    """Write what may be told: a file goes on to others, and a visit's audience goes with it."""
    from observe_app.services.compare.agreement import with_agreed  # noqa: PLC0415
    from observe_app.services.compare.reported import reported_group, reported_pair  # noqa: PLC0415
    from observe_app.services.exchange import agreement_out  # noqa: PLC0415

    target = Path(arguments.to).expanduser()
    reader = reader_of(core, arguments)
    if len(found) > 2:
        group, may = reported_group(core, found, reader=reader, own=arguments.own)
        agreement_out.export_group(group, target)
    else:
        view, may = reported_pair(core, found[0], found[-1], reader=reader, own=arguments.own, **_asked(arguments))
        agreement_out.export(with_agreed(core, view) if reader is None else view, target)
    alone = any(one.whole for one in may.told.values())
    if arguments.json:
        output.say_json({"path": str(target), "visits": len(may.told), "not_released": alone})
    else:
        output.say(str(target))
        if alone:
            output.say("With what is not released: for you alone.")
    return 0


def _group(group: GroupAgreement, arguments: Namespace) -> int:
    from observe_app.services.compare.agree_words import AgreementWords, left_out, number, spread  # noqa: PLC0415
    from observe_app.services.exchange import agreement_out  # noqa: PLC0415

    if arguments.json:
        output.say_json(agreement_out.group_document(group))
        return 0
    words = AgreementWords()
    output.say(", ".join(one.observer or "?" for one in group.visits))
    rows = [
        (one.code or "all seen", str(one.units), number(one.alpha, words), spread(one.spread, words))
        for one in (*group.codes, *group.pooled)
        if one.units
    ]
    output.say_table(("CODE", "PLACES", "ALPHA", "95 %"), rows)
    for label, n, figure in group.ratings:
        output.say(f"{label}: alpha {number(figure, words)} (ordinal, {n} items)")
    for left in group.left_out:
        output.say(f"not compared: {left_out(left.why, left.label, left.code, left.count, words)}")
    return 0


def _say(view: AgreementView, words: AgreementWords) -> None:
    from observe_app.services.compare.agree_words import clock, left_out, number  # noqa: PLC0415

    output.say(f"A  {view.a.observer or '?'}   B  {view.b.observer or '?'}")
    moved = view.offset
    told = {"zero": "clocks as recorded", "given": "as given", "found": f"found: {moved.votes} of {moved.of} match"}
    output.say(f"B's times {clock(moved.ms)} ({told[moved.by.value]}); moments within {view.tolerance_ms / 1000:g} s")
    for sheet in view.sheets:
        _say_sheet(sheet.label, view, sheet.item, words)
    for one in view.ratings:
        same = sum(a == b for _item, a, b in one.pairs)
        output.say(
            f"{one.label}: the same in {same} of {one.n}, weighted kappa {number(one.linear, words)} (linear), "
            f"{number(one.quadratic, words)} (quadratic), alpha {number(one.alpha, words)}"
        )
    for moment in view.moments:
        total = moment.matched + moment.only_a + moment.only_b
        output.say(
            f"{moment.label}: {moment.matched} of {total} matched, only A {moment.only_a}, only B {moment.only_b}"
        )
    for state in view.states:
        output.say(
            f"{state.label}: {number(state.percent, words)} of the time the same, kappa {number(state.kappa, words)}"
        )
    if view.differences:
        output.say(f"{len(view.differences)} differences")
    for difference in view.differences:
        output.say(f"  {difference.text}")
    for left in view.left_out:
        output.say(f"not compared: {left_out(left.why, left.label, left.code, left.count, words)}")


def _say_sheet(label: str, view: AgreementView, item: str, words: AgreementWords) -> None:
    from observe_app.services.compare.agree_words import band, number, spread  # noqa: PLC0415

    sheet = next(one for one in view.sheets if one.item == item)
    zero = next((one for one in view.at_zero if one.item == item), None)
    output.say(f"{label}: {sheet.n} intervals of {sheet.seconds} s that both coded")
    rows = []
    for code in (*(one for one in sheet.codes if one.seen), sheet.pooled):
        counts = code.counts
        rows.append(
            (
                code.code or "all seen",
                str(counts.both),
                str(counts.only_a),
                str(counts.only_b),
                str(counts.neither),
                f"{counts.same} of {counts.n}",
                number(code.kappa, words),
                spread(code.spread, words),
                band(code.band, words),
                number(code.ac1, words),
                number(code.jaccard, words),
            )
        )
    output.say_table(_HEADS, rows)
    unseen = [code.code for code in sheet.codes if not code.seen]
    if unseen:
        output.say(f"neither saw (identical; kappa not defined): {', '.join(unseen)}")
    if view.offset.ms and zero is not None:
        output.say(f"as recorded, without any offset: kappa {number(zero.pooled.kappa, words)}")


def same_lesson(arguments: Namespace) -> int:
    """Keep that two visits are one lesson or not; without visits list the pairs and what may be one."""
    from observe_app.domain.errors import Invalid  # noqa: PLC0415
    from observe_app.services.compare import pairs  # noqa: PLC0415

    with opened(arguments) as core:
        if not arguments.visits:
            return _list_same(arguments, pairs.suggest(core), core)
        found = [visits.resolve(core, one) for one in arguments.visits]
        if len(found) != 2:
            raise Invalid("visit", " ".join(found), "same")
        made = (pairs.decline if arguments.apart else pairs.mark)(core, *found)
    if arguments.json:
        output.say_json({"id": made.id, "a": made.a, "b": made.b, "same": made.same})
    else:
        output.say("one lesson" if made.same else "not one lesson")
    return 0


def _list_same(arguments: Namespace, offered: tuple[Suggestion, ...], core: Core) -> int:
    from observe_app.services.compare import pairs  # noqa: PLC0415
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    marked = pairs.marked(core)
    if arguments.json:
        output.say_json(
            {
                "same": [{"id": one.id, "a": a.id, "b": b.id} for one, a, b in marked],
                "offered": [{"a": one.a.id, "b": one.b.id, "overlap_ms": one.overlap_ms} for one in offered],
            }
        )
        return 0
    rows = [("one lesson", a, b) for _one, a, b in marked] + [("may be", one.a, one.b) for one in offered]
    output.say_table(
        ("", "START", "CLASS", "TEACHER", "OBSERVERS", "VISITS"),
        [
            (
                word,
                moment(a.start) or "",
                a.class_name or b.class_name,
                a.teacher or b.teacher,
                f"{a.observer or '?'}, {b.observer or '?'}",
                f"{a.id[-8:]} {b.id[-8:]}",
            )
            for word, a, b in rows
        ],
    )
    return 0

"""`pdf term`, `pdf group` and `pdf calibration`: comparisons on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.agreement_commands import offset
from observe_app.cli.languages import page_language
from observe_app.cli.parts import add
from observe_app.cli.session import opened
from observe_app.cli.term_choice import choice_arguments, choice_of, reader_arguments, reader_of
from observe_app.services import visits

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from observe_app.cli.parts import Commands
    from observe_app.domain.compare.audience import Why
    from observe_app.services.pdf.term_export import Comparison, Look

_WHY = {
    "not_released": "not released",
    "withdrawn": "withdrawn",
    "not_a_reader": "not theirs to read",
    "damaged": "with a damaged release",
    "gone": "in the bin",
    "unnamed": "without a teacher's name",
}


def add_to(pdfs: Commands) -> None:
    """Add the three reports behind `pdf`."""
    one = add(pdfs, "term", "write what changed over a term of one teacher, from what the reader may read", term)
    choice_arguments(one)
    reader_arguments(one)
    _look(one)
    group = add(pdfs, "group", "write how often what was seen with five teachers and more, without names", group_of)
    choice_arguments(group, teacher=False)
    _look(group)
    two = add(pdfs, "calibration", "write how far two observers of one lesson agree", calibration)
    two.add_argument("visits", metavar="VISIT", nargs=2, help="the clock of the first one counts")
    two.add_argument("--offset", metavar="MM:SS", type=offset, help="added to the second one's times; else found out")
    two.add_argument("--interval", metavar="N", type=int, help="seconds; merges intervals, and makes some from moments")
    two.add_argument("--own", action="store_true", help="for yourself alone: your own visit need not be released")
    _look(two)


def _look(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", required=True)
    parser.add_argument("--paper", choices=("A4", "Letter"), help="the setting's when left out")
    parser.add_argument("--language", metavar="CODE", type=page_language, help="such as de")
    parser.add_argument("--ink-saving", action="store_true", help="without filled areas")


def _looked(arguments: Namespace) -> Look:
    from observe_app.services.pdf.term_export import Look  # noqa: PLC0415  (help needs no pages)

    return Look(arguments.paper, arguments.language or "", arguments.ink_saving)


def term(arguments: Namespace) -> int:
    """Write the term of one teacher."""
    from observe_app.services.pdf.term_export import term_report  # noqa: PLC0415

    with opened(arguments) as core:
        made = term_report(
            core,
            choice_of(core, arguments),
            reader=reader_of(core, arguments),
            own=arguments.own,
            look=_looked(arguments),
        )
    return _written(arguments, made)


def group_of(arguments: Namespace) -> int:
    """Write a group without names."""
    from observe_app.services.pdf.term_export import group_report  # noqa: PLC0415

    with opened(arguments) as core:
        made = group_report(core, choice_of(core, arguments), look=_looked(arguments))
    return _written(arguments, made)


def calibration(arguments: Namespace) -> int:
    """Write how far two observers agree."""
    from observe_app.services.pdf.term_export import calibration_report  # noqa: PLC0415

    with opened(arguments) as core:
        one, other = (visits.resolve(core, given) for given in arguments.visits)
        made = calibration_report(
            core,
            one,
            other,
            own=arguments.own,
            offset_ms=arguments.offset,
            interval_s=arguments.interval,
            look=_looked(arguments),
        )
    return _written(arguments, made)


def _written(arguments: Namespace, made: Comparison) -> int:
    from observe_app.services.pdf.term_export import export_comparison  # noqa: PLC0415

    target = Path(arguments.output).expanduser()
    done = export_comparison(made, target)
    if arguments.json:
        output.say_json({
            "path": str(target), "pages": done.pages, "visits": made.visits, "left_out": left_out_json(made.left_out),
            "not_released": made.own, "replaced": list(done.replaced),
        })  # fmt: skip
    else:
        pages = "1 page" if done.pages == 1 else f"{done.pages} pages"
        output.say(f"{target}: {pages}, {made.visits} {'visit' if made.visits == 1 else 'visits'}")
        say_left_out(made.left_out)
        if made.own:
            output.say("With what is not released: for you alone.")
    if done.replaced:
        output.warn(f"Signs that the fonts do not have are shown as boxes: {' '.join(done.replaced)}")
    return 0


def left_out_json(found: Iterable[tuple[Why, int]]) -> dict[str, int]:
    """Return how many visits were left out, by reason, in the stable form."""
    return {why.value: count for why, count in found}


def say_left_out(found: Iterable[tuple[Why, int]]) -> None:
    """Say what was left out and why, to whoever made it."""
    told = [f"{count} {_WHY.get(why.value, why.value)}" for why, count in found]
    if told:
        output.say(f"Left out: {', '.join(told)}")

"""`survey`: make, open, answer, collect and close surveys, and say what they come to.

Services of surveys are imported inside the functions: help and usage need none of them.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.parts import add, group
from observe_app.cli.session import opened
from observe_app.domain.errors import FileUnreadable, Invalid

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from observe_app.cli.parts import Commands
    from observe_app.domain.form import Item
    from observe_app.domain.surveys.results import Cells, ItemResult, PulsePoint
    from observe_app.domain.surveys.sheet import Given
    from observe_app.services.surveys.results import Compared, SurveyResults
    from observe_app.services.surveys.surveys import SurveyView

_MOST_FILE = 1_000_000


def add_to(commands: Commands) -> None:
    """Add the commands behind `survey`."""
    surveys = group(commands, "survey", "ask colleagues, with names or anonymous from five answers up")
    new = add(surveys, "new", "make a draft and print its id", new_survey)
    new.add_argument("form", metavar="FORM", help="id of a form that asks and counts nothing; `form list` names them")
    new.add_argument("--title", metavar="TEXT", help="the form's title, when left out")
    new.add_argument("--kind", choices=("survey", "pulse", "before", "after", "needs"), default="survey")
    new.add_argument("--named", action="store_true", help="with names; anonymous, when left out")
    new.add_argument("--least", type=int, default=5, help="answers from which results appear (5, never fewer)")
    new.add_argument("--group", metavar="ID", default="", help="whose members are asked")
    new.add_argument("--session", metavar="ID", default="", help="session that it is about")
    new.add_argument("--closes", metavar="DATE", type=_day, help="last day, such as 2026-03-27")
    new.add_argument("--open", action="store_true", help="open it at once")
    add(surveys, "list", "list surveys, the newest first", listing)
    for name, text, run in (
        ("open", "open a draft: everybody in the shared folder can answer; prints its new id", open_survey),
        ("close", "close a survey; what waits is shown where it is enough", close_survey),
        ("collect", "take in what came; show waiting answers where five or more are in", collect),
    ):
        add(surveys, name, text, run).add_argument("survey", metavar="SURVEY", help="id, or its beginning")
    again = add(surveys, "again", "make a draft that asks the same once more", ask_again)
    again.add_argument("survey", metavar="SURVEY")
    again.add_argument("--kind", choices=("survey", "pulse", "before", "after", "needs"), default="pulse")
    give = add(surveys, "answer", "answer a survey; nothing is sent before the folder's later rounds", answer_survey)
    give.add_argument("survey", metavar="SURVEY")
    give.add_argument("answers", metavar="ITEM=VALUE", nargs="*", help="such as useful=4 words='More time'")
    give.add_argument("--from", metavar="FILE", dest="source", help='JSON: {"useful": 4}, or a list of such sheets')
    give.add_argument(
        "--way", choices=("own", "passed", "paper"), default="own", help="own; laptop passed round; paper"
    )
    shown = add(surveys, "results", "say what a survey comes to, with n", results_of)
    shown.add_argument("survey", metavar="SURVEY")
    shown.add_argument(
        "--cross",
        nargs=2,
        metavar="ITEM",
        help="lay two questions crosswise; only where every pair was given often enough",
    )
    out = add(surveys, "export", "write counts and answers, shuffled (.xlsx, .csv)", export)
    paper = add(surveys, "print", "write the sheet to fill in with a pen, as a tagged PDF", print_sheet)
    for one in (out, paper):
        one.add_argument("survey", metavar="SURVEY")
        one.add_argument("target", metavar="FILE")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it like 2026-03-27") from error


def new_survey(arguments: Namespace) -> int:
    """Make a draft."""
    from observe_app.domain.form import text_in  # noqa: PLC0415
    from observe_app.services.surveys import surveys  # noqa: PLC0415

    with opened(arguments) as core:
        form = core.catalogue.form(arguments.form)
        survey = surveys.create(
            core, form=form, title=arguments.title or text_in(form.title, core.settings.get().language),
            kind=arguments.kind, anonymous=not arguments.named, least=arguments.least, group_id=arguments.group,
            session_id=arguments.session, closes=arguments.closes,
        )  # fmt: skip
        if arguments.open:
            survey = surveys.open_survey(core, survey_id=survey.id)
        _tell(surveys.view(core, survey.id), arguments)
    return 0


def listing(arguments: Namespace) -> int:
    """List surveys."""
    from observe_app.services.surveys import surveys  # noqa: PLC0415

    with opened(arguments) as core:
        found = surveys.listing(core)
        waits = {one.survey.id for one in surveys.waiting_for_me(core)}
    if arguments.json:
        output.say_json([_json(one) | {"waits_for_me": one.survey.id in waits} for one in found])
        return 0
    rows = [
        (
            one.survey.id, one.survey.state, one.survey.kind, "anonymous" if one.survey.anonymous else "named",
            str(one.released + one.waiting) if one.mine else "", one.survey.title,
        )
        for one in found
    ]  # fmt: skip
    output.say_table(("ID", "STATE", "KIND", "NAMES", "ANSWERS", "TITLE"), rows)
    return 0


def open_survey(arguments: Namespace) -> int:
    """Open a draft."""
    from observe_app.services.surveys import surveys  # noqa: PLC0415

    with opened(arguments) as core:
        survey = surveys.open_survey(core, survey_id=surveys.resolve(core, arguments.survey))
        _tell(surveys.view(core, survey.id), arguments)
    return 0


def close_survey(arguments: Namespace) -> int:
    """Close a survey."""
    from observe_app.services.surveys import collecting, results, surveys  # noqa: PLC0415

    with opened(arguments) as core:
        survey = collecting.close(core, survey_id=surveys.resolve(core, arguments.survey))
        found = results.results(core, survey.id)
    _say(found, arguments)
    return 0


def ask_again(arguments: Namespace) -> int:
    """Make a draft that follows a survey."""
    from observe_app.services.surveys import surveys  # noqa: PLC0415

    with opened(arguments) as core:
        draft = surveys.next_round(core, survey_id=surveys.resolve(core, arguments.survey), kind=arguments.kind)
        _tell(surveys.view(core, draft.id), arguments)
    return 0


def answer_survey(arguments: Namespace) -> int:
    """Answer a survey, once or sheet by sheet."""
    from observe_app.services.survey_words import ANONYMOUS, ANONYMOUS_PASSED, NAMED  # noqa: PLC0415
    from observe_app.services.surveys import surveys  # noqa: PLC0415
    from observe_app.services.surveys.answering import Way, answer  # noqa: PLC0415

    with opened(arguments) as core:
        survey_id = surveys.resolve(core, arguments.survey)
        view = surveys.view(core, survey_id)
        sheets = _sheets(view, arguments)
        for sheet in sheets:
            answer(core, survey_id=survey_id, given=sheet, way=Way(arguments.way))
    if arguments.json:
        output.say_json({"survey": survey_id, "kept": len(sheets), "anonymous": view.survey.anonymous})
        return 0
    output.say(f"kept: {len(sheets)}")
    told = (ANONYMOUS if arguments.way == "own" else ANONYMOUS_PASSED) if view.survey.anonymous else (NAMED,)
    for sentence in told:
        output.say(sentence.format(least=view.survey.least, who=view.maker or "the organiser"))
    return 0


def collect(arguments: Namespace) -> int:
    """Keep named answers; show anonymous ones where enough wait."""
    from observe_app.services.surveys import collecting, results, surveys  # noqa: PLC0415

    with opened(arguments) as core:
        survey_id = surveys.resolve(core, arguments.survey)
        collecting.collect(core)
        if surveys.view(core, survey_id).survey.anonymous:
            collecting.release(core, survey_id=survey_id)
        found = results.results(core, survey_id)
    _say(found, arguments)
    return 0


def results_of(arguments: Namespace) -> int:
    """Say what a survey comes to."""
    from observe_app.services.surveys import results, surveys  # noqa: PLC0415

    with opened(arguments) as core:
        found = results.results(core, surveys.resolve(core, arguments.survey))
        survey = found.view.survey
        cells = results.crossed(core, survey.id, *arguments.cross) if arguments.cross else None
        pulse = results.pulse(core, survey.series_id) if found.view.mine else ()
        compared = results.before_after(core, survey.id) if found.view.mine else ()
    if arguments.cross:
        _say_cross(cells, arguments)
    elif arguments.json:
        output.say_json(_results_json(found) | _series_json(pulse, compared))
    else:
        _say(found, arguments)
    return 0


def export(arguments: Namespace) -> int:
    """Write results."""
    from observe_app.services.surveys import surveys, tables  # noqa: PLC0415

    target = Path(arguments.target).expanduser()
    with opened(arguments) as core:
        tables.export(core, surveys.resolve(core, arguments.survey), target, core.settings.get().language)
    _wrote(target, arguments)
    return 0


def print_sheet(arguments: Namespace) -> int:
    """Write the sheet."""
    from observe_app.services.surveys import printing, surveys  # noqa: PLC0415

    target = Path(arguments.target).expanduser()
    with opened(arguments) as core:
        printing.export(core, surveys.view(core, surveys.resolve(core, arguments.survey)), target)
    _wrote(target, arguments)
    return 0


# --- helpers ---------------------------------------------------------------------------------------------------------


def _wrote(target: Path, arguments: Namespace) -> None:
    if arguments.json:
        output.say_json({"file": str(target)})
    else:
        output.say(str(target))


def _sheets(view: SurveyView, arguments: Namespace) -> list[dict[str, Given]]:
    """Return the sheets that a file or the command line give.

    Raises:
        FileUnreadable: no such file, or no JSON. Invalid: what is no answer to an item.
    """
    if not arguments.source:
        return [_sheet(view, dict(_pair(one) for one in arguments.answers))]
    path = Path(arguments.source).expanduser()
    try:
        if path.stat().st_size > _MOST_FILE:
            raise FileUnreadable(path, "too_large")
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileUnreadable(path, "missing" if isinstance(error, FileNotFoundError) else "denied") from error
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(path, "not_json") from error
    tables = table if isinstance(table, list) else [table]
    if not all(isinstance(one, dict) for one in tables):
        raise FileUnreadable(path, "not_json")
    return [_sheet(view, one) for one in tables]


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise Invalid("answer", text[:40], "unknown", "ITEM=VALUE")
    return key, value


def _sheet(view: SurveyView, table: dict[str, Any]) -> dict[str, Given]:
    from observe_app.domain.form import OTHER, ItemKind  # noqa: PLC0415
    from observe_app.domain.surveys.sheet import Given  # noqa: PLC0415

    found: dict[str, Given] = {}
    for key, given in table.items():
        item = view.form.item(key) if view.form is not None else None
        if item is None:
            items = view.form.items if view.form is not None else ()
            raise Invalid("answer", key[:40], "unknown", ", ".join(one.id for one in items))
        value, words = given, ""
        if isinstance(value, str) and item.kind in {ItemKind.RATING, ItemKind.NUMBER}:
            try:
                value = float(value) if "." in value else int(value)
            except ValueError as error:
                raise Invalid(key, value[:40], "not_a_number") from error
        if isinstance(value, str) and item.kind in {ItemKind.CHOICE, ItemKind.CHOICES} and value.startswith("other:"):
            value, words = OTHER, value[6:]
        if item.kind is ItemKind.CHOICES:
            parts = value.split(",") if isinstance(value, str) else value
            value = tuple(parts) if isinstance(parts, list) else (parts,)
        found[key] = Given(value, words)
    return found


def _json(view: SurveyView) -> dict[str, Any]:
    survey = view.survey
    return {
        "id": survey.id, "title": survey.title, "kind": survey.kind, "state": survey.state,
        "anonymous": survey.anonymous, "least": survey.least,
        "closes": survey.closes.isoformat() if survey.closes is not None else None,
        "mine": view.mine, "from": view.maker, "asked": view.asked, "shown": view.released, "waiting": view.waiting,
        "leaving": view.leaving, "answered_here": view.done, "collected_here": view.here,
        "session": survey.session_id, "group": survey.group_id, "series": survey.series_id,
    }  # fmt: skip


def _tell(view: SurveyView, arguments: Namespace) -> None:
    if arguments.json:
        output.say_json(_json(view))
    else:
        output.say(view.survey.id)


def _say(found: SurveyResults, arguments: Namespace) -> None:
    view = found.view
    if arguments.json:
        output.say_json(_results_json(found))
        return
    output.say(f"{view.survey.title}: {found.n} shown, {view.waiting} waiting" + _of(view))
    if not found.enough:
        output.say(f"Results appear from {view.survey.least if view.survey.anonymous else 1} answers up.")
    for one in found.items:
        _say_item(one)
    if found.enough and found.few:
        from observe_app.services.survey_words import FEW  # noqa: PLC0415

        output.say(FEW)


def _results_json(found: SurveyResults) -> dict[str, Any]:
    items = [_item_json(one) for one in found.items]
    return _json(found.view) | {"n": found.n, "enough": found.enough, "few": found.few, "items": items}


def _series_json(pulse: Sequence[tuple[Item, Sequence[PulsePoint]]], compared: Sequence[Compared]) -> dict[str, Any]:
    rounds = [
        {"item": item.id, "rounds": [{"on": one.on.isoformat(), "above": one.above, "n": one.n} for one in points]}
        for item, points in pulse
    ]
    both = [{"before": _item_json(one.before), "after": _item_json(one.after), "paired": False} for one in compared]
    return {"pulse": rounds, "before_after": both}


def _say_cross(cells: Cells | None, arguments: Namespace) -> None:
    if arguments.json:
        told = None if cells is None else [{"answers": list(pair), "count": n} for pair, n in cells.items()]
        output.say_json({"cross": arguments.cross, "cells": told})
    elif cells is None:
        output.say("Not shown: the survey is not closed, or some pairs of answers were given by too few.")
    else:
        rows = [(str(count), one, other) for (one, other), count in cells.items() if count]
        output.say_table(("COUNT", *(name.upper() for name in arguments.cross)), rows)


def _of(view: SurveyView) -> str:
    return f", {view.asked} asked" if view.asked is not None else ""


def _item_json(one: ItemResult) -> dict[str, Any]:
    return {
        "item": one.item.id, "n": one.n, "counts": dict(one.counts) if one.n else {}, "texts": list(one.texts),
        "middle": list(one.middle) if one.middle is not None else None, "held": one.held,
    }  # fmt: skip


def _say_item(one: ItemResult) -> None:
    from observe_app.domain.form import text_in  # noqa: PLC0415
    from observe_app.services.surveys.tables import answer_words  # noqa: PLC0415

    output.say()
    held = " (too few answered this to show it)" if one.held else ""
    output.say(f"{text_in(one.item.label, '') or one.item.id}  n = {one.n}{held}")
    if one.n and one.counts:
        output.say_table(("COUNT", "ANSWER"), [(str(n), answer_words(one.item, key, "")) for key, n in one.counts])
    for text in one.texts:
        output.say(f"  {' '.join(text.split())}")

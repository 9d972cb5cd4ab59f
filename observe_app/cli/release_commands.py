"""`visit release|releases|take-back|withdraw`: what leaves, what was released, and taking it back.

Services that print are imported inside the functions: help and usage need none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.languages import page_language
from observe_app.cli.session import opened
from observe_app.cli.visit_commands import local
from observe_app.domain.release import ReleaseKind
from observe_app.services import visits

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from observe_app.domain.release import Copy, Release
    from observe_app.services.core import Core
    from observe_app.services.releases import ReleasePreview

_PLACES = {
    "note": "note",
    "event": "lesson",
    "claim": "claim",
    "answer": "form",
    "step": "action step",
    "turn": "conversation",
    "visit": "visit",
}


def arguments_of(parser: ArgumentParser) -> None:
    """Add what a release can be asked for."""
    parser.add_argument("visit", metavar="VISIT")
    parser.add_argument("--notes", action="store_true", help="with all notes that are not private")
    parser.add_argument("--why", metavar="TEXT", default="", help="of a correction: what the teacher reads")
    parser.add_argument(
        "--language", metavar="CODE", type=page_language, help="of the pages, such as de; the teacher's when left out"
    )
    ratings = parser.add_mutually_exclusive_group()
    ratings.add_argument("--without-ratings", action="store_true", help="ratings wait for the conversation")
    ratings.add_argument("--ratings-anyway", action="store_true", help="they go along though you have not talked")
    parser.add_argument("--names-checked", action="store_true", help="what reads like students' names may leave")
    parser.add_argument("--preview", action="store_true", help="only say what would leave and who would read it")


def release(arguments: Namespace) -> int:
    """Say what leaves and release it; refuse full names of students, and ratings that nobody has talked about."""
    from observe_app.services import releases  # noqa: PLC0415

    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        stands = releases.latest(core, visit_id)
        # A correction tells as much as what it corrects, in the same language, unless told otherwise.
        with_notes = arguments.notes or (stands is not None and stands.with_notes)
        language = arguments.language or (stands.language if stands is not None else None)
        ratings = not arguments.without_ratings
        seen = releases.preview(core, visit_id, with_notes=with_notes, language=language, ratings=ratings)
        refused = "" if arguments.preview else _refusal(stands, seen, arguments)
        made = None
        if not arguments.json:
            _say_preview(core, visit_id, seen)
        if not refused and not arguments.preview:
            made = releases.release(
                core, visit_id=visit_id, with_notes=with_notes, language=language, why=arguments.why, ratings=ratings
            )
        zone = visits.get(core, visit_id).zone
        told = _preview_json(core, visit_id, seen) if arguments.json else {}
    if arguments.json:
        output.say_json(told | {"visit": visit_id, "release": None if made is None else _release_json(made)})
    elif made is not None:
        output.say(f"{_what(made)}, {local(made.at, zone)}")
    if refused:
        output.warn(refused)
        return 1
    return 0


def _refusal(stands: Release | None, seen: ReleasePreview, arguments: Namespace) -> str:
    """Return why nothing is released yet, "" where nothing is in the way."""
    if seen.names and not arguments.names_checked:
        return (
            "Nothing was released: what leaves seems to hold full names of students. Write seats, numbers or initials "
            "instead, or say --names-checked."
        )
    # Ratings that are out already went along by somebody's word.
    new = stands is None or stands.kind is ReleaseKind.WITHDRAWAL or seen.ratings_waited
    if new and seen.ratings and not seen.talked and not arguments.ratings_anyway:
        return (
            "Nothing was released: there are ratings in it, and no conversation has taken place. Say --without-ratings "
            "or --ratings-anyway."
        )
    return ""


def _say_preview(core: Core, visit_id: str, seen: ReleasePreview) -> None:
    from observe_app.services import name_places  # noqa: PLC0415

    for found in seen.names:
        around = name_places.excerpt(core, visit_id, found) or found.name
        output.say(f"{_PLACES.get(found.kind, found.kind)}: {found.name}: “{' '.join(around.split())}”")
    output.say(f"Who will read it: {', '.join(seen.readers) or 'nobody is named yet'}. Nobody else.")
    output.say(f"What they get: {_counted(seen) or 'nothing yet'}.")
    stays = _listed((seen.notes_stay, "note", "notes"), (seen.private_stay, "private note", "private notes"))
    output.say(f"What stays with you: {stays + ', ' if stays else ''}your own learning and journal.")
    if seen.unproved:
        output.say(f"Without evidence: {', '.join(f'“{title}”' for title in seen.unproved)}.")
    if not seen.document.focus.strip():
        output.say("No focus was agreed.")
    if seen.ratings and not seen.talked:
        output.say("The talk comes before the paper: --without-ratings leaves the ratings out until you have talked.")
    if seen.ratings and seen.ratings_waited:
        output.say("The ratings go along now.")
    for sentence in seen.changes:
        output.say(f"  {sentence}")


def _counted(seen: ReleasePreview) -> str:
    talk = bool(seen.turns or seen.document.conversation.strip())
    parts = _listed(
        (seen.claims, "claim", "claims"),
        (seen.questions, "question", "questions"),
        (seen.notes, "note", "notes"),
        (seen.answers, "answer in the form", "answers in the form"),
        (seen.steps, "action step", "action steps"),
    )
    return ", ".join(part for part in (parts, "the conversation" if talk else "") if part)


def _listed(*parts: tuple[int, str, str]) -> str:
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)


def _preview_json(core: Core, visit_id: str, seen: ReleasePreview) -> dict[str, Any]:
    from observe_app.services import name_places  # noqa: PLC0415

    return {
        "readers": list(seen.readers),
        "leaves": {
            "claims": seen.claims,
            "questions": seen.questions,
            "notes": seen.notes,
            "answers": seen.answers,
            "ratings": seen.ratings,
            "steps": seen.steps,
            "turns": seen.turns,
        },
        "stays": {"notes": seen.notes_stay, "private_notes": seen.private_stay},
        "names": [
            {
                "kind": one.kind,
                "id": one.id,
                "name": one.name,
                "words": name_places.excerpt(core, visit_id, one) or one.name,
            }
            for one in seen.names
        ],
        "without_evidence": list(seen.unproved),
        "talked": seen.talked,
        "changes": list(seen.changes),
    }


def _release_json(made: Release) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "id": made.id,
        "revision": made.number,
        "kind": made.kind.value,
        "at": moment(made.at),
        "readers": list(made.readers),
        "language": made.language,
        "with_notes": made.with_notes,
        "why": made.why,
        "sha256": made.digest,
        "taken_back": moment(made.taken_back),
    }


def _what(made: Release) -> str:
    if made.taken_back is not None:
        return f"Revision {made.number}, taken back"
    if made.kind is ReleaseKind.WITHDRAWAL:
        return f"Revision {made.number}: withdrawn"
    return f"Revision {made.number} released to {', '.join(made.readers)}"


def listing(arguments: Namespace) -> int:
    """List the revisions of a visit and the copies that went out."""
    from observe_app.services import releases  # noqa: PLC0415

    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        every, copies = releases.of_visit(core, visit_id), releases.copies(core, visit_id)
        zone = visits.get(core, visit_id).zone
    if arguments.json:
        output.say_json(
            [_release_json(one) | {"copies": [_copy_json(copy) for copy in _copies_of(one, copies)]} for one in every]
        )
    elif not every:
        output.say("Nothing was released.")
    for one in every if not arguments.json else ():
        output.say(f"{_what(one)}, {local(one.taken_back or one.at, zone)}")
        if one.why:
            output.say(f"  {one.why}")
        for copy in _copies_of(one, copies):
            way = "printed" if copy.way == "print" else copy.file_name or "a file"
            output.say(f"  {local(copy.at, zone)}  {copy.reader or 'a reader'}: {way} ({copy.scope})")
    return 0


def _copies_of(made: Release, copies: Sequence[Copy]) -> list[Copy]:
    return [copy for copy in copies if copy.release_id == made.id]


def _copy_json(copy: Copy) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "at": moment(copy.at),
        "reader": copy.reader,
        "way": copy.way,
        "scope": copy.scope,
        "file": copy.file_name,
        "sha256": copy.sha256,
        "size": copy.size,
    }


def take_back(arguments: Namespace) -> int:
    """Take back what was released before any copy has left."""
    from observe_app.services import releases  # noqa: PLC0415

    with opened(arguments) as core:
        made = releases.take_back(core, visits.resolve(core, arguments.visit))
    return _done(arguments, made, "Taken back: only you can read it again.")


def withdraw(arguments: Namespace) -> int:
    """Withdraw what was released, by a revision that says so."""
    from observe_app.services import releases  # noqa: PLC0415

    with opened(arguments) as core:
        made = releases.withdraw(core, visits.resolve(core, arguments.visit), arguments.why)
    return _done(arguments, made, f"Revision {made.number} says that it is withdrawn. Hand it over as the one before.")


def _done(arguments: Namespace, made: Release, words: str) -> int:
    if arguments.json:
        output.say_json({"visit": made.visit_id, "release": _release_json(made)})
    else:
        output.say(words)
    return 0

"""Help with words: those that judge, and students' full names before something goes out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.domain.full_names import NameLists, full_names
from observe_app.domain.low_inference import word_set
from observe_app.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from observe_app.services.core import Core


@dataclass(frozen=True, slots=True)
class NameInText:
    """A full name that seems to stand in something that goes out.

    Attributes:
        kind: "note", "event", "claim", "answer", "step", "turn" or "visit" (its focus and the like). id: of the event,
            claim, item, step, turn or visit.
        name: as it is written there.
    """

    kind: str
    id: str
    name: str


def judging_words(core: Core, language: str) -> frozenset[str]:
    """Return the words to mark in this language, empty where marks are turned off.

    A language without a list has the person's own words only.
    """
    settings = core.settings.get()
    if not settings.marks_judging:
        return frozenset()
    words = _table(language).get("words", [])
    return word_set(words, settings.judging_words, settings.fair_words, language)


def never_mark(core: Core, language: str, word: str) -> None:
    """Call a word fair from now on, in this language; one of the person's own list leaves it.

    Raises:
        DataFolderUnusable: the settings cannot be written.
    """
    settings = core.settings.get()
    own = tuple(pair for pair in settings.judging_words if pair[1:] != (word,) or pair[0] not in ("", language))
    fair = settings.fair_words
    if (language, word) not in fair:
        fair = (*fair, (language, word))
    core.settings.change(judging_words=own, fair_words=fair)


def turn_marks_off(core: Core) -> None:
    """Mark no words any more.

    Raises:
        DataFolderUnusable: the settings cannot be written.
    """
    core.settings.change(marks_judging=False)


def names_in(core: Core, visit_id: str, language: str = "en") -> tuple[NameInText, ...]:
    """Return what reads like students' full names in what of a visit goes out; private notes stay and do not count.

    Args:
        core: the open data folder.
        visit_id: the visit.
        language: two letters, of the notes; where nouns have capitals a first name has to be a known one.

    Raises:
        NotFound: no such visit.
    """
    lists = _name_lists(core, visit_id)
    found: dict[NameInText, None] = {}
    for kind, record_id, text in _texts(core, visit_id):
        for name in full_names(text, lists, language):
            found[NameInText(kind, record_id, name.name)] = None
    return tuple(found)


def _texts(core: Core, visit_id: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, id, words) of everything that goes out."""
    with core.store.read() as unit:
        events = unit.events.of_visit(visit_id)
        claims = unit.talk.claims(visit_id)
        steps = unit.talk.steps(visit_id)
        answers = unit.answers.of_visit(visit_id)
        turns = unit.after.turns(visit_id)
        visit = unit.visits.get(visit_id)
    for text in (visit.focus, visit.looking_for, visit.conversation):
        yield "visit", visit_id, text
    for turn in turns:
        yield "turn", turn.id, turn.text
    for event in events:
        if event.text and not event.private and not event.deleted:
            yield ("note" if event.kind is EventKind.NOTE else "event", event.id, event.text)
    for claim in claims:
        yield "claim", claim.id, claim.title
        yield "claim", claim.id, claim.text
    for answer in answers:
        yield "answer", answer.item, answer.comment
        if isinstance(answer.value, str):
            yield "answer", answer.item, answer.value
    for step in steps:
        yield "step", step.id, step.text
        for text in (step.help, step.practice, step.notice):
            yield "step", step.id, text


def _name_lists(core: Core, visit_id: str) -> NameLists:
    table = _table("names")
    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
        staff = [person.name for person in unit.people.all(archived=True)]
    staff += [visit.teacher, core.settings.get().my_name]
    return NameLists(
        given=frozenset(str(table.get("given", "")).split()),
        never=frozenset(str(table.get("never", "")).split()),
        titles=frozenset(str(table.get("titles", "")).split()),
        known=frozenset(table.get("known", ())),
        staff=tuple(frozenset(name.casefold().replace("’", "'").split()) for name in staff if name.strip()),
    )


def _table(name: str) -> dict[str, Any]:
    """Return a shipped list, empty where there is none."""
    path = resources_dir() / "words" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if name.isalpha() and path.is_file() else {}

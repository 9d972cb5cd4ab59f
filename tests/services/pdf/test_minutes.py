"""Minutes on pages: what they say, on one page wherever they can, read aloud in order, in every language."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from observe_app.domain.progress import Cancelled, Progress
from observe_app.paths import resources_dir
from observe_app.services.pdf import minutes_build
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout.minutes_story import minutes_plain
from observe_app.services.pdf.minutes_words import MinutesWords, minutes_words
from observe_app.services.pdf.render import minutes_bytes
from observe_app.services.pdf.words import capitals, languages, words_for
from observe_app.services.sessions import attendance, follow_ups, items, running, series, sessions
from tests.services.pdf.minutes_samples import full, hostile, minutes_document
from tests.services.pdf.reading import read
from tests.services.pdf.samples import assert_golden, pages_of
from tests.services.pdf.sheet import assert_passes, elements
from tests.services.pdf.test_languages import leaves, placeholders
from tests.services.sessions.made import meeting

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.minutes_document import MinutesDocument

OTHERS = languages()[1:]
SIGNS = {"item_by", "minutes", "resource"}
ALIKE = {
    "es": {"agenda"}, "fr": {"notes", "minutes"}, "it": set(), "nl": {"agenda"}, "pt": {"item"}, "de": set(),
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")


def told(document: MinutesDocument) -> str:
    """Return what a screen reader says of the pages, on one line."""
    return " ".join(read(minutes_bytes(document)[0]).text().split())


# --- on file ---------------------------------------------------------------------------------------------------------


def test_what_is_said_is_on_file() -> None:
    assert_golden("minutes.json", minutes_document().to_json())


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_pages_are_on_file(paper: Paper) -> None:
    data, result = minutes_bytes(minutes_document(paper=paper))

    assert (result.pages, result.fallback, result.replaced) == (1, False, ())
    assert_golden(f"minutes-{paper}.txt", "".join(pages_of(data)))


def test_the_same_minutes_are_the_same_bytes() -> None:
    first, second = (hashlib.sha256(minutes_bytes(minutes_document())[0]).digest() for _again in range(2))
    assert first == second


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [minutes_document(), full(8), hostile()], ids=["usual", "full", "hostile"])
def test_the_machine_checks_pass(document: MinutesDocument, tmp_path: Path) -> None:
    assert_passes(minutes_bytes(document)[0], tmp_path)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (3, 1), (5, 1), (9, 2), (30, 5)])
def test_one_page_holds_what_it_can(count: int, pages: int) -> None:
    assert minutes_bytes(full(count))[1].pages <= pages


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_what_just_misses_a_page_is_set_closer(paper: Paper) -> None:
    """Between what fits loosely and what takes two there is a stretch that is drawn nearer."""
    pages = [minutes_bytes(replace(full(count), paper=paper))[1].pages for count in range(3, 10)]
    assert pages == sorted(pages)
    assert pages[0] == 1


def test_nothing_empty_is_shown_and_nothing_at_all_is_said() -> None:
    bare = minutes_document(
        people=(),
        objectives=(),
        agenda=(),
        agenda_sum="",
        decisions=(),
        promises=(),
        parking=(),
        resources=(),
        next_when="",
        meta=(),
    )
    said = told(bare)
    assert "Nothing was written down in this session." in said
    for head in ("Decisions", "Agenda", "Parking lot", "What will be done"):
        assert head not in said


def test_lists_and_tables_are_tagged_as_such() -> None:
    data, _result = minutes_bytes(minutes_document())

    assert len(elements(data, "Table")) == 2
    numbering = [one["/A"]["/ListNumbering"] for one in elements(data, "L")]
    assert numbering.count("/Decimal") == 1
    assert len(elements(data, "H2")) == 6


def test_hostile_words_stay_words_and_none_is_lost() -> None:
    data, result = minutes_bytes(hostile())
    assert result.pages > 1
    assert not result.fallback
    assert "<b>x</b>" in " ".join(read(data).text().split())


def test_the_layout_of_last_resort_has_every_word() -> None:
    document = minutes_document(notes=("Lively talk",))
    data, _result = minutes_bytes(document, layouts=(minutes_plain,))
    said = " ".join(read(data).text().split())
    for words in (document.title, *document.decisions, document.promises[2].text, "Lively talk", *document.parking):
        assert words in said


def test_ink_saving_draws_no_dark_band() -> None:
    def dark(document: MinutesDocument) -> int:
        picture = pypdfium2.PdfDocument(minutes_bytes(document)[0])[0].render(scale=0.5, grayscale=True)
        return sum(1 for tone in bytes(picture.buffer) if tone < 100)

    assert dark(minutes_document(ink_saving=True)) < dark(minutes_document()) / 5


def test_it_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        minutes_bytes(minutes_document(), progress)


# --- from the record -------------------------------------------------------------------------------------------------


def test_minutes_tell_the_session_and_what_is_still_open(core: Core, clock: FakeClock) -> None:
    found = meeting(core, start=clock.now(), facilitator_id="", place="Room 12", objectives="- Agree\n\n• Choose")
    made = series.repeat(core, session_id=found.session, every="weekly", count=3).sessions
    running.start(core, session_id=found.session)
    clock.advance(seconds=720)
    running.next_item(core, session_id=found.session)
    clock.advance(seconds=1260)
    attendance.mark(core, session_id=found.session, person_id=found.people[1].id, state="part", minutes=20)
    attendance.mark(core, session_id=found.session, person_id=found.people[2].id, state="apologies")
    attendance.all_present(core, session_id=found.session)
    items.add(core, session_id=found.session, kind="decision", title="Five breaths")
    items.add(core, session_id=found.session, kind="parking", title="Seating")
    follow_ups.add(core, session_id=found.session, text="Share", owner_id=found.people[0].id, due=date(2026, 3, 16))
    running.add_note(core, session_id=found.session, text="Somebody cried")
    running.stop(core, session_id=found.session)

    document = minutes_build.minutes(core, found.session)

    assert document.when == "Tuesday 10 March 2026, 09:05–09:38"
    assert document.people == (
        "Present (2 of 3): Amina Diallo-Žižek, Joonas Brandt (20 min)", "Apologies: Mei Lindqvist",
    )  # fmt: skip
    assert [(one.planned, one.taken) for one in document.agenda] == [
        ("10 min", "12 min"),
        ("20 min", "21 min"),
        ("15 min", ""),
    ]
    assert document.agenda_sum == "45 min planned in a session of 33 min"
    assert document.objectives == ("Agree", "Choose")
    assert document.next_when.startswith("Tuesday 17 March 2026")
    assert (document.notes, document.planned) == ((), False)
    assert "cried" not in told(document)
    assert "cried" in minutes_build.minutes(core, found.session, with_notes=True).notes[0]

    later = minutes_build.minutes(core, made[1].id)
    assert later.planned
    assert later.people == ("Expected: Amina Diallo-Žižek, Joonas Brandt, Mei Lindqvist",)
    assert later.parking == ("Seating (from 10 March 2026)",)
    assert [(one.text, one.who, one.by, one.since) for one in later.promises] == [
        ("Share", "Amina Diallo-Žižek", "16 March 2026", "10 March 2026")
    ]
    assert "Agenda of" in str(pypdfium2.PdfDocument(minutes_bytes(later)[0]).get_metadata_dict()["Title"])


def test_what_was_worked_with_is_named_with_its_terms(core: Core) -> None:
    from observe_app.services.groups import resources

    session = sessions.plan(core, title="Meeting")
    resources.add_link(
        core, link="https://example.org/wait", title="Wait time", licence="CC BY 4.0", session_id=session.id
    )

    document = minutes_build.minutes(core, session.id)
    assert document.resources == ("Wait time (CC BY 4.0) https://example.org/wait",)
    assert "Worked with" in told(document)


def test_a_session_without_anything_makes_a_page(core: Core, tmp_path: Path) -> None:
    session = sessions.plan(core, title="Meeting")
    document = minutes_build.minutes(core, session.id, language="de", paper="Letter")
    result = minutes_build.export_minutes(document, tmp_path / "a.pdf")
    assert (result.pages, document.language, document.paper) == (1, "de", "Letter")
    assert minutes_build.file_name(document, "2026-03-10") == "2026-03-10 Meeting.pdf"


def test_a_follow_up_of_long_ago_is_told_with_its_day(core: Core, clock: FakeClock) -> None:
    found = meeting(core, start=clock.now() - timedelta(days=30))
    running.hold(core, session_id=found.session)
    follow_ups.add(core, session_id=found.session, text="Share")
    other = sessions.plan(core, title="Next", group_id=found.group, start=clock.now())

    (promise,) = minutes_build.minutes(core, other.id).promises
    assert (promise.since, promise.who) == ("8 February 2026", "nobody yet")


# --- languages -------------------------------------------------------------------------------------------------------


def table(language: str) -> dict[str, str]:
    path = resources_dir() / "pages" / "minutes" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", OTHERS)
def test_minutes_speak_every_language_of_the_pages(language: str) -> None:
    english = dict(leaves(MinutesWords()))
    assert sorted(table(language)) == sorted(one.name for one in fields(MinutesWords))
    own = dict(leaves(minutes_words(language)))
    assert {key: placeholders(word) for key, word in own.items()} == {
        key: placeholders(word) for key, word in english.items()
    }
    assert {key for key, word in own.items() if word == english[key]} - SIGNS - ALIKE.get(language, set()) == set()
    assert {key for key, word in own.items() if set(word) & set("\"'`") or word != word.strip()} == set()
    covered = fonts.register()
    assert {c for word in own.values() for c in word + capitals(word) if ord(c) not in covered} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_says_nothing_but_words_of_its_language(language: str, core: Core) -> None:
    session = sessions.plan(core, title="Qia", minutes=33)
    person = running.start(core, session_id=session.id)
    items.add(core, session_id=person.id, kind="decision", title="Qib")
    items.add(core, session_id=person.id, kind="parking", title="Qic")
    items.add(core, session_id=person.id, title="Qid", minutes=5)
    follow_ups.add(core, session_id=person.id, text="Qie", due=date(2026, 3, 16))
    document = minutes_build.minutes(core, session.id, language=language)
    known = " ".join(word for _name, word in (*leaves(minutes_words(language)), *leaves(words_for(language))))
    spoken = {word.casefold() for word in WORD.findall(re.sub(r"\{\w*\}", " ", known + " " + capitals(known)))}

    said = {word.casefold() for word in WORD.findall(told(document))}
    assert said - spoken - {"qia", "qib", "qic", "qid", "qie"} == set()


def test_an_unknown_language_is_english() -> None:
    assert minutes_words("fi") == MinutesWords()
    assert minutes_words("de-AT") == minutes_words("de")

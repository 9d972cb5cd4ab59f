"""Help with words on the shipped lists: what is marked, and whose names are found before something goes out."""

from __future__ import annotations

import tomllib

import pytest

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.low_inference import marks
from observe_app.paths import resources_dir
from observe_app.services import answers, notes, people, steps, talk, visits, wording

LANGUAGES = ("en", "de", "fr", "es", "nl")


@pytest.fixture
def visit_id(core):
    teacher = people.add(core, name="Amina Diallo-Žižek")
    return visits.plan(core, teacher_id=teacher.id, form_id="general-peer-observation").id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_list_whose_words_are_found(core, language):
    table = tomllib.loads((resources_dir() / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    words = wording.judging_words(core, language)

    assert table["language"] == language
    assert len(table["words"]) == len(set(table["words"])) >= 40
    for word in table["words"]:
        assert [mark.word for mark in marks(f"x {word}, y", words)] == [word.casefold()]


def test_a_language_without_a_list_has_own_words_only(core):
    core.settings.change(judging_words=(("xx", "zog"),))

    assert wording.judging_words(core, "xx") == {"zog"}
    assert wording.judging_words(core, "../en") == frozenset()


def test_a_word_called_fair_is_marked_no_more_and_others_are(core):
    core.settings.change(judging_words=(("en", "zingy"),))
    wording.never_mark(core, "en", "good")
    wording.never_mark(core, "en", "zingy")

    words = wording.judging_words(core, "en")
    assert {"good", "zingy"} & words == set()
    assert "boring" in words


def test_turned_off_marks_nothing(core):
    wording.turn_marks_off(core)

    assert wording.judging_words(core, "en") == frozenset()


def test_names_are_found_in_everything_that_goes_out(core, visit_id):
    note = notes.add(core, visit_id=visit_id, line="T asks Priya Sharma for the rule", offset_ms=0)
    hidden = notes.add(core, visit_id=visit_id, line="then Mia Kowalski leaves", offset_ms=1, private=True)
    gone = notes.add(core, visit_id=visit_id, line="then Ben Okafor leaves", offset_ms=2)
    notes.delete(core, event_id=gone.id, seen=notes.open_note(core, gone.id).seen)
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, title="Waits for Leon Weber")
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    answers.give(core, visit_id=visit_id, item="respect", value=3, comment="listens to Ada Nowak", seen=seen)
    step = steps.add(core, visit_id=visit_id, text="sit with Kwame Mensah")

    found = {(one.kind, one.id, one.name) for one in wording.names_in(core, visit_id)}
    assert found == {
        ("note", note.id, "Priya Sharma"),
        ("claim", claim.id, "Leon Weber"),
        ("answer", "respect", "Ada Nowak"),
        ("step", step.id, "Kwame Mensah"),
    }
    assert hidden.id not in {one[1] for one in found}


def test_colleagues_places_and_subjects_are_no_students(core, visit_id):
    people.add(core, name="Tomás Rivera")
    for line in (
        "T thanks Tomás Rivera and Amina Diallo-Žižek",
        "tells Year Eight of the Great Fire of London in New York",
        "reads about William Shakespeare and Marie Curie",
        "homework is due on Monday March the second",
        "T “Please look at Table Four, Key Stage Three”",
    ):
        notes.add(core, visit_id=visit_id, line=line, offset_ms=0)

    assert wording.names_in(core, visit_id) == ()


def test_german_nouns_in_a_row_are_no_names(core, visit_id):
    notes.add(
        core, visit_id=visit_id, line="L schreibt Bruch Regeln an die Tafel, Gruppe Eins liest Seite", offset_ms=0
    )
    named = notes.add(core, visit_id=visit_id, line="dann gibt Lena Hoffmann den Ball weiter", offset_ms=1)

    assert [(one.id, one.name) for one in wording.names_in(core, visit_id, "de")] == [(named.id, "Lena Hoffmann")]

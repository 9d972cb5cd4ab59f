"""Full names are found where they stand, and words with capitals that are none are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.full_names import NameLists, full_names

LISTS = NameLists(
    given=frozenset({"anna", "leon", "maria", "jordan"}),
    never=frozenset({
        "year", "eight", "great", "fire", "new", "york", "monday", "march", "room", "black", "lives", "prime"
    }),
    titles=frozenset({"mr", "ms", "frau", "king"}),
    known=frozenset({"rosa parks", "marie curie", "den haag", "martin luther king"}),
    staff=(frozenset({"amina", "diallo-žižek"}), frozenset({"tomás", "rivera"})),
)  # fmt: skip


def names(text: str, language: str = "en") -> list[str]:
    return [found.name for found in full_names(text, LISTS, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T asks Priya Sharma to come to the board", ["Priya Sharma"]),
        ("then Leon Becker and Mia O’Connor answer", ["Leon Becker", "Mia O’Connor"]),
        ("Anna Becker raises her hand", ["Anna Becker"]),
        ("Kwame Mensah: I think it is two fifths", ["Kwame Mensah"]),
        ("S7 sits beside Daan van den Berg today", ["Daan van den Berg"]),
        ("T “Well done, Zoë García Lorca!”", ["Zoë García Lorca"]),
        ("He waits.\nMaria Silva writes", ["Maria Silva"]),
    ],
)
def test_a_full_name_is_found(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "T tells Year Eight about the Great Fire of London",
        "a trip to New York on Monday March the fifth",
        "T welcomes Amina Diallo-Žižek and Ms Jane Porter",
        "Tomás Rivera joins the lesson",
        "a text on Rosa Parks and Marie Curie",
        "they read about Martin Luther King Junior",
        "the train to Den Haag",
        "Asks Priya for the answer",
        "Table Six writes. Then Leon laughs",
        "“Why Not?” asks S7",
        "uses the IWB and a PDF of the OECD",
        "S7 S8 T2 Room B12",
        "Leon, Anna, Maria",
        "a page in Anna. Becker is a baker",
        "T reads out: Black Lives",
        "meets Frau Anna Schmidt",
        "",
    ],
)
def test_what_is_no_students_name_is_left_alone(text):
    assert names(text) == []


def test_german_nouns_are_no_names_and_names_are():
    assert names("die Gruppe Sechs legt Brüche Streifen aus", "de") == []
    assert names("dann erklärt Anna Becker den Rechenweg", "de_DE") == ["Anna Becker"]


@given(st.text(alphabet="AnabBe rk.:’-“\n", max_size=60), st.sampled_from(["en", "de"]))
def test_what_is_found_stands_in_the_text(text, language):
    last = 0
    for found in full_names(text, LISTS, language):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.name
        assert " " in found.name or "\u00a0" in found.name
        last = found.end

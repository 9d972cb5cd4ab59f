"""Every expected error has words of its own, with every field filled in."""

from __future__ import annotations

import inspect
from dataclasses import fields
from pathlib import Path

import pytest

from observe_app.domain import errors
from observe_app.services.reply_words import REMARKS, Remark, remark_words
from observe_app.services.words import describe, is_expected

CLASSES = [
    one
    for _, one in inspect.getmembers(errors, inspect.isclass)
    if issubclass(one, errors.ObserveError) and one is not errors.ObserveError
]
VARIANTS = {
    errors.FileUnreadable: [
        "missing",
        "denied",
        "too_large",
        "not_a_workbook",
        "encrypted",
        "encoding",
        "empty",
        "damaged",
        "folder",
    ],
    errors.ExportFailed: ["full", "denied", "missing_folder", "no_parquet", "other"],
    errors.Invalid: [
        "empty",
        "too_long",
        "not_a_date",
        "not_in_scale",
        "out_of_range",
        "unknown",
        "not_a_number",
        "taken",
        "too_few_people",
        "one_teacher",
        "nobody_reads",
    ],
    errors.NothingToUndo: [False, True],
    errors.WordsWrong: ["count", "misspelt", "unknown", "checksum"],
    errors.VaultClosed: [
        "none",
        "locked",
        "passphrase",
        "keyring",
        "damaged",
        "lost",
        "exists",
        "too_short",
        "other_words",
        "not_written",
    ],
    errors.CardUnusable: ["damaged", "too_large", "signature", "key", "newer"],
    errors.ReplyProblem: [
        "not_a_pdf",
        "half",
        "damaged",
        "encrypted",
        "too_large",
        "too_many",
        "too_slow",
        "foreign",
        "draft",
        "no_form",
        "flattened",
        "empty",
        "other_visit",
        "visit_deleted",
        "other_release",
        "newer",
    ],
}
UNKNOWN = describe(ValueError("x"))


def make(kind: type, variant: object = "") -> errors.ObserveError:
    values = {}
    for field in fields(kind):
        if field.name == "path":
            values[field.name] = Path("/data/record")
        elif field.name in {"reason", "rule", "changed_since"}:
            values[field.name] = variant
        elif field.name in {"matches", "problems"}:
            values[field.name] = ()
        else:
            values[field.name] = f"<{field.name}>"
    return kind(**values)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_expected_error_has_words(kind):
    for variant in VARIANTS.get(kind, [""]):
        words = describe(make(kind, variant))

        assert words.title
        assert words.title != UNKNOWN.title
        assert "{" not in words.title + words.text + words.hint
        assert words.text.endswith((".", ">"))


@pytest.mark.parametrize("kind", [errors.FileUnreadable, errors.ReplyProblem])
def test_variants_differ(kind):
    said = [describe(make(kind, one)) for one in VARIANTS[kind]]

    assert len(set(said)) == len(said)
    assert describe(make(kind)) not in said


@pytest.mark.parametrize("rule", REMARKS)
def test_every_remark_on_a_reply_has_words(rule):
    said = remark_words(Remark(rule, "FOUND", 7))

    assert said.endswith(".")
    assert "{" not in said


def test_a_variant_without_words_falls_back_to_its_class():
    assert describe(make(errors.FileUnreadable, "eaten")).title == "The file cannot be read"


def test_kinds_are_said_in_words():
    assert describe(errors.NotFound("action_step", "a1")).text == "There is no action step “a1”."


def test_several_matches_are_listed():
    words = describe(errors.Ambiguous("person", "an", ("Ana", "Anna")))

    assert words.text == "“an” fits more than one person: Ana, Anna."


def test_a_bug_is_not_expected():
    assert not is_expected(KeyError("x"))
    assert is_expected(errors.NotFound("visit", "v"))
    assert "safe" in UNKNOWN.text


def test_each_literal_is_translated_before_it_is_filled():
    asked = []

    def translate(text: str) -> str:
        asked.append(text)
        return text.upper().replace("{PATH}", "{path}")

    words = describe(errors.DiskFull(Path("/data")), translate)

    assert words.title == "THE DISK IS FULL"
    assert "/data" in words.text
    assert any("{path}" in text for text in asked)

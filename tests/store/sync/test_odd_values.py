"""Values in a letter that no record can hold: they stay in the journal and harm nobody."""

from __future__ import annotations

import pytest

from observe_app.store.sync.apply import fits


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("action_step", "due", "soon"),
        ("action_step", "due", "2026-02-30"),
        ("visit", "start", "yesterday"),
        ("visit", "start", "9999-12-31T23:59:59.999999Z"),
        ("visit", "start", "0001-01-01T00:00:00.000000+14:00"),
        ("visit", "start", 5),
        ("event", "tags", "["),
        ("event", "tags", "5"),
        ("event", "tags", "[" * 100_000),
        ("answer", "value", "{"),
        ("answer", "value", "[" * 100_000),
        ("event", "offset_ms", 2**62),
        ("event", "offset_ms", "5"),
        ("event", "offset_ms", True),
        ("event", "value", 1e300),
        ("event", "value", float("inf")),
        ("event", "value", float("nan")),
        ("event", "text", 5),
        ("event", "text", None),
        ("visit", "minutes", -(2**63)),
    ],
)
def test_what_could_not_be_read_back_comes_into_no_record(table, column, value):
    assert not fits(table, column, value)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("action_step", "due", "2026-03-20"),
        ("action_step", "due", None),
        ("action_step", "status", "a word of a newer version"),
        ("visit", "start", "2036-03-10T09:05:00.000000Z"),
        ("event", "tags", '["a"]'),
        ("event", "text", ""),
        ("event", "offset_ms", -5),
        ("event", "value", 2),
        ("answer", "value", '{"a":[1,null]}'),
        ("form_draft", "content", "not packed"),
        ("event", "of_a_newer_version", object()),
        ("table_of_a_newer_version", "x", object()),
    ],
)
def test_what_a_record_can_hold_comes_in(table, column, value):
    assert fits(table, column, value)

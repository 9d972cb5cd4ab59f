"""Surveys for tests."""

from __future__ import annotations

import pytest

from observe_app.domain.form import Form, Item, ItemKind, Level, Option, Section

LEVELS = tuple(Level(number, (("", f"Level {number}"),)) for number in (1, 2, 3, 4, 5))


@pytest.fixture
def asked() -> Form:
    """Return a form with a rating, a choice, a tick and a text."""
    items = (
        Item("useful", ItemKind.RATING, (("", "It was useful"),), levels=LEVELS),
        Item(
            "next", ItemKind.CHOICE, (("", "Next time"),),
            options=(Option("more", (("", "More"),)), Option("less", (("", "Less"),))), other=True,
        ),
        Item("again", ItemKind.CHECK, (("", "Again"),)),
        Item("words", ItemKind.TEXT, (("", "In your words"),), long=True),
    )  # fmt: skip
    return Form("asked", 1, (("", "Asked"),), (("", "Tests"),), (Section("s", (("", "All"),), items),))

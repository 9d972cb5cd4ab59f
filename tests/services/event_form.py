"""A form with every kind of item that events fill, and a visit that uses it; for tests and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.form import Category, Code, Form, Item, ItemKind, Level, Section, Side
from observe_app.domain.visit import Visit
from observe_app.services.catalogue import dumps_snapshot

if TYPE_CHECKING:
    from observe_app.services.core import Core


def said(words: str) -> tuple[tuple[str, str], ...]:
    """Return a text in the form's own language."""
    return (("", words),)


LEVELS = (Level(1, said("Low")), Level(2, said("Medium")), Level(3, said("High")))
PRAISE = Item("praise", ItemKind.TALLY, said("Praise, specific"), hotkey="f2", help=said("Says what was good."))
OPEN = Item("open", ItemKind.TALLY, said("Open question"), hotkey="f3")
TEACHER = Item("teacher", ItemKind.TIMER, said("Teacher talks"), hotkey="f6", group="talk")
PUPILS = Item("pupils", ItemKind.TIMER, said("Pupils talk"), hotkey="f7", group="talk")
SILENCE = Item("silence", ItemKind.TIMER, said("Silence"), hotkey="f8", group="talk")
BOARD = Item("board", ItemKind.TIMER, said("At the board"), hotkey="f9")
WAIT = Item("wait", ItemKind.WAIT, said("Wait after a question"), hotkey="w", aim=3)
SWEEP = Item("task", ItemKind.SWEEP, said("On task"), hotkey="s", every=5)
SWEEP_OF = Item("table", ItemKind.SWEEP, said("On task at table 1"), every=5, of=6)
GRID = Item(
    "grid",
    ItemKind.INTERVAL,
    said("What goes on"),
    hotkey="g",
    seconds=120,
    levels=LEVELS,
    sides=(
        Side(
            "I",
            said("Instructor"),
            (
                Code("Lec", said("lecturing"), category="presenting", hotkey="q"),
                Code("PQ", said("posing a question"), category="guiding", hotkey="t"),
                Code("O", said("other, with words"), hotkey="x", comment=True),
            ),
            (Category("presenting", said("Presenting")), Category("guiding", said("Guiding"))),
        ),
        Side("S", said("Students"), (Code("L", said("listening"), hotkey="y"), Code("O", said("other"), hotkey=","))),
    ),
)
EVENT_FORM = Form(
    "happenings",
    1,
    said("What happens"),
    said("For counting and timing."),
    (
        Section("count", said("Count"), (PRAISE, OPEN, WAIT, SWEEP, SWEEP_OF)),
        Section("time", said("Time"), (TEACHER, PUPILS, SILENCE, BOARD)),
        Section("code", said("Code"), (GRID,)),
    ),
)


def visit_with(core: Core, form: Form = EVENT_FORM, *, class_size: int | None = 27, minutes: int = 50) -> str:
    """Keep a visit that uses this form; return its id."""
    visit = Visit(
        core.ids.new(),
        form_id=form.id,
        form_version=form.version,
        form_title="What happens",
        form_snapshot=dumps_snapshot(form),
        class_size=class_size,
        minutes=minutes,
        created=core.clock.now(),
    )
    with core.store.write("visit.plan", scope=visit.id) as unit:
        unit.visits.add(visit)
        unit.commit()
    return visit.id

"""Forms of every kind of item, plain and extreme, and a visit that filled one of them in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import (
    OTHER,
    Category,
    Code,
    Condition,
    ConditionTest,
    Form,
    FormUse,
    Item,
    ItemKind,
    Level,
    Option,
    Scale,
    Section,
    Side,
    WaitAfter,
)
from tests.services.pdf.samples import sample_record

if TYPE_CHECKING:
    from observe_app.domain.form import Texts
    from observe_app.domain.record import VisitRecord


def said(text: str, **languages: str) -> Texts:
    """Return a text in the form's own language and in others."""
    return (("", text), *languages.items())


def levels(*names: str, descriptors: tuple[str, ...] = ()) -> tuple[Level, ...]:
    """Return levels counted from 1."""
    told = descriptors or ("",) * len(names)
    return tuple(
        Level(number, said(name), said(text) if text else ())
        for number, (name, text) in enumerate(zip(names, told, strict=True), start=1)
    )


def copus_like(seconds: int = 120, *, look: int = 0) -> Item:
    """Return an interval item with two sides of 12 and 13 codes, categories and a level."""
    instructor = tuple(Code(f"I{at}", said(f"instructor act {at}"), said(f"What act {at} looks like."), "one" if at < 6
                            else "two", hotkey="qwertyuiop[]"[at]) for at in range(12))  # fmt: skip
    students = tuple(Code(f"S{at}", said(f"student act {at}"), said(f"How act {at} shows."), "three" if at < 9 else "")
                     for at in range(13))  # fmt: skip
    sides = (
        Side("I", said("Instructor"), instructor,
             (Category("one", said("Presenting")), Category("two", said("Guiding")))),
        Side("S", said("Students"), students, (Category("three", said("Receiving")),)),
    )  # fmt: skip
    return Item("codes", ItemKind.INTERVAL, said("What goes on"), scale="energy",
                levels=levels("Low", "Medium", "High"), seconds=seconds, look=look, sides=sides,
                hotkey="f9")  # fmt: skip


_DESCRIPTORS = (
    "Students mostly watch, copy or wait; the thinking is done for them.",
    "Students practise, but the task asks for little thought or time is short.",
    "Most students practise what was taught, long enough to get better.",
    "All students practise, first with help and then without, and use it on something new.",
)


def every_kind() -> Form:
    """Return a form with every kind of item, conditions, help texts and languages."""
    how_often = ("Not yet", "Sometimes", "Often", "Throughout")
    check, rating, choice = ItemKind.CHECK, ItemKind.RATING, ItemKind.CHOICE
    return Form(
        "every-kind", 3, said("Every kind of item", de="Jede Art von Frage"), said("To try what a sheet can hold."),
        (
            Section("seen", said("Seen", de="Gesehen"), (
                Item("how", ItemKind.GUIDANCE, said("Sit where you see faces."), said("Leave the lesson as it is.")),
                Item("aim", check, said("The aim is clear", de="Das Ziel ist klar"), said("Said or written."),
                     hotkey="a"),
                Item("names", check, said("Students are called by name"), required=True),
                Item("safe", rating, said("Mistakes are safe"), levels=levels(*how_often), hotkey="s",
                     scale="how_often"),
                Item("calm", rating, said("Transitions are calm"), levels=levels(*how_often), scale="how_often"),
                Item("work", rating, said("Students do the work"), said("Look at what is on paper."),
                     levels=levels(*how_often, descriptors=_DESCRIPTORS), scale="how_often"),
            ), help=said("Rate after the lesson.")),
            Section("asked", said("Asked"), (
                Item("form", choice, said("How they sit"), hotkey="h", options=(
                    Option("rows", said("In rows")), Option("pairs", said("In pairs")),
                    Option("round", said("In a circle")),
                ), other=True),
                Item("tools", ItemKind.CHOICES, said("What they use"), options=(
                    Option("book", said("A book"), said("Printed or on a screen.")), Option("board", said("The board")),
                ), show_when=(Condition("form", ConditionTest.IS, ("pairs", "rows")),)),
                Item("late", ItemKind.NUMBER, said("Came late"), low=0, high=40, unit=said("students")),
                Item("why", ItemKind.TEXT, said("Why they were late"),
                     show_when=(Condition("late", ConditionTest.AT_LEAST, (1,)),)),
                Item("story", ItemKind.TEXT, said("What happened"), long=True),
            )),
            Section("counted", said("Counted"), (
                Item("open", ItemKind.TALLY, said("Open questions"), hotkey="f2"),
                Item("closed", ItemKind.TALLY, said("Closed questions"), hotkey="f3"),
                Item("teacher", ItemKind.TIMER, said("Teacher talks"), group="talk", hotkey="f4"),
                Item("students", ItemKind.TIMER, said("Students talk"), group="talk", hotkey="f5"),
                Item("noise", ItemKind.TIMER, said("Noise from outside")),
                Item("task", ItemKind.SWEEP, said("At work"), every=5, of=27),
                Item("pause", ItemKind.WAIT, said("After a question"), aim=3),
                Item("pause2", ItemKind.WAIT, said("After an answer"), after=WaitAfter.ANSWER),
            )),
            Section("intervals", said("Every two minutes"), (copus_like(),)),
            Section("after", said("Afterwards"), (Item("mine", ItemKind.TEXT, said("What I take away")),)),
        ),
        source="Written for tests.", licence="MIT", citation="Nobody (2026)",
        scales=(Scale("how_often", levels(*how_often)), Scale("energy", levels("Low", "Medium", "High"))),
    )  # fmt: skip


def crowded() -> Form:
    """Return 300 items with long labels, nine levels with long descriptors, and 60 options."""
    long = "Students explain to each other why a step of the calculation is allowed and where it would fail "
    nine = tuple(f"Level number {number} of nine" for number in range(1, 10))
    told = tuple((long * 4).strip() for _number in nine)
    options = tuple(Option(f"o{at}", said(f"Option {at} {long if at % 7 == 0 else ''}".strip())) for at in range(60))
    kinds = [kind for kind in ItemKind if kind is not ItemKind.INTERVAL]
    items = []
    for at in range(300):
        item = Item(
            f"i{at}", kinds[at % len(kinds)], said(f"{at} {(long * 3)[: 20 + at % 270]}".strip()), every=1, of=30
        )
        if item.kind is ItemKind.RATING:
            few = at % 3 == 0
            item = replace(item, levels=levels(*nine, descriptors=told) if few else levels("A", "B", "C", "D", "E"))
        if item.kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
            item = replace(item, options=options[: 2 + at % 59], other=at % 2 == 0)
        items.append(replace(item, help=said(long * (at % 12)) if at % 12 else (), long=at % 2 == 0))
    sections = tuple(
        Section(f"s{at}", said(f"Section {at} {long}"), tuple(items[at * 50 : at * 50 + 50]), help=said(long))
        for at in range(6)
    )
    return Form("crowded", 12, said("A very long title " * 8), said(long * 9), sections,
                source=long * 3, licence=long, citation=long * 4)  # fmt: skip


def survey() -> Form:
    """Return a survey: agreement with sentences."""
    agree = levels("Disagree", "Rather disagree", "Rather agree", "Agree")
    items = tuple(
        Item(f"q{at}", ItemKind.RATING, said(f"Sentence {at} about the lesson"), levels=agree) for at in range(8)
    )
    return Form("survey", 1, said("Survey"), (), (Section("s", (), items),), use=FormUse.SURVEY)


def _event(number: int, kind: EventKind, item: str, second: int, **more: object) -> Event:
    return Event(f"e{number:04d}", "v1", kind, second * 1000, item=item, **more)  # type: ignore[arg-type]


def _happened() -> tuple[Event, ...]:
    tally, start, stop = EventKind.TALLY, EventKind.START, EventKind.STOP
    made: list[tuple[EventKind, str, int, dict[str, object]]] = [
        *[(tally, "open", 60 * at, {}) for at in range(1, 15)],
        (tally, "open", 100, {"private": True}),
        (start, "teacher", 0, {}), (start, "students", 600, {}), (stop, "students", 1350, {}),
        (EventKind.SWEEP, "task", 300, {"value": 24.0, "of": 27.0}),
        (EventKind.SWEEP, "task", 600, {"value": 20.0, "of": 27.0}),
        (EventKind.WAIT, "pause", 400, {"value": 2100.0, "outcome": "answered"}),
        (EventKind.WAIT, "pause", 500, {"value": 3400.0, "outcome": "rephrased"}),
        (EventKind.WAIT, "pause", 700, {"value": 1200.0, "outcome": "answered"}),
    ]  # fmt: skip
    made += [(EventKind.INTERVAL, "codes", at * 120, {"code": "I.I0", "value": 1.0}) for at in range(14)]
    made += [(EventKind.INTERVAL, "codes", at * 120, {"code": "S.S12", "value": 1.0}) for at in range(14, 25)]
    made += [(EventKind.INTERVAL, "codes", at * 120, {"code": "S.S1", "value": 1.0}) for at in range(3)]
    made += [(EventKind.INTERVAL, "codes", at * 120, {"value": float(1 + at % 3)}) for at in range(25)]
    return tuple(_event(number, kind, item, second, **more) for number, (kind, item, second, more) in enumerate(made))


def filled_record() -> VisitRecord:
    """Return the sample visit with the form of every kind filled in."""
    record = sample_record()
    given: tuple[tuple[str, str | int | float | tuple[str, ...] | None, Absence | None, str], ...] = (
        ("aim", "yes", None, ""), ("safe", 3, None, ""), ("work", 2, None, ""), ("form", OTHER, None, "On the floor"),
        ("tools", ("book",), None, ""), ("late", 0, None, ""), ("why", "The bus", None, ""),
        ("closed", None, Absence.NOT_LOOKED_FOR, ""), ("story", "A long story.", None, ""),
    )  # fmt: skip
    answers = tuple(Answer("v1", item, value, absence, comment) for item, value, absence, comment in given)
    events = tuple(sorted((*record.events, *_happened()), key=lambda event: (event.offset_ms, event.id)))
    return replace(record, form=every_kind(), answers=answers, events=events)

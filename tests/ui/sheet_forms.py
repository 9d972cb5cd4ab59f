"""Forms for tests and pictures of the sheet: one with every kind that is answered, one with very many items."""

from __future__ import annotations

from observe_app.domain.form import (
    Condition,
    ConditionTest,
    Form,
    Item,
    ItemKind,
    Level,
    Option,
    Section,
)


def said(words: str) -> tuple[tuple[str, str], ...]:
    """Return a text in the form's own language."""
    return (("", words),)


LEVELS = (
    Level(1, said("Not yet"), said("answer taken within a second")),
    Level(2, said("Sometimes"), said("a pause after some open questions")),
    Level(3, said("Often"), said("3 s or more after most of them")),
    Level(4, said("Throughout"), said("after questions and after answers")),
)
AIM = Item("aim", ItemKind.CHECK, said("The aim is on the board"), required=True)
WORDS = Item(
    "aim_words",
    ItemKind.TEXT,
    said("The aim in its own words"),
    show_when=(Condition("aim", ConditionTest.IS, ("yes",)),),
)
TIME = Item("time", ItemKind.RATING, said("Leaves thinking time"), levels=LEVELS, help=said("Count to three."))
WAYS = Item(
    "ways",
    ItemKind.CHOICE,
    said("Pupils mostly work"),
    options=(Option("alone", said("alone")), Option("pairs", said("in pairs")), Option("groups", said("in groups"))),
    required=True,
)
TASK = Item(
    "task",
    ItemKind.CHOICE,
    said("The main task asks pupils to"),
    help=said("As set, not as it turned out."),
    options=(
        Option("recall", said("Recall what was taught"), said("Names, facts, steps in the order they were shown.")),
        Option("use", said("Use it in a case they know")),
        Option("transfer", said("Use it in a case that is new to them"), said("They have to see that it applies.")),
        Option("judge", said("Judge, compare or make something of their own")),
    ),
    other=True,
)
TOOLS = Item(
    "tools",
    ItemKind.CHOICES,
    said("In use"),
    options=tuple(Option(word.split()[0].lower(), said(word)) for word in ("Book", "Board", "Tablet", "Own notes")),
    other=True,
)
SIZE = Item(
    "size", ItemKind.NUMBER, said("Pupils in the room"), low=0, high=40, unit=said("pupils"), help=said("Count.")
)
WARM = Item("warm", ItemKind.NUMBER, said("Temperature"), decimals=True, unit=said("°C"), low=-30, high=50)
BUSY = Item(
    "busy",
    ItemKind.RATING,
    said("All have something to do"),
    levels=LEVELS,
    show_when=(Condition("size", ConditionTest.AT_LEAST, (10,)),),
)
TELLS = Item("tells", ItemKind.GUIDANCE, said("Look twice before you decide."))
LAST = Item("last", ItemKind.TEXT, said("What would you like to talk about?"), long=True)
EVERY = Form(
    "every-answer",
    1,
    said("Every kind of answer"),
    said("For trying out."),
    (
        Section("start", said("Start"), (AIM, WORDS, TIME), said("The first ten minutes.")),
        Section("work", said("Work"), (TELLS, WAYS, TASK, TOOLS)),
        Section("room", said("Room"), (SIZE, WARM), show_when=(Condition("ways", ConditionTest.ANSWERED, (True,)),)),
        Section("end", said("End"), (BUSY, LAST)),
    ),
)


def long_form(count: int = 300) -> Form:
    """Return a form of so many items of every answered kind in sections of twenty."""
    kinds = (TIME, AIM, WAYS, TIME, TASK, TIME, SIZE, TIME, TOOLS, LAST)
    sections = []
    for first in range(0, count, 20):
        items = tuple(
            Item(
                id=f"i{number}",
                kind=kinds[number % 10].kind,
                label=said(f"{kinds[number % 10].label[0][1]} {number}"),
                levels=kinds[number % 10].levels,
                options=kinds[number % 10].options,
                other=kinds[number % 10].other,
                low=kinds[number % 10].low,
                high=kinds[number % 10].high,
                unit=kinds[number % 10].unit,
            )
            for number in range(first + 1, min(first + 20, count) + 1)
        )
        sections.append(Section(f"s{first}", said(f"Part {first // 20 + 1}"), items))
    return Form("long-form", 1, said("A long form"), said("For trying out."), tuple(sections))

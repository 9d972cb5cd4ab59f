"""Minutes as the tests of their pages need them."""

from __future__ import annotations

from dataclasses import replace

from observe_app.services.pdf.minutes_document import AgendaLine, MinutesDocument, Promise

NAMES = (
    "Amina Diallo-Žižek", "Joonas Brandt", "Mei Lindqvist", "Tomás Rivera", "Oluwaseun Adeyemi",
    "Konstantinos-Alexandros Papadimitriou", "Grace O’Neill", "Yusuf Demir",
)  # fmt: skip
HOSTILE = '</para><img src="/etc/passwd"/>& \u202e <b>x</b>\ud800'
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel" * 6


def minutes_document(**changes: object) -> MinutesDocument:
    """Return the minutes of a usual session."""
    made = MinutesDocument(
        session_id="0195a0b0-0000-7000-8000-000000000001",
        title="Wait time, week 2",
        group="Talk in maths",
        when="Thursday 12 March 2026, 15:30–16:34",
        meta=("Room 12", "Led by Mei Lindqvist · Minutes by Joonas Brandt"),
        people=(
            f"Present (6 of 8): {', '.join(NAMES[:5])}, {NAMES[5]} (20 min)",
            f"Apologies: {NAMES[6]}",
            f"Not there: {NAMES[7]}",
        ),
        objectives=("Agree on how long we wait after a question.", "Choose one class each for the trial."),
        agenda=(
            AgendaLine("Welcome, and what became of last time", "Mei Lindqvist", "10 min", "8 min"),
            AgendaLine("Two clips: what happens in the silence?", "", "20 min", "25 min"),
            AgendaLine("Plan a trial in pairs", "Amina Diallo-Žižek", "15 min", "14 min"),
            AgendaLine("What we need from each other", "", "10 min", ""),
        ),
        agenda_sum="55 min planned in a session of 60 min",
        decisions=(
            "Everybody waits five breaths after each open question, in one class, for two weeks.",
            "Pairs visit each other once; the visit looks at wait time and nothing else.",
        ),
        promises=(
            Promise("Share the two clips with the group, with consent noted", "Joonas Brandt", "16 March 2026", "open"),
            Promise("Make a half-page on wait time for the staff room", "Tomás Rivera", "26 March 2026", "open"),
            Promise("Ask the office for a second camera", "nobody yet", "", "open", "5 March 2026"),
        ),
        parking=("Seating in the lab", "How to tell parents (from 5 March 2026)"),
        resources=("Two clips on wait time (own recordings, consent noted)",),
        next_when="Thursday 26 March 2026, 15:30–16:30",
        school="Northfield School",
        purpose_line="For professional growth.",
        made="2026-03-12T16:40:00+00:00",
        made_label="12 March 2026",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # what a test changes is known to it


def full(count: int) -> MinutesDocument:
    """Return minutes with so many of everything."""
    some = minutes_document()
    return replace(
        some,
        agenda=tuple(AgendaLine(f"Line {at} of a long agenda", NAMES[at % 8], "5 min", "6 min") for at in range(count)),
        decisions=tuple(f"Decision {at}: we do it this way from now on." for at in range(count)),
        promises=tuple(Promise(f"Promise {at}", NAMES[at % 8], "16 March 2026", "open") for at in range(count)),
        parking=tuple(f"Parked {at}" for at in range(count)),
    )


def hostile() -> MinutesDocument:
    """Return minutes whose every text tries to break the page."""
    some = minutes_document()
    bad = f"{HOSTILE} {LONG_WORD} שלום العربية {{name}}"
    return replace(
        some,
        title=bad, group=bad, meta=(bad,), people=(f"Present (1 of 1): {bad}",), objectives=(bad,),
        agenda=(AgendaLine(bad, bad, "5 min", "6 min"),), decisions=(bad, "word " * 3000),
        promises=(Promise(bad * 20, bad, bad, "open", bad),), parking=(bad,), notes=(bad, "x" * 30_000),
        school=bad, purpose_line=bad, next_when=bad,
    )  # fmt: skip

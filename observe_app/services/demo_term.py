"""What the sample term has to compare: more visits with one form, an imported sheet, a lesson that two people saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.demo_forms import OWN_FORM, WAVES, Filled
from observe_app.services.demo_lesson import TEACHER

if TYPE_CHECKING:
    from observe_app.services.visits import VisitFields

SECOND_OBSERVER = "Tomasz Wilk"
COPUS_TEACHER = "Ines Ferreira"

PERCENT = Filled(
    answers=(("thinking-time", 1), ("open-questions", 2), ("each-other", 2)),
    absences=(("wrong-answers-are-explored", "not_seen"),),
    tallies=(
        ("open-question", ("03:10", "14:20", "29:45")),
        ("closed-question", ("04:30", "06:15", "11:05", "20:40", "25:00", "31:10", "36:30")),
    ),
    timers=(
        ("teacher-talk", "00:50", "10:20"),
        ("quiet", "10:40", "19:30"),
        ("teacher-talk", "19:40", "28:10"),
        ("student-talk", "28:20", "39:50"),
    ),
    waits=(
        ("wait", "03:10", 1.8, "answered"),
        ("wait", "14:20", 3.2, "answered"),
        ("wait", "25:00", 0.8, "answered"),
        ("wait", "29:45", 1.2, "answered_by_teacher"),
    ),
)

NEGATIVE = Filled(
    answers=(("thinking-time", 2), ("open-questions", 3), ("wrong-answers-are-explored", 3)),
    absences=(("each-other", "not_looked_for"),),
    tallies=(
        ("open-question", ("02:40", "08:50", "15:35", "22:10", "37:20")),
        ("closed-question", ("03:55", "10:15", "16:20", "28:05", "34:40")),
    ),
    timers=(
        ("student-talk", "00:40", "06:10"),
        ("teacher-talk", "06:20", "14:00"),
        ("quiet", "14:10", "24:30"),
        ("student-talk", "24:40", "41:00"),
    ),
    waits=(
        ("wait", "02:40", 2.2, "answered"),
        ("wait", "08:50", 4.1, "answered"),
        ("wait", "15:35", 3.0, "rephrased"),
        ("wait", "22:10", 2.7, "answered"),
        ("wait", "37:20", 5.3, "answered"),
    ),
)

AMOUNTS = Filled(
    answers=(("thinking-time", 3), ("open-questions", 3), ("wrong-answers-are-explored", 4), ("each-other", 3)),
    tallies=(
        ("open-question", ("02:10", "07:05", "12:30", "19:45", "26:00", "33:15", "40:30")),
        ("closed-question", ("05:20", "14:10", "30:45")),
    ),
    timers=(
        ("quiet", "00:20", "05:00"),
        ("teacher-talk", "05:10", "11:40"),
        ("student-talk", "11:50", "36:30"),
        ("teacher-talk", "36:40", "40:10"),
        ("student-talk", "40:20", "47:30"),
    ),
    waits=(
        ("wait", "02:10", 3.6, "answered"),
        ("wait", "07:05", 4.8, "answered"),
        ("wait", "12:30", 2.4, "answered"),
        ("wait", "19:45", 5.9, "answered"),
        ("wait", "33:15", 7.2, "answered"),
        ("wait", "40:30", 3.1, "rephrased"),
    ),
)

_OTHER_EYES: dict[int, tuple[str, int]] = {
    1: ("I.Lec S.L", 2),
    4: ("I.Lec I.D/V I.PQ S.L S.AnQ", 3),
    8: ("I.AnQ I.RtW S.L", 2),
    12: ("I.FUp S.L S.AnQ", 2),
    16: ("I.Lec S.L", 1),
    18: ("I.MG S.WG", 3),
    20: ("I.1o1 S.WG", 2),
    22: ("I.FUp I.RtW I.PQ S.WC", 3),
}

WAVES_SECOND = Filled(
    sheet=("copus", tuple(_OTHER_EYES.get(at, seen) for at, seen in enumerate(WAVES.sheet[1]))),
)
"""The same lesson as `WAVES`, as somebody else saw it from the other side of the room."""

OPTICS = Filled(
    answers=(("present", 49), ("unusual", "The projector failed for six minutes.")),
    sheet=(
        "copus",
        (
            ("I.Adm I.Lec S.L", 1),
            ("I.Lec I.D/V S.L S.Prd", 3),
            ("I.D/V I.PQ S.AnQ S.L", 3),
            ("I.CQ S.Ind", 3),
            ("I.CQ I.MG S.CG", 3),
            ("I.FUp I.PQ S.AnQ S.WC", 3),
            ("I.Lec I.RtW S.L", 2),
            ("I.Lec I.RtW S.L S.SQ", 2),
            ("I.AnQ S.SQ S.L", 2),
            ("I.W S.W", 1),
            ("I.W S.W", 1),
            ("I.MG S.WG", 3),
            ("I.MG I.1o1 S.WG", 3),
            ("I.MG I.1o1 S.WG S.SQ", 3),
            ("I.MG S.WG", 3),
            ("I.CQ I.MG S.CG", 3),
            ("I.FUp S.AnQ S.WC", 3),
            ("I.Lec I.RtW S.L", 2),
            ("I.PQ S.AnQ S.L", 2),
            ("I.MG S.CG", 3),
            ("I.FUp S.WC S.SQ", 3),
            ("I.Lec I.RtW S.L", 2),
            ("I.Lec I.Adm S.L S.W", 1),
        ),
    ),
)

FILLED: dict[str, Filled] = {
    "percent": PERCENT,
    "negative": NEGATIVE,
    "amounts": AMOUNTS,
    "waves-second": WAVES_SECOND,
    "optics": OPTICS,
}
"""By the name that a visit of `VISITS` gives."""

SOUND: tuple[tuple[str, int], ...] = (
    ("I.Adm I.Lec S.L", 1),
    *(("I.Lec I.RtW S.L", 2),) * 5,
    ("I.Lec I.PQ S.L S.AnQ", 2),
    *(("I.Lec I.RtW S.L", 2),) * 3,
    ("I.CQ S.Ind", 2),
    ("I.FUp I.Lec S.L", 2),
    *(("I.Lec I.RtW S.L", 1),) * 5,
    ("I.AnQ S.SQ S.L", 2),
    *(("I.Lec I.RtW S.L", 1),) * 4,
    ("I.MG S.WG", 2),
    ("I.Lec I.Adm S.L S.W", 1),
)
"""A lesson that somebody wrote down in a table, interval after interval."""

SOUND_DAYS, SOUND_HOUR = -41, 14
SOUND_FIELDS: VisitFields = {
    "class_name": "Year 12",
    "subject": "Physics",
    "topic": "Speed of sound",
    "room": "Lecture room",
}


def sheet_text(intervals: tuple[tuple[str, int], ...]) -> str:
    """Return intervals as the text of a table: one row for each code, one column for each interval."""
    codes = dict.fromkeys(code for seen, _level in intervals for code in seen.split())
    rows = [["", *(str(number) for number in range(1, len(intervals) + 1))]]
    rows += [[code, *("1" if code in seen.split() else "0" for seen, _level in intervals)] for code in codes]
    return "".join(",".join(row) + "\n" for row in rows)


_MATHEMATICS = {"class_name": "Year 8 B", "subject": "Mathematics", "room": "Room 12"}
_PHYSICS = {"class_name": "Year 12", "subject": "Physics", "room": "Lecture room", "class_size": 52}

VISITS: tuple[dict[str, object], ...] = (
    {
        "days": -48,
        "hour": 9,
        "teacher": TEACHER,
        "form": OWN_FORM,
        "filled": "percent",
        "evidence": (("thinking-time", ("25:00",)), ("open-questions", ("03:10",))),
        "fields": _MATHEMATICS | {"topic": "Percentages"},
        "focus": "Do they have time to think before somebody answers?",
        "notes": (
            ("00:20", "A card with one sum lies on each table, 21 of 27 begin #on-task"),
            ("03:10", "T “What does per cent mean to you?” #open"),
            ("03:14", "S4 “Out of a hundred.” T “Out of a hundred. And why a hundred?”"),
            ("14:20", "T “Which is more, a third or thirty per cent?” 3 s, S9 “A third, by a bit.” #wait-time"),
            ("25:00", "T “Ten per cent of eighty?” S2 at once, T “Yes.” #closed"),
            ("29:45", "T “Why does it not matter which way round?” 1 s, T tells it herself #open"),
        ),
        "claims": (("growth", "Answers come before most have thought", "", ("25:00", "29:45")),),
        "step": "Count to three before the first name.",
        "stage": "follow_up",
    },
    {
        "days": -27,
        "hour": 14,
        "teacher": COPUS_TEACHER,
        "observer": SECOND_OBSERVER,
        "form": "copus",
        "filled": "waves-second",
        "fields": _PHYSICS | {"topic": "Standing waves"},
        "focus": "",
        "notes": (
            ("06:25", "T plucks the string and asks for a guess, a few hands #prediction"),
            ("18:45", "Vote, pairs, vote again: many change"),
            ("36:20", "T at the third row, the back rows have stopped"),
        ),
        "claims": (),
        "step": None,
        "stage": "follow_up",
    },
    {
        "days": -20,
        "hour": 9,
        "teacher": TEACHER,
        "form": OWN_FORM,
        "filled": "negative",
        "evidence": (("thinking-time", ("08:50",)), ("wrong-answers-are-explored", ("09:02",))),
        "fields": _MATHEMATICS | {"topic": "Negative numbers"},
        "focus": "The pause, and what I do with a wrong answer.",
        "notes": (
            ("00:40", "SS tell each other where they have seen a number below zero #on-task"),
            ("08:50", "*T “Is minus five more or less than minus two?” 4 s, half the class has a hand up #wait-time"),
            ("09:02", "S15 “More.” T “Show us where it stands.” S15 goes to the line, stops, moves it #insight"),
            ("22:10", "T “Who can make this wrong on purpose?” #open"),
            ("37:20", "S19 “The line goes on for ever on both sides.” #claim"),
        ),
        "claims": (("strength", "A wrong answer was put on the line", "", ("08:50", "09:02")),),
        "step": "Let the one who was wrong say what made them change.",
        "stage": "follow_up",
    },
    {
        "days": -13,
        "hour": 14,
        "teacher": COPUS_TEACHER,
        "form": "copus",
        "filled": "optics",
        "fields": _PHYSICS | {"topic": "Thin lenses"},
        "focus": "Two votes, with talk in pairs before the second.",
        "notes": (
            ("06:30", "Vote on three drawings, 18 right #prediction"),
            ("09:10", "Second vote after talk in pairs, 37 right"),
            ("18:20", "The projector fails, T draws on the board"),
            ("31:00", "*S “If I cover half of it the picture is still whole?” #question"),
        ),
        "claims": (("strength", "Pairs changed each other’s minds", "", ("06:30", "09:10")),),
        "step": None,
        "stage": "follow_up",
    },
    {
        "days": -9,
        "hour": 9,
        "teacher": TEACHER,
        "form": OWN_FORM,
        "filled": "amounts",
        "evidence": (("thinking-time", ("33:15",)), ("wrong-answers-are-explored", ("12:30", "13:05"))),
        "fields": _MATHEMATICS | {"topic": "Fractions of an amount"},
        "focus": "Who explains: I or they?",
        "notes": (
            ("00:20", "Card on the table, written by S8 this time, 26 of 28 begin #on-task"),
            ("02:10", "T “What could the question be?” #open"),
            ("12:30", "S14 “I get twelve.” T writes 12 beside 9, says nothing #revoice"),
            ("13:05", "*S14 “No, I took thirds of the wrong thing.” #insight"),
            ("33:15", "T “Say more.” 7 s, S7 “You only need one of the parts first.” #wait-time #evidence"),
        ),
        "claims": (("strength", "Students mended it themselves", "", ("12:30", "13:05")),),
        "step": "Let a student choose who speaks next, once a lesson.",
        "stage": "follow_up",
    },
)
"""More visits of the sample term, in order; as `demo_lesson.OTHERS`."""

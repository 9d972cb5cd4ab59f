"""What the sample term fills in besides notes: a school's own form with its versions, counts, timers, a COPUS sheet."""

from __future__ import annotations

from dataclasses import dataclass

OWN_FORM = "questioning-and-talk"

OWN_FORM_FILE = """\
id = "questioning-and-talk"
version = 1
language = "en"
title = "Questioning and talk"
purpose = "Pick this when the focus is questions, pauses and who gets to speak. Made by the mathematics group."
source = "Northfield School, mathematics group."

[scales.how-often]
levels = ["Not yet", "Sometimes", "Often", "Throughout"]

[[sections]]
id = "questioning"
title = "Questioning"

[[sections.items]]
kind = "rating"
id = "thinking-time"
label = "Leaves thinking time"
scale = "how-often"
hotkey = "a"
descriptors.1 = "An answer is taken within a second."
descriptors.2 = "There is a pause after some open questions."
descriptors.3 = "Three seconds or more after most of them."
descriptors.4 = "After questions and after answers."

[[sections.items]]
kind = "rating"
id = "open-questions"
label = "Open questions lead"
scale = "how-often"
hotkey = "b"

[[sections.items]]
kind = "tally"
id = "open-question"
label = "Open question"
hotkey = "f2"

[[sections.items]]
kind = "tally"
id = "closed-question"
label = "Closed question"
hotkey = "f3"

[[sections.items]]
kind = "wait"
id = "wait"
label = "Pause after a question"
hotkey = "f5"
aim = 3

[[sections]]
id = "talk"
title = "Talk"

[[sections.items]]
kind = "rating"
id = "each-other"
label = "Students talk to each other"
scale = "how-often"
hotkey = "e"

[[sections.items]]
kind = "timer"
id = "teacher-talk"
label = "Teacher talks"
group = "voice"
hotkey = "f6"

[[sections.items]]
kind = "timer"
id = "student-talk"
label = "Students talk"
group = "voice"
hotkey = "f7"

[[sections.items]]
kind = "timer"
id = "quiet"
label = "Quiet work"
group = "voice"
hotkey = "f8"
"""
"""The first version, as the school brought it in."""

WRONG_ANSWERS = ("questioning", "Wrong answers are explored", "c")
"""Section, label and key of the item that the second version adds."""

DRAFT_ITEM = ("talk", "Quiet students have a way in", "g")
"""Section, label and key of the item that the draft of the third version adds."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in during one visit.

    Attributes:
        answers: item and value. absences: item and why it has none.
        tallies: item and lesson times. timers: item, from, to. sweeps: item, lesson time, on task.
        waits: item, lesson time at which the question ended, seconds, outcome.
        sheet: interval item, and for each interval in order its codes and then its level.
    """

    answers: tuple[tuple[str, str | int | tuple[str, ...]], ...] = ()
    absences: tuple[tuple[str, str], ...] = ()
    tallies: tuple[tuple[str, tuple[str, ...]], ...] = ()
    timers: tuple[tuple[str, str, str], ...] = ()
    sweeps: tuple[tuple[str, str, int], ...] = ()
    waits: tuple[tuple[str, str, float, str], ...] = ()
    sheet: tuple[str, tuple[tuple[str, int], ...]] = ("", ())


DECIMALS = Filled(
    answers=(("thinking-time", 1), ("open-questions", 1), ("each-other", 2)),
    tallies=(
        ("open-question", ("08:15", "31:00")),
        ("closed-question", ("05:30", "06:10", "07:02", "13:40", "25:10", "26:30", "27:05", "33:20")),
    ),
    timers=(
        ("teacher-talk", "00:40", "11:50"),
        ("quiet", "12:00", "24:20"),
        ("teacher-talk", "24:30", "30:50"),
        ("student-talk", "30:55", "38:00"),
    ),
    waits=(
        ("wait", "05:30", 1.0, "answered_by_teacher"),
        ("wait", "13:40", 0.9, "answered"),
        ("wait", "26:30", 1.4, "answered"),
    ),
)

RATIO = Filled(
    answers=(("thinking-time", 3), ("open-questions", 2), ("wrong-answers-are-explored", 3), ("each-other", 3)),
    tallies=(
        ("open-question", ("04:05", "09:10", "18:30", "24:00", "33:00", "41:20")),
        ("closed-question", ("05:02", "12:40", "27:15", "36:00")),
    ),
    timers=(
        ("quiet", "00:30", "03:50"),
        ("teacher-talk", "04:00", "09:30"),
        ("student-talk", "09:40", "32:10"),
        ("teacher-talk", "32:20", "37:00"),
        ("student-talk", "37:05", "46:00"),
    ),
    waits=(
        ("wait", "04:05", 3.8, "answered"),
        ("wait", "18:30", 2.6, "rephrased"),
        ("wait", "24:00", 4.4, "answered"),
        ("wait", "33:00", 6.1, "answered"),
    ),
)

CONDUCTION = Filled(
    answers=(
        ("where", "lab"),
        ("ready", "yes"),
        ("ways-free", "yes"),
        ("hazards-named", "yes"),
        ("chemicals", "yes"),
        ("oversight", 3),
        ("roles", 3),
        ("minds-on", 2),
        ("cleared", "yes"),
        ("discussed", "no"),
    ),
    tallies=(("corrected", ("23:10", "29:40")),),
    sweeps=(("protected", "12:00", 24), ("protected", "22:30", 20), ("protected", "32:10", 23)),
)

WAVES = Filled(
    answers=(("present", 52), ("unusual", "First class after the holidays; twelve came in after the start.")),
    sheet=(
        "copus",
        (
            ("I.Adm I.Lec S.L S.W", 1),
            ("I.Lec I.RtW S.L", 2),
            ("I.Lec I.RtW S.L", 2),
            ("I.Lec I.D/V S.L S.Prd", 3),
            ("I.D/V I.PQ S.L S.AnQ", 3),
            ("I.PQ I.FUp S.AnQ S.L", 2),
            ("I.Lec I.RtW S.L", 2),
            ("I.Lec I.RtW S.L S.SQ", 2),
            ("I.AnQ I.RtW S.SQ S.L", 2),
            ("I.CQ S.Ind", 3),
            ("I.CQ I.MG S.CG", 3),
            ("I.MG I.1o1 S.CG", 3),
            ("I.FUp I.CQ S.L S.AnQ", 2),
            ("I.FUp I.Lec S.L", 2),
            ("I.Lec I.RtW S.L", 1),
            ("I.Lec I.RtW S.L", 1),
            ("I.Lec I.PQ S.L S.AnQ", 2),
            ("I.MG S.WG", 3),
            ("I.MG I.1o1 S.WG", 3),
            ("I.MG I.1o1 S.WG S.SQ", 3),
            ("I.MG S.WG", 2),
            ("I.FUp S.AnQ S.WC", 3),
            ("I.FUp I.RtW S.WC S.SQ", 3),
            ("I.Lec S.L", 2),
            ("I.Lec I.Adm S.L S.W", 1),
        ),
    ),
)

FILLED: dict[str, Filled] = {"decimals": DECIMALS, "ratio": RATIO, "conduction": CONDUCTION, "waves": WAVES}
"""By the name that a visit of the sample term gives."""

"""What was done to rounds of visits and timetables, in words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "round.create": QT_TRANSLATE_NOOP("undo", "New round of visits"),
    "round.edit": QT_TRANSLATE_NOOP("undo", "Change to a round of visits"),
    "round.delete": QT_TRANSLATE_NOOP("undo", "Deleted round of visits"),
    "round.publish": QT_TRANSLATE_NOOP("undo", "Round of visits opened"),
    "round.close": QT_TRANSLATE_NOOP("undo", "Round of visits closed"),
    "round.solve": QT_TRANSLATE_NOOP("undo", "Plan of a round of visits"),
    "round.lock": QT_TRANSLATE_NOOP("undo", "Visit of a round locked"),
    "round.unlock": QT_TRANSLATE_NOOP("undo", "Visit of a round unlocked"),
    "round.move": QT_TRANSLATE_NOOP("undo", "Visit of a round moved"),
    "round.swap": QT_TRANSLATE_NOOP("undo", "Observers of two visits swapped"),
    "round.add": QT_TRANSLATE_NOOP("undo", "Visit of a round planned by hand"),
    "round.cancel": QT_TRANSLATE_NOOP("undo", "Visit of a round called off"),
    "round.again": QT_TRANSLATE_NOOP("undo", "Visit of a round planned again"),
    "round.invite": QT_TRANSLATE_NOOP("undo", "Visits made of a round"),
    "timetable.import": QT_TRANSLATE_NOOP("undo", "Imported timetables"),
    "timetable.clear": QT_TRANSLATE_NOOP("undo", "Timetable taken away"),
    "timetable.add": QT_TRANSLATE_NOOP("undo", "Time in a timetable"),
    "timetable.edit": QT_TRANSLATE_NOOP("undo", "Change to a timetable"),
    "timetable.remove": QT_TRANSLATE_NOOP("undo", "Time taken out of a timetable"),
}
FIELDS = {
    ("visit_round", "title"): QT_TRANSLATE_NOOP("undo", "Title"),
    ("pairing", "why"): QT_TRANSLATE_NOOP("undo", "Reason"),
    ("lesson_slot", "class_name"): QT_TRANSLATE_NOOP("undo", "Class"),
    ("lesson_slot", "subject"): QT_TRANSLATE_NOOP("undo", "Subject"),
    ("lesson_slot", "room"): QT_TRANSLATE_NOOP("undo", "Room"),
}

RECORDS = {
    "visit_round": QT_TRANSLATE_NOOP("also", "Round of visits"),
    "pairing": QT_TRANSLATE_NOOP("also", "Visit of a round"),
}
"""Records of rounds, for what was also written."""

COLUMNS = {
    ("visit_round", "title"): QT_TRANSLATE_NOOP("also", "title"),
    ("visit_round", "first"): QT_TRANSLATE_NOOP("also", "first day"),
    ("visit_round", "last"): QT_TRANSLATE_NOOP("also", "last day"),
    ("visit_round", "people"): QT_TRANSLATE_NOOP("also", "who takes part"),
    ("visit_round", "rules"): QT_TRANSLATE_NOOP("also", "rules"),
    ("visit_round", "state"): QT_TRANSLATE_NOOP("also", "where it stands"),
    ("pairing", "observer_id"): QT_TRANSLATE_NOOP("also", "who observes"),
    ("pairing", "teacher_id"): QT_TRANSLATE_NOOP("also", "who is observed"),
    ("pairing", "on"): QT_TRANSLATE_NOOP("also", "day and time"),
    ("pairing", "state"): QT_TRANSLATE_NOOP("also", "where it stands"),
    ("pairing", "why"): QT_TRANSLATE_NOOP("also", "reason"),
}
"""Fields of those records."""

VALUES = {
    "draft": QT_TRANSLATE_NOOP("also", "being set up"),
    "open": QT_TRANSLATE_NOOP("also", "open"),
    "closed": QT_TRANSLATE_NOOP("also", "closed"),
    "invited": QT_TRANSLATE_NOOP("also", "invited"),
}
"""Choices in those fields."""

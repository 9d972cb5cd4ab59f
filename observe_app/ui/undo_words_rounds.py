"""What was done to rounds of visits and timetables, in words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "timetable.import": QT_TRANSLATE_NOOP("undo", "Imported timetables"),
    "timetable.clear": QT_TRANSLATE_NOOP("undo", "Timetable taken away"),
    "timetable.add": QT_TRANSLATE_NOOP("undo", "Time in a timetable"),
    "timetable.edit": QT_TRANSLATE_NOOP("undo", "Change to a timetable"),
    "timetable.remove": QT_TRANSLATE_NOOP("undo", "Time taken out of a timetable"),
}
FIELDS = {
    ("lesson_slot", "class_name"): QT_TRANSLATE_NOOP("undo", "Class"),
    ("lesson_slot", "subject"): QT_TRANSLATE_NOOP("undo", "Subject"),
    ("lesson_slot", "room"): QT_TRANSLATE_NOOP("undo", "Room"),
}

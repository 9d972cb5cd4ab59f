"""What was done to people, terms and classes, in words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "person.leave": QT_TRANSLATE_NOOP("undo", "Put among those who left"),
    "person.merge": QT_TRANSLATE_NOOP("undo", "Two records of one person joined"),
    "person.photo": QT_TRANSLATE_NOOP("undo", "Photo"),
    "term.add": QT_TRANSLATE_NOOP("undo", "New term"),
    "term.edit": QT_TRANSLATE_NOOP("undo", "Change to a term"),
    "term.delete": QT_TRANSLATE_NOOP("undo", "Deleted term"),
    "holiday.add": QT_TRANSLATE_NOOP("undo", "New holiday"),
    "holiday.edit": QT_TRANSLATE_NOOP("undo", "Change to a holiday"),
    "holiday.delete": QT_TRANSLATE_NOOP("undo", "Deleted holiday"),
    "class.add": QT_TRANSLATE_NOOP("undo", "New class"),
    "class.edit": QT_TRANSLATE_NOOP("undo", "Change to a class"),
    "class.seating": QT_TRANSLATE_NOOP("undo", "Seating plan of a class"),
    "class.archive": QT_TRANSLATE_NOOP("undo", "Class of an earlier year"),
    "class.delete": QT_TRANSLATE_NOOP("undo", "Deleted class"),
    "visit.class": QT_TRANSLATE_NOOP("undo", "Choice of the class"),
    "school.rollover": QT_TRANSLATE_NOOP("undo", "New school year"),
}

RECORDS = {
    "school_term": QT_TRANSLATE_NOOP("also", "Term"),
    "holiday": QT_TRANSLATE_NOOP("also", "Holiday"),
    "school_class": QT_TRANSLATE_NOOP("also", "Class"),
}
"""What the records are called where two wrote into one."""

COLUMNS = {
    ("person", "pronouns"): QT_TRANSLATE_NOOP("also", "pronouns"),
    ("person", "building"): QT_TRANSLATE_NOOP("also", "building"),
    ("person", "week_load"): QT_TRANSLATE_NOOP("also", "visits a week"),
    ("person", "left_on"): QT_TRANSLATE_NOOP("also", "last day"),
    ("person", "manager_id"): QT_TRANSLATE_NOOP("also", "line manager"),
    ("school_term", "name"): QT_TRANSLATE_NOOP("also", "name"),
    ("school_term", "first"): QT_TRANSLATE_NOOP("also", "first day"),
    ("school_term", "last"): QT_TRANSLATE_NOOP("also", "last day"),
    ("holiday", "name"): QT_TRANSLATE_NOOP("also", "name"),
    ("holiday", "first"): QT_TRANSLATE_NOOP("also", "first day"),
    ("holiday", "last"): QT_TRANSLATE_NOOP("also", "last day"),
    ("school_class", "name"): QT_TRANSLATE_NOOP("also", "name"),
    ("school_class", "subject"): QT_TRANSLATE_NOOP("also", "subject"),
    ("school_class", "year_group"): QT_TRANSLATE_NOOP("also", "year group"),
    ("school_class", "size"): QT_TRANSLATE_NOOP("also", "students"),
    ("school_class", "room"): QT_TRANSLATE_NOOP("also", "room"),
    ("school_class", "building"): QT_TRANSLATE_NOOP("also", "building"),
    ("school_class", "seating"): QT_TRANSLATE_NOOP("also", "seating plan"),
    ("school_class", "archived"): QT_TRANSLATE_NOOP("also", "of an earlier year"),
}
"""What their fields are called there."""

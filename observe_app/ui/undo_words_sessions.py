"""What is done in sessions, in words, for undo and the history."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "session.plan": QT_TRANSLATE_NOOP("undo", "New session"),
    "session.repeat": QT_TRANSLATE_NOOP("undo", "New series of sessions"),
    "session.edit": QT_TRANSLATE_NOOP("undo", "Change to a session"),
    "session.edit_series": QT_TRANSLATE_NOOP("undo", "Change to all that follow in a series"),
    "session.cancel": QT_TRANSLATE_NOOP("undo", "Cancelled session"),
    "session.again": QT_TRANSLATE_NOOP("undo", "Session planned again"),
    "session.delete": QT_TRANSLATE_NOOP("undo", "Deleted session"),
    "session.start": QT_TRANSLATE_NOOP("undo", "Begin of a session"),
    "session.stop": QT_TRANSLATE_NOOP("undo", "End of a session"),
    "session.note": QT_TRANSLATE_NOOP("undo", "Note of a session"),
    "session.agenda": QT_TRANSLATE_NOOP("undo", "New line of the agenda"),
    "session.parking": QT_TRANSLATE_NOOP("undo", "New line of the parking lot"),
    "session.decision": QT_TRANSLATE_NOOP("undo", "New decision"),
    "session.unpark": QT_TRANSLATE_NOOP("undo", "Parked line put on the agenda"),
    "session.item_edit": QT_TRANSLATE_NOOP("undo", "Change to a line of a session"),
    "session.item_move": QT_TRANSLATE_NOOP("undo", "New order of the agenda"),
    "session.item_delete": QT_TRANSLATE_NOOP("undo", "Deleted line of a session"),
    "session.item_begin": QT_TRANSLATE_NOOP("undo", "Next line of the agenda"),
    "session.attend": QT_TRANSLATE_NOOP("undo", "Attendance"),
    "session.attend_all": QT_TRANSLATE_NOOP("undo", "Everybody present"),
    "follow_up.add": QT_TRANSLATE_NOOP("undo", "New follow-up"),
    "follow_up.edit": QT_TRANSLATE_NOOP("undo", "Change to a follow-up"),
    "follow_up.close": QT_TRANSLATE_NOOP("undo", "Closed follow-up"),
    "follow_up.reopen": QT_TRANSLATE_NOOP("undo", "Follow-up opened again"),
    "follow_up.delete": QT_TRANSLATE_NOOP("undo", "Deleted follow-up"),
}

FIELDS = {
    ("session", "title"): QT_TRANSLATE_NOOP("undo", "Title"),
    ("session", "objectives"): QT_TRANSLATE_NOOP("undo", "Objectives"),
    ("session", "notes"): QT_TRANSLATE_NOOP("undo", "Notes"),
    ("session_item", "title"): QT_TRANSLATE_NOOP("undo", "Line of a session"),
    ("follow_up", "text"): QT_TRANSLATE_NOOP("undo", "Follow-up"),
}
"""Fields whose words a history shows."""

RECORDS = {
    "session": QT_TRANSLATE_NOOP("also", "Session"),
    "session_item": QT_TRANSLATE_NOOP("also", "Line of a session"),
    "attendance": QT_TRANSLATE_NOOP("also", "Attendance"),
    "follow_up": QT_TRANSLATE_NOOP("also", "Follow-up"),
}
"""Records of sessions, for what was also written."""

COLUMNS = {
    ("session", "title"): QT_TRANSLATE_NOOP("also", "title"),
    ("session", "objectives"): QT_TRANSLATE_NOOP("also", "objectives"),
    ("session", "notes"): QT_TRANSLATE_NOOP("also", "notes"),
    ("session", "start"): QT_TRANSLATE_NOOP("also", "date and time"),
    ("session", "minutes"): QT_TRANSLATE_NOOP("also", "minutes"),
    ("session", "place"): QT_TRANSLATE_NOOP("also", "place"),
    ("session", "link"): QT_TRANSLATE_NOOP("also", "link of the call"),
    ("session", "state"): QT_TRANSLATE_NOOP("also", "where it stands"),
    ("session", "facilitator_id"): QT_TRANSLATE_NOOP("also", "who leads it"),
    ("session", "recorder_id"): QT_TRANSLATE_NOOP("also", "who writes the minutes"),
    ("session", "time_keeper_id"): QT_TRANSLATE_NOOP("also", "who keeps the time"),
    ("session_item", "title"): QT_TRANSLATE_NOOP("also", "words"),
    ("session_item", "text"): QT_TRANSLATE_NOOP("also", "more words"),
    ("session_item", "minutes"): QT_TRANSLATE_NOOP("also", "minutes"),
    ("session_item", "person_id"): QT_TRANSLATE_NOOP("also", "whose it is"),
    ("session_item", "done"): QT_TRANSLATE_NOOP("also", "settled"),
    ("attendance", "state"): QT_TRANSLATE_NOOP("also", "who was there"),
    ("attendance", "minutes"): QT_TRANSLATE_NOOP("also", "minutes"),
    ("attendance", "note"): QT_TRANSLATE_NOOP("also", "remark"),
    ("follow_up", "text"): QT_TRANSLATE_NOOP("also", "words"),
    ("follow_up", "owner_id"): QT_TRANSLATE_NOOP("also", "whose it is"),
    ("follow_up", "due"): QT_TRANSLATE_NOOP("also", "by when"),
    ("follow_up", "status"): QT_TRANSLATE_NOOP("also", "where it stands"),
}
"""Fields of those records."""

VALUES = {
    "planned": QT_TRANSLATE_NOOP("also", "planned"),
    "running": QT_TRANSLATE_NOOP("also", "running"),
    "held": QT_TRANSLATE_NOOP("also", "held"),
    "cancelled": QT_TRANSLATE_NOOP("also", "cancelled"),
    "present": QT_TRANSLATE_NOOP("also", "present"),
    "part": QT_TRANSLATE_NOOP("also", "there in part"),
    "apologies": QT_TRANSLATE_NOOP("also", "apologies"),
    "absent": QT_TRANSLATE_NOOP("also", "absent"),
}
"""Choices in those fields."""

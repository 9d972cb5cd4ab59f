"""What was done in the journal, to portfolios, hours and certificates, and what two wrote there, in words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "excerpt.share": QT_TRANSLATE_NOOP("undo", "Words given to a group"),
    "excerpt.take_back": QT_TRANSLATE_NOOP("undo", "Words taken back from a group"),
    "portfolio.add": QT_TRANSLATE_NOOP("undo", "New portfolio"),
    "portfolio.edit": QT_TRANSLATE_NOOP("undo", "Change to a portfolio"),
    "portfolio.delete": QT_TRANSLATE_NOOP("undo", "Deleted portfolio"),
    "hours.rule": QT_TRANSLATE_NOOP("undo", "Rule for hours"),
    "hours.entry": QT_TRANSLATE_NOOP("undo", "Time put in by hand"),
    "hours.entry_edit": QT_TRANSLATE_NOOP("undo", "Change to time put in by hand"),
    "hours.entry_delete": QT_TRANSLATE_NOOP("undo", "Deleted time put in by hand"),
    "certificate.issue": QT_TRANSLATE_NOOP("undo", "Certificate issued"),
    "certificate.withdraw": QT_TRANSLATE_NOOP("undo", "Certificate withdrawn"),
}

FIELDS = {
    ("portfolio", "title"): QT_TRANSLATE_NOOP("undo", "Title"),
    ("portfolio", "foreword"): QT_TRANSLATE_NOOP("undo", "Foreword"),
    ("hours_entry", "what"): QT_TRANSLATE_NOOP("undo", "What it was"),
    ("certificate", "why"): QT_TRANSLATE_NOOP("undo", "Reason"),
}
"""Fields whose words a history shows."""

RECORDS = {
    "portfolio": QT_TRANSLATE_NOOP("also", "Portfolio"),
    "hours_rule": QT_TRANSLATE_NOOP("also", "Rule for hours"),
    "hours_entry": QT_TRANSLATE_NOOP("also", "Time put in by hand"),
}
"""Records, for what was also written."""

COLUMNS = {
    ("journal_entry", "title"): QT_TRANSLATE_NOOP("also", "title"),
    ("journal_entry", "kind"): QT_TRANSLATE_NOOP("also", "kind"),
    ("portfolio", "title"): QT_TRANSLATE_NOOP("also", "title"),
    ("portfolio", "foreword"): QT_TRANSLATE_NOOP("also", "foreword"),
    ("portfolio", "first"): QT_TRANSLATE_NOOP("also", "first day"),
    ("portfolio", "last"): QT_TRANSLATE_NOOP("also", "last day"),
    ("portfolio", "picks"): QT_TRANSLATE_NOOP("also", "what is picked"),
    ("hours_rule", "per"): QT_TRANSLATE_NOOP("also", "how it counts"),
    ("hours_rule", "minutes"): QT_TRANSLATE_NOOP("also", "minutes for each"),
    ("hours_rule", "cap_min"): QT_TRANSLATE_NOOP("also", "limit in minutes"),
    ("hours_entry", "on"): QT_TRANSLATE_NOOP("also", "day"),
    ("hours_entry", "minutes"): QT_TRANSLATE_NOOP("also", "minutes"),
    ("hours_entry", "what"): QT_TRANSLATE_NOOP("also", "what it was"),
}
"""Fields of those records."""

VALUES = {
    "actual": QT_TRANSLATE_NOOP("also", "as long as it lasted"),
    "each": QT_TRANSLATE_NOOP("also", "the same for each"),
    "nothing": QT_TRANSLATE_NOOP("also", "not counted"),
    "learning": QT_TRANSLATE_NOOP("also", "own learning"),
    "journal": QT_TRANSLATE_NOOP("also", "journal"),
}
"""Choices in those fields."""

"""What is done in groups, in words, for undo, the history, and what was also written."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "group.add": QT_TRANSLATE_NOOP("undo", "New group"),
    "group.edit": QT_TRANSLATE_NOOP("undo", "Change to a group"),
    "group.delete": QT_TRANSLATE_NOOP("undo", "Deleted group"),
    "group.member": QT_TRANSLATE_NOOP("undo", "Part in a group"),
    "group.leave": QT_TRANSLATE_NOOP("undo", "Last day in a group"),
    "group.unmember": QT_TRANSLATE_NOOP("undo", "Taken out of a group"),
    "group.share": QT_TRANSLATE_NOOP("undo", "Who is sent a group’s page"),
    "goal.add": QT_TRANSLATE_NOOP("undo", "New goal"),
    "goal.edit": QT_TRANSLATE_NOOP("undo", "Change to a goal"),
    "goal.close": QT_TRANSLATE_NOOP("undo", "Closed goal"),
    "goal.open": QT_TRANSLATE_NOOP("undo", "Goal opened again"),
    "goal.delete": QT_TRANSLATE_NOOP("undo", "Deleted goal"),
    "goal.link": QT_TRANSLATE_NOOP("undo", "What a goal is pursued by"),
    "goal.unlink": QT_TRANSLATE_NOOP("undo", "Link of a goal taken away"),
    "reading.add": QT_TRANSLATE_NOOP("undo", "New reading"),
    "reading.edit": QT_TRANSLATE_NOOP("undo", "Change to a reading"),
    "reading.delete": QT_TRANSLATE_NOOP("undo", "Deleted reading"),
    "reading.import": QT_TRANSLATE_NOOP("undo", "Imported readings"),
    "resource.add": QT_TRANSLATE_NOOP("undo", "New resource"),
    "resource.edit": QT_TRANSLATE_NOOP("undo", "Change to a resource"),
    "resource.delete": QT_TRANSLATE_NOOP("undo", "Deleted resource"),
}

FIELDS = {
    ("peer_group", "purpose"): QT_TRANSLATE_NOOP("undo", "Purpose"),
    ("peer_group", "norms"): QT_TRANSLATE_NOOP("undo", "Norms"),
    ("goal", "title"): QT_TRANSLATE_NOOP("undo", "Goal"),
    ("goal", "story"): QT_TRANSLATE_NOOP("undo", "What became of it"),
    ("resource", "title"): QT_TRANSLATE_NOOP("undo", "Resource"),
}
"""Fields whose words a history shows."""

RECORDS = {
    "peer_group": QT_TRANSLATE_NOOP("also", "Group"),
    "group_member": QT_TRANSLATE_NOOP("also", "Part in a group"),
    "goal": QT_TRANSLATE_NOOP("also", "Goal"),
    "reading": QT_TRANSLATE_NOOP("also", "Reading"),
    "resource": QT_TRANSLATE_NOOP("also", "Resource"),
}
"""Records of groups, for what was also written."""

COLUMNS = {
    ("peer_group", "name"): QT_TRANSLATE_NOOP("also", "name"),
    ("peer_group", "purpose"): QT_TRANSLATE_NOOP("also", "purpose"),
    ("peer_group", "measure"): QT_TRANSLATE_NOOP("also", "how it will know"),
    ("peer_group", "revisit"): QT_TRANSLATE_NOOP("also", "looked at again"),
    ("peer_group", "norms"): QT_TRANSLATE_NOOP("also", "norms"),
    ("peer_group", "school_goals"): QT_TRANSLATE_NOOP("also", "goals of the school"),
    ("peer_group", "archived"): QT_TRANSLATE_NOOP("also", "meets no more"),
    ("group_member", "roles"): QT_TRANSLATE_NOOP("also", "roles"),
    ("group_member", "since"): QT_TRANSLATE_NOOP("also", "first day"),
    ("group_member", "until"): QT_TRANSLATE_NOOP("also", "last day"),
    ("goal", "title"): QT_TRANSLATE_NOOP("also", "words"),
    ("goal", "measure"): QT_TRANSLATE_NOOP("also", "measure"),
    ("goal", "unit"): QT_TRANSLATE_NOOP("also", "unit"),
    ("goal", "baseline"): QT_TRANSLATE_NOOP("also", "baseline"),
    ("goal", "target"): QT_TRANSLATE_NOOP("also", "target"),
    ("goal", "due"): QT_TRANSLATE_NOOP("also", "by when"),
    ("goal", "status"): QT_TRANSLATE_NOOP("also", "where it stands"),
    ("goal", "story"): QT_TRANSLATE_NOOP("also", "what became of it"),
    ("reading", "value"): QT_TRANSLATE_NOOP("also", "value"),
    ("reading", "n"): QT_TRANSLATE_NOOP("also", "n"),
    ("reading", "on"): QT_TRANSLATE_NOOP("also", "day"),
    ("reading", "note"): QT_TRANSLATE_NOOP("also", "remark"),
    ("resource", "title"): QT_TRANSLATE_NOOP("also", "title"),
    ("resource", "link"): QT_TRANSLATE_NOOP("also", "address"),
    ("resource", "licence"): QT_TRANSLATE_NOOP("also", "licence line"),
    ("resource", "note"): QT_TRANSLATE_NOOP("also", "remark"),
}
"""Fields of those records."""

VALUES = {
    "reached": QT_TRANSLATE_NOOP("also", "reached"),
}
"""Choices in those fields, beside those of action steps."""

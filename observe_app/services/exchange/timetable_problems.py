"""What an import of timetables noticed, in sentences that the window and the command line share."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


MESSAGES: dict[str, str] = {
    "timetable_nobody": QT_TRANSLATE_NOOP("import", "The row does not say whose lesson it is; it was left out."),
    "timetable_day": QT_TRANSLATE_NOOP("import", "“{found}” is no day; the row was left out."),
    "timetable_no_day": QT_TRANSLATE_NOOP("import", "The row has no day; it was left out."),
    "timetable_day_first": QT_TRANSLATE_NOOP(
        "import", "Dates such as {found} could be read two ways; the day was taken to stand first."
    ),
    "timetable_time": QT_TRANSLATE_NOOP("import", "“{found}” is no time; the row was left out."),
    "timetable_no_time": QT_TRANSLATE_NOOP("import", "The row has no time; it was left out."),
    "timetable_no_end": QT_TRANSLATE_NOOP(
        "import", "Where no end is said, lessons were taken to last {count} minutes."
    ),
    "timetable_backwards": QT_TRANSLATE_NOOP(
        "import", "The lesson at “{found}” ends before it begins; it was left out."
    ),
    "timetable_period": QT_TRANSLATE_NOOP(
        "import", "The bell times have no period “{found}”; the row was left out. Say the bell times first."
    ),
    "timetable_more": QT_TRANSLATE_NOOP("import", "More rows that were left out: {count}."),
    "timetable_twice": QT_TRANSLATE_NOOP("import", "{found}: lessons that stand in the file more than once: {count}."),
    "timetable_cut": QT_TRANSLATE_NOOP("import", "{found}: times beyond what a timetable can have, left out: {count}."),
    "timetable_crossing": QT_TRANSLATE_NOOP(
        "import", "{found}: lessons that begin while another one is on: {count}. All are kept."
    ),
    "calendar_nothing": QT_TRANSLATE_NOOP("import", "No event of the calendar could be used."),
    "calendar_broken": QT_TRANSLATE_NOOP("import", "Lines of the calendar that say nothing: {count}."),
    "calendar_more": QT_TRANSLATE_NOOP("import", "More events like these: {count}."),
    "calendar_zone": QT_TRANSLATE_NOOP(
        "import", "The time zone “{found}” is not known; its times count as this computer’s."
    ),
    "calendar_no_start": QT_TRANSLATE_NOOP("import", "The event “{found}” has no beginning; it was left out."),
    "calendar_no_end": QT_TRANSLATE_NOOP(
        "import", "The event “{found}” has no end, or one before it begins; it was left out."
    ),
    "calendar_rule_too_fast": QT_TRANSLATE_NOOP(
        "import", "The event “{found}” repeats by the hour or faster, which no lesson does; its first time was kept."
    ),
    "calendar_rule_too_long": QT_TRANSLATE_NOOP(
        "import", "The event “{found}” began too many years ago to be counted; its first time was kept."
    ),
    "calendar_rule_unreadable": QT_TRANSLATE_NOOP(
        "import", "How the event “{found}” repeats cannot be read; its first time was kept."
    ),
}

"""What an import noticed, in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from observe_app.services.exchange import timetable_problems

if TYPE_CHECKING:
    from observe_app.services.exchange.problems import Problem

_CELLS = frozenset(
    {"ticks_differ", "tick_unclear", "level_unclear", "levels_differ", "formula_unstored", "code_unknown"}
)
"""Rules that concern one cell of a grid, where the row alone says too little."""

_MANY = {
    "code_unknown": QT_TRANSLATE_NOOP(
        "import", "“{found}” is no code of the form and is left out; ticked intervals: {count}."
    ),
    "code_left_out": QT_TRANSLATE_NOOP("import", "“{found}” is left out, as told; ticked intervals: {count}."),
    "code_absent": QT_TRANSLATE_NOOP(
        "import", "The code {found} of the form is absent from the sheet: nobody looked for it."
    ),
    "code_twice": QT_TRANSLATE_NOOP("import", "One code stands in two lines ({found}); a tick in either counts."),
    "side_guessed": QT_TRANSLATE_NOOP("import", "Two sides have this code; its neighbours say which: {found}."),
    "ticks_differ": QT_TRANSLATE_NOOP(
        "import", "“{found}” is ticked in one place and not in the other for the same interval; it counts as ticked."
    ),
    "tick_unclear": QT_TRANSLATE_NOOP("import", "“{found}” is neither a tick nor empty; the interval is not ticked."),
    "level_unclear": QT_TRANSLATE_NOOP("import", "“{found}” is no level of the form; it was left out."),
    "levels_differ": QT_TRANSLATE_NOOP("import", "An interval has two levels; neither was kept (“{found}”)."),
    "interval_odd": QT_TRANSLATE_NOOP(
        "import", "The heading “{found}” does not fit those beside it; its interval was left out."
    ),
    "interval_twice": QT_TRANSLATE_NOOP(
        "import", "The interval “{found}” stands in the sheet twice; a tick in either counts."
    ),
    "intervals_unlabelled": QT_TRANSLATE_NOOP(
        "import", "No headings of intervals were found; intervals counted from the first: {count}."
    ),
    "intervals_blank": QT_TRANSLATE_NOOP("import", "Intervals without any mark, which count as not coded: {count}."),
    "intervals_joined": QT_TRANSLATE_NOOP(
        "import", "The sheet has intervals of {found} s; {count} of them make one of the form."
    ),
    "interval_far": QT_TRANSLATE_NOOP("import", "Intervals more than a day after the start, left out: {count}."),
    "totals_ignored": QT_TRANSLATE_NOOP("import", "Lines with the sheet’s own totals, passed over: {count}."),
    "formula_unstored": QT_TRANSLATE_NOOP(
        "import", "The result of this formula is not stored in the file; the cell counts as empty."
    ),
    "formula_unstored_more": QT_TRANSLATE_NOOP(
        "import", "More formulas without a stored result: {count}. Their cells count as empty."
    ),
    "columns_beyond": QT_TRANSLATE_NOOP("import", "Cells behind the last column that is read, left out: {count}."),
    "tick_kept": QT_TRANSLATE_NOOP(
        "import", "Intervals with a tick in the visit that the sheet has not: {count}. It stays."
    ),
    "line_untimed": QT_TRANSLATE_NOOP("import", "The line “{found}” has no time; it has that of the line above."),
    "line_untimed_more": QT_TRANSLATE_NOOP(
        "import", "More lines without a time: {count}. They have those of the lines above."
    ),
    "time_unreadable": QT_TRANSLATE_NOOP(
        "import", "The time “{found}” cannot be read; the note lies between its neighbours."
    ),
    "time_back": QT_TRANSLATE_NOOP("import", "The time {found} is earlier than the one above; it was kept as written."),
    "time_unreadable_more": QT_TRANSLATE_NOOP(
        "import", "More times that cannot be read: {count}. Their notes lie between their neighbours."
    ),
    "time_back_more": QT_TRANSLATE_NOOP(
        "import", "More times earlier than the one above: {count}. They were kept as written."
    ),
    "times_missing": QT_TRANSLATE_NOOP(
        "import", "Rows without a time: {count}. They were placed between their neighbours by the number of words."
    ),
    "no_times": QT_TRANSLATE_NOOP(
        "import", "There is no time in this file; notes were spaced by their words, 150 words a minute."
    ),
    "times_frames": QT_TRANSLATE_NOOP(
        "import", "Times were read as minutes, seconds and frames; read as hours the lesson would last days."
    ),
    "times_clock": QT_TRANSLATE_NOOP(
        "import", "Times were read as time of day; the first one is the start of the lesson."
    ),
    "students_named": QT_TRANSLATE_NOOP(
        "import", "Students with names: {count}. They became numbers, and their names are not kept."
    ),
    "names_in_text": QT_TRANSLATE_NOOP("import", "Notes with students’ names still in their text: {count}."),
    "second_teacher": QT_TRANSLATE_NOOP("import", "Rows of another teacher (“{found}”): {count}. They are kept as T."),
    "several_speakers": QT_TRANSLATE_NOOP("import", "Rows that name several students: {count}. They are kept as SS."),
    "speaker_unknown": QT_TRANSLATE_NOOP(
        "import", "The speaker “{found}” is not a name, a number or a role; it was left out."
    ),
    "note_split": QT_TRANSLATE_NOOP("import", "A text is longer than a note can be; notes it became: {count}."),
    "no_header": QT_TRANSLATE_NOOP(
        "import", "No row of headings was recognised; columns were told by what is in them."
    ),
    "encoding_guessed": QT_TRANSLATE_NOOP(
        "import", "The file does not say how its letters are written; it was read as {found}."
    ),
    "quotes_mended": QT_TRANSLATE_NOOP(
        "import", "A quotation mark never closes; quotation marks were read as plain signs."
    ),
    "empty_text": QT_TRANSLATE_NOOP("import", "Rows without text, left out: {count}."),
    "no_name": QT_TRANSLATE_NOOP("import", "A row without a name was left out."),
    "name_invalid": QT_TRANSLATE_NOOP("import", "The name “{found}” cannot be used."),
    "ambiguous": QT_TRANSLATE_NOOP("import", "Several people fit “{found}”; nobody was changed."),
    "twice": QT_TRANSLATE_NOOP("import", "“{found}” stands in the file twice; the first row counts."),
    "email_odd": QT_TRANSLATE_NOOP("import", "“{found}” does not look like an e-mail address; it was kept as written."),
    "field_cut": QT_TRANSLATE_NOOP("import", "“{found}” is longer than the field; its end is left out."),
    "load_unreadable": QT_TRANSLATE_NOOP("import", "“{found}” is no number of visits a week; it was left out."),
    "day_unreadable": QT_TRANSLATE_NOOP("import", "“{found}” is no day; it was left out."),
    "language_unknown": QT_TRANSLATE_NOOP("import", "“{found}” is no code of a language, such as de; left out."),
    "manager_unknown": QT_TRANSLATE_NOOP("import", "Nobody, or more than one, is “{found}”; no line manager was set."),
    "boris_not_readable": QT_TRANSLATE_NOOP("import", "This is not what a BORIS project has here; it was left out."),
    "boris_observations_cut": QT_TRANSLATE_NOOP(
        "import", "Only the first {found} observations are read; left out: {count}."
    ),
    "boris_observation_twice": QT_TRANSLATE_NOOP(
        "import", "Two observations are called “{found}”; the first one counts."
    ),
    "boris_events_cut": QT_TRANSLATE_NOOP(
        "import", "Only the first {found} events of a project are read; this one and later ones were left out."
    ),
    "boris_behaviours_cut": QT_TRANSLATE_NOOP("import", "Only the first {found} behaviours are read."),
    "boris_behaviour_unnamed": QT_TRANSLATE_NOOP("import", "Behaviour number {found} has no code; it was left out."),
    "boris_behaviour_twice": QT_TRANSLATE_NOOP(
        "import", "The behaviour “{found}” stands in the project twice; the first one counts."
    ),
    "boris_type_unknown": QT_TRANSLATE_NOOP(
        "import", "The behaviour “{found}” is neither a point nor a state event; it is counted as a point."
    ),
    "boris_no_date": QT_TRANSLATE_NOOP("import", "The date “{found}” cannot be read; the visit has no start."),
    "boris_first_is_start": QT_TRANSLATE_NOOP(
        "import", "Times were read as time of day; the first event is the start of the lesson."
    ),
    "boris_time_unreadable": QT_TRANSLATE_NOOP(
        "import", "The time “{found}” is no number of seconds; the event was left out."
    ),
    "boris_time_far": QT_TRANSLATE_NOOP(
        "import", "The time {found} s is more than a day from the start; the event was left out."
    ),
    "boris_not_in_order": QT_TRANSLATE_NOOP(
        "import", "Events earlier than the one before: {count}. All were put in order of time."
    ),
    "boris_no_code": QT_TRANSLATE_NOOP("import", "An event has neither a behaviour nor a comment; it was left out."),
    "boris_unknown": QT_TRANSLATE_NOOP(
        "import", "The behaviour “{found}” is not in the project; its events ({count}) are kept as notes."
    ),
    "boris_unpaired": QT_TRANSLATE_NOOP(
        "import", "“{found}” starts here and never ends; it is kept as running to the end of the observation."
    ),
    "boris_overlap": QT_TRANSLATE_NOOP(
        "import", "“{found}” starts while it is running; the two are kept as one stretch."
    ),
    "boris_words_cut": QT_TRANSLATE_NOOP(
        "import", "The words of this event are longer than a note can be; its end was left out."
    ),
    "boris_cut": QT_TRANSLATE_NOOP(
        "import", "Timers of one group ran at once in “{found}”; the later start ends the earlier one."
    ),
    "boris_not_exclusive": QT_TRANSLATE_NOOP(
        "import",
        "{found} exclude each other, but not as one group or not in the events; their timers run alongside each other.",
    ),
    "boris_split": QT_TRANSLATE_NOOP(
        "import", "“{found}” runs for several subjects or modifiers at once; each of them has a timer of its own."
    ),
    "boris_items_cut": QT_TRANSLATE_NOOP(
        "import", "A form holds {found} items; behaviours without one: {count}. Their events are kept as notes."
    ),
    "boris_subjects_kept": QT_TRANSLATE_NOOP(
        "import", "Subjects that are no T or S7 stay in the words of their events: {found}."
    ),
    "boris_more": QT_TRANSLATE_NOOP("import", "More things that could not be read: {count}."),
} | timetable_problems.MESSAGES


def problem_sentence(problem: Problem) -> str:
    """Return one sentence, with the row in front where there is one."""
    lookup = QCoreApplication.translate  # the literals are marked in the table above
    source = _MANY.get(problem.rule)
    text = lookup("import", str(source)).format(found=problem.found, count=problem.count) if source else problem.message
    if problem.observation:
        return _in_observation(problem, text)
    if not problem.row:
        return text
    if problem.rule in _CELLS and problem.column:
        place = QCoreApplication.translate("import", "Row {row}, column {column}: {sentence}")
        return place.format(row=problem.row, column=problem.column, sentence=text)
    place = QCoreApplication.translate("import", "Row {row}: {sentence}")
    return place.format(row=problem.row, sentence=text)


def _in_observation(problem: Problem, sentence: str) -> str:
    """Return the sentence behind its place in a BORIS project."""
    if not problem.row:
        place = QCoreApplication.translate("import", "{observation}: {sentence}")
        return place.format(observation=problem.observation, sentence=sentence)
    place = QCoreApplication.translate("import", "{observation}, event {row}: {sentence}")
    return place.format(observation=problem.observation, row=problem.row, sentence=sentence)

"""What an import noticed, as fields; and the English sentences of it (the window has its own, by `rule`)."""

from __future__ import annotations

from dataclasses import dataclass

from observe_app.services.exchange import timetable_problems

_MESSAGES = {
    "time_unreadable": "The time “{found}” cannot be read; the note lies between its neighbours.",
    "time_back": "The time {found} is earlier than the one above; it was kept as written.",
    "time_unreadable_more": "{count} more times cannot be read; their notes lie between their neighbours.",
    "time_back_more": "{count} more times are earlier than the one above; they were kept as written.",
    "times_missing": "{count} rows have no time; they were placed between their neighbours by the number of words.",
    "no_times": "There is no time in this file; notes were spaced by their words, 150 words a minute.",
    "times_frames": "Times were read as minutes, seconds and frames; read as hours the lesson would last days.",
    "times_clock": "Times were read as time of day; the first one is the start of the lesson.",
    "students_named": "{count} students had names; they became numbers, and their names are not kept.",
    "names_in_text": "Students’ names still stand in the text of {count} notes.",
    "second_teacher": "{count} rows are of another teacher (“{found}”); they are kept as T.",
    "several_speakers": "{count} rows name several students; they are kept as SS.",
    "speaker_unknown": "The speaker “{found}” is not a name, a number or a role; it was left out.",
    "note_split": "The text is longer than a note can be; it became {count} notes.",
    "line_untimed": "The line “{found}” has no time; it has that of the line above.",
    "line_untimed_more": "{count} more lines have no time; they have those of the lines above.",
    "no_header": "No row of headings was recognised; columns were told by what is in them.",
    "encoding_guessed": "The file does not say how its letters are written; it was read as {found}.",
    "quotes_mended": "A quotation mark never closes; quotation marks were read as plain signs.",
    "empty_text": "{count} rows have no text and were left out.",
    "no_name": "A row without a name was left out.",
    "name_invalid": "The name “{found}” cannot be used.",
    "ambiguous": "Several people fit “{found}”; nobody was changed.",
    "twice": "“{found}” stands in the file twice; the first row counts.",
    "email_odd": "“{found}” does not look like an e-mail address; it was kept as written.",
    "field_cut": "“{found}” is longer than the field; its end is left out.",
    "load_unreadable": "“{found}” is no number of visits a week; it was left out.",
    "day_unreadable": "“{found}” is no day; it was left out.",
    "language_unknown": "“{found}” is no code of a language, such as de; it was left out.",
    "manager_unknown": "Nobody, or more than one, is “{found}”; no line manager was set.",
    "code_unknown": "“{found}” is no code of the form; {count} ticked intervals of it are left out.",
    "code_left_out": "“{found}” is left out, as told; {count} intervals of it are ticked.",
    "code_absent": "The code {found} of the form is absent from the sheet: nobody looked for it.",
    "code_twice": "One code stands in two lines ({found}); a tick in either counts.",
    "side_guessed": "Two sides have this code; its neighbours say which: {found}.",
    "ticks_differ": "“{found}” is ticked in one place and not in the other for the same interval; it counts as ticked.",
    "tick_unclear": "“{found}” is neither a tick nor empty; the interval is not ticked.",
    "level_unclear": "“{found}” is no level of the form; it was left out.",
    "levels_differ": "An interval has two levels; neither was kept (“{found}”).",
    "interval_odd": "The heading “{found}” does not fit those beside it; its interval was left out.",
    "interval_twice": "The interval “{found}” stands in the sheet twice; a tick in either counts.",
    "intervals_unlabelled": "No headings of intervals were found; {count} were counted from the first.",
    "intervals_blank": "{count} intervals have no mark at all; they count as not coded.",
    "intervals_joined": "The sheet has intervals of {found} s; {count} of them make one of the form.",
    "interval_far": "{count} intervals lie more than a day after the start and were left out.",
    "totals_ignored": "{count} lines with the sheet’s own totals were passed over.",
    "formula_unstored": "The result of this formula is not stored in the file; the cell counts as empty.",
    "formula_unstored_more": "{count} more formulas have no stored result; their cells count as empty.",
    "columns_beyond": "{count} cells lie behind the last column that is read and were left out.",
    "tick_kept": "{count} intervals have a tick in the visit that the sheet has not; it stays.",
    "boris_not_readable": "This is not what a BORIS project has here; it was left out.",
    "boris_observations_cut": "Only the first {found} observations are read; {count} were left out.",
    "boris_observation_twice": "Two observations are called “{found}”; the first one counts.",
    "boris_events_cut": "Only the first {found} events of a project are read; this one and later ones were left out.",
    "boris_behaviours_cut": "Only the first {found} behaviours are read.",
    "boris_behaviour_unnamed": "Behaviour number {found} has no code; it was left out.",
    "boris_behaviour_twice": "The behaviour “{found}” stands in the project twice; the first one counts.",
    "boris_type_unknown": "The behaviour “{found}” is neither a point nor a state event; it is counted as a point.",
    "boris_no_date": "The date “{found}” cannot be read; the visit has no start.",
    "boris_first_is_start": "Times were read as time of day; the first event is the start of the lesson.",
    "boris_time_unreadable": "The time “{found}” is no number of seconds; the event was left out.",
    "boris_time_far": "The time {found} s is more than a day from the start; the event was left out.",
    "boris_not_in_order": "{count} events are earlier than the one before; all were put in order of time.",
    "boris_no_code": "An event has neither a behaviour nor a comment; it was left out.",
    "boris_unknown": "The behaviour “{found}” is not in the project; its events ({count}) are kept as notes.",
    "boris_unpaired": "“{found}” starts here and never ends; it is kept as running to the end of the observation.",
    "boris_overlap": "“{found}” starts while it is running; the two are kept as one stretch.",
    "boris_words_cut": "The words of this event are longer than a note can be; its end was left out.",
    "boris_cut": "Timers of one group ran at once in “{found}”; the later start ends the earlier one.",
    "boris_not_exclusive": "{found} exclude each other, but not as one group or not in the events; their timers run"
    " alongside each other.",
    "boris_split": "“{found}” runs for several subjects or modifiers at once; each of them has a timer of its own.",
    "boris_items_cut": "A form holds {found} items; {count} behaviours have none, and their events are kept as notes.",
    "boris_subjects_kept": "Subjects that are no T or S7 stay in the words of their events: {found}.",
    "boris_more": "{count} more things could not be read.",
} | timetable_problems.MESSAGES
_ONE = (
    (
        "{count} more lines have no time; they have those of the lines above",
        "1 more line has no time; it has that above",
    ),
    ("{count} ticked intervals of it are", "1 ticked interval of it is"),
    ("{count} intervals of it are", "1 interval of it is"),
    ("{count} intervals have no mark at all; they count", "1 interval has no mark at all; it counts"),
    ("{count} intervals have a tick", "1 interval has a tick"),
    ("{count} intervals lie more than a day after the start and were", "1 interval lies more than a day late and was"),
    ("{count} lines with the sheet’s own totals were", "1 line with the sheet’s own totals was"),
    ("{count} more formulas have", "1 more formula has"),
    ("{count} cells lie behind the last column that is read and were", "1 cell lies behind the last column and was"),
    ("{count} rows are", "1 row is"),
    ("{count} rows name", "1 row names"),
    ("{count} rows have no text and were", "1 row has no text and was"),
    ("{count} rows have no time; they were placed between their", "1 row has no time; it was placed between its"),
    ("{count} notes", "1 note"),
    (
        "{count} students had names; they became numbers, and their names are",
        "1 student had a name; it became a number, and it is",
    ),
    (
        "{count} more times are earlier than the one above; they were",
        "1 more time is earlier than the one above; it was",
    ),
    (
        "{count} more times cannot be read; their notes lie between their",
        "1 more time cannot be read; its note lies between its",
    ),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should know of an import; nothing was dropped without one.

    Attributes:
        rule: stable name of what happened. row: row of the sheet or line of the file, 0 for the file as a whole.
        column: letter, "" for none. found: what stands there, shortened. count: how many rows it concerns.
        observation: name of the observation of a BORIS project; `row` is then the number of an event in it.
    """

    rule: str
    row: int = 0
    column: str = ""
    found: str = ""
    count: int = 0
    observation: str = ""

    @property
    def where(self) -> str:
        """The place in words, such as "row 12, column B"; "" for the file as a whole."""
        if self.observation:
            place = f"observation “{self.observation}”"
            return f"{place}, event {self.row}" if self.row else place
        parts = [f"row {self.row}"] if self.row else []
        parts += [f"column {self.column}"] if self.column else []
        return ", ".join(parts)

    @property
    def message(self) -> str:
        """One English sentence."""
        text = _MESSAGES.get(self.rule, self.rule)
        if self.count == 1:
            for many, one in _ONE:
                text = text.replace(many, one)
        return text.format(found=self.found, count=self.count)


def shortened(text: str, limit: int = 60) -> str:
    """Return the text on one line, cut to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"

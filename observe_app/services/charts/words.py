"""The fixed words of charts, with their English; a window fills them in its language. Braces are for `.format`."""

from __future__ import annotations

from dataclasses import dataclass

from observe_app.domain.compare.marks import Base, Break, Missing, Origin


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Words, grouped by where they stand.

    Attributes:
        point: decimal sign. months: twelve short names. date, date_year: of an axis; long_date: of a sentence.
    """

    point: str = "."
    months: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    date: str = "{day} {month}"
    date_year: str = "{day} {month} {year}"
    no_date: str = "no date"
    dash: str = "–"
    none: str = "Nothing to show."

    yes: str = "yes"
    no: str = "no"
    percent: str = "{n} %"
    of: str = "{n} of {of}"
    of_intervals: str = "{n} of {of} intervals"
    of_ticks: str = "{n} of {of} ticks"
    of_minutes: str = "{n} of {of} min"
    of_talk: str = "{n} of {of} min of talk"
    of_words: str = "{n} of {of} words"
    of_waits: str = "{n} of {of} waits"
    of_looks: str = "{n} of {of} looked at"
    of_notes: str = "{n} of {of} notes"
    per_ten: str = "{rate} in 10 min ({n} in {minutes} min)"
    seconds: str = "{n} s"
    median: str = "median {seconds} s (of {n})"
    blank: str = "{n} not coded"
    blank_looks: str = "{n} not looked"

    said_by_teacher: str = "Words said by the teacher"
    time_of_teacher: str = "Time the teacher talks"

    base_intervals: str = "of intervals"
    base_ticks: str = "of all ticks"
    base_minutes: str = "of lesson minutes"
    base_talk: str = "of talk time"
    base_spoken: str = "of words"
    base_waits: str = "aim reached, of waits"
    base_looks: str = "of those looked at"
    base_notes: str = "of notes"
    base_per_ten: str = "in 10 minutes"
    base_seconds: str = "median, seconds"

    unanswered: str = "not answered"
    not_looked_for: str = "not looked for"
    not_seen: str = "looked for, not seen"
    not_applicable: str = "not applicable"
    not_on_form: str = "not on this form"
    nothing_recorded: str = "nothing recorded"
    not_told: str = "not released"

    imported: str = "imported"
    derived: str = "worked out from other records"
    demo: str = "example"
    live: str = "recorded live"
    legend_imported: str = "ring: imported"
    legend_derived: str = "square: worked out from other records"

    break_observer: str = "other observer"
    break_scale: str = "other scale"
    break_base: str = "counted of something else"
    break_origin: str = "recorded another way"
    broken: str = "{date}: {why}"

    visits: str = "{n} of {of} visits"
    visits_one: str = "{n} of 1 visit"
    too_few: str = "too few visits to say"
    alt_course: str = "{label}. {visits}. {values}"
    alt_value: str = "{date}: {value}"
    says: str = "{label}, {date}: {value}"
    says_from: str = "{says}, {origin}"

    column_item: str = "Item"
    column_section: str = "Section"
    column_date: str = "Date"
    column_person: str = "Teacher"
    column_observer: str = "Observer"
    column_value: str = "Value"
    column_share: str = "Share"
    column_n: str = "n"
    column_of: str = "of"
    column_origin: str = "Came from"
    column_visit: str = "Visit"
    column_minute: str = "Minute"
    column_from: str = "From"
    column_to: str = "To"
    column_what: str = "What"
    column_state: str = "State"
    column_note: str = "Remark"

    heat_title: str = "Every visit, every item"
    heat_alt: str = "{items} items by {visits} visits. {shown}"
    heat_shown: str = "Visits {first} to {last} are in the picture, all of them in the table."

    minutes_axis: str = "{n} min"
    lessons_title: str = "The lessons in time"
    not_observed: str = "not observed"
    phases: str = "Phases"
    stretch_says: str = "{label}, {start} to {end}"
    moment_says: str = "{label} at {time}"

    bars_alt: str = "{label} {value}."
    budget_rest: str = "none of these"
    wait_bin: str = "{low} to {high} s"
    wait_last: str = "{low} s and more"
    wait_aim: str = "{n} of {of} waited {aim} s or more"
    wait_says: str = "{bin}: {n} of {of} waits"
    wait_axis: str = "seconds"
    answered: str = "answered"
    rephrased: str = "asked again"
    answered_by_teacher: str = "answered by the teacher"
    curve_says: str = "{time}: {n} of {of} on task"
    curve_not: str = "{time}: not looked"
    curve_axis: str = "of those looked at"
    seat_says: str = "{name}: {n}"
    seat_none: str = "{name}: not heard"
    seats_heard: str = "{n} of {of} heard"
    flow_says: str = "{source} to {target}: {n} of {of}"
    flow_base: str = "{n} turns one after the other"
    step_open: str = "open"
    step_done: str = "done"
    step_dropped: str = "let go"
    step_says: str = "{label}: {opened} to {closed}, {state}"
    step_says_open: str = "{label}: since {opened}, {state}"
    balance_says: str = "{visit}: {who} said {n} of {of} words"

    both: str = "both"
    only: str = "only {name}"
    neither: str = "neither"
    not_compared: str = "not coded by both"
    agree_same: str = "{n} of {of} the same"
    cell_says: str = "{label}, {start} to {end}: {state}"

    column_series: str = "Series"
    readings_own: str = "Measure"
    readings_none: str = "No reading yet."
    readings_few: str = "{n} readings: too few to draw a line"
    readings_one: str = "1 reading: too few to draw a line"
    readings_baseline: str = "baseline {value}"
    readings_target: str = "target {value}"
    readings_target_due: str = "target {value} by {date}"
    readings_n: str = "n {n}"
    readings_ns: str = "n {low} to {high}"
    readings_n_unsaid: str = "n not said for {count} of {of}"
    readings_says: str = "{label}, {date}: {value}, n {n}"
    readings_says_unsaid: str = "{label}, {date}: {value}, n not said"
    readings_visits: str = "visits"
    readings_visit: str = "Visit on {date}"
    readings_axis: str = "The axis begins at {low}, not at 0."
    readings_axes: str = "Not every axis begins at 0."
    readings_more: str = "{count} more outcomes are in the table."
    readings_sequence: str = "This shows what came after what. It does not show that one thing caused another."

    def missing_words(self, why: Missing) -> str:
        """Return why there is no value."""
        told: str = getattr(self, why.value)
        return told

    def origin_words(self, origin: Origin) -> str:
        """Return where a figure came from."""
        told: str = getattr(self, origin.value)
        return told

    def break_words(self, why: Break) -> str:
        """Return why a line is interrupted."""
        told: str = getattr(self, f"break_{why.value}")
        return told

    def base_words(self, base: Base) -> str:
        """Return what figures are a part of; "" where they are no part of anything."""
        return {
            Base.NONE: "",
            Base.INTERVALS: self.base_intervals,
            Base.TICKS: self.base_ticks,
            Base.LESSON_MINUTES: self.base_minutes,
            Base.TALK_SECONDS: self.base_talk,
            Base.TALK_WORDS: self.base_spoken,
            Base.WAITS: self.base_waits,
            Base.LOOKS: self.base_looks,
            Base.NOTES: self.base_notes,
        }[base]

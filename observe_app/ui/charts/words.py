"""The words of charts in the window's language."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.services.charts.words import ChartWords

_MONTHS = 12


def chart_words() -> ChartWords:
    """Return the words of charts in the language in force."""
    # A term has a hundred charts, and each asks for a hundred words at every size: one word tells the language.
    return _words(QLocale(), QCoreApplication.translate("Charts", "aim reached, of waits"))


@lru_cache(maxsize=2)
def _words(locale: QLocale, _language: str) -> ChartWords:
    months = (locale.standaloneMonthName(month, QLocale.FormatType.ShortFormat) for month in range(1, _MONTHS + 1))
    words = ChartWords(point=locale.decimalPoint(), months=tuple(months))
    return _of_readings(_of_figures(_of_lessons(_of_others(words))))


def _of_readings(words: ChartWords) -> ChartWords:
    translate = QCoreApplication.translate
    return replace(
        words,
        column_series=translate("Charts", "Series"),
        readings_own=translate("Charts", "Measure"),
        readings_none=translate("Charts", "No reading yet."),
        readings_few=translate("Charts", "{n} readings: too few to draw a line"),
        readings_one=translate("Charts", "1 reading: too few to draw a line"),
        readings_baseline=translate("Charts", "baseline {value}"),
        readings_target=translate("Charts", "target {value}"),
        readings_target_due=translate("Charts", "target {value} by {date}"),
        readings_n=translate("Charts", "n {n}"),
        readings_ns=translate("Charts", "n {low} to {high}"),
        readings_n_unsaid=translate("Charts", "n not said for {count} of {of}"),
        readings_says=translate("Charts", "{label}, {date}: {value}, n {n}"),
        readings_says_unsaid=translate("Charts", "{label}, {date}: {value}, n not said"),
        readings_visits=translate("Charts", "visits"),
        readings_visit=translate("Charts", "Visit on {date}"),
        readings_axis=translate("Charts", "The axis begins at {low}, not at 0."),
        readings_axes=translate("Charts", "Not every axis begins at 0."),
        readings_more=translate("Charts", "{count} more outcomes are in the table."),
        readings_sequence=translate(
            "Charts", "This shows what came after what. It does not show that one thing caused another."
        ),
    )


def _of_figures(words: ChartWords) -> ChartWords:
    translate = QCoreApplication.translate
    return replace(
        words,
        date=translate("Charts", "{day} {month}"),
        date_year=translate("Charts", "{day} {month} {year}"),
        no_date=translate("Charts", "no date"),
        dash=translate("Charts", "–"),
        none=translate("Charts", "Nothing to show."),
        yes=translate("Charts", "yes"),
        no=translate("Charts", "no"),
        percent=translate("Charts", "{n} %"),
        of=translate("Charts", "{n} of {of}"),
        of_intervals=translate("Charts", "{n} of {of} intervals"),
        of_ticks=translate("Charts", "{n} of {of} ticks"),
        of_minutes=translate("Charts", "{n} of {of} min"),
        of_talk=translate("Charts", "{n} of {of} min of talk"),
        of_words=translate("Charts", "{n} of {of} words"),
        of_waits=translate("Charts", "{n} of {of} waits"),
        of_looks=translate("Charts", "{n} of {of} looked at"),
        of_notes=translate("Charts", "{n} of {of} notes"),
        per_ten=translate("Charts", "{rate} in 10 min ({n} in {minutes} min)"),
        seconds=translate("Charts", "{n} s"),
        median=translate("Charts", "median {seconds} s (of {n})"),
        blank=translate("Charts", "{n} not coded"),
        blank_looks=translate("Charts", "{n} not looked"),
        said_by_teacher=translate("Charts", "Words said by the teacher"),
        time_of_teacher=translate("Charts", "Time the teacher talks"),
        base_intervals=translate("Charts", "of intervals"),
        base_ticks=translate("Charts", "of all ticks"),
        base_minutes=translate("Charts", "of lesson minutes"),
        base_talk=translate("Charts", "of talk time"),
        base_spoken=translate("Charts", "of words"),
        base_waits=translate("Charts", "aim reached, of waits"),
        base_looks=translate("Charts", "of those looked at"),
        base_notes=translate("Charts", "of notes"),
        base_per_ten=translate("Charts", "in 10 minutes"),
        base_seconds=translate("Charts", "median, seconds"),
        unanswered=translate("Charts", "not answered"),
        not_looked_for=translate("Charts", "not looked for"),
        not_seen=translate("Charts", "looked for, not seen"),
        not_applicable=translate("Charts", "not applicable"),
        not_on_form=translate("Charts", "not on this form"),
        nothing_recorded=translate("Charts", "nothing recorded"),
        not_told=translate("Charts", "not released"),
    )


def _of_lessons(words: ChartWords) -> ChartWords:
    translate = QCoreApplication.translate
    return replace(
        words,
        imported=translate("Charts", "imported"),
        derived=translate("Charts", "worked out from other records"),
        demo=translate("Charts", "example"),
        live=translate("Charts", "recorded live"),
        legend_imported=translate("Charts", "ring: imported"),
        legend_derived=translate("Charts", "square: worked out from other records"),
        break_observer=translate("Charts", "other observer"),
        break_scale=translate("Charts", "other scale"),
        break_base=translate("Charts", "counted of something else"),
        break_origin=translate("Charts", "recorded another way"),
        broken=translate("Charts", "{date}: {why}"),
        visits=translate("Charts", "{n} of {of} visits"),
        visits_one=translate("Charts", "{n} of 1 visit"),
        too_few=translate("Charts", "too few visits to say"),
        alt_course=translate("Charts", "{label}. {visits}. {values}"),
        alt_value=translate("Charts", "{date}: {value}"),
        says=translate("Charts", "{label}, {date}: {value}"),
        says_from=translate("Charts", "{says}, {origin}"),
        column_item=translate("Charts", "Item"),
        column_section=translate("Charts", "Section"),
        column_date=translate("Charts", "Date"),
        column_person=translate("Charts", "Teacher"),
        column_observer=translate("Charts", "Observer"),
        column_value=translate("Charts", "Value"),
        column_share=translate("Charts", "Share"),
        column_n=translate("Charts", "n"),
        column_of=translate("Charts", "of"),
        column_origin=translate("Charts", "Came from"),
        column_visit=translate("Charts", "Visit"),
        column_minute=translate("Charts", "Minute"),
        column_from=translate("Charts", "From"),
        column_to=translate("Charts", "To"),
        column_what=translate("Charts", "What"),
        column_state=translate("Charts", "State"),
        column_note=translate("Charts", "Remark"),
        heat_title=translate("Charts", "Every visit, every item"),
        heat_alt=translate("Charts", "{items} items by {visits} visits. {shown}"),
        heat_shown=translate("Charts", "Visits {first} to {last} are in the picture, all of them in the table."),
        minutes_axis=translate("Charts", "{n} min"),
        lessons_title=translate("Charts", "The lessons in time"),
        not_observed=translate("Charts", "not observed"),
        phases=translate("Charts", "Phases"),
        stretch_says=translate("Charts", "{label}, {start} to {end}"),
        moment_says=translate("Charts", "{label} at {time}"),
    )


def _of_others(words: ChartWords) -> ChartWords:
    translate = QCoreApplication.translate
    return replace(
        words,
        bars_alt=translate("Charts", "{label} {value}."),
        budget_rest=translate("Charts", "none of these"),
        wait_bin=translate("Charts", "{low} to {high} s"),
        wait_last=translate("Charts", "{low} s and more"),
        wait_aim=translate("Charts", "{n} of {of} waited {aim} s or more"),
        wait_says=translate("Charts", "{bin}: {n} of {of} waits"),
        wait_axis=translate("Charts", "seconds"),
        answered=translate("Charts", "answered"),
        rephrased=translate("Charts", "asked again"),
        answered_by_teacher=translate("Charts", "answered by the teacher"),
        curve_says=translate("Charts", "{time}: {n} of {of} on task"),
        curve_not=translate("Charts", "{time}: not looked"),
        curve_axis=translate("Charts", "of those looked at"),
        seat_says=translate("Charts", "{name}: {n}"),
        seat_none=translate("Charts", "{name}: not heard"),
        seats_heard=translate("Charts", "{n} of {of} heard"),
        flow_says=translate("Charts", "{source} to {target}: {n} of {of}"),
        flow_base=translate("Charts", "{n} turns one after the other"),
        step_open=translate("Charts", "open"),
        step_done=translate("Charts", "done"),
        step_dropped=translate("Charts", "let go"),
        step_says=translate("Charts", "{label}: {opened} to {closed}, {state}"),
        step_says_open=translate("Charts", "{label}: since {opened}, {state}"),
        balance_says=translate("Charts", "{visit}: {who} said {n} of {of} words"),
        both=translate("Charts", "both"),
        only=translate("Charts", "only {name}"),
        neither=translate("Charts", "neither"),
        not_compared=translate("Charts", "not coded by both"),
        agree_same=translate("Charts", "{n} of {of} the same"),
        cell_says=translate("Charts", "{label}, {start} to {end}: {state}"),
    )

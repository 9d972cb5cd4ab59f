"""The fixed words of the PDF, in one place so that a translation replaces them all."""

from __future__ import annotations

from dataclasses import dataclass, field

from observe_app.services.item_words import ItemWords

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence that the pages say by themselves; fields in braces are filled with `.format`."""

    months: tuple[str, ...] = _MONTHS
    days: tuple[str, ...] = _DAYS
    date: str = "{day} {month} {year}"
    day_month: str = "{day} {month}"
    when: str = "{weekday} {date}, {start}"
    when_to: str = "{weekday} {date}, {start}–{end}"
    kind: str = "Peer observation · feedback"
    summary: str = "Feedback · {date}"
    summary_undated: str = "Feedback"
    title: str = "Feedback for {teacher}, {date}"
    title_undated: str = "Feedback for {teacher}"
    nobody: str = "Teacher not named"
    confidential: str = "Confidential – for {name}"
    confidential_unnamed: str = "Confidential"
    visit_of: str = "Visit {number} of {visits}"
    observer: str = "Observer: {name}"
    page: str = "Page {page} of {pages}"
    focus: str = "Focus agreed"
    looking_for: str = "Looking for:"
    strengths: str = "Strengths"
    growth: str = "To grow"
    questions: str = "Questions"
    no_evidence: str = "No note is linked to this yet."
    evidence_elsewhere: str = "The notes behind this are not part of this page."
    also_at: str = "Also at {times}."
    steps: str = "Action steps"
    step: str = "Step"
    step_of: str = "Step of {name}"
    by: str = "By"
    owner: str = "Whose step"
    help: str = "Help agreed"
    done: str = "Done"
    step_done: str = "Done, step {number}"
    step_open: str = "Not done yet, step {number}"
    in_time: str = "The lesson in time"
    phase: str = "Phase"
    moments: str = "Quoted"
    minutes: str = "{n} min"
    caption: str = "Each mark is one note, where it was taken on the lesson clock (minutes)."
    caption_moments: str = (
        "Each mark is one note, where it was taken on the lesson clock (minutes); the numbers are the moments quoted."
    )
    row_teacher: str = "Teacher"
    row_students: str = "Students"
    row_other: str = "Seen"
    row_tag: str = "#{tag}"
    summary_minutes: str = "The lesson in time, {n} minutes."
    summary_phase: str = "{label} from minute {start} to {end}."
    summary_row: str = "{label}: {n} notes between minutes {first} and {last}."
    summary_row_one: str = "{label}: one note in minute {first}."
    summary_moments: str = "{n} numbered moments."
    heard: str = "Seen and heard"
    heard_also: str = "Also seen and heard"
    checklist: str = "What I saw against our form"
    item: str = "Item"
    answer: str = "Answer"
    evidence: str = "Evidence"
    yes: str = "Yes"
    no: str = "No"
    unanswered: str = "–"
    not_seen: str = "not seen"
    not_looked_for: str = "not looked for"
    not_applicable: str = "not applicable"
    conversation: str = "Our conversation"
    reply: str = "Your reply"
    reply_hint: str = "Yours to add, in your words. It becomes part of the record only when you send it back."
    reply_name: str = "Name"
    reply_date: str = "Date"
    reply_share: str = "My observer may read this"
    notes: str = "The notes as taken"
    starred: str = "starred"
    notes_hint: str = "S and a number is a student, T the teacher. The observer marked some with a star."
    time: str = "Time"
    who: str = "Who"
    note: str = "Note"
    no_notes: str = "No notes were kept on this visit."
    notes_only: str = "{n} notes were kept; nothing has been drawn from them yet."
    notes_only_one: str = "One note was kept; nothing has been drawn from it yet."
    plain_hint: str = "Plain layout: the usual pages could not be set with this text. Nothing is left out."
    figure_notes: str = "notes taken"
    figure_notes_unit: str = "in {n} min"
    figure_of_notes: str = "of {n}"
    figure_teacher: str = "notes of the teacher"
    figure_students: str = "notes of students"
    figure_seats: str = "different students by number"
    figure_seats_unit: str = "students"
    figure_seats_of: str = "of {n}"
    figure_items: str = "items of the form seen"
    items: ItemWords = field(default_factory=ItemWords)


ENGLISH = Words()


def words_for(_language: str) -> Words:
    """Return the words of a language; English until a translation exists."""
    return ENGLISH

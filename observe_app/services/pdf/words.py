"""The fixed words of the PDF, in one place so that a translation replaces them all."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, TypeVar

from observe_app.paths import resources_dir
from observe_app.services.item_words import ItemWords
from observe_app.services.pdf.change_words import ChangeWords
from observe_app.services.pdf.form_words import FormWords

T = TypeVar("T")

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
    first: str = "1"
    date: str = "{day} {month} {year}"
    day_month: str = "{day} {month}"
    when: str = "{weekday} {date}, {start}"
    when_to: str = "{weekday} {date}, {start}–{end}"
    moment: str = "{date}, {time}"
    seconds: str = "{n} s"
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
    dots_compared: str = "Large dot: this visit. Ring: last visit, where it was different."
    last_time: str = "Last visit: {level}."
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
    read_by: str = "May be read by: {names}"
    draft: str = "Draft, not released"
    reference: str = "Ref. {reference}"
    revision: str = "Revision {number}, {released}."
    revision_undated: str = "Revision {number}."
    changed: str = "Changed:"
    why: str = "Why:"
    withdrawn: str = "This feedback was withdrawn"
    withdrawn_hint: str = (
        "Its author has withdrawn the feedback on this visit. "
        "Copies made earlier no longer say what the author stands by."
    )
    claim_sign: str = "Claim {number}"
    practice: str = "First practice:"
    notice: str = "How we will notice:"
    reply_at_claim: str = "Reply to revision {number}, {name}: {stance}."
    reply_words_at_claim: str = "Reply to revision {number}, {name}:"
    stance_agree: str = "agree"
    stance_partly: str = "partly"
    stance_different: str = "see it differently"
    said_agree: str = "agrees"
    said_partly: str = "agrees in part"
    said_different: str = "sees it differently"
    turns: str = "The conversation, turn by turn"
    turns_in_record: str = "Turn by turn in the full record."
    earlier: str = "Steps from earlier visits"
    seen_at: str = "Seen at {times}"
    due_by: str = "by {date}"
    next_visit: str = "Next visit"
    replies: str = "What was replied"
    replies_hint: str = (
        "Left: the words of the feedback. Right: the reply to them. A reply received is not an agreement."
    )
    reply_head: str = "Reply to revision {number}"
    reply_came: str = "Signed {name}, {when}, {source}."
    reply_unsigned: str = "Not signed, {when}, {source}."
    reply_received: str = "Received, which does not mean agreed."
    reply_overall: str = "On the whole:"
    reply_step: str = "Chosen step:"
    reply: str = "Your reply"
    reply_hint: str = "Type here, or write on paper."
    reply_words: str = "In your words"
    reply_all: str = "On the whole"
    reply_chosen: str = "The step I choose"
    reply_readers: str = "Who else may read this: you decide"
    reply_tick: str = "I have received this. That does not mean that I agree."
    reply_name: str = "Name"
    reply_date: str = "Date"
    reply_send: str = "What you send back to {name}, as a file or on paper, becomes part of the record."
    reply_send_unnamed: str = "What you send back to your observer, as a file or on paper, becomes part of the record."
    tip_stance: str = "How you see claim {number}, “{title}”."
    tip_words: str = "Your words on claim {number}, “{title}”."
    tip_question: str = "Your answer to question {number}, “{title}”."
    tip_overall: str = "Your words on the feedback as a whole."
    tip_step: str = "The action step that you choose, in your words."
    tip_readers: str = "Names of further people who may read this feedback. You decide."
    tip_received: str = "Tick to say that you have received this. That does not mean that you agree."
    tip_name: str = "Your name."
    tip_day: str = "The date of your reply."
    attachment: str = "Names the visit and the revision that this reply belongs to."
    sheets: str = "Sheets of the record"
    notes_linked_only: str = "Only the notes that a claim, an answer or a step rests on are part of this record."
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
    figure_wait: str = "s, median of {n}"
    figure_wait_one: str = "s, one wait"
    figure_percent: str = "% of {n} min"
    figure_sweep: str = "% of {n} looked at"
    figure_span: str = "{n} visits"
    alt_line: str = "{label}: {values}"
    teacher: str = "The teacher"
    observer_role: str = "The observer"
    both: str = "Both"
    agreed_on: str = "Agreed on {date}"
    step_is_open: str = "Open"
    step_is_done: str = "Done"
    step_dropped: str = "Given up"
    done_as_seen_by: str = "Done, as {name} sees it"
    reply_typed: str = "told to the observer"
    reply_from_pdf: str = "from the PDF"
    reply_in_app: str = "written in Observe"
    next_unplanned: str = "Agreed, with no date yet"
    sheet_interval: str = "Interval"
    sheet_codes: str = "Codes"
    not_coded: str = "not coded"
    sheet_from: str = "From"
    sheet_to: str = "To"
    sheet_length: str = "Length"
    sheet_seen: str = "On task"
    sheet_wait: str = "Wait"
    sheet_end: str = "Ended"
    sheet_code: str = "After"
    end_answered: str = "answered"
    end_rephrased: str = "asked again"
    end_by_teacher: str = "answered by the teacher"
    seats: str = "Who was heard"
    times_heard: str = "Times"
    seats_heard: str = "{n} of {of} students in the room were heard, {presses} times in all."
    items: ItemWords = field(default_factory=ItemWords)
    changes: ChangeWords = field(default_factory=ChangeWords)
    form: FormWords = field(default_factory=FormWords)


ENGLISH = Words()


def languages() -> tuple[str, ...]:
    """Return the two-letter codes of the languages that the pages speak, English first."""
    found = sorted(path.stem for path in (resources_dir() / "pages").glob("*.toml"))
    return ("en", *found)


def page_language(language: str) -> str:
    """Return the language that pages asked for in this one speak: its own with its region, else "en"."""
    return language if language[:2].lower() in languages() and not language[2:3].isalpha() else "en"


@cache
def words_for(language: str) -> Words:
    """Return the words of a language, English where there is none: the pages speak one language throughout."""
    code = page_language(language)[:2].lower()
    path = resources_dir() / "pages" / f"{code}.toml"
    if code == "en" or not path.is_file():
        return ENGLISH
    return filled(Words, tomllib.loads(path.read_text(encoding="utf-8")))


def capitals(text: str) -> str:
    """Return the text in capitals; Greek ones carry no accent, only the two dots that part vowels."""
    return unicodedata.normalize("NFC", "".join(map(_capital, unicodedata.normalize("NFC", text))))


def _capital(char: str) -> str:
    raised = char.upper()
    if not unicodedata.name(raised[:1], "").startswith("GREEK"):
        return raised
    return unicodedata.normalize("NFD", raised).replace("\u0301", "")


def filled(kind: type[T], table: Mapping[str, Any]) -> T:
    """Return a dataclass of words with those of a table; what the table does not say stays English."""
    values: dict[str, Any] = {}
    for one in fields(kind):  # type: ignore[arg-type]  # every kind is a dataclass
        given = table.get(one.name)
        if isinstance(given, str):
            values[one.name] = given
        elif isinstance(given, list):
            values[one.name] = tuple(str(word) for word in given)
        elif isinstance(given, Mapping):
            inner = getattr(kind(), one.name)
            values[one.name] = filled(type(inner), given)
    return kind(**values)

"""The fixed words of portfolios, statements of hours and certificates, in one place for all languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from observe_app.paths import resources_dir
from observe_app.services.pdf.words import filled, page_language


@dataclass(frozen=True, slots=True)
class LearningWords:
    """Every sentence that these pages say by themselves; fields in braces are filled with `.format`."""

    kind_portfolio: str = "Portfolio"
    kind_statement: str = "Hours · statement"
    owner: str = "{name} decides who reads it"
    running_portfolio: str = "Portfolio · {name}"
    running_statement: str = "Hours · {name}"
    file_portfolio: str = "{title}: {name}"
    file_statement: str = "Hours of {name}, {span}"
    span: str = "{first} to {last}"
    since: str = "from {first}"
    until: str = "until {last}"
    foreword: str = "Foreword"
    contents: str = "Picked from the year"
    entry: str = "Journal, {date}"
    entry_undated: str = "Journal"
    excerpt: str = "Shared with a group, {date}"
    prompt: str = "Asked: {prompt}"
    step: str = "An action step that was closed, {date}"
    step_undated: str = "An action step that was closed"
    strength: str = "A strength seen in a visit, {date}"
    strength_undated: str = "A strength seen in a visit"
    seen_by: str = "{what}, seen by {name}"
    with_name: str = "{what}, with {name}"
    certificate_line: str = "Certificate {number}, {date}"
    certificate_text: str = "{hours}, {span}"
    nothing_picked: str = "Nothing is picked yet."
    own_choice: str = "Everything here was picked by its owner. What is not here says nothing about them."
    for_whom: str = "Statement for {name}"
    sum: str = "In all"
    by_kind: str = "By kind"
    what: str = "What"
    hours: str = "Time"
    times: str = "Times"
    date: str = "Date"
    counted: str = "Counted"
    every_line: str = "Every line"
    no_lines: str = "Nothing counts in these days."
    only_counts: str = (
        "Days and minutes only: nothing that was written in a visit or a conversation is in it, and no other person."
    )
    how: str = "How it was counted"
    session: str = "Sessions"
    observing: str = "Observing"
    observed: str = "Being observed"
    talk: str = "Conversations"
    manual: str = "Put in by hand"
    one_session: str = "Session"
    one_observing: str = "Visit to a colleague"
    one_observed: str = "Visit by a colleague"
    one_talk: str = "Conversation after a visit"
    rule_actual: str = "{kind}: as long as it lasted."
    rule_each: str = "{kind}: {time} for each."
    rule_nothing: str = "{kind}: not counted."
    rule_cap: str = "{rule} At most {time} in a school year."
    rule_manual: str = "Put in by hand: as typed in."
    how_actual: str = "as it lasted"
    how_planned: str = "as planned"
    how_fixed: str = "fixed"
    how_manual: str = "by hand"
    how_capped: str = "up to the limit, of {time}"
    how_no_times: str = "no times known"
    how_same_time: str = "counted once already"
    how_not_counted: str = "not counted"
    hours_minutes: str = "{hours} h {minutes} min"
    only_hours: str = "{hours} h"
    only_minutes: str = "{minutes} min"
    certificate: str = "Certificate"
    of_hours: str = "of professional learning"
    certifies: str = "took part in peer observation and shared professional learning"
    in_all: str = "{time} in all"
    issued_on: str = "Issued on {date}"
    number: str = "Number"
    signed: str = "Date and signature"
    checked: str = (
        "With this number {school} can look up whether this certificate was issued from its data, and for whom, which "
        "days and how many hours. It does not say who made a file or a print, nor is it a signature."
    )
    checked_unnamed: str = (
        "With this number its issuer can look up whether this certificate was issued from their data, and for whom, "
        "which days and how many hours. It does not say who made a file or a print, nor is it a signature."
    )
    withdrawn: str = "Withdrawn on {date}"

    def time(self, minutes: int) -> str:
        """Return minutes as hours and minutes; a minus stands before both."""
        whole, rest = divmod(abs(minutes), 60)
        if not whole:
            said = self.only_minutes.format(minutes=rest)
        elif not rest:
            said = self.only_hours.format(hours=whole)
        else:
            said = self.hours_minutes.format(hours=whole, minutes=rest)
        return f"−{said}" if minutes < 0 else said


ENGLISH = LearningWords()


@cache
def learning_words(language: str) -> LearningWords:
    """Return the words of a language, English where the pages do not speak it."""
    code = page_language(language)[:2].lower()
    path = resources_dir() / "pages" / "learning" / f"{code}.toml"
    if code == "en" or not path.is_file():
        return ENGLISH
    return filled(LearningWords, tomllib.loads(path.read_text(encoding="utf-8")))

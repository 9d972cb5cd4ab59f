"""The fixed words of agreement in the window's language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.services.compare.agree_words import AgreementWords


def agreement_words(one: str = "", other: str = "") -> AgreementWords:
    """Return the words; `one` and `other` are what the two observers are called in a sentence."""
    words = _figures(_sentences())
    return replace(words, one=one or words.one, other=other or words.other)


def _sentences() -> AgreementWords:
    tr = QCoreApplication.translate
    return AgreementWords(
        point=QLocale().decimalPoint(),
        yes=tr("AgreementWords", "yes"),
        no=tr("AgreementWords", "no"),
        one=tr("AgreementWords", "one observer"),
        other=tr("AgreementWords", "the other observer"),
        span=tr("AgreementWords", "{start}–{end}"),
        only_tick=tr("AgreementWords", "{span}: only {who} ticked “{label}”"),
        level=tr("AgreementWords", "{span}: {label}: {a_name} says “{a}”, {b_name} “{b}”"),
        only_moment=tr("AgreementWords", "{at}: only {who} recorded “{label}”"),
        only_moment_beside=tr(
            "AgreementWords", "{at}: only {who} recorded “{label}”; the nearest of {other} lies {apart} s away"
        ),
        moment=tr("AgreementWords", "{at}: {label}: {a_name} says {a}, {b_name} {b}"),
        only_state=tr("AgreementWords", "{span}: only {who} had “{label}” running"),
        answer=tr("AgreementWords", "{label}: {a_name} says “{a}”, {b_name} “{b}”"),
        seconds=tr("AgreementWords", "{n} s"),
        of=tr("AgreementWords", "{n} of {of}"),
        answered=tr("AgreementWords", "answered"),
        rephrased=tr("AgreementWords", "rephrased"),
        answered_by_teacher=tr("AgreementWords", "answered by the teacher"),
        no_outcome=tr("AgreementWords", "no outcome"),
        press=tr("AgreementWords", "{speaker} speaks"),
        press_to=tr("AgreementWords", "{speaker} to {to}"),
        tag=tr("AgreementWords", "#{tag}"),
        phase=tr("AgreementWords", "phase “{name}”"),
        derived=tr("AgreementWords", "Counted moments and timers"),
        side_label=tr("AgreementWords", "{side}: {label}"),
    )


def _figures(words: AgreementWords) -> AgreementWords:
    tr = QCoreApplication.translate
    return replace(
        words,
        poor=tr("AgreementWords", "poor"),
        slight=tr("AgreementWords", "slight"),
        fair=tr("AgreementWords", "fair"),
        moderate=tr("AgreementWords", "moderate"),
        substantial=tr("AgreementWords", "substantial"),
        almost_perfect=tr("AgreementWords", "almost perfect"),
        not_defined=tr("AgreementWords", "not defined"),
        nothing=tr("AgreementWords", "nothing to compare"),
        one_category=tr("AgreementWords", "identical; kappa not defined"),
        never_seen=tr("AgreementWords", "neither saw it"),
        interval=tr("AgreementWords", "{low} to {high}"),
        no_spread=tr("AgreementWords", "no spread"),
        too_few=tr("AgreementWords", "too few intervals"),
        rare=tr("AgreementWords", "too rare to say"),
        not_on_both=tr("AgreementWords", "{label}: only on one of the two forms"),
        kind_differs=tr("AgreementWords", "{label}: another kind of item on each form"),
        scale_differs=tr("AgreementWords", "{label}: the two forms have different scales"),
        length_differs=tr("AgreementWords", "{label}: intervals of different lengths"),
        code_not_on_both=tr("AgreementWords", "{label}, {code}: only on one of the two forms"),
        not_coded_by_both=tr("AgreementWords", "{label}: {n} intervals that only one of the two coded"),
        no_multiple=tr("AgreementWords", "{label}: its intervals do not fill the length asked for"),
        one_alone_watched=tr("AgreementWords", "{label}: {n} at moments that only one of the two observed"),
    )

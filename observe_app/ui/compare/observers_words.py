"""Sentences about how far two observers agree: counts first, coefficients after them, what they cannot say last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.agreement import Weights
from observe_app.services.charts.agreement import name_of
from observe_app.services.compare.agree_words import band, left_out, number, spread

if TYPE_CHECKING:
    from observe_app.domain.compare.agree_view import AgreementView, MomentAgreement, RatedAgreement, SheetAgreement
    from observe_app.services.compare.agree_words import AgreementWords

_MOST = 6


def called(view: AgreementView, me_id: str | None) -> tuple[str, str]:
    """Return what the two are called: "you" who sits here, others by their first name where that tells them apart."""
    tr = QCoreApplication.translate
    you = tr("Observers", "you")
    full = view.a.observer, view.b.observer
    first = [name.split()[0] if name.strip() else "" for name in full]
    if first[0] == first[1]:
        first = list(full)
    names = []
    for party, name, other in zip((view.a, view.b), first, ("A", "B"), strict=True):
        mine = bool(me_id) and party.observer_id == me_id
        names.append(you if mine else name or tr("Observers", "observer {letter}").format(letter=other))
    if names[0] == names[1]:
        names = [tr("Observers", "observer {letter}").format(letter=letter) for letter in ("A", "B")]
    return names[0], names[1]


def first_words(view: AgreementView, names: tuple[str, str]) -> str:
    """Return what is seen at once: how often the two say the same, and where they part most."""
    tr = QCoreApplication.translate
    if not view.sheets:
        if view.ratings or view.answers or view.moments or view.states:
            return tr("Observers", "The two have no interval sheet in common; what both answered, counted and timed "
                                   "stands below.")  # fmt: skip
        return tr("Observers", "The two have nothing in common that could be compared: they used other forms.")
    sheet = view.sheets[0]
    if not sheet.n:
        return tr("Observers", "No interval was coded by both.")
    counts = sheet.pooled.counts
    told = tr("Observers", "You both say the same in {n} of {of} places of the codes that anybody ticked.").format(
        n=counts.both + counts.neither, of=counts.n
    )
    apart = sorted(
        (code for code in sheet.codes if code.counts.only_a or code.counts.only_b),
        key=lambda code: -(code.counts.only_a + code.counts.only_b),
    )
    if not apart:
        return told
    parts = [
        tr("Observers", "{label} ({a} only {one}, {b} only {other})").format(
            label=name_of(code), a=code.counts.only_a, b=code.counts.only_b, one=names[0], other=names[1]
        )
        for code in apart[:2]
    ]
    most = tr("Observers", "You part most on {what}.").format(what=tr("Observers", "; ").join(parts))
    return f"{told} {most}"


def figures_words(view: AgreementView, words: AgreementWords) -> tuple[str, ...]:
    """Return what stands below the table: clocks as recorded, more coefficients, ratings, moments, timers."""
    said = [_pooled(sheet, words) for sheet in view.sheets[:1]]
    said += [_at_zero(view, words)]
    said += [_sheet_levels(sheet, words) for sheet in view.sheets[:1] if sheet.levels is not None]
    said += [_rated(one, words) for one in view.ratings]
    said += [_moments(view.moments, view.tolerance_ms, words)]
    said += [_states(view, words)]
    said += [_unticked(sheet) for sheet in view.sheets[:1]]
    filled = [one for one in said if one]
    return (*filled, *("" for _ in range(7 - len(filled))))[:7]


def _pooled(sheet: SheetAgreement, words: AgreementWords) -> str:
    tr = QCoreApplication.translate
    pooled = sheet.pooled
    if not sheet.n:
        return ""
    return tr("Observers", "Together: kappa {kappa} ({interval}), AC1 {ac1}, Krippendorff’s alpha {alpha}, "
                           "Jaccard {jaccard}.").format(
        kappa=number(pooled.kappa, words), interval=spread(pooled.spread, words), ac1=number(pooled.ac1, words),
        alpha=number(pooled.alpha, words), jaccard=number(pooled.jaccard, words),
    )  # fmt: skip


def _at_zero(view: AgreementView, words: AgreementWords) -> str:
    tr = QCoreApplication.translate
    if not view.at_zero or not view.sheets or not view.offset.ms:
        return ""
    counts = view.at_zero[0].pooled.counts
    shifted = view.sheets[0].pooled.counts
    if counts == shifted:
        return tr("Observers", "With the clocks as recorded the sheets say the same: the move is less than half an "
                               "interval.")  # fmt: skip
    return tr("Observers", "With the clocks as recorded: the same in {n} of {of} places, kappa {kappa}. Moving a clock "
                           "until most matches flatters.").format(
        n=counts.both + counts.neither, of=counts.n, kappa=number(view.at_zero[0].pooled.kappa, words)
    )  # fmt: skip


def _sheet_levels(sheet: SheetAgreement, words: AgreementWords) -> str:
    return _rated(sheet.levels, words) if sheet.levels is not None else ""


def _rated(one: RatedAgreement, words: AgreementWords) -> str:
    tr = QCoreApplication.translate
    if not one.n:
        return ""
    weighted = one.linear if one.weights is Weights.LINEAR else one.quadratic
    which = tr("Observers", "linear weights") if one.weights is Weights.LINEAR else tr("Observers", "squared weights")
    same = sum(a == b for _key, a, b in one.pairs)
    return tr("Observers", "{label}: the same level {same} of {n} times; weighted kappa {kappa} ({which}){band}, alpha "
                           "{alpha}.").format(
        label=one.label, same=same, n=one.n, kappa=number(weighted, words), which=which,
        band=f", {band(one.band, words)}" if one.band is not None else "", alpha=number(one.alpha, words),
    )  # fmt: skip


def _moments(found: tuple[MomentAgreement, ...], tolerance_ms: int, words: AgreementWords) -> str:
    tr = QCoreApplication.translate
    if not found:
        return ""
    parts = [
        tr("Observers", "{label} {n} of {of}").format(
            label=one.label, n=one.matched, of=one.matched + one.only_a + one.only_b
        )
        for one in found[:_MOST]
    ]
    return tr("Observers", "Moments within {seconds} s of each other: {what}.").format(
        seconds=f"{tolerance_ms / 1000:g}".replace(".", words.point), what=tr("Observers", "; ").join(parts)
    )


def _states(view: AgreementView, words: AgreementWords) -> str:
    tr = QCoreApplication.translate
    parts = [
        tr("Observers", "{label}: the same {percent} % of the time, kappa {kappa}").format(
            label=one.label, percent=round(100 * (one.percent.value or 0)), kappa=number(one.kappa, words)
        )
        for one in view.states[:_MOST]
        if one.percent.defined
    ]
    if not parts:
        return ""
    return tr("Observers", "Timers, over time: {what}.").format(what=tr("Observers", "; ").join(parts))


def _unticked(sheet: SheetAgreement) -> str:
    tr = QCoreApplication.translate
    names = [code.short or code.label for code in sheet.codes if not code.seen]
    if not names or not sheet.n:
        return ""
    return tr("Observers", "Neither ticked {codes}: identical, so kappa is not defined there.").format(
        codes=tr("Observers", ", ").join(names)
    )


def foot_words(view: AgreementView, words: AgreementWords) -> tuple[str, ...]:
    """Return what the figures rest on and what is left out."""
    tr = QCoreApplication.translate
    said = []
    if view.sheets:
        sheet = view.sheets[0]
        said.append(
            tr("Observers", "One lesson and {n} intervals: read the numbers as a start for talking, not as a grade.")
            .format(n=sheet.n)
        )  # fmt: skip
        draws = max((code.spread.draws for code in sheet.codes), default=0)
        if draws:
            said.append(
                tr("Observers", "Kappa is unweighted, per code; 95 % intervals from {draws} draws of neighbouring "
                                "intervals. Words after Landis and Koch, who call their borders arbitrary.")
                .format(draws=f"{draws:,}".replace(",", "\u202f"))
            )  # fmt: skip
        if sheet.derived:
            said.append(tr("Observers", "The sheets were worked out from other records."))
    told = [left_out(one.why, one.label, one.code, one.count, words) for one in view.left_out[:_MOST]]
    if told:
        rest = len(view.left_out) - len(told)
        listed = tr("Observers", "; ").join(told)
        if rest > 0:
            listed = tr("Observers", "{what} and {n} more").format(what=listed, n=rest)
        said.append(tr("Observers", "Not compared: {what}.").format(what=listed))
    return tuple(said)

"""Fixed words for what two observers wrote differently. English by default; the window hands its own over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.agreement import Band, Undefined
from observe_app.domain.compare.agree_view import LeftOutWhy, NoSpread

if TYPE_CHECKING:
    from observe_app.domain.agreement import Figure
    from observe_app.domain.compare.agree_view import Spread


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """The fixed words; fields in braces are filled with `.format`."""

    point: str = "."
    yes: str = "yes"
    no: str = "no"
    one: str = "one observer"
    other: str = "the other observer"
    span: str = "{start}–{end}"
    only_tick: str = "{span}: only {who} ticked “{label}”"
    level: str = "{span}: {label}: {a_name} says “{a}”, {b_name} “{b}”"
    only_moment: str = "{at}: only {who} recorded “{label}”"
    only_moment_beside: str = "{at}: only {who} recorded “{label}”; the nearest of {other} lies {apart} s away"
    moment: str = "{at}: {label}: {a_name} says {a}, {b_name} {b}"
    only_state: str = "{span}: only {who} had “{label}” running"
    answer: str = "{label}: {a_name} says “{a}”, {b_name} “{b}”"
    seconds: str = "{n} s"
    of: str = "{n} of {of}"
    answered: str = "answered"
    rephrased: str = "rephrased"
    answered_by_teacher: str = "answered by the teacher"
    no_outcome: str = "no outcome"
    press: str = "{speaker} speaks"
    press_to: str = "{speaker} to {to}"
    tag: str = "#{tag}"
    phase: str = "phase “{name}”"
    derived: str = "Counted moments and timers"
    side_label: str = "{side}: {label}"
    poor: str = "poor"
    slight: str = "slight"
    fair: str = "fair"
    moderate: str = "moderate"
    substantial: str = "substantial"
    almost_perfect: str = "almost perfect"
    not_defined: str = "not defined"
    nothing: str = "nothing to compare"
    one_category: str = "identical; kappa not defined"
    never_seen: str = "neither saw it"
    interval: str = "{low} to {high}"
    no_spread: str = "no spread"
    too_few: str = "too few intervals"
    rare: str = "too rare to say"
    not_on_both: str = "{label}: only on one of the two forms"
    kind_differs: str = "{label}: another kind of item on each form"
    scale_differs: str = "{label}: the two forms have different scales"
    length_differs: str = "{label}: intervals of different lengths"
    code_not_on_both: str = "{label}, {code}: only on one of the two forms"
    not_coded_by_both: str = "{label}: {n} intervals that only one of the two coded"
    no_multiple: str = "{label}: its intervals do not fill the length asked for"
    one_alone_watched: str = "{label}: {n} at moments that only one of the two observed"


def clock(ms: int) -> str:
    """Return lesson time as minutes and seconds, such as "4:05" or "-0:30"."""
    sign, rest = ("-", -ms) if ms < 0 else ("", ms)
    return f"{sign}{rest // 60_000}:{rest // 1000 % 60:02d}"


def number(figure: Figure, words: AgreementWords, places: int = 2) -> str:
    """Return a figure as it is printed, or why it has none."""
    if figure.value is None:
        return undefined(figure.why, words)
    shown = f"{figure.value:.{places}f}".replace(".", words.point)
    return shown.removeprefix("-") if not any(sign in shown for sign in "123456789") else shown


def undefined(why: Undefined | None, words: AgreementWords) -> str:
    """Return why a figure is not defined."""
    match why:
        case Undefined.NOTHING:
            return words.nothing
        case Undefined.ONE_CATEGORY:
            return words.one_category
        case Undefined.NEVER_SEEN:
            return words.never_seen
        case _:
            return words.not_defined


def spread(found: Spread, words: AgreementWords) -> str:
    """Return a 95 % interval as it is printed, "no spread", or why there is none."""
    if found.low is None or found.high is None:
        return {NoSpread.TOO_FEW: words.too_few, NoSpread.RARE: words.rare}.get(
            found.why or NoSpread.UNDEFINED, words.not_defined
        )
    if found.flat:
        return words.no_spread
    low, high = (f"{value:.2f}".replace(".", words.point) for value in (found.low, found.high))
    return words.interval.format(low=low, high=high)


def band(found: Band | None, words: AgreementWords) -> str:
    """Return the words of Landis & Koch, "" where kappa is not defined."""
    return "" if found is None else str(getattr(words, found.value))


def left_out(why: LeftOutWhy, label: str, code: str, count: int, words: AgreementWords) -> str:
    """Return why something is not compared, as a sentence without a full stop."""
    return str(getattr(words, why.value)).format(label=label, code=code, n=count)

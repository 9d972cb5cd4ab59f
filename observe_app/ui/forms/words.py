"""Words and icons of forms: kinds of items, what an item offers, when a form is filled in, how often it was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.form import FormUse, ItemKind, text_in
from observe_app.services.form_words import problem_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Item
    from observe_app.services.own_forms import FormUsage

_KIND_ICONS = {
    ItemKind.CHECK: "square-check",
    ItemKind.RATING: "sliders-horizontal",
    ItemKind.CHOICE: "circle-dot",
    ItemKind.CHOICES: "list-checks",
    ItemKind.NUMBER: "hash",
    ItemKind.TEXT: "text",
    ItemKind.TALLY: "plus",
    ItemKind.TIMER: "timer",
    ItemKind.INTERVAL: "grid-3x3",
    ItemKind.SWEEP: "scan-eye",
    ItemKind.WAIT: "hourglass",
    ItemKind.GUIDANCE: "info",
}
_TIMED = frozenset({ItemKind.TIMER, ItemKind.WAIT})
_JUDGED = frozenset({ItemKind.RATING, ItemKind.CHECK})
_WRITTEN = frozenset({ItemKind.TEXT, ItemKind.GUIDANCE})


def kind_icon(kind: ItemKind) -> str:
    """Lucide name for an item of this kind."""
    return _KIND_ICONS[kind]


def kind_name(kind: ItemKind) -> str:
    """One item of this kind."""
    tr = QCoreApplication.translate
    return {
        ItemKind.CHECK: tr("forms page", "yes or no"),
        ItemKind.RATING: tr("forms page", "rating"),
        ItemKind.CHOICE: tr("forms page", "choice"),
        ItemKind.CHOICES: tr("forms page", "several choices"),
        ItemKind.NUMBER: tr("forms page", "number"),
        ItemKind.TEXT: tr("forms page", "text"),
        ItemKind.TALLY: tr("forms page", "tally"),
        ItemKind.TIMER: tr("forms page", "timer"),
        ItemKind.INTERVAL: tr("forms page", "codes"),
        ItemKind.SWEEP: tr("forms page", "sweep"),
        ItemKind.WAIT: tr("forms page", "wait time"),
        ItemKind.GUIDANCE: tr("forms page", "guidance"),
    }[kind]


def use_name(use: FormUse) -> str:
    """When forms of this use are filled in; the head of their group."""
    tr = QCoreApplication.translate
    return {
        FormUse.LESSON: tr("forms page", "In the lesson"),
        FormUse.BEFORE: tr("forms page", "Before the lesson"),
        FormUse.AFTER: tr("forms page", "After the lesson"),
        FormUse.SURVEY: tr("forms page", "Surveys"),
    }[use]


def form_icon(kinds: Collection[ItemKind], use: FormUse) -> str:
    """Lucide name for a form made of these kinds."""
    asked = frozenset(kinds)
    if use is FormUse.SURVEY:
        return "clipboard-list"
    if asked <= _WRITTEN:
        return "file-pen-line"
    if ItemKind.INTERVAL in asked:
        return "grid-3x3"
    if ItemKind.SWEEP in asked and ItemKind.RATING not in asked:
        return "scan-eye"
    if asked & _TIMED and not asked & _JUDGED:
        return "timer"
    return "list-checks"


def length_words(seconds: int) -> str:
    """Length of an interval: "2 minutes", "90 seconds"."""
    tr = QCoreApplication.translate
    if seconds % 60:
        return tr("forms page", "{n} seconds").format(n=seconds)
    minutes = seconds // 60
    return tr("forms page", "1 minute") if minutes == 1 else tr("forms page", "{n} minutes").format(n=minutes)


def items_words(count: int) -> str:
    """How many items."""
    tr = QCoreApplication.translate
    return tr("forms page", "1 item") if count == 1 else tr("forms page", "{n} items").format(n=count)


def visits_words(count: int) -> str:
    """In how many visits a form was used."""
    tr = QCoreApplication.translate
    if not count:
        return tr("forms page", "not used yet")
    return tr("forms page", "used in 1 visit") if count == 1 else tr("forms page", "used in {n} visits").format(n=count)


def language_code(locale_name: str) -> str:
    """Return the language of a locale such as "de_AT"; English where it names none."""
    code = locale_name.replace("-", "_").partition("_")[0].lower()
    return code if len(code) in (2, 3) and code.isalpha() and code.isascii() else "en"


def version_words(version: int) -> str:
    """Which version."""
    return QCoreApplication.translate("forms page", "version {n}").format(n=version)


def usage_words(usage: FormUsage) -> str:
    """In how many visits, and with which versions where there are several."""
    words = visits_words(usage.visits)
    if len(usage.by_version) < 2:
        return words
    tr = QCoreApplication.translate
    each = (tr("forms page", "{n} with version {v}").format(n=n, v=version) for version, n in usage.by_version)
    return tr("forms page", "{used}: {each}").format(used=words, each=", ".join(each))


def kinds_words(kinds: Iterable[ItemKind]) -> str:
    """Which kinds, each once in the order given, without guidance."""
    return ", ".join(kind_name(kind) for kind in dict.fromkeys(kinds) if kind is not ItemKind.GUIDANCE)


def language_words(codes: Collection[str]) -> str:
    """Languages by their names in the user's language."""
    return ", ".join(QLocale.languageToString(QLocale(code).language()) if _known(code) else code for code in codes)


def item_words(item: Item, language: str) -> str:
    """What an item takes: "rating, 4 levels", "timer, one at a time"."""
    tr = QCoreApplication.translate
    kind, name = item.kind, kind_name(item.kind)
    if kind is ItemKind.RATING:
        words = tr("forms page", "rating, {n} levels").format(n=len(item.levels))
    elif kind is ItemKind.CHOICE:
        words = tr("forms page", "one of {n}").format(n=len(item.options) + item.other)
    elif kind is ItemKind.CHOICES:
        words = tr("forms page", "any of {n}").format(n=len(item.options) + item.other)
    elif kind is ItemKind.TIMER and item.group:
        words = tr("forms page", "timer, one at a time")
    elif kind is ItemKind.INTERVAL:
        codes = sum(len(side.codes) for side in item.sides)
        words = tr("forms page", "{n} codes, every {length}").format(n=codes, length=length_words(item.seconds))
    elif kind is ItemKind.SWEEP and item.every:
        words = tr("forms page", "sweep, every {length}").format(length=length_words(item.every * 60))
    elif kind is ItemKind.WAIT and item.aim is not None:
        words = tr("forms page", "wait time, {n} s or more").format(n=_figure(item.aim))
    elif kind is ItemKind.NUMBER:
        words = _number_words(item, language)
    elif kind is ItemKind.TEXT:
        words = tr("forms page", "several lines") if item.long else tr("forms page", "one line")
    else:
        words = name
    return tr("forms page", "{kind}, required").format(kind=words) if item.required else words


def key_words(hotkey: str) -> str:
    """A suggested key as on a keycap."""
    return hotkey.upper()


def problem_sentence(problem: FormProblem) -> str:
    """What is wrong with a form, in the language of the window."""
    return problem_text(problem, _translate)


def _translate(text: str) -> str:
    lookup = QCoreApplication.translate  # the literals are marked where they stand, in services/form_words.py
    return lookup("forms", text)


def _number_words(item: Item, language: str) -> str:
    tr = QCoreApplication.translate
    low, high = item.low, item.high
    if low is not None and high is not None:
        words = tr("forms page", "number, {low} to {high}").format(low=_figure(low), high=_figure(high))
    elif low is not None:
        words = tr("forms page", "number, {low} or more").format(low=_figure(low))
    elif high is not None:
        words = tr("forms page", "number, up to {high}").format(high=_figure(high))
    else:
        words = kind_name(item.kind)
    unit = text_in(item.unit, language)
    return f"{words} {unit}" if unit else words


def _figure(value: float) -> str:
    return f"{value:g}"


def _known(code: str) -> bool:
    return QLocale(code).language() is not QLocale.Language.C

"""What the editor says about a form while it is made: problems and advice as sentences, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form_texts import text_of
from observe_app.ui.forms.editor.target import THE_FORM, Target, item_target, section_target

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Form

    Place = tuple[str | int, ...]

_MISSING = frozenset({"missing_key", "empty_text", "own_language_missing", "empty_list"})


class Weight(IntEnum):
    """How much a check asks for."""

    PROBLEM = 0
    GOOD = 1
    NEWS = 2
    HINT = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence, and the part of the form it is about."""

    weight: Weight
    text: str
    target: Target | None = None


def checks_of(form: Form) -> tuple[Check, ...]:
    """Return what must be mended first, then what an observer will notice; one line where all is well."""
    from observe_app.services.form_words import hint_text  # noqa: PLC0415  (loads with the first form edited)
    from observe_app.services.forms.advice import hints_of  # noqa: PLC0415  (as above)
    from observe_app.services.forms.checks import problems_of  # noqa: PLC0415  (as above)

    checks = [_problem(form, one) for one in problems_of(form)]
    # The same thing may be missing from each of several texts of an item: one sentence is enough.
    checks = list(dict.fromkeys(checks))
    good = not checks
    hints = [
        Check(Weight.GOOD if one.good else Weight.HINT, hint_text(one, _translate), _target(form, one.place) or None)
        for one in hints_of(form)
        if good or not one.good
    ]
    if good:
        hints.append(Check(Weight.GOOD, QCoreApplication.translate("form checks", "No key is used twice.")))
    return tuple(sorted((*checks, *hints), key=lambda one: one.weight))


def _translate(text: str) -> str:
    lookup = QCoreApplication.translate  # the literals are marked where they stand, in services/form_words.py
    return lookup("forms", text)


def _problem(form: Form, problem: FormProblem) -> Check:
    from observe_app.services.form_words import problem_text  # noqa: PLC0415  (as above)

    target = _target(form, problem.place)
    words = _own_words(form, problem) or problem_text(problem, _translate)
    name = _name(form, target)
    if name and name not in words:
        words = QCoreApplication.translate("form checks", "{name}: {problem}").format(name=name, problem=words)
    return Check(Weight.PROBLEM, words, target)


def _name(form: Form, target: Target | None) -> str:
    item = form.item(target.id) if target is not None else None
    return text_of(item.label) if item is not None else ""


def _target(form: Form, place: Place) -> Target | None:
    """Return the part that a place in the form's file belongs to."""
    if not place:
        return None
    if place[0] == "scales" and len(place) > 1:
        user = next((item for item in form.items if item.scale == place[1]), None)
        return item_target(user.id) if user is not None else THE_FORM
    if place[0] != "sections" or len(place) < 2 or not isinstance(place[1], int):
        return THE_FORM
    if place[1] >= len(form.sections):
        return THE_FORM
    section = form.sections[place[1]]
    if len(place) > 3 and place[2] == "items" and isinstance(place[3], int) and place[3] < len(section.items):
        return item_target(section.items[place[3]].id)
    return section_target(section.id)


def _own_words(form: Form, problem: FormProblem) -> str:
    """Return a sentence that fits a screen better than a file; "" where the file's is as good."""
    tr = QCoreApplication.translate
    place = problem.place
    if problem.rule == "empty_form":
        return tr("form checks", "The form has no items yet.")
    if problem.rule == "empty_section":
        section = _section_title(form, place)
        if section:
            return tr("form checks", "The section “{title}” has no items yet.").format(title=section)
        return tr("form checks", "A section has no items yet.")
    if problem.rule == "duplicate_hotkey":
        key = problem.found.upper()
        return tr("form checks", "The key {key} is used twice.").format(key=key)
    if problem.rule not in _MISSING:
        return ""
    missing = problem.found if problem.rule == "missing_key" else str(place[-1]) if place else ""
    # A text in languages ends in one of them: what is missing stands before it.
    keys = [missing, *(str(key) for key in reversed(place))]
    for key in keys:
        made = _missing_words(key, place)
        if made is not None:
            return made()
    return ""


def _section_title(form: Form, place: Place) -> str:
    if len(place) > 1 and isinstance(place[1], int) and place[1] < len(form.sections):
        return text_of(form.sections[place[1]].title)
    return ""


def _missing_words(key: str, place: Place) -> Callable[[], str] | None:
    tr = QCoreApplication.translate
    if key == "purpose":
        return lambda: tr("form checks", "The form does not say when to pick it.")
    if key == "title":
        if "sections" in place:
            return lambda: tr("form checks", "A section has no title yet.")
        return lambda: tr("form checks", "The form has no title yet.")
    if key != "label":
        return None
    of = next((one for one in ("levels", "options", "codes", "sides") if one in place), "")
    return {
        "levels": lambda: tr("form checks", "A level of its scale has no label yet."),
        "options": lambda: tr("form checks", "An option has no words yet."),
        "codes": lambda: tr("form checks", "A code has no meaning yet."),
        "sides": lambda: tr("form checks", "A side of its codes has no name yet."),
        "": lambda: tr("form checks", "An item has no label yet."),
    }[of]

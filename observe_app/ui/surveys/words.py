"""Words of surveys, translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import OTHER, ItemKind, text_in
from observe_app.services import survey_words

if TYPE_CHECKING:
    from observe_app.domain.form import Item
    from observe_app.services.surveys.surveys import SurveyView

_translate = QCoreApplication.translate
_PIECE = 12
_LONG = re.compile(r"\S{24,}")


def in_words(text: str) -> str:
    """Return one of the literals of `survey_words` in the language of the window."""
    return _translate("surveys", text)


def breakable(text: str) -> str:
    """Return a text whose longest words can go on in the next line; whoever answers may write anything."""
    return _LONG.sub(lambda found: "\u200b".join(re.findall(f".{{1,{_PIECE}}}", found[0], re.DOTALL)), text)


def kind_name(kind: str) -> str:
    """Name of a kind of survey."""
    return in_words(survey_words.KINDS.get(kind, kind))


def state_name(state: str) -> str:
    """Name of a state."""
    return in_words(survey_words.STATES.get(state, state))


def promise(least: int, *, passed: bool = False, leaves: bool = True) -> tuple[str, ...]:
    """Sentences that say what anonymous means.

    Args:
        least: answers from which results appear.
        passed: on a laptop that is passed round.
        leaves: the answer goes through the shared folder; else it waits on this very computer.
    """
    found = survey_words.ANONYMOUS_PASSED if passed else survey_words.ANONYMOUS
    return tuple(
        in_words(one).format(least=least) for one in found if leaves or one is not survey_words.ANONYMOUS_LEAVES
    )


def answers_words(n: int) -> str:
    """Say how many answers."""
    one, many = QCoreApplication.translate("surveys", "1 answer"), QCoreApplication.translate("surveys", "{n} answers")
    return one if n == 1 else many.format(n=n)


def second_line(view: SurveyView) -> str:
    """Say in the list what a survey is and how far."""
    parts = [kind_name(view.survey.kind), state_name(view.survey.state)]
    if view.mine and view.survey.state != "draft":
        parts.append(answers_words(view.released + view.waiting))
    elif not view.mine:
        parts.append(view.maker or QCoreApplication.translate("surveys", "a colleague"))
    return " · ".join(parts)


def label(item: Item, language: str) -> str:
    """Return the words of a question."""
    return text_in(item.label, language) or item.id


def answer_name(item: Item, key: str, language: str) -> str:
    """Return the words of an answer that can be counted."""
    if item.kind is ItemKind.CHECK:
        yes, no = QCoreApplication.translate("surveys", "Yes"), QCoreApplication.translate("surveys", "No")
        return yes if key == "yes" else no
    if item.kind is ItemKind.RATING:
        return next((text_in(level.label, language) or key for level in item.levels if str(level.number) == key), key)
    if key == OTHER:
        return QCoreApplication.translate("surveys", "Something else")
    return next((text_in(option.label, language) or key for option in item.options if option.id == key), key)

"""What can be asked for on a survey's page, and which of it now; the tab does it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.surveys.survey import SurveyKind, SurveyState
from observe_app.ui.widgets import ButtonKind

if TYPE_CHECKING:
    from observe_app.services.surveys.surveys import SurveyView
    from observe_app.ui.surveys.loaded import Loaded


class Act(StrEnum):
    """An act."""

    OPEN = "open"
    EDIT = "edit"
    ANSWER = "answer"
    SKIP = "skip"
    HAND_ROUND = "hand_round"
    PAPER = "paper"
    PRINT = "print"
    RELEASE = "release"
    CLOSE = "close"
    REOPEN = "reopen"
    EXPORT = "export"
    AGAIN = "again"
    REMOVE = "remove"
    TAKE_OVER = "take_over"


Offer = tuple[Act, str, str, ButtonKind]
"""An act, its words, its icon, how much its button asks for."""

_FEW = 4
_PLAIN, _MAIN = ButtonKind.PLAIN, ButtonKind.PRIMARY


_RARE = (Act.AGAIN, Act.EXPORT, Act.REMOVE)


def acts_of(loaded: Loaded) -> list[Offer]:
    """Return what is often done with a survey as it is now, the likeliest first."""
    found = _all_of(loaded)
    return [offer for offer in found if offer[0] not in _rare(found)]


def rare_acts_of(loaded: Loaded) -> list[Offer]:
    """Return what is done once in its life, if at all."""
    found = _all_of(loaded)
    return [offer for offer in found if offer[0] in _rare(found)]


def _rare(found: list[Offer]) -> tuple[Act, ...]:
    """Few acts stand side by side; nothing hides behind a button alone."""
    return _RARE if len(found) > _FEW else ()


def _all_of(loaded: Loaded) -> list[Offer]:
    view = loaded.view
    if view.form is None:
        return [_remove()] if view.mine else []
    if not view.mine:
        return _of_others(view) if loaded.takes else []
    if view.survey.state == SurveyState.DRAFT:
        change = QCoreApplication.translate("SurveyActs", "Change")
        return [
            (Act.OPEN, QCoreApplication.translate("SurveyActs", "Open it"), "send", _MAIN),
            (Act.EDIT, change, "pencil", _PLAIN), _print(), _remove(),
        ]  # fmt: skip
    return [*_own(loaded), (Act.AGAIN, _again(view), "repeat", _PLAIN), _remove()]


def _of_others(view: SurveyView) -> list[Offer]:
    words = QCoreApplication.translate("SurveyActs", "Answer it")
    found: list[Offer] = [(Act.ANSWER, words, "pencil-line", _PLAIN if view.done else _MAIN)]
    if not view.done:
        found.append((Act.SKIP, QCoreApplication.translate("SurveyActs", "Not for me"), "", _PLAIN))
    return [*found, _round()]


def _own(loaded: Loaded) -> list[Offer]:
    view, is_open = loaded.view, loaded.view.survey.state == SurveyState.OPEN
    found: list[Offer] = []
    if not view.here:
        found.append((Act.TAKE_OVER, QCoreApplication.translate("SurveyActs", "Collect here"), "inbox", _MAIN))
    if loaded.results.ready:
        now = QCoreApplication.translate("SurveyActs", "Show these answers now")
        found.append((Act.RELEASE, now, "eye", _PLAIN if is_open else _MAIN))
    if loaded.takes:
        found.append(_round())
    if loaded.takes and not view.done:
        found.append((Act.ANSWER, QCoreApplication.translate("SurveyActs", "Answer it"), "pencil-line", _PLAIN))
    found += [(Act.PAPER, QCoreApplication.translate("SurveyActs", "Type in paper"), "keyboard", _PLAIN), _print()]
    if is_open:
        found.append((Act.CLOSE, QCoreApplication.translate("SurveyActs", "Close it"), "lock", _PLAIN))
    else:
        found.append((Act.REOPEN, QCoreApplication.translate("SurveyActs", "Open again"), "lock-open", _PLAIN))
    if loaded.results.enough:
        found.append((Act.EXPORT, QCoreApplication.translate("SurveyActs", "Export"), "download", _PLAIN))
    return found


def _again(view: SurveyView) -> str:
    if view.survey.kind == SurveyKind.BEFORE:
        return QCoreApplication.translate("SurveyActs", "Ask the same after")
    if view.survey.kind == SurveyKind.PULSE:
        return QCoreApplication.translate("SurveyActs", "Next round")
    return QCoreApplication.translate("SurveyActs", "Ask again")


def _round() -> Offer:
    words = QCoreApplication.translate("SurveyActs", "Pass this laptop round")
    return Act.HAND_ROUND, words, "users-round", _PLAIN


def _print() -> Offer:
    return Act.PRINT, QCoreApplication.translate("SurveyActs", "Print"), "printer", _PLAIN


def _remove() -> Offer:
    return Act.REMOVE, QCoreApplication.translate("SurveyActs", "Remove"), "trash-2", _PLAIN

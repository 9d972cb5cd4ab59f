"""The words for what a change of a form means to whoever compares visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form_change import BREAKING, Aspect, ChangeKind

if TYPE_CHECKING:
    from observe_app.domain.form_change import ItemChange


def aspect_words(aspect: Aspect) -> str:
    """Return what about an item changed, as it stands in a list."""
    tr = QCoreApplication.translate
    return {
        Aspect.LABEL: tr("form change", "label"),
        Aspect.HELP: tr("form change", "help"),
        Aspect.PLACE: tr("form change", "place"),
        Aspect.KEY: tr("form change", "key"),
        Aspect.DESCRIPTORS: tr("form change", "what the levels look like"),
        Aspect.CONDITION: tr("form change", "when it is shown"),
        Aspect.SETTING: tr("form change", "settings"),
        Aspect.KIND: tr("form change", "kind"),
        Aspect.LEVELS: tr("form change", "levels"),
        Aspect.OPTIONS: tr("form change", "options"),
        Aspect.CODES: tr("form change", "codes"),
        Aspect.SECONDS: tr("form change", "length of the interval"),
        Aspect.UNIT: tr("form change", "what it counts"),
        Aspect.WAIT: tr("form change", "which pause"),
    }[aspect]


def not_comparable(change: ItemChange) -> str:
    """Return the sentence for an item whose answers can no longer be compared, "" for any other."""
    if change.kind is not ChangeKind.NOT_COMPARABLE:
        return ""
    what = ", ".join(aspect_words(aspect) for aspect in change.aspects if aspect in BREAKING)
    words = QCoreApplication.translate(
        "form change", "Changed: {what}. Answers from before cannot be compared with new ones."
    )
    return words.format(what=what)

"""What leaves and what stays, counted in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from observe_app.services.releases import ReleasePreview


_HERE = "ReleaseCounts"


def leaving_words(preview: ReleasePreview) -> str:
    """Return what a release lets out, such as "4 claims, 1 question, 14 notes"; "" for nothing."""
    tr = QCoreApplication.translate
    return _listed(
        (preview.claims, tr(_HERE, "1 claim"), tr(_HERE, "{n} claims")),
        (preview.questions, tr(_HERE, "1 question"), tr(_HERE, "{n} questions")),
        (preview.notes, tr(_HERE, "1 note"), tr(_HERE, "{n} notes")),
        (preview.answers, tr(_HERE, "1 answer in the form"), tr(_HERE, "{n} answers in the form")),
        (preview.steps, tr(_HERE, "1 action step"), tr(_HERE, "{n} action steps")),
        (int(bool(preview.turns or preview.document.conversation.strip())), tr(_HERE, "the conversation"), ""),
    )


def staying_words(preview: ReleasePreview) -> str:
    """Return what stays with the author, own learning and journal always among it."""
    tr = QCoreApplication.translate
    parts = _listed(
        (preview.notes_stay, tr(_HERE, "1 note"), tr(_HERE, "{n} notes")),
        (preview.private_stay, tr(_HERE, "1 private note"), tr(_HERE, "{n} private notes")),
    )
    if parts:
        return tr(_HERE, "{notes} stay with you, and your own learning and journal").format(notes=parts)
    return tr(_HERE, "Your own learning and your journal stay with you")


def _listed(*parts: tuple[int, str, str]) -> str:
    told = [(one if count == 1 else many).format(n=count) for count, one, many in parts if count]
    return QCoreApplication.translate(_HERE, ", ").join(told)

"""What leaves and what stays, counted in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from observe_app.services.releases import ReleasePreview


def leaving_words(preview: ReleasePreview) -> str:
    """Return what a release lets out, such as "4 claims, 1 question, 14 notes"; "" for nothing."""
    return _listed(
        (
            preview.claims,
            QCoreApplication.translate("ReleaseCounts", "1 claim"),
            QCoreApplication.translate("ReleaseCounts", "{n} claims"),
        ),
        (
            preview.questions,
            QCoreApplication.translate("ReleaseCounts", "1 question"),
            QCoreApplication.translate("ReleaseCounts", "{n} questions"),
        ),
        (
            preview.notes,
            QCoreApplication.translate("ReleaseCounts", "1 note"),
            QCoreApplication.translate("ReleaseCounts", "{n} notes"),
        ),
        (
            preview.answers,
            QCoreApplication.translate("ReleaseCounts", "1 answer in the form"),
            QCoreApplication.translate("ReleaseCounts", "{n} answers in the form"),
        ),
        (
            preview.steps,
            QCoreApplication.translate("ReleaseCounts", "1 action step"),
            QCoreApplication.translate("ReleaseCounts", "{n} action steps"),
        ),
        (
            int(bool(preview.turns or preview.document.conversation.strip())),
            QCoreApplication.translate("ReleaseCounts", "the conversation"),
            "",
        ),
    )


def staying_words(preview: ReleasePreview) -> str:
    """Return what stays with the author, own learning and journal always among it."""
    parts = _listed(
        (
            preview.notes_stay,
            QCoreApplication.translate("ReleaseCounts", "1 note"),
            QCoreApplication.translate("ReleaseCounts", "{n} notes"),
        ),
        (
            preview.private_stay,
            QCoreApplication.translate("ReleaseCounts", "1 private note"),
            QCoreApplication.translate("ReleaseCounts", "{n} private notes"),
        ),
    )
    if parts:
        return QCoreApplication.translate(
            "ReleaseCounts", "{notes} stay with you, and your own learning and journal"
        ).format(notes=parts)
    return QCoreApplication.translate("ReleaseCounts", "Your own learning and your journal stay with you")


def _listed(*parts: tuple[int, str, str]) -> str:
    told = [(one if count == 1 else many).format(n=count) for count, one, many in parts if count]
    return QCoreApplication.translate("ReleaseCounts", ", ").join(told)

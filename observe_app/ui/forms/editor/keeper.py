"""The draft behind the editor: every edit is one action in the journal, and what others change is taken up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import NotFound, ObserveError
from observe_app.domain.form_ids import with_unique_ids
from observe_app.services import own_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.changes import Changes, Opened, Seen
    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.services.own_forms import FormDraft, FormUsage

_UNDOING = frozenset({"undo", "redo"})
TABLES = ("form_draft", "form_version")


class FormKeeper(QObject):
    """One form, its draft, the version it is based on.

    Signals:
        changed: an own edit is done; the form now is `form`.
        travelled: an undo or another window changed it; with the `Form` before, and whether it was an undo here.
        saved: an edit is on the disk. failed: the ObserveError of one that is not.
        gone: there is no such form any more, neither draft nor version.
    """

    changed = Signal()
    travelled = Signal(object, bool)
    saved = Signal()
    failed = Signal(object)
    gone = Signal()

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._form: Form | None = None
        self._seen = NOTHING_SEEN
        self._writing = False
        self.form_id = ""
        self.base: Form | None = None
        self.is_draft = False
        self.usage: FormUsage = own_forms.FormUsage()
        self.next_version = 1

    @property
    def form(self) -> Form:
        """The form as it is on the disk and, but for words being typed, on the screen."""
        assert self._form is not None  # noqa: S101  (the editor shows only with a form)
        return self._form

    @property
    def is_open(self) -> bool:
        """Whether there is a form to edit."""
        return self._form is not None

    @property
    def seen(self) -> Seen:
        """What of the draft is on screen."""
        return self._seen

    def open(self, form_id: str) -> None:
        """Load a form.

        Raises:
            NotFound: neither a draft nor a version has this id. SnapshotDamaged: it cannot be read.
        """
        self.form_id = form_id
        opened = own_forms.open_draft(self._core, form_id)
        self._load_base()
        self._form = with_unique_ids(opened.value.form)
        self._seen = opened.seen

    def close(self) -> None:
        """Forget the form."""
        self._form, self.form_id, self.base = None, "", None

    def edit(self, change: Callable[[Form], Form]) -> None:
        """Change the form, as one action.

        Raises:
            ObserveError: it could not be stored; nothing changed.
        """
        before = self.form
        wanted = change(before)
        if wanted == before:
            return
        self._writing = True
        try:
            opened = own_forms.change(self._core, form_id=self.form_id, form=wanted, seen=self._seen)
        finally:
            self._writing = False
        self._take(opened)
        self.changed.emit()
        self.saved.emit()

    def try_edit(self, change: Callable[[Form], Form]) -> bool:
        """Change the form; say through `failed` when it cannot be stored."""
        try:
            self.edit(change)
        except ObserveError as error:
            self.failed.emit(error)
            return False
        return True

    def publish(self) -> Form:
        """Store the draft as the next version.

        Raises:
            FormInvalid: with every problem.
        """
        self._writing = True
        try:
            return own_forms.publish(self._core, form_id=self.form_id, seen=self._seen)
        finally:
            self._writing = False

    def discard(self) -> None:
        """End the draft."""
        self._writing = True
        try:
            own_forms.discard(self._core, form_id=self.form_id, seen=self._seen)
        finally:
            self._writing = False

    def refresh(self, changes: Changes) -> None:
        """Take up what an undo or another window did."""
        if self._writing or self._form is None or not changes.touches(*TABLES, "visit"):
            return
        if changes.touches("visit"):
            self.usage = own_forms.usage(self._core, self.form_id)
        if not changes.touches(*TABLES):
            return
        try:
            opened = own_forms.open_draft(self._core, self.form_id)
        except NotFound:
            self.gone.emit()
            return
        except ObserveError as error:
            self.failed.emit(error)
            return
        before = self.form
        self._take(opened)
        self._load_base()
        self.travelled.emit(before, changes.action in _UNDOING)

    def _take(self, opened: Opened[FormDraft]) -> None:
        self._form, self._seen = opened.value.form, opened.seen
        self.is_draft = True

    def _load_base(self) -> None:
        known = own_forms.versions(self._core, self.form_id)
        self.base = own_forms.version(self._core, known[0].id) if known else None
        self.next_version = known[0].version + 1 if known else 1
        self.usage = own_forms.usage(self._core, self.form_id)
        self.is_draft = any(one.form_id == self.form_id for one in own_forms.drafts(self._core))

    @property
    def is_changed(self) -> bool:
        """Whether publishing would make a new version."""
        return self.base is None or replace(self.form, version=self.base.version) != self.base

"""The form editor: structure, properties, preview, and the draft that keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot

from observe_app.domain.errors import FormInvalid, ObserveError
from observe_app.domain.form_change import ChangeKind, compare, with_new_id
from observe_app.domain.form_edit import section_place, settle_options
from observe_app.domain.form_ids import item_ids, settle_ids
from observe_app.domain.form_texts import text_of
from observe_app.services import own_forms
from observe_app.ui.errors import describe
from observe_app.ui.forms.editor import acts
from observe_app.ui.forms.editor.checks import Check, Weight, checks_of
from observe_app.ui.forms.editor.columns import Columns
from observe_app.ui.forms.editor.editor_words import added_words, kept_words, refused_words, removed_words, where_words
from observe_app.ui.forms.editor.keeper import FormKeeper
from observe_app.ui.forms.editor.kind_sheet import KindSheet
from observe_app.ui.forms.editor.publish_sheet import PublishSheet
from observe_app.ui.forms.editor.target import THE_FORM, Part, Target, item_target, what_changed
from observe_app.ui.forms.words import version_words, visits_words
from observe_app.ui.i18n import time_of_day
from observe_app.ui.moments import local
from observe_app.ui.widgets import Button, ButtonKind, Message, MessageKind, SavedState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes
    from observe_app.domain.form import Form, ItemKind
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.forms.editor.borrow_sheet import BorrowSheet
    from observe_app.ui.forms.editor.structure_model import StructureRow
    from observe_app.ui.jobs import JobRunner

CHECK_MS = 150
_RISK, _PROBLEMS = "form-not-saved", "form-problems"


class FormEditor(Columns):
    """One own form at a time.

    Signals:
        closed: the form is gone, or its draft was discarded.
        published: id of the form whose draft became a version.
        message_posted: `Message` for the bar under the header. message_cleared: its key.
        header_changed: title, second line or acts are others now.
    """

    closed = Signal()
    published = Signal(str)
    message_posted = Signal(object)
    message_cleared = Signal(str)
    header_changed = Signal()

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(FormKeeper(core), parent)
        self.setObjectName("form_editor")
        self._core, self._jobs = core, jobs
        self._target = THE_FORM
        self._checks: tuple[Check, ...] = ()
        self._publishing: PublishSheet | None = None
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(CHECK_MS)
        self._check_timer.timeout.connect(self._on_check_due)
        self._build_acts()
        self._connect()
        bus.changed.connect(self._on_bus)

    # --- page -------------------------------------------------------------------------------------

    def open(self, form_id: str) -> None:
        """Show an own form: its draft, or its newest version to begin one from.

        Raises:
            NotFound: there is none of this id. SnapshotDamaged: it cannot be read.
        """
        self.keeper.open(form_id)
        self.middle.forget()
        self.structure.search.clear()
        self.structure.model.find("")
        self._target = THE_FORM
        self._show()
        self.side.show_form(self.keeper.form, at_once=True)
        self._on_check_due()
        # A page that brings the keyboard to the editor brings it to where work begins.
        new = not self.keeper.form.title
        self.setFocusProxy(self.middle.form_props.title_area if new else self.structure.view)
        if new:
            self.middle.focus_first()

    def title(self) -> str:
        """The form's title."""
        if not self.keeper.is_open:
            return ""
        return text_of(self.keeper.form.title) or self.tr("Form without a title")

    def subtitle(self) -> str:
        """Which version it will be, and who uses the last one."""
        if not self.keeper.is_open:
            return ""
        if self.keeper.is_draft and self.keeper.is_changed:
            version = self.tr("Version {n}, draft").format(n=self.keeper.next_version)
        else:
            version = self.tr("Version {n}").format(n=max(1, self.keeper.next_version - 1))
        visits = self.keeper.usage.visits
        return f"{version} · {visits_words(visits)}" if visits else version

    def undo_scope(self) -> str:
        """Undo keeps to this draft."""
        return own_forms.draft_scope(self.keeper.form_id)

    def leave(self) -> bool:
        """Keep what is being written; a draft stays a draft."""
        if not self.keeper.is_open or not self.middle.leave():
            return not self.keeper.is_open
        self._check_timer.stop()
        return True

    def header_actions(self) -> tuple[QWidget, ...]:
        """What belongs at the end of the page's header while the editor shows: saved state, discard, use."""
        return (self.saved_state, self.discard_button, self.publish_button)

    def regions(self) -> tuple[QWidget, ...]:
        """What F6 walks."""
        return (self.structure, self.middle, self.side)

    @property
    def target(self) -> Target:
        """What is chosen."""
        return self._target

    @property
    def checks(self) -> tuple[Check, ...]:
        """What needs a look."""
        return self._checks

    def select(self, target: Target, *, into: bool = False) -> bool:
        """Choose a part; `into` brings the keyboard to its first field. False where words could not be kept."""
        if target != self._target and not self.middle.flush():
            self.structure.choose(self._target)
            return False
        if not target.is_in(self.keeper.form):
            return False
        self._target = target
        self.structure.choose(target)
        self.middle.show_target(target)
        self._show_in_preview()
        if into:
            self.show_middle()
            self.middle.focus_first()
        return True

    # --- acts -------------------------------------------------------------------------------------

    @Slot(object)
    def add_item(self, kind: ItemKind) -> None:
        """Add an item after what is chosen and go on to its label."""
        if self._act(lambda form, target: acts.added_item(form, target, kind)):
            self.show_middle()
            self.middle.focus_first()

    @Slot()
    def ask_kind(self) -> None:
        """Let the person choose what to add."""
        if not self.middle.flush():
            return
        sheet = KindSheet(self, where=where_words(self._row, self._target))
        sheet.kind_chosen.connect(self.add_item)
        sheet.open_at(acts.likely_kind(self.keeper.form, self._target))

    @Slot()
    def add_section(self) -> None:
        """Add a section after the one that is chosen."""
        if self._act(acts.added_section):
            self.show_middle()
            self.middle.focus_first()

    @Slot()
    def duplicate(self) -> None:
        """Copy what is chosen."""
        self._act(acts.duplicated)

    @Slot()
    def remove(self) -> None:
        """Take away what is chosen; undo brings it back."""
        target, form = self._target, self.keeper.form
        if target.part is Part.FORM:
            return
        name = self._row.title if self._row is not None else ""
        if not self._act(acts.removed):
            return
        gone = len(form.items) - len(self.keeper.form.items) if target.part is Part.SECTION else 0
        words = removed_words(name, gone)
        self._offer_undo(words, "trash-2")

    @Slot(int)
    def step(self, by: int) -> None:
        """Move what is chosen one place."""
        self._act(lambda form, target: acts.stepped(form, target, by))

    @Slot(object)
    def add_lines(self, lines: Sequence[str]) -> None:
        """Add an item for each line; without any, say so."""
        if not lines:
            words = self.tr("The clipboard holds no lines to paste.")
            self.message_posted.emit(Message(MessageKind.NEWS, words, icon="clipboard-paste", key="paste"))
            return
        before = len(self.keeper.form.items)
        if self._act(lambda form, target: acts.added_lines(form, target, lines)):
            self._offer_undo(added_words(len(self.keeper.form.items) - before), "clipboard-paste")

    @Slot()
    def borrow(self) -> None:
        """Take over items of another form."""
        if not self.middle.flush():
            return
        from observe_app.ui.forms.editor.borrow_sheet import BorrowSheet  # noqa: PLC0415  (wanted seldom)

        sheet: BorrowSheet = BorrowSheet(self._core, self._jobs, self, own=self.keeper.form_id)
        sheet.chosen.connect(self._on_borrowed)
        sheet.open_over()
        sheet.search.setFocus()

    @Slot()
    def publish(self) -> None:
        """Make a version of the draft, after saying what can no longer be compared."""
        if not self.middle.leave():
            return
        base = self.keeper.base
        known = item_ids(base) if base is not None else frozenset()
        if not self.keeper.try_edit(lambda form: settle_options(settle_ids(form, known), base)):
            return
        self._on_check_due()
        if any(check.weight is Weight.PROBLEM for check in self._checks):
            self._refuse()
            return
        change = compare(base, self.keeper.form) if base is not None else None
        if change is not None and (change.of(ChangeKind.NOT_COMPARABLE) or change.of(ChangeKind.REMOVED)):
            visits = self.keeper.usage.visits
            words = kept_words(self.keeper.usage) if visits else ""
            sheet = PublishSheet(change, self, version=self.keeper.next_version, visits=words)
            sheet.new_id_asked.connect(self._on_new_id)
            sheet.accepted.connect(self._on_publish)
            sheet.closed.connect(self._on_publish_closed)
            self._publishing = sheet
            sheet.open_over()
            return
        self._on_publish()

    @Slot()
    def discard(self) -> None:
        """End the draft; undo brings it back."""
        scope = self.undo_scope()
        try:
            self.keeper.discard()
        except ObserveError as error:
            self._on_failed(error)
            return
        self.keeper.close()
        words = self.tr("The draft is discarded.")
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key=f"undo/{scope}"))
        self.closed.emit()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_chosen(self, target: Target) -> None:
        self.select(target)

    @Slot(object)
    def _on_check_target(self, target: Target) -> None:
        self.select(target, into=True)

    @Slot()
    def _on_enter(self) -> None:
        self.show_middle()
        self.middle.focus_first()

    @Slot(object, object)
    def _on_moved(self, moved: Target, before: Target | None) -> None:
        self._act(lambda form, _target: acts.dropped(form, moved, before))

    @Slot(object)
    def _on_borrowed(self, make: Callable[[Form, str, int | None], tuple[Form, str]]) -> None:
        def change(form: Form, target: Target) -> acts.Result:
            section, position = acts.insertion_place(form, target)
            form, item_id = make(form, section, position)
            return form, item_target(item_id) if item_id else target

        before = len(self.keeper.form.items)
        if self._act(change):
            self._offer_undo(added_words(len(self.keeper.form.items) - before), "copy")

    @Slot(str)
    def _on_language_changed(self, code: str) -> None:
        self.side.show_form(self.keeper.form, language=code, at_once=True)

    @Slot(str)
    def _on_renamed(self, item_id: str) -> None:
        self._target = item_target(item_id)
        self._show()

    @Slot(str)
    def _on_new_id(self, item_id: str) -> None:
        base = self.keeper.base
        if base is not None and self.keeper.try_edit(lambda form: with_new_id(form, item_id, base)[0]):
            if not self._target.is_in(self.keeper.form):
                self._target = THE_FORM
                self._show()
            if self._publishing is not None:
                self._publishing.show_change(compare(base, self.keeper.form))

    @Slot()
    def _on_publish(self) -> None:
        try:
            self.keeper.publish()
        except FormInvalid:
            self._on_check_due()
            self._refuse()
        except ObserveError as error:
            self._on_failed(error)
        else:
            form_id = self.keeper.form_id
            self.keeper.close()
            self.published.emit(form_id)

    @Slot()
    def _on_publish_closed(self) -> None:
        self._publishing = None

    @Slot()
    def _on_form_changed(self) -> None:
        self._show()
        self._check_timer.start()

    @Slot(object, bool)
    def _on_travelled(self, before: Form, was_undo: bool) -> None:
        changed = what_changed(before, self.keeper.form)
        # What another window changed draws nobody away from what is being written here.
        if was_undo and self.middle.is_clean and changed is not None and changed.is_in(self.keeper.form):
            self._target = changed
        self._show()
        self._check_timer.start()
        self._show_in_preview()

    @Slot(object)
    def _on_bus(self, changes: Changes) -> None:
        if self._has_place:
            self.keeper.refresh(changes)

    @Slot()
    def _on_gone(self) -> None:
        self.keeper.close()
        if self._has_place:
            self.closed.emit()

    @Slot()
    def _on_check_due(self) -> None:
        self._check_timer.stop()
        if not self.keeper.is_open:
            return
        form = self.keeper.form
        self._checks = checks_of(form)
        looks = {one.target for one in self._checks if one.weight is Weight.PROBLEM and one.target is not None}
        self.structure.mark(looks)
        if not any(one.weight is Weight.PROBLEM for one in self._checks):
            self.message_cleared.emit(_PROBLEMS)
        news = (Check(Weight.NEWS, kept_words(self.keeper.usage)),) if self.keeper.usage.visits else ()
        self.side.show_checks(sorted((*self._checks, *news), key=lambda one: one.weight))
        self.side.show_form(form, language=self.middle.language)

    @Slot()
    def _on_saved(self) -> None:
        there = local(self._core.clock.now(), self._core.clock.zone_name())
        self.saved_state.set_saved(time_of_day(there.time(), seconds=True))
        self.message_cleared.emit(_RISK)

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        self.saved_state.set_failed()
        told = describe(error)
        words = f"{told.text} {told.hint}".strip()
        self.message_posted.emit(Message(MessageKind.RISK, words, key=_RISK, closable=False))

    # --- helpers ----------------------------------------------------------------------------------

    @property
    def _has_place(self) -> bool:
        """Whether the editor is what its page shows, also while the page itself is away."""
        parent = self.parentWidget()
        return parent is not None and self.isVisibleTo(parent)

    @property
    def _row(self) -> StructureRow | None:
        return next((row for row in self.structure.model.rows if row.target == self._target), None)

    def _act(self, act: Callable[[Form, Target], acts.Result]) -> bool:
        """Do something to what is chosen, as one action, and choose what the act says. False where nothing changed."""
        if not self.middle.flush():
            return False
        form, target = act(self.keeper.form, self._target)
        if form == self.keeper.form:
            return False
        before, self._target = self._target, target
        if not self.keeper.try_edit(lambda _form: form):
            self._target = before
            return False
        return True

    def _show(self) -> None:
        form = self.keeper.form
        if not self._target.is_in(form):
            self._target = THE_FORM
        self.structure.show_form(form, self._target)
        self.middle.show_target(self._target)
        changed = self.keeper.is_changed
        self.publish_button.setText(self.tr("Use version {n}").format(n=self.keeper.next_version))
        self.publish_button.updateGeometry()
        reason = (
            ""
            if changed
            else self.tr("Nothing has changed since {version}.").format(
                version=version_words(self.keeper.next_version - 1)
            )
        )
        self.publish_button.set_disabled_because(reason)
        self.discard_button.set_disabled_because("" if self.keeper.is_draft else self.tr("There is no draft."))
        self.header_changed.emit()

    def _show_in_preview(self) -> None:
        """Bring the item that is chosen into sight, or the first one of the section."""
        item_id = self._target.id
        if self._target.part is Part.SECTION:
            number = section_place(self.keeper.form, self._target.id)
            items = self.keeper.form.sections[number].items if number is not None else ()
            item_id = items[0].id if items else ""
        if item_id:
            self.side.show_item(item_id)

    def _refuse(self) -> None:
        problems = [check for check in self._checks if check.weight is Weight.PROBLEM]
        first = next((check.target for check in problems if check.target is not None), None)
        if first is not None:
            self.select(first, into=True)
        words = refused_words([check.text for check in problems], self.keeper.next_version)
        self.message_posted.emit(Message(MessageKind.LOOK, words, key=_PROBLEMS))

    def _offer_undo(self, words: str, icon: str) -> None:
        key = f"undo/{self.undo_scope()}"
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), icon, key=key))

    # --- build ------------------------------------------------------------------------------------

    def _build_acts(self) -> None:
        self.saved_state = SavedState(self)
        self.discard_button = Button(self.tr("Discard draft"), self)
        self.discard_button.setObjectName("form_discard")
        self.publish_button = Button("", self, kind=ButtonKind.PRIMARY)
        self.publish_button.setObjectName("form_publish")
        for widget in self.header_actions():
            widget.hide()
        self.setFocusProxy(self.structure.view)

    def _connect(self) -> None:
        structure, middle = self.structure, self.middle
        structure.chosen.connect(self._on_chosen)
        structure.lines_pasted.connect(self.add_lines)
        structure.item_asked.connect(self.ask_kind)
        structure.section_asked.connect(self.add_section)
        structure.borrow_asked.connect(self.borrow)
        structure.view.enter_pressed.connect(self._on_enter)
        structure.view.moved.connect(self._on_moved)
        structure.view.stepped.connect(self.step)
        structure.view.remove_asked.connect(self.remove)
        structure.view.duplicate_asked.connect(self.duplicate)
        middle.writing.connect(self.saved_state.set_unsaved)
        middle.failed.connect(self._on_failed)
        middle.duplicate_asked.connect(self.duplicate)
        middle.remove_asked.connect(self.remove)
        middle.renamed.connect(self._on_renamed)
        middle.language_changed.connect(self._on_language_changed)
        self.side.target_asked.connect(self._on_check_target)
        self.keeper.changed.connect(self._on_form_changed)
        self.keeper.travelled.connect(self._on_travelled)
        self.keeper.saved.connect(self._on_saved)
        self.keeper.failed.connect(self._on_failed)
        self.keeper.gone.connect(self._on_gone)
        self.publish_button.clicked.connect(self.publish)
        self.discard_button.clicked.connect(self.discard)

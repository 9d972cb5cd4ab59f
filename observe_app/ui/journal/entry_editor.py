"""One entry, written where it stands: it keeps itself, and no word is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import ObserveError
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.visit import VisitFilter
from observe_app.services import journals, visits
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.moments import list_date, local, time_words, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    CheckChoice,
    LineEdit,
    Plane,
    SavedState,
    TextArea,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.changes import Opened, Seen
    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.domain.visit import Visit, VisitRow
    from observe_app.services.core import Core

_OFFERED = 24
_WIDE = 760


class EntryEditor(Plane):
    """Title, words, what it is about.

    Signals:
        visit_asked: id of a visit to open. share_asked: give words of this entry on.
        delete_asked: take it away. began: an entry that was only begun has its id now.
        failed: the `ObserveError` of a write that is tried again. saved: all of it is on the disk.
    """

    visit_asked = Signal(str)
    share_asked = Signal()
    delete_asked = Signal()
    began = Signal(str)
    failed = Signal(object)
    saved = Signal()

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("entry_editor")
        self._core = core
        self.entry: JournalEntry | None = None
        self._prompt = ""
        self._kind = EntryKind.JOURNAL
        self._saver = FieldSaver(self._write, self)
        self._build()
        self._saver.writing.connect(self.saved_state.set_unsaved)
        self._saver.saved.connect(self._on_saved)
        self._saver.failed.connect(self._on_failed)
        self._saver.reset({"title": "", "text": ""}, NOTHING_SEEN)
        self._show_rest("")

    # --- public -----------------------------------------------------------------------------------

    @property
    def prompt(self) -> str:
        """The question that is answered, "" for none."""
        return self.entry.prompt if self.entry is not None else self._prompt

    def begin(self, prompt: str = "", *, shown: str = "") -> None:
        """Begin a new entry; nothing is kept before its first word.

        Args:
            prompt: the question that it answers, as it is kept.
            shown: the same in the words of the window.
        """
        self.entry, self._prompt, self._kind = None, prompt, EntryKind.JOURNAL
        self._saver.reset({"title": "", "text": ""}, NOTHING_SEEN)
        self._show_rest(shown or prompt)
        self.text_area.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entry(self, entry_id: str) -> None:
        """Show an entry, or the same one again as stored now; words that are being written stay.

        Raises:
            NotFound: no such id.
        """
        opened = journals.open_entry(self._core, entry_id)
        same = self.entry is not None and self.entry.id == entry_id
        self.entry = opened.value
        show = self._saver.load if same else self._saver.reset
        show(_values(opened.value), opened.seen)
        self._show_rest(opened.value.prompt)

    def leave(self) -> bool:
        """Keep what is only on the screen; False when it could not be kept."""
        return self._saver.leave()

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        gone = self.entry is not None and journals.open_entry(self._core, self.entry.id).value.deleted
        if self.entry is None or gone:
            return self._write_new({"title": self.title_line.text(), "text": self.text_area.text(), name: value})
        opened = journals.edit(self._core, entry_id=self.entry.id, seen=seen, **{name: value})
        self.entry = opened.value
        return _values(opened.value), opened.seen

    def _write_new(self, values: dict[str, Any]) -> tuple[dict[str, Any], Seen]:
        """Keep a new entry at its first word; one taken away meanwhile elsewhere comes as a new one, words and all."""
        if not values["title"].strip() and not values["text"].strip():
            return values, NOTHING_SEEN
        before = self.entry
        opened: Opened[JournalEntry] = journals.add(
            self._core,
            **values,
            kind=before.kind if before is not None else self._kind,
            prompt=self.prompt,
            visit_id=before.visit_id if before is not None else "",
            visit_ids=before.visit_ids if before is not None else (),
        )
        self.entry = opened.value
        self.began.emit(opened.value.id)
        self._show_rest(opened.value.prompt)
        return _values(opened.value), opened.seen

    def _change(self, **fields: Any) -> None:
        """Change what is chosen rather than typed; an entry that is only begun waits for its first word."""
        if not self.leave() or self.entry is None:
            return
        try:
            opened = journals.open_entry(self._core, self.entry.id)
            made = journals.edit(self._core, entry_id=self.entry.id, seen=opened.seen, **fields)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.entry = made.value
        self._saver.load(_values(made.value), made.seen)
        self._show_rest(made.value.prompt)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_saved(self) -> None:
        now = self._core.clock.now()
        self.saved_state.set_saved(time_words(now, self._core.clock.zone_name()))
        self.saved.emit()

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        self.saved_state.set_failed()
        self.failed.emit(error)

    @Slot(object)
    def _on_kind(self, kind: object) -> None:
        self._kind = EntryKind(str(kind)) if kind else EntryKind.JOURNAL
        if self.entry is None:
            self.kind_choice.set_value(self._kind.value)  # it is kept with the first word
            self.text_area.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._change(kind=self._kind)

    @Slot()
    def _on_link(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        linked = journals.linked(self.entry) if self.entry is not None else ()
        me = self._core.settings.get().me_id
        rows = visits.listing(self._core, VisitFilter(person_id=me, limit=_OFFERED))
        for row in rows:
            if row.id not in linked:
                action = menu.addAction(self._row_words(row).replace("&", "&&"))
                action.setData(row.id)
        if menu.isEmpty():
            menu.addAction(self.tr("There is no other visit yet")).setEnabled(False)
        menu.triggered.connect(self._on_link_chosen)
        menu.popup(self.link_button.mapToGlobal(self.link_button.rect().bottomLeft()))

    @Slot(object)
    def _on_link_chosen(self, action: Any) -> None:
        if self.entry is not None:
            self._change(visit_ids=(*self.entry.visit_ids, str(action.data())))

    @Slot()
    def _on_visit(self) -> None:
        button = self.sender()
        if isinstance(button, Button) and self.leave():
            self.visit_asked.emit(str(button.property("visit")))

    @Slot()
    def _on_unlink(self) -> None:
        button = self.sender()
        if isinstance(button, Button) and self.entry is not None:
            gone = str(button.property("visit"))
            self._change(visit_ids=tuple(one for one in self.entry.visit_ids if one != gone))

    # --- showing ----------------------------------------------------------------------------------

    def _show_rest(self, prompt: str) -> None:
        entry = self.entry
        self.prompt_label.setText(prompt)
        self.prompt_label.setVisible(bool(prompt))
        self.kind_choice.set_value((entry.kind if entry is not None else self._kind).value)
        when = self.tr("New entry")
        if entry is not None and entry.at is not None:
            zone = self._core.clock.zone_name()
            day = list_date(local(entry.at, zone).date(), today_of(self._core.clock))
            when = self.tr("{day}, {time}").format(day=day, time=time_words(entry.at, zone))
        self.when_label.setText(when)
        reason = "" if entry is not None else self.tr("Write the first words")
        for button in (self.link_button, self.share_button, self.delete_button):
            button.set_disabled_because(reason)
        self._show_links()

    def _show_links(self) -> None:
        clear_layout(self._links)
        found: dict[str, Visit] = journals.visits_of(self._core, (self.entry,)) if self.entry is not None else {}
        for visit_id, visit in found.items():
            link = Button(self._visit_words(visit), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="link-2")
            link.setProperty("visit", visit_id)
            link.clicked.connect(self._on_visit)
            row = QHBoxLayout()
            row.setSpacing(4)
            place = QWidget(self)
            place.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(link)
            if self.entry is not None and visit_id in self.entry.visit_ids:
                name = self.tr("No longer about {visit}").format(visit=self._visit_words(visit))
                off = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=name)
                off.setProperty("visit", visit_id)
                off.clicked.connect(self._on_unlink)
                row.addWidget(off)
            row.addStretch(1)
            self._links.addWidget(place)

    def _visit_words(self, visit: Visit) -> str:
        moment = visit.started or visit.start
        day = list_date(local(moment, visit.zone).date(), today_of(self._core.clock)) if moment is not None else ""
        who = visit.teacher or self.tr("Teacher not named yet")
        return " · ".join(part for part in (who, visit.class_name, day) if part)

    def _row_words(self, row: VisitRow) -> str:
        moment = row.started or row.start
        day = list_date(local(moment, row.zone).date(), today_of(self._core.clock)) if moment is not None else ""
        who = row.teacher or self.tr("Teacher not named yet")
        return " · ".join(part for part in (who, row.class_name, day) if part)

    def _build(self) -> None:
        self.when_label = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.saved_state = SavedState(self)
        self.prompt_label = TextLabel("", self, step="body", tone="accent", wrap=True)
        self.prompt_label.setObjectName("entry_prompt")
        self.title_line = LineEdit("", self, placeholder=self.tr("Title, if you like"))
        self.title_line.setObjectName("entry_title")
        self.title_line.setAccessibleName(self.tr("Title"))
        self.text_area = TextArea("", self, placeholder=self.tr("Write what is on your mind"), lines=10, most=400)
        self.text_area.setObjectName("entry_text")
        self.text_area.setAccessibleName(self.tr("Words of the entry"))
        self.text_area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        options = ((EntryKind.JOURNAL.value, self.tr("Journal")), (EntryKind.LEARNING.value, self.tr("Own learning")))
        self.kind_choice = CheckChoice(options, self.tr("Kind of entry"), self)
        self.link_button = Button(self.tr("About a visit"), self, size=ButtonSize.SMALL, icon="link-2")
        self.link_button.setObjectName("entry_link")
        self.share_button = Button(self.tr("Share words"), self, size=ButtonSize.SMALL, icon="quote")
        self.share_button.setObjectName("entry_share")
        self.delete_button = Button(self.tr("Delete"), self, size=ButtonSize.SMALL, icon="trash-2")
        self.delete_button.setObjectName("entry_delete")
        self._saver.bind_line("title", self.title_line)
        self._saver.bind_area("text", self.text_area)
        self._lay_out()
        self.kind_choice.chosen.connect(self._on_kind)
        self.link_button.clicked.connect(self._on_link)
        self.share_button.clicked.connect(self.share_asked)
        self.delete_button.clicked.connect(self.delete_asked)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(scaled(12))
        top.addWidget(self.when_label)
        top.addWidget(self.kind_choice)
        top.addStretch(1)
        top.addWidget(self.saved_state)
        acts = QHBoxLayout()
        acts.setSpacing(scaled(8))
        for part in (self.link_button, self.share_button, self.delete_button):
            acts.addWidget(part)
        acts.addStretch(1)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(scaled(10))
        inside.addLayout(top)
        inside.addWidget(self.prompt_label)
        inside.addWidget(self.title_line)
        inside.addWidget(self.text_area, 1)
        inside.addLayout(self._links)
        inside.addLayout(acts)
        held = QWidget(self)
        held.setLayout(inside)
        held.setMaximumWidth(scaled(_WIDE) + 48)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(held, 1)
        row.addStretch(0)


def _values(entry: JournalEntry) -> dict[str, Any]:
    return {"title": entry.title, "text": entry.text}

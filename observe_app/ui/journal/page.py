"""Journal: the person writes for themselves, gives words on if they wish, and picks from their year."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.services import journals
from observe_app.services.learning.prompts import PROMPTS, prompt_of
from observe_app.ui.data_page import DataPage, VisitTarget
from observe_app.ui.errors import describe
from observe_app.ui.hours.out import PdfOut
from observe_app.ui.journal.entry_editor import EntryEditor
from observe_app.ui.journal.entry_list import EntryList, EntryModel
from observe_app.ui.journal.portfolio_view import PortfolioView
from observe_app.ui.journal.share_sheet import ShareSheet
from observe_app.ui.journal.shared_view import SharedView
from observe_app.ui.journal.words import prompt_words
from observe_app.ui.moments import today_of
from observe_app.ui.page_header import PageHeader
from observe_app.ui.tabs_header import NAME_GAP, TABS_HIGH
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    Message,
    MessageKind,
    Plane,
    ProgressLine,
    SearchField,
    StageTabs,
    TextLabel,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.learning.excerpts import Reach
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.pdf.term_export import Look
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

TYPING_MS = 80
ENTRIES, SHARED, PORTFOLIO = range(3)
_SIDE = 340
_RISK, _PROBLEM = "journal-risk", "journal"


class JournalPage(DataPage):
    """One's own journal."""

    place: ClassVar[str] = "journal"
    tables: ClassVar[frozenset[str]] = frozenset({
        "journal_entry", "excerpt", "portfolio", "visit", "visit_member", "person", "certificate", "action_step",
        "release", "peer_group",
    })  # fmt: skip

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("journal_page")
        self._selected = ""
        self._further = 0
        self._words = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
        self.out = PdfOut(core, jobs, self)
        self._build()
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Journal."""
        return self.tr("Journal")

    def header_widget(self) -> QWidget | None:
        """Tabs, search, a new entry."""
        return self.header

    def regions(self) -> tuple[QWidget, ...]:
        """Header, list and entry; or the view that shows."""
        if self.views.currentIndex() == ENTRIES:
            return (self.header, self.side, self.editor)
        return (self.header, self.views)

    def start_widget(self) -> QWidget | None:
        """The words of the entry."""
        return self.editor.text_area if self.views.currentIndex() == ENTRIES else self.tabs

    def leave(self) -> bool:
        """Keep every word."""
        return self.editor.leave() and self.portfolios.leave() and super().leave()

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        try:
            self._show_entries()
            if self.views.currentIndex() == SHARED:
                self.shared.reload()
            elif self.views.currentIndex() == PORTFOLIO:
                self.portfolios.reload()
        except ObserveError as error:
            self._on_failed(error)

    def show_entry(self, entry_id: str) -> None:
        """Show an entry."""
        if self.editor.leave():
            self._selected = entry_id
            self.tabs.setCurrentIndex(ENTRIES)
            self.reload()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        if not (self.editor.leave() and self.portfolios.leave()):
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self.views.currentIndex())
            self.tabs.blockSignals(False)
            return
        self.views.setCurrentIndex(index)
        for widget in (self.search, self.count, self.new_button):
            widget.setVisible(index == ENTRIES)
        self.reload()

    @Slot()
    def _on_search_edited(self) -> None:
        self._typing.start()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.stop()
        self._words = self.search.text()
        self.reload()

    @Slot()
    def _on_left_search(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        one = self.model.entry(index.row()) if index.isValid() else None
        if one is None or one.id == self._selected:
            return
        if not self.editor.leave():
            QTimer.singleShot(0, self, self._restore_selection)
            return
        self._selected = one.id
        self._restore_selection()  # a list that was come to by the keyboard has a current row that is not lit
        self._show_selected()

    @Slot()
    def _on_opened(self) -> None:
        self.editor.text_area.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def new_entry(self) -> None:
        """Begin an entry about anything."""
        self._begin("")

    @Slot()
    def _on_answer(self) -> None:
        self._begin(self._prompt())

    @Slot()
    def _on_another(self) -> None:
        self._further = (self._further + 1) % len(PROMPTS)
        self._show_prompt()

    @Slot(str)
    def _on_began(self, entry_id: str) -> None:
        self._selected = entry_id

    @Slot()
    def _on_delete(self) -> None:
        one = self.editor.entry
        if one is None or not self.editor.leave():
            return
        number = self.model.number_of(one.id)
        neighbour = self.model.entry(number + 1) or self.model.entry(number - 1)
        try:
            journals.delete(self.core, entry_id=one.id, seen=journals.open_entry(self.core, one.id).seen)
        except NotFound:
            pass
        except ObserveError as error:
            self._on_failed(error)
            return
        self._selected = neighbour.id if neighbour is not None and neighbour.id != one.id else ""
        words = self.tr("The entry is deleted. Undo brings it back.")
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
        self.reload()

    @Slot()
    def _on_share(self) -> None:
        if not self.editor.leave() or self.editor.entry is None:
            return
        selected = self.editor.text_area.textCursor().selectedText().replace("\u2029", "\n")
        sheet = ShareSheet(self.core, self.editor.entry, self, selected=selected)
        sheet.shared.connect(self._on_shared)
        sheet.pdf_asked.connect(self._on_excerpt_pdf)
        sheet.open_over()
        sheet.fit(sheet.pane, scaled(560))

    @Slot(object)
    def _on_shared(self, told: Reach) -> None:
        words = self.tr("The words are with {group} now. “Shared words” lists them, and takes them back.")
        self.message_posted.emit(
            Message(MessageKind.NEWS, words.format(group=told.group), self.tr("Undo"), "quote", key="undo/")
        )

    @Slot(str)
    def _on_excerpt_pdf(self, text: str) -> None:
        core = self.core

        def make(look: Look, target: Path, progress: Progress) -> PdfResult:
            from observe_app.services.pdf.learning_export import excerpt_document, write_pages  # noqa: PLC0415

            return write_pages(excerpt_document(core, text, look), target, progress)

        self.out.ask(self.tr("From my journal"), make)

    @Slot()
    def _on_taken_back(self) -> None:
        words = self.tr("The words are taken back. What somebody copied or printed stays with them.")
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "undo-2", key="undo/"))
        self.reload()

    @Slot(str)
    def _on_visit_asked(self, visit_id: str) -> None:
        self.visit_asked.emit(VisitTarget(visit_id, "follow_up"))

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key=_PROBLEM))

    @Slot(object)
    def _on_save_failed(self, error: ObserveError) -> None:
        told = describe(error)
        words = f"{told.text} {told.hint}".strip()
        self.message_posted.emit(Message(MessageKind.RISK, words, key=_RISK, closable=False))

    @Slot()
    def _on_saved(self) -> None:
        self.message_cleared.emit(_RISK)

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.progress_line.start(self.tr("Writing the PDF"))
        else:
            self.progress_line.finish()

    # --- Qt ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes a third at most."""
        super().resizeEvent(event)
        self.side.setFixedWidth(min(scaled(_SIDE), round(event.size().width() * 0.36)))

    # --- helpers ----------------------------------------------------------------------------------

    def _prompt(self) -> str:
        return prompt_of(today_of(self.core.clock), self._further)

    def _begin(self, prompt: str) -> None:
        if not self.editor.leave():
            return
        self.tabs.setCurrentIndex(ENTRIES)
        self._selected = ""
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())
        self.editor.begin(prompt, shown=prompt_words(prompt))

    def _show_entries(self) -> None:
        every = journals.everything(self.core)
        visits = journals.visits_of(self.core, every)
        found: tuple[JournalEntry, ...] = journals.matching(every, self._words, visits)
        self.model.show_entries(found, visits)
        self._restore_selection()
        searching = bool(self._words.strip())
        self.nothing.setVisible(not found)
        self.nothing.setText(
            self.tr("No entry has words that begin so.") if searching else self.tr("Your entries will stand here.")
        )
        self.list.setVisible(bool(found))
        self.count.setText(self.tr("{n} of {all}").format(n=len(found), all=len(every)) if searching else "")
        self._show_prompt()
        self._show_selected()

    @Slot()
    def _restore_selection(self) -> None:
        number = self.model.number_of(self._selected)
        if number >= 0:
            self.list.setCurrentIndex(self.model.index(number, 0))
        else:
            self.list.clearSelection()

    def _show_selected(self) -> None:
        shown = self.editor.entry.id if self.editor.entry is not None else ""
        if not self._selected or self._selected not in {one.id for one in journals.everything(self.core)}:
            if shown and self.editor.leave():
                self._selected = ""
                self.editor.begin()
            return
        self.editor.show_entry(self._selected)
        if self.editor.entry is not None and self.editor.entry.prompt:
            self.editor.prompt_label.setText(prompt_words(self.editor.entry.prompt))

    def _show_prompt(self) -> None:
        self.prompt_label.setText(prompt_words(self._prompt()))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_header()
        self._build_side()
        self.editor = EntryEditor(self.core, self)
        entries = QWidget(self)
        row = QHBoxLayout(entries)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.editor, 1)
        self.shared = SharedView(self.core, self)
        self.portfolios = PortfolioView(self.core, self.out, self)
        self.views = QStackedWidget(self)
        for view in (entries, self.shared, self.portfolios):
            self.views.addWidget(view)
        self.progress_line = ProgressLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress_line)
        column.addWidget(self.views, 1)

    def _build_header(self) -> None:
        self.header = PageHeader()
        names = (self.tr("Entries"), self.tr("Shared words"), self.tr("Portfolio"))
        self.tabs = StageTabs(names, self.header, height=scaled(TABS_HIGH))
        self.tabs.setObjectName("journal_tabs")
        self.tabs.setAccessibleName(self.tr("Parts of the journal"))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.search = SearchField(self.tr("Find in your journal"), self.header)
        self.search.setObjectName("journal_search")
        self.search.setMaximumWidth(scaled(320))
        self.count = TextLabel("", self.header, step="small", tone="muted", tabular=True)
        self.new_button = Button(self.tr("New entry"), self.header, kind=ButtonKind.PRIMARY, icon="pencil-line")
        self.new_button.setObjectName("journal_new")
        row = QHBoxLayout(self.header)
        margin = tokens().size.margin
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(scaled(NAME_GAP))
        row.addWidget(TextLabel(self.tr("Journal"), self.header, step="page", weight=600))
        row.addWidget(self.tabs)
        row.addWidget(self.search, 1)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.new_button)
        self.header.setFixedHeight(scaled(TABS_HIGH))
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _build_side(self) -> None:
        self.side = Plane("list", self)
        self.model = EntryModel(self.core, self)
        self.list = EntryList(self.model, self.side)
        self.private_label = TextLabel(
            self.tr("Only you. In no PDF, export or shared folder unless you pick the words yourself."),
            self.side,
            step="small",
            tone="muted",
            wrap=True,
        )
        self.prompt_label = TextLabel("", self.side, step="text", tone="ink", wrap=True)
        self.prompt_label.setObjectName("week_prompt")
        self.answer_button = Button(self.tr("Write about it"), self.side, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.answer_button.setObjectName("prompt_answer")
        self.another_button = Button(self.tr("Another one"), self.side, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.another_button.setObjectName("prompt_another")
        self.nothing = TextLabel("", self.side, tone="muted", wrap=True)
        self.nothing.setContentsMargins(24, 12, 24, 12)
        acts = QHBoxLayout()
        acts.setSpacing(scaled(12))
        acts.addWidget(self.answer_button)
        acts.addWidget(self.another_button)
        acts.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(24, 16, 16, 12)
        top.setSpacing(scaled(6))
        top.addWidget(self.prompt_label)
        top.addLayout(acts)
        low = QVBoxLayout()
        low.setContentsMargins(24, 10, 16, 12)
        low.addWidget(self.private_label)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(low)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.search.textEdited.connect(self._on_search_edited)
        self.search.left_downwards.connect(self._on_left_search)
        self.list.selected.connect(self._on_selected)
        self.list.opened.connect(self._on_opened)
        self.new_button.clicked.connect(self.new_entry)
        self.answer_button.clicked.connect(self._on_answer)
        self.another_button.clicked.connect(self._on_another)
        self.editor.began.connect(self._on_began)
        self.editor.visit_asked.connect(self._on_visit_asked)
        self.editor.share_asked.connect(self._on_share)
        self.editor.delete_asked.connect(self._on_delete)
        self.editor.failed.connect(self._on_save_failed)
        self.editor.saved.connect(self._on_saved)
        self.shared.taken_back.connect(self._on_taken_back)
        self.shared.failed.connect(self._on_failed)
        self.portfolios.failed.connect(self._on_failed)
        self.portfolios.message_posted.connect(self.message_posted)
        self.out.message_posted.connect(self.message_posted)
        self.out.failed.connect(self._on_failed)
        self.out.busy_changed.connect(self._on_busy)
        self.progress_line.stopped.connect(self.out.stop)

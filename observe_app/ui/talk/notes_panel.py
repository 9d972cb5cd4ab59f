"""The left side of Talk: find a note or a view, pick it, send it to a claim by key, button or drag."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.talk.filter_bar import FilterBar, FilterButton
from observe_app.ui.talk.marks import KINDS, kind_key
from observe_app.ui.talk.note_filter import Around, Narrow, NoteFilter, Wish
from observe_app.ui.talk.notes_list import NotesList
from observe_app.ui.talk.notes_model import NotesModel
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.talk.side_parts import KeyButton, StarredChip
from observe_app.ui.talk.source import Picked
from observe_app.ui.talk.undo_note import UndoNote
from observe_app.ui.talk.views_list import ViewsList, ViewsModel
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import KeyCap, Plane, Rule, SearchField, StageTabs, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.event import Event
    from observe_app.services.lesson_views import LessonView

_EDGE = 20
_KEYS = 4
_TABS = 36


class NotesPanel(Plane):
    """Notes and views in turn, search and filter of the notes, and the keys that send either on.

    Signals:
        send_asked: ClaimKind of the new claim that the picked notes become evidence for.
        link_asked: what is picked becomes evidence of the selected claim or answer.
        write_asked: the selected claim is to be written. keys_asked: the card of keys is wanted.
    """

    send_asked = Signal(object)
    link_asked = Signal()
    write_asked = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.model = NotesModel(self)
        self.list = NotesList(self.model, self)
        self.views_model = ViewsModel(self)
        self.views = ViewsList(self.views_model, self)
        self.tabs = StageTabs((self.tr("Notes"), self.tr("Views")), self, height=scaled(_TABS))
        self.tabs.setAccessibleName(self.tr("Notes, or what they add up to"))
        self.tabs.setToolTip(self.tr("V shows what the lesson adds up to, and the notes again"))
        self.search = SearchField(self.tr("Find in notes"), self)
        self.filter_button = FilterButton(self)
        self.filter_bar = FilterBar(self)
        self.starred = StarredChip(self)
        self.no_views = TextLabel("", self, step="text", tone="muted", wrap=True)
        self._events: tuple[Event, ...] = ()
        self._item_names: dict[str, str] = {}
        self._view_words: dict[str, str] = {}
        self._narrow = self._reading = False
        self.nothing = TextLabel("", self, step="text", tone="muted", wrap=True)
        self.undo_note = UndoNote(self)
        self.keys: dict[ClaimKind, KeyButton] = {}
        self.keys_button = KeyButton("F1", self.tr("keys"), self)
        self.keys_button.setObjectName("talk_keys")
        self.keys_button.setToolTip(self.tr("Every key of this page"))
        self._build()
        self._order_tabs()
        self.search.textEdited.connect(self._on_words)
        self.search.left_downwards.connect(self._on_down)
        self.starred.clicked.connect(self._on_starred)
        self.filter_button.wished.connect(self.toggle_wish)
        self.filter_bar.wished.connect(self.toggle_wish)
        self.filter_bar.cleared.connect(self.show_all)
        self.list.escaped.connect(self.show_all)
        self.tabs.currentChanged.connect(self._on_tab)
        for button in self.keys.values():
            button.clicked.connect(self._on_key_clicked)
        self.link_button.clicked.connect(self.link_asked)
        self.keys_button.clicked.connect(self.keys_asked)
        for rows in (self.list, self.views):
            rows.write_asked.connect(self.write_asked)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(_EDGE, 10, _EDGE, 8)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.filter_button)
        top.addWidget(self.starred)
        foot = self._build_foot()
        edge = QHBoxLayout()
        edge.setContentsMargins(_EDGE, 0, _EDGE, 0)
        edge.addWidget(Rule(self, line="line"))
        self.nothing.setContentsMargins(_EDGE, 8, _EDGE, 8)
        self.no_views.setContentsMargins(_EDGE, 14, _EDGE, 8)
        bar = QHBoxLayout()
        bar.setContentsMargins(_EDGE, 0, _EDGE, 4)
        bar.addWidget(self.filter_bar)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(_page(top, bar, self.nothing, self.list))
        gap = QHBoxLayout()
        gap.addSpacing(1)
        gap.setContentsMargins(0, 8, 0, 0)
        self._pages.addWidget(_page(gap, self.no_views, self.views))
        tabs = QHBoxLayout()
        SideMargins(self, tabs, (_EDGE - 12, 4, _EDGE, 0))
        tabs.addWidget(self.tabs)
        tabs.addSpacing(4)
        tabs.addWidget(KeyCap("V", self))
        tabs.addStretch(1)
        tabs.addWidget(self.keys_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self.undo_note)
        column.addLayout(edge)
        column.addLayout(foot)

    def _build_foot(self) -> QGridLayout:
        words = {
            ClaimKind.STRENGTH: self.tr("strength"),
            ClaimKind.GROWTH: self.tr("to grow"),
            ClaimKind.QUESTION: self.tr("question"),
        }
        self._foot = foot = QGridLayout()
        foot.setContentsMargins(_EDGE - 4, 2, _EDGE, 4)
        foot.setSpacing(6)
        foot.setVerticalSpacing(0)
        for kind in KINDS:
            self.keys[kind] = KeyButton(kind_key(kind), words[kind], self)
            self.keys[kind].setObjectName(f"send_{kind.value}")
            self.keys[kind].setToolTip(
                self.tr(
                    "Make a claim with the picked notes as its evidence, or drag them there; with Shift without them"
                )
            )
        self.link_button = KeyButton("L", self.tr("link"), self)
        self.link_button.setToolTip(self.tr("Link what is picked to the selected claim or answer"))
        self.drag_hint = TextLabel(self.tr("or drag"), self, step="small", tone="muted")
        foot.addWidget(self.drag_hint, 0, _KEYS + 1)
        foot.setColumnStretch(_KEYS, 1)
        self._in_rows_of = 0
        self._lay_keys()
        return foot

    def _order_tabs(self) -> None:
        # The list comes first: that is where a person starts, and where the keys are pressed.
        parts = (self.list, self.views, self.tabs, self.search, self.filter_button, self.starred)
        order = (*parts, self.filter_bar.clear_button, *self.keys.values(), self.link_button, self.keys_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    @property
    def picked(self) -> Picked:
        """What is picked on the side that is shown."""
        if self.shows_views:
            return Picked(views=self.views.picked_ids())
        return Picked(events=self.list.picked_ids())

    @property
    def shows_views(self) -> bool:
        """Whether the views are shown, and not the notes."""
        return self.tabs.currentIndex() == 1

    @property
    def shown_list(self) -> NotesList | ViewsList:
        """The list that is shown: where the keyboard goes."""
        return self.views if self.shows_views else self.list

    def set_notes(
        self,
        events: Sequence[Event],
        kinds: Mapping[str, tuple[ClaimKind, ...]],
        around: Around | None = None,
        names: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """Show the notes of these events with the kinds of claim that they stand under."""
        self._events = tuple(events)
        self._item_names = {item: name for (item, code), name in (names or {}).items() if not code}
        self.model.set_notes(events, kinds, around, names)
        count = len(self.model.notes)
        self.search.setPlaceholderText(
            self.tr("Find in {n} notes").format(n=count) if count > 1 else self.tr("Find in notes")
        )
        self.tabs.setTabText(0, self.tr("Notes {n}").format(n=count))
        self.starred.set_count(self.model.starred)
        self.filter_button.setVisible(count > 0)
        self._tell_filter()

    def set_views(self, views: Sequence[LessonView], kinds: Mapping[str, tuple[ClaimKind, ...]]) -> None:
        """Show these views with the kinds of claim that they stand under."""
        self._view_words = {view.key: view.text for view in views}
        self.views_model.set_views(views, kinds)
        self.tabs.setTabText(1, self.tr("Views {n}").format(n=len(views)))
        words = self.tr(
            "Nothing to count yet. Speakers, tags, phases and what the form counts appear here as sentences."
        )
        self.no_views.setText("" if views else words)
        self.no_views.setVisible(not views)
        self.views.setVisible(bool(views))

    @Slot()
    def switch(self) -> None:
        """Show the views instead of the notes, or the other way round; the keyboard goes along."""
        self.tabs.setCurrentIndex(0 if self.shows_views else 1)
        target = self.tabs if self.shown_list.isHidden() else self.shown_list
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def toggle_wish(self, wish: Wish) -> None:
        """Ask one thing more of the notes, or no longer."""
        self._narrow_to(self.model.filter.toggled(wish))

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Show exactly the events that a view counts."""
        self.tabs.setCurrentIndex(0)
        self.search.clear()
        self._narrow_to(NoteFilter().only((Narrow.VIEW, key)))
        if self.model.rowCount():
            self.list.pick(self.model.id_at(0))

    @Slot()
    def show_all(self) -> None:
        """Show every note again; the one that is picked stays picked."""
        picked = self.list.picked_ids()
        self.search.clear()
        self._narrow_to(NoteFilter())
        if picked:
            self.list.pick(picked[0])

    def set_claim_selected(self, selected: bool) -> None:
        """Say whether there is a claim to link to."""
        self.link_button.setEnabled(selected)

    def set_reading(self, *, reading: bool) -> None:
        """Show no keys that make claims to somebody who may only read them."""
        for button in (*self.keys.values(), self.link_button):
            button.setVisible(not reading)
        self._reading = reading
        self.drag_hint.setVisible(not reading and not self._narrow)

    def set_narrow(self, *, narrow: bool) -> None:
        """Give up what is only a hint where there is little room."""
        self._narrow = narrow
        self._tell_filter()
        self.drag_hint.setVisible(not narrow and not self._reading)
        self._foot.setHorizontalSpacing(0 if narrow else 6)
        self._foot.setContentsMargins(_EDGE - (10 if narrow else 4), 2, 4 if narrow else _EDGE, 4)
        self._lay_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys take a second line rather than losing their words."""
        super().resizeEvent(event)
        self._lay_keys()

    def _lay_keys(self) -> None:
        buttons = (*self.keys.values(), self.link_button)
        margins, gap = self._foot.contentsMargins(), self._foot.horizontalSpacing()
        wanted = sum(button.sizeHint().width() + gap for button in buttons) + margins.left() + margins.right() - gap
        each = _KEYS if wanted <= self.width() else _KEYS // 2
        if each == self._in_rows_of:
            return
        self._in_rows_of = each
        for place, button in enumerate(buttons):
            self._foot.removeWidget(button)
            self._foot.addWidget(button, place // each, place % each)

    @Slot(str)
    def show_note(self, event_id: str) -> None:
        """Select a note, dropping the filters that hide it."""
        self.tabs.setCurrentIndex(0)
        if not self.list.pick(event_id):
            self.show_all()
            self.list.pick(event_id)

    def changeEvent(self, event: QEvent) -> None:
        """A theme switch repaints the rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.list.viewport().update()
            self.views.viewport().update()

    @Slot(str)
    def _on_words(self, words: str) -> None:
        self._narrow_to(replace(self.model.filter, words=words))

    @Slot()
    def _on_starred(self) -> None:
        self.toggle_wish((Narrow.STARRED, ""))

    @Slot()
    def _on_tab(self) -> None:
        had = self.list.hasFocus() or self.views.hasFocus()
        self._pages.setCurrentIndex(self.tabs.currentIndex())
        if had:  # or Qt would hand the keyboard to whatever comes next
            self.shown_list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.pick(self.model.event_at(0).id)

    @Slot()
    def _on_key_clicked(self) -> None:
        sender = self.sender()
        for kind, button in self.keys.items():
            if button is sender:
                self.send_asked.emit(kind)

    def _narrow_to(self, wanted: NoteFilter) -> None:
        self.model.narrow(wanted)
        self._tell_filter()

    def _tell_filter(self) -> None:
        wanted, offers = self.model.filter, self.model.offers
        names = {phase.event: phase.name for phase, _count in offers.phases}
        self.filter_button.set_offers(offers, self._item_names, wanted)
        self.filter_bar.show_filter(
            wanted, {wish: self._wish_words(wish, names) for wish in wanted.wishes}, self._left()
        )
        self.starred.setChecked((Narrow.STARRED, "") in wanted.wishes)
        self.starred.setVisible(not self._narrow and bool(self.model.starred or self.starred.isChecked()))
        self._say_nothing()

    def _left(self) -> str:
        shown, of = self.model.rowCount(), len(self.model.notes)
        numbers = QLocale()
        if self.model.filter.values(Narrow.VIEW):  # what a view counts need not be notes
            return self.tr("1 event") if shown == 1 else self.tr("{n} events").format(n=numbers.toString(shown))
        return self.tr("{n} of {of} notes").format(n=numbers.toString(shown), of=numbers.toString(of))

    def _wish_words(self, wish: Wish, phase_names: Mapping[str, str]) -> str:
        what, value = wish
        if what is Narrow.STARRED:
            return self.tr("Starred")
        if what is Narrow.UNUSED:
            return self.tr("Not used yet")
        if what is Narrow.TAG:
            return f"#{value}"
        if what is Narrow.ITEM:
            return self._item_names.get(value, value)
        if what is Narrow.PHASE:
            return phase_names.get(value, "") or self.tr("Phase")
        return self._view_words.get(value, value) if what is Narrow.VIEW else value

    def _say_nothing(self) -> None:
        if not self.model.notes:
            words = self.tr("No notes yet. What you write down in Observe appears here.")
        elif not self.model.rowCount():
            words = self.tr("No note fits. Escape shows them all.")
        else:
            words = ""
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))


def _page(*parts: QWidget | QHBoxLayout) -> QWidget:
    page = QWidget()
    page.setProperty("plane", "none")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        if isinstance(part, QHBoxLayout):
            column.addLayout(part)
        else:
            column.addWidget(part, 1 if part is parts[-1] else 0)
    column.addStretch(0)
    return page

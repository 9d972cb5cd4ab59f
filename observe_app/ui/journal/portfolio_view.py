"""Portfolios: what its owner picks from their year, the order, a foreword, and the PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import NotFound, ObserveError
from observe_app.domain.portfolio import Pick, PickKind, picks_of
from observe_app.services.learning import portfolio
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.i18n import long_date
from observe_app.ui.journal.pick_row import PickRow
from observe_app.ui.journal.pick_sheets import DaysSheet, PickSheet, WordsSheet
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    EmptyState,
    Field,
    Message,
    MessageKind,
    Plane,
    ScrollPane,
    SectionHead,
    TextArea,
    TextLabel,
)
from observe_app.ui.widgets.flow import FlowRow
from observe_app.ui.widgets.layout import Rule, bounded, clear_layout

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.changes import Seen
    from observe_app.domain.portfolio import Portfolio
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.pdf.term_export import Look
    from observe_app.ui.hours.out import PdfOut

_WIDE = 780


class PortfolioView(Plane):
    """One portfolio at a time.

    Signals:
        message_posted: `Message`. failed: the `ObserveError` of something that could not be done.
    """

    message_posted = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, out: PdfOut, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("portfolio_view")
        self._core, self._out = core, out
        self.portfolio: Portfolio | None = None
        self._seen: Seen = NOTHING_SEEN
        self._wanted = ""
        self.rows: list[PickRow] = []
        self._saver = FieldSaver(self._write, self)
        self._build()
        self._saver.failed.connect(self.failed)

    # --- public -----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Show what is stored now.

        Raises:
            ObserveError: it cannot be read.
        """
        found = portfolio.listing(self._core)
        self.empty.setVisible(not found)
        self.pane.setVisible(bool(found))
        if self._wanted not in {one.id for one in found}:
            self._wanted = found[0].id if found else ""
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in found:
            self.choice.addItem(one.title, one.id)
        self.choice.setCurrentIndex(max(self.choice.findData(self._wanted), 0))
        self.choice.blockSignals(False)
        if self._wanted:
            self._show(self._wanted)
        else:
            self.portfolio = None

    def leave(self) -> bool:
        """Keep what is being written; False when it could not be kept."""
        return self._saver.leave()

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, portfolio_id: str) -> None:
        opened = portfolio.open_portfolio(self._core, portfolio_id)
        same = self.portfolio is not None and self.portfolio.id == portfolio_id
        self.portfolio, self._seen = opened.value, opened.seen
        (self._saver.load if same else self._saver.reset)({"foreword": opened.value.foreword}, opened.seen)
        one = opened.value
        days = [long_date(day) for day in (one.first, one.last) if day is not None]
        self.days.setText(
            self.tr("{first} to {last}").format(first=days[0], last=days[1]) if len(days) > 1 else "".join(days)
        )
        self._show_picks()

    def _show_picks(self) -> None:
        if self.portfolio is None:
            return
        chosen = portfolio.chosen(self._core, self.portfolio)
        focused = self._focused_act()
        clear_layout(self._picks)
        self.rows = []
        for place, one in enumerate(chosen):
            row = PickRow(place, len(chosen), one, self._core, self)
            row.moved.connect(self._on_moved)
            row.removed.connect(self._on_removed)
            row.edit_asked.connect(self._on_edit)
            row.named.connect(self._on_named)
            self.rows.append(row)
            self._picks.addWidget(row)
            self._picks.addWidget(Rule(self))
        self.head.set_right(str(len(chosen)) if chosen else "")
        self.nothing.setVisible(not chosen)
        names = portfolio.names_told(self._core, self.portfolio)
        if names:
            words = self.tr("Other people named in it: {people}. Ask them, or write it in other words.")
            self.names.setText(words.format(people=", ".join(names)))
        else:
            self.names.setText(self.tr("Nobody else whom this record knows is named in it."))
        self.names.set_tone("warm" if names else "muted")
        self.pdf_button.set_disabled_because(
            "" if chosen or self.portfolio.foreword else self.tr("Pick something first")
        )
        self._focus_act(focused)

    def _focused_act(self) -> tuple[int, str]:
        for row in self.rows:
            for name in ("up_button", "down_button", "remove_button"):
                if getattr(row, name).hasFocus():
                    return row.place, name
        return -1, ""

    def _focus_act(self, act: tuple[int, str]) -> None:
        """Keep the keyboard with what was moved."""
        place, name = act
        if name and self.rows:
            row = self.rows[min(place, len(self.rows) - 1)]
            button = getattr(row, name)
            (button if button.isEnabled() else row.remove_button).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        if self.portfolio is None:
            return {name: value}, NOTHING_SEEN
        made = portfolio.edit(self._core, portfolio_id=self.portfolio.id, seen=seen, **{name: value})
        self.portfolio, self._seen = made.value, made.seen
        return {"foreword": made.value.foreword}, made.seen

    def _set_picks(self, picks: tuple[Pick, ...]) -> None:
        if self.portfolio is None or not self.leave():
            return
        try:
            seen = portfolio.open_portfolio(self._core, self.portfolio.id).seen
            made = portfolio.edit(self._core, portfolio_id=self.portfolio.id, seen=seen, picks=picks)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.portfolio, self._seen = made.value, made.seen
        self._saver.load({"foreword": made.value.foreword}, made.seen)
        self._show_picks()

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What is picked, in order."""
        return picks_of(self.portfolio.picks) if self.portfolio is not None else ()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        if self.leave():
            self._wanted = str(self.choice.currentData() or "")
        self.reload()

    @Slot()
    def new_portfolio(self) -> None:
        """Ask for a title and days, and begin one."""
        if self.leave():
            self._open_days(DaysSheet(self._core, None, self))

    @Slot()
    def _on_days(self) -> None:
        if self.leave() and self.portfolio is not None:
            self._open_days(DaysSheet(self._core, self.portfolio, self))

    def _open_days(self, sheet: DaysSheet) -> None:
        sheet.made.connect(self._on_made)
        sheet.open_with(sheet.title_line)

    @Slot(str)
    def _on_made(self, portfolio_id: str) -> None:
        self._wanted = portfolio_id
        self.reload()

    @Slot()
    def _on_delete(self) -> None:
        if self.portfolio is None:
            return
        gone = self.portfolio
        try:
            portfolio.delete(self._core, portfolio_id=gone.id, seen=self._seen)
        except NotFound:
            pass
        except ObserveError as error:
            self.failed.emit(error)
            return
        words = self.tr("“{title}” is deleted; what was picked for it stays in your journal.").format(title=gone.title)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
        self.reload()

    @Slot()
    def _on_pick(self) -> None:
        if self.portfolio is None or not self.leave():
            return
        taken = frozenset((one.kind, one.target_id) for one in self.picks)
        sheet = PickSheet(self._core, self.portfolio, taken, self)
        sheet.picked.connect(self._on_picked)
        sheet.open_over()
        sheet.fit(sheet.pane, scaled(560))

    @Slot(object)
    def _on_picked(self, found: tuple[Pick, ...]) -> None:
        self._set_picks((*self.picks, *found))

    @Slot()
    def _on_own(self) -> None:
        sheet = WordsSheet(self.tr("Own words"), "", "", self, hint=self.tr("A heading begins a part of its own."))
        sheet.written.connect(self._on_own_written)
        sheet.open_with(sheet.heading_line)

    @Slot(str, str)
    def _on_own_written(self, heading: str, words: str) -> None:
        self._set_picks((*self.picks, Pick(PickKind.WORDS, "", words, heading)))

    @Slot(int, int)
    def _on_moved(self, place: int, by: int) -> None:
        made = list(self.picks)
        if 0 <= place + by < len(made):
            made.insert(place + by, made.pop(place))
            name = "up_button" if by < 0 else "down_button"
            getattr(self.rows[place + by], name).setFocus(Qt.FocusReason.OtherFocusReason)
            self._set_picks(tuple(made))

    @Slot(int)
    def _on_removed(self, place: int) -> None:
        self._set_picks(tuple(one for at, one in enumerate(self.picks) if at != place))

    @Slot(int, bool)
    def _on_named(self, place: int, on: bool) -> None:
        self._set_picks(tuple(replace(one, named=on) if at == place else one for at, one in enumerate(self.picks)))

    @Slot(int)
    def _on_edit(self, place: int) -> None:
        self._editing = place
        one = self.rows[place].chosen
        hint = "" if one.pick.kind is PickKind.WORDS else self.tr("The record itself stays as it is.")
        sheet = WordsSheet(self.tr("Words in the portfolio"), one.heading, one.text, self, hint=hint)
        sheet.written.connect(self._on_edited)
        sheet.open_with(sheet.words_area)

    @Slot(str, str)
    def _on_edited(self, heading: str, words: str) -> None:
        place = self._editing
        if not 0 <= place < len(self.rows):
            return
        offer = self.rows[place].chosen.offer
        kept = "" if offer is not None and words == offer.text.strip() else words
        titled = "" if offer is not None and heading == offer.heading else heading
        made = list(self.picks)
        made[place] = replace(made[place], heading=titled, words=kept)
        self._set_picks(tuple(made))

    @Slot()
    def _on_pdf(self) -> None:
        if self.portfolio is None or not self.leave():
            return
        core, wanted = self._core, self.portfolio.id

        def make(look: Look, target: Path, progress: Progress) -> PdfResult:
            from observe_app.services.pdf.learning_export import export_portfolio  # noqa: PLC0415

            return export_portfolio(core, wanted, target, look=look, progress=progress)[1]

        self._out.ask(self.portfolio.title, make)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._editing = -1
        begin = Button(self.tr("Begin a portfolio"), self, kind=ButtonKind.PRIMARY, icon="plus")
        begin.setObjectName("portfolio_begin")
        begin.clicked.connect(self.new_portfolio)
        self.empty = EmptyState(
            self.tr("No portfolio yet"),
            self.tr(
                "Pick what shows your year: entries, words you shared, steps you closed, strengths others saw in your "
                "lessons, certificates. You choose, you put it in order, and only you decide who reads it."
            ),
            self,
            buttons=(begin,),
        )
        self.choice = ComboBox(self)
        self.choice.setObjectName("portfolio_choice")
        self.choice.setAccessibleName(self.tr("Portfolio"))
        self.choice.setMinimumWidth(scaled(240))
        self.choice.setMaximumWidth(scaled(420))
        self.choice.setMinimumContentsLength(16)
        self.choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.days = TextLabel("", self, step="small", tone="muted")
        self.pick_button = self._button(self.tr("Pick from the year"), "portfolio_pick", "list-checks")
        self.own_button = self._button(self.tr("Own words"), "portfolio_own", "pencil-line")
        self.pdf_button = self._button(self.tr("Make the PDF"), "portfolio_pdf", "file-down")
        self.pdf_button.set_kind(ButtonKind.PRIMARY)
        self.days_button = self._button(self.tr("Title and days"), "portfolio_days", "calendar")
        self.new_button = self._button(self.tr("New"), "portfolio_new", "plus")
        self.delete_button = self._button(self.tr("Delete"), "portfolio_delete", "trash-2")
        self.foreword = TextArea("", self, lines=3, most=10)
        self.foreword.setObjectName("portfolio_foreword")
        self._saver.bind_area("foreword", self.foreword)
        self.head = SectionHead(self.tr("What is in it"), "", self)
        self.nothing = TextLabel(self.tr("Nothing is picked yet."), self, tone="muted")
        self.names = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.names.setObjectName("portfolio_names")
        self._picks = QVBoxLayout()
        self._picks.setSpacing(0)
        self._lay_out()
        self.choice.activated.connect(self._on_chosen)
        self.pick_button.clicked.connect(self._on_pick)
        self.own_button.clicked.connect(self._on_own)
        self.pdf_button.clicked.connect(self._on_pdf)
        self.days_button.clicked.connect(self._on_days)
        self.new_button.clicked.connect(self.new_portfolio)
        self.delete_button.clicked.connect(self._on_delete)

    def _button(self, words: str, name: str, icon: str) -> Button:
        made = Button(words, self, size=ButtonSize.SMALL, icon=icon)
        made.setObjectName(name)
        return made

    def _lay_out(self) -> None:
        self.pane = ScrollPane(self)
        held = QWidget(self.pane)
        inside = QVBoxLayout(held)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(scaled(10))
        top = QHBoxLayout()
        top.setSpacing(scaled(12))
        top.addWidget(self.choice)
        top.addWidget(self.days, 1)
        acts = FlowRow(held, gap=scaled(8))
        for button in (
            self.pick_button, self.own_button, self.pdf_button, self.days_button, self.new_button, self.delete_button,
        ):  # fmt: skip
            acts.add(button)
        inside.addLayout(top)
        inside.addWidget(acts)
        inside.addWidget(Field(self.tr("Foreword"), self.foreword, held))
        inside.addWidget(self.head)
        inside.addWidget(self.nothing)
        inside.addLayout(self._picks)
        inside.addWidget(self.names)
        self.pane.body.addLayout(bounded(held, scaled(_WIDE)))
        self.pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.pane)

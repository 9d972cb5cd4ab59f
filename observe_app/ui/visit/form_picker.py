"""The choice of a form for a visit: find it, read what it is for, look at it, take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import FormInvalid, NotFound
from observe_app.domain.form import text_in
from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.ui.errors import describe
from observe_app.ui.moments import list_date, local, today_of
from observe_app.ui.theme import tokens
from observe_app.ui.visit.form_choice import FormChoice
from observe_app.ui.visit.form_list import FormList
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Rule, ScrollPane, SearchField, TextLabel
from observe_app.ui.widgets.layout import SCROLL_BAR

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.form import Form
    from observe_app.domain.visit import Visit, VisitRow
    from observe_app.services.catalogue import CatalogueEntry
    from observe_app.services.core import Core

_FEW = 8
"""With so many forms nobody has to search."""
_LATELY, _LOOKED_AT = 3, 50
_TIGHT_ROWS = 14
"""A column that is not as high as so many rows has no room for more than the list and a few lines."""


class FormPicker(QWidget):
    """Search line, list, and under it the one that is looked at: what it is for, and a way to see it.

    Signals:
        chosen: id of the form the person chose, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._visit: Visit | None = None
        self._entries: dict[str, CatalogueEntry] = {}
        self._lately: tuple[tuple[str | None, str], tuple[VisitRow, ...]] | None = None
        self._at = ""
        self.search = SearchField(self.tr("Find a form"), self)
        self.search.setObjectName("find_form")
        self.list = FormList(self, after=self.search)
        self.note = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.note.setObjectName("form_note")
        self.note.hide()
        self.pane = ScrollPane(self, plane="side", margin=0)
        self.pane.body.setContentsMargins(0, 0, SCROLL_BAR, 0)
        self.pane.body.addWidget(self.list)
        self.pane.body.addStretch(1)
        self._build()
        self.search.textEdited.connect(self._on_words)
        self.search.left_downwards.connect(self.list.go_in)
        self.search.returnPressed.connect(self._on_entered)
        self.list.chosen.connect(self.chosen)
        self.list.reached.connect(self._on_reached)
        self.look_button.clicked.connect(self._on_look)
        self.use_button.clicked.connect(self._on_use)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the list keeps most of it: the purpose scrolls."""
        super().resizeEvent(event)
        self._fit()
        focused = QApplication.focusWidget()
        if not isinstance(focused, FormChoice):
            QTimer.singleShot(0, self, self._show_chosen)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order; the list puts its rows after the search line."""
        return self.search, self.use_button, self.look_button

    def say(self, words: str) -> None:
        """Say under the list why a form was not taken; "" for nothing."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def show_visit(self, visit: Visit) -> None:
        """Offer every form with the visit's one chosen, those used lately with this teacher first."""
        self._visit = visit
        entries = self._core.catalogue.entries()
        self._entries = {entry.form_id: entry for entry in entries if not entry.problems}
        today = today_of(self._core.clock)
        lately = {
            row.form_id: list_date(local(when, row.zone).date(), today) if (when := row.started or row.start) else ""
            for row in self._used_lately(visit)
        }
        words = self.tr("Lately with {name}").format(name=visit.teacher) if lately else ""
        built = self.list.show_forms(entries, visit.form_id, visit.form_title, lately, words)
        self.search.setVisible(len(entries) > _FEW)
        row = self.list.row_of(self._at)
        if built or row is None or not row.hasFocus():
            self._at = visit.form_id
        self._show_details()
        self._fit()
        if built:
            QTimer.singleShot(0, self, self._show_chosen)

    # --- slots ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_words(self, words: str) -> None:
        self.list.narrow(words)
        self.pane.verticalScrollBar().setValue(0)

    @Slot()
    def _on_entered(self) -> None:
        """Enter takes the first form that was found; without words it goes on to the list."""
        self.list.go_in()
        if self.search.text().strip():
            for first in self.list.rows[:1]:
                first.click()

    @Slot(object)
    def _on_reached(self, row: FormChoice) -> None:
        self._at = row.form_id
        self._show_details()
        self._fit()
        self.pane.ensureWidgetVisible(row, 0, row.height())

    @Slot()
    def _show_chosen(self) -> None:
        row = self.list.chosen_row
        if row is not None:
            self.pane.ensureWidgetVisible(row, 0, row.height())

    @Slot()
    def _on_use(self) -> None:
        row = self.list.row_of(self._at)
        if row is not None:
            row.setFocus()
            row.click()

    @Slot()
    def _on_look(self) -> None:
        from observe_app.ui.visit.form_look import FormLook  # noqa: PLC0415  (the page shows without it)

        try:
            form = self._form(self._at)
        except (FormInvalid, NotFound) as error:
            told = describe(error)
            self.say(f"{told.text} {told.hint}".strip())
            return
        if form is None:
            return
        chosen = self._visit is not None and self._visit.form_id == form.id
        sheet = FormLook(form, self, chosen=chosen)
        sheet.accepted.connect(self._on_use)
        sheet.open_over()

    # --- helpers ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Give the purpose the height it wants, up to a share of the whole; the rest of it scrolls."""
        wanted = self.purpose_words.heightForWidth(max(40, self.width() - 2 * SCROLL_BAR))
        line = tokens().type["small"].line
        share = self.height() // (4 if self._tight_now() else 2)
        self.purpose_pane.setFixedHeight(max(line, min(wanted, share // line * line)))
        self.purpose_pane.setVisible(bool(self.purpose_words.text()))
        self.version_words.setVisible(bool(self.version_words.text()) and not self._tight_now())

    def _tight_now(self) -> bool:
        return self.height() < _TIGHT_ROWS * tokens().size.row_item

    def _form(self, form_id: str) -> Form | None:
        visit = self._visit
        if visit is not None and visit.form_id == form_id:
            return visits.form_of(visit)
        return self._core.catalogue.form(form_id)

    def _used_lately(self, visit: Visit) -> tuple[VisitRow, ...]:
        key = visit.teacher_id, visit.teacher
        if self._lately is None or self._lately[0] != key:
            self._lately = key, _forms_lately(self._core, visit)
        return self._lately[1]

    def _show_details(self) -> None:
        visit, entry, at = self._visit, self._entries.get(self._at), self._at
        language = QLocale().name()
        mine = visit is not None and visit.form_id == at
        self.use_button.setVisible(not mine)
        self.look_button.setVisible(bool(at))
        if not at:
            self.name_words.setText(self.tr("No form"))
            self.purpose_words.setText(self.tr("Notes and the clock alone. A form can still be taken later."))
            self.version_words.setText("")
            return
        title = text_in(entry.title, language) if entry else ""
        self.name_words.setText(title or (visit.form_title if visit is not None and mine else "") or at)
        purpose = text_in(entry.purpose, language) if entry else ""
        self.purpose_words.setText(purpose)
        self.version_words.setText(self._version(visit if mine else None, entry))

    def _version(self, visit: Visit | None, entry: CatalogueEntry | None) -> str:
        """Say which version is, or would be, used; `visit` where it has this form."""
        if entry is None:
            kept = visit.form_version if visit is not None else 0
            return self.tr("As this visit keeps it, version {n}. It is no longer in the library.").format(n=kept)
        if visit is not None and visit.form_version != entry.version:
            words = self.tr("This visit keeps version {n}; the library has {new}.")
            return words.format(n=visit.form_version, new=entry.version)
        if entry.items == 1:
            return self.tr("1 item, version {version}").format(version=entry.version)
        return self.tr("{n} items, version {version}").format(n=entry.items, version=entry.version)

    def _build(self) -> None:
        self.name_words = TextLabel("", self, weight=600, wrap=True)
        self.purpose_words = TextLabel("", self, step="small", tone="quote", wrap=True)
        self.purpose_words.setMinimumHeight(1)  # a label's own least height is that of a narrower column
        self.version_words = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.look_button = Button(
            self.tr("Look at it"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="scan-eye"
        )
        self.look_button.setObjectName("look_at_form")
        self.use_button = Button(self.tr("Use this form"), self, size=ButtonSize.SMALL)
        self.use_button.setObjectName("use_form")
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.use_button)
        acts.addWidget(self.look_button)
        acts.addStretch(1)
        details = QVBoxLayout()
        details.setContentsMargins(0, 8, 0, 0)
        details.setSpacing(4)
        self.purpose_pane = ScrollPane(self, plane="side", margin=0)
        self.purpose_pane.body.setContentsMargins(0, 0, SCROLL_BAR, 0)
        self.purpose_pane.body.addWidget(self.purpose_words)
        self.purpose_pane.body.addStretch(1)
        for part in (self.name_words, self.purpose_pane, self.version_words):
            details.addWidget(part)
        details.addSpacing(2)
        details.addLayout(acts)
        details.addWidget(self.note)
        top = QHBoxLayout()
        top.setContentsMargins(0, 10, SCROLL_BAR, 6)
        top.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pane, 1)
        rule = QHBoxLayout()
        rule.setContentsMargins(0, 0, SCROLL_BAR, 0)
        rule.addWidget(Rule(self, line="line"))
        column.addLayout(rule)
        column.addLayout(details)


def _forms_lately(core: Core, visit: Visit) -> tuple[VisitRow, ...]:
    """Return other visits to the same teacher, the newest first, one for each form that was used in them."""
    if visit.teacher_id is None:
        return ()
    found: dict[str, VisitRow] = {}
    for row in visits.listing(core, VisitFilter(person_id=visit.teacher_id, limit=_LOOKED_AT)):
        if row.form_id and row.id != visit.id and row.teacher == visit.teacher:
            found.setdefault(row.form_id, row)
    return tuple(found.values())[:_LATELY]

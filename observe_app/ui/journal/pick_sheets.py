"""Sheets of a portfolio: what of one's own year goes in, own words around it, and the days it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid
from observe_app.domain.portfolio import MAX_TITLE, Pick, PickKind
from observe_app.services.learning import portfolio
from observe_app.ui.groups.sheet_base import FieldsSheet, day_field
from observe_app.ui.journal.words import kind_words
from observe_app.ui.moments import list_date, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import LineEdit, SectionHead, TextArea, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.portfolio import Portfolio
    from observe_app.services.core import Core
    from observe_app.services.learning.portfolio import Offer

_SHORT = 110


class OfferRow(QWidget):
    """Something that can be picked: its first words, its day, and whose names stand in it."""

    def __init__(self, offer: Offer, core: Core, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        line = " ".join((offer.heading or offer.text or offer.detail).split())
        short = line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
        self.box = QCheckBox(short.replace("&", "&&"), self)
        parts = [list_date(offer.on, today_of(core.clock))] if offer.on is not None else []
        if offer.names:
            parts.append(self.tr("names {people}").format(people=", ".join(offer.names)))
        self.below = TextLabel(
            " · ".join(parts), self, step="small", tone="warm" if offer.names else "muted", wrap=True
        )
        self.box.setAccessibleDescription(self.below.text())
        text = QVBoxLayout(self)
        text.setContentsMargins(0, 4, 0, 4)
        text.setSpacing(0)
        text.addWidget(self.box)
        indent = QHBoxLayout()
        indent.setContentsMargins(scaled(26), 0, 0, 0)
        indent.addWidget(self.below)
        text.addLayout(indent)


class PickSheet(FieldsSheet):
    """What can be picked, by kind; what is in already is not offered again.

    Signals:
        picked: the `Pick`s that were chosen, in the order in which they happened.
    """

    picked = Signal(object)

    def __init__(self, core: Core, found: Portfolio, taken: frozenset[tuple[PickKind, str]], parent: QWidget) -> None:
        super().__init__("", parent, width=760)
        title = self.tr("Pick from your year")
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.add_lead(
            self.tr(
                "Only what is your own, and of visits only what you may read. Nothing goes in that you do not tick."
            )
        )
        every = portfolio.offers(core, found.first, found.last)
        offers = [one for one in every if (one.kind, one.target_id) not in taken]
        self.rows: list[OfferRow] = []
        at = 0
        for kind in PickKind:
            of_kind = [one for one in offers if one.kind is kind]
            if not of_kind:
                continue
            head = SectionHead(kind_words(kind), str(len(of_kind)), self, step="body", rule="line")
            self.grid.addWidget(head, at, 0, 1, 2)
            at += 1
            for one in of_kind:
                row = OfferRow(one, core, self)
                row.box.toggled.connect(self._on_toggled)
                self.rows.append(row)
                self.grid.addWidget(row, at, 0, 1, 2)
                at += 1
        if not offers:
            words = self.tr("There is nothing else of your own in these days. Widen them, or write words of your own.")
            self.grid.addWidget(TextLabel(words, self, tone="muted", wrap=True), 0, 0, 1, 2)
        self.grid.setVerticalSpacing(scaled(4))
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Put in")).setObjectName("pick_now")
        self._on_toggled()

    def store(self) -> None:
        """Hand the picks over, the earliest first."""
        chosen = [row.offer for row in self.rows if row.box.isChecked()]
        chosen.sort(key=lambda one: (one.on is None, one.on.isoformat() if one.on else "", one.target_id))
        self.picked.emit(tuple(Pick(one.kind, one.target_id) for one in chosen))

    @Slot()
    def _on_toggled(self) -> None:
        count = sum(row.box.isChecked() for row in self.rows)
        if self.main_button is not None:
            self.main_button.setText(self.tr("Put {n} in").format(n=count) if count else self.tr("Put in"))
            self.main_button.set_disabled_because("" if count else self.tr("Tick something first"))
            self.main_button.updateGeometry()


class WordsSheet(FieldsSheet):
    """Own words of a portfolio, or other words for something that was picked.

    Signals:
        written: (heading, words).
    """

    written = Signal(str, str)

    def __init__(self, title: str, heading: str, words: str, parent: QWidget, *, hint: str = "") -> None:
        super().__init__(title, parent, width=700)
        self.heading_line = LineEdit(heading, self)
        self.words_area = TextArea(words, self, lines=8, most=14)
        self.add_field("heading", self.tr("Heading"), self.heading_line, (0, 0, 2))
        self.add_field("text", self.tr("Words"), self.words_area, (1, 0, 2), hint=hint)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep")).setObjectName("words_keep")

    def store(self) -> None:
        """Hand the words over.

        Raises:
            Invalid: there is neither a heading nor a word, or the heading is too long.
        """
        heading, words = self.heading_line.text().strip(), self.words_area.text().strip()
        if not heading and not words:
            raise Invalid("text", "", "empty")
        if len(heading) > MAX_TITLE:
            raise Invalid("heading", heading[:40], "too_long", str(MAX_TITLE))
        self.written.emit(heading, words)


class DaysSheet(FieldsSheet):
    """A new portfolio, or another title and other days for one.

    Signals:
        made: id of the portfolio.
    """

    made = Signal(str)

    def __init__(self, core: Core, found: Portfolio | None, parent: QWidget) -> None:
        super().__init__("", parent, width=620)
        from observe_app.services.learning import hours  # noqa: PLC0415  (for the school's year alone)

        self._core, self._found = core, found
        title = self.tr("A new portfolio") if found is None else self.tr("Title and days")
        self.title_label.setText(title)
        self.setAccessibleName(title)
        today = today_of(core.clock)
        first, last = hours.school_year(core, today) if found is None else (found.first, found.last)
        self.title_line = LineEdit(found.title if found is not None else self.tr("My year"), self)
        hint = self.tr("e.g. 1 August")
        self.first_line = day_field(today, first, self, hint=hint)
        self.last_line = day_field(today, last, self, hint=hint)
        self.add_field("title", self.tr("Title"), self.title_line, (0, 0, 2))
        self.add_field("first", self.tr("From"), self.first_line, (1, 0, 1))
        self.add_field("last", self.tr("To"), self.last_line, (1, 1, 1))
        self.add_safe(self.tr("Cancel"))
        words = self.tr("Begin it") if found is None else self.tr("Keep")
        self.add_main(words, enter_accepts=True).setObjectName("days_keep")

    def store(self) -> None:
        """Keep it.

        Raises:
            ObserveError: no title, or the days are the wrong way round.
        """
        first, last = self.day_of("first", self.first_line), self.day_of("last", self.last_line)
        title = self.title_line.text()
        if self._found is None:
            made = portfolio.add(self._core, title=title, first=first, last=last).value
        else:
            seen = portfolio.open_portfolio(self._core, self._found.id).seen
            made = portfolio.edit(
                self._core, portfolio_id=self._found.id, seen=seen, title=title, first=first, last=last
            ).value
        self.made.emit(made.id)

"""Who can read a visit, by name: who decides about it, whom the teacher added, which copies have left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent  # noqa: TC002  (an override's signature)
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.sync.safety import same_name
from observe_app.domain.sync.shares import ShareRole, VisitRights
from observe_app.services import people, releases
from observe_app.services.sync import authorship, sharing
from observe_app.ui.errors import describe
from observe_app.ui.i18n import short_date, time_of_day
from observe_app.ui.moments import local
from observe_app.ui.theme import scaled
from observe_app.ui.visit.audience_words import role_words, wrote_words
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ElidedLabel,
    LineEdit,
    Rule,
    ScrollPane,
    SectionHead,
    Sheet,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from observe_app.domain.release import Reader
    from observe_app.domain.sync.shares import Taker
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_WIDTH = 680
_MOST_HIGH = 420
_MOST_COPIES = 4


class AudienceSheet(Sheet):
    """Says who reads the record, and takes down whom the teacher lets read it too."""

    def __init__(self, core: Core, visit: Visit, parent: QWidget) -> None:
        super().__init__(self.tr("Who can read this visit"), parent, width=_WIDTH)
        self.setObjectName("audience_sheet")
        self._core, self._visit = core, visit
        self._rights = VisitRights()
        self._pane = ScrollPane(self, margin=0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._pane.body.addLayout(self._rows)
        self._pane.body.addStretch(1)
        self.body.addWidget(self._pane)
        self.edit = LineEdit("", self)
        self.edit.setObjectName("reader_edit")
        self.edit.setAccessibleName(self.tr("Name of somebody whom the teacher lets read it"))
        self.edit.setPlaceholderText(self.tr("Somebody else whom the teacher names"))
        known = dict.fromkeys(row.person.name for row in people.listing(core))
        known |= dict.fromkeys(one.card.name for one in sharing.readable(core, visit.id))
        completer = QCompleter(list(known), self.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)
        self.add_button = Button(self.tr("Add"), self, icon="plus")
        self.add_button.setObjectName("reader_add")
        self._adding = QWidget(self)
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        line.addWidget(self.add_button)
        self.coach_button = Button(self.tr("Add as coach"), self)
        self.coach_button.setObjectName("reader_add_coach")
        self.coach_button.setToolTip(self.tr("A coach also writes in the conversation and the steps"))
        self.coach_button.clicked.connect(self._on_add_coach)
        line.addWidget(self.coach_button)
        self.body.addWidget(self._adding)
        self.said = TextLabel("", self, wrap=True, tone="accent", step="small")
        self.said.hide()
        self.body.addWidget(self.said)
        self.told = TextLabel("", self, wrap=True, tone="quote", step="small")
        self.body.addWidget(self.told)
        self.add_safe(self.tr("Close"))
        self.add_button.clicked.connect(self._on_add)
        self.edit.returnPressed.connect(self._on_add)
        self._show()

    def _show(self) -> None:
        clear_layout(self._rows)
        takers = sharing.takers(self._core, self._visit.id)
        self._rights = sharing.rights(self._core, self._visit.id)
        if takers:
            self._show_takers(takers)
        else:
            self._show_without_folder()
        self.coach_button.setVisible(bool(takers))
        QTimer.singleShot(0, self, self._fit)

    def _show_takers(self, takers: tuple[Taker, ...]) -> None:
        """Show who is sent it through a shared folder: the very rows by which it is encrypted."""
        wrote = authorship.wrote(self._core, self._visit.id)
        if wrote is not None and wrote.named:
            self._rows.addWidget(TextLabel(wrote_words(wrote), self, tone="warm", wrap=True))
            self._rows.addSpacing(scaled(8))
        for taker in takers:
            self._add_taker(taker)
        named = {one.name.casefold() for one in takers}
        for reader in releases.readers(self._core, self._visit.id):
            if reader.name.casefold() not in named:
                self._add_row(reader.name, self.tr("reader"), self.tr("on paper or as a file"))
        self._show_copies()
        self._adding.setVisible(self._rights.decides and self._rights.role is ShareRole.TEACHER)
        self.edit.setPlaceholderText(self.tr("Somebody who is in the shared folder"))
        self.told.setText(self._words_shared(takers))

    def _add_taker(self, taker: Taker) -> None:
        share = taker.share
        school = share.role is ShareRole.SCHOOL
        name = self.tr("The school’s key") if school else taker.name or self.tr("Somebody without a card")
        if taker.me:
            name = self.tr("You")
        button = None
        may = self._rights.decides and self._rights.role is ShareRole.TEACHER and not share.deleted
        if may and share.role in (ShareRole.COACH, ShareRole.READER):
            button = Button(
                self.tr("Remove"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL,
                name=self.tr("{name} is sent nothing more").format(name=name),
            )  # fmt: skip
            button.setProperty("fingerprint", share.fingerprint)
            button.setProperty("reader", name)
            button.clicked.connect(self._on_remove)
        self._add_row(name, role_words(share.role), self._how(taker), button, below=True)

    def _how(self, taker: Taker) -> str:
        """Say how somebody gets it, whether their number was compared, and since when."""
        share, day = taker.share, self._when(taker.share.at)
        if share.deleted:
            return self.tr("removed {when} · keeps what they received").format(when=day)
        parts = []
        if taker.changed:
            parts.append(self.tr("their number changed: nothing is sent until you compared it"))
        elif share.role is ShareRole.SCHOOL:
            parts.append(self.tr("whoever founded the folder turned it on"))
        elif not taker.me:
            parts.append(self.tr("number compared") if taker.checked else self.tr("number not compared yet"))
        if share.ground == "reply":
            parts.append(self.tr("as the teacher’s reply says"))
        if taker.folder and not taker.me:
            parts.append(self.tr("through {folder}").format(folder=taker.folder))
        if day:
            parts.append(self.tr("since {when}").format(when=day))
        return " · ".join(parts)

    def _words_shared(self, takers: tuple[Taker, ...]) -> str:
        teacher = next((one for one in takers if one.share.role is ShareRole.TEACHER and not one.share.deleted), None)
        if self._rights.role is ShareRole.TEACHER:
            return self.tr(
                "You decide who else may read it. Whoever is removed keeps what they received. The observer’s notes "
                "that were not released, and private ones, are with nobody else."
            )
        if self._rights.writes and teacher is not None:
            words = self.tr(
                "{name} decides in the app who else may read it. What you both write goes at once; your own words go "
                "when you release them. Private notes go to nobody."
            )
            return words.format(name=teacher.name)
        return self.tr("The teacher decides who reads it. Whoever is removed keeps what they received.")

    def _show_without_folder(self) -> None:
        stands = releases.latest(self._core, self._visit.id)
        teacher = self._visit.teacher or self.tr("Teacher not named yet")
        observer = self._visit.observer or self.tr("You")
        if stands is not None:
            since = self.tr("decides who else may · since {when}").format(when=self._when(stands.at))
            self._add_row(teacher, self.tr("teacher"), since)
        self._add_row(observer, self.tr("observer"), self.tr("on this computer"))
        if stands is None:
            self._add_row(teacher, self.tr("teacher"), self.tr("once you release it"))
        readers = releases.readers(self._core, self._visit.id)
        for reader in readers:
            self._add_reader(reader)
        if not readers:
            self._add_row(self.tr("Nobody else"), "", self.tr("not the coordinator, not the folder’s owner"))
        self._show_copies()
        self._adding.setVisible(bool(self._visit.teacher))
        self.told.setText(self._words(released=stands is not None))

    def open_over(self) -> None:
        """Show it in its right height at once."""
        super().open_over()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes what the window has."""
        super().resizeEvent(event)
        if self.isVisible():
            self._fit()

    @Slot()
    def _fit(self) -> None:
        self.fit(self._pane, scaled(_MOST_HIGH))

    def _words(self, *, released: bool) -> str:
        if released:
            return self.tr(
                "The teacher decides who else may read it. Enter a name only when the teacher asked for it. "
                "Whoever has a file can read it; private notes are in none."
            )
        return self.tr(
            "Nothing leaves this computer by itself. Once you release it, the teacher reads what you released, "
            "and never a private note."
        )

    def _show_copies(self) -> None:
        copies = releases.copies(self._core, self._visit.id)
        if not copies:
            return
        numbers = {one.id: one.number for one in releases.of_visit(self._core, self._visit.id)}
        self._rows.addSpacing(scaled(14))
        self._rows.addWidget(SectionHead(self.tr("What has left"), str(len(copies)), self, step="body", rule="line"))
        for copy in copies[-_MOST_COPIES:][::-1]:
            number = self.tr("Revision {n}").format(n=numbers.get(copy.release_id, 0))
            way = self.tr("printed") if copy.way == "print" else copy.file_name
            how = f"{way} · {self._when(copy.at)}" if way else self._when(copy.at)
            self._add_row(copy.reader, number, how, file_name=bool(way))

    def _add_row(
        self,
        name: str,
        role: str,
        how: str,
        button: QWidget | None = None,
        *,
        file_name: bool = False,
        below: bool = False,
    ) -> None:
        holder = QWidget(self)
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 8, 0, 8)
        lines.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(10)
        lines.addLayout(row)
        row.addWidget(ElidedLabel(name, holder, weight=600))
        if role:
            row.addWidget(TextLabel(role, holder, tone="muted"))
        row.addStretch(1)
        if file_name:  # of two long texts both give way, beside a few words the name does
            row.addWidget(ElidedLabel(how, holder, tone="muted", align_right=True))
        elif button is not None or below:  # there is no room for all of it in one line
            lines.addWidget(TextLabel(how, holder, step="small", tone="muted", wrap=True))
        else:
            row.addWidget(TextLabel(how, holder, tone="muted"))
        holder.setAccessibleName(", ".join(part for part in (name, role, how) if part))
        if button is not None:
            row.addWidget(button)
        self._rows.addWidget(holder)
        self._rows.addWidget(Rule(self))

    def _add_reader(self, reader: Reader) -> None:
        button = Button(
            self.tr("Take away"),
            self,
            kind=ButtonKind.LINK,
            size=ButtonSize.SMALL,
            name=self.tr("{name} may not read it any more").format(name=reader.name),
        )
        button.setProperty("reader", reader.name)
        button.clicked.connect(self._on_take_away)
        how = (
            self.tr("added by the teacher") if reader.via == "reply" else self.tr("the teacher’s wish, entered by you")
        )
        self._add_row(reader.name, self.tr("reader"), how, button)

    def _when(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        there = local(moment, self._core.clock.zone_name())
        return self.tr("{day}, {time}").format(day=short_date(there.date()), time=time_of_day(there.time()))

    @Slot()
    def _on_add(self) -> None:
        if self.edit.text().strip() and self._let_in(ShareRole.READER):
            self.edit.clear()

    @Slot()
    def _on_add_coach(self) -> None:
        if self.edit.text().strip() and self._let_in(ShareRole.COACH):
            self.edit.clear()

    def _let_in(self, role: ShareRole) -> bool:
        """Let somebody in by their card where they have one; else write down their name."""
        typed = self.edit.text()
        found = [one for one in sharing.readable(self._core, self._visit.id) if same_name(one.card.name, typed)]
        if self._rights.role is not ShareRole.TEACHER or not self._rights.shared or not found:
            return self._set(typed, reads=True)
        card = found[0].card
        act = partial(sharing.add_reader, self._core, visit_id=self._visit.id, fingerprint=card.fingerprint, role=role)
        words = self.tr(
            "{name} gets what you wrote with the next exchange, and the observer’s part once the observer’s computer "
            "has exchanged with the folder too."
        )
        return self._try(act, words, card.name)

    @Slot()
    def _on_remove(self) -> None:
        button = self.sender()
        if button is None:
            return
        fingerprint, name = str(button.property("fingerprint")), str(button.property("reader"))
        act = partial(sharing.remove_reader, self._core, visit_id=self._visit.id, fingerprint=fingerprint)
        self._try(act, self.tr("{name} is sent nothing more, and keeps what they received."), name)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_take_away(self) -> None:
        button = self.sender()
        if button is not None:
            self._set(str(button.property("reader")), reads=False)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self, name: str, *, reads: bool) -> bool:
        words = (
            self.tr("{name} may read it now.")
            if reads
            else self.tr("{name} is off the list. A copy that has left cannot be fetched back.")
        )
        return self._try(
            partial(releases.set_reader, self._core, visit_id=self._visit.id, name=name, reads=reads), words, name
        )

    def _try(self, act: Callable[[], object], words: str, name: str) -> bool:
        """Do it, show what is true then, and say so; False with the reason on the sheet."""
        try:
            act()
        except ObserveError as error:
            told = describe(error)
            self.said.set_tone("err")
            self.said.setText(f"{told.text} {told.hint}".strip())
            self.said.show()
            QTimer.singleShot(0, self, self._fit)
            return False
        self.said.set_tone("accent")
        self._show()
        self.said.setText(words.format(name=" ".join(name.split())))
        self.said.setVisible(True)
        return True

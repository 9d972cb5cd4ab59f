"""Who gets a group's page and who does not, what goes to them and what never does; beginning and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.groups.audience import Why, audience
from observe_app.services.sync import group_sharing, linking
from observe_app.ui.errors import describe
from observe_app.ui.groups.audience_words import why_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonSize, Rule, ScrollPane, SectionHead, Sheet, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.groups.group import PeerGroup
    from observe_app.services.core import Core
    from observe_app.services.groups.audience import GroupAudience, LeftOut

_HIGH = 470
_EACH = 3
"""Names with a row each; of more who are alike one row tells all names."""
_FIRST = (Why.CHANGED, Why.NOT_LINKED)
"""What somebody here can do something about."""


class ShareSheet(Sheet):
    """Says who gets a group's page, and shares it.

    Signals:
        begun: it is shared from now on. stop_asked: to share it no more.
    """

    begun = Signal()
    stop_asked = Signal()

    def __init__(self, core: Core, group: PeerGroup, parent: QWidget) -> None:
        found = audience(core, group.id)
        tr = QCoreApplication.translate
        begins = found.can_begin and not found.shared
        title = tr("ShareSheet", "Share {name} with its members") if begins else tr("ShareSheet", "Who gets {name}")
        super().__init__(title.format(name=group.name), parent, width=680)
        self.setObjectName("share_group_sheet")
        self._core, self._group = core, group
        self.pane = ScrollPane(self, margin=0)
        self.body.addWidget(self.pane)
        self.problem = TextLabel("", self, step="small", tone="err", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_safe(self.tr("Cancel") if begins else self.tr("Close"))
        if begins:
            self.add_main(self.tr("Share it"), icon="send")
        elif found.shared and found.mine:
            self.stop_button = self.add_other(self.tr("Stop sharing…"))
            self.stop_button.setObjectName("group_unshare")
            self.stop_button.clicked.connect(self._on_stop)
        self._show(found)

    def begin(self) -> None:
        """Open it."""
        self.open_over()
        self.fit(self.pane, scaled(_HIGH))

    @Slot()
    def accept(self) -> None:
        """Share it, and close when that worked."""
        try:
            group_sharing.begin(self._core, self._group.id)
        except ObserveError as error:
            self._say(error)
            return
        super().accept()
        self.begun.emit()

    # --- what stands there ------------------------------------------------------------------------

    def _show(self, found: GroupAudience) -> None:
        clear_layout(self.pane.body)
        place = QWidget(self.pane)
        self._column = QVBoxLayout(place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._who(found, place)
        if found.shared or found.can_begin:
            self._what(place)
        self.pane.body.addWidget(place)
        place.show()  # a part that is not shown yet has no height for the pane
        if self.isVisible():
            self.fit(self.pane, scaled(_HIGH))

    def _who(self, found: GroupAudience, parent: QWidget) -> None:
        if found.removed:
            self._text(self.tr("Nothing more of it is sent to you. What you received you keep."), parent)
            return
        if not found.shared and not found.can_begin:
            self._text(
                self.tr(
                    "Only you read it. To share a group with its members, set up a shared folder or join one first; "
                    "its page stands above Settings."
                ),
                parent,
            )  # fmt: skip
            return
        if not found.shared:
            self._begins(found, parent)
            return
        self._section(self.tr("Gets it"), len(found.readers) + 1, parent)
        self._row(self.tr("You"), self._own_words(found), parent)
        how: dict[str, list[str]] = {}
        for reader in found.readers:
            words = self.tr("number compared") if reader.checked else self.tr("number not compared yet")
            if not reader.member:
                words = self.tr("no member any more: sent nothing from the next exchange on")
            how.setdefault(words, []).append(reader.name)
        for words, names in how.items():
            self._rows(names, words, parent)
        self._out(found, found.left_out, parent)
        if found.kept:
            self._section(self.tr("Keeps what they received"), len(found.kept), parent)
            self._rows(list(found.kept), self.tr("sent nothing more"), parent)

    def _begins(self, found: GroupAudience, parent: QWidget) -> None:
        gets = [one for one in found.left_out if one.why is Why.WAITS]
        self._section(self.tr("Will get it"), len(gets), parent)
        through = self.tr("through the folder {folder}").format(folder=found.folder)
        self._rows([one.name for one in gets], through, parent)
        if not gets:
            self._row(self.tr("Nobody yet"), self.tr("members get it as soon as they have a card"), parent)
        self._out(found, found.without, parent)

    def _own_words(self, found: GroupAudience) -> str:
        through = self.tr("through the folder {folder}").format(folder=found.folder)
        if found.mine:
            return self.tr("you share it, {through}").format(through=through)
        return self.tr("{author} shares it, {through}").format(
            author=found.author or self.tr("a member"), through=through
        )

    def _out(self, found: GroupAudience, left_out: tuple[LeftOut, ...], parent: QWidget) -> None:
        if not left_out:
            return
        self._section(self.tr("Does not get it"), len(left_out), parent)
        alike: dict[str, list[str]] = {}
        for one in sorted(left_out, key=lambda one: one.why not in _FIRST):
            if one.why in _FIRST:
                self._out_row(one, found, parent)
            else:
                alike.setdefault(why_words(one, found), []).append(one.name)
        for words, names in alike.items():
            self._rows(names, words, parent)

    def _out_row(self, one: LeftOut, found: GroupAudience, parent: QWidget) -> None:
        button = None
        if one.fingerprint and (found.mine or found.can_begin):
            button = Button(self.tr("It is the same person"), parent, size=ButtonSize.SMALL)
            button.setObjectName(f"same_person_{one.person_id}")
            button.setAccessibleDescription(one.name)
            button.setProperty("found", one)
            button.clicked.connect(self._on_same)
        tone = "err" if one.why is Why.CHANGED else "muted"
        self._row(one.name, why_words(one, found), parent, tone=tone, end=button)

    def _what(self, parent: QWidget) -> None:
        self._section(self.tr("What goes"), 0, parent)
        self._text(
            self.tr(
                "All of this page: purpose, norms, people and their roles, goals with their readings and how they "
                "ended, promises, links, files up to 20 MB, and what people gave to the group from their journals. "
                "And its sessions: agenda, attendance, notes, decisions, minutes."
            ),
            parent,
        )  # fmt: skip
        self._section(self.tr("What never goes"), 0, parent)
        self._text(
            self.tr(
                "Nothing of any visit, also where a goal is linked to one. No journal. No goal of the school, person’s "
                "record or survey answer."
            ),
            parent,
        )  # fmt: skip
        self._text(
            self.tr(
                "Everybody who gets it can write on it. Members who come later get all of it; who leaves is sent "
                "nothing more and keeps what they received."
            ),
            parent,
        )  # fmt: skip

    # --- parts ------------------------------------------------------------------------------------

    def _section(self, words: str, count: int, parent: QWidget) -> None:
        if self._column.count():
            self._column.addSpacing(scaled(14))
        self._column.addWidget(SectionHead(words, str(count) if count else "", parent, step="body", rule="line"))

    def _text(self, words: str, parent: QWidget) -> None:
        label = TextLabel(words, parent, step="small", wrap=True)
        label.setContentsMargins(0, scaled(8), 0, 0)
        self._column.addWidget(label)

    def _rows(self, names: list[str], how: str, parent: QWidget) -> None:
        """Add a row for each, or one for all of whom the same is said where they are many."""
        if len(names) > _EACH:
            self._row(", ".join(names), how, parent, weight=400)
            return
        for name in names:
            self._row(name, how, parent)

    def _row(
        self, name: str, how: str, parent: QWidget, *, tone: str = "muted", end: QWidget | None = None,
        weight: int = 600,
    ) -> None:  # fmt: skip
        made = QWidget(parent)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, scaled(6), 0, scaled(6))
        row.setSpacing(scaled(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TextLabel(name, made, weight=weight, wrap=True))
        words.addWidget(TextLabel(how, made, step="small", tone=tone, wrap=True))
        row.addLayout(words, 1)
        if end is not None:
            end.setParent(made)
            row.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        made.setAccessibleName(f"{name}, {how}")
        self._column.addWidget(made)
        self._column.addWidget(Rule(parent))

    # --- acts -------------------------------------------------------------------------------------

    @Slot()
    def _on_same(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        one = sender.property("found")
        try:
            linking.link(self._core, person_id=one.person_id, fingerprint=one.fingerprint)
        except ObserveError as error:
            self._say(error)
            return
        self._show(audience(self._core, self._group.id))
        button = self.main_button or self.safe_button
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_stop(self) -> None:
        self.reject()
        self.stop_asked.emit()

    def _say(self, error: ObserveError) -> None:
        told = describe(error)
        self.problem.setText(f"{told.text} {told.hint}".strip())
        self.problem.show()
        self.fit(self.pane, scaled(_HIGH))


class StopSheet(Sheet):
    """Asks before a group is shared with nobody any more.

    Signals:
        ended: nobody is sent it from now on. failed: an `ObserveError`.
    """

    ended = Signal()
    failed = Signal(object)

    def __init__(self, core: Core, group: PeerGroup, parent: QWidget) -> None:
        title = QCoreApplication.translate("StopSheet", "Stop sharing {name}?")
        super().__init__(title.format(name=group.name), parent, width=560)
        self.setObjectName("unshare_group_sheet")
        self._core, self._group = core, group
        self.add_lead(
            self.tr(
                "Its members are sent nothing more. What they have they keep, and they can no longer write on it. "
                "You can share it again at any time; undo does not fetch anything back."
            )
        )
        self.add_safe(self.tr("Go on sharing"))
        self.add_main(self.tr("Stop sharing"))

    @Slot()
    def accept(self) -> None:
        """End it."""
        super().accept()
        try:
            group_sharing.end(self._core, self._group.id)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.ended.emit()

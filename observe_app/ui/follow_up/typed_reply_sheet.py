"""What the teacher said, entered by the observer claim by claim; kept as it is typed, and marked as entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.domain.reply import ReplyPoint, Stance
from observe_app.domain.sync.shares import ShareRole
from observe_app.services import replies
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.reply_words import STANCES, stance_choice
from observe_app.ui.talk.keeper import Keeper
from observe_app.ui.talk.marks import KindMark
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CheckChoice, Field, LineEdit, Rule, ScrollPane, Sheet, TextArea, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.reply import Reply
    from observe_app.services.core import Core
    from observe_app.ui.follow_up.loaded import Loaded, SaidClaim

_WIDTH = 760
_HEIGHT = 430


class PointEditor(QWidget):
    """One claim with what the teacher said to it."""

    edited = Signal()

    def __init__(
        self, claim: SaidClaim, point: ReplyPoint | None, parent: QWidget | None = None, *, own: bool = False
    ) -> None:
        super().__init__(parent)
        self.claim_id = claim.id
        name = claim.title or self.tr("A claim without a heading")
        self.stance = CheckChoice([(one.value, stance_choice(one)) for one in STANCES], name, self)
        hint = self.tr("In your words") if own else self.tr("In the teacher’s words")
        self.words = TextArea("", self, placeholder=hint, lines=1, most=8)
        self.words.setObjectName("point_words")
        self.words.setAccessibleName(self.tr("Words to: {claim}").format(claim=name))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(KindMark(claim.kind, scaled(20), self))
        head.addWidget(TextLabel(name, self, step="body", weight=600, wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.stance)
        column.addWidget(self.words)
        if point is not None:
            self.stance.set_value(point.stance.value if point.stance else None)
            self.words.set_text(point.text)
        self.stance.chosen.connect(self.edited)
        self.words.edited.connect(self.edited)

    @property
    def point(self) -> ReplyPoint:
        """What stands here."""
        chosen = self.stance.value
        return ReplyPoint(self.claim_id, Stance(chosen) if chosen else None, self.words.text())


class TypedReplySheet(Sheet):
    """A reply by hand. Everything is stored half a second after it is typed, and again on closing.

    Signals:
        stored: id of the reply, after each write.
    """

    stored = Signal(str)

    def __init__(self, core: Core, loaded: Loaded, reply: Reply | None, parent: QWidget) -> None:
        """Make a sheet.

        Args:
            core: the open data folder.
            loaded: the visit.
            reply: the typed one to change, None for a new one.
            parent: a widget of the window.
        """
        own = loaded.rights.role is ShareRole.TEACHER
        said = QCoreApplication.translate("TypedReplySheet", "What the teacher said")
        title = QCoreApplication.translate("TypedReplySheet", "Your reply") if own else said
        super().__init__(title, parent, width=_WIDTH)
        self.setObjectName("typed_reply_sheet")
        self._own = own
        self._core, self._loaded, self._reply_id = core, loaded, reply.id if reply is not None else ""
        self._seen: Seen | None = replies.open_reply(core, reply.id).seen if reply is not None else None
        self._dirty = False
        self.keeper = Keeper(self)
        known = {claim.id for claim in loaded.claims}
        self._kept = tuple(one for one in reply.points if one.claim_id not in known) if reply is not None else ()
        self.points = [
            PointEditor(claim, reply.point(claim.id) if reply is not None else None, self, own=own)
            for claim in loaded.claims
        ]
        self._build_fields(reply)
        self._build()
        self.keeper.failed.connect(self._on_failed)
        self.keeper.saved.connect(self._on_saved)

    @property
    def reply_id(self) -> str:
        """Id of the stored reply, "" while nothing is stored."""
        return self._reply_id

    def store(self) -> None:
        """Write what is only on the screen; nothing while nothing was said.

        Raises:
            ObserveError: it could not be written and is still on the screen.
        """
        if not self._dirty:
            return
        points = (*(editor.point for editor in self.points), *self._kept)
        overall, step = self.overall.text(), self.step.text()
        readers = tuple(part.strip() for part in self.readers.text().replace(";", ",").split(",") if part.strip())
        received = self.received.isChecked()
        try:
            if self._reply_id:
                opened = replies.edit_typed(
                    self._core,
                    reply_id=self._reply_id,
                    seen=self._seen or replies.open_reply(self._core, self._reply_id).seen,
                    points=points,
                    overall=overall,
                    step=step,
                    readers=readers,
                    received=received,
                )
                self._seen = opened.seen
            else:
                self._reply_id = replies.type_in(
                    self._core,
                    visit_id=self._loaded.visit.id,
                    release_id=self._release_id,
                    points=points,
                    overall=overall,
                    step=step,
                    readers=readers,
                    received=received,
                ).id
        except Invalid as problem:
            if problem.rule != "empty":
                raise
            self._dirty = False  # nothing said yet, or not any more: nothing to keep
            return
        self._dirty = False
        self.stored.emit(self._reply_id)

    @Slot()
    def accept(self) -> None:
        """Close; what could not be written keeps the sheet open."""
        if self._let_go():
            super().accept()

    @Slot()
    def reject(self) -> None:
        """Close as well: everything typed is kept."""
        if self._let_go():
            super().reject()

    # Building.

    def _build_fields(self, reply: Reply | None) -> None:
        self.overall = TextArea(reply.overall if reply else "", self, lines=2, most=8)
        self.overall.setObjectName("reply_overall")
        self.step = TextArea(reply.step if reply else "", self, lines=1, most=4)
        self.step.setObjectName("reply_step")
        self.readers = LineEdit(", ".join(reply.readers) if reply else "", self)
        self.readers.setObjectName("reply_readers")
        got = self.tr("The teacher says it was received, which is not “agreed”")
        self.received = QCheckBox(self.tr("I have received it, which is not “agreed”") if self._own else got, self)
        self.received.setObjectName("reply_received")
        self.received.setChecked(bool(reply and reply.received))
        self.overall.edited.connect(self._on_edited)
        self.step.edited.connect(self._on_edited)
        self.readers.textEdited.connect(self._on_edited)
        self.received.clicked.connect(self._on_edited)
        for editor in self.points:
            editor.edited.connect(self._on_edited)

    def _build(self) -> None:
        about = self.tr("It is shown beside your words, marked as entered by you.")
        if self._own:
            about = self.tr("It is shown beside the observer’s words. Nobody but you can change it.")
        self.body.addWidget(TextLabel(about, self, tone="muted", wrap=True))
        pane = ScrollPane(self, margin=0)
        pane.body.setContentsMargins(4, 0, 14, 0)  # room for the focus ring
        for editor in self.points:
            pane.body.addWidget(editor)
            pane.body.addWidget(Rule(pane))
        pane.body.addSpacing(12)
        for label, field, hint in (
            (self.tr("Overall"), self.overall, ""),
            (
                self.tr("The step that I choose") if self._own else self.tr("The step that the teacher chose"),
                self.step,
                "",
            ),
            (
                self.tr("Who else may read it"),
                self.readers,
                self.tr("Names, with commas between them. You decide.")
                if self._own
                else self.tr("Names, with commas between them. The teacher decides."),
            ),
        ):
            pane.body.addWidget(Field(label, field, pane, hint=hint))
            pane.body.addSpacing(12)
        pane.body.addWidget(self.received)
        pane.body.addStretch(1)
        pane.setFixedHeight(min(scaled(_HEIGHT), max(scaled(160), self.window().height() - scaled(250))))
        self.body.addWidget(pane)
        self.state = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.state.setObjectName("typed_reply_state")
        self.buttons.insertWidget(0, self.state, 1)
        done = self.add_main(self.tr("Done"))
        done.setObjectName("reply_done")

    def open_over(self) -> None:
        """The keyboard starts at the first answer."""
        super().open_over()
        start = self.points[0].stance.button(Stance.AGREE.value) if self.points else self.overall
        start.setFocus()

    @property
    def _release_id(self) -> str:
        return self._loaded.told.id if self._loaded.told is not None else ""

    def _let_go(self) -> bool:
        if not self.keeper.flush():
            return False
        if self._reply_id and self._is_empty:
            try:
                replies.delete_typed(self._core, reply_id=self._reply_id)
            except ObserveError as error:
                self._on_failed(error)
                return False
            self.stored.emit("")
        return True

    @property
    def _is_empty(self) -> bool:
        said = any(editor.point.stance or editor.point.text.strip() for editor in self.points) or bool(self._kept)
        texts = (self.overall.text(), self.step.text(), self.readers.text())
        return not (said or self.received.isChecked() or any(text.strip() for text in texts))

    @Slot()
    def _on_edited(self) -> None:
        self._dirty = True
        self.state.set_tone("muted")
        self.state.setText(self.tr("Writing…"))
        self.keeper.touch(self)

    @Slot()
    def _on_saved(self) -> None:
        self.state.set_tone("muted")
        self.state.setText(self.tr("Saved") if self._reply_id else "")

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.state.set_tone("err")
        self.state.setText(f"{told.text} {told.hint}".strip())

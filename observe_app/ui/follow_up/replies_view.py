"""The observer's words and the teacher's reply, side by side, with the same weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from observe_app.domain.sync.shares import ShareRole
from observe_app.ui.follow_up.pair_head import PairHead
from observe_app.ui.follow_up.pair_line import PairLine
from observe_app.ui.follow_up.reply_rows import claim_row, last_rows, point_rows
from observe_app.ui.follow_up.reply_ways import ReplyWays
from observe_app.ui.follow_up.reply_words import day_of, reply_text, source_words
from observe_app.ui.moments import local, time_words, today_of
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from observe_app.domain.reply import Reply
    from observe_app.services.core import Core
    from observe_app.ui.follow_up.loaded import Loaded


class RepliesView(QWidget):
    """Claims with the answers of one reply: the newest, until an earlier one is asked for.

    Signals:
        read_asked: the person has a file. type_asked: they enter what the teacher said. release_asked: they want to
            release what no reply can come to yet.
        edit_asked: the typed `Reply` to change. open_asked, save_asked: the `Reply` whose file is wanted.
    """

    read_asked = Signal()
    type_asked = Signal()
    release_asked = Signal()
    edit_asked = Signal(object)
    open_asked = Signal(object)
    save_asked = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replies_view")
        self._core = core
        self._loaded: Loaded | None = None
        self._reply_id = ""
        self._differs = False
        self._lines: list[PairLine] = []
        self.head = PairHead(self)
        self.note = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.note.setObjectName("reply_note")
        self.note.setContentsMargins(0, 8, 0, 0)
        self.nothing = TextLabel(
            self.tr("No claims yet. In Talk, notes become strengths, growth areas and questions."),
            self,
            tone="muted",
            wrap=True,
        )
        self.nothing.setContentsMargins(0, 8, 0, 0)
        self.ways = ReplyWays(self)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.note)
        outer.addWidget(self.nothing)
        outer.addLayout(self._column)
        outer.addWidget(self.ways)
        self.head.which_button.clicked.connect(self._on_which)
        self.head.more_button.clicked.connect(self._on_more)
        self.ways.read_asked.connect(self.read_asked)
        self.ways.type_asked.connect(self._on_type)
        self.ways.release_asked.connect(self.release_asked)

    @property
    def lines(self) -> tuple[PairLine, ...]:
        """Rows from top to bottom."""
        return tuple(self._lines)

    @property
    def reply(self) -> Reply | None:
        """The reply that shows."""
        found = self._loaded.replies if self._loaded is not None else ()
        return next((one for one in found if one.id == self._reply_id), found[0] if found else None)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show a visit as it is stored; an earlier reply that was chosen stays chosen until a newer one comes."""
        before = self._loaded
        newest = loaded.replies[0].id if loaded.replies else ""
        if before is None or not before.replies or before.replies[0].id != newest:
            self._reply_id = newest
        if before == loaded:
            return
        self._loaded = loaded
        self._fill()

    def set_differs(self, *, differs: bool) -> None:
        """Say whether the record has changed since the release."""
        if differs != self._differs:
            self._differs = differs
            if self._loaded is not None:
                self._fill_head(self._loaded, self.reply)

    def show_reply(self, reply_id: str) -> None:
        """Show one reply, the newest where there is none of this id."""
        self._reply_id = reply_id
        self._fill()

    def which_menu(self) -> QMenu:
        """Make the list of the replies; choosing one shows it."""
        menu = QMenu(self)
        chosen = self.reply
        for reply in self._loaded.replies if self._loaded is not None else ():
            action = QAction(self._reply_line(reply).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(reply == chosen)
            action.setData(reply.id)
            action.triggered.connect(self._on_chosen)
            menu.addAction(action)
        return menu

    def more_menu(self) -> QMenu:
        """Make what can be done with the reply that shows."""
        menu = QMenu(self)
        reply = self.reply
        acts = [("copy", self.tr("Copy the reply as text"))]
        if reply is not None and reply.sha256:
            acts += [("open", self.tr("Open the file that came")), ("save", self.tr("Save the file that came…"))]
        if reply is not None and reply.source == ("app" if self._answers else "typed"):
            acts.append(
                ("edit", self.tr("Change your reply…") if self._answers else self.tr("Change what you entered…"))
            )
        for key, words in acts:
            action = QAction(words, menu)
            action.setData(key)
            action.triggered.connect(self._on_act)
            menu.addAction(action)
        return menu

    @property
    def _role(self) -> ShareRole:
        return self._loaded.rights.role if self._loaded is not None else ShareRole.AUTHOR

    @property
    def _answers(self) -> bool:
        """Whether this is the teacher's own copy, in which they answer themselves."""
        return self._role is ShareRole.TEACHER

    @property
    def _own_reply(self) -> Reply | None:
        """What the teacher wrote here to the newest revision, None before; a newer revision is answered anew."""
        loaded = self._loaded
        if loaded is None or not self._answers:
            return None
        newest = loaded.told.number if loaded.told is not None else 0
        return next((one for one in loaded.replies if one.source == "app" and one.number >= newest), None)

    # Filling.

    def _fill(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        reply = self.reply
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        rows = [claim_row(claim, reply) for claim in loaded.claims]
        if reply is not None:
            here = frozenset(claim.id for claim in loaded.claims)
            rows += point_rows(loaded.points.get(reply.id, ()), reply.number, without=here) + last_rows(reply)
        self._lines = [PairLine(left, right, self) for left, right in rows]
        for line in self._lines:
            self._column.addWidget(line)
            line.show()
        self.nothing.setVisible(not loaded.claims)
        self._fill_head(loaded, reply)
        self.ways.show_state(
            released=loaded.told is not None,
            answered=reply is not None,
            withdrawn=loaded.withdrawn,
            own=self._answers,
            replied=self._own_reply is not None,
            joins=loaded.rights.writes or self._answers,
            by_itself=loaded.by_itself,
        )

    def _fill_head(self, loaded: Loaded, reply: Reply | None) -> None:
        self.head.name_sides(wrote=loaded.rights.writes, answers=self._answers)
        release = loaded.told
        zone, today = self._core.clock.zone_name(), today_of(self._core.clock)
        left = ""
        if release is not None and release.at is not None:
            words = self.tr("released {day}, {time}")
            if release.number > 1:
                words = self.tr("revision {n}, released {day}, {time}")
            when = local(release.at, zone)
            left = words.format(n=release.number, day=day_of(when, zone, today), time=time_words(release.at, zone))
        right = source_words(reply, zone, today, self._role) if reply is not None else ""
        which = ""
        if len(loaded.replies) > 1 and reply is not None:
            place = len(loaded.replies) - loaded.replies.index(reply)
            which = self.tr("{n} of {count}").format(n=place, count=len(loaded.replies))
        self.head.show_words(left, right, which=which, two=reply is not None)
        notes = self._notes(loaded, reply)
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))

    def _notes(self, loaded: Loaded, reply: Reply | None) -> list[str]:
        notes = []
        if loaded.withdrawn and loaded.release is not None:
            words = self.tr("Withdrawn in revision {n}: {why}")
            notes.append(words.format(n=loaded.release.number, why=loaded.release.why).strip())
        elif self._differs and loaded.told is not None:
            notes.append(self.tr("The record has changed since; these are the words that were released."))
        if reply is None:
            return notes
        newest = loaded.told.number if loaded.told is not None else 0
        if reply.number and newest > reply.number:
            words = self.tr("The reply answers revision {old}; revision {new} is newer.")
            notes.append(words.format(old=reply.number, new=newest))
        elif not reply.number and newest:
            notes.append(self.tr("The reply belongs to no revision."))
        if reply.source == "typed" and loaded.rights.writes:
            notes.append(self.tr("Entered by you: these are not words that the teacher wrote here."))
        if reply != loaded.replies[0]:
            notes.append(self.tr("This is an earlier reply; a newer one came."))
        return notes

    def _reply_line(self, reply: Reply) -> str:
        zone, today = self._core.clock.zone_name(), today_of(self._core.clock)
        words = source_words(reply, zone, today, self._role)
        if reply.number:
            words = self.tr("{reply}, to revision {n}").format(reply=words, n=reply.number)
        return words[:1].upper() + words[1:]

    # Slots.

    @Slot()
    def _on_type(self) -> None:
        own = self._own_reply
        if own is None:
            self.type_asked.emit()
        else:
            self.edit_asked.emit(own)

    @Slot()
    def _on_which(self) -> None:
        self._pop_up(self.which_menu(), self.head.which_button)

    @Slot()
    def _on_more(self) -> None:
        self._pop_up(self.more_menu(), self.head.more_button)

    def _pop_up(self, menu: QMenu, below: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_reply(str(action.data()))

    @Slot()
    def _on_act(self) -> None:
        action, reply, loaded = self.sender(), self.reply, self._loaded
        if not isinstance(action, QAction) or reply is None or loaded is None:
            return
        if action.data() == "copy":
            titles = {one.point.claim_id: one.title for one in loaded.points.get(reply.id, ())}
            QGuiApplication.clipboard().setText(reply_text(reply, titles))
            return
        signals = {"open": self.open_asked, "save": self.save_asked, "edit": self.edit_asked}
        signals[str(action.data())].emit(reply)

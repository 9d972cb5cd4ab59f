"""Setting up in four steps: the folder, twelve words, colleagues, ready. What was found out stands at the right."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.sync import setup
from observe_app.ui.jobs import Job
from observe_app.ui.moments import today_of
from observe_app.ui.shared_folder.check_panel import CheckPanel
from observe_app.ui.shared_folder.folder_step import FolderStep
from observe_app.ui.shared_folder.parts import StepList
from observe_app.ui.shared_folder.people_step import PeopleStep
from observe_app.ui.shared_folder.ready_step import ReadyStep
from observe_app.ui.shared_folder.restore_step import RestoreStep
from observe_app.ui.shared_folder.words_step import WordsStep
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, Plane, Rule, TextLabel
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.sync.folder_check import FolderCheck
    from observe_app.services.sync.setup import Joined
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.shared_folder.step_pane import StepPane

_LEFT, _LEFT_NARROW = 272, 228
_RIGHT, _RIGHT_NARROW = 330, 248
_NARROW_BELOW = 1200
_BARE_BELOW = 900


class Step(IntEnum):
    """The four steps in their order."""

    FOLDER = 0
    WORDS = 1
    PEOPLE = 2
    READY = 3


class SetupView(QWidget):
    """Goes through the steps; each can be left and gone on with later.

    Signals:
        joined: something can be fetched from a folder now. finished: the last step is done. left: not now.
        message_posted: a `Message`.
    """

    joined = Signal()
    finished = Signal()
    left = Signal()
    message_posted = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._jobs = core, jobs
        self._step = Step.FOLDER
        self._joining = False
        self._keyring: bool | None = None
        self._passphrase: str | None = None
        self._build()
        self._connect()
        self._go(Step.FOLDER)

    @property
    def step(self) -> Step:
        """Where one is."""
        return self._step

    @property
    def pane(self) -> StepPane:
        """The step that shows."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, (FolderStep, WordsStep, RestoreStep, PeopleStep, ReadyStep))  # noqa: S101
        return shown

    def begin(self, *, can_leave: bool) -> None:
        """Start with the first step; one can leave it where a folder is shared already."""
        self.cancel_button.setVisible(can_leave)
        self.folder.reload()
        self._go(Step.FOLDER)
        core = self._core

        def work(_progress: Progress) -> bool:
            return core.vault.keyring_usable()

        self._jobs.run(work, Job(self, self._on_keyring_known, self.folder.warn_of))

    def forget(self) -> None:
        """Let no word stand on the page any longer."""
        for step in (self.words, self.restore, self.ready):
            step.forget()

    def show_people(self) -> None:
        """Something came: show who is there now."""
        if self._step is Step.PEOPLE:
            self.people.reload()

    # --- from step to step ------------------------------------------------------------------------

    @Slot()
    def _on_folder_next(self) -> None:
        try:
            if not self.folder.introduce():
                return
            if self.folder.knows_words:
                self._go(Step.WORDS)
            elif setup.has_identity(self._core) and self._core.settings.get().words_kept:
                self._take_part()
            elif setup.has_identity(self._core):
                self._show_words(self._core.vault.words())
            elif self._keyring is False and not self._core.vault.place():
                self.words.ask_passphrase()
                self._go(Step.WORDS)
            else:
                self._make_words(None)
        except ObserveError as error:
            self.folder.warn_of(error)

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        self._make_words(passphrase)

    def _make_words(self, passphrase: str | None) -> None:
        core = self._core
        self.pane.set_busy(busy=True)

        def work(_progress: Progress) -> str:
            return setup.make_identity(core, passphrase)

        self._jobs.run(work, Job(self, self._show_words, self._on_failed))

    def _show_words(self, words: str) -> None:
        self.pane.set_busy(busy=False)
        self.words.show_words(words)
        self._go(Step.WORDS)

    @Slot()
    def _on_words_next(self) -> None:
        setup.keep_words_checked(self._core)
        self._take_part()

    @Slot()
    def _on_words_later(self) -> None:
        day = today_of(self._core.clock)
        setup.remind_later(self._core, day.fromordinal(day.toordinal() + 1).isoformat())
        self._take_part()

    def _take_part(self) -> None:
        """Begin the folder, or join it."""
        check = self.folder.check
        if check is None:
            self._go(Step.FOLDER)
            return
        core, path, name, school = self._core, check.path, self.folder.name, self.folder.school_key
        joining = check.found is not None

        def work(_progress: Progress) -> Joined:
            return setup.join(core, path) if joining else setup.create(core, path, name, school_key=school)

        self._begin(work)

    @Slot(str, str)
    def _on_words_given(self, words: str, passphrase: str) -> None:
        check = self.folder.check
        if check is None:
            self._go(Step.FOLDER)
            return
        core, path = self._core, check.path

        def work(_progress: Progress) -> Joined:
            return setup.recover(core, words, path, passphrase or None)

        self._begin(work)

    def _begin(self, work: object) -> None:
        if self._joining:
            return
        self._joining = True
        self.pane.set_busy(busy=True)
        self._jobs.run(work, Job(self, self._on_joined, self._on_failed))  # type: ignore[arg-type]  # one of the above

    def _on_joined(self, done: Joined) -> None:
        self._joining = False
        self.pane.set_busy(busy=False)
        back = self.folder.knows_words
        self.words.forget()
        self.restore.forget()
        self.ready.show_result(done.folder.name, done.school_words, back=back, school=done.school)
        self.joined.emit()
        self._go(Step.READY if done.people <= 1 or back else Step.PEOPLE)

    def _on_failed(self, error: Exception) -> None:
        self._joining = False
        self.pane.set_busy(busy=False)
        self.pane.warn_of(error)

    def _on_keyring_known(self, usable: bool) -> None:
        self._keyring = usable
        self.restore.needs_passphrase(needed=not usable and not self._core.vault.place())

    # --- slots ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_checking(self, place: str) -> None:
        if place:
            self.check_panel.show_checking(place)
        else:
            self.check_panel.show_nothing()

    @Slot(object)
    def _on_checked(self, found: FolderCheck) -> None:
        self.check_panel.show_check(found)

    @Slot(bool)
    def _on_words_known(self, known: bool) -> None:
        self._name_steps(known=known)

    @Slot()
    def _on_back(self) -> None:
        self._go(Step.FOLDER)

    @Slot()
    def _on_people_next(self) -> None:
        self._go(Step.READY)

    @Slot()
    def _on_done(self) -> None:
        self.forget()
        self.finished.emit()

    @Slot()
    def _on_cancel(self) -> None:
        self.forget()
        self.left.emit()

    # --- showing ----------------------------------------------------------------------------------

    def _go(self, step: Step) -> None:
        self._step = step
        panes: dict[Step, StepPane] = {
            Step.FOLDER: self.folder,
            Step.WORDS: self.restore if self.folder.knows_words else self.words,
            Step.PEOPLE: self.people,
            Step.READY: self.ready,
        }
        pane = panes[step]
        pane.warn("")
        self.stack.setCurrentWidget(pane)
        self.steps.set_step(int(step))
        self.cancel_button.setEnabled(step in (Step.FOLDER, Step.WORDS))
        if step is Step.PEOPLE:
            self.people.reload()
        if self.isVisible():
            pane.start_widget().setFocus()

    def _name_steps(self, *, known: bool) -> None:
        second = self.tr("Type your twelve words") if known else self.tr("Keep your twelve words")
        self.steps.set_names((self.tr("Choose the folder"), second, self.tr("Check your colleagues"), self.tr("Ready")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides give way in a small window."""
        super().resizeEvent(event)
        width = event.size().width()
        self._left.setFixedWidth(side_width(width, wide=_LEFT, narrow=_LEFT_NARROW, below=_NARROW_BELOW))
        self.check_panel.setFixedWidth(side_width(width, wide=_RIGHT, narrow=_RIGHT_NARROW, below=_NARROW_BELOW))
        self._left.setVisible(width >= scaled(_BARE_BELOW))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._left = Plane("side", self)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(0)
        self.steps = StepList(("", "", "", ""), self)
        column.addWidget(self.steps)
        column.addSpacing(14)
        column.addWidget(Rule(self, line="line"))
        column.addSpacing(14)
        promise = self.tr(
            "Until you release a visit, nobody but you can read anything of it. Files in the folder can be read only "
            "by the people you released to."
        )
        column.addWidget(TextLabel(promise, self, step="small", tone="muted", wrap=True))
        column.addStretch(1)
        self.cancel_button = Button(self.tr("Not now"), self, kind=ButtonKind.LINK)
        self.cancel_button.setObjectName("setup_cancel")
        column.addWidget(self.cancel_button)
        self.folder = FolderStep(self._core, self._jobs, self)
        self.words = WordsStep(self._core, self._jobs, self)
        self.restore = RestoreStep(self._core, self)
        self.people = PeopleStep(self._core, self._jobs, self)
        self.ready = ReadyStep(self._core, self._jobs, self)
        self.stack = QStackedWidget(self)
        for pane in (self.folder, self.words, self.restore, self.people, self.ready):
            self.stack.addWidget(pane)
        self.check_panel = CheckPanel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self.stack, 1)
        row.addWidget(self.check_panel)
        self._name_steps(known=False)

    def _connect(self) -> None:
        self.folder.checking.connect(self._on_checking)
        self.folder.checked.connect(self._on_checked)
        self.folder.words_known_changed.connect(self._on_words_known)
        self.folder.next_asked.connect(self._on_folder_next)
        self.words.next_asked.connect(self._on_words_next)
        self.words.aside_asked.connect(self._on_words_later)
        self.words.passphrase_given.connect(self._on_passphrase)
        self.restore.words_given.connect(self._on_words_given)
        self.people.next_asked.connect(self._on_people_next)
        self.ready.next_asked.connect(self._on_done)
        self.cancel_button.clicked.connect(self._on_cancel)
        for asking in (self.words, self.restore):
            asking.back_asked.connect(self._on_back)
        for pane in (self.folder, self.words, self.restore, self.people, self.ready):
            pane.message_posted.connect(self.message_posted)

"""Answering on one calm page: what anonymous means here, the questions, one button. Nothing typed is stored before it.

Three ways: oneself; a laptop passed round, which thanks and waits for the next person; sheets of paper typed in one
after the other by keys alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.surveys.sheet import Given
from observe_app.services.surveys.answering import Way, answer
from observe_app.ui.form_panel.sheet import FormSheet
from observe_app.ui.form_panel.try_keeper import TryKeeper
from observe_app.ui.surveys.words import breakable, in_words, promise
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, KeyHint, Plane, ScrollPane, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.services.core import Core
    from observe_app.services.surveys.surveys import SurveyView

_WIDTH = 760


class AnswerPane(Plane):
    """One survey to be answered.

    Signals:
        ended: back to the survey; whether anything was kept. failed: an `ObserveError`; what was typed stays.
    """

    ended = Signal(bool)
    failed = Signal(object)

    def __init__(self, core: Core, view: SurveyView, way: Way, people: tuple[tuple[str, str], ...] = (),
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__("page", parent)
        self.setObjectName("answer_pane")
        self.setAccessibleName(self.tr("Answer a survey"))
        self._core, self._view, self._way = core, view, way
        self.kept = 0
        self._build(people)
        self._fresh()

    @property
    def sheet(self) -> FormSheet:
        """The questions."""
        return self._sheet

    @property
    def touched(self) -> bool:
        """Whether something was answered that is not kept yet."""
        self._sheet.flush()
        return bool(self._given())

    @Slot()
    def send(self) -> None:
        """Keep the answer; then thank, or go on with the next."""
        self._sheet.flush()
        person = str(self.who.currentData() or "") if self.who.isVisibleTo(self) else ""
        try:
            answer(self._core, survey_id=self._view.survey.id, given=self._given(), way=self._way, person_id=person)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.kept += 1
        if self._way is Way.OWN:
            self._forget()
            self.ended.emit(True)
            return
        self._fresh()
        if self._way is Way.PASSED:
            self.stack.setCurrentWidget(self.thanks)
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._sheet.enter()

    @Slot()
    def leave(self) -> None:
        """Go back; what was not kept is gone, and was nowhere but on the screen."""
        self._forget()
        self.ended.emit(self.kept > 0)

    def begin(self) -> None:
        """Put the keyboard into the first question."""
        self._sheet.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the questions work wherever the keyboard is on this page."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif self.stack.currentWidget() is not self.page or not self._sheet.take_key(event):
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """Escape says first that answers would go; the second one lets them go."""
        if self.touched and self.stack.currentWidget() is self.page and not self.warning.isVisible():
            self.warning.setVisible(True)
            return
        self.leave()

    @Slot()
    def _on_next(self) -> None:
        self.stack.setCurrentWidget(self.page)
        self._sheet.enter()

    @Slot(bool)
    def _on_more(self, on: bool) -> None:
        """The promise takes the place of the questions: both at once have no room on a small screen."""
        self.promise_pane.setVisible(on)
        self._sheet.setVisible(not on)
        self.more.setText(self.tr("Back to the questions") if on else self.tr("What anonymous means here"))
        if not on:
            self._sheet.enter()

    # --- helpers ----------------------------------------------------------------------------------

    def _given(self) -> dict[str, Given]:
        return {
            key: Given(one.value, one.comment)
            for key, one in self._keeper.answers.items()
            if one.value is not None or one.comment.strip()
        }

    def _forget(self) -> None:
        """Let go of what was typed, in the fields and their undo lists too."""
        self._keeper = TryKeeper(self)
        self._sheet.show_form(None, None)

    def _fresh(self) -> None:
        """Show an empty sheet; nothing of the one before is left, not even for Ctrl+Z."""
        self._keeper = TryKeeper(self)
        form = self._view.form
        if form is None:
            return
        self._keeper.set_form(form)
        self._sheet.show_form(None, None)  # the next one begins at the first question
        self._sheet.show_form(form, self._keeper)
        self.warning.setVisible(False)
        if self._way is Way.PAPER:
            self.count.setText(self.tr("Sheet {n}").format(n=self.kept + 1))

    def _build(self, people: tuple[tuple[str, str], ...]) -> None:
        survey = self._view.survey
        self._keeper = TryKeeper(self)
        self._sheet = FormSheet(self)
        self._sheet.asks_colleagues = True
        self._sheet.failed.connect(self.failed)
        self.stack = QStackedWidget(self)
        self.page = QWidget(self)
        title = TextLabel(breakable(survey.title), self.page, step="page", wrap=True)
        self.count = TextLabel("", self.page, step="body", tone="accent", weight=600, tabular=True)
        self.who = ComboBox(self.page)
        self.who.setObjectName("answer_person")
        self.who.setAccessibleName(self.tr("Whose sheet this is"))
        self.who.addItem(self.tr("Nobody named"), "")
        for person_id, name in people:
            self.who.addItem(name, person_id)
        self.who.setVisible(not survey.anonymous and self._way is not Way.OWN)
        head = QHBoxLayout()
        head.setSpacing(scaled(12))
        head.addWidget(title, 1)
        head.addWidget(self.who)
        head.addWidget(self.count)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(head)
        self._add_promise(column)
        column.addWidget(self._sheet, 1)
        column.addLayout(self._foot())
        self.stack.addWidget(self.page)
        self.stack.addWidget(self._thanks())
        margin = tokens().size.margin
        self.stack.setMaximumWidth(scaled(_WIDTH))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(margin, scaled(18), margin, scaled(14))
        outer.addStretch(1)
        outer.addWidget(self.stack, 100)
        outer.addStretch(1)

    def _add_promise(self, column: QVBoxLayout) -> None:
        """Say what is promised: the first sentence at once, the others when asked for."""
        from observe_app.services.survey_words import NAMED  # noqa: PLC0415  (words of this page alone)

        survey = self._view.survey
        if survey.anonymous:
            passed = self._way is Way.PASSED
            first, *others = promise(survey.least, passed=passed, leaves=not self._view.here)
        else:
            first, others = in_words(NAMED).format(who=self._view.maker or self.tr("The organiser")), []
        self.first = TextLabel(first, self.page, step="text", tone="muted", wrap=True)
        self.promise = TextLabel("\n\n".join(others), self.page, step="text", tone="muted", wrap=True)
        self.promise.setObjectName("promise")
        self.promise_pane = ScrollPane(self.page, margin=0, exact=True)
        self.promise_pane.body.addWidget(self.promise)
        self.promise_pane.body.addStretch(1)
        self.promise_pane.hide()
        self.more = Button(
            self.tr("What anonymous means here"), self.page, kind=ButtonKind.LINK, size=ButtonSize.SMALL,
            icon="lock",
        )  # fmt: skip
        self.more.setObjectName("promise_more")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more)
        self.more.setVisible(bool(others) and self._way is not Way.PAPER)
        self.first.setVisible(self._way is not Way.PAPER)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        column.addWidget(self.first)
        column.addLayout(row)
        column.addWidget(self.promise_pane, 1)

    def _foot(self) -> QHBoxLayout:
        words = {
            Way.OWN: self.tr("Send my answer"),
            Way.PASSED: self.tr("Put my answer in"),
            Way.PAPER: self.tr("Keep this sheet"),
        }  # fmt: skip
        self.back_button = Button(self.tr("Not now") if self._way is Way.OWN else self.tr("Done"), self.page)
        self.back_button.setObjectName("answer_back")
        self.back_button.clicked.connect(self.leave)
        self.send_button = Button(words[self._way], self.page, kind=ButtonKind.PRIMARY, icon="send")
        self.send_button.setObjectName("answer_send")
        self.send_button.clicked.connect(self.send)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_keys)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(KeyHint("Ctrl+Enter", words[self._way], self.page))
        self.warning = TextLabel(
            self.tr("These answers are not kept yet. Esc once more throws them away."),
            self.page,
            step="small",
            tone="warm",
            wrap=True,
        )
        self.warning.setVisible(False)
        row.addWidget(self.warning, 1)
        row.addStretch(0)
        row.addWidget(self.back_button)
        row.addWidget(self.send_button)
        return row

    @Slot()
    def _on_keys(self) -> None:
        if self.stack.currentWidget() is self.page:
            self.send()

    def _thanks(self) -> QWidget:
        self.thanks = QWidget(self)
        self.next_button = Button(self.tr("I am the next"), self.thanks, kind=ButtonKind.PRIMARY)
        self.next_button.setObjectName("answer_next")
        self.next_button.clicked.connect(self._on_next)
        done = Button(self.tr("Done, back to the organiser"), self.thanks)
        done.setObjectName("answer_done")
        done.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self.next_button)
        row.addWidget(done)
        row.addStretch(1)
        column = QVBoxLayout(self.thanks)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addWidget(TextLabel(self.tr("Thank you. It is sealed and in."), self.thanks, step="empty", wrap=True))
        column.addSpacing(scaled(6))
        column.addWidget(
            TextLabel(self.tr("Please hand the laptop on."), self.thanks, step="lead", tone="muted", wrap=True)
        )
        column.addSpacing(scaled(20))
        column.addLayout(row)
        column.addStretch(5)
        return self.thanks

"""Surveys: a list at the left, one survey at its side; answering takes the whole of the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.services.surveys import choices, collecting, surveys
from observe_app.services.surveys.answering import Way
from observe_app.ui.groups.tab_base import GroupsTab
from observe_app.ui.surveys.acts import Act
from observe_app.ui.surveys.answer_pane import AnswerPane
from observe_app.ui.surveys.loaded import load
from observe_app.ui.surveys.make_sheet import MakeSheet
from observe_app.ui.surveys.survey_list import SurveyDelegate, SurveyModel
from observe_app.ui.surveys.survey_view import SurveyPage
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, EmptyState, Message, MessageKind, Plane, RowList
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.surveys.survey import Survey
    from observe_app.services.core import Core
    from observe_app.services.surveys.surveys import SurveyView
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.groups.tab_base import GroupsTarget
    from observe_app.ui.jobs import JobRunner

_SIDE, _NARROW, _BELOW = 300, 240, 1150


class SurveysTab(GroupsTab):
    """Everything of surveys."""

    tables: ClassVar[frozenset[str]] = frozenset({"survey", "survey_secret", "survey_answer", "person"})

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("surveys_tab")
        self._selected = ""
        self._sheet: QWidget | None = None
        self.answering: AnswerPane | None = None
        self._build()

    # --- tab --------------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Show what is stored now; a sheet that is being answered stays."""
        try:
            collecting.collect(self.core)
        except ObserveError as error:
            self.failed.emit(error)
        rows = surveys.listing(self.core)
        waits = frozenset(one.survey.id for one in surveys.waiting_for_me(self.core))
        self.model.show(rows, waits)
        if self.answering is not None:
            return
        self.new_button.setVisible(bool(rows))
        if not rows:
            self._selected = ""
            self.stack.setCurrentWidget(self.empty)
            return
        if self.model.number_of(self._selected) < 0:
            self._selected = self.model.rows[0].survey.id
        self.list.verticalHeader().setDefaultSectionSize(tokens().size.row_two_line)
        self._select()
        self.page.show_survey(load(self.core, self._selected), surveys.today(self.core))
        self.stack.setCurrentWidget(self.both)

    def regions(self) -> tuple[QWidget, ...]:
        """List and page, or the sheet that is answered."""
        if self.answering is not None:
            return (self.answering,)
        return (self.list, self.page) if self.stack.currentWidget() is self.both else (self.empty,)

    def start_widget(self) -> QWidget | None:
        """The list, or what is being answered."""
        if self.answering is not None:
            return self.answering.sheet
        return self.list if self.stack.currentWidget() is self.both else self.first_button

    def leave(self) -> bool:
        """Stay where something was answered and not sent: it is nowhere but on the screen."""
        if self.answering is None:
            return True
        if self.answering.touched:
            self.message_posted.emit(
                Message(
                    MessageKind.LOOK,
                    self.tr("What you answered is only on the screen. Send it, or go back without it."), key="survey",
                )
            )  # fmt: skip
            return False
        self.answering.leave()
        return True

    def show_target(self, target: GroupsTarget) -> None:
        """Show a survey; `other_id` of a session with no id makes a new one for that session."""
        if target.id:
            self._selected = target.id
        elif target.other_id:
            self.make(session_id=target.other_id)

    def actions_widgets(self) -> tuple[QWidget, ...]:
        """The button that makes one."""
        return (self.new_button,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives the list less."""
        super().resizeEvent(event)
        width = side_width(self.width(), wide=scaled(_SIDE), narrow=scaled(_NARROW), below=_BELOW)
        self.side.setFixedWidth(width)

    # --- acts -------------------------------------------------------------------------------------

    def make(self, draft: SurveyView | None = None, session_id: str = "") -> None:
        """Open the sheet in which a survey is made or changed."""
        sheet = MakeSheet(self.core, self, draft, session_id)
        sheet.made.connect(self._on_made)
        self._sheet = sheet
        sheet.open_over()

    def show_survey(self, survey_id: str) -> None:
        """Show a survey."""
        self._selected = survey_id
        self.reload()

    def answer(self, way: Way) -> None:
        """Answer the survey that shows."""
        view = surveys.view(self.core, self._selected)
        people: tuple[tuple[str, str], ...] = ()
        if not view.survey.anonymous and way is not Way.OWN:
            people = choices.people_to_name(self.core, surveys.asked_of(self.core, self._selected))
        pane = AnswerPane(self.core, view, way, people, self)
        pane.ended.connect(self._on_ended)
        pane.failed.connect(self.failed)
        self.answering = pane
        self.stack.addWidget(pane)
        self.stack.setCurrentWidget(pane)
        self.new_button.hide()  # the one thing to do now is to answer
        pane.begin()

    @Slot(object)
    def _on_asked(self, act: Act) -> None:
        try:
            self._do(act)
        except NotFound:
            self.reload()
        except ObserveError as error:
            self.failed.emit(error)

    def _do(self, act: Act) -> None:
        ways = {Act.ANSWER: Way.OWN, Act.HAND_ROUND: Way.PASSED, Act.PAPER: Way.PAPER}
        if act in ways:
            self.answer(ways[act])
        elif act is Act.EDIT:
            self.make(surveys.view(self.core, self._selected))
        elif act is Act.PRINT:
            self._print()
        elif act is Act.EXPORT:
            self._export()
        elif act is Act.AGAIN:
            self._again()
        else:
            self._turn(act)

    def _again(self) -> None:
        kind = surveys.view(self.core, self._selected).survey.kind
        draft = surveys.next_round(self.core, survey_id=self._selected, kind="after" if kind == "before" else kind)
        self._news(draft, self.tr("“{title}” is a draft with the same questions."))

    def _turn(self, act: Act) -> None:
        """Do what changes the survey and shows it anew."""
        core, survey_id = self.core, self._selected
        if act is Act.OPEN:
            self._news(surveys.open_survey(core, survey_id=survey_id), self.tr("“{title}” is open."))
        elif act is Act.SKIP:
            surveys.not_for_me(core, survey_id=survey_id)
            self.reload()
        elif act is Act.RELEASE:
            collecting.release(core, survey_id=survey_id)
            self.reload()
        elif act is Act.CLOSE:
            self._news(collecting.close(core, survey_id=survey_id), self.tr("“{title}” is closed."))
        elif act is Act.REOPEN:
            self._news(surveys.reopen(core, survey_id=survey_id), self.tr("“{title}” is open."))
        elif act is Act.TAKE_OVER:
            surveys.take_over(core, survey_id=survey_id)
            self.reload()
        elif act is Act.REMOVE:
            surveys.remove(core, survey_id=survey_id)
            words = self.tr("The survey is in the bin, for everybody. Undo brings it back.")
            self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
            self.reload()

    def _news(self, survey: Survey, words: str) -> None:
        self.show_survey(survey.id)
        self.message_posted.emit(Message(MessageKind.NEWS, words.format(title=survey.title), key="survey"))

    def _print(self) -> None:
        from observe_app.services.surveys.printing import printed_form  # noqa: PLC0415  (rarely wanted)
        from observe_app.ui.forms.print_sheet import PrintSheet  # noqa: PLC0415  (rarely wanted)

        form = printed_form(surveys.view(self.core, self._selected))
        sheet = PrintSheet(self.core, self.jobs, form, self.locale().name(), self)
        sheet.saved.connect(self._on_saved)
        self._sheet = sheet
        sheet.open_over()

    def _export(self) -> None:
        from observe_app.ui.follow_up.file_name import safe_name  # noqa: PLC0415  (rarely wanted)
        from observe_app.ui.forms.export_actions import save_dialog  # noqa: PLC0415  (rarely wanted)

        name = safe_name(surveys.view(self.core, self._selected).survey.title, "xlsx")
        kinds = self.tr("Excel workbook (*.xlsx);;CSV table (*.csv)")
        dialog = save_dialog(self.core, self, self.tr("Export the results"), kinds, name)
        dialog.fileSelected.connect(self._on_export_chosen)
        dialog.open()

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_new(self) -> None:
        if self.leave():
            self.make()

    @Slot(str)
    def _on_made(self, survey_id: str) -> None:
        self.show_survey(survey_id)

    @Slot(str)
    def _on_export_chosen(self, name: str) -> None:
        from observe_app.services.surveys import tables  # noqa: PLC0415  (loads the writers of tables)

        if not name:
            return
        try:
            tables.export(self.core, self._selected, Path(name))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._on_saved(Path(name))

    @Slot(object)
    def _on_saved(self, target: Path) -> None:
        words = self.tr("{name} is written.").format(name=target.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, key="survey"))

    @Slot(bool)
    def _on_ended(self, kept: bool) -> None:
        pane = self.answering
        self.answering = None
        self.message_cleared.emit("survey")
        self.stack.setCurrentWidget(self.both)
        if pane is not None:
            self.stack.removeWidget(pane)
            pane.setParent(None)
            pane.deleteLater()
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if kept:
            self.message_posted.emit(
                Message(MessageKind.NEWS, self.tr("Thank you. What was answered is sealed and kept."), key="survey")
            )

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        rows = self.model.rows
        if not index.isValid() or index.row() >= len(rows) or rows[index.row()].survey.id == self._selected:
            return
        self.show_survey(rows[index.row()].survey.id)

    def _select(self) -> None:
        number = self.model.number_of(self._selected)
        if number >= 0 and self.list.currentIndex().row() != number:
            self.list.setCurrentIndex(self.model.index(number))

    def _build(self) -> None:
        self.model = SurveyModel(self)
        self.side = Plane("list", self)
        self.list = RowList(self.tr("Surveys"), self.side, row_height=tokens().size.row_two_line)
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, scaled(8), 0, 0)
        inside.addWidget(self.list)
        self.list.setObjectName("survey_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(SurveyDelegate(self.list))
        self.list.selected.connect(self._on_selected)
        self.page = SurveyPage(self)
        self.page.asked.connect(self._on_asked)
        self.both = Plane("page", self)
        self.new_button = Button(self.tr("New survey"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.new_button.setObjectName("survey_new")
        self.new_button.clicked.connect(self._on_new)
        row = QHBoxLayout(self.both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.page, 1)
        self.first_button = Button(self.tr("New survey"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.first_button.setObjectName("survey_first")
        self.first_button.clicked.connect(self._on_new)
        self.empty = EmptyState(
            self.tr("No survey yet"),
            self.tr(
                "A survey asks colleagues what they need before a session, how it was, or how the term goes: with "
                "names, or anonymous, shown from five answers up. Colleagues’ surveys in the shared folder appear here."
            ),
            self, buttons=(self.first_button,),
        )  # fmt: skip
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

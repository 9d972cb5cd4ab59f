"""Making a survey, or changing a draft: what it asks, whether with names, for whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.domain.form import FormUse, text_in
from observe_app.domain.surveys.survey import LEAST, MOST_LEAST, SurveyKind, checked_form
from observe_app.services.surveys import choices, surveys
from observe_app.ui.errors import describe
from observe_app.ui.surveys.words import kind_name, promise
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CheckChoice, ComboBox, DateEdit, Field, LineEdit, NumberEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.services.surveys.surveys import SurveyView

_WIDTH = 720
_DAYS = 14
_ANONYMOUS, _NAMED = "anonymous", "named"


class MakeSheet(Sheet):
    """A survey to be made.

    Signals:
        made: id of the draft.
    """

    made = Signal(str)

    def __init__(self, core: Core, host: QWidget, draft: SurveyView | None = None, session_id: str = "") -> None:
        title = self.tr("New survey") if draft is None else self.tr("Change the draft")
        super().__init__(title, host, width=_WIDTH)
        self.setObjectName("make_survey")
        self._core, self._draft, self._session = core, draft, session_id
        self._seen = surveys.seen_of(core, draft.survey.id) if draft is not None else None
        self._build()
        self._fill()

    @Slot()
    def accept(self) -> None:
        """Keep the draft; what the rules refuse is said, and the sheet stays."""
        try:
            survey_id = self._keep()
        except ObserveError as error:
            told = describe(error)
            self.remark.setText(f"{told.text} {told.hint}".strip())
            self.remark.show()
            return
        super().accept()
        self.made.emit(survey_id)

    def _keep(self) -> str:
        form = self._form()
        fields: surveys.SurveyFields = {
            "title": self.title_field.text(), "kind": str(self.kind_box.currentData()),
            "anonymous": self.names.value != _NAMED, "least": self.least.value(),
            "group_id": str(self.group_box.currentData() or ""), "closes": self._closes(),
        }  # fmt: skip
        if self._draft is None:
            if form is None:
                raise Invalid("survey_form", "", "empty")
            fields["session_id"] = self._session
            return surveys.create(self._core, form=form, **fields).id
        assert self._seen is not None  # noqa: S101  (read with the draft)
        asked = None
        if fields["group_id"] != self._draft.survey.group_id:
            asked = surveys.people_of(self._core, fields["group_id"])
        return surveys.edit(
            self._core, survey_id=self._draft.survey.id, seen=self._seen, form=form, asked=asked, **fields
        ).id  # fmt: skip

    def _closes(self) -> date | None:
        found: date = self.closes.date().toPython()  # type: ignore[assignment]  # PySide types it as object
        return found if self.ends.isChecked() else None

    def _form(self) -> Form | None:
        form_id = str(self.form_box.currentData() or "")
        return checked_form(self._core.catalogue.form(form_id)) if form_id else None

    # --- slots ------------------------------------------------------------------------------------

    @Slot(int)
    def _on_form(self, _place: int) -> None:
        try:
            form = self._form()
        except ObserveError:  # said when it is to be kept
            return
        if form is None:
            return
        language = self.locale().name()
        if not self.title_field.isModified():
            self.title_field.setText(text_in(form.title, language))
        self.purpose.setText(text_in(form.purpose, language))
        guess = {"needs-poll": "needs", "pulse-check": "pulse", "before-and-after": "before"}.get(form.id)
        if guess is not None:
            self.kind_box.setCurrentIndex(self.kind_box.findData(guess))

    @Slot(object)
    def _on_names(self, _key: object) -> None:
        self._show_promise()

    @Slot()
    def _on_least(self) -> None:
        self._show_promise()

    @Slot(bool)
    def _on_ends(self, on: bool) -> None:
        self.closes.setEnabled(on)

    # --- helpers ----------------------------------------------------------------------------------

    def _show_promise(self) -> None:
        named = self.names.value == _NAMED
        self.least.setEnabled(not named)
        words = self.tr("You read each answer with its name, and so may nobody else.")
        self.promise.setText(words if named else promise(self.least.value())[1])

    def _build(self) -> None:
        self.form_box = ComboBox(self)
        self.form_box.setObjectName("survey_form")
        self.title_field = LineEdit(parent=self)
        self.title_field.setObjectName("survey_title")
        self.kind_box = ComboBox(self)
        self.kind_box.setObjectName("survey_kind")
        self.group_box = ComboBox(self)
        self.group_box.setObjectName("survey_group")
        for box in (self.form_box, self.kind_box, self.group_box):
            box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.names = CheckChoice(
            ((_ANONYMOUS, self.tr("Anonymous")), (_NAMED, self.tr("With names"))), self.tr("Names"), self
        )
        self.least = NumberEdit(self)
        self.least.setRange(LEAST, MOST_LEAST)
        self.ends = QCheckBox(self.tr("Until"), self)
        self.closes = DateEdit(self)
        self.closes.setAccessibleName(self.tr("Last day"))
        self.purpose = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.promise = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.remark = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.remark.hide()
        self._lay_out()
        self.add_safe(self.tr("Cancel"))
        main = self.add_main(self.tr("Keep as a draft"), enter_accepts=True)
        main.setObjectName("survey_keep")
        self.form_box.currentIndexChanged.connect(self._on_form)
        self.names.chosen.connect(self._on_names)
        self.least.valueChanged.connect(self._on_least)
        self.ends.toggled.connect(self._on_ends)

    def _lay_out(self) -> None:
        last = QWidget(self)
        row = QHBoxLayout(last)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ends)
        row.addWidget(self.closes)
        row.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(20))
        grid.setVerticalSpacing(scaled(12))
        grid.addWidget(Field(self.tr("Questions of"), self.form_box, self), 0, 0)
        grid.addWidget(Field(self.tr("What for"), self.kind_box, self), 0, 1)
        grid.addWidget(self.purpose, 1, 0, 1, 2)
        grid.addWidget(Field(self.tr("Title"), self.title_field, self), 2, 0)
        grid.addWidget(Field(self.tr("Who is asked"), self.group_box, self), 2, 1)
        grid.addWidget(Field(self.tr("Names"), self.names, self), 3, 0)
        grid.addWidget(Field(self.tr("Results from this many answers up"), self.least, self), 3, 1)
        grid.addWidget(self.promise, 4, 0, 1, 2)
        grid.addWidget(Field(self.tr("Last day"), last, self), 5, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.remark)

    def _fill(self) -> None:
        language = self.locale().name()
        for kind in SurveyKind:
            self.kind_box.addItem(kind_name(kind.value), kind.value)
        self.group_box.addItem(self.tr("Everybody in the shared folder"), "")
        for group_id, name in choices.groups_to_ask(self._core):
            self.group_box.addItem(name, group_id)
        self.names.set_value(_ANONYMOUS)
        day = surveys.today(self._core)
        self.closes.setDate(QDate(day.year, day.month, day.day).addDays(_DAYS))
        self.ends.setChecked(True)
        self.form_box.blockSignals(True)
        if self._draft is not None:
            self.form_box.addItem(self.tr("As it is"), "")
        for form_id, title in _forms(self._core, language):
            self.form_box.addItem(title, form_id)
        self.form_box.blockSignals(False)
        if self._draft is not None:
            self._take(self._draft)
        else:
            if self._session:
                self.kind_box.setCurrentIndex(self.kind_box.findData(SurveyKind.AFTER.value))
            self._on_form(0)
        self._show_promise()

    def _take(self, draft: SurveyView) -> None:
        survey = draft.survey
        self.title_field.setText(survey.title)
        self.title_field.setModified(True)
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(survey.kind)))
        self.group_box.setCurrentIndex(max(0, self.group_box.findData(survey.group_id)))
        self.names.set_value(_ANONYMOUS if survey.anonymous else _NAMED)
        self.least.setValue(survey.least)
        self.ends.setChecked(survey.closes is not None)
        if survey.closes is not None:
            self.closes.setDate(QDate(survey.closes.year, survey.closes.month, survey.closes.day))


def _forms(core: Core, language: str) -> list[tuple[str, str]]:
    """Return ids and titles of the forms that can be surveys: those made for it first."""
    found = [
        (entry.use is not FormUse.SURVEY, text_in(entry.title, language) or entry.form_id, entry.form_id)
        for entry in choices.forms_to_ask(core)
    ]
    return [(form_id, title) for _other, title, form_id in sorted(found)]

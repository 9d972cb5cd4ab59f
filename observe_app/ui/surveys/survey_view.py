"""One survey: what can be done with it now, who and how many, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.surveys.survey import SurveyState
from observe_app.services import survey_words
from observe_app.ui.moments import day_words
from observe_app.ui.surveys.acts import Act, acts_of, rare_acts_of
from observe_app.ui.surveys.result_parts import add_compared, add_named, add_pulse, add_result
from observe_app.ui.surveys.words import answers_words, breakable, in_words, kind_name, promise, state_name
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonSize, ScrollPane, SectionHead, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from datetime import date

    from observe_app.services.surveys.surveys import SurveyView
    from observe_app.ui.surveys.acts import Offer
    from observe_app.ui.surveys.loaded import Loaded

_WIDTH = 820


class SurveyPage(ScrollPane):
    """The page of one survey.

    Signals:
        asked: an `Act` of `acts`.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self.setObjectName("survey_page")
        self.loaded: Loaded | None = None
        self._inner: QWidget | None = None
        self._was_at = 0
        margin = tokens().size.margin
        self.body.setContentsMargins(margin + 8, scaled(20), margin + 8, scaled(32))

    def show_survey(self, loaded: Loaded, today: date) -> None:
        """Show a survey; where it is the same one, the place on the page and the keyboard stay."""
        same = self.loaded is not None and self.loaded.view.survey.id == loaded.view.survey.id
        self._was_at = self.verticalScrollBar().value() if same else 0
        focused = self.window().focusWidget()
        name = focused.objectName() if self.isAncestorOf(focused) else ""  # False of nothing, too
        self.loaded = loaded
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.setParent(None)
            self._inner.deleteLater()
        self._inner = QWidget(self.widget())
        self._inner.setMaximumWidth(scaled(_WIDTH))
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head(loaded, today)
        self._results(loaded)
        self._column.addStretch(1)
        self.body.addWidget(self._inner)
        self._inner.show()
        if name:
            found = self._inner.findChild(QWidget, name)
            (found or self).setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._restore_place)

    @Slot()
    def _restore_place(self) -> None:
        self.verticalScrollBar().setValue(self._was_at)

    @Slot()
    def _on_button(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(Act(sender.property("act")))  # Qt keeps the word alone

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        self.asked.emit(Act(action.data()))

    # --- parts ------------------------------------------------------------------------------------

    def say(self, words: str, *, tone: str = "muted", step: str = "text", above: int = 8) -> TextLabel:
        """Add words that wrap."""
        label = TextLabel(breakable(words), self._inner, step=step, tone=tone, wrap=True)
        self._column.addSpacing(scaled(above))
        self._column.addWidget(label)
        return label

    def head(self, title: str, right: str = "") -> None:
        """Add a section's head."""
        self._column.addSpacing(scaled(26))
        self._column.addWidget(SectionHead(title, right, self._inner))

    def put(self, widget: QWidget, above: int = 6) -> None:
        """Add a widget."""
        self._column.addSpacing(scaled(above))
        self._column.addWidget(widget)

    @property
    def inner(self) -> QWidget:
        """What the parts of the page are children of."""
        assert self._inner is not None  # noqa: S101  (made before any part)
        return self._inner

    def _head(self, loaded: Loaded, today: date) -> None:
        view = loaded.view
        title = TextLabel(breakable(view.survey.title), self._inner, step="page", weight=600, wrap=True)
        self._column.addWidget(title)
        self.say(self._facts(view, today), above=4)
        row = FlowRow(self._inner)
        policy = row.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)  # two lines of buttons are higher than its hint
        row.setSizePolicy(policy)
        for act, words, icon, kind in acts_of(loaded):
            button = Button(words, row, kind=kind, icon=icon, size=ButtonSize.NORMAL)
            button.setObjectName(f"survey_{act.value}")
            button.setProperty("act", act)
            button.clicked.connect(self._on_button)
            row.add(button)
        rare = rare_acts_of(loaded)
        if rare:
            row.add(self._more(rare, row))
        if row.parts():
            self.put(row, above=14)
        else:
            row.deleteLater()
        if view.form is None:
            self.say(in_words(survey_words.ERRORS["Invalid.unreadable"][1]), tone="warm")
        elif view.mine and view.survey.state == SurveyState.DRAFT:
            self._draft(view)

    def _more(self, rare: list[Offer], parent: QWidget) -> Button:
        """Return the button of what is done once, with what it opens."""
        more = Button(self.tr("More"), parent)
        more.setObjectName("survey_more")
        menu = QMenu(more)
        menu.triggered.connect(self._on_menu)
        for act, words, _icon, _kind in rare:
            action = QAction(words, menu)
            action.setObjectName(f"survey_{act.value}")
            action.setData(act)
            menu.addAction(action)
        more.setMenu(menu)
        return more

    def _facts(self, view: SurveyView, today: date) -> str:
        survey = view.survey
        parts = [kind_name(survey.kind), state_name(survey.state)]
        parts.append(self.tr("anonymous") if survey.anonymous else self.tr("with names"))
        if not view.mine:
            parts.append(self.tr("from {name}").format(name=view.maker or self.tr("a colleague")))
        if survey.opens is not None and survey.opens > today:
            parts.append(self.tr("from {day}").format(day=day_words(survey.opens, today)))
        if survey.closes is not None:
            parts.append(self.tr("until {day}").format(day=day_words(survey.closes, today)))
        if view.asked is not None:
            parts.append(
                self.tr("1 person asked") if view.asked == 1 else self.tr("{n} people asked").format(n=view.asked)
            )
        return " · ".join(parts)

    def _draft(self, view: SurveyView) -> None:
        if view.survey.anonymous:
            self.head(self.tr("What is promised to those who answer"))
            for sentence in promise(view.survey.least):
                self.say(sentence)
        self.say(
            self.tr("Nobody sees a draft. Once it is open, everybody in the shared folder can read it, "
                "and what it asks stands."),
            above=14,
        )  # fmt: skip

    def _results(self, loaded: Loaded) -> None:
        view, found = loaded.view, loaded.results
        if view.form is None or view.survey.state == SurveyState.DRAFT:
            return
        if not view.mine:
            self._for_others(view, takes=loaded.takes)
            return
        self.head(self.tr("Results"), answers_words(found.n) if found.enough else "")
        self._standing(loaded)
        if not found.enough:
            return
        if found.few:
            self.say(in_words(survey_words.FEW), tone="warm")
        if view.survey.anonymous:
            self.say(in_words(survey_words.ALIKE), step="small")
        for item in found.items:
            add_result(self, item, view)
        add_named(self, loaded)
        add_compared(self, loaded)
        add_pulse(self, loaded)

    def _standing(self, loaded: Loaded) -> None:
        """Say how many answers there are, which of them are shown, and why not all."""
        view, found = loaded.view, loaded.results
        survey, least = view.survey, view.survey.least
        if not view.here:
            self.say(
                self.tr("Answers are collected on another of your computers. "
                    "Collect them here only if that one is gone."),
                tone="warm",
            )  # fmt: skip
        if view.stays and survey.state == SurveyState.OPEN:
            self.say(
                self.tr(
                    "It is answered on this computer only: there was no shared folder when it was opened. "
                    "Pass the laptop round, or use paper."
                )
            )
        if found.too_many:
            self.say(
                self.tr("There are more answers than people were asked. "
                    "Nobody can tell whether somebody answered twice."),
                tone="warm",
            )  # fmt: skip
        if not survey.anonymous:
            if not found.enough:
                self.say(self.tr("No answer yet."))
            return
        if not found.enough and not view.waiting:
            self.say(self.tr("No answer has arrived yet. Results appear from {least} answers up.").format(least=least))
        elif not found.ready and not found.enough:
            self.say(
                self.tr(
                    "{n} of {least} answers are in. Results appear from {least} up, so that nobody can be picked out."
                ).format(n=view.waiting, least=least)
            )  # fmt: skip
        elif found.ready and survey.state == SurveyState.OPEN:
            self.say(
                self.tr(
                    "{n} sealed answers are in, enough to show. Shown now, those that come later wait for {least} "
                    "more, and fewer are never shown. If you wait until you close it, all are shown together."
                ).format(n=view.waiting, least=least)
            )
        elif view.waiting and not found.ready:
            self.say(
                self.tr(
                    "{n} more are in and not shown: fewer than {least} at a time would tell who came last. They appear "
                    "with the next ones."
                ).format(n=view.waiting, least=least)
            )

    def _for_others(self, view: SurveyView, *, takes: bool) -> None:
        if view.leaving:
            self.say(
                self.tr("Your answer is sealed. It leaves for the shared folder at a random later moment."), above=14
            )
        elif view.done:
            self.say(self.tr("Answered, or passed by, on this computer."), above=14)
        elif not takes:
            self.say(self.tr("It takes no answers now."), above=14)
        if view.survey.anonymous:
            self.head(self.tr("What anonymous means here"))
            for sentence in promise(view.survey.least):
                self.say(sentence)

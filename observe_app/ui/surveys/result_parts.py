"""What a survey comes to, question by question; before and after; a pulse over its rounds; names of a named one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.domain.form import ItemKind, text_in
from observe_app.services import survey_words
from observe_app.services.charts.readings import GoalReadings, Point, ReadingLine, readings
from observe_app.ui.charts.view import ChartView
from observe_app.ui.i18n import short_date
from observe_app.ui.surveys.count_bars import CountBars
from observe_app.ui.surveys.words import answer_name, in_words, label
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale

    from observe_app.domain.surveys.results import ItemResult
    from observe_app.services.surveys.surveys import SurveyView
    from observe_app.ui.surveys.loaded import Loaded


class Page(Protocol):
    """What takes the parts, one below the other."""

    def say(self, words: str, *, tone: str = "muted", step: str = "text", above: int = 8) -> TextLabel:
        """Add words that wrap."""

    def head(self, title: str, right: str = "") -> None:
        """Add a section's head."""

    def put(self, widget: QWidget, above: int = 6) -> None:
        """Add a widget."""

    def locale(self) -> QLocale:
        """The user's language."""

    @property
    def inner(self) -> QWidget:
        """What the parts are children of."""


def add_result(page: Page, result: ItemResult, view: SurveyView) -> None:
    """Show one question: its words, n, counts or texts."""
    language = page.locale().name()
    item = result.item
    page.say(label(item, language), tone="ink", step="body", above=22).setObjectName(f"result_{item.id}")
    if result.held:
        words = QCoreApplication.translate("SurveyResults", "Fewer than {least} answered this so far; it is not shown.")
        page.say(words.format(least=view.survey.least), step="small", above=2)
    elif item.kind is ItemKind.TEXT:
        _texts(page, result.texts)
        return
    elif not result.n:
        page.say(QCoreApplication.translate("SurveyResults", "Nobody answered this."), step="small", above=2)
    else:
        page.say(_n_words(result, language), step="small", above=2)
        if result.counts:
            rows = tuple((answer_name(item, key, language), count) for key, count in result.counts)
            page.put(CountBars(rows, result.n, page.inner))
    if result.texts:
        _texts(page, result.texts)


def _n_words(result: ItemResult, language: str) -> str:
    words = "n = {n}".format(n=result.n)  # noqa: UP032  (as in every other figure)
    if result.item.kind is ItemKind.CHOICES:
        words += " · " + QCoreApplication.translate("SurveyResults", "several answers were possible")
    if result.middle is None:
        return words
    low, high = result.middle
    if result.item.kind is ItemKind.NUMBER:
        middle = f"{low:g}"
    else:
        names = [answer_name(result.item, f"{one:g}", language) for one in dict.fromkeys((low, high))]
        middle = " / ".join(names)
    return words + " · " + QCoreApplication.translate("SurveyResults", "middle answer: {answer}").format(answer=middle)


def _texts(page: Page, texts: tuple[str, ...]) -> None:
    if not texts:
        page.say(QCoreApplication.translate("SurveyResults", "Nobody wrote anything here."), step="small", above=2)
        return
    words = QCoreApplication.translate("SurveyResults", "{n} wrote something; in no order")
    page.say(words.format(n=len(texts)), step="small", above=2)
    for text in texts:
        quote = page.say(text, tone="quote", above=8)
        quote.setContentsMargins(scaled(14), 0, 0, 0)


def add_named(page: Page, loaded: Loaded) -> None:
    """Show who answered a named survey, and when."""
    if not loaded.named:
        return
    page.head(QCoreApplication.translate("SurveyResults", "Who answered"), str(len(loaded.named)))
    nobody = QCoreApplication.translate("SurveyResults", "Nobody named")
    for one in loaded.named:
        day = short_date(one.on) if one.on is not None else ""
        page.say(" · ".join(part for part in (one.name or nobody, day) if part), tone="ink", above=6)


def add_compared(page: Page, loaded: Loaded) -> None:
    """Show what was answered before and after a session, side by side."""
    if not loaded.compared:
        return
    page.head(QCoreApplication.translate("SurveyResults", "Before and after"))
    page.say(in_words(survey_words.UNPAIRED))
    page.say(in_words(survey_words.GUSKEY), step="small", above=4)
    language = page.locale().name()
    for one in loaded.compared:
        page.say(label(one.before.item, language), tone="ink", step="body", above=18)
        grid = QWidget(page.inner)
        columns = QGridLayout(grid)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setHorizontalSpacing(scaled(28))
        before = QCoreApplication.translate("SurveyResults", "Before, n = {n}")
        after = QCoreApplication.translate("SurveyResults", "After, n = {n}")
        for column, (words, result) in enumerate(((before, one.before), (after, one.after))):
            head = TextLabel(words.format(n=result.n), grid, step="small", tone="muted", tabular=True)
            rows = tuple((answer_name(result.item, key, language), count) for key, count in result.counts)
            columns.addWidget(head, 0, column)
            columns.addWidget(CountBars(rows, result.n, grid), 1, column)
            columns.setColumnStretch(column, 1)
        page.put(grid)


def add_pulse(page: Page, loaded: Loaded) -> None:
    """Show a pulse over its rounds, as points with n; a line from three rounds on."""
    if not loaded.pulse:
        return
    page.head(QCoreApplication.translate("SurveyResults", "Pulse"))
    page.say(in_words(survey_words.PULSE))
    language = page.locale().name()
    lines = tuple(
        ReadingLine(
            (text_in(item.label, language) or item.id).rstrip(" ."),
            tuple(Point(one.survey_id, one.on, round(100 * one.above / one.n), one.n) for one in points),
        )
        for item, points in loaded.pulse
    )
    for line in lines:  # each by itself: what is asked together need not go together
        data = GoalReadings("", line.name, "%", (ReadingLine("", line.points),))
        page.put(ChartView(partial(readings, data), page.inner), above=12)

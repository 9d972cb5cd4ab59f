"""Surveys through the window: made, opened, answered three ways, shown from five answers up, never stored in plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot  # noqa: TC002  (a fixture's type, read at run time)

from observe_app.domain.surveys.sheet import Given
from observe_app.services import people
from observe_app.services.surveys import collecting, results, surveys
from observe_app.services.surveys.answering import Way, answer
from observe_app.ui.bus import ChangeBus
from observe_app.ui.groups.tab_base import SURVEYS, GroupsTarget
from observe_app.ui.surveys.acts import Act
from observe_app.ui.surveys.tab import SurveysTab
from observe_app.ui.surveys.words import promise
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.today.practice_rows import PracticeRows
from observe_app.ui.widgets import Button, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

CANARY = "nobodyshouldreadthis"


@pytest.fixture
def tab(core: Core, runner: JobRunner, shown: Callable[[QWidget], QWidget], qapp) -> SurveysTab:
    del qapp
    people.introduce(core, name="Anna")
    made = SurveysTab(core, runner, ChangeBus())
    made.resize(1366, 768)
    made.reload()
    shown(made)
    return made


def button(tab: QWidget, name: str) -> QAbstractButton:
    found = tab.window().findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, tab: QWidget, name: str) -> None:
    QApplication.processEvents()  # parts are laid out with the next turn
    qtbot.mouseClick(button(tab, name), Qt.MouseButton.LeftButton)


def words(tab: SurveysTab) -> str:
    return "\n".join(label.text() for label in tab.findChildren(TextLabel) if label.isVisibleTo(tab))


def opened(core: Core, **fields) -> str:
    form = core.catalogue.form("pulse-check")
    draft = surveys.create(core, form=form, title="Pulse of March", kind="pulse", **fields)
    return surveys.open_survey(core, survey_id=draft.id).id


def everything(core: Core) -> bytes:
    return b"".join(path.read_bytes() for path in core.folder.rglob("*") if path.is_file())


def test_an_empty_tab_offers_to_make_one_and_it_is_made_opened_and_closed(qtbot, tab, core):
    press(qtbot, tab, "survey_first")
    press(qtbot, tab, "survey_keep")

    (draft,) = surveys.listing(core)
    assert draft.survey.state == "draft"
    assert "What is promised to those who answer" in words(tab)
    press(qtbot, tab, "survey_open")
    (now,) = surveys.listing(core)
    assert now.survey.state == "open"
    press(qtbot, tab, "survey_close")
    assert surveys.view(core, now.survey.id).survey.state == "closed"


def test_a_title_is_needed_and_the_sheet_says_so(qtbot, tab, core):
    tab.make()
    sheet = tab.window().findChild(QWidget, "make_survey")
    sheet.title_field.clear()
    press(qtbot, tab, "survey_keep")

    assert sheet.remark.isVisible()
    assert surveys.listing(core) == ()


def test_five_answers_on_a_laptop_passed_round_show_and_four_do_not(qtbot, tab, core):
    survey = opened(core)
    tab.show_survey(survey)
    press(qtbot, tab, "survey_hand_round")
    pane = tab.answering
    for number in range(5):
        pane.sheet.item("time").setFocus()
        qtbot.keyClick(pane.sheet.item("time").focus_part(), str(1 + number))
        press(qtbot, tab, "answer_send")
        assert pane.stack.currentWidget() is pane.thanks
        assert pane.sheet.item("time").answer.value is None  # the next person sees nothing of it
        if number == 3:
            assert results.results(core, survey).items == ()
            assert collecting.release(core, survey_id=survey) == 0
        press(qtbot, tab, "answer_next")
    press(qtbot, tab, "answer_back")

    assert "5 sealed answers are in, enough to show" in words(tab)
    assert results.results(core, survey).items == ()
    press(qtbot, tab, "survey_release")
    assert "n = 5" in words(tab)


def test_the_next_person_begins_at_the_first_question_and_nothing_else_is_offered(qtbot, tab, core):
    survey = opened(core)
    tab.show_survey(survey)
    press(qtbot, tab, "survey_hand_round")
    pane = tab.answering
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    first = QApplication.focusWidget().objectName()
    pane.sheet.item("change").setFocus()
    qtbot.keyClicks(pane.sheet.item("change").focus_part(), "more time")
    press(qtbot, tab, "answer_send")
    assert tab.new_button.isHidden()
    press(qtbot, tab, "answer_next")

    assert QApplication.focusWidget().objectName() == first
    press(qtbot, tab, "answer_back")
    assert not tab.new_button.isHidden()


def test_escape_lets_answers_go_only_at_the_second_time(qtbot, tab, core):
    tab.show_survey(opened(core))
    press(qtbot, tab, "survey_hand_round")
    pane = tab.answering
    field = pane.sheet.item("change").focus_part()
    field.setFocus()
    qtbot.keyClicks(field, "more time")
    qtbot.keyClick(pane, Qt.Key.Key_Escape)

    assert tab.answering is pane
    assert pane.warning.isVisible()

    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert tab.answering is None


def test_what_is_typed_is_nowhere_but_on_the_screen_and_then_sealed(qtbot, tab, core):
    survey = opened(core)
    tab.show_survey(survey)
    press(qtbot, tab, "survey_answer")
    field = tab.answering.sheet.item("change")
    field.focus_part().setFocus()
    qtbot.keyClicks(field.focus_part(), CANARY)
    tab.answering.sheet.flush()
    qtbot.wait(700)  # longer than any field waits before it keeps its words

    assert tab.answering.touched
    assert CANARY.encode() not in everything(core)
    assert not tab.leave()  # it would be lost

    qtbot.keyClick(field.focus_part(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert tab.answering is None
    assert surveys.view(core, survey).waiting == 1
    assert CANARY.encode() not in everything(core)
    assert not tab.findChildren(QWidget, "answer_pane") or not any(
        CANARY in getattr(one, "toPlainText", str)() for one in tab.findChildren(QWidget)
    )


def test_going_back_leaves_nothing(qtbot, tab, core):
    survey = opened(core)
    tab.show_survey(survey)
    press(qtbot, tab, "survey_answer")
    field = tab.answering.sheet.item("change").focus_part()
    qtbot.keyClicks(field, CANARY)
    press(qtbot, tab, "answer_back")

    assert tab.answering is None
    assert surveys.view(core, survey).waiting == 0
    assert CANARY.encode() not in everything(core)


def test_an_empty_sheet_is_refused_in_words(qtbot, tab, core):
    tab.show_survey(opened(core))
    press(qtbot, tab, "survey_answer")

    with qtbot.waitSignal(tab.failed) as caught:
        press(qtbot, tab, "answer_send")

    assert caught.args[0].rule == "empty"
    assert tab.answering is not None


def test_paper_is_typed_in_by_keys_alone(qtbot, tab, core):
    survey = opened(core)
    tab.show_survey(survey)
    press(qtbot, tab, "survey_paper")
    pane = tab.answering
    for number in range(3):
        assert f"Sheet {number + 1}" in words(tab)
        qtbot.keyClick(tab.window().focusWidget(), "4")
        qtbot.keyClick(tab.window().focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pane.kept == 3
    press(qtbot, tab, "answer_back")

    assert "3 of 5 answers are in" in words(tab)


def test_a_survey_offers_no_reasons_that_only_an_observer_has(qtbot, tab, core):
    form = core.catalogue.form("session-survey")
    survey = surveys.open_survey(core, survey_id=surveys.create(core, form=form, title="x").id).id
    tab.show_survey(survey)
    press(qtbot, tab, "survey_answer")
    item = tab.answering.sheet.item("worth-time")
    qtbot.keyClick(item.focus_part(), "x")
    qtbot.keyClick(item.focus_part(), "0")

    assert item.absence is None
    for name in ("will-try", "in-the-way"):
        assert not any(one.isVisible() for one in tab.answering.sheet.item(name).absences.values())
    assert "Not looked for" not in words(tab)


def test_the_page_says_exactly_what_anonymous_means(qtbot, tab, core):
    tab.show_survey(opened(core))
    press(qtbot, tab, "survey_answer")
    press(qtbot, tab, "promise_more")

    told = words(tab)
    for part in ("answered twice", "one laptop passed round", "or paper", "5 or more at a time"):
        assert part in told
    assert "shared folder" not in told  # an organiser's own answer stays on this computer
    press(qtbot, tab, "promise_more")
    assert tab.answering.sheet.isVisible()


def test_whoever_answers_through_the_folder_is_told_what_its_system_notes():
    told = "\n".join(promise(5))

    assert "who owns a file, and when it arrived" in told
    assert "cannot be hidden from here" in told


def test_today_shows_what_waits_for_me(qtbot, tab, core):
    me = core.settings.get().me_id
    survey = opened(core, asked=(me,))
    rows = PracticeRows(core, tab)
    assert rows.load()
    added: list[QWidget] = []
    (row,) = rows.fill(lambda widget, _above: added.append(widget))
    with qtbot.waitSignal(rows.asked) as caught:
        row.opened.emit()
    assert caught.args == [GroupsTarget(SURVEYS, survey)]

    answer(core, survey_id=survey, given={"time": Given(3)})
    assert not rows.load()


def test_a_named_survey_tells_who_answered(qtbot, tab, core):
    survey = opened(core, anonymous=False)
    answer(core, survey_id=survey, given={"time": Given(3)}, way=Way.OWN)
    tab.show_survey(survey)

    assert "Anna" in words(tab)


@pytest.mark.parametrize("theme_choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("percent", [100, 150])
def test_long_words_stay_within_the_page(tab, core, theme, theme_choice, percent):
    theme.apply(theme_choice)
    theme.set_text_size(percent)
    form = core.catalogue.form("session-survey")
    title = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung " * 2
    survey = surveys.open_survey(core, survey_id=surveys.create(core, form=form, title=title).id).id
    for _ in range(5):
        answer(core, survey_id=survey, given={"worth-time": Given(4), "keep": Given("w" * 900)}, way=Way.PASSED)
    collecting.release(core, survey_id=survey)
    tab.resize(1024, 640)
    tab.show_survey(survey)

    QApplication.processEvents()
    page = tab.page
    assert page.horizontalScrollBar().maximum() == 0
    for name in ("survey_close", "survey_print", "survey_more"):
        one = button(tab, name)
        right = one.mapTo(tab, QPoint(one.width(), one.height()))
        assert right.x() <= tab.width()
        assert one.height() >= 30


def test_few_buttons_stand_side_by_side_and_the_rest_is_behind_one(tab, core):
    survey = opened(core, anonymous=False)
    answer(core, survey_id=survey, given={"time": Given(3)}, way=Way.OWN)
    tab.show_survey(survey)
    asked = []
    tab.page.asked.connect(asked.append)

    menu = button(tab, "survey_more").menu()
    shown = [one for one in tab.page.findChildren(Button) if one.isVisible()]
    next(one for one in menu.actions() if one.objectName() == "survey_remove").trigger()

    assert len(shown) <= 6
    assert {one.objectName() for one in menu.actions()} >= {"survey_again", "survey_remove"}
    assert asked == [Act.REMOVE]

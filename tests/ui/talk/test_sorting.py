"""Sorting as a person does it: views and private notes as evidence, answers that rest on notes, notes narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from observe_app.domain.evidence import ClaimKind
from observe_app.services import answers, history, notes, talk, visits
from observe_app.ui.bus import ChangeBus
from observe_app.ui.jobs import JobRunner
from observe_app.ui.talk import TalkTab
from observe_app.ui.talk.note_filter import Narrow
from observe_app.ui.talk.notes_model import KINDS_ROLE
from observe_app.ui.talk.source import Picked, mime_of
from observe_app.ui.talk.views_list import VIEW_ROLE
from tests.ui.tabs import on_screen
from tests.ui.talk.counted_lesson import Counted, counted_lesson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def counted(core: Core) -> Counted:
    """Return a lesson with a form, tags, phases and a private note."""
    return counted_lesson(core)


@pytest.fixture
def page(qtbot: QtBot, core: Core, counted: Counted) -> Iterator[TalkTab]:
    """Return the Talk tab of that lesson."""
    with on_screen(qtbot, core, TalkTab, counted.visit.id) as made:
        made.start_widget().setFocus()
        yield made


def click_row(qtbot: QtBot, view: object, row: int) -> None:
    """Click a row of a list and leave the keyboard there."""
    place = view.visualRect(view.model().index(row, 0)).center()  # type: ignore[attr-defined]
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)  # type: ignore[attr-defined]
    view.setFocus()  # type: ignore[attr-defined]


def pick_view(qtbot: QtBot, page: TalkTab, key: str) -> None:
    """Go to the views and click one."""
    if not page.notes.shows_views:
        qtbot.keyClick(page.notes.list, KEY.Key_V)
    row = page.notes.views_model.row_of(key)
    assert row is not None
    click_row(qtbot, page.notes.views, row)


def shown(page: TalkTab) -> list[str]:
    """Return the words of the notes in the list."""
    return [page.notes.model.event_at(row).text for row in range(page.notes.model.rowCount())]


def drop(board: object, picked: Picked, place: QPoint) -> QDropEvent:
    """Let go what is dragged over a board."""
    data, none = mime_of(picked), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.LinkAction, data, LEFT, none)
    QApplication.sendEvent(board, enter)  # type: ignore[arg-type]
    event = QDropEvent(QPointF(place), Qt.DropAction.LinkAction, data, LEFT, none, QEvent.Type.Drop)
    QApplication.sendEvent(board, event)  # type: ignore[arg-type]
    return event


# -- views


def test_v_shows_what_the_lesson_adds_up_to_each_with_its_base(qtbot: QtBot, page: TalkTab) -> None:
    qtbot.keyClick(page.notes.list, KEY.Key_V)

    texts = [page.notes.views_model.index(row, 0).data() for row in range(page.notes.views_model.rowCount())]
    assert "#open in 3 of 5 notes" in texts, "the private note is in no view"
    assert all(" of " in text or "n = " in text for text in texts)
    assert page.notes.views.hasFocus()
    qtbot.keyClick(page.notes.views, KEY.Key_V)
    assert page.notes.list.hasFocus()


def test_a_view_becomes_evidence_by_key_and_counts_as_evidence(
    qtbot: QtBot, core: Core, page: TalkTab, counted: Counted
) -> None:
    pick_view(qtbot, page, "tag:open")
    qtbot.keyClick(page.notes.views, KEY.Key_G)

    (claim,) = talk.claims(core, counted.visit.id)
    assert (claim.kind, claim.evidence, claim.views) == (ClaimKind.GROWTH, (), ("tag:open",))
    card = page.board.card_of(claim.id)
    assert card is not None
    assert card.no_evidence.isHidden()
    assert [(quote.view, quote.source.text) for quote in card.quotes] == [("tag:open", "#open in 3 of 5 notes")]
    assert page.notes.views_model.index(0, 0).data(VIEW_ROLE) is not None
    row = page.notes.views_model.row_of("tag:open")
    assert row is not None
    assert page.notes.views_model.index(row, 0).data(KINDS_ROLE) == (ClaimKind.GROWTH,)


def test_clicking_the_quotation_of_a_view_shows_exactly_its_events(qtbot: QtBot, core: Core, page: TalkTab) -> None:
    pick_view(qtbot, page, f"phase:{_phase(page)}")
    qtbot.keyClick(page.notes.views, KEY.Key_S)
    quote = page.board.cards[0].quotes[0]

    qtbot.mouseClick(quote, LEFT)

    assert not page.notes.shows_views
    assert shown(page) == ["Starter", "note 0 says what was seen", "note 1 says what was seen",
                           "note 2 says what was seen"]  # fmt: skip
    assert page.notes.filter_bar.isVisible()
    assert page.notes.filter_bar.count.text() == "4 events"


def _phase(page: TalkTab) -> str:
    return next(phase.event for phase, _count in page.notes.model.offers.phases)


def test_a_linked_view_follows_its_events(core: Core, page: TalkTab, counted: Counted) -> None:
    talk.add_claim(core, visit_id=counted.visit.id, kind=ClaimKind.STRENGTH, views=("tag:open",))
    note = next(event for event in notes.stream(core, counted.visit.id) if event.tags == ("open",))
    seen = history.seen(core, ("event", note.id))
    notes.delete(core, event_id=note.id, seen=seen)

    (quote,) = page.board.cards[0].quotes
    assert quote.source.text == "#open in 2 of 4 notes"


def test_a_view_without_events_any_more_says_so(core: Core, page: TalkTab, counted: Counted) -> None:
    talk.add_claim(core, visit_id=counted.visit.id, kind=ClaimKind.STRENGTH, views=("tag:gone",))

    (quote,) = page.board.cards[0].quotes
    assert quote.source.text == "Nothing is recorded for this view any more."


def test_a_view_is_taken_away_and_brought_back_step_by_step(
    qtbot: QtBot, core: Core, page: TalkTab, counted: Counted
) -> None:
    pick_view(qtbot, page, "tag:open")
    qtbot.keyClick(page.notes.views, KEY.Key_S)
    quote = page.board.cards[0].quotes[0]
    quote.setFocus()
    qtbot.keyClick(quote, KEY.Key_Delete)
    assert not talk.claims(core, counted.visit.id)[0].rests
    assert "Ctrl Z" in page.notes.undo_note.words.text()

    page.undo()
    assert talk.claims(core, counted.visit.id)[0].views == ("tag:open",)
    page.undo()
    assert talk.claims(core, counted.visit.id) == ()


def test_a_view_dropped_on_a_claim_is_linked_to_it(core: Core, page: TalkTab, counted: Counted) -> None:
    claim = talk.add_claim(core, visit_id=counted.visit.id, kind=ClaimKind.STRENGTH, title="Waits")
    card = page.board.cards[0]
    event = drop(page.board, Picked(views=("tag:open",)), card.mapTo(page.board, card.rect().center()))

    assert event.isAccepted()
    assert talk.open_claim(core, claim.id).value.views == ("tag:open",)


def test_several_notes_linked_at_once_are_taken_back_at_once(
    qtbot: QtBot, core: Core, page: TalkTab, counted: Counted
) -> None:
    claim = talk.add_claim(core, visit_id=counted.visit.id, kind=ClaimKind.STRENGTH, title="Waits")
    qtbot.mouseClick(page.board.cards[0], LEFT, pos=QPoint(4, 4))
    click_row(qtbot, page.notes.list, 0)
    qtbot.keyClick(page.notes.list, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.notes.list, KEY.Key_L)
    assert len(talk.open_claim(core, claim.id).value.evidence) == 2

    page.undo()
    assert talk.open_claim(core, claim.id).value.evidence == ()


# -- private notes


def test_a_private_note_as_evidence_says_that_it_stays(qtbot: QtBot, page: TalkTab) -> None:
    click_row(qtbot, page.notes.list, page.notes.model.rowCount() - 1)
    assert page.notes.list.drag_words() == "Private: stays with you"
    qtbot.keyClick(page.notes.list, KEY.Key_S)

    (quote,) = page.board.cards[0].quotes
    assert "Private: left out of what leaves" in quote.accessibleName()
    assert "left out of what leaves" in page.notes.undo_note.words.text()


# -- the form


def test_f_shows_the_answers_and_folds_away_what_was_not_answered(
    qtbot: QtBot, page: TalkTab, counted: Counted
) -> None:
    qtbot.keyClick(page.notes.list, KEY.Key_F)

    assert page.form_board.isVisible()
    (card,) = page.form_board.cards
    assert card.item == counted.ratings[0]
    assert card.dots is not None
    assert card.dots.value() == 3
    assert card.no_evidence.isVisible()
    assert page.form_board.folded.isHidden()
    qtbot.mouseClick(page.form_board.fold_button, LEFT)
    assert page.form_board.folded.isVisible()
    qtbot.keyClick(page.notes.list, KEY.Key_F)
    assert page.board.isVisible()


def test_l_links_notes_and_views_to_the_selected_answer(
    qtbot: QtBot, core: Core, page: TalkTab, counted: Counted
) -> None:
    qtbot.keyClick(page.notes.list, KEY.Key_F)
    card = page.form_board.cards[0]
    qtbot.mouseClick(card, LEFT, pos=QPoint(4, 4))
    click_row(qtbot, page.notes.list, 1)
    qtbot.keyClick(page.notes.list, KEY.Key_L)
    pick_view(qtbot, page, "talk")
    qtbot.keyClick(page.notes.views, KEY.Key_L)

    links = [(link.target_kind, link.target_id, link.view) for link in talk.evidence(core, counted.visit.id)]
    assert links == [("answer", counted.ratings[0], ""), ("answer", counted.ratings[0], "talk")]
    card = page.form_board.cards[0]
    assert [quote.view for quote in card.quotes] == ["talk", ""]
    assert card.no_evidence.isHidden()

    quote = card.quotes[1]
    quote.setFocus()
    qtbot.keyClick(quote, KEY.Key_Delete)
    assert [link.view for link in talk.evidence(core, counted.visit.id)] == ["talk"]


def test_notes_dropped_on_an_answer_are_its_evidence(core: Core, page: TalkTab, counted: Counted) -> None:
    page.switch_side()
    QApplication.processEvents()
    card = page.form_board.cards[0]
    note = page.notes.model.event_at(0).id
    event = drop(page.form_board, Picked(events=(note,)), card.mapTo(page.form_board, card.rect().center()))

    assert event.isAccepted()
    assert [link.event_id for link in talk.evidence(core, counted.visit.id)] == [note]


def test_an_answer_that_changes_elsewhere_is_shown_as_it_is(core: Core, page: TalkTab, counted: Counted) -> None:
    item = counted.ratings[0]
    seen = answers.open_answer(core, visit_id=counted.visit.id, item=item).seen
    answers.give(core, visit_id=counted.visit.id, item=item, value=1, seen=seen)

    dots = page.form_board.cards[0].dots
    assert dots is not None
    assert dots.value() == 1


def test_what_was_agreed_comes_first_in_an_observed_led_visit(core: Core, page: TalkTab, counted: Counted) -> None:
    last = counted.ratings[-1]
    opened = visits.open_visit(core, counted.visit.id)
    visits.update(core, visit_id=counted.visit.id, seen=opened.seen, led="teacher", agreed_items=(last,))

    cards = page.form_board.cards
    assert [card.item for card in cards] == [last, counted.ratings[0]]
    assert not cards[0].agreed.isHidden()


# -- filters


def test_wishes_combine_and_say_how_many_are_left(qtbot: QtBot, page: TalkTab) -> None:
    page.notes.filter_button.wished.emit((Narrow.SPEAKER, "T"))
    page.notes.filter_button.wished.emit((Narrow.SPEAKER, "S4"))
    page.notes.filter_button.wished.emit((Narrow.TAG, "open"))

    assert shown(page) == ["note 0 says what was seen", "note 4 says what was seen"]
    assert page.notes.filter_bar.count.text() == "2 of 6 notes"
    assert [chip.text() for chip in page.notes.filter_bar.chips] == ["T", "S4", "#open"]

    qtbot.mouseClick(page.notes.filter_bar.chips[2], LEFT)
    assert page.notes.filter_bar.count.text() == "4 of 6 notes"
    qtbot.keyClick(page.notes.list, KEY.Key_Escape)
    assert page.notes.filter_bar.isHidden()
    assert len(shown(page)) == 6


def test_the_menu_offers_what_there_is_and_narrows(qtbot: QtBot, page: TalkTab) -> None:
    menu = page.notes.filter_button.menu()
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == ["Not used yet\t6", "Starred\t1", "Speaker", "Tag", "Phase"]

    phase = menu.actions()[-1].menu().actions()[1]
    assert phase.text() == "Pairs\t3"
    phase.trigger()
    assert shown(page) == [f"note {number} says what was seen" for number in (3, 4, 5)]


def test_not_used_yet_empties_as_notes_are_used(qtbot: QtBot, page: TalkTab) -> None:
    page.notes.toggle_wish((Narrow.UNUSED, ""))
    click_row(qtbot, page.notes.list, 0)
    qtbot.keyClick(page.notes.list, KEY.Key_S)

    assert page.notes.filter_bar.count.text() == "5 of 6 notes"
    assert "note 0 says what was seen" not in shown(page)


def test_a_note_far_down_is_brought_into_view(core: Core, qtbot: QtBot) -> None:
    made = counted_lesson(core, notes=60)
    bus, jobs = ChangeBus(), JobRunner()
    tab = TalkTab(core, made.visit.id, jobs, bus)
    qtbot.addWidget(tab)
    tab.resize(1024, 600)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activate()
    last = tab.notes.model.event_at(59).id
    tab.notes.show_note(last)

    rect = tab.notes.list.visualRect(tab.notes.model.index(59, 0))
    assert tab.notes.list.viewport().rect().contains(rect)
    tab.leave()
    jobs.shutdown()


# -- writing


def test_an_empty_claim_offers_three_beginnings_and_a_click_puts_one_in(
    qtbot: QtBot, core: Core, page: TalkTab, counted: Counted
) -> None:
    card = page.board.begin(ClaimKind.GROWTH)
    assert len(card.starters.buttons) == 3
    assert card.starters.isVisible()
    words = card.starters.buttons[0].text()

    qtbot.mouseClick(card.starters.buttons[0], LEFT)
    assert card.text.text() == words
    assert card.text.textCursor().selectedText() == "…"
    assert card.starters.isHidden()
    qtbot.keyClicks(card.text, "12:30")
    assert page.leave()
    assert talk.claims(core, counted.visit.id)[0].text == words.replace("…", "12:30", 1)


def test_words_that_judge_are_underlined_in_a_claim_and_quotations_are_not(
    qtbot: QtBot, core: Core, page: TalkTab, counted: Counted
) -> None:
    page.board.set_judging_words(frozenset({"lively"}))
    card = page.board.begin(ClaimKind.STRENGTH)
    qtbot.keyClicks(card.title, "A lively start")
    card.text.show()
    card.text.write()
    qtbot.keyClicks(card.text, 'T said "lively"')

    for marks in card.marks:
        marks.mark_now()
    assert [marks.marked for marks in card.marks] == [("lively",), ()]


def test_what_is_counted_as_leaving_leaves_private_notes_out(qtbot: QtBot, core: Core, page: TalkTab) -> None:
    last = page.notes.model.rowCount() - 1
    click_row(qtbot, page.notes.list, last - 1)
    qtbot.keyClick(page.notes.list, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.notes.list, KEY.Key_S)

    assert len(page.board.cards[0].quotes) == 2
    assert "1 note" in page.bar.counts.text()


def test_the_filter_is_reached_and_cleared_by_the_keyboard_alone(qtbot: QtBot, page: TalkTab) -> None:
    page.notes.toggle_wish((Narrow.TAG, "open"))
    page.notes.search.setFocus()
    reached = []
    for _step in range(6):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        reached.append(QApplication.focusWidget())

    assert reached[0] is page.notes.filter_button
    chip = page.notes.filter_bar.chips[0]
    assert chip in reached
    assert page.notes.filter_bar.clear_button in reached
    chip.setFocus()
    qtbot.keyClick(chip, KEY.Key_Space)
    assert len(shown(page)) == 6

"""Follow up as a person uses it: see the real PDF, save it, say what became of the steps."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.visit import Stage
from observe_app.services import releases, steps, talk, visits
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.i18n import step_name
from observe_app.ui.papers import paper_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.follow_up import FollowUpTab
    from observe_app.ui.follow_up.choice_button import ChoiceButton
    from tests.ui.talk.lesson import Lesson

PATIENCE = 15_000


def words_of(pdf: bytes | Path) -> str:
    """Return the text of every page on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def entries(button: ChoiceButton) -> list[str]:
    """Return what a list offers."""
    return [action.text() for action in button.list.actions() if not action.isSeparator()]


def choose(button: ChoiceButton, words: str) -> None:
    """Choose an entry of a list."""
    next(action for action in button.list.actions() if action.text() == words).trigger()


def wait_for_page(qtbot: QtBot, tab: FollowUpTab) -> None:
    """Wait until nothing is being made and a page is shown."""
    qtbot.waitUntil(lambda: tab.preview.sheet is not None and not tab.preview.bar.is_busy, timeout=PATIENCE)


def test_the_preview_is_the_pdf_as_it_is_now(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)
    first = tab.preview.sheet
    assert first is not None
    assert "Silence is used on purpose" in words_of(first.pdf)
    assert tab.preview.picture.image is not None
    assert tab.preview.picture.image.width() == tab.preview.picture.wanted_px()

    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="Waiting fades near the end")

    qtbot.waitUntil(
        lambda: tab.preview.sheet is not None and "Waiting fades" in words_of(tab.preview.sheet.pdf), timeout=PATIENCE
    )
    assert len(tab.replies.lines) == 2


def test_pages_are_turned_and_the_place_is_said(qtbot: QtBot, tab: FollowUpTab) -> None:
    tab.activate()
    choose(tab.preview.choices.which_button, "Full record")
    wait_for_page(qtbot, tab)
    assert tab.preview.sheet is not None
    pages = tab.preview.sheet.result.pages
    assert pages > 1
    assert tab.preview.count.text() == f"1 of {pages}"
    assert not tab.preview.back_button.isEnabled()

    qtbot.mouseClick(tab.preview.next_button, Qt.MouseButton.LeftButton)
    wait_for_page(qtbot, tab)

    assert tab.preview.sheet.page == 1
    assert tab.preview.count.text() == f"2 of {pages}"
    assert tab.preview.picture.accessibleName() == f"Page 2 of {pages}"


def test_all_notes_only_in_the_full_record(qtbot: QtBot, tab: FollowUpTab) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)
    assert tab.preview.sheet is not None
    assert "looking at the window" not in words_of(tab.preview.sheet.pdf)

    choose(tab.preview.choices.which_button, "Full record")

    qtbot.waitUntil(
        lambda: tab.preview.sheet is not None and tab.preview.sheet.wanted.scope == "record", timeout=PATIENCE
    )
    assert "looking at the window" in words_of(tab.preview.sheet.pdf)


def test_the_paper_is_remembered(qtbot: QtBot, core: Core, tab: FollowUpTab) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)

    choose(tab.preview.choices.paper_button, "Letter")

    qtbot.waitUntil(
        lambda: tab.preview.sheet is not None and tab.preview.sheet.wanted.paper == "Letter", timeout=PATIENCE
    )
    assert core.settings.get().paper == "Letter"
    assert tab.preview.sheet is not None
    image = tab.preview.sheet.image
    assert image.height / image.width == pytest.approx(11 / 8.5, rel=0.01)


def test_ink_is_saved_as_the_settings_say_until_one_chooses_for_this_visit(
    qtbot: QtBot, core: Core, tab: FollowUpTab
) -> None:
    core.settings.change(ink_saving=True)
    tab.activate()
    wait_for_page(qtbot, tab)
    assert tab.preview.choices.paper_button.whole == "A4 · saves ink"
    assert tab.preview.sheet is not None
    assert tab.preview.sheet.wanted.ink_saving

    choose(tab.preview.choices.paper_button, "Save ink: no filled areas")
    assert tab.leave()
    tab.activate()
    wait_for_page(qtbot, tab)

    assert not tab.preview.sheet.wanted.ink_saving
    assert core.settings.get().ink_saving


def test_a_copy_is_for_the_one_chosen(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    long_name = "Maria & Joana " + "Fernandes " * 7
    releases.set_reader(core, visit_id=lesson.visit.id, name=long_name)
    tab.activate()
    wait_for_page(qtbot, tab)
    which = tab.preview.choices.which_button
    assert which.whole == "Revision 1 · Summary · for Amina Diallo-Žižek"

    which.list.actions()[-1].trigger()

    assert which.whole.endswith("Fernandes")
    assert which.toolTip(), "the whole name where it does not fit"
    assert which.width() <= tab.preview.width()
    with qtbot.waitSignal(tab.exported, timeout=PATIENCE):
        tab.save_to(tmp_path / "given.pdf")
    assert [copy.reader for copy in releases.copies(core, lesson.visit.id)] == [long_name.strip()]


def test_a_character_without_a_glyph_is_told(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="Signs \U00013080 on the board")
    tab.activate()
    wait_for_page(qtbot, tab)

    assert tab.preview.remark.isVisible()
    assert "\U00013080" in tab.preview.remark.text()


def test_a_page_made_for_less_room_is_made_again(qtbot: QtBot, tab: FollowUpTab) -> None:
    tab.resize(500, 300)
    tab.activate()
    tab.resize(1200, 800)  # while the first page is on its way

    qtbot.waitUntil(
        lambda: (
            tab.preview.sheet is not None
            and tab.preview.sheet.image.width == tab.preview.picture.wanted_px()
            and not tab.preview.bar.is_busy
        ),
        timeout=PATIENCE,
    )


def test_reading_larger_gives_the_page_the_width(qtbot: QtBot, tab: FollowUpTab) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)
    small = tab.preview.picture.page_rect().width()

    qtbot.mouseClick(tab.preview.larger_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.preview.picture.page_rect().width() > 1.5 * small)
    qtbot.waitUntil(
        lambda: (
            tab.preview.sheet is not None
            and tab.preview.sheet.image.width == tab.preview.picture.wanted_px()
            and not tab.preview.bar.is_busy
        ),
        timeout=PATIENCE,
    )

    assert not tab.pane.isVisible()


def test_a_draft_that_is_saved_says_so_and_counts_as_nothing_sent(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)
    assert tab.preview.save_button.text() == "Save draft"
    qtbot.mouseClick(tab.preview.save_button, Qt.MouseButton.LeftButton)
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("Draft feedback Amina Diallo-Žižek 2026-03-10.pdf")
    target = tmp_path / "out" / "given.pdf"
    target.parent.mkdir()

    with qtbot.waitSignal(tab.exported, timeout=PATIENCE):
        dialog.selectFile(str(target))
        dialog.accept()

    assert "Silence is used on purpose" in words_of(target)
    assert tab.message_bar.text_label.text().startswith("Draft saved as given.pdf")
    assert tab.message_bar.action_button.text() == "Open folder"
    assert core.settings.get().last_export == str(target.parent)
    assert visits.get(core, lesson.visit.id).stage is Stage.TALK
    assert releases.copies(core, lesson.visit.id) == ()


def test_a_copy_of_a_revision_is_written_down_with_its_sum(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    tab.activate()
    wait_for_page(qtbot, tab)
    assert tab.preview.title.text() == "As the teacher reads it"
    assert tab.suggested_name() == "Feedback Amina Diallo-Žižek 2026-03-10 revision 1.pdf"
    target = tmp_path / "given.pdf"

    with qtbot.waitSignal(tab.exported, timeout=PATIENCE):
        tab.save_to(target)

    (copy,) = releases.copies(core, lesson.visit.id)
    assert copy.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert (copy.reader, copy.way, copy.scope, copy.file_name) == (
        "Amina Diallo-Žižek", "file", "summary", "given.pdf",
    )  # fmt: skip
    assert visits.get(core, lesson.visit.id).stage is Stage.FOLLOW_UP
    (row,) = tab.sent.rows
    row.sum_button.click()
    assert QGuiApplication.clipboard().text() == copy.sha256


def test_a_revision_stays_as_it_left_and_the_draft_follows_the_record(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="Written after the release")
    tab.activate()
    wait_for_page(qtbot, tab)
    assert tab.preview.sheet is not None
    assert "Written after the release" not in words_of(tab.preview.sheet.pdf)
    assert [line.left.title for line in tab.replies.lines] == ["Silence is used on purpose"]

    which = tab.preview.choices.which_button
    assert entries(which) == ["Revision 1", "Draft as it is now", "Summary", "Full record"]
    assert which.whole == "Revision 1 · Summary"
    choose(which, "Draft as it is now")
    qtbot.waitUntil(
        lambda: tab.preview.sheet is not None and tab.preview.sheet.wanted.release is None, timeout=PATIENCE
    )

    assert "Written after the release" in words_of(tab.preview.sheet.pdf)
    assert tab.preview.save_button.text() == "Save draft"


def test_a_file_that_cannot_be_written_is_told_and_nothing_changes(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)

    tab.save_to(tmp_path / "no such folder" / "x.pdf")

    qtbot.waitUntil(tab.message_bar.isVisible, timeout=PATIENCE)
    assert "Saved" not in tab.message_bar.text_label.text()
    assert tab.preview.save_button.isEnabled()
    assert visits.get(core, lesson.visit.id).stage is Stage.TALK
    assert core.settings.get().last_export == ""


def test_what_can_be_done_about_a_release_follows_what_left(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, tmp_path: Path
) -> None:
    acts = tab.sent.acts

    def offered() -> list[str]:
        buttons = (acts.release_button, acts.correct_button, acts.take_back_button, acts.withdraw_button)
        return [button.text() for button in buttons if not button.isHidden()]

    tab.activate()
    assert offered() == ["Release…"]
    made = releases.release(core, visit_id=lesson.visit.id)
    tab.reload()
    assert offered() == ["Correct it…", "Take it back…"]
    releases.add_copy(core, release=made, reader="Amina", way="file", scope="summary", file_name="x.pdf", data=b"x")
    tab.reload()
    assert offered() == ["Correct it…", "Withdraw it…"]
    releases.withdraw(core, lesson.visit.id, "the wrong class")
    tab.reload()
    assert offered() == ["Release it again…"]
    assert "Withdrawn in revision 2: the wrong class" in tab.replies.note.text()


def test_where_nothing_is_released_the_release_is_offered_before_a_reply(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson
) -> None:
    tab.activate()
    ways = tab.replies.ways
    with qtbot.waitSignal(tab.release_asked) as asked:
        ways.release_button.click()
    assert asked.args == ["release"]

    releases.release(core, visit_id=lesson.visit.id)
    tab.reload()
    assert ways.release_button.isHidden()
    assert "sends the file back" in ways.words.text()


def test_a_revision_that_was_taken_back_stays_readable_for_its_author(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    tab.activate()
    with qtbot.waitSignal(tab.release_asked) as asked:
        tab.sent.acts.take_back_button.click()
    assert asked.args == ["take_back"]
    releases.take_back(core, lesson.visit.id)
    qtbot.waitUntil(lambda: tab.preview.save_button.text() == "Save draft", timeout=PATIENCE)
    which = tab.preview.choices.which_button
    assert entries(which)[:2] == ["Revision 1, taken back", "Draft as it is now"]
    assert which.whole == "Draft · Summary"


def test_a_step_is_dropped_and_opened_again(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    tab.activate()
    wait_for_page(qtbot, tab)
    for status in (StepStatus.DROPPED, StepStatus.OPEN):
        (line,) = tab.steps.lines
        menu = line.state_menu()
        next(action for action in menu.actions() if action.data() == status.value).trigger()
        menu.deleteLater()
        assert steps.of_visit(core, lesson.visit.id)[0].status is status
        assert tab.steps.lines[0].state_button.text() == step_name(status)


def test_tab_walks_as_one_reads(core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    made = releases.release(core, visit_id=lesson.visit.id)
    for place in range(8):
        name = f"{place}.pdf"
        releases.add_copy(core, release=made, reader="Amina", way="file", scope="summary", file_name=name, data=b"x")
    tab.activate()
    tab.sent.more_button.click()
    preview, choices = tab.preview, tab.preview.choices
    wanted = [
        preview.larger_button, choices.which_button, preview.save_button, preview.print_button, choices.paper_button,
        tab.replies.ways.read_button, tab.replies.ways.type_button, *(row.sum_button for row in tab.sent.rows),
        tab.sent.acts.correct_button, *(line.state_button for line in tab.steps.lines), tab.next_visit.agree_button,
        tab.journal.all_button, *(row.text for row in tab.journal.learning.rows),
    ]  # fmt: skip

    walked: list[QWidget] = []
    one = preview.larger_button.nextInFocusChain()
    walked.append(preview.larger_button)
    while one is not preview.larger_button:
        walked.append(one)
        one = one.nextInFocusChain()

    assert [one for one in walked if one in wanted] == wanted


def test_leaving_stops_the_preview(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    tab.activate()
    assert tab.leave()
    qtbot.waitUntil(lambda: not tab.preview.bar.is_busy, timeout=PATIENCE)
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="Waiting fades")

    tab.activate()
    wait_for_page(qtbot, tab)

    assert tab.preview.sheet is not None
    assert "Waiting fades" in words_of(tab.preview.sheet.pdf)


@given(st.text(max_size=300))
def test_a_file_name_fits_every_system(stem: str) -> None:
    name = safe_name(stem, "pdf")

    assert name.endswith(".pdf")
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert len(name.encode()) <= 190
    assert name[0] not in " ."
    assert name.split(".")[0].upper() not in {"CON", "NUL", "AUX", "PRN", "COM1", "LPT9"}


@pytest.mark.parametrize(
    ("setting", "locale", "paper"),
    [("auto", "en_US", "Letter"), ("auto", "en_GB", "A4"), ("A4", "en_US", "A4"), ("Letter", "de_DE", "Letter")],
)
def test_paper_follows_the_setting_then_the_region(setting: str, locale: str, paper: str) -> None:
    assert paper_of(setting, QLocale(locale)) == paper

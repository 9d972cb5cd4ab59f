"""The teacher's reply: read from a file after a look at it, entered by hand, shown beside the observer's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.domain.reply import ReplyPoint, Stance
from observe_app.services import opened, releases, replies, talk
from observe_app.ui.follow_up import FollowUpTab
from observe_app.ui.follow_up.typed_reply_sheet import TypedReplySheet
from tests.services.reply_samples import Sample, feedback_pdf, filled, keep, release_of, released
from tests.ui.tabs import on_screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.follow_up.import_reply_sheet import ImportReplySheet

PATIENCE = 15_000
WORDS = {"words_1": "Yes.", "words_3": "Two at the back.", "overall": "Thank you.", "name": "Amina", "day": "12 March"}


@pytest.fixture
def sample(core: Core) -> Sample:
    return released(core)


@pytest.fixture
def shown(qtbot: QtBot, core: Core, sample: Sample) -> Iterator[FollowUpTab]:
    """Return the tab of a released visit, as it shows."""
    with on_screen(qtbot, core, FollowUpTab, sample.visit.id) as made:
        yield made


def part(tab: QWidget, name: str) -> QWidget:
    (found,) = [one for one in tab.findChildren(QWidget, name) if one.isVisible()]
    return found


def read(qtbot: QtBot, tab: FollowUpTab, path: Path) -> ImportReplySheet:
    sheet = tab.reply_desk.read(path)
    qtbot.waitUntil(lambda: not sheet.bar.is_busy, timeout=PATIENCE)
    return sheet


def take(qtbot: QtBot, tab: FollowUpTab, path: Path) -> None:
    sheet = read(qtbot, tab, path)
    assert sheet.main_button is not None
    with qtbot.waitSignal(sheet.taken, timeout=PATIENCE):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)


def pairs(tab: FollowUpTab) -> list[tuple[str, str, str]]:
    """Return the rows as they are read: title, word of the stance, words."""
    return [
        (line.left.title, line.right.word if line.right else "", line.right.text if line.right else "")
        for line in tab.replies.lines
    ]


# --- before any reply -------------------------------------------------------------------------------------------------


def test_without_a_reply_the_way_it_comes_back_is_said(shown: FollowUpTab) -> None:
    assert shown.replies.ways.words.text().startswith("None yet. The teacher types it into the PDF")
    assert not shown.replies.head.right.isVisible()
    assert all(line.right is None for line in shown.replies.lines)


# --- from a file ------------------------------------------------------------------------------------------------------


def test_a_file_is_shown_before_it_is_taken_in(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    path = keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree", 2: "different"}, received=True), "back.pdf")
    sheet = read(qtbot, shown, path)
    assert sheet.who.text() == sample.visit.teacher
    assert sheet.what.text().startswith("Answers revision 1")
    assert replies.of_visit(core, sample.visit.id) == (), "nothing is kept by a look"

    sheet.reject()
    assert replies.of_visit(core, sample.visit.id) == ()

    take(qtbot, shown, path)
    (reply,) = replies.of_visit(core, sample.visit.id)
    assert pairs(shown) == [
        ("Everybody had a partner", "Agrees", "Yes."),
        ("Wait longer after “why”", "Sees it differently", ""),
        ("Who was not asked?", "", "Two at the back."),
        ("Overall", "", "Thank you."),
        ("Receipt", "Received, which is not “agreed”", ""),
        ("Signed", "", "Amina, 12 March"),
    ]
    assert shown.replies.head.right_words.text().startswith("from the PDF, ")
    qtbot.waitUntil(lambda: replies.unseen(core) == ())
    assert reply.file_name == "back.pdf"


def test_the_same_file_twice_is_only_shown(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    path = keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "back.pdf")
    take(qtbot, shown, path)
    sheet = read(qtbot, shown, path)
    assert sheet.main_button is not None
    assert sheet.main_button.text() == "Show it"
    sheet.accept()
    assert len(replies.of_visit(core, sample.visit.id)) == 1


def test_a_reply_to_an_older_revision_says_so(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    release_of(core, sample.visit.id, sample.claims, number=2)
    take(qtbot, shown, keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "old.pdf"))

    assert "The reply answers revision 1; revision 2 is newer." in shown.replies.note.text()


def test_a_file_that_holds_no_reply_is_told_in_words(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    sheet = read(qtbot, shown, keep(tmp_path, b"%PDF-1.7\nnothing here", "bad.pdf"))
    assert sheet.main_button is not None
    assert not sheet.main_button.isVisible()
    assert sheet.what.text()
    assert "{" not in sheet.what.text()
    assert not sheet.type_button.isVisible()
    sheet.reject()

    empty = read(qtbot, shown, keep(tmp_path, sample.pdf, "empty.pdf"))
    assert empty.type_button.isVisible(), "what cannot be read can be entered"
    qtbot.mouseClick(empty.type_button, Qt.MouseButton.LeftButton)
    assert part(shown, "typed_reply_sheet")
    assert replies.of_visit(core, sample.visit.id) == ()


def test_a_file_of_another_visit_leads_there(qtbot: QtBot, core: Core, shown: FollowUpTab, tmp_path: Path) -> None:
    other = released(core)
    sheet = read(qtbot, shown, keep(tmp_path, filled(other.pdf, WORDS, {1: "partly"}), "other.pdf"))
    with qtbot.waitSignal(shown.target_asked, timeout=PATIENCE) as asked:
        sheet.accept()
    assert (asked.args[0].visit_id, asked.args[0].stage) == (other.visit.id, "follow_up")


def test_the_file_that_came_is_saved_again_byte_for_byte(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    pdf = filled(sample.pdf, WORDS, {1: "agree"})
    take(qtbot, shown, keep(tmp_path, pdf, "back.pdf"))
    (reply,) = replies.of_visit(core, sample.visit.id)
    shown.reply_desk.save_file_to(tmp_path / "again.pdf", reply)
    assert (tmp_path / "again.pdf").read_bytes() == pdf


# --- several ----------------------------------------------------------------------------------------------------------


def test_the_newest_reply_shows_and_an_earlier_one_opens(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    take(qtbot, shown, keep(tmp_path, filled(sample.pdf, {"words_1": "First."}, {1: "agree"}), "one.pdf"))
    core.clock.advance(seconds=60)
    take(qtbot, shown, keep(tmp_path, filled(sample.pdf, {"words_1": "Second."}, {1: "partly"}), "two.pdf"))
    assert pairs(shown)[0] == ("Everybody had a partner", "Partly", "Second.")
    assert shown.replies.head.which_button.text() == "2 of 2"

    menu = shown.replies.which_menu()
    menu.actions()[1].trigger()
    menu.deleteLater()

    assert pairs(shown)[0] == ("Everybody had a partner", "Agrees", "First.")
    assert "This is an earlier reply; a newer one came." in shown.replies.note.text()


def test_an_answer_to_a_claim_that_is_gone_stays_readable(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    take(qtbot, shown, keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "back.pdf"))
    opened = talk.open_claim(core, sample.claims[0])
    talk.delete_claim(core, claim_id=sample.claims[0], seen=opened.seen)
    releases.release(core, visit_id=sample.visit.id, why="one claim was not fair")
    qtbot.waitUntil(lambda: "revision 2" in shown.replies.head.left_words.text())

    (gone,) = [line for line in shown.replies.lines if line.left.title == "Everybody had a partner"]
    assert gone.left.text.endswith("No longer in the feedback; it was in revision 1.")
    assert gone.right is not None
    assert (gone.right.word, gone.right.text) == ("Agrees", "Yes.")


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_what_the_teacher_said_is_kept_as_it_is_typed(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample
) -> None:
    qtbot.mouseClick(shown.replies.ways.type_button, Qt.MouseButton.LeftButton)
    sheet = part(shown, "typed_reply_sheet")
    assert isinstance(sheet, TypedReplySheet)
    assert QApplication.focusWidget() is sheet.points[0].stance.button("agree")
    qtbot.keyClick(sheet.points[0].stance.button("agree"), Qt.Key.Key_Space)
    qtbot.keyClicks(sheet.points[1].words, "not in my class")
    qtbot.waitUntil(lambda: bool(replies.of_visit(core, sample.visit.id)), timeout=PATIENCE)
    qtbot.keyClicks(sheet.overall, "Good to talk")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    (reply,) = replies.of_visit(core, sample.visit.id)
    assert reply.source == "typed"
    assert reply.number == 1
    assert reply.points == (
        ReplyPoint(sample.claims[0], Stance.AGREE, ""),
        ReplyPoint(sample.claims[1], None, "not in my class"),
    )
    assert reply.overall == "Good to talk"
    qtbot.waitUntil(lambda: shown.replies.head.right_words.text().startswith("entered by you"))
    assert "Entered by you" in shown.replies.note.text()


def test_what_was_entered_can_be_changed_and_emptied(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample
) -> None:
    reply = replies.type_in(core, visit_id=sample.visit.id, release_id=sample.release.id, overall="Good to talk")
    shown.reply_desk.edit(reply)
    sheet = part(shown, "typed_reply_sheet")
    assert isinstance(sheet, TypedReplySheet)
    assert sheet.overall.text() == "Good to talk"
    sheet.overall.selectAll()
    qtbot.keyClicks(sheet.overall, "Not so good")
    sheet.accept()
    (reply,) = replies.of_visit(core, sample.visit.id)
    assert reply.overall == "Not so good"

    shown.reply_desk.edit(reply)
    sheet = part(shown, "typed_reply_sheet")
    assert isinstance(sheet, TypedReplySheet)
    sheet.overall.selectAll()
    qtbot.keyClick(sheet.overall, Qt.Key.Key_Delete)
    sheet.accept()
    assert replies.of_visit(core, sample.visit.id) == ()


def test_a_sheet_without_a_word_keeps_nothing(core: Core, shown: FollowUpTab, sample: Sample) -> None:
    shown.reply_desk.enter()
    sheet = part(shown, "typed_reply_sheet")
    assert isinstance(sheet, TypedReplySheet)
    sheet.accept()
    assert replies.of_visit(core, sample.visit.id) == ()


def test_a_reply_goes_to_the_clipboard_as_text(core: Core, shown: FollowUpTab, sample: Sample) -> None:
    replies.type_in(
        core,
        visit_id=sample.visit.id,
        release_id=sample.release.id,
        points=(ReplyPoint(sample.claims[0], Stance.AGREE, "Yes."),),
        overall="Thanks",
    )
    menu = shown.replies.more_menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    assert QGuiApplication.clipboard().text() == "Everybody had a partner: Agrees. Yes.\nOverall: Thanks"


def test_a_pdf_that_lost_its_attachment_is_matched_by_its_reference(
    qtbot: QtBot, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    pdf = filled(feedback_pdf(None, sample.reference), WORDS, {1: "agree"})
    sheet = read(qtbot, shown, keep(tmp_path, pdf, "bare.pdf"))
    assert sheet.who.text() == sample.visit.teacher
    assert sheet.remarks.isVisible()


class Viewer(QObject):
    """The program that the system opens a PDF with."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []

    @Slot(QUrl)
    def show_file(self, url: QUrl) -> None:
        """Keep what was opened."""
        self.files.append(Path(url.toLocalFile()))


def test_the_filled_file_opens_from_the_data_folder(
    qtbot: QtBot, core: Core, shown: FollowUpTab, sample: Sample, tmp_path: Path
) -> None:
    pdf = filled(sample.pdf, WORDS, {1: "agree"})
    take(qtbot, shown, keep(tmp_path, pdf, "back.pdf"))
    (reply,) = replies.of_visit(core, sample.visit.id)
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show_file")
    try:
        shown.reply_desk.open_file(reply)
    finally:
        QDesktopServices.unsetUrlHandler("file")

    (path,) = viewer.files
    assert path.read_bytes() == pdf
    assert path.is_relative_to(core.folder)
    opened.clear(core)
    assert not path.exists()

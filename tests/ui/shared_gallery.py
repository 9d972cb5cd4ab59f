"""Pictures of sharing: ``python -m tests.ui.shared_gallery FOLDER [THEME] [WIDTHxHEIGHT] [TEXT] [PART…]`` draws them.

Real colleagues share through a real folder; parts are "setup", "running", "visit" and "settings".
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock, SystemClock
from observe_app.domain.ids import Ids
from observe_app.domain.sync.card import Trust
from observe_app.domain.sync.state import LaptopSeen, RoundReport
from observe_app.services import people
from observe_app.services.core import close
from observe_app.services.sync import bundle, colleagues, setup, sharing, status
from observe_app.services.sync.status import Line, NotLetIn, Overview, Standing
from observe_app.ui.collecting import collect_here
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.shared_folder import SharedFolderPage
from observe_app.ui.shared_folder.own_side import Advice
from observe_app.ui.shared_folder.state_words import rail_icon, rail_sentence, rail_word
from observe_app.ui.visit.erase_sheet import EraseSheet
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School
from tests.ui.gallery_window import GalleryWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from observe_app.services.core import Core
    from observe_app.ui.shared_folder.setup_view import SetupView

    Make = Callable[[Core], "Gallery"]

ME = "Jonas Brandt"
AMINA, NORA = "Amina Diallo-Žižek", "Nora Okafor"
PHRASE = "four small words here"
LONG = "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst der Jüngeren"
NAMES = (AMINA, LONG, "יעל בן־דוד", "نور الهدى عبد الرحمن", "Joonas Παπαδόπουλος")


class Gallery(GalleryWindow):
    """A window on somebody's data, and where its pictures go."""

    def visit(self, visit_id: str, stage: str) -> None:
        """Open a visit at a stage, its pages drawn."""
        self.desk.go_to_visit(VisitTarget(visit_id, stage))
        self.wait(1.2)

    def badge(self) -> None:
        """Ask who can read the visit."""
        self.starter.window.current_page.header.badge.click()

    def sheet(self, name: str) -> Any:
        """Return the newest sheet of a name, as whatever it is."""
        return self.window.findChildren(QWidget, name)[-1]

    def shared(self) -> SharedFolderPage:
        """Go to the place of the shared folder."""
        page = self.starter.window.go("shared")
        self.wait()
        assert isinstance(page, SharedFolderPage)
        return page

    def end(self) -> None:
        self.starter.window.close()
        self.starter.end()
        self.wait(0.1)


def _clock() -> FakeClock:
    return FakeClock(SystemClock().now())


@contextmanager
def staff(*names: str, school_key: bool = False) -> Iterator[School]:
    """Colleagues who share through a folder of the disk."""
    with tempfile.TemporaryDirectory() as place, memory_keyring():
        clock, blank = _clock(), Path(place) / "blank"
        blank.mkdir()
        close(wire_core(blank, clock=clock, ids=Ids(clock)))
        made = School(Path(place), blank / "observe.sqlite", clock)
        made.shared = made.shared.rename(made.shared.with_name("Maths department"))
        for name in names:
            made.add(name, school_key=school_key)
        yield made
        made.close()


def _alone(school: School, name: str = ME) -> Core:
    data = school.place / f"alone {name}"
    data.mkdir()
    core = wire_core(data, clock=school.clock, ids=Ids(school.clock))
    people.introduce(core, name=name, school="Northfield School")
    school.cores[name] = core
    return core


def draw_setup(make: Make) -> None:
    """Go through the four steps, then come back with the words alone."""
    _draw_steps(make)
    _draw_return(make)
    _draw_first(make)


def _draw_steps(make: Make) -> None:
    with staff(*NAMES[:3]) as school:
        school.rounds(times=2)
        core = _alone(school)
        gallery = make(core)
        page = gallery.shared()
        view = page.setup_view
        gallery.take("setup-1-nothing")
        view.folder.choose(str(school.place / "nowhere"))
        gallery.wait(0.6)
        gallery.take("setup-1-bad")
        empty = school.place / "Empty folder on the school drive"
        empty.mkdir()
        view.folder.choose(str(empty))
        gallery.wait(0.8)
        gallery.take("setup-1-empty")
        found = setup.check(empty, core)
        view.check_panel.show_check(
            replace(found, write_ms=9_300, clock_off=-7_000.0, cloud="OneDrive", free=9_000_000)
        )
        gallery.take("setup-1-slow")
        view.folder.choose(str(school.shared))
        gallery.wait(0.8)
        gallery.take("setup-1-people")
        view.folder.next_button.click()
        gallery.wait(0.8)
        _draw_words(gallery, view)
        gallery.end()


def _draw_words(gallery: Gallery, view: SetupView) -> None:
    gallery.take("setup-2-shown")
    step = view.words
    for line, place in zip(step.lines, step.asked, strict=True):
        line.setFocus()
        line.setText("")
        QTest.keyClicks(line, step.grid.word(place) if line is step.lines[0] else "wander")
    gallery.take("setup-2-wrong")
    step.hide_button.click()
    gallery.take("setup-2-hidden")
    step.hide_button.click()
    step.lines[1].clear()
    QTest.keyClicks(step.lines[1], step.grid.word(step.asked[1]))
    gallery.take("setup-2-right")
    step.next_button.setFocus(Qt.FocusReason.TabFocusReason)
    gallery.take("setup-2-focus")
    step.next_button.click()
    gallery.wait(1.0)
    gallery.take("setup-3-people")
    view.people.next_button.click()
    gallery.take("setup-4-ready")


def _draw_return(make: Make) -> None:
    with staff(*NAMES[:1]) as school:
        school.rounds(times=2)
        words = school.cores[AMINA].vault.words()
        core = _alone(school)
        gallery = make(core)
        view = gallery.shared().setup_view
        view.folder.words_button.click()
        view.folder.choose(str(school.shared))
        gallery.wait(0.8)
        gallery.take("restore-1")
        view.folder.next_button.click()
        gallery.wait(0.5)
        gallery.take("restore-2-empty")
        view.restore.words_edit.setFocus()
        QTest.keyClicks(view.restore.words_edit, " ".join([*words.split()[:11], "zzzz"]))
        gallery.take("restore-2-typed")
        view.restore.next_button.click()
        gallery.take("restore-2-wrong")
        gallery.end()


def _draw_first(make: Make) -> None:
    with staff() as school:
        core = _alone(school)
        gallery = make(core)
        view = gallery.shared().setup_view
        view.words.ask_passphrase()
        view.folder.next_asked.disconnect()
        view.stack.setCurrentWidget(view.words)
        view.steps.set_step(1)
        gallery.take("setup-2-passphrase")
        gallery.end()
    with staff() as school:
        core = _alone(school)
        gallery = make(core)
        view = gallery.shared().setup_view
        view.folder.choose(str(school.shared))
        gallery.wait(0.8)
        view.folder.school_box.setChecked(True)
        gallery.take("setup-1-school")
        view.folder.next_button.click()
        gallery.wait(0.8)
        view.words.aside_button.click()
        gallery.wait(1.0)
        gallery.take("setup-4-school")
        view.ready.written_button.click()
        view.ready.next_button.click()
        gallery.wait(1.2)
        gallery.take("running-0")
        gallery.end()


def draw_running(make: Make) -> None:
    """The page once a folder is shared, in every state."""
    with staff(ME, *NAMES) as school:
        people.ensure(school.cores[AMINA], ME)
        school.meet()
        core = school.cores[ME]
        for name in NAMES[:2]:
            colleagues.same(core, school.print_of(name))
        gallery = make(core)
        page = gallery.shared()
        gallery.take("running-5")
        _draw_people(gallery, page)
        _draw_states(gallery, page, school)
        page.reload()
        gallery.wait(0.4)
        _draw_sheets(gallery, page)
        _draw_files(gallery, page, school)
        for one in page.running.side.findChildren(Advice):
            one.button.setChecked(True)
        page.running.round_button.setFocus(Qt.FocusReason.TabFocusReason)
        gallery.take("running-advice")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
        gallery.over("running-f1")
        gallery.end()


def _draw_people(gallery: Gallery, page: SharedFolderPage) -> None:
    view, core = page.running, gallery.core
    everyone = colleagues.listing(core)
    others, me = everyone[:-1], everyone[-1]
    view.show_people((*others[:3], me), kept=True)
    gallery.take("running-3")
    many = (others[at % 5] for at in range(40))
    named = [replace(one, card=replace(one.card, name=f"{one.card.name} {at}")) for at, one in enumerate(many)]
    view.show_people((*named, me), kept=True)
    gallery.take("running-40")
    red = replace(others[0], trust=Trust.CHANGED)
    view.show_overview(replace(status.overview(core), changed=(red.card.name,), conflicts=2))
    view.show_people((red, *others[1:3], me), kept=False)
    gallery.take("running-red")
    view.show_people((*others[:3], me), kept=True)


def _draw_states(gallery: Gallery, page: SharedFolderPage, school: School) -> None:
    view, now = page.running, school.clock.now()
    stands = status.overview(gallery.core)
    (first,) = stands.folders
    laptops = (
        LaptopSeen("a", AMINA, now - timedelta(days=3)), LaptopSeen("b", LONG, None, missing=2),
        LaptopSeen("c", NAMES[2], now - timedelta(days=40), clock_off=86_400 * 400),
    )  # fmt: skip
    away = replace(first, waiting=12, report=RoundReport(problem="missing"), laptops=laptops)
    path = "/Volumes/Untitled/" + "a very long way down/" * 8 + "Languages"
    folder = replace(first.folder, id="two", name="St Mary’s, languages", paused=True, path=path)
    second = replace(first, folder=folder)
    many = replace(away, waiting=12_345, report=RoundReport(incomplete=3))
    for word, found in (
        ("away", Overview(Standing.AWAY, (away,), waiting=12)),
        ("waiting", Overview(Standing.WAITING, (replace(away, report=RoundReport()),), waiting=12)),
        ("waiting-1000", Overview(Standing.WAITING, (many,), waiting=12_345)),
        ("paused", Overview(Standing.PAUSED, (second,))),
        ("locked", Overview(Standing.LOCKED, stands.folders)),
        ("two", Overview(Standing.AWAY, (away, second), waiting=12)),
    ):
        view.show_overview(found)
        gallery.starter.window.rail.button("shared").set_state(rail_word(found), rail_icon(found), rail_sentence(found))
        gallery.take(f"running-{word}")
    view.show_refused(_refused(now))
    view.show_log(_log(now, first.folder.id))
    view.more_button.click()
    gallery.wait()
    view.pane.verticalScrollBar().setValue(view.pane.verticalScrollBar().maximum())
    gallery.take("running-log")
    view.pane.verticalScrollBar().setValue(view.pane.verticalScrollBar().maximum() // 2)
    gallery.take("running-refused")
    view.show_refused(())


def _draw_sheets(gallery: Gallery, page: SharedFolderPage) -> None:
    page.show_words()
    gallery.take("sheet-words-asked")
    gallery.sheet("words_sheet").accept()
    gallery.over("sheet-words")
    (block,) = page.running.blocks.values()
    block.leave_action.trigger()
    gallery.over("sheet-leave")


def _draw_files(gallery: Gallery, page: SharedFolderPage, school: School) -> None:
    page.make_bundle()
    gallery.take("bundle-make")
    gallery.sheet("make_bundle_sheet").pass_radio.setChecked(True)
    gallery.over("bundle-make-pass")
    school.released(AMINA, ME)
    amina, made = school.cores[AMINA], school.place / "Visits of March.observe"
    (folder,) = setup.folders(amina)
    bundle.make(amina, made, folder=folder, visits=(), passphrase=PHRASE, every=True)
    page.open_bundle(str(made))
    gallery.wait(0.8)
    gallery.over("bundle-open")
    bad = school.place / "Not one of ours.observe"
    bad.write_bytes(b"hello" * 40)
    page.open_bundle(str(bad))
    gallery.wait(0.4)
    gallery.over("bundle-bad")


def _refused(now: datetime) -> tuple[NotLetIn, ...]:
    return (
        NotLetIn(LONG, "teacher_decides", "visit_share", f"{AMINA}, Year 8 Mathematics, 10 March", now, 1, "Maths"),
        NotLetIn("", "unknown_signer", "", "", now - timedelta(days=2), 1, "Maths"),
        NotLetIn("Kofi Mensah", "newer", "note", "", now - timedelta(days=200), 3, "Maths"),
    )  # fmt: skip


def _log(now: datetime, folder: str) -> tuple[Line, ...]:
    kinds = (("sent", "", 3), ("received", "", 1), ("problem", "missing", 1), ("back", "", 1), ("paused", "", 1),
             ("resumed", "", 1), ("refused", "", 3), ("new_name", "", 1), ("bundle", "", 1),
             ("received", "", 240))  # fmt: skip
    return tuple(
        Line(now - timedelta(hours=7 * at), folder if at % 2 else "two", *kind) for at, kind in enumerate(kinds)
    )


def draw_visit(make: Make) -> None:
    """A visit in both copies, who reads it, and what Today says."""
    with staff(ME, AMINA, NORA, school_key=bool(os.environ.get("OBSERVE_GALLERY_SCHOOL"))) as school:
        for name, core in school.cores.items():
            for other in school.cores:
                if other != name:
                    people.ensure(core, other)
        school.meet()
        plain = school.visit(ME, AMINA, "Four breaths")
        visit = school.released(ME, AMINA)
        school.rounds(times=2)
        _draw_observer(make, school, plain, visit)
        _draw_teacher(make, school, visit)
        school.rounds(times=2)
        gallery = make(school.cores[ME])
        gallery.take("observer-today")
        gallery.visit(visit, "follow_up")
        gallery.take("follow-replied")
        gallery.end()


def _draw_observer(make: Make, school: School, plain: str, visit: str) -> None:
    gallery = make(school.cores[ME])
    gallery.visit(plain, "talk")
    gallery.take("talk-compare")
    look = gallery.window.findChild(QAbstractButton, "compare_look")
    if look is not None and look.isVisible():
        look.click()
        gallery.over("talk-compare-sheet")
    gallery.badge()
    gallery.over("audience-only-you")
    gallery.visit(visit, "follow_up")
    gallery.take("follow-observer")
    gallery.badge()
    gallery.over("audience-observer")
    EraseSheet(school.cores[ME], gallery.desk.jobs, visit, gallery.starter.window.current_page).open_over()
    gallery.over("erase")
    gallery.end()


def _draw_teacher(make: Make, school: School, visit: str) -> None:
    gallery = make(school.cores[AMINA])
    gallery.take("teacher-today")
    gallery.starter.window.go("visits")
    gallery.take("teacher-visits")
    for stage in ("prepare", "observe", "talk", "follow_up"):
        gallery.visit(visit, stage)
        gallery.take(f"teacher-{stage}")
    gallery.badge()
    sheet = gallery.sheet("audience_sheet")
    sheet.edit.setText(NORA)
    sheet.coach_button.click()
    gallery.over("audience-coach")
    sharing.remove_reader(school.cores[AMINA], visit_id=visit, fingerprint=school.print_of(NORA))
    gallery.wait(0.5)
    gallery.badge()
    gallery.over("audience-removed")
    gallery.starter.window.current_page.tab.replies.ways.type_button.click()
    gallery.wait(0.5)
    reply = gallery.sheet("typed_reply_sheet")
    reply.overall.set_text("I saw it too, and the quiet tables are worth another look.")
    reply.overall.edited.emit()
    gallery.take("teacher-reply")
    reply.accept()
    gallery.wait(0.8)
    gallery.take("teacher-replied")
    gallery.end()


def draw_settings(make: Make) -> None:
    """Where the record lies, what protects it, how long visits are kept."""
    with staff(ME) as school:
        gallery = make(school.cores[ME])
        gallery.starter.window.go("settings")
        gallery.wait(0.6)
        gallery.take("settings")
        gallery.end()


PARTS = {"setup": draw_setup, "running": draw_running, "visit": draw_visit, "settings": draw_settings}


def main(target: Path, theme: str, size: tuple[int, int], text: int, parts: tuple[str, ...]) -> None:
    """Draw the parts."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    target.mkdir(parents=True, exist_ok=True)
    collect_here()
    for name in parts:
        PARTS[name](lambda core: Gallery(app, core, target, theme, size, text))


if __name__ == "__main__":
    said = sys.argv[1:]
    width, height = (said[2] if len(said) > 2 else "1366x768").split("x")
    main(
        Path(said[0]), said[1] if len(said) > 1 else "light", (int(width), int(height)),
        int(said[3]) if len(said) > 3 else 100, tuple(said[4:]) or tuple(PARTS),
    )  # fmt: skip

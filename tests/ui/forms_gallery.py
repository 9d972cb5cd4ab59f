"""Pictures of the Forms page in its states: ``python -m tests.ui.forms_gallery FOLDER [125 | 150]`` draws them."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.form import ItemKind
from observe_app.domain.ids import Ids
from observe_app.services import own_forms, visits
from observe_app.services.core import close
from observe_app.ui.forms.editor.borrow_sheet import BorrowSheet
from observe_app.ui.forms.editor.kind_sheet import KindSheet
from observe_app.ui.forms.editor.target import item_target, section_target
from observe_app.ui.forms.header import Act
from observe_app.ui.starter import Starter
from observe_app.ui.theme import ThemeChoice
from tests.ui.shots import SIZE, theme_controller

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.ui.forms import FormsPage
    from observe_app.ui.widgets import Sheet

LEAST, LARGE = (1024, 640), (1920, 1080)
LONG = "What a whole department agreed on after a long meeting about questioning, talk and what comes of them"
RUBRIC = (
    "Criterion\tExcellent\tGood\tDeveloping\tWeak\n"
    "Questioning\tAsks open questions\tMostly open\tSome open\tNone open\n"
    "Wait time\tThree seconds or more\tOften\tAt times\tNever\n"
)
BROKEN = 'id = "ours"\nversion = 0\ntitle = "Ours"\n[[sections]]\ntitle = "A"\n[[sections.items]]\nkind = "raiting"\n'


def fill(core: Core) -> None:
    """Own forms in use and in work, a broken file, and a long name."""
    core.settings.change(first_run_done=True)
    form = core.catalogue.form("general-peer-observation")
    used = own_forms.adopt(core, replace(form, id="", title=(("", "Questioning and talk"),)), as_new=True)
    own_forms.adopt(core, replace(form, id="", title=(("", LONG),)), as_new=True)
    for _ in range(11):
        visits.plan(core, form_id=used.id)
    opened = own_forms.open_draft(core, used.id)
    purpose = (("", "Pick this for a lesson in which students talk."),)
    own_forms.change(core, form_id=used.id, form=replace(opened.value.form, purpose=purpose), seen=opened.seen)
    own_forms.copy_of(core, "open-notes", title="Exit questions")
    folder = core.folder / "forms"
    folder.mkdir(exist_ok=True)
    (folder / "ours.toml").write_text(BROKEN, encoding="utf-8")


class Gallery:
    """The window on a folder of its own, and where its pictures go."""

    def __init__(self, app: QApplication, core: Core, target: Path) -> None:
        self.app, self.core, self.target = app, core, target
        self.starter = Starter(lambda: core, folder=core.folder, theme=theme_controller(app), owns_core=False)
        self.starter.window.resize(*SIZE)
        self.starter.show()
        self.wait(1.0)
        page = self.starter.window.go("forms")
        assert page is not None
        self.page: FormsPage = page  # type: ignore[assignment]  # it is what stands under this name
        self.wait(0.8)

    def wait(self, seconds: float) -> None:
        """Let the window work; jobs run meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def take(self, name: str, theme: ThemeChoice = ThemeChoice.LIGHT, size: tuple[int, int] = SIZE) -> None:
        """Save a picture of the window."""
        theme_controller(self.app).apply(theme)
        self.starter.window.resize(*size)
        self.wait(0.5)
        self.starter.window.grab().save(str(self.target / f"forms-{name}.png"))

    def sheet(self, name: str, seconds: float = 0.9) -> None:
        """Save a picture of what lies over the page, light and dark, and put that away."""
        self.wait(seconds)
        self.take(f"{name}-light")
        self.take(f"{name}-dark", ThemeChoice.DARK)
        self.take(f"{name}-least", size=LEAST)
        self.starter.window.resize(*SIZE)
        sheet = self.page.importing.sheet if self.page.importing is not None else self.page.sheet
        if sheet is not None:
            sheet.reject()
        self.wait(0.2)

    def part(self, name: str) -> None:
        """Save pictures of what shows: light, dark, and in the least window."""
        self.wait(0.4)
        self.take(f"{name}-light")
        self.take(f"{name}-dark", ThemeChoice.DARK)
        self.take(f"{name}-least", size=LEAST)
        self.starter.window.resize(*SIZE)
        self.wait(0.2)

    def over(self, name: str, kind: type[Sheet]) -> None:
        """Save pictures of a sheet, and put it away."""
        self.part(name)
        for sheet in self.starter.window.findChildren(kind):
            sheet.reject()
        self.wait(0.3)


def draw(gallery: Gallery) -> None:
    """Go through the states."""
    page, core = gallery.page, gallery.core
    gallery.take("first")
    fill(core)
    page.show_form("questioning-and-talk")
    gallery.wait(0.8)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST):
        gallery.take(f"own-{theme.value}", theme)
    page.show_form("copus")
    page.details.reader.listing.open_all(on=True)
    gallery.take("copus-light")
    gallery.take("copus-large", size=LARGE)
    gallery.take("copus-least", size=LEAST)
    page.library.choose(str(core.folder / "forms" / "ours.toml"))
    gallery.take("broken")
    page.library.search_for("zebra")
    gallery.take("nothing")
    page.library.search_for("")
    page.new_form()
    gallery.sheet("new", 0.2)
    page.import_form()
    gallery.sheet("import-start", 0.2)
    page.import_text(RUBRIC)
    gallery.sheet("import-rubric")
    page.import_file(core.folder / "forms" / "ours.toml")
    gallery.sheet("import-broken")
    page.show_form("copus")
    page.header.button(Act.PRINT).click()
    gallery.sheet("print", 2.0)
    draw_editor(gallery)


def draw_editor(gallery: Gallery) -> None:
    """Go through what a form is written with."""
    page = gallery.page
    page.edit("questioning-and-talk")
    gallery.part("edit")
    editor = page.editor
    assert editor is not None
    form = editor.keeper.form
    rating = next(item for item in form.items if item.levels)
    editor.select(item_target(rating.id))
    gallery.part("edit-rating")
    editor.select(section_target(form.sections[-1].id))
    gallery.part("edit-section")
    editor.ask_kind()
    gallery.over("kinds", KindSheet)
    editor.borrow()
    gallery.wait(1.0)
    sheet = gallery.starter.window.findChild(BorrowSheet)
    assert sheet is not None
    sheet.list.setCurrentIndex(sheet.model.index(3, 0))
    gallery.over("borrow", BorrowSheet)
    for name, form_id, kind in (
        ("codes", "copus", ItemKind.INTERVAL),
        ("options", "lecture", ItemKind.CHOICE),
        ("conditions", "general-peer-observation", ItemKind.RATING),
    ):
        own = own_forms.copy_of(gallery.core, form_id, title=f"Ours: {name}").value
        page.edit(own.form_id)
        items = [item for item in editor.keeper.form.items if item.kind is kind]
        editor.select(item_target(items[-1].id))
        if name == "conditions":
            editor.middle.item_props.conditions.add_button.click()
        gallery.part(f"edit-{name}")
        gallery.wait(0.2)
        bar = editor.middle.pane.verticalScrollBar()
        bar.setValue(bar.maximum())
        gallery.take(f"edit-{name}-end")
        gallery.take(f"edit-{name}-end-least", size=LEAST)
        gallery.starter.window.resize(*SIZE)


def main(folder: str, text_size: int = 100) -> None:
    """Write the pictures, with words of a size in per cent."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    clock = FakeClock()
    with tempfile.TemporaryDirectory() as place:
        core = wire_core(Path(place) / "data", clock=clock, ids=Ids(clock))
        core.settings.change(first_run_done=True, text_size=text_size)
        theme_controller(app).set_text_size(text_size)
        gallery = Gallery(app, core, target)
        draw(gallery)
        gallery.starter.end()
        close(core)


if __name__ == "__main__":
    main(sys.argv[1], *(int(size) for size in sys.argv[2:3]))

"""Pictures of Compare: ``python -m tests.ui.compare_gallery FOLDER [THEME] [WIDTHxHEIGHT] [TEXT] [PART…]`` draws them.

Parts are "sample" (the demonstration's term), "empty", "one", "two", "forty" and "long".
"""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.services import demo, people
from observe_app.services.core import close
from observe_app.ui.application import make_application
from observe_app.ui.compare import ComparePage, CompareTarget
from observe_app.ui.compare.state import TABS
from tests.ui.compare.made import made_term
from tests.ui.gallery_window import GalleryWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core

LONG = "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst der Jüngeren"


class Gallery(GalleryWindow):
    """A window on somebody's data, and where its pictures go."""

    def page(self) -> ComparePage:
        """Go to Compare."""
        page = self.starter.window.go("compare")
        assert isinstance(page, ComparePage)
        self.wait()
        return page

    def tab(self, tab: str) -> ComparePage:
        """Go to a view."""
        page = self.page()
        page.go_to(CompareTarget(tab))
        self.wait(0.3)
        return page

    def part(self, name: str) -> Any:
        """Return the visible widget of a name."""
        return next(one for one in self.starter.window.findChildren(QWidget, name) if one.isVisible())

    def end(self) -> None:
        """Close the window."""
        self.starter.window.close()
        self.starter.end()
        self.wait(0.1)


def sample(core: Core) -> Callable[[Gallery], None]:
    """The demonstration's term."""
    demo.introduce(core)
    demo.record_sample(core, term=True, now=core.clock.now() + timedelta(days=70))

    def take(gallery: Gallery) -> None:
        for tab in TABS:
            gallery.tab(tab)
            gallery.take(f"sample-{tab}")
        gallery.tab("observers")
        gallery.part("same_yes").click()
        gallery.wait()
        QTest.keyClick(gallery.part("agreement_strip"), Qt.Key.Key_Y)
        gallery.take("sample-observers-agreed")
        page = gallery.tab("term")
        physics = people.ensure(gallery.core, "Ines Ferreira").id
        page.go_to(CompareTarget("term", person_id=physics))
        gallery.take("sample-term-copus")
        page.go_to(CompareTarget("lessons", person_id=physics))
        gallery.take("sample-lessons-copus")
        page.go_to(CompareTarget("lesson"))
        gallery.take("sample-lesson-copus")
        page.go_to(CompareTarget("sides"))
        gallery.take("sample-sides-copus")
        page.go_to(CompareTarget("term"))
        gallery.wait()
        gallery.part("compare_more").click()
        gallery.over("sample-more")
        gallery.part("compare_report").click()
        gallery.over("sample-report")
        gallery.part("compare_export").click()
        gallery.over("sample-export")

    return take


def _of(count: int, teacher: str = "Amina Diallo-Žižek", **more: object) -> Callable[[Core], Callable[[Gallery], None]]:
    def make(core: Core) -> Callable[[Gallery], None]:
        people.introduce(core, name="Jonas Brandt")
        if count:
            made_term(core, teacher, count, **more)  # type: ignore[arg-type]  # whoever calls knows them

        def take(gallery: Gallery) -> None:
            word = {0: "empty", 1: "one", 2: "two", 40: "forty"}.get(count, "long" if len(teacher) > 40 else str(count))
            for tab in TABS if count in (0, 1, 2) else ("term", "lessons"):
                gallery.tab(tab)
                gallery.take(f"{word}-{tab}")

        return take

    return make


PARTS: dict[str, Callable[[Core], Callable[[Gallery], None]]] = {
    "sample": sample,
    "empty": _of(0),
    "one": _of(1),
    "two": _of(2),
    "forty": _of(40, items=30),
    "long": _of(5, LONG, label="Quiet students, and those who joined the class late, have a way into what is said"),
}


def main(arguments: list[str]) -> None:
    """Draw the parts that are named, or all."""
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    theme = next((one for one in arguments[1:] if one in ("light", "dark", "contrast")), "light")
    size = next((one for one in arguments[1:] if "x" in one and one[0].isdigit()), "1366x768")
    text = next((int(one) for one in arguments[1:] if one.isdigit()), 100)
    wanted = [one for one in arguments[1:] if one in PARTS] or list(PARTS)
    width, height = (int(part) for part in size.split("x"))
    app = make_application()
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            clock = demo.demo_clock()
            clock.advance(ms=0)
            core = wire_core(Path(folder), clock=clock, ids=Ids(clock))
            try:
                take = PARTS[name](core)
                gallery = Gallery(app, core, target, theme, (width, height), text)
                take(gallery)
                gallery.end()
            finally:
                close(core)


if __name__ == "__main__":
    main(sys.argv[1:])

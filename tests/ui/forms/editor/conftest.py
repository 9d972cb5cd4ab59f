"""The form editor on a real store, in a window of the design size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.form import (
    Condition,
    ConditionTest,
    Form,
    Item,
    ItemKind,
    Level,
    Option,
    Scale,
    Section,
)
from observe_app.services import own_forms
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.forms.editor import FormEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


def own(text: str) -> tuple[tuple[str, str], ...]:
    return (("", text),)


LEVELS = (Level(1, own("Not yet")), Level(2, own("Sometimes")), Level(3, own("Often")))
OPTIONS = (Option("pairs", own("Pairs")), Option("groups", own("Groups")))


def sample() -> Form:
    """Three ratings on one scale, a choice, a tally; the last rating depends on the first."""
    time = Item("time", ItemKind.RATING, own("Leaves thinking time"), levels=LEVELS, scale="extent", hotkey="a")
    lead = Item("lead", ItemKind.RATING, own("Open questions lead"), levels=LEVELS, scale="extent", hotkey="b")
    asked = (Condition("time", ConditionTest.AT_LEAST, (2,)),)
    talk = Item(
        "talk", ItemKind.RATING, own("Students talk"), levels=LEVELS, scale="extent", hotkey="c", show_when=asked
    )
    work = Item("work", ItemKind.CHOICE, own("How they work"), options=OPTIONS)
    praise = Item("praise", ItemKind.TALLY, own("Praise, specific"), hotkey="f4")
    return Form(
        "",
        1,
        own("Questioning and talk"),
        own("Pick it for questions."),
        (Section("asking", own("Questioning"), (time, lead)), Section("talking", own("Talk"), (talk, work, praise))),
        scales=(Scale("extent", LEVELS),),
    )


@pytest.fixture
def bus(core: Core) -> Iterator[ChangeBus]:
    made = ChangeBus()
    stop = subscribe(core, made.publish)
    yield made
    stop()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """Return the window that the editor stands in; as wide as beside the rail."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1290, 700)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    return made


@pytest.fixture
def open_form(
    qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget
) -> Callable[[Form], FormEditor]:
    """Return a function that starts a form and opens it in the editor."""

    def open_one(form: Form) -> FormEditor:
        draft = own_forms.start(core, form=form).value
        editor = FormEditor(core, runner, bus, host)
        layout = host.layout()
        assert layout is not None
        layout.addWidget(editor)
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        editor.open(draft.form_id)
        return editor

    return open_one


@pytest.fixture
def editor(open_form: Callable[[Form], FormEditor]) -> FormEditor:
    return open_form(sample())


@pytest.fixture
def published(core: Core, editor: FormEditor) -> FormEditor:
    """Return the editor on a form that has a version already."""
    own_forms.publish(core, form_id=editor.keeper.form_id, seen=editor.keeper.seen)
    editor.open(editor.keeper.form_id)
    return editor

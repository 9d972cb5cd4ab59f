"""The whole loop by commands alone: planned, noted, released, printed, answered, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from icalendar import Calendar

from observe_app.app import wire_core
from observe_app.domain.evidence import ClaimKind
from observe_app.services import answers, notes, people, releases, talk, turns, visits
from observe_app.services.core import close
from tests.laptops import NearLaptop
from tests.services.reply_samples import filled
from tests.talk_job_hands import FORM, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.services.core import Core


class Shell(NearLaptop):
    """Runs commands on the data folder of the test."""

    def __call__(self, *words: str, status: int = 0, typed: str = "") -> str:
        """Return what the command said, on the other stream where it was to fail."""
        found, out, err = self.run(*words, typed=typed)
        assert found == status, (words, out, err)
        assert "Traceback" not in err
        if status == 0:
            assert err == "", (words, err)
        return out if status == 0 else err


@pytest.fixture
def shell(data_folder: Path) -> Shell:
    made = Shell(data_folder.parent.parent, data_folder.parent.name)
    assert made.data == data_folder
    return made


def with_core(folder: Path, act: Callable[[Core], Any]) -> Any:
    """Do what no command does, as the window would; return what came of it."""
    core = wire_core(folder)
    try:
        return act(core)
    finally:
        close(core)


def words_of(pdf: Path) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages))


def test_the_loop_goes_round_by_commands_alone(shell: Shell, tmp_path: Path) -> None:
    made = shell.json(
        "visit", "new", "--teacher", "Amina Diallo-Žižek", "--observer", "Jonas Brandt", "--start",
        "2026-03-10T09:05:00+01:00", "--form", FORM, "--focus", "Who talks?",
    )  # fmt: skip
    visit = made["visit"]
    shell("note", "add", visit, "T waits for five breaths #wait", "--at", "12:30")
    shell("note", "add", visit, "S4 says: because two of them", "--at", "13:10")
    assert "Nothing was released" in shell("visit", "releases", visit)
    draft = tmp_path / "draft.pdf"
    assert shell.json("pdf", "summary", visit, "-o", str(draft))["status"] == "draft"
    assert squeezed("Draft, not released") in words_of(draft)

    def sorted_out(core: Core) -> None:
        seen = notes.stream(core, visit)[0].id
        talk.add_claim(core, visit_id=visit, kind=ClaimKind.STRENGTH, title="Silence is used", evidence=(seen,))

    with_core(shell.data, sorted_out)
    assert shell.json("visit", "release", visit, "--preview")["leaves"]["claims"] == 1
    assert shell.json("visit", "release", visit)["release"]["revision"] == 1
    pdf = tmp_path / "feedback.pdf"
    told = shell.json("pdf", "summary", visit, "-o", str(pdf))
    assert (told["status"], told["revision"]) == ("released", 1)
    back = tmp_path / "back.pdf"
    back.write_bytes(filled(pdf.read_bytes(), {"words_1": "Yes."}, {1: "partly"}, received=True))
    looked = shell.json("import", "reply", str(back), "--preview")
    assert looked["added"] is False
    taken = shell.json("import", "reply", str(back))
    assert (taken["added"], taken["visit"]) == (True, visit)
    again = tmp_path / "again.pdf"
    shell("export", "reply", visit, "-o", str(again))
    assert again.read_bytes() == back.read_bytes()
    shown = shell.json("visit", "show", visit)
    assert shown["replies"][0]["points"][0]["text"] == "Yes."
    (event,) = calendar_of(shell, visit, tmp_path)
    assert "Amina" not in str(event["summary"])

    with_core(
        shell.data, lambda core: talk.add_claim(core, visit_id=visit, kind=ClaimKind.QUESTION, title="Who chose?")
    )
    assert "Say it in a sentence" in shell("visit", "release", visit, status=1)
    assert shell.json("visit", "release", visit, "--why", "One was missing")["release"]["revision"] == 2
    second = tmp_path / "second.pdf"
    shell("pdf", "record", visit, "-o", str(second))
    assert all(squeezed(words) in words_of(second) for words in ("One was missing", "Who chose?", "Yes."))
    old = tmp_path / "old.pdf"
    assert shell.json("pdf", "summary", visit, "--revision", "1", "-o", str(old))["revision"] == 1
    assert squeezed("Who chose?") not in words_of(old)
    assert "went out already" in shell("visit", "take-back", visit, status=1)
    assert "withdrawn" in shell("visit", "withdraw", visit, "--why", "The wrong class")
    listed = shell.json("visit", "releases", visit)
    assert [(one["revision"], one["kind"], len(one["copies"])) for one in listed] == [
        (1, "release", 2), (2, "correction", 1), (3, "withdrawal", 0),
    ]  # fmt: skip
    assert shell("check").strip()


def calendar_of(shell: Shell, visit: str, folder: Path) -> list[Any]:
    target = folder / "visit.ics"
    shell("export", "ics", visit, "-o", str(target))
    return list(Calendar.from_ical(target.read_bytes()).walk("VEVENT"))


def test_protocols_go_out_and_come_back_by_commands(shell: Shell, tmp_path: Path) -> None:
    listed = {one["id"] for one in shell.json("protocol", "list")}
    assert {"www-ebi", "grow", "see-name-do"} <= listed
    target = tmp_path / "grow.toml"
    shell("protocol", "export", "grow", "-o", str(target))
    shell("protocol", "check", str(target))
    kept = shell.json("protocol", "import", str(target))["id"]
    assert kept not in listed
    assert shell.json("protocol", "list")
    assert "Reality" in shell("protocol", "show", "grow") or shell("protocol", "show", "grow").strip()


@pytest.mark.parametrize(
    "words",
    [
        ("visit", "release", "nonesuch"), ("visit", "take-back", "nonesuch"), ("pdf", "summary", "nonesuch"),
        ("import", "reply", "nonesuch.pdf"), ("protocol", "show", "nonesuch"),
    ],
)  # fmt: skip
def test_what_is_not_there_ends_with_one_and_a_sentence(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell(*words, status=1)

    assert said.strip().endswith(".")


AGREED, OTHER, ELSE = "respect", "quokka", "zebrafinch"


def noticed(core: Core, led: str) -> str:
    """Release a visit on one agreed item, where more was answered and noted; return its id."""
    teacher = people.ensure(core, "Amina Diallo-Žižek")
    visit = visits.plan(core, teacher_id=teacher.id, start=core.clock.now(), form_id=FORM, focus="Respect")
    opened = visits.open_visit(core, visit.id)
    visits.update(core, visit_id=visit.id, seen=opened.seen, led=led, agreed_items=(AGREED,))
    visits.begin(core, visit_id=visit.id)
    shown = notes.add(core, visit_id=visit.id, line="T asks S4 kindly #open", offset_ms=60_000)
    notes.add(core, visit_id=visit.id, line=f"S9 {ELSE} looks away #open", offset_ms=90_000)
    form = visits.form_of(visits.get(core, visit.id))
    assert form is not None
    rated = [item.id for item in form.items if item.kind == "rating"]
    for item in (AGREED, next(one for one in rated if one != AGREED)):
        seen = answers.open_answer(core, visit_id=visit.id, item=item).seen
        comment = "numbat" if item == AGREED else OTHER
        answers.give(core, visit_id=visit.id, item=item, value=2, comment=comment, seen=seen)
    visits.finish(core, visit_id=visit.id)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Kind words", evidence=(shown.id,))
    turns.start_talk(core, visit.id)
    releases.release(core, visit_id=visit.id, with_notes=True)
    return visit.id


@pytest.mark.parametrize("scope", ["summary", "record"])
@pytest.mark.parametrize("led", ["teacher", "observer"])
def test_an_observed_led_visit_prints_only_what_the_focus_agreed(
    shell: Shell, tmp_path: Path, led: str, scope: str
) -> None:
    visit = with_core(shell.data, lambda core: noticed(core, led))
    target = tmp_path / "out.pdf"
    shell("pdf", scope, visit, "-o", str(target))

    text = words_of(target)
    assert squeezed("Kind words") in text
    assert "numbat" in text
    assert (OTHER in text) is (led == "observer")
    if led == "teacher":
        assert ELSE not in text
        assert "%" not in text, "no figures"
    elif scope == "record":
        assert ELSE in text, "or the other half of this test would prove nothing"

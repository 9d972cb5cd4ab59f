"""Hostile text, paths and streams through services and command line: words, never a traceback, nothing lost."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.cli import main
from observe_app.domain.errors import BackupFailed, ExportFailed, FileUnreadable, Invalid, NotFound, ObserveError
from observe_app.domain.evidence import ClaimKind
from observe_app.services import answers, backup, history, notes, people, search, steps, talk, visits
from observe_app.services.exchange.notes_in import import_notes
from observe_app.services.exchange.visit_out import export_visit
from observe_app.services.pdf.export import export_feedback
from observe_app.services.words import describe

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

TEXTS = {
    "markup": "<img src=x onerror=alert(1)> <b>bold</b> &lt;i&gt; &amp;",
    "template": "{0} {name} {} %s %(x)s {{}} ${HOME} {n!r:>{w}}",
    "sql": "'; DROP TABLE event; -- \" OR 1=1",
    "fts": 'NEAR("a" b) AND OR NOT * ^ col:x "" -',
    "right to left": "\u202eevil\u202c \u2066x\u2069 \u05e9\u05dc\u05d5\u05dd",
    "combining": "z" + "\u0301" * 3000,
    "joined": "👩🏽\u200d🚀 🏳️\u200d🌈 \u200b\ufeff",
    "nul": "a\x00b\x07\x1b[31mc",
    "half a sign": "a\ud83d b\udc00",
    "lines": "one\r\ntwo\u2028three\x0bfour\x85five",
}
HUGE = "word " * 2_000_000


def write_everywhere(core: Core, text: str) -> str:
    """Put the text into every field that the services take and return the visit."""
    person = people.add(core, name=f"N{text}"[:150], email=text[:200], staff_id=text[:200], subjects=text[:200])
    visit = visits.plan(core, teacher_id=person.id, form_id="general-peer-observation", focus=text)
    opened = visits.open_visit(core, visit.id)
    line = text[:100]
    visits.update(
        core, visit_id=visit.id, seen=opened.seen, class_name=line, subject=line, topic=line, room=line,
        looking_for=text, context=text, preparation=text, conversation=text,
    )  # fmt: skip
    event = notes.add(core, visit_id=visit.id, line=f"T {text}", offset_ms=0)
    claim = talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title=line, text=text)
    talk.link(core, visit_id=visit.id, target_kind="claim", target_id=claim.id, event_id=event.id)
    steps.add(core, visit_id=visit.id, text=text, help=text)
    seen = answers.open_answer(core, visit_id=visit.id, item="respect").seen
    answers.give(core, visit_id=visit.id, item="respect", value=3, comment=text, seen=seen)
    core.settings.change(school=line, purpose_line=text)
    return visit.id


@pytest.mark.parametrize("case", TEXTS)
def test_any_text_goes_through_every_field_search_undo_and_export(core: Core, tmp_path: Path, case: str) -> None:
    text = TEXTS[case]
    visit_id = write_everywhere(core, text)

    search.notes(core, text)
    people.listing(core, words=text)
    visits.listing(core)
    record = visits.load_record(core, visit_id)
    assert record.claims[0].text == record.events[0].text == record.steps[0].text == record.visit.focus
    assert "\n" not in record.visit.class_name + people.get(core, str(record.visit.teacher_id)).name
    assert not set("\x00\x1b\x07") & set(record.visit.focus + record.visit.class_name)
    record.visit.focus.encode("utf-8")

    export_visit(core, visit_id=visit_id, target=tmp_path / "out.json")
    export_visit(core, visit_id=visit_id, target=tmp_path / "out.xlsx")
    export_visit(core, visit_id=visit_id, target=tmp_path / "out.csv")
    export_feedback(core, visit_id=visit_id, target=tmp_path / "out.pdf", include_notes=True)
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert history.undo(core).kind == "answer.give"
    assert backup.check(core) == ()


@pytest.mark.parametrize("case", ["template", "markup"])
def test_signs_kept_as_they_were_written(core: Core, case: str) -> None:
    visit_id = write_everywhere(core, TEXTS[case])

    assert visits.get(core, visit_id).focus == TEXTS[case]
    assert notes.stream(core, visit_id)[0].text == TEXTS[case]


@pytest.mark.parametrize("text", ["", "   ", "\n\t\x00\u200b\u2028"[:4], HUGE])
def test_nothing_and_too_much_are_refused_in_words(core: Core, text: str) -> None:
    visit = visits.plan(core)
    opened = visits.open_visit(core, visit.id)

    for refused in (
        lambda: notes.add(core, visit_id=visit.id, line=text, offset_ms=0),
        lambda: people.add(core, name=text),
    ):
        with pytest.raises(Invalid) as caught:
            refused()
        assert "{" not in describe(caught.value).text
    if text is HUGE:
        with pytest.raises(Invalid):
            visits.update(core, visit_id=visit.id, seen=opened.seen, focus=text)
        with pytest.raises(Invalid):
            steps.add(core, visit_id=visit.id, text=text)
    assert notes.stream(core, visit.id) == ()


def test_braces_in_a_name_are_words_in_an_error() -> None:
    told = describe(Invalid("name", "{path} {0} {", "unknown"))

    assert "{path} {0} {" in told.text


@pytest.mark.parametrize(
    "start", ["0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+14:00", "1899-12-31T00:00"]
)
def test_a_year_without_schools_is_refused_and_the_list_still_opens(
    capsys: pytest.CaptureFixture[str], data_folder: Path, start: str
) -> None:
    assert main(["--data", str(data_folder), "visit", "new", "--teacher", "Ann", "--start", start]) in {1, 2}
    assert "2199" in capsys.readouterr().err
    assert main(["--data", str(data_folder), "visit", "list"]) == 0


def test_an_import_of_a_thousand_notes_is_taken_back_and_brought_again(core: Core, tmp_path: Path) -> None:
    visit = visits.plan(core)
    path = tmp_path / "many.csv"
    path.write_text("time,text\n" + "".join(f"{n // 60}:{n % 60:02d},note {n}\n" for n in range(1000)))
    import_notes(core, path=path, visit_id=visit.id)
    later = notes.add(core, visit_id=visit.id, line="later", offset_ms=5_000_000)
    seen = notes.open_note(core, later.id).seen
    notes.delete(core, event_id=later.id, seen=seen)
    for _ in range(2):
        history.undo(core)

    assert history.undo(core).kind == "import.notes"
    assert notes.stream(core, visit.id) == ()
    history.redo(core)
    assert len(notes.stream(core, visit.id)) == 1000
    assert len(search.notes(core, "note", limit=5000)) == 1000
    assert backup.check(core) == ()


def test_stamps_and_ids_rise_whatever_the_clock_does(core: Core, clock: FakeClock) -> None:
    visit = visits.plan(core)
    year = 365 * 86_400
    ids = []
    for jump in (0, -year, 0, 2 * year, -year):
        clock.jump_wall(seconds=jump)
        ids.append(notes.add(core, visit_id=visit.id, line=f"after {jump}", offset_ms=0).id)

    stamps = [
        change.stamp for one in ids for _action, change in history.of_record(core, table="event", row=one).changes
    ]
    assert ids == sorted(set(ids))
    assert stamps == sorted(set(stamps))
    assert history.undo(core).kind == "note.add"
    assert [event.id for event in notes.stream(core, visit.id)] == ids[:-1]


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices as files")
def test_pipes_and_devices_are_no_files(core: Core, tmp_path: Path) -> None:
    visit = visits.plan(core)
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    with pytest.raises(FileUnreadable) as unreadable:
        import_notes(core, path=pipe, visit_id=visit.id)
    assert unreadable.value.reason == "special"
    with pytest.raises(ExportFailed):
        export_visit(core, visit_id=visit.id, target=pipe)
    with pytest.raises(ExportFailed):
        export_feedback(core, visit_id=visit.id, target=pipe)
    with pytest.raises(BackupFailed):
        backup.make(core, pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("target", ["", "/", "."])
def test_a_target_without_a_name_is_refused(core: Core, target: str) -> None:
    visit = visits.plan(core)

    with pytest.raises(BackupFailed):
        backup.make(core, Path(target))
    with pytest.raises(ExportFailed):
        export_feedback(core, visit_id=visit.id, target=Path(target))


def test_a_backup_onto_the_database_itself_is_refused(core: Core) -> None:
    with pytest.raises(BackupFailed):
        backup.make(core, core.files.database)


def test_a_folder_in_the_way_of_a_pdf_stays(core: Core, tmp_path: Path) -> None:
    visit = visits.plan(core)
    (tmp_path / "out.pdf").mkdir()
    (tmp_path / "out.pdf" / "precious").write_text("x")

    with pytest.raises(ObserveError):
        export_feedback(core, visit_id=visit.id, target=tmp_path / "out.pdf")

    assert [one.name for one in tmp_path.iterdir() if one.name.startswith((".", "out"))] == ["out.pdf"]
    assert (tmp_path / "out.pdf" / "precious").read_text() == "x"


# --- the command line as its own process -----------------------------------------------------------------------------


@pytest.fixture
def shell(data_folder: Path):  # type: ignore[no-untyped-def]
    """Return a function that runs the program in a shell and returns what came of it."""
    if os.name != "posix":
        pytest.skip("needs a POSIX shell")

    def run(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        program = f"'{sys.executable}' -m observe_app --data '{data_folder}'"
        return subprocess.run(
            ["/bin/sh", "-c", line.replace("@", program)], capture_output=True, check=False, timeout=60,
            cwd=Path(__file__).parent.parent, env={**os.environ, **environment},
        )  # fmt: skip

    return run


@pytest.mark.parametrize("command", ["visit list", "visit list --json", "visit show nothing", "check"])
@pytest.mark.parametrize("stream", [">&-", "2>&-", ">&- 2>&-", ">/dev/full", "| head -c 0"])
def test_a_stream_that_is_closed_or_full_gives_no_traceback(shell, command: str, stream: str) -> None:  # type: ignore[no-untyped-def]
    done = shell(f"@ {command} {stream}")

    assert b"Traceback" not in done.stderr
    assert done.returncode in {0, 1}


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
def test_json_is_json_whatever_the_terminal_can_show(shell, environment: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    shell("@ visit new --teacher 'Zoë 名前 😀 {0}'", PYTHONUTF8="1")

    done = shell("@ visit list --json", **environment)
    assert json.loads(done.stdout)[0]["teacher"] == "Zoë 名前 😀 {0}"
    assert done.stderr == b""
    assert shell("@ visit list", **environment).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
@pytest.mark.parametrize("milestone", ["observe_app.cli.run", "observe_app.cli.parser", "observe_app.store.database"])
def test_ctrl_c_ends_without_a_traceback_even_while_loading(data_folder: Path, milestone: str) -> None:
    # The interrupt comes at the moment the module is asked for: no sleeping, no luck.
    hook = (
        "import sys, os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "class Stop:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {milestone!r}: os.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from observe_app.cli import main\n"
        f"sys.exit(main(['--data', {str(data_folder)!r}, 'visit', 'list']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", hook], capture_output=True, check=False, timeout=60, cwd=Path(__file__).parent.parent
    )

    assert done.returncode == 130
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["علی\u200cرضا", "👩🏽\u200d🚀 Ann", "क्\u200dष"])
def test_joiners_stay_in_names_and_are_no_name_alone(core: Core, name: str) -> None:
    assert people.add(core, name=name).name == name
    with pytest.raises(Invalid):
        people.add(core, name="\u200d \u200c")


def test_an_id_of_broken_bytes_is_not_found(core: Core) -> None:
    with pytest.raises(NotFound):
        visits.resolve(core, "\udcff\udcfe" * 8)

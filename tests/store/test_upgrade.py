"""A file of an older format: copied first, upgraded in one step or left as it was."""

from __future__ import annotations

import gzip
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from observe_app.app import wire_core
from observe_app.domain.errors import BackupFailed, DatabaseDamaged
from observe_app.domain.visit import Stage
from observe_app.services import answers, backup, history, notes, own_forms, people, search, steps, visits
from observe_app.services.core import close
from observe_app.store import migrate, upgrade
from tests.store import raw

RELEASED = Path(__file__).parent.parent / "fixtures" / "databases"
"""A database as each released format left it, with one visit in it: people, form, notes, an answer, a claim, a step."""

STEP = '''"""The next format, for this test."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("event", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE event SET mood = 'calm'")
    {last}
'''


@pytest.fixture
def next_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a step that makes format 1.7, which this version now asks for."""
    scripts = tmp_path / "steps"
    shutil.copytree(upgrade.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = scripts / "versions" / "v0008_mood.py"
    step.write_text(STEP.format(last=""), encoding="utf-8")
    monkeypatch.setattr(upgrade, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "CURRENT", 1007)
    monkeypatch.setattr(migrate, "REVISIONS", {**migrate.REVISIONS, 1007: "0008"})
    return step


@pytest.fixture
def old_file(data_folder: Path) -> str:
    """Put a visit with two notes into the data folder and return its id."""
    core = wire_core(data_folder)
    visit = visits.plan(core)
    for line in ("T waits long #wait", "S3 asks why"):
        notes.add(core, visit_id=visit.id, line=line, offset_ms=0)
    close(core)
    return visit.id


def version(path: Path) -> tuple[int, str]:
    with closing(raw.connect(path)) as connection:
        return (
            connection.execute("PRAGMA user_version").fetchone()[0],
            connection.execute("SELECT version_num FROM alembic_version").fetchone()[0],
        )


def test_an_older_format_is_copied_and_upgraded_and_works_on(
    old_file: str, data_folder: Path, next_format: Path
) -> None:
    assert next_format.exists()
    core = wire_core(data_folder)

    assert version(data_folder / "observe.sqlite") == (1007, "0008")
    copies = list((data_folder / "backups").glob("before-1.7-*.sqlite"))
    assert [version(copy) for copy in copies] == [(1006, "0007")]
    assert [event.text for event in notes.stream(core, old_file)] == ["waits long", "asks why"]
    assert len(search.notes(core, "waits")) == 1

    added = notes.add(core, visit_id=old_file, line="after the upgrade", offset_ms=5)
    assert len(search.notes(core, "upgrade")) == 1
    assert history.of_record(core, table="event", row=added.id).changes
    assert history.undo(core).kind == "note.add"
    assert backup.check(core) == ()
    close(core)


@pytest.mark.parametrize("last", ["op.execute('INSERT INTO nowhere VALUES (1)')", "op.execute('DROP TABLE draft')"])
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    old_file: str, data_folder: Path, next_format: Path, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_format.write_text(STEP.format(last=last), encoding="utf-8")
    path = data_folder / "observe.sqlite"
    before = raw.dump(path)

    with pytest.raises((DBAPIError, DatabaseDamaged)):
        wire_core(data_folder)

    assert version(path) == (1006, "0007")
    assert raw.dump(path) == before
    monkeypatch.undo()
    core = wire_core(data_folder)
    assert len(notes.stream(core, old_file)) == 2
    close(core)


def test_without_a_copy_there_is_no_upgrade(old_file: str, data_folder: Path, next_format: Path) -> None:
    assert old_file
    assert next_format.exists()
    (data_folder / "backups").write_text("in the way")

    with pytest.raises(BackupFailed):
        wire_core(data_folder)

    assert version(data_folder / "observe.sqlite") == (1006, "0007")


def test_triggers_of_an_older_foreign_file_do_not_run_in_the_upgrade(
    old_file: str, data_folder: Path, next_format: Path
) -> None:
    assert next_format.exists()
    with closing(raw.connect(data_folder / "observe.sqlite", auto=True)) as connection:
        connection.execute("CREATE TRIGGER evil AFTER UPDATE ON event BEGIN DELETE FROM event; END")

    core = wire_core(data_folder)
    assert len(notes.stream(core, old_file)) == 2
    people.add(core, name="Ilse Bakker")
    close(core)


def schema(path: Path) -> list[tuple[str, str, str]]:
    """Return every table, index and trigger with its DDL, spaces made alike."""
    with closing(raw.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return sorted((kind, name, "".join(ddl.split())) for kind, name, ddl in rows)


@pytest.fixture(params=sorted(path.name for path in RELEASED.glob("*.sqlite.gz")))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a data folder as a released version left it."""
    folder = tmp_path / "released"
    folder.mkdir()
    (folder / "observe.sqlite").write_bytes(gzip.decompress((RELEASED / request.param).read_bytes()))
    return folder


def test_the_file_of_every_released_format_opens_with_everything_in_it(released: Path, data_folder: Path) -> None:
    core = wire_core(released)
    (row,) = visits.listing(core)
    record = visits.load_record(core, row.id)

    assert (row.teacher, row.observer) == ("Amina Diallo-Žižek", "Jonas Brandt")
    assert row.stage in {Stage.TALK, Stage.FOLLOW_UP}  # later formats were released
    assert [(event.speaker, event.text, event.tags) for event in record.events] == [
        ("T", "waits long", ("wait",)),
        ("S3", "asks why", ()),
    ]
    assert record.form is not None
    assert record.form.id == "general-peer-observation"
    assert [(answer.value, answer.comment) for answer in answers.all_of(core, row.id).values()] == [(3, "calm")]
    assert [(claim.title, claim.evidence) for claim in record.claims] == [("Waits", (record.events[0].id,))]
    assert [step.text for step in steps.of_visit(core, row.id)] == ["Count to three"]
    assert len(search.notes(core, "waits")) == 1
    assert backup.check(core) == ()
    assert version(core.files.database) == (migrate.CURRENT, migrate.REVISIONS[migrate.CURRENT])
    close(core)
    assert schema(released / "observe.sqlite") == schema(data_folder / "observe.sqlite")


def test_an_upgraded_file_keeps_own_forms(released: Path) -> None:
    core = wire_core(released)
    opened = own_forms.copy_of(core, "learning-walk", title="Our walk")
    form = own_forms.publish(core, form_id=opened.value.form_id, seen=opened.seen)
    again = own_forms.open_draft(core, form.id)
    own_forms.change(core, form_id=form.id, form=replace(form, source="The head"), seen=again.seen)
    close(core)

    core = wire_core(released)
    assert core.catalogue.form("our-walk") == form
    assert [draft.form.source for draft in own_forms.drafts(core)] == ["The head"]
    copy = backup.make(core)
    own_forms.remove(core, form_id="our-walk")
    assert backup.check(core, repair=True) == ()
    close(core)

    backup.restore(released, copy, core.clock)
    core = wire_core(released)
    assert core.catalogue.form("our-walk") == form
    assert backup.check(core) == ()
    close(core)

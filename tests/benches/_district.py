"""A district's data folder: 10,000 visits with 1,000,000 events and their answers, written in bulk and kept for later.

The journal is left out: nothing that is measured here reads it. Words are made of a fixed vocabulary, from a fixed
seed; the folder is named by what makes it, so that a changed generator makes another.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.form import ItemKind
from observe_app.services.catalogue import dumps_snapshot
from observe_app.services.core import close
from observe_app.store.columns import utc_text
from observe_app.store.schema_base import FORMAT_MAJOR, FORMAT_MINOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.form import Form, Item

VISITS, EVENTS, TEACHERS, OBSERVERS = 10_000, 100, 250, 60
FORMS = ("general-peer-observation", "copus", "question-log", "talk-and-participation")
_BEGIN = datetime(2021, 8, 30, 8, tzinfo=UTC)
_KINDS = {ItemKind.TALLY: "tally", ItemKind.WAIT: "wait", ItemKind.SWEEP: "sweep"}
_ANSWERED = frozenset({ItemKind.RATING, ItemKind.CHECK, ItemKind.CHOICE, ItemKind.NUMBER})
_NAMES = ("Amina", "Joonas", "Priya", "Tomasz", "Ines", "Öykü", "Chen", "Fatou", "Liam", "Sofía")


def district() -> Path:
    """Return the folder, made where it is not there yet; that takes a minute or two."""
    name = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"observe-district-{FORMAT_MAJOR}.{FORMAT_MINOR}-{name}"
    if not folder.is_dir():
        made = Path(tempfile.mkdtemp(prefix="observe-district-"))
        _make(made)
        made.rename(folder)
    return folder


def teacher_id(number: int) -> str:
    """Return the id of a teacher; each has forty visits."""
    return f"teacher-{number:04d}"


def _make(folder: Path) -> None:
    core = wire_core(folder)
    forms = {name: core.catalogue.form(name) for name in FORMS}
    database = core.files.database
    close(core)
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9))) for _word in range(4000)]
    with closing(sqlite3.connect(database, isolation_level=None)) as bare:
        bare.execute("PRAGMA synchronous = OFF")
        bare.execute("BEGIN")
        for (name,) in bare.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            bare.execute(f'DROP TRIGGER "{name}"')
        _people(bare)
        snapshots = {name: dumps_snapshot(form) for name, form in forms.items()}
        for number in range(VISITS):
            name = FORMS[number // TEACHERS % len(FORMS)]
            _visit(bare, number, forms[name], snapshots[name])
            _many(bare, "event", _events(number, forms[name], chance, words))
            _many(bare, "answer", _answers(number, forms[name], chance))
        _search(bare)
        bare.execute("COMMIT")
        bare.execute("ANALYZE")
    close(wire_core(folder))  # puts the triggers back


def _people(bare: sqlite3.Connection) -> None:
    for number in range(TEACHERS):
        name = f"{_NAMES[number % len(_NAMES)]} {chr(65 + number % 26)}{number}"
        bare.execute("INSERT INTO person(id, name) VALUES (?, ?)", (teacher_id(number), name))
    for number in range(OBSERVERS):
        bare.execute("INSERT INTO person(id, name) VALUES (?, ?)", (f"observer-{number}", f"Coach {number}"))


def _visit(bare: sqlite3.Connection, number: int, form: Form, snapshot: str) -> None:
    visit, turn = _id(number), number // TEACHERS
    start = _BEGIN + timedelta(days=35 * turn + number % 5, hours=number % 6)
    row = {
        "id": visit, "stage": "follow_up", "class_name": f"Year {7 + number % 6}", "subject": "Science",
        "start": utc_text(start), "started": utc_text(start), "ended": utc_text(start + timedelta(minutes=50)),
        "focus": f"Focus {number % 40}", "form_id": form.id, "form_version": form.version, "form_title": form.id,
        "form_snapshot": snapshot, "source": "live", "created": utc_text(start),
    }  # fmt: skip
    _many(bare, "visit", iter([row]))
    # Of a teacher's visits one coach makes most: lines over a term need one observer.
    people = {"teacher": teacher_id(number % TEACHERS), "observer": f"observer-{number % TEACHERS % OBSERVERS}"}
    members = (
        {"id": f"{visit}-{role}", "visit_id": visit, "person_id": one, "role": role} for role, one in people.items()
    )
    _many(bare, "visit_member", members)


def _id(number: int) -> str:
    return f"01990000-0000-7000-8000-{number:012d}"


def _events(number: int, form: Form, chance: random.Random, words: list[str]) -> Iterator[dict[str, object]]:
    visit = _id(number)
    counted = [item for item in form.items if item.kind in _KINDS]
    timed = [item for item in form.items if item.kind is ItemKind.TIMER]
    sheets = [item for item in form.items if item.kind is ItemKind.INTERVAL]
    for at in range(EVENTS):
        row: dict[str, object] = {"id": f"{visit}-{at:03d}", "visit_id": visit, "offset_ms": at * 29_000}
        if sheets and at % 5:
            codes = [side.full(code) for side in sheets[0].sides for code in side.codes]
            place = at // 4 * sheets[0].seconds * 1000
            row |= {"kind": "interval", "item": sheets[0].id, "code": codes[at * 7 % len(codes)], "value": 1.0}
            row |= {"offset_ms": place}
        elif counted and at % 3 == 1:
            row |= _moment(counted[at % len(counted)], chance)
        elif timed and at % 6 == 2:
            row |= {"kind": "start", "item": timed[at % len(timed)].id}
        else:
            row |= {"kind": "note", "text": " ".join(chance.choices(words, k=9)), "speaker": ("", "T", "S3")[at % 3]}
            row |= {"tags": json.dumps(["open"] if at % 5 == 0 else [])}
        yield row


def _moment(item: Item, chance: random.Random) -> dict[str, object]:
    row: dict[str, object] = {"kind": _KINDS[item.kind], "item": item.id}
    if item.kind is ItemKind.WAIT:
        row |= {"value": float(chance.randint(300, 8000)), "outcome": "answered"}
    if item.kind is ItemKind.SWEEP:
        row |= {"value": 20.0, "of": 27.0}
    return row


def _answers(number: int, form: Form, chance: random.Random) -> Iterator[dict[str, object]]:
    visit = _id(number)
    for item in form.items:
        if item.kind in _ANSWERED and chance.random() < 0.85:
            value: object = "yes"
            if item.kind is ItemKind.RATING:
                value = chance.choice(item.levels).number
            elif item.kind is ItemKind.CHOICE:
                value = item.options[0].id
            elif item.kind is ItemKind.NUMBER:
                value = 24
            yield {"id": f"{visit}-{item.id}", "visit_id": visit, "item": item.id, "value": json.dumps(value)}


def _many(bare: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    for keys, group in itertools.groupby(rows, key=tuple):
        columns = ", ".join(f'"{key}"' for key in keys)
        marks = ", ".join("?" for _key in keys)
        bare.executemany(f"INSERT INTO {table}({columns}) VALUES ({marks})", (tuple(row.values()) for row in group))


def _search(bare: sqlite3.Connection) -> None:
    bare.execute(
        "INSERT INTO search_doc(kind, row_id, visit_id, body) "
        "SELECT 'event', id, visit_id, text FROM event WHERE text <> '' UNION ALL "
        "SELECT 'person', id, NULL, name FROM person UNION ALL "
        "SELECT 'visit', id, id, class_name || ' ' || subject || ' ' || focus || ' ' || form_title FROM visit"
    )
    bare.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")

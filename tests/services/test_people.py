"""People: their fields, photos, those who leave and come back."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound
from observe_app.services import history, people, photos, visits

if TYPE_CHECKING:
    from observe_app.services.core import Core


def png(side: int = 8, *, fill: int = 0) -> bytes:
    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes([fill, 90, 120]) * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def change(core: Core, person_id: str, **fields: object) -> None:
    people.edit(core, person_id=person_id, seen=people.open_person(core, person_id).seen, **fields)  # type: ignore[arg-type]


def test_the_new_fields_are_kept_and_checked(core: Core) -> None:
    boss = people.add(core, name="Boss")
    person = people.add(core, name="Amina", pronouns="she/her", building="North")

    change(core, person.id, manager_id=boss.id, week_load=2)

    kept = people.get(core, person.id)
    assert (kept.pronouns, kept.building, kept.manager_id, kept.week_load) == ("she/her", "North", boss.id, 2)
    for rule, fields in (("oneself", {"manager_id": person.id}), ("out_of_range", {"week_load": 0})):
        with pytest.raises(Invalid) as caught:
            change(core, person.id, **fields)
        assert caught.value.rule == rule
    with pytest.raises(NotFound):
        change(core, person.id, manager_id="nobody")
    change(core, person.id, week_load=None, manager_id="")
    assert people.get(core, person.id).week_load is None


def test_who_left_is_offered_no_more_and_every_record_stays(core: Core) -> None:
    one, other = people.add(core, name="One"), people.add(core, name="Other")
    visit = visits.plan(core, teacher_id=one.id)

    people.leave(core, person_ids=(one.id, other.id), last_day=date(2026, 3, 9))

    assert people.listing(core) == ()
    assert len(people.listing(core, archived=True)) == 2
    assert visits.get(core, visit.id).teacher == "One"
    people.come_back(core, person_id=one.id)
    assert [row.person.left_on for row in people.listing(core)] == [None]
    history.undo(core)
    assert history.undo(core).kind == "person.leave"
    assert len(people.listing(core)) == 2


def test_who_leaves_on_a_day_to_come_is_offered_until_then(core: Core) -> None:
    person = people.add(core, name="One")
    people.leave(core, person_ids=(person.id,), last_day=date(2026, 3, 10))
    assert len(people.listing(core)) == 1

    core.clock.advance(seconds=24 * 3600)  # type: ignore[attr-defined]

    assert people.listing(core) == ()
    assert people.get(core, person.id).archived is False


def test_a_photo_is_kept_small_and_taken_back(core: Core) -> None:
    person = people.add(core, name="Amina")
    data = png(64)

    person = photos.set_photo(core, person_id=person.id, data=data)

    assert photos.photo_of(core, person) == data
    person = photos.set_photo(core, person_id=person.id, data=b"")
    assert photos.photo_of(core, person) == b""
    history.undo(core)
    assert photos.photo_of(core, people.get(core, person.id)) == data


@pytest.mark.parametrize(("data", "rule"), [
    (b"GIF89a...", "not_a_picture"), (b"\x89PNG\r\n\x1a\n", "not_a_picture"), (b"\xff\xd8\xff\xe0", "not_a_picture"),
    (png(600), "too_large"), (png(8) + b"x" * 300_000, "too_large"), (png(0), "too_large"),
])  # fmt: skip
def test_what_is_no_small_picture_is_refused(core: Core, data: bytes, rule: str) -> None:
    person = people.add(core, name="Amina")
    with pytest.raises(Invalid) as caught:
        photos.set_photo(core, person_id=person.id, data=data, name="a.png")
    assert caught.value.rule == rule
    assert people.get(core, person.id).photo == ""


def test_the_size_of_a_jpeg_is_read_from_its_head() -> None:
    head = b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 40, 30) + b"\0" * 12
    assert photos.size_of(head) == (30, 40)

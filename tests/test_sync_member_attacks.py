"""A member of the folder who lies: what others wrote stays theirs, stays readable, and nothing stops working."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.sync.letter import Audience, AudienceKind
from observe_app.domain.sync.rights import share_id
from observe_app.domain.sync.segment import parse
from observe_app.domain.turn import Voice
from observe_app.services import journals, notes, people, releases, talk, turns, visits
from observe_app.services.sync import setup, sharing
from observe_app.services.sync.crypto import NotForMe, keys_of, new_words, unsqueeze
from observe_app.store.sync import files
from tests.keyrings import memory_keyring
from tests.member_hands import EARLY, LATE, Attacker
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

WORDS = "Five breaths of waiting"


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas observes, Amina teaches, Nora is a coach who means harm."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora"):
            people.ensure(made.cores["Joonas"], name)
        people.ensure(made.cores["Amina"], "Nora")
        made.meet()
        yield made


@pytest.fixture
def visit(staff: School) -> str:
    """A visit of Joonas to Amina, with Nora as a coach."""
    made = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    sharing.add_reader(
        staff.cores["Amina"], visit_id=made, fingerprint=staff.print_of("Nora"), role=sharing.ShareRole.COACH
    )
    staff.rounds(times=3)
    return made


@pytest.fixture
def nora(staff: School, visit: str) -> Attacker:
    assert visit
    return Attacker(staff, "Nora")


def note_of(staff: School, visit: str, name: str = "Amina") -> str:
    return staff.ask(name, "SELECT id FROM event WHERE visit_id = ? AND text = ?", visit, WORDS)[0][0]


def texts(staff: School, name: str, visit: str) -> set[str]:
    return {row[0] for row in staff.ask(name, "SELECT text FROM event WHERE visit_id = ? AND deleted = 0", visit)}


def reasons(staff: School, name: str) -> set[str]:
    return {row[0] for row in staff.ask(name, "SELECT reason FROM sync_refused")}


def again(staff: School, name: str) -> str:
    """Give somebody a new computer that reads the folder from its beginning, names in order; return its name."""
    words = staff.cores[name].vault.words()
    staff.second(name, words)
    staff.rounds(f"{name} 2", times=3)
    return f"{name} 2"


# --- others' records -------------------------------------------------------------------------------------------------


def test_a_note_is_not_owned_by_an_earlier_stamp_from_another_visit(staff: School, visit: str, nora: Attacker) -> None:
    note, mine = note_of(staff, visit), nora.own_visit("Amina", "Joonas")
    ops = [
        nora.op("event", note, "visit_id", mine, when=EARLY, inserted=True),
        nora.op("event", note, "text", "forged", over=nora.heads("event", note)),
    ]
    nora.send(nora.to("Amina", "Joonas", visit=mine, author="Nora"), *ops)

    staff.rounds("Amina", "Joonas", times=2)

    for name in ("Amina", "Joonas"):
        assert texts(staff, name, visit) == texts(staff, name, visit) | {WORDS}
        assert "forged" not in texts(staff, name, visit)
    assert "elsewhere" in reasons(staff, "Amina")


def test_a_turn_of_the_teacher_is_not_owned_by_an_earlier_stamp(staff: School, visit: str, nora: Attacker) -> None:
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="I counted")
    staff.rounds(times=2)
    row = staff.ask("Nora", "SELECT id FROM turn WHERE text = 'I counted'")[0][0]
    ops = [
        nora.op("turn", row, "visit_id", visit, when=EARLY, inserted=True),
        nora.op("turn", row, "text", "I did nothing", over=nora.heads("turn", row)),
    ]
    nora.send(nora.to("Amina", "Joonas", visit=visit, author="Joonas"), *ops)

    staff.rounds("Joonas", times=2)

    assert [turn.text for turn in turns.of_visit(staff.cores["Joonas"], visit)] == ["I counted"]
    assert "not_theirs" in reasons(staff, "Joonas")


def test_naming_others_changes_does_not_make_their_words_vanish(staff: School, visit: str, nora: Attacker) -> None:
    """A turn with a note's id, and one of its own, that claim to replace what stands in the note."""
    note = note_of(staff, visit)
    for row in (note, "0a0a0a0a-evil"):
        cells = {"visit_id": visit, "voice": "teacher", "text": "x", "deleted": 0}
        ops = [
            nora.op("turn", row, column, new, over=nora.heads("event", note), inserted=True)
            for column, new in cells.items()
        ]
        nora.send(nora.to("Amina", "Joonas", visit=visit, author="Joonas"), *ops)

    staff.rounds("Amina", "Joonas", times=2)
    second = again(staff, "Amina")

    for name in ("Joonas", "Amina", second):
        assert WORDS in texts(staff, name, visit), name
        assert staff.ask(name, "SELECT 1 FROM journal_head WHERE table_name = 'event' AND column_name = 'text'"), name


def test_a_change_with_the_id_of_anothers_does_not_hide_it(staff: School, visit: str, nora: Attacker) -> None:
    note = note_of(staff, visit)
    taken = nora.heads("event", note)
    ops = nora.row("turn", "0b0b0b0b-evil", visit_id=visit, voice="both", text="x")
    ops += [nora.op("turn", "0b0b0b0b-evil", "prompt", "y", op=one) for one in taken]
    nora.send(nora.to("Amina", "Joonas", visit=visit, author="Joonas"), *ops)

    staff.rounds("Amina", "Joonas", times=2)
    second = again(staff, "Amina")

    for name in ("Joonas", "Amina", second):
        assert WORDS in texts(staff, name, visit), name


def test_erasing_ones_own_visit_erases_nothing_of_others(staff: School, visit: str, nora: Attacker) -> None:
    """Records of other tables under the ids of somebody's visit and notes, and then the word that all is erased."""
    note, mine = note_of(staff, visit), nora.own_visit("Amina", "Joonas")
    ops = []
    for row in (note, visit):
        ops += nora.row("claim", row, visit_id=mine, kind="strength", title="x", position=1.0)
    ops += nora.row("event", "0c0c0c0c-evil", visit_id=mine, kind="note", offset_ms=1, text="x")
    audience = nora.to("Amina", "Joonas", visit=mine, author="Nora")
    nora.send(audience, *ops)
    staff.rounds("Amina", "Joonas", times=2)
    assert staff.ask("Amina", "SELECT count(*) FROM claim WHERE visit_id = ?", mine)[0][0] == 2
    nora.send(audience, *nora.row("erasure", "0d0d0d0d-evil", visit_id=mine, at="2026-03-10T09:05:00.000000Z"))
    staff.rounds("Amina", "Joonas", times=2)

    for name in ("Amina", "Joonas"):
        assert staff.ask(name, "SELECT 1 FROM visit WHERE id = ?", mine) == []
        assert WORDS in texts(staff, name, visit)
        assert staff.ask(name, "SELECT 1 FROM visit WHERE id = ?", visit)
        assert staff.ask(name, "SELECT 1 FROM journal_change WHERE row_id = ? AND table_name = 'event'", note)


def test_nobody_erases_somebodys_visit(staff: School, visit: str, nora: Attacker) -> None:
    mine = nora.own_visit("Amina", "Joonas")
    for about, author in ((visit, "Joonas"), (visit, "Nora"), (mine, "Nora")):
        ops = nora.row("erasure", f"0e0e-{about}", visit_id=visit, at="2026-03-10T09:05:00.000000Z")
        nora.send(nora.to("Amina", "Joonas", visit=about, author=author), *ops)
    staff.rounds("Amina", "Joonas", times=2)

    for name in ("Amina", "Joonas"):
        assert WORDS in texts(staff, name, visit)
        assert staff.ask(name, "SELECT count(*) FROM erasure") == [(0,)]


def test_a_reply_is_not_the_teachers_because_a_letter_says_two_things(staff: School, visit: str) -> None:
    joonas = Attacker(staff, "Joonas", writer="00000001")
    row = "0f0f0f0f-evil"
    ops = joonas.row("reply", row, visit_id=visit, source="app", at="2026-03-10T09:05:00.000000Z", overall="I agree")
    ops.append(joonas.op("reply", row, "source", "pdf", when=EARLY))
    joonas.send(joonas.to("Amina", "Nora", visit=visit, author="Joonas"), *ops)

    staff.rounds("Amina", "Nora", times=2)

    for name in ("Amina", "Nora"):
        assert staff.ask(name, "SELECT 1 FROM reply WHERE source = 'app'") == []
        assert "teacher_only" in reasons(staff, name)


# --- who takes part --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("erases", [False, True])
def test_whoever_says_first_that_they_made_a_visit_is_not_believed_against_ones_own_word(
    staff: School, visit: str, nora: Attacker, *, erases: bool
) -> None:
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="I counted")
    staff.rounds(times=2)
    audience = nora.to("Amina", "Joonas", visit=visit, author="Nora")
    ops = nora.share(visit, nora.print, "author") + nora.share(visit, staff.print_of("Amina"), "teacher")
    if erases:
        ops += nora.row("erasure", "1a1a1a1a-evil", visit_id=visit, at="2026-03-10T09:05:00.000000Z")
    nora.send(audience, *ops)

    for name in (again(staff, "Amina"), again(staff, "Joonas")):
        assert WORDS in texts(staff, name, visit), name
        assert staff.ask(name, "SELECT author FROM sync_visit") == [(staff.print_of("Joonas"),)]


@pytest.mark.parametrize("role", ["author", "teacher", "coach", "reader", "school", "king"])
@pytest.mark.parametrize("when", [EARLY, LATE])
def test_nobody_lets_themselves_in_again(staff: School, visit: str, nora: Attacker, role: str, when: str) -> None:
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora.print)
    staff.rounds("Amina", "Joonas", times=2)
    row = share_id(visit, nora.print)
    cells = {"visit_id": visit, "fingerprint": nora.print, "role": role, "ground": "reply", "deleted": 0}
    ops = [nora.op("visit_share", row, column, new, when=when) for column, new in cells.items()]
    nora.send(nora.to("Amina", "Joonas", visit=visit, author="Joonas"), *ops)

    staff.rounds("Amina", "Joonas", times=2)

    for name in ("Amina", "Joonas"):
        live = {one.share.fingerprint for one in sharing.takers(staff.cores[name], visit) if one.reads}
        assert nora.print not in live


def test_more_readers_than_can_be_written_to_stop_nobody(staff: School, visit: str) -> None:
    from observe_app.services.sync import cards

    amina = Attacker(staff, "Amina", writer="00000002")
    ops = []
    for number in range(70):
        keys = keys_of(new_words(lambda _count, n=number: bytes([n + 100] * 16)))
        raw = cards.make(keys, name=f"Nobody {number}", person_id=f"p-{number}", at=staff.clock.now())
        (amina.root / "people" / cards.file_name(raw)).write_bytes(raw)
        ops += amina.share(visit, keys.fingerprint, "reader")
    amina.send(amina.to("Joonas", visit=visit, author="Joonas"), *ops)
    staff.rounds("Joonas", times=2)

    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="Still heard")
    staff.rounds("Joonas", "Amina", times=2)

    assert "Still heard" in {turn.text for turn in turns.of_visit(staff.cores["Amina"], visit)}


# --- installations, reports, forms, cards -----------------------------------------------------------------------------


def test_taking_an_installations_name_first_keeps_nobody_out(staff: School, visit: str, nora: Attacker) -> None:
    for writer, fingerprint in staff.ask("Nora", "SELECT writer, fingerprint FROM sync_laptop"):
        if fingerprint != nora.print:
            held = [row[0] for row in staff.ask("Nora", "SELECT hash FROM sync_segment WHERE writer = ?", writer)]
            nora.send(
                nora.to("Amina", "Joonas", visit=visit, author="Joonas"),
                *nora.row("turn", f"1b1b-{writer}", visit_id=visit, voice="both", text="x"),
                writer=writer, covers=tuple(sorted(held)[:900]),
            )  # fmt: skip
    second = again(staff, "Amina")

    assert WORDS in texts(staff, second, visit)
    kept = "SELECT count(*) FROM sync_segment s JOIN sync_raw r ON r.hash = s.hash WHERE s.audience = ?"
    assert staff.ask(second, kept, visit)[0][0] >= staff.ask("Amina", kept, visit)[0][0] > 1
    assert staff.ask(second, "SELECT 1 FROM sync_segment WHERE state = 'covered'") == []


def test_a_form_or_protocol_under_somebodys_id_changes_nothing(staff: School, nora: Attacker) -> None:
    joonas = Attacker(staff, "Joonas", writer="00000001")
    everybody = Audience(AudienceKind.ALL)
    cells = {
        "form_id": "f", "version": 1, "title": "Ours", "content": "{}", "digest": "0",
        "created": "2026-03-10T09:05:00.000000Z",
    }  # fmt: skip
    joonas.send(everybody, *joonas.row("form_version", "1c1c", **cells))
    joonas.send(everybody, *joonas.row("protocol", "1d1d", title="Ours", content="x"))
    staff.rounds("Amina", times=2)
    for table, row in (("form_version", "1c1c"), ("protocol", "1d1d")):
        ops = nora.row(table, row, title="Forged", content="forged", deleted=1)
        nora.send(everybody, *[replace(op, stamp=op.stamp.replace(LATE, f"{2**46:013x}")) for op in ops])
    staff.rounds("Amina", times=2)

    for table in ("form_version", "protocol"):
        found = staff.ask("Amina", f"SELECT title, deleted FROM {table} WHERE id IN ('1c1c', '1d1d')")
        assert found == [("Ours", 0)]
    assert "version_stands" in reasons(staff, "Amina")


def test_a_colleague_does_not_take_anothers_name(staff: School, visit: str, nora: Attacker) -> None:
    row = staff.ask("Joonas", "SELECT id FROM person WHERE card = ?", nora.print)[0][0]
    audience = nora.to("Amina", "Joonas", visit=visit, author="Joonas")
    nora.send(audience, nora.op("person", row, "name", "\u200bAMINA"))
    nora.send(audience, nora.op("person", staff.cores["Joonas"].settings.get().me_id or "", "name", "Nobody"))
    staff.rounds("Joonas", times=2)

    assert {one[0] for one in staff.ask("Joonas", "SELECT name FROM person")} == {"Joonas", "Amina", "Nora"}
    assert "name_taken" in reasons(staff, "Joonas")


def test_a_row_does_not_bring_a_kept_file_into_the_folder(staff: School, visit: str, nora: Attacker) -> None:
    """The row says that the encrypted file is called as a file is that lies here unencrypted."""
    content = b"%PDF what the teacher wrote"
    digest = hashlib.sha256(content).hexdigest()
    with staff.cores["Joonas"].store.ledger.writing() as writing:
        files.keep(writing.sql, digest, "", content, "2026-03-10T09:05:00.000000Z")
    cells = {"visit_id": visit, "sha256": "0" * 64, "blob": digest, "key": "x", "name": "../../x", "size": 2**40}
    nora.send(nora.to("Amina", "Joonas", visit=visit, author="Joonas"), *nora.row("attachment", "1e1e", **cells))
    staff.rounds("Joonas", times=30)

    assert staff.ask("Joonas", "SELECT 1 FROM attachment WHERE id = '1e1e'")
    assert not list((staff.shared / "observe").glob("b/*/*"))


def test_reports_of_installations_that_are_none_fill_no_folder(staff: School, visit: str, nora: Attacker) -> None:
    """Each says that it has nothing and wants all; another one takes the name of somebody's installation."""
    assert visit
    theirs = staff.ask("Nora", "SELECT writer FROM sync_laptop WHERE fingerprint = ?", staff.print_of("Amina"))[0][0]
    held = [row[0][:12] for row in staff.ask("Nora", "SELECT hash FROM sync_segment")]
    for number in range(40):
        writer = theirs if not number else f"{number:08x}"
        about = {
            "format": 1, "folder": nora.folder, "writer": writer, "n": 2**61, "who": nora.print, "have": [],
            "wants": held, "seq": 2**61, "clock": 2**61, "version": "9",
        }  # fmt: skip
        body = json.dumps(about).encode()
        line = body + b"\n" + nora.keys.sign(b"observe-have-1\n" + body).hex().encode()
        place = nora.root / f"d/{writer}/have-99999999-{number:012x}.json"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(line + b"\n" + hashlib.sha256(line).hexdigest().encode() + b"\n")
    staff.rounds("Joonas", times=30)

    copies = list(nora.root.glob("d/*/copy-*.seg"))
    assert len(copies) <= 30 * len(held)
    who = staff.ask("Joonas", "SELECT fingerprint FROM sync_laptop WHERE writer = ?", theirs)
    assert who == [(staff.print_of("Amina"),)]
    from observe_app.services.sync import rounds

    assert rounds.statuses(staff.cores["Joonas"])


def test_ones_own_card_comes_back_from_under_anothers_words(staff: School) -> None:
    place = staff.shared / "observe" / "people"
    own = next(one for one in place.iterdir() if one.name.startswith(staff.print_of("Amina")[:16]))
    right = own.read_bytes()
    own.write_bytes(b"nothing")

    staff.rounds("Amina", times=4)

    assert right in {one.read_bytes() for one in place.iterdir()}


def test_a_school_key_that_appears_later_is_not_written_to(staff: School, visit: str) -> None:
    place = staff.shared / "observe" / "folder.json"
    about = json.loads(place.read_bytes())
    evil = keys_of(new_words(lambda _count: bytes([77] * 16)))
    place.write_text(json.dumps({**about, "school_key": evil.recipient}))
    (place.parent / "folder (1).json").write_text(json.dumps({**about, "school_key": evil.recipient}))
    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="Among us")
    before = set((staff.shared / "observe").rglob("*.seg"))
    staff.rounds(times=2)

    assert all(one.school_key == "" for one in setup.folders(staff.cores["Joonas"]))
    fresh = set((staff.shared / "observe").rglob("*.seg")) - before
    assert fresh
    for one in fresh:
        with pytest.raises(NotForMe):
            evil.open(parse(one.read_bytes())[1])


# --- values that break lists -----------------------------------------------------------------------------------------

NASTY = (
    "", "\0", "x" * 200_000, "[" * 500, "{}", "[1, 2]", "null", "-1", "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00.000000Z", "2026-02-30", "\u202e\u2066", "nonsense", -1, 0, 2**62, 1e308, -1e308, None,
)  # fmt: skip


# --- what a reader's keys open ---------------------------------------------------------------------------------------


def opened_by(staff: School, name: str) -> str:
    """Return all that somebody's keys open in the folder, as text, with the names of the files."""
    keys, found = staff.cores[name].vault.keys(), []
    for path in sorted((staff.shared / "observe").rglob("*")):
        found.append(str(path))
        if path.suffix != ".seg":
            found.append(path.read_text(errors="replace") if path.is_file() else "")
            continue
        header, body = parse(path.read_bytes())
        with contextlib.suppress(NotForMe):
            found.append(unsqueeze(body if header.public else keys.open(body))[80:].decode())
    return "\n".join(found)


def test_the_teacher_gets_no_word_that_the_release_did_not_let_out(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    one = staff.visit("Joonas", "Amina")
    staff.visit("Joonas", "Amina", line="canary-other-visit")
    seen = visits.open_visit(joonas, one).seen
    visits.update(joonas, visit_id=one, seen=seen, preparation="canary-preparation", context="canary-context")
    typed = notes.add(joonas, visit_id=one, line="canary-first-wording", offset_ms=5).id
    notes.edit(joonas, event_id=typed, line="What she asked", seen=notes.open_note(joonas, typed).seen)
    gone = notes.add(joonas, visit_id=one, line="canary-deleted", offset_ms=6).id
    private = notes.add(joonas, visit_id=one, line="canary-private", offset_ms=7, private=True).id
    talk.add_claim(
        joonas, visit_id=one, kind=ClaimKind.GROWTH, title="Asking", evidence=(typed, gone, private)
    )  # fmt: skip
    notes.delete(joonas, event_id=gone, seen=notes.open_note(joonas, gone).seen)
    journals.add(joonas, text="canary-journal", visit_id=one)
    amina = next(row.person for row in people.listing(joonas) if row.person.name == "Amina")
    people.edit(joonas, person_id=amina.id, seen=people.open_person(joonas, amina.id).seen, email="canary@mail.example")
    releases.release(joonas, visit_id=one)
    staff.rounds(times=2)
    opened = talk.open_claim(joonas, talk.claims(joonas, one)[0].id)
    talk.edit_claim(joonas, claim_id=talk.claims(joonas, one)[0].id, seen=opened.seen, title="canary-after-release")
    notes.edit(joonas, event_id=typed, line="canary-after-too", seen=notes.open_note(joonas, typed).seen)
    staff.rounds(times=3)

    for name in ("Amina", "Nora"):
        assert "canary" not in opened_by(staff, name)
        assert staff.ask(name, "SELECT 1 FROM journal_change WHERE new LIKE '%canary%'") == []
    teachers = opened_by(staff, "Amina")
    assert "What she asked" in teachers
    assert private not in teachers
    assert one not in opened_by(staff, "Nora")
    assert "canary" in opened_by(staff, "Joonas")

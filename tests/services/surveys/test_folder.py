"""Anonymous answers through a real shared folder: every byte of it, and of every database, is searched."""

from __future__ import annotations

import dataclasses
import os
import random
import re
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid
from observe_app.domain.surveys.sheet import SIZES, Given
from observe_app.domain.sync.survey_rights import public_id
from observe_app.services import backup
from observe_app.services.surveys import collecting, results, surveys
from observe_app.services.surveys.answering import Way, answer
from observe_app.services.sync import sealed as sealing
from observe_app.services.sync.answers import MOST_FILES
from observe_app.services.sync.folder_io import NO_DAY
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.services.core import Core

ORGANISER = "Anna Organiser"
PEOPLE = ("Ben Answerer", "Carla Answerer", "Dilek Answerer", "Emil Answerer", "Fanny Answerer")
CANARY = "zimtkanarienvogel"


@pytest.fixture
def team(tmp_path: Path, _blank_database: Path, clock) -> Iterator[School]:
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in (ORGANISER, *PEOPLE):
            made.add(name)
        made.rounds(times=2)
        yield made


def ask(team: School, form, **fields) -> str:
    core = team.cores[ORGANISER]
    draft = surveys.create(core, form=form, title="Session feedback", **fields)
    survey = surveys.open_survey(core, survey_id=draft.id).id
    team.rounds(times=2)
    return survey


def said(number: int) -> dict[str, Given]:
    return {"useful": Given(1 + number), "words": Given(f"{CANARY}{number} was too fast")}


def let_leave(team: School, survey: str, *names: str) -> int:
    """Do rounds until nothing waits to leave; return how many that took."""
    for count in range(1, 200):
        team.rounds(*names)
        if not any(surveys.view(team.cores[name], survey).leaving for name in names):
            return count
    raise AssertionError(survey)


def files_of(team: School, survey: str) -> list[Path]:
    return sorted((team.shared / "observe" / "answers" / survey).glob("*"))


def everything(place: Path) -> dict[str, bytes]:
    """Return every file below a place: names, and what is in them."""
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_everybody_hears_of_an_open_survey_and_of_no_draft(team, asked):
    core = team.cores[ORGANISER]
    surveys.create(core, form=asked, title="Only a draft")
    survey = ask(team, asked)

    for name in PEOPLE:
        (only,) = surveys.listing(team.cores[name])
        assert only.survey.id == survey
        assert (only.mine, only.maker, only.asked) == (False, ORGANISER, None)
        assert [one.survey.id for one in surveys.waiting_for_me(team.cores[name])] == [survey]
        assert team.ask(name, "SELECT count(*) FROM survey_secret") == [(0,)]


def test_answers_come_to_their_organiser_and_show_from_five_up(team, asked):
    survey = ask(team, asked)
    for number, name in enumerate(PEOPLE[:4]):
        answer(team.cores[name], survey_id=survey, given=said(number))
    let_leave(team, survey, *PEOPLE)
    team.rounds(ORGANISER, times=2)
    core = team.cores[ORGANISER]
    assert surveys.view(core, survey).waiting == 4
    assert collecting.release(core, survey_id=survey) == 0

    answer(team.cores[PEOPLE[4]], survey_id=survey, given=said(4))
    let_leave(team, survey, *PEOPLE)
    team.rounds(ORGANISER, times=2)
    assert collecting.release(core, survey_id=survey) == 5

    found = results.results(core, survey)
    assert dict(found.items[0].counts) == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    assert sorted(found.items[-1].texts) == [f"{CANARY}{number} was too fast" for number in range(5)]
    team.rounds(times=2)
    assert files_of(team, survey) == []  # released: nobody needs to see any more who owns the files
    assert surveys.view(core, survey).waiting == 0


def test_nothing_written_says_who_answered_what(team, asked, clock):
    survey = ask(team, asked)
    answers: dict[str, bytes] = {}
    for number, name in enumerate(PEOPLE):
        clock.advance(seconds=3600)
        answer(team.cores[name], survey_id=survey, given=said(number))
        answers[name] = bytes(team.ask(name, "SELECT content FROM survey_urn")[0][0])
        before = everything(team.place / f"data {name}")
        assert not any(CANARY.encode() in raw for raw in before.values()), name
    let_leave(team, survey, *PEOPLE)

    files = files_of(team, survey)
    assert sorted(path.read_bytes() for path in files) == sorted(answers.values())
    for path in files:
        raw, about = path.read_bytes(), path.stat()
        assert re.fullmatch(r"[0-9a-f]{32}\.answer", path.name)
        assert about.st_mtime == NO_DAY
        assert raw.startswith(b"age-encryption.org/v1\n")
        assert any(0 <= len(raw) - size < 1_000 for size in SIZES)
        for name in (ORGANISER, *PEOPLE):
            writer = team.ask(name, "SELECT value FROM meta WHERE key = 'writer'")[0][0]
            me = team.cores[name].settings.get().me_id
            keys = team.cores[name].vault.keys()
            for sign in (name, team.print_of(name)[:12], writer, me, keys.recipient, keys.verify_key[:16]):
                assert sign.encode() not in raw
                if sign != team.print_of(ORGANISER)[:12]:  # the survey is hers, and its id says so
                    assert sign not in str(path.relative_to(team.shared))
    folder = everything(team.shared)
    assert not any(CANARY.encode() in raw for raw in folder.values())
    for name in PEOPLE:
        own = everything(team.place / f"data {name}")
        for file, raw in own.items():
            assert CANARY.encode() not in raw, (name, file)
            # Nor does the computer keep what would tell which of the files in the folder is its own.
            for sealed in answers.values():
                assert sealed[120:400] not in raw, (name, file)
                assert sealing.name_of(sealed).encode() not in raw
        tables = team.ask(name, "SELECT count(*) FROM journal_change WHERE table_name LIKE 'survey_%'")
        assert tables == [(0,)]
        assert team.ask(name, "SELECT count(*) FROM survey_urn") == [(0,)]


def test_the_organiser_has_neither_times_nor_people_nor_an_order(team, asked, clock):
    survey = ask(team, asked)
    for number, name in enumerate(PEOPLE):
        clock.advance(seconds=3600)
        answer(team.cores[name], survey_id=survey, given=said(number))
        let_leave(team, survey, name)
        team.rounds(ORGANISER)
    core = team.cores[ORGANISER]
    waiting = team.ask(ORGANISER, "SELECT id FROM survey_urn ORDER BY id")
    assert [one[0] for one in waiting] == sorted(one[0] for one in waiting)
    assert not any(CANARY.encode() in raw for raw in everything(team.place / f"data {ORGANISER}").values())

    collecting.release(core, survey_id=survey)

    rows = team.ask(ORGANISER, 'SELECT id, person_id, "on", content FROM survey_answer ORDER BY id')
    assert [row[1:3] for row in rows] == [("", None)] * 5
    assert not set(files_of(team, survey)) & {row[0] for row in rows}
    stamps = team.ask(
        ORGANISER, "SELECT DISTINCT a.at FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
        "WHERE c.table_name = 'survey_answer'",
    )  # fmt: skip
    assert len(stamps) == 1  # of the batch, and of no answer
    for name in PEOPLE:
        for sign in (name, team.print_of(name)):
            assert not any(sign in str(row) for row in rows)


def test_what_the_organiser_knows_goes_to_nobody_else(team, asked):
    survey = ask(team, asked)
    for number, name in enumerate(PEOPLE):
        answer(team.cores[name], survey_id=survey, given=said(number))
    let_leave(team, survey, *PEOPLE)
    team.rounds(ORGANISER)
    collecting.release(team.cores[ORGANISER], survey_id=survey)
    team.rounds(times=3)

    for name in PEOPLE:
        assert team.ask(name, "SELECT count(*) FROM survey_answer") == [(0,)]
        assert team.ask(name, "SELECT count(*) FROM survey_secret") == [(0,)]
    assert not any(CANARY.encode() in raw for raw in everything(team.shared).values())


def test_when_an_answer_leaves_is_left_to_chance(team, asked):
    survey = ask(team, asked)
    for number, name in enumerate(PEOPLE):
        answer(team.cores[name], survey_id=survey, given=said(number))

    rounds = [let_leave(team, survey, name) for name in PEOPLE]

    assert max(rounds) > 1


def test_hostile_files_are_left_alone_and_doubles_count_once(team, asked):
    survey = ask(team, asked)
    key = surveys.view(team.cores[ORGANISER], survey).survey.key
    place = team.shared / "observe" / "answers" / survey
    place.mkdir(parents=True)
    good = sealing.seal({"format": sealing.FORMAT, "survey": survey, "answers": {"useful": {"v": 3}}}, key)[1]
    other = sealing.seal({"format": sealing.FORMAT, "survey": "other", "answers": {"useful": {"v": 3}}}, key)[1]
    wrong = sealing.seal({"format": sealing.FORMAT, "survey": survey, "answers": {}}, sealing.new_key()[1])[1]
    hollow = sealing.seal({"format": sealing.FORMAT, "survey": survey, "answers": {"useful": {"v": 99}}}, key)[1]
    dice = random.Random(5)
    bad = {
        "empty": b"", "zeros": bytes(2048), "noise": dice.randbytes(5000), "huge": good + bytes(200_000),
        "short": good[:-1], "flipped": good[:300] + bytes([good[300] ^ 1]) + good[301:], "other": other,
        "wrong": wrong, "not age": b"age-encryption.org/v1\n-> X25519 x\n",
    }  # fmt: skip
    for name, raw in bad.items():
        (place / name).write_bytes(raw)
    for name in ("a.answer", "a (1).answer", "a-conflicted copy.answer", "a.answer.bak"):
        (place / name).write_bytes(good)
    (place / "b.answer.tmp").write_bytes(good[:100])
    (place / "folder.answer").mkdir()
    (place / "hollow.answer").write_bytes(hollow)
    (place / "link.answer").symlink_to("/etc/hostname")
    (team.shared / "observe" / "answers" / "stray").write_bytes(good)

    team.rounds(ORGANISER, times=3)

    core = team.cores[ORGANISER]
    assert surveys.view(core, survey).waiting == 2  # the good one, and one that only opening tells is hollow
    assert collecting.release(core, survey_id=survey) == 0
    assert surveys.view(core, survey).waiting == 1
    for name, raw in bad.items():
        assert (place / name).read_bytes() == raw
    assert (place / "a.answer").is_file()


def test_a_file_that_arrives_in_pieces_is_taken_once_it_is_whole(team, asked):
    survey = ask(team, asked)
    key = surveys.view(team.cores[ORGANISER], survey).survey.key
    place = team.shared / "observe" / "answers" / survey
    place.mkdir(parents=True)
    raw = sealing.seal({"format": sealing.FORMAT, "survey": survey, "answers": {"useful": {"v": 3}}}, key)[1]
    file = place / "x.answer"
    for early in (raw[:100], bytes(len(raw))):
        file.write_bytes(early)
        os.utime(file, (NO_DAY, NO_DAY))
        team.rounds(ORGANISER, times=2)
    assert surveys.view(team.cores[ORGANISER], survey).waiting == 0

    file.write_bytes(raw)
    os.utime(file, (NO_DAY, NO_DAY))  # same size and time as when it was all zeros
    team.rounds(ORGANISER, times=9)

    assert surveys.view(team.cores[ORGANISER], survey).waiting == 1


def test_a_flood_of_files_does_not_hold_up_a_round(team, asked):
    survey = ask(team, asked)
    place = team.shared / "observe" / "answers" / survey
    place.mkdir(parents=True)
    for number in range(MOST_FILES + 200):
        (place / f"{number:06}.answer").write_bytes(b"x")

    team.rounds(ORGANISER)

    assert surveys.view(team.cores[ORGANISER], survey).waiting == 0


def test_nobody_else_can_say_a_survey_anew(team, asked):
    survey = ask(team, asked)
    mallory = team.cores[PEOPLE[0]]
    with mallory.store.write("survey.forge") as unit:
        unit.surveys.surveys.change(survey, {"key": sealing.new_key()[1], "title": "Taken over"})
        unit.commit()

    team.rounds(times=3)

    honest = surveys.view(team.cores[PEOPLE[1]], survey).survey
    mine = surveys.view(team.cores[ORGANISER], survey).survey
    assert (honest.title, honest.key) == (mine.title, mine.key) == ("Session feedback", mine.key)


def test_a_survey_that_is_none_takes_nothing_away(team, asked):
    good = ask(team, asked)
    core = team.cores[PEOPLE[0]]
    fingerprint = team.print_of(PEOPLE[0])
    for number, (content, key) in enumerate((("not a form", "age1x"), ("", ""), ("[" * 5000, "x" * 90))):
        bad = surveys.create(core, form=asked, title=f"Bad {number}")
        with core.store.write("survey.forge") as unit:
            row = dataclasses.replace(
                bad, id=public_id(fingerprint, bytes([number] * 12)), content=content, key=key, state="open"
            )
            unit.surveys.surveys.add(row)
            unit.commit()
    team.rounds(times=2)

    other = team.cores[PEOPLE[1]]
    found = {one.survey.id: one for one in surveys.listing(other)}
    assert len(found) == 4
    assert [one.survey.id for one in surveys.waiting_for_me(other)] == [good]
    for survey_id in found.keys() - {good}:
        assert found[survey_id].form is None
        assert results.results(other, survey_id).items == ()
        with pytest.raises(Invalid):
            answer(other, survey_id=survey_id, given=said(1))


def test_a_key_that_is_none_is_said_and_nothing_is_kept(team, asked):
    core = team.cores[PEOPLE[0]]
    with core.store.write("survey.forge") as unit:
        draft = surveys.create(team.cores[ORGANISER], form=asked, title="x")
        fake = public_id(team.print_of(PEOPLE[0]), b"twelve bytes")
        unit.surveys.surveys.add(dataclasses.replace(draft, id=fake, key="age1qqqq", state="open"))
        unit.commit()
    team.rounds(times=2)

    with pytest.raises(Invalid) as caught:
        answer(team.cores[PEOPLE[1]], survey_id=fake, given=said(1))
    assert caught.value.rule == "unreadable"
    assert team.ask(PEOPLE[1], "SELECT count(*) FROM survey_urn") == [(0,)]


def test_closing_reaches_everybody(team, asked):
    survey = ask(team, asked)

    collecting.close(team.cores[ORGANISER], survey_id=survey)
    team.rounds(times=2)

    for name in PEOPLE:
        assert surveys.view(team.cores[name], survey).survey.state == "closed"
        assert surveys.waiting_for_me(team.cores[name]) == ()


def test_named_answers_come_signed_and_nobody_signs_for_another(team, asked):
    survey = ask(team, asked, anonymous=False)
    team.meet()
    core: Core = team.cores[ORGANISER]
    ben = team.cores[PEOPLE[0]]
    answer(ben, survey_id=survey, given=said(2))
    let_leave(team, survey, PEOPLE[0])
    key = surveys.view(core, survey).survey.key
    keys = ben.vault.keys()
    signature = keys.sign(sealing.signed_part(survey, "2026-03-10", {"useful": {"v": 1}})).hex()
    forged = {"fingerprint": team.print_of(PEOPLE[1]), "on": "2026-03-10", "signature": signature}
    raw = sealing.seal(
        {"format": sealing.FORMAT, "survey": survey, "answers": {"useful": {"v": 1}}, "by": forged}, key
    )[1]
    (team.shared / "observe" / "answers" / survey / "forged.answer").write_bytes(raw)
    team.rounds(ORGANISER, times=2)

    assert collecting.collect(core) == 1

    (only,) = results.named(core, survey)
    assert only.sheet["useful"].value == 3
    assert only.on is not None


def test_the_laptop_passed_round_writes_nothing_into_the_folder(team, asked):
    survey = ask(team, asked)
    core = team.cores[ORGANISER]
    for number in range(5):
        answer(core, survey_id=survey, given=said(number), way=Way.PASSED)
    team.rounds(times=3)

    assert not (team.shared / "observe" / "answers").exists()
    assert not any(CANARY.encode() in raw for raw in everything(team.place / f"data {ORGANISER}").values())
    copy = backup.make(core, team.place / "copy.sqlite")
    assert CANARY.encode() not in copy.read_bytes()
    assert collecting.release(core, survey_id=survey) == 5

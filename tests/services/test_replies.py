"""Replies: a filled PDF becomes part of the record, and a file that is none is told apart by why."""

from __future__ import annotations

import contextlib
import hashlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.domain.errors import FileUnreadable, Invalid, NotFound, NothingToUndo, ReplyProblem
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.release import Reader, ReleaseKind
from observe_app.domain.reply import ReplyPoint, Stance
from observe_app.domain.visit import Stage
from observe_app.services import history, people, replies, talk, visits
from observe_app.services.words import describe
from tests.services.reply_samples import (
    SCRIPTS,
    Sample,
    feedback_pdf,
    filled,
    keep,
    release_of,
    released,
    stage_of,
    told,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

WORDS = {"words_1": "Yes.", "words_3": "Two at the back.\r\nThey were ill.", "overall": "Thank you."}


@pytest.fixture
def sample(core) -> Sample:
    return released(core)


def taken_in(core: Core, folder: Path, pdf: bytes, name: str = "reply.pdf") -> replies.ReplyImport:
    return replies.import_reply(core, keep(folder, pdf, name))


def refused(core: Core, path: Path) -> ReplyProblem:
    """Return why a file is refused; nothing must change by that."""
    with core.store.read() as unit:
        before = unit.position
    with pytest.raises(ReplyProblem) as caught:
        replies.import_reply(core, path)
    with core.store.read() as unit:
        assert unit.position == before
    words = describe(caught.value)
    assert words.title != "No reply in this file" or caught.value.reason == "no_form"
    assert "{" not in words.text + words.hint
    return caught.value


def rules(done: replies.ReplyImport) -> list[str]:
    assert all(done.notes)
    return [remark.rule for remark in done.remarks]


# --- what a filled file becomes --------------------------------------------------------------------------------------


def test_a_filled_file_becomes_the_teachers_reply(core, sample, tmp_path):
    pdf = filled(
        sample.pdf,
        {**WORDS, "step": "Count to three", "name": "Amina Diallo-Žižek", "day": "12 March"},
        {1: "agree", 2: "different"},
        received=True,
    )

    done = taken_in(core, tmp_path, pdf)

    reply = done.reply
    assert reply.points == (
        ReplyPoint(sample.claims[0], Stance.AGREE, "Yes."),
        ReplyPoint(sample.claims[1], Stance.DIFFERENT),
        ReplyPoint(sample.claims[2], None, "Two at the back.\nThey were ill."),
    )
    assert (reply.overall, reply.step, reply.received) == ("Thank you.", "Count to three", True)
    assert (reply.name, reply.day, reply.source, reply.number) == ("Amina Diallo-Žižek", "12 March", "pdf", 1)
    assert (reply.visit_id, reply.release_id, reply.at) == (sample.visit.id, sample.release.id, core.clock.now())
    assert (done.added, done.earlier, done.old_revision, done.remarks) == (True, (), False, ())
    assert replies.of_visit(core, sample.visit.id) == (reply,)


def test_a_preview_says_the_same_and_keeps_nothing(core, sample, tmp_path):
    path = keep(tmp_path, filled(sample.pdf, WORDS))

    found = replies.preview(core, path)

    assert (found.added, replies.of_visit(core, sample.visit.id)) == (False, ())
    done = replies.import_reply(core, path)
    assert replace(done.reply, id="", at=None) == found.reply


def test_the_file_is_kept_as_it_came(core, sample, tmp_path):
    pdf = filled(sample.pdf, WORDS)

    reply = taken_in(core, tmp_path, pdf, "Antwort – Amina.pdf").reply

    assert reply.sha256 == hashlib.sha256(pdf).hexdigest()
    assert replies.file_of(core, reply) == ("Antwort – Amina.pdf", pdf)


def test_the_visit_goes_on_from_talk_to_follow_up(core, sample, tmp_path):
    assert stage_of(core, sample) is Stage.TALK

    done = taken_in(core, tmp_path, filled(sample.pdf, WORDS))

    assert stage_of(core, sample) is Stage.FOLLOW_UP
    assert done.visit.stage is Stage.FOLLOW_UP


def test_those_whom_the_teacher_names_may_read_the_visit(core, sample, tmp_path):
    known = people.add(core, name="Mira Novak")
    people.add(core, name="Two Alike"), people.add(core, name="Two Alike")
    pdf = filled(sample.pdf, {"readers": "mira novak; Head of Maths\nTwo Alike, Jonas Brandt\n"})

    done = taken_in(core, tmp_path, pdf)

    with core.store.read() as unit:
        readers = {one.name: one for one in unit.after.readers(sample.visit.id)}
    assert {name: one.person_id for name, one in readers.items()} == {
        "mira novak": known.id, "Head of Maths": None, "Two Alike": None,
    }  # fmt: skip
    assert {one.via for one in readers.values()} == {"reply"}
    assert done.reply.readers == ("mira novak", "Head of Maths", "Two Alike", "Jonas Brandt")
    assert "readers" in rules(done)


def test_a_new_reply_waits_to_be_opened(core, sample, tmp_path):
    reply = taken_in(core, tmp_path, filled(sample.pdf, WORDS)).reply

    assert replies.unseen(core) == (reply,)
    replies.mark_seen(core, reply.id)
    assert replies.unseen(core) == ()


def test_undo_leaves_a_reply_that_came_and_takes_back_one_that_was_typed(core, sample, tmp_path):
    came = taken_in(core, tmp_path, filled(sample.pdf, WORDS)).reply
    typed(core, sample)

    history.undo(core, scope=sample.visit.id)
    assert replies.of_visit(core, sample.visit.id) == (came,)

    with contextlib.suppress(NothingToUndo):
        while True:
            history.undo(core, scope=sample.visit.id)
    assert replies.of_visit(core, sample.visit.id) == (came,)


@pytest.mark.parametrize(("script", "text"), SCRIPTS.items())
def test_text_of_every_script_comes_through(core, sample, tmp_path, script, text):
    done = taken_in(core, tmp_path, filled(sample.pdf, {"words_2": text, "overall": text}))

    assert (done.reply.overall, done.reply.points[0].text) == (text, text), script


# --- more than one ---------------------------------------------------------------------------------------------------


def test_the_same_file_twice_adds_nothing(core, sample, tmp_path):
    pdf = filled(sample.pdf, WORDS)
    first = taken_in(core, tmp_path, pdf)

    again = taken_in(core, tmp_path, pdf, "another name.pdf")

    assert (again.reply, again.added, rules(again)) == (first.reply, False, ["same_file"])
    assert replies.of_visit(core, sample.visit.id) == (first.reply,)


def test_a_second_answer_is_kept_beside_the_first_and_shown_before_it(core, sample, tmp_path, clock):
    first = taken_in(core, tmp_path, filled(sample.pdf, WORDS)).reply
    clock.advance(seconds=60)

    second = taken_in(core, tmp_path, filled(sample.pdf, {"overall": "On second thoughts"}))

    assert second.earlier == (first,)
    assert rules(second) == ["earlier"]
    assert replies.of_visit(core, sample.visit.id) == (second.reply, first)


def test_the_same_words_in_another_file_are_said_to_be_the_same(core, sample, tmp_path, clock):
    pdf = filled(sample.pdf, WORDS)
    taken_in(core, tmp_path, pdf)
    clock.advance(seconds=60)

    again = taken_in(core, tmp_path, pdf + b"\n")

    assert rules(again) == ["earlier", "same_words"]


def test_an_answer_to_an_old_revision_is_taken_and_marked(core, sample, tmp_path):
    release_of(core, sample.visit.id, sample.claims, number=2, pdf=False)

    done = taken_in(core, tmp_path, filled(sample.pdf, WORDS))

    assert (done.old_revision, done.reply.number, rules(done)) == (True, 1, ["old_revision"])
    assert done.notes == ("It answers revision 1; revision 2 is the newest.",)


def test_an_answer_to_a_revision_taken_back_is_taken_and_said(core, sample, tmp_path):
    with core.store.write("release.take_back", scope=sample.visit.id, undoable=False) as unit:
        unit.after.take_back(sample.release.id, core.clock.now())
        unit.commit()

    done = taken_in(core, tmp_path, filled(sample.pdf, WORDS))

    assert rules(done) == ["taken_back"]


def test_an_answer_to_withdrawn_feedback_is_taken_and_said(core, sample, tmp_path):
    release_of(core, sample.visit.id, sample.claims, number=2, pdf=False, kind=ReleaseKind.WITHDRAWAL)

    done = taken_in(core, tmp_path, filled(sample.pdf, WORDS))

    assert (done.old_revision, rules(done)) == (True, ["withdrawn"])


def test_answers_to_claims_deleted_since_are_kept_with_the_title_of_that_revision(core, sample, tmp_path):
    opened = talk.open_claim(core, sample.claims[0])
    talk.delete_claim(core, claim_id=sample.claims[0], seen=opened.seen)
    renamed = talk.open_claim(core, sample.claims[2])
    talk.edit_claim(core, claim_id=sample.claims[2], seen=renamed.seen, title="Another title now")

    done = taken_in(core, tmp_path, filled(sample.pdf, WORDS))

    assert rules(done) == ["claims_gone"]
    shown = replies.shown(core, done.reply)
    assert [(one.number, one.kind, one.title, one.gone) for one in shown] == [
        (1, "strength", "Everybody had a partner", True), (3, "question", "Who was not asked?", False),
    ]  # fmt: skip


# --- what is not what it should be -----------------------------------------------------------------------------------


def test_the_kept_revision_says_which_claim_a_number_means_not_the_file(core, sample, tmp_path):
    lying = feedback_pdf(told(sample, claims=[sample.claims[2]] * 3), sample.reference)

    done = taken_in(core, tmp_path, filled(lying, {"words_1": "To the first"}))

    assert done.reply.points == (ReplyPoint(sample.claims[0], None, "To the first"),)


def test_answers_to_numbers_that_the_revision_has_not_are_counted(core, sample, tmp_path):
    pdf = filled(feedback_pdf(told(sample), sample.reference, claims=5), {"words_5": "?", "words_1": "!"})

    done = taken_in(core, tmp_path, pdf)

    assert ([point.text for point in done.reply.points], rules(done)) == (["!"], ["points_unknown"])


def test_a_file_without_its_attachment_is_known_by_the_reference_on_its_page(core, sample, tmp_path):
    pdf = filled(feedback_pdf(None, sample.reference, producer="Skia"), WORDS)

    done = taken_in(core, tmp_path, pdf)

    assert (done.reply.visit_id, done.reply.release_id) == (sample.visit.id, sample.release.id)
    assert len(done.reply.points) == 2
    assert rules(done) == ["no_attachment"]


def test_a_file_of_another_school_says_whose_it_is(core, sample, tmp_path):
    other = told(sample, visit="01999999-aaaa-7bbb-8ccc-0123456789ab", teacher="Pat Moss", school="Hill School")

    problem = refused(core, keep(tmp_path, filled(feedback_pdf(other), WORDS)))

    assert (problem.reason, problem.teacher, problem.school) == ("other_visit", "Pat Moss", "Hill School")
    assert "Pat Moss, 10 March 2026, Hill School" in describe(problem).text


def test_a_revision_from_another_computer_is_told_apart(core, sample, tmp_path):
    other = told(sample, release="01999999-aaaa-7bbb-8ccc-0123456789ab")

    problem = refused(core, keep(tmp_path, filled(feedback_pdf(other), WORDS)))

    assert (problem.reason, problem.visit_id) == ("other_release", sample.visit.id)


def test_a_reply_to_a_visit_in_the_bin_says_so(core, sample, tmp_path):
    visits.delete(core, visit_id=sample.visit.id, seen=visits.open_visit(core, sample.visit.id).seen)

    assert refused(core, keep(tmp_path, filled(sample.pdf, WORDS))).reason == "visit_deleted"


def flattened(sample: Sample) -> bytes:
    return feedback_pdf(None, sample.reference, fields=False, producer="Microsoft: Print To PDF")


def without_fields(sample: Sample) -> bytes:
    return feedback_pdf(told(sample), sample.reference, fields=False)


@pytest.mark.parametrize(("make", "reason"), [(flattened, "flattened"), (without_fields, "no_form")])
def test_a_copy_without_fields_names_the_visit(core, sample, tmp_path, make, reason):
    problem = refused(core, keep(tmp_path, make(sample)))

    assert (problem.reason, problem.visit_id) == (reason, sample.visit.id)
    assert sample.reference in describe(problem).text


OTHERS: dict[str, Any] = {
    "empty": lambda sample: sample.pdf,
    "draft": lambda _sample: feedback_pdf(None, fields=False, heading="Draft, not released"),
    "foreign": lambda _sample: feedback_pdf(None, producer="Word", heading="Minutes of a meeting", fields=False),
    "not_a_pdf": lambda _sample: b"<!doctype html><title>Sign in</title>" * 40,
    "half": lambda sample: filled(sample.pdf, WORDS)[:-300],
    "damaged": lambda _sample: b"%PDF-1.7\nnothing of the kind\nstartxref\n9\n%%EOF\n",
    "newer": lambda sample: feedback_pdf(told(sample, version=2), sample.reference),
}


@pytest.mark.parametrize("reason", OTHERS)
def test_a_file_that_holds_no_reply_is_refused_by_reason(core, sample, tmp_path, reason):
    assert refused(core, keep(tmp_path, OTHERS[reason](sample))).reason == reason


def encrypted(pdf: bytes, user: str, algorithm: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(user, "owner", algorithm=algorithm)
    return written(writer)


def test_a_file_behind_a_password_is_refused(core, sample, tmp_path):
    pdf = encrypted(filled(sample.pdf, WORDS), "secret", "RC4-128")

    assert refused(core, keep(tmp_path, pdf)).reason == "encrypted"


def test_a_file_that_is_only_protected_against_changes_is_read(core, sample, tmp_path):
    done = taken_in(core, tmp_path, encrypted(filled(sample.pdf, WORDS, {1: "partly"}), "", "RC4-128"))

    assert (done.reply.overall, done.reply.points[0].stance) == ("Thank you.", Stance.PARTLY)
    assert rules(done) == ["unlocked"]


@pytest.mark.parametrize(("name", "reason"), [("none.pdf", "missing"), ("", "folder"), ("empty.pdf", "empty")])
def test_what_is_no_file_is_said(core, sample, tmp_path, name, reason):
    (tmp_path / "empty.pdf").touch()

    with pytest.raises(FileUnreadable) as caught:
        replies.import_reply(core, tmp_path / name)

    assert caught.value.reason == reason


def test_a_cancelled_import_keeps_nothing(core, sample, tmp_path):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        replies.import_reply(core, keep(tmp_path, filled(sample.pdf, WORDS)), progress=progress)

    assert replies.of_visit(core, sample.visit.id) == ()


# --- typed in --------------------------------------------------------------------------------------------------------


def typed(core: Core, sample: Sample, **more: Any) -> Any:
    given: dict[str, Any] = {"visit_id": sample.visit.id, "release_id": sample.release.id, "overall": "Fine by me."}
    return replies.type_in(core, **(given | more))


def test_a_reply_typed_in_is_marked_as_such_and_known(core, sample):
    reply = typed(core, sample, points=(ReplyPoint(sample.claims[1], Stance.PARTLY, " At first. "),), name="Amina")

    assert (reply.source, reply.seen, reply.number, reply.sha256) == ("typed", True, 1, "")
    assert reply.points == (ReplyPoint(sample.claims[1], Stance.PARTLY, "At first."),)
    assert replies.of_visit(core, sample.visit.id) == (reply,)
    assert (replies.unseen(core), replies.file_of(core, reply)) == ((), None)


def test_a_reply_typed_in_can_be_changed(core, sample):
    reply = typed(core, sample, readers=("Mira Novak", "Head of Maths"))
    opened = replies.open_reply(core, reply.id)

    after = replies.edit_typed(
        core, reply_id=reply.id, seen=opened.seen, overall="Quite fine.", readers=("mira novak",)
    )

    assert (after.value.overall, after.value.readers) == ("Quite fine.", ("mira novak",))
    with core.store.read() as unit:
        assert [one.name for one in unit.after.readers(sample.visit.id)] == ["mira novak"]


def test_a_reader_named_in_another_reply_too_goes_on_reading(core, sample, tmp_path):
    taken_in(core, tmp_path, filled(sample.pdf, {"readers": "Mira Novak"}))
    reply = typed(core, sample, readers=("Mira Novak",))

    replies.edit_typed(core, reply_id=reply.id, seen=replies.open_reply(core, reply.id).seen, readers=())

    with core.store.read() as unit:
        assert [one.name for one in unit.after.readers(sample.visit.id)] == ["Mira Novak"]


def test_a_reply_typed_in_can_be_deleted(core, sample):
    reply = typed(core, sample)

    replies.delete_typed(core, reply_id=reply.id, seen=replies.open_reply(core, reply.id).seen)

    assert replies.of_visit(core, sample.visit.id) == ()


def test_a_reply_out_of_a_file_stays_as_it_came(core, sample, tmp_path):
    reply = taken_in(core, tmp_path, filled(sample.pdf, WORDS)).reply

    for act in (replies.delete_typed, lambda core, **more: replies.edit_typed(core, overall="No", **more)):
        with pytest.raises(Invalid) as caught:
            act(core, reply_id=reply.id)
        assert caught.value.rule == "from_pdf"
    assert describe(caught.value).title == "This stays as it came"
    assert replies.of_visit(core, sample.visit.id) == (reply,)


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"overall": " \n "}, "empty"),
        ({"overall": "x" * 20_001}, "too_long"),
        ({"points": (ReplyPoint("nobody's", None, "x"),)}, "unknown"),
        ({"readers": tuple(f"Reader {number}" for number in range(51))}, "out_of_range"),
        ({"name": "x" * 201}, "too_long"),
    ],
)
def test_what_the_rules_refuse_is_not_kept(core, sample, more, rule):
    with pytest.raises(Invalid) as caught:
        typed(core, sample, **more)

    assert caught.value.rule == rule
    assert replies.of_visit(core, sample.visit.id) == ()


def test_a_revision_of_another_visit_is_refused(core, sample):
    other = released(core, pdf=False)

    with pytest.raises(Invalid):
        typed(core, sample, release_id=other.release.id)
    with pytest.raises(NotFound):
        typed(core, sample, visit_id="none")


def test_a_reader_taken_out_comes_back_by_a_later_reply(core, sample, tmp_path):
    with core.store.write("reader.set", scope=sample.visit.id, undoable=False) as unit:
        unit.after.set_reader(Reader(sample.visit.id, "Mira Novak", deleted=True))
        unit.commit()

    taken_in(core, tmp_path, filled(sample.pdf, {"readers": "Mira Novak"}))

    with core.store.read() as unit:
        assert [one.name for one in unit.after.readers(sample.visit.id)] == ["Mira Novak"]

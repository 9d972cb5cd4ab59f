"""Visits, notes, answers, claims, steps and people through their services."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence
from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import Ambiguous, Invalid, NotFound, VisitStageError
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.note_line import MAX_NOTE
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage, VisitFilter
from observe_app.services import answers, history, notes, people, steps, talk, visits

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

GENERAL = "general-peer-observation"


@pytest.fixture
def visit(core: Core) -> Visit:
    me = people.introduce(core, name="Joonas Παπαδόπουλος", school="Kalamaja", role="observer")
    assert me is not None
    teacher = people.add(core, name="Amina Diallo-Žižek")
    start = datetime(2026, 3, 10, 11, 5, tzinfo=timezone(timedelta(hours=2)))
    return visits.plan(
        core, teacher_id=teacher.id, class_name="Year 8", subject="Mathematics", start=start, form_id=GENERAL
    )


def first_item(visit: Visit, kind: str) -> str:
    form = visits.form_of(visit)
    assert form is not None
    return next(item.id for item in form.items if item.kind == kind)


def test_a_planned_visit_has_its_people_form_and_utc_start(core: Core, visit: Visit) -> None:
    assert (visit.teacher, visit.observer) == ("Amina Diallo-Žižek", "Joonas Παπαδόπουλος")
    assert visit.start == datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
    assert visit.form_id == GENERAL
    assert visit.form_title
    assert visit.class_line == "Year 8 · Mathematics"
    assert visits.get(core, visit.id) == visit


def test_a_form_edited_later_does_not_rewrite_the_visit(core: Core, visit: Visit) -> None:
    form = visits.form_of(visit)
    assert form == core.catalogue.form(GENERAL)
    opened = visits.choose_form(core, visit_id=visit.id, form_id="", seen=visits.open_visit(core, visit.id).seen)
    assert visits.form_of(opened.value) is None


def test_the_form_stays_once_an_item_is_answered(core: Core, visit: Visit) -> None:
    item = first_item(visit, "rating")
    answers.give(core, visit_id=visit.id, item=item, value=2, seen=NOTHING_SEEN)

    with pytest.raises(VisitStageError):
        visits.choose_form(
            core, visit_id=visit.id, form_id="learning-walk", seen=visits.open_visit(core, visit.id).seen
        )
    assert visits.get(core, visit.id).form_id == GENERAL


def test_a_visit_goes_through_its_stages(core: Core, visit: Visit, clock: FakeClock) -> None:
    assert visit.stage is Stage.PREPARE
    begun = visits.begin(core, visit_id=visit.id)
    assert (begun.stage, begun.started) == (Stage.OBSERVE, clock.now())
    clock.advance(seconds=60)
    assert visits.begin(core, visit_id=visit.id).started == begun.started

    ended = visits.finish(core, visit_id=visit.id)
    assert (ended.stage, ended.ended) == (Stage.TALK, clock.now())
    assert visits.resume(core, visit_id=visit.id).stage is Stage.OBSERVE
    visits.finish(core, visit_id=visit.id)
    opened = visits.set_stage(
        core, visit_id=visit.id, stage=Stage.FOLLOW_UP, seen=visits.open_visit(core, visit.id).seen
    )
    assert opened.value.stage is Stage.FOLLOW_UP


def test_a_lesson_that_has_not_begun_cannot_end(core: Core, visit: Visit) -> None:
    with pytest.raises(VisitStageError):
        visits.finish(core, visit_id=visit.id)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", 0),
        ("minutes", 601),
        ("class_size", 0),
        ("class_size", 2001),
        ("topic", "x" * 301),
        ("focus", "x" * 100_001),
    ],
)
def test_values_beyond_the_rules_are_refused_and_change_nothing(
    core: Core, visit: Visit, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as caught:
        visits.update(core, visit_id=visit.id, seen=NOTHING_SEEN, **{field: value})  # type: ignore[arg-type]
    assert caught.value.field == field
    assert visits.get(core, visit.id) == visit


def test_a_naive_start_is_a_bug(core: Core, visit: Visit) -> None:
    with pytest.raises(ValueError, match="zone"):
        visits.update(core, visit_id=visit.id, seen=NOTHING_SEEN, start=datetime(2026, 3, 10, 9, 5))  # noqa: DTZ001


def test_control_characters_never_reach_the_record(core: Core, visit: Visit) -> None:
    seen = visits.open_visit(core, visit.id).seen
    after = visits.update(core, visit_id=visit.id, seen=seen, topic="a\x00b\nc", focus="one\r\ntwo\x1b[31m\ud800").value
    assert after.topic == "a b c"
    assert after.focus == "one\ntwo[31m"


def test_the_list_filters_sorts_and_pages(core: Core, visit: Visit, clock: FakeClock) -> None:
    other = visits.plan(core, class_name="Alpha", start=clock.now() + timedelta(days=30))
    visits.begin(core, visit_id=other.id, at=clock.now() + timedelta(days=30))

    def found(**wanted: object) -> list[str]:
        return [row.id for row in visits.listing(core, VisitFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == [other.id, visit.id]
    assert found(descending=False) == [visit.id, other.id]
    assert found(order="class_name", descending=False) == [other.id, visit.id]
    assert found(order="teacher") == [visit.id, other.id]
    assert found(order="stage") == [other.id, visit.id]
    assert found(order="form") == [visit.id, other.id]
    assert found(stage=Stage.OBSERVE) == [other.id]
    assert found(form_id=GENERAL) == [visit.id]
    assert found(person_id=visit.teacher_id) == [visit.id]
    assert found(since=clock.now() + timedelta(days=1)) == [other.id]
    assert found(until=clock.now() + timedelta(days=1)) == [visit.id]
    assert found(limit=1, offset=1) == [visit.id]
    assert visits.count(core, VisitFilter(stage=Stage.OBSERVE)).visits == 1
    assert visits.count(core).all_visits == 2
    assert visits.forms_in_use(core) == ((GENERAL, visit.form_title),)


def test_changing_the_teacher_keeps_one_and_undo_brings_the_first_back(core: Core, visit: Visit) -> None:
    other = people.add(core, name="Ilse Bakker")
    seen = visits.open_visit(core, visit.id).seen
    opened = visits.set_person(core, visit_id=visit.id, role=Role.TEACHER, person_id=other.id, seen=seen)
    assert opened.value.teacher == "Ilse Bakker"

    history.undo(core, scope=visit.id)
    assert visits.get(core, visit.id).teacher == "Amina Diallo-Žižek"

    seen = visits.open_visit(core, visit.id).seen
    assert visits.set_person(core, visit_id=visit.id, role=Role.TEACHER, person_id=None, seen=seen).value.teacher == ""


def test_a_short_id_finds_its_visit(core: Core, visit: Visit) -> None:
    assert visits.resolve(core, visit.id) == visit.id
    assert visits.resolve(core, visit.id[-8:].upper()) == visit.id
    with pytest.raises(NotFound):
        visits.resolve(core, visit.id[:5])
    with pytest.raises(NotFound):
        visits.resolve(core, "ffffffff")
    visits.plan(core)
    with pytest.raises(Ambiguous):
        visits.resolve(core, visit.id[:8])


def test_today_names_what_asks_for_attention(core: Core, visit: Visit, clock: FakeClock) -> None:
    running = visits.begin(core, visit_id=visits.plan(core).id)
    waiting = visits.plan(core)
    visits.begin(core, visit_id=waiting.id)
    visits.finish(core, visit_id=waiting.id)
    visits.plan(core, start=clock.now() - timedelta(days=3))
    due = steps.add(core, visit_id=visit.id, text="Name sticks", due=clock.now().date() + timedelta(days=3))
    steps.add(core, visit_id=visit.id, text="Much later", due=clock.now().date() + timedelta(days=40))
    steps.add(core, visit_id=visit.id, text="No date")

    today = visits.today(core)

    assert [row.id for row in today.running] == [running.id]
    assert [row.id for row in today.next] == [visit.id]
    assert [row.id for row in today.waiting] == [waiting.id]
    assert [(row.step.id, row.teacher) for row in today.steps] == [(due.id, "Amina Diallo-Žižek")]


def test_notes_are_read_kept_edited_and_moved(core: Core, visit: Visit, clock: FakeClock) -> None:
    event = notes.add(core, visit_id=visit.id, line="S7→T “Why?” #Open", offset_ms=90_000, wall=clock.now())
    assert (event.speaker, event.to, event.text, event.tags) == ("S7", "T", "“Why?”", ("open",))
    assert event.author_id == people.me(core).id  # type: ignore[union-attr]

    moved = notes.retime(core, event_id=event.id, offset_ms=30_000, seen=notes.open_note(core, event.id).seen).value
    assert moved.offset_ms == 30_000
    assert moved.wall == clock.now() - timedelta(seconds=60)
    hidden = notes.set_private(core, event_id=event.id, private=True, seen=notes.open_note(core, event.id).seen).value
    assert hidden.private
    assert notes.tags_used(core) == ("open",)
    assert notes.some(core, frozenset({event.id})) == (hidden,)


@pytest.mark.parametrize(("line", "rule"), [("", "empty"), ("  \n ", "empty"), ("x" * (MAX_NOTE + 1), "too_long")])
def test_a_line_that_cannot_be_a_note_is_refused(core: Core, visit: Visit, line: str, rule: str) -> None:
    with pytest.raises(Invalid) as caught:
        notes.add(core, visit_id=visit.id, line=line, offset_ms=0)
    assert caught.value.rule == rule


def test_a_moment_beyond_a_day_is_refused(core: Core, visit: Visit) -> None:
    with pytest.raises(Invalid):
        notes.add(core, visit_id=visit.id, line="note", offset_ms=25 * 3_600_000)


def test_answers_keep_the_four_absences_apart(core: Core, visit: Visit) -> None:
    item = first_item(visit, "rating")
    assert answers.open_answer(core, visit_id=visit.id, item=item).value.absence is Absence.UNANSWERED
    for absence in (Absence.NOT_SEEN, Absence.NOT_LOOKED_FOR, Absence.NOT_APPLICABLE):
        opened = answers.open_answer(core, visit_id=visit.id, item=item)
        given = answers.give(core, visit_id=visit.id, item=item, absence=absence, seen=opened.seen).value
        assert (given.value, given.absence) == (None, absence)
    opened = answers.open_answer(core, visit_id=visit.id, item=item)
    answers.give(core, visit_id=visit.id, item=item, value=3, comment="at 12:02", seen=opened.seen)
    assert answers.all_of(core, visit.id)[item].value == 3
    assert answers.all_of(core, visit.id)[item].comment == "at 12:02"
    history.undo(core, scope=visit.id)
    assert answers.all_of(core, visit.id)[item].absence is Absence.NOT_APPLICABLE


def test_an_answer_outside_the_scale_or_to_no_item_is_refused(core: Core, visit: Visit) -> None:
    with pytest.raises(Invalid):
        answers.give(core, visit_id=visit.id, item=first_item(visit, "rating"), value=17, seen=NOTHING_SEEN)
    with pytest.raises(NotFound):
        answers.give(core, visit_id=visit.id, item="no_such_item", value=1, seen=NOTHING_SEEN)


def test_claims_rest_on_events(core: Core, visit: Visit) -> None:
    one = notes.add(core, visit_id=visit.id, line="T “Nobody answers yet.”", offset_ms=0)
    two = notes.add(core, visit_id=visit.id, line="S3 “Thirds are bigger.”", offset_ms=1000)
    claim = talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Silence", evidence=(one.id,))
    talk.link(core, visit_id=visit.id, target_kind="claim", target_id=claim.id, event_id=two.id)
    assert talk.open_claim(core, claim.id).value.evidence == (one.id, two.id)

    talk.unlink(core, visit_id=visit.id, target_kind="claim", target_id=claim.id, event_id=one.id)
    assert talk.claims(core, visit.id)[0].evidence == (two.id,)
    talk.link(core, visit_id=visit.id, target_kind="claim", target_id=claim.id, event_id=one.id)
    assert set(talk.claims(core, visit.id)[0].evidence) == {one.id, two.id}
    talk.link(core, visit_id=visit.id, target_kind="answer", target_id=first_item(visit, "rating"), event_id=two.id)
    assert len(talk.evidence(core, visit.id)) == 3
    notes.delete(core, event_id=two.id, seen=notes.open_note(core, two.id).seen)
    assert talk.claims(core, visit.id)[0].evidence == (one.id,)

    edited = talk.edit_claim(
        core,
        claim_id=claim.id,
        seen=talk.open_claim(core, claim.id).seen,
        kind=ClaimKind.GROWTH,
        text="x",
        title="y",
        position=9,
    ).value
    assert (edited.kind, edited.title, edited.text, edited.position) == (ClaimKind.GROWTH, "y", "x", 9)
    talk.delete_claim(core, claim_id=claim.id, seen=talk.open_claim(core, claim.id).seen)
    assert talk.claims(core, visit.id) == ()
    with pytest.raises(Invalid):
        talk.link(core, visit_id=visit.id, target_kind="visit", target_id="x", event_id=one.id)
    with pytest.raises(Invalid):
        talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.QUESTION, title="x" * 301)


def test_steps_belong_to_the_teacher_unless_said_otherwise(core: Core, visit: Visit) -> None:
    step = steps.add(core, visit_id=visit.id, text="Use the name sticks", due=date(2026, 3, 27), help="I send my slide")
    assert (step.owner, step.status) == ("Amina Diallo-Žižek", StepStatus.OPEN)
    me = people.me(core)
    assert me is not None
    changed = steps.edit(
        core,
        step_id=step.id,
        seen=steps.open_step(core, step.id).seen,
        owner_id=me.id,
        due=None,
        status=StepStatus.DONE,
        text="Send",
        help="",
    ).value
    assert (changed.owner, changed.due, changed.status, changed.text, changed.help) == (
        me.name,
        None,
        StepStatus.DONE,
        "Send",
        "",
    )
    steps.delete(core, step_id=step.id, seen=steps.open_step(core, step.id).seen)
    assert steps.of_visit(core, visit.id) == ()
    with pytest.raises(Invalid):
        steps.add(core, visit_id=visit.id, text="x" * 20_001)


def test_a_record_is_whole_and_without_what_was_deleted(core: Core, visit: Visit, clock: FakeClock) -> None:
    visits.begin(core, visit_id=visit.id)
    kept = notes.add(core, visit_id=visit.id, line="kept", offset_ms=0)
    gone = notes.add(core, visit_id=visit.id, line="gone", offset_ms=1)
    notes.delete(core, event_id=gone.id, seen=notes.open_note(core, gone.id).seen)
    clock.advance(seconds=7 * 24 * 3600)
    later = visits.begin(core, visit_id=visits.plan(core, teacher_id=visit.teacher_id).id)

    record = visits.load_record(core, visit.id)
    assert [event.id for event in record.events] == [kept.id]
    assert (record.number, record.visits) == (1, 2)
    assert visits.load_record(core, later.id).number == 2
    assert {member.role for member in record.members} == {Role.TEACHER, Role.OBSERVER}
    assert record.form is not None


def test_the_journal_of_a_visit_reads_newest_first(core: Core, visit: Visit) -> None:
    notes.add(core, visit_id=visit.id, line="one", offset_ms=0)
    assert [action.kind for action in history.of_visit(core, visit.id)] == ["note.add", "visit.plan"]


def test_people_are_named_found_changed_and_binned(core: Core, visit: Visit) -> None:
    found = people.by_name(core, "amina diallo-žižek")
    assert found.id == visit.teacher_id
    assert people.ensure(core, "Amina Diallo-Žižek").id == found.id
    people.add(core, name="Amina Diallo-Žižek")
    with pytest.raises(Ambiguous):
        people.by_name(core, "Amina Diallo-Žižek")
    with pytest.raises(NotFound):
        people.by_name(core, "Nobody")

    opened = people.open_person(core, found.id)
    after = people.edit(
        core,
        person_id=found.id,
        seen=opened.seen,
        name=" Amina  Žižek ",
        roles=(Role.TEACHER, Role.COACH),
        archived=True,
    ).value
    assert (after.name, after.roles) == ("Amina Žižek", (Role.TEACHER, Role.COACH))
    assert found.id not in {row.person.id for row in people.listing(core)}
    (row,) = (row for row in people.listing(core, archived=True) if row.person.id == found.id)
    assert (row.visits_as_teacher, row.visits_as_observer) == (1, 0)
    assert row.last == visit.start
    people.delete(core, person_id=found.id, seen=people.open_person(core, found.id).seen)
    assert found.id not in {row.person.id for row in people.listing(core, archived=True)}
    assert visits.get(core, visit.id).teacher == "Amina Žižek"


@pytest.mark.parametrize("name", ["", "  \t", "x" * 201])
def test_a_name_must_be_a_name(core: Core, name: str) -> None:
    with pytest.raises(Invalid):
        people.add(core, name=name)


def test_introducing_oneself_again_changes_the_name_and_not_the_person(core: Core, visit: Visit) -> None:
    me = people.me(core)
    assert me is not None
    again = people.introduce(core, name="Joonas P.", school="Kalamaja", role="coach")
    assert again is not None
    assert again.id == me.id
    assert visits.get(core, visit.id).observer == "Joonas P."
    assert core.settings.get().my_role == "coach"
    assert people.introduce(core, name="Joonas P.").id == me.id  # type: ignore[union-attr]


def test_staying_nameless_is_fine(core: Core) -> None:
    assert people.introduce(core, name="  ") is None
    assert core.settings.get().first_run_done
    assert people.me(core) is None
    assert visits.plan(core).observer == ""


def test_a_visit_in_the_bin_can_be_restored(core: Core, visit: Visit) -> None:
    visits.delete(core, visit_id=visit.id, seen=visits.open_visit(core, visit.id).seen)
    assert visits.listing(core) == ()
    visits.restore(core, visit_id=visit.id, seen=visits.open_visit(core, visit.id).seen)
    assert [row.id for row in visits.listing(core)] == [visit.id]


@pytest.mark.parametrize("words", ["", "f", "fractions", "fractions w", "nothing of that"])
def test_a_page_is_what_is_listed_with_what_is_counted(core: Core, words: str) -> None:
    for number, topic in enumerate(("Fractions", "Waves", "Fractions of waves")):
        visit = visits.plan(core, topic=topic)
        visits.begin(core, visit_id=visit.id)
        notes.add(core, visit_id=visit.id, line=f"T fine {'fractions ' * number}", offset_ms=1000)

    for wanted in (VisitFilter(words=words, limit=2), VisitFilter(words=words, limit=2, offset=1)):
        assert visits.page(core, wanted) == (visits.listing(core, wanted), visits.count(core, wanted))
    assert visits.page(core, VisitFilter(words="waves"))[1].visits == 2

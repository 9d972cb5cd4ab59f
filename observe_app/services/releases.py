"""Releasing a visit's feedback, correcting it, taking it back; and what went out to whom.

A release freezes the whole document that may be read. Nothing here is undone by a key: what has left is corrected by a
revision that says so.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.clock import require_utc
from observe_app.domain.errors import NotReleasable
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.people import clean_line
from observe_app.domain.release import Copy, Reader, Release, ReleaseKind, once_each
from observe_app.domain.visit import Stage
from observe_app.services.release_copies import add_copy as add_copy  # noqa: PLC0414  (it is asked for here)
from observe_app.services.sync.sharing import reader_cell, share_release, unshare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.core import Core
    from observe_app.services.pdf.document import ReportDocument
    from observe_app.services.wording import NameInText
    from observe_app.store.unit import ReadUnit, WriteUnit

MAX_WHY = 2000
MAX_READERS = 40


@dataclass(frozen=True, slots=True)
class ReleasePreview:
    """What would leave now, and who would read it.

    Attributes:
        document: the very document that a release would freeze, as a draft.
        readers: names, the teacher first.
        claims, questions, notes, answers, steps, turns: how many of each leave. ratings: how many of the answers rate.
        notes_stay: notes that stay and are not private. private_stay: private ones; for the author's eyes alone.
        names: full names of students that seem to stand in what leaves.
        unproved: titles of strengths and growth areas that rest on nothing.
        talked: whether a conversation took place or was written down.
        changes: against the revision that stands, () without one or where only readers differ.
        ratings_waited: whether the revision that stands left the form's ratings out.
    """

    document: ReportDocument
    readers: tuple[str, ...]
    claims: int
    questions: int
    notes: int
    answers: int
    ratings: int
    steps: int
    turns: int
    notes_stay: int
    private_stay: int
    names: tuple[NameInText, ...]
    unproved: tuple[str, ...]
    talked: bool
    changes: tuple[str, ...] = ()
    ratings_waited: bool = False


# --- reading ---------------------------------------------------------------------------------------------------------


def of_visit(core: Core, visit_id: str) -> tuple[Release, ...]:
    """Return a visit's revisions by number, those taken back too."""
    with core.store.read() as unit:
        return unit.after.releases(visit_id)


def latest(core: Core, visit_id: str) -> Release | None:
    """Return the revision that stands, a withdrawal too; None while nothing was released or all was taken back."""
    with core.store.read() as unit:
        return _latest(unit, visit_id)


def _latest(unit: ReadUnit, visit_id: str) -> Release | None:
    standing = [one for one in unit.after.releases(visit_id) if one.taken_back is None]
    return max(standing, key=lambda one: (one.number, one.id), default=None)


def document_of(release: Release) -> ReportDocument:
    """Return what a revision holds.

    Raises:
        NotReleasable: the stored text is damaged.
    """
    from observe_app.services.pdf.document import ReportDocument  # noqa: PLC0415  (services load lightly)

    try:
        return ReportDocument.from_json(release.document)
    except ValueError as error:
        raise NotReleasable(release.visit_id, "damaged", str(release.number)) from error


def copies(core: Core, visit_id: str) -> tuple[Copy, ...]:
    """Return the copies of a visit's revisions that went out, the first one first."""
    with core.store.read() as unit:
        return unit.after.copies(visit_id)


def readers(core: Core, visit_id: str) -> tuple[Reader, ...]:
    """Return whom the teacher lets read the visit, beside teacher and observer."""
    with core.store.read() as unit:
        return unit.after.readers(visit_id)


def can_take_back(core: Core, visit_id: str) -> bool:
    """Whether a release stands of which no copy, nor one of any revision before it, has left this computer."""
    with core.store.read() as unit:
        left = unit.after.copies(visit_id) or unit.shares.left(visit_id)
        return _latest(unit, visit_id) is not None and not left


def differs(core: Core, visit_id: str) -> bool:
    """Whether the record tells something else now than the revision that stands; False without one.

    Who may read it is the teacher's to say and makes no difference. Ratings that were left out make one once the
    conversation they waited for has taken place.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged. NotReleasable: what was released is.
    """
    from observe_app.services.release_changes import changes  # noqa: PLC0415

    stands = latest(core, visit_id)
    if stands is None or stands.kind is ReleaseKind.WITHDRAWAL:
        return False
    before = document_of(stands)
    now = _draft(core, visit_id, stands.language, with_notes=stands.with_notes)
    if _left_out(before, now) and not _talked(core, visit_id):
        now = _draft(core, visit_id, stands.language, with_notes=stands.with_notes, ratings=False)
    return bool(changes(before, replace(now, readers=before.readers)))


def _left_out(before: ReportDocument, now: ReportDocument) -> bool:
    """Whether an earlier revision was made without the form's ratings."""
    return _rates(now) and not _rates(before)


def _rates(document: ReportDocument) -> bool:
    return any(item.kind == "rating" for section in document.checklist for item in section.items)


def _talked(core: Core, visit_id: str) -> bool:
    """Whether a conversation took place or was written down."""
    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
        return bool(visit.talk_started or visit.conversation.strip() or unit.after.turns(visit_id))


def without_ratings(document: ReportDocument) -> ReportDocument:
    """Return the document without the form's ratings: they wait for the conversation."""
    sections = [
        replace(section, items=tuple(item for item in section.items if item.kind != "rating"))
        for section in document.checklist
    ]
    return replace(document, checklist=tuple(section for section in sections if section.items))


def _draft(
    core: Core, visit_id: str, language: str | None, *, with_notes: bool, ratings: bool = True
) -> ReportDocument:
    from observe_app.services.pdf.export import feedback_document  # noqa: PLC0415  (loads the pages' words)

    made = feedback_document(
        core, visit_id=visit_id, scope="record", with_notes=with_notes, language=language, ratings=ratings
    )
    return made if ratings else without_ratings(made)


def preview(
    core: Core, visit_id: str, *, with_notes: bool = False, language: str | None = None, ratings: bool = True
) -> ReleasePreview:
    """Return what a release would let out now.

    Args:
        core: the open data folder.
        visit_id: the visit.
        with_notes: all notes but the private ones, or only those that something rests on.
        language: of the reader; None takes `language_for`.
        ratings: whether the form's ratings go along.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged.
    """
    from observe_app.services import visits, wording  # noqa: PLC0415

    chosen = language if language is not None else language_for(core, visit_id)
    whole = _draft(core, visit_id, chosen, with_notes=with_notes)
    document = whole if ratings else _draft(core, visit_id, chosen, with_notes=with_notes, ratings=False)
    record = visits.load_record(core, visit_id)
    stands = latest(core, visit_id)
    before = document_of(stands) if stands is not None and stands.kind is not ReleaseKind.WITHDRAWAL else None
    written = [event for event in record.events if event.kind == "note" and event.text.strip()]
    leave = {note.event for note in document.notes}
    text = document.to_json()
    items = [item for section in document.checklist for item in section.items]
    return ReleasePreview(
        document=document,
        readers=document.readers,
        claims=len(document.strengths) + len(document.growth),
        questions=len(document.questions),
        notes=len(leave),
        answers=len([item for item in items if item.answer or item.level is not None]),
        ratings=len([item for item in items if item.kind == "rating" and item.level is not None]),
        steps=len(document.steps),
        turns=len(document.turns),
        notes_stay=len([note for note in written if not note.private and note.id not in leave]),
        private_stay=len([note for note in written if note.private]),
        names=tuple(found for found in wording.names_in(core, visit_id, chosen[:2] or "en") if found.name in text),
        unproved=tuple(
            claim.title or claim.text[:60]
            for claim in record.claims
            if claim.kind is not ClaimKind.QUESTION and not claim.rests
        ),
        talked=_talked(core, visit_id),
        changes=() if before is None else _differences(before, document),
        ratings_waited=before is not None and _left_out(before, whole),
    )


def _differences(before: ReportDocument, now: ReportDocument) -> tuple[str, ...]:
    """Return what a correction would say, () where nothing differs but who may read it."""
    from observe_app.services.pdf.words import words_for  # noqa: PLC0415
    from observe_app.services.release_changes import changes  # noqa: PLC0415

    words = words_for(now.language).changes
    found = changes(before, now, words)
    return () if found == changes(before, replace(before, readers=now.readers), words) else found


def language_for(core: Core, visit_id: str) -> str:
    """Return the language that the teacher likes to read, else the program's, else English.

    Raises:
        NotFound: no such visit.
    """
    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
        teacher = unit.people.get(visit.teacher_id) if visit.teacher_id else None
    return (teacher.language if teacher is not None else "") or core.settings.get().language or "en"


# --- releasing -------------------------------------------------------------------------------------------------------


def release(
    core: Core,
    *,
    visit_id: str,
    with_notes: bool = False,
    language: str | None = None,
    why: str = "",
    ratings: bool = True,
    shown: ReportDocument | None = None,
) -> Release:
    """Release a visit's feedback to its teacher, or correct what was released.

    Args:
        core: the open data folder.
        visit_id: the visit.
        with_notes: all notes but the private ones, or only those that something rests on.
        language: of the reader; None takes `language_for`.
        why: what a correction says of itself; a first release has no need of it.
        ratings: whether the form's ratings go along.
        shown: the document of the preview; where the record tells something else by now, nothing leaves.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged.
        NotReleasable: there is no teacher, nothing to read, nothing changed, no reason given, something else than was
            shown, or another window was faster; nothing is changed.
    """
    stands = latest(core, visit_id)
    corrects = stands is not None
    reason = " ".join(why.split())[:MAX_WHY]
    chosen = language if language is not None else language_for(core, visit_id)
    draft = _draft(core, visit_id, chosen, with_notes=with_notes, ratings=ratings)
    if shown is not None and draft != shown:
        raise NotReleasable(visit_id, "changed")
    differences = _checked(visit_id, stands, draft, reason)
    kind = ReleaseKind.CORRECTION if corrects else ReleaseKind.RELEASE
    return _write(core, visit_id, stands, draft, kind, reason, differences, with_notes=with_notes)


def _checked(visit_id: str, stands: Release | None, draft: ReportDocument, reason: str) -> tuple[str, ...]:
    """Return what a correction changes; refuse what must not be released."""
    if not draft.teacher.strip():
        raise NotReleasable(visit_id, "no_teacher")
    if draft.empty:
        raise NotReleasable(visit_id, "nothing")
    if stands is None:
        return ()
    if not reason:
        raise NotReleasable(visit_id, "no_reason")
    if stands.kind is ReleaseKind.WITHDRAWAL:
        return ()
    found = _differences(document_of(stands), draft)
    if not found:
        raise NotReleasable(visit_id, "unchanged", str(stands.number))
    return found


def withdraw(core: Core, visit_id: str, why: str) -> Release:
    """Say in a revision of its own that what was released is withdrawn; its pages tell nothing else.

    Raises:
        NotFound: no such visit. NotReleasable: nothing stands that was released, or no reason is given.
    """
    stands = latest(core, visit_id)
    if stands is None or stands.kind is ReleaseKind.WITHDRAWAL:
        raise NotReleasable(visit_id, "not_released")
    reason = " ".join(why.split())[:MAX_WHY]
    if not reason:
        raise NotReleasable(visit_id, "no_reason")
    before = document_of(stands)
    from observe_app.services.pdf.document import ReportDocument  # noqa: PLC0415

    bare = ReportDocument(
        visit_id=visit_id,
        revision=0,
        teacher=before.teacher,
        observer=before.observer,
        class_line=before.class_line,
        when=before.when,
        date_label=before.date_label,
        confidential_for=before.confidential_for,
        paper=before.paper,
        language=before.language,
        purpose_line=before.purpose_line,
        school=before.school,
        readers=before.readers,
    )
    return _write(core, visit_id, stands, bare, ReleaseKind.WITHDRAWAL, reason, (), with_notes=False)


def _write(
    core: Core,
    visit_id: str,
    stands: Release | None,
    draft: ReportDocument,
    kind: ReleaseKind,
    why: str,
    differences: tuple[str, ...],
    *,
    with_notes: bool,
) -> Release:
    from observe_app.services.pdf.build import released_words  # noqa: PLC0415

    now = core.clock.now()
    with core.store.write(f"release.{kind.value}", scope=visit_id, undoable=False) as unit:
        visit = unit.visits.get(visit_id)
        if visit.deleted:
            raise NotReleasable(visit_id, "in_bin")
        _unmoved(unit, visit_id, stands)
        number = max((one.number for one in unit.after.releases(visit_id)), default=0) + 1
        release_id = core.ids.new()
        withdrawn = kind is ReleaseKind.WITHDRAWAL
        document = replace(
            draft,
            revision=number,
            release_id=release_id,
            status="withdrawn" if withdrawn else "released",
            why=why,
            changes=differences,
            released=released_words(now, visit.zone, draft.language),
            revised=require_utc(now).isoformat(),
            scope="record",
            reply_form=not withdrawn,
        )
        text = document.to_json()
        made = Release(
            id=release_id,
            visit_id=visit_id,
            number=number,
            kind=kind,
            at=now,
            by_id=core.settings.get().me_id,
            document=text,
            digest=hashlib.sha256(text.encode(errors="replace")).hexdigest(),
            language=draft.language,
            with_notes=with_notes,
            why=why,
            readers=draft.readers,
        )
        unit.after.add_release(made)
        unit.see(unit.seen(("visit", visit_id)))
        if visit.stage.order < Stage.FOLLOW_UP.order and not withdrawn:
            unit.visits.change(visit_id, {"stage": Stage.FOLLOW_UP})
        share_release(core, unit, visit, text)
        unit.commit()
        return unit.after.release(release_id)


def _unmoved(unit: WriteUnit, visit_id: str, stands: Release | None) -> None:
    """Refuse where another window released or took back something meanwhile."""
    now = _latest(unit, visit_id)
    if (now.id if now else "") != (stands.id if stands else ""):
        raise NotReleasable(visit_id, "meanwhile", str(now.number) if now else "")


def take_back(core: Core, visit_id: str) -> Release:
    """Take back the revisions of a visit before any copy has left this computer; each stays readable for its author.

    Returns:
        The newest of them.

    Raises:
        NotReleasable: nothing is released, or a copy has left already.
    """
    with core.store.write("release.taken_back", scope=visit_id, undoable=False) as unit:
        stands = _latest(unit, visit_id)
        if stands is None:
            raise NotReleasable(visit_id, "not_released")
        left = unit.after.copies(visit_id)
        if left:
            raise NotReleasable(visit_id, "copy_left", left[0].file_name or left[0].reader)
        unshare(unit, visit_id)
        for one in unit.after.releases(visit_id):
            if one.taken_back is None:
                unit.see(unit.seen(("release", one.id)))
                unit.after.take_back(one.id, core.clock.now())
        unit.commit()
        return unit.after.release(stands.id)


# --- what goes out ---------------------------------------------------------------------------------------------------


def set_reader(core: Core, *, visit_id: str, name: str, reads: bool = True, via: str = "typed") -> tuple[Reader, ...]:
    """Write down that the teacher lets somebody read the visit, or no longer does; return who may read it now.

    Raises:
        NotReleasable: no name, or too many readers. NotFound: no such visit.
    """
    cleaned = clean_line(name)
    if not cleaned:
        raise NotReleasable(visit_id, "no_name")
    with core.store.write("reader.set", scope=visit_id) as unit:
        unit.visits.get(visit_id)
        others = [one for one in unit.after.readers(visit_id) if one.name.casefold() != cleaned.casefold()]
        if reads and len(others) >= MAX_READERS:
            raise NotReleasable(visit_id, "many_readers", str(MAX_READERS))
        known = unit.people.named(cleaned)
        person = known[0].id if len(known) == 1 else None
        unit.see(unit.seen(reader_cell(visit_id, cleaned)))
        unit.after.set_reader(Reader(visit_id, cleaned, person, via, core.clock.now(), deleted=not reads))
        unit.commit()
        return unit.after.readers(visit_id)


def audience(core: Core, visit_id: str) -> tuple[str, ...]:
    """Return the names of those who can read a visit beside its observer: nobody before it is released.

    Raises:
        NotFound: no such visit.
    """
    with core.store.read() as unit:
        stands = _latest(unit, visit_id)
        if stands is None:
            return ()
        visit = unit.visits.get(visit_id)
        names: Sequence[str] = (visit.teacher, *(reader.name for reader in unit.after.readers(visit_id)))
    return once_each(names)

"""The teacher's replies: filled PDFs that came back, and what the observer typed in for the teacher.

pypdfium2 is imported inside the one function that needs it, and so is everything that reads a PDF: the window starts
without them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import MAX_NAME, clean_line
from observe_app.domain.release import Reader
from observe_app.domain.reply import Reply, ReplyPoint
from observe_app.domain.sync.shares import ShareRole
from observe_app.domain.visit import Stage
from observe_app.services.reply_match import MAX_READERS, claims_of, matched
from observe_app.services.reply_words import Remark, remark_words
from observe_app.services.sync.attachments import of_replies
from observe_app.services.sync.sharing import reader_cell, rights

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

    from observe_app.domain.progress import Progress
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.reply_match import Match
    from observe_app.store.unit import ReadUnit, WriteUnit

MAX_WORDS = 20_000
"""Characters of one answer."""


@dataclass(frozen=True, slots=True)
class ReplyImport:
    """What a filled file came to.

    Attributes:
        reply: as it is kept, or would be by a preview. visit: the one it answers, as it is now.
        earlier: other replies to this visit, the newest first. old_revision: a newer revision had been released.
        remarks: what there is to know about it, as fields. added: False for a preview and for a file known before.
    """

    reply: Reply
    visit: Visit
    earlier: tuple[Reply, ...] = ()
    old_revision: bool = False
    remarks: tuple[Remark, ...] = ()
    added: bool = True

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks as English sentences; the window translates `remarks` itself (`reply_words.remark_words`)."""
        return tuple(remark_words(remark) for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """The answer to one claim with the claim as the answered revision had it.

    Attributes:
        number: its place in that revision, 0 where it is not in it. kind: "strength", "growth" or "question".
        title, text: of the claim as the teacher read it. gone: the claim is no longer in the record.
    """

    point: ReplyPoint
    number: int = 0
    kind: str = ""
    title: str = ""
    text: str = ""
    gone: bool = False


def import_reply(core: Core, path: Path, *, name: str = "", progress: Progress | None = None) -> ReplyImport:
    """Take in a filled feedback PDF: the reply, the readers that it names and the file itself, all or nothing.

    Args:
        core: the open data folder.
        path: the file; nothing in it is run and no reference in it is followed.
        name: what to call the kept file, the name it has when empty.
        progress: told between steps; may cancel, and then nothing was changed.

    Returns:
        What was kept. The same file a second time adds nothing and returns the reply that it became.

    Raises:
        FileUnreadable: missing, denied, a folder, no file, empty. ReplyProblem: no reply that can be taken in.
        Cancelled: the person asked to stop.
    """
    match = _matched(core, path, name, progress)
    if match.known is not None:
        return _known(core, match, match.known)
    reply = replace(match.reply, id=core.ids.new(), at=core.clock.now())
    with core.store.write("reply.import", scope=match.visit.id, undoable=False) as unit:
        known = unit.after.reply_of_file(reply.sha256)  # it may have come in through another window meanwhile
        if known is None:
            unit.after.keep_file(reply.sha256, reply.file_name, match.data, core.clock.now())
            unit.after.add_reply(reply)
            _let_read(core, unit, match.visit, reply.readers, via="reply")
            _go_on(unit, match.visit)
            if unit.shares.of_visit(match.visit.id):
                of_replies(unit, match.visit.id)
            unit.commit()
    if known is not None:
        return _known(core, match, known)
    return replace(_imported(core, match, reply), visit=_visit(core, match.visit.id))


def preview(core: Core, path: Path, *, name: str = "", progress: Progress | None = None) -> ReplyImport:
    """Say what `import_reply` would keep, and keep nothing.

    Raises:
        FileUnreadable, ReplyProblem, Cancelled: as `import_reply`.
    """
    match = _matched(core, path, name, progress)
    if match.known is not None:
        return _known(core, match, match.known)
    return replace(_imported(core, match, match.reply), added=False)


def _matched(core: Core, path: Path, name: str, progress: Progress | None) -> Match:
    from observe_app.services.exchange import reply_in  # noqa: PLC0415
    from observe_app.services.pdf.preview import unlocked_copy  # noqa: PLC0415

    read = reply_in.read_reply(path, unlock=unlocked_copy, progress=progress)
    with core.store.read() as unit:
        return matched(unit, path, read, clean_line(name)[:MAX_NAME] or clean_line(path.name)[-MAX_NAME:])


def _imported(core: Core, match: Match, reply: Reply) -> ReplyImport:
    earlier = tuple(one for one in of_visit(core, match.visit.id) if one.id != reply.id)
    remarks = list(match.remarks)
    if earlier:
        remarks.append(Remark("earlier", count=len(earlier)))
        if _says(earlier[0]) == _says(reply):
            remarks.append(Remark("same_words"))
    return ReplyImport(reply, match.visit, earlier, match.old_revision, tuple(remarks))


def _known(core: Core, match: Match, known: Reply) -> ReplyImport:
    """Return what a file came to when it was taken in before."""
    earlier = tuple(one for one in of_visit(core, known.visit_id) if one.id != known.id)
    visit = _visit(core, known.visit_id)
    return ReplyImport(known, visit, earlier, match.old_revision, (Remark("same_file"),), added=False)


def _says(reply: Reply) -> tuple[object, ...]:
    return (reply.points, reply.overall, reply.step, reply.readers, reply.received)


def _visit(core: Core, visit_id: str) -> Visit:
    with core.store.read() as unit:
        return unit.visits.get(visit_id)


def _go_on(unit: WriteUnit, visit: Visit) -> None:
    if unit.visits.get(visit.id).stage is Stage.TALK:
        unit.see(unit.seen(("visit", visit.id)))
        unit.visits.change(visit.id, {"stage": Stage.FOLLOW_UP})


def _let_read(core: Core, unit: WriteUnit, visit: Visit, names: Iterable[str], *, via: str) -> None:
    """Let those whom the teacher names read the visit; the two who were in it read it anyway."""
    there = {visit.teacher.casefold(), visit.observer.casefold()}
    for name in names:
        if name.casefold() in there:
            continue
        people = unit.people.named(name)
        person_id = people[0].id if len(people) == 1 else None
        unit.see(unit.seen(reader_cell(visit.id, name)))
        unit.after.set_reader(Reader(visit.id, name, person_id, via=via, at=core.clock.now()))


def type_in(
    core: Core,
    *,
    visit_id: str,
    release_id: str = "",
    points: tuple[ReplyPoint, ...] = (),
    overall: str = "",
    step: str = "",
    readers: tuple[str, ...] = (),
    received: bool = False,
    name: str = "",
    day: str = "",
) -> Reply:
    """Keep what the teacher said as the observer typed it in, marked as such; or what the teacher writes themselves.

    Args:
        core: the open data folder.
        visit_id: the visit.
        release_id: the revision that was answered, "" where none was.
        points: answers to claims of that revision, or of the visit.
        overall: words on the whole.
        step: the step that the teacher chose.
        readers: names of those whom the teacher lets read the visit.
        received: the teacher says it was received.
        name: as the teacher signed.
        day: as the teacher dated it.

    Raises:
        Invalid: nothing was said, a text too long, a claim or revision of another visit. NotFound: no such visit.
    """
    part = rights(core, visit_id)
    source = "app" if part.role is ShareRole.TEACHER else "typed"
    with core.store.write("reply.type", scope=visit_id) as unit:
        visit = unit.visits.get(visit_id)
        release = unit.after.release(release_id) if release_id else None
        if release is not None and release.visit_id != visit_id:
            raise Invalid("release", release_id, "unknown")
        reply = _checked(
            unit,
            Reply(
                id=core.ids.new(), visit_id=visit_id, release_id=release_id, number=release.number if release else 0,
                source=source, at=core.clock.now(), name=name or (visit.teacher if source == "app" else ""), day=day,
                received=received, points=points, overall=overall, step=step, readers=readers, seen=source == "typed",
            ),
        )  # fmt: skip
        unit.after.add_reply(reply)
        _let_read(core, unit, visit, reply.readers, via=source)
        if release is not None and part.writes:
            _go_on(unit, visit)
        unit.commit()
    return reply


def open_reply(core: Core, reply_id: str) -> Opened[Reply]:
    """Return a reply for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.after.reply(reply_id), unit.seen(("reply", reply_id)))


def edit_typed(
    core: Core,
    *,
    reply_id: str,
    seen: Seen = NOTHING_SEEN,
    points: tuple[ReplyPoint, ...] | None = None,
    overall: str | None = None,
    step: str | None = None,
    readers: tuple[str, ...] | None = None,
    received: bool | None = None,
    name: str | None = None,
    day: str | None = None,
) -> Opened[Reply]:
    """Change a reply that was typed in; None leaves a part as it is. Readers no reply names any more stop reading.

    Raises:
        Invalid: the reply came in a file ("from_pdf"), or as `type_in`. NotFound: no such id.
    """
    before = open_reply(core, reply_id).value
    if before.source == "pdf":
        raise Invalid("reply", before.file_name, "from_pdf")
    given: dict[str, Any] = {
        "points": points, "overall": overall, "step": step, "readers": readers, "received": received, "name": name,
        "day": day,
    }  # fmt: skip
    fields = {key: value for key, value in given.items() if value is not None}
    with core.store.write("reply.edit", scope=before.visit_id, seen=seen) as unit:
        reply = _checked(unit, replace(before, **fields))
        unit.after.change_reply(reply_id, {key: getattr(reply, key) for key in fields})
        visit = unit.visits.get(before.visit_id)
        _let_read(core, unit, visit, reply.readers, via=before.source)
        _no_longer(unit, before, reply)
        unit.commit()
    return open_reply(core, reply_id)


def delete_typed(core: Core, *, reply_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Move a reply that was typed in to the bin; undo brings it back.

    Raises:
        Invalid: the reply came in a file ("from_pdf"). NotFound: no such id.
    """
    before = open_reply(core, reply_id).value
    if before.source == "pdf":
        raise Invalid("reply", before.file_name, "from_pdf")
    with core.store.write("reply.edit", scope=before.visit_id, seen=seen) as unit:
        unit.after.change_reply(reply_id, {"deleted": True})
        _no_longer(unit, before, replace(before, readers=()))
        unit.commit()


def _no_longer(unit: WriteUnit, before: Reply, after: Reply) -> None:
    """Take the right to read from those whom the reply named before and no reply names now."""
    others = (one for one in unit.after.replies(before.visit_id) if one.id != before.id)
    named = {name.casefold() for one in (after, *others) for name in one.readers}
    dropped = {name.casefold() for name in before.readers} - named
    for reader in unit.after.readers(before.visit_id):
        if reader.name.casefold() in dropped:
            unit.see(unit.seen(reader_cell(reader.visit_id, reader.name)))
            unit.after.set_reader(replace(reader, deleted=True))


def _checked(unit: ReadUnit, reply: Reply) -> Reply:
    """Return a typed reply cleaned, or refuse it."""
    known = {claim.id for claim in unit.talk.claims(reply.visit_id)}
    if reply.release_id:
        known |= {claim.id for claim in claims_of(unit.after.release(reply.release_id))}
    points: dict[str, ReplyPoint] = {}
    for point in reply.points:
        if point.claim_id not in known:
            raise Invalid("claim", point.claim_id, "unknown")
        text = _words("text", point.text)
        if point.stance or text:
            points[point.claim_id] = replace(point, text=text)
    cleaned = replace(
        reply,
        points=tuple(points.values()),
        overall=_words("text", reply.overall),
        step=_words("step", reply.step),
        readers=_names(reply.readers),
        name=_line("name", reply.name),
        day=_line("date", reply.day),
    )
    if cleaned.empty:
        raise Invalid("reply", "", "empty")
    return cleaned


def _words(field: str, text: str) -> str:
    cleaned = clean_note(text)
    if len(cleaned) > MAX_WORDS:
        raise Invalid(field, cleaned[:40], "too_long", str(MAX_WORDS))
    return cleaned


def _line(field: str, text: str) -> str:
    cleaned = clean_line(text)
    if len(cleaned) > MAX_NAME:
        raise Invalid(field, cleaned[:40], "too_long", str(MAX_NAME))
    return cleaned


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    cleaned: dict[str, str] = {}
    for line in (_line("name", name) for name in names):
        if line:
            cleaned.setdefault(line.casefold(), line)
    if len(cleaned) > MAX_READERS:
        raise Invalid("readers", str(len(cleaned)), "out_of_range", f"0–{MAX_READERS}")
    return tuple(cleaned.values())


def of_visit(core: Core, visit_id: str) -> tuple[Reply, ...]:
    """Return the replies to a visit's feedback, the newest first."""
    with core.store.read() as unit:
        return tuple(reversed(unit.after.replies(visit_id)))


def unseen(core: Core) -> tuple[Reply, ...]:
    """Return the replies that nobody here has opened, of every visit, the newest first; none of one's own."""
    with core.store.read() as unit:
        found = unit.after.unseen_replies()
    return tuple(
        one for one in found if one.source != "app" or rights(core, one.visit_id).role is not ShareRole.TEACHER
    )


def mark_seen(core: Core, reply_id: str) -> None:
    """Say that a reply was opened here; not an act that undo takes back.

    Raises:
        NotFound: no such id.
    """
    before = open_reply(core, reply_id)
    if before.value.seen:
        return
    with core.store.write("reply.seen", scope=before.value.visit_id, seen=before.seen, undoable=False) as unit:
        unit.after.change_reply(reply_id, {"seen": True})
        unit.commit()


def file_of(core: Core, reply: Reply) -> tuple[str, bytes] | None:
    """Return name and bytes of the file that a reply came in, as it came; None for one that was typed in."""
    if not reply.sha256:
        return None
    with core.store.read() as unit:
        kept = unit.after.kept_file(reply.sha256)
    return None if kept is None else (reply.file_name or kept[0], kept[1])


def shown(core: Core, reply: Reply) -> tuple[ShownPoint, ...]:
    """Return a reply's points in order, each with its claim as the answered revision had it, deleted since or not."""
    with core.store.read() as unit:
        live = {claim.id for claim in unit.talk.claims(reply.visit_id)}
        try:
            known = {one.id: one for one in claims_of(unit.after.release(reply.release_id))} if reply.release_id else {}
        except NotFound:
            known = {}
        found = []
        for point in reply.points:
            claim = known.get(point.claim_id)
            if claim is not None:
                fields = (claim.number, claim.kind, claim.title, claim.text)
            else:
                fields = _kept(unit, point.claim_id)
            found.append(ShownPoint(point, *fields, gone=point.claim_id not in live))
    return tuple(found)


def _kept(unit: ReadUnit, claim_id: str) -> tuple[int, str, str, str]:
    try:
        claim = unit.talk.claim(claim_id)
    except NotFound:
        return (0, "", "", "")
    return (0, claim.kind.value, claim.title, claim.text)

"""Who can read a visit through a shared folder, and the acts that change it.

`people_of` and `takers` are what the badge and the audience sheet show; sealing reads the same rows. A release lets the
teacher in where they are linked to a card, and sends exactly what the frozen document lets out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound, NotReleasable
from observe_app.domain.ids import natural_id
from observe_app.domain.people import clean_line
from observe_app.domain.release import Reader
from observe_app.domain.sync.card import Trust
from observe_app.domain.sync.rights import share_id
from observe_app.domain.sync.safety import same_name
from observe_app.domain.sync.shares import Share, ShareRole, Taker, VisitRights, school_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.release import Release
    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit, WriteUnit

WRITERS = frozenset({ShareRole.AUTHOR, ShareRole.TEACHER, ShareRole.COACH})


# --- reading ---------------------------------------------------------------------------------------------------------


def own_fingerprint(core: Core) -> str:
    """Return one's own fingerprint, also while the twelve words are locked; "" where there are none.

    On a computer of the school it is what stands for the school among a visit's people.
    """
    from observe_app.services.sync import colleagues, school  # noqa: PLC0415  (with the cards)

    if school.is_school(core):
        return school_fingerprint(core.vault.keys().recipient)
    found = colleagues.own_fingerprint(core)
    me = core.settings.get().me_id
    if found or me is None:
        return found
    known = colleagues.listing(core, numbers=False)
    return next((one.card.fingerprint for one in known if one.card.person_id == me), "")


def people_of(core: Core, visit_id: str) -> tuple[Share, ...]:
    """Return who takes part in a visit through a shared folder, those removed too; () while it is shared with none."""
    with core.store.read() as unit:
        found = unit.shares.of_visit(visit_id)
    order = list(ShareRole)
    return tuple(sorted(found, key=lambda one: (one.deleted, order.index(one.role), one.name.casefold())))


def takers(core: Core, visit_id: str) -> tuple[Taker, ...]:
    """Return who takes part in a visit as the screen says it: by name, checked or not, and whether they read on."""
    from observe_app.services.sync import colleagues, setup  # noqa: PLC0415  (with the cards)

    shares = people_of(core, visit_id)
    if not shares:
        return ()
    me = own_fingerprint(core)
    known = {one.card.fingerprint: one for one in colleagues.listing(core, numbers=False)}
    folders = {one.id: one for one in setup.folders(core)}
    with core.store.read() as unit:
        linked = {person.card: person.id for person in unit.people.all(archived=True) if person.card}
    return tuple(_taker(one, me, known.get(one.fingerprint), folders, linked) for one in shares)


def _taker(
    share: Share, me: str, known: Colleague | None, folders: dict[str, SharedFolder], linked: dict[str, str]
) -> Taker:
    mine = share.fingerprint == me
    school = share.role is ShareRole.SCHOOL
    trust = known.trust if known is not None else None
    may = mine or school or (trust is not None and trust is not Trust.CHANGED)
    folder = folders.get(share.folder)
    return Taker(
        share=share,
        name=known.card.name if known is not None else share.name,
        reads=may and not share.deleted,
        checked=mine or trust is Trust.CHECKED,
        changed=trust is Trust.CHANGED and not mine,
        me=mine,
        folder=folder.name if folder is not None else "",
        linked=linked.get(share.fingerprint, ""),
    )


def rights(core: Core, visit_id: str) -> VisitRights:
    """Return what this person may do with a visit."""
    shares = people_of(core, visit_id)
    if not shares:
        return VisitRights()
    me = own_fingerprint(core)
    live = [one for one in shares if not one.deleted]
    mine = next((one for one in live if one.fingerprint == me), None)
    with core.store.read() as unit:
        author = unit.shares.author(visit_id)
    if mine is None:  # removed, or the words are not here: it can be read and nothing else
        role = next((one.role for one in shares if one.fingerprint == me), ShareRole.READER)
        own = author == me and bool(me)
        out = not own and any(one.fingerprint == me for one in shares)
        return VisitRights(role, len(live) > 1, own, own, own, out)
    teacher = any(one.role is ShareRole.TEACHER for one in live)
    decides = mine.role is ShareRole.TEACHER or (mine.role is ShareRole.AUTHOR and not teacher)
    writes = mine.role is ShareRole.AUTHOR
    return VisitRights(mine.role, len(live) > 1, writes, mine.role in WRITERS, decides)


def readable(core: Core, visit_id: str) -> tuple[Colleague, ...]:
    """Return the colleagues of a visit's folder who could be let in: with a card, not there yet, no changed key."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

    shares = [one for one in people_of(core, visit_id) if not one.deleted]
    folder = next((one.folder for one in shares if one.folder), "")
    there = {one.fingerprint for one in shares}
    return tuple(
        one
        for one in colleagues.listing(core, folder, numbers=False)
        if not one.me and one.trust is not Trust.CHANGED and one.card.fingerprint not in there
    )


# --- releasing -------------------------------------------------------------------------------------------------------


def share_release(core: Core, unit: WriteUnit, visit: Visit, document: str) -> bool:
    """Send a released revision to the visit's people, in the act of release; let the teacher in where they can be.

    Args:
        core: the open data folder.
        unit: the act of release.
        visit: that is released.
        document: what the revision froze, as it is kept.

    Returns:
        Whether anything goes out through a shared folder.
    """
    me = own_fingerprint(core)
    if not me:
        return False
    shares = unit.shares.of_visit(visit.id)
    live = [one for one in shares if not one.deleted]
    if not any(one.role is ShareRole.TEACHER for one in live):
        teacher = _teacher(core, visit)
        if teacher is not None:
            folder = _folder(core, teacher)
            if folder is not None:
                _let_in(core, unit, visit, folder, me, teacher)
                live = [one for one in unit.shares.of_visit(visit.id) if not one.deleted]
    if len(live) < 2 or not any(one.fingerprint == me and one.role is ShareRole.AUTHOR for one in live):
        return False
    unit.shares.push(visit.id, _told(unit, visit, document))
    return True


def share_later(core: Core, visit_id: str) -> bool:
    """Send what was released already, for the teacher's card came after that; False where nothing can be sent.

    Raises:
        NotFound: no such visit. NotReleasable: "not_released", "damaged".
    """
    with core.store.write("visit.share", scope=visit_id, undoable=False) as unit:
        stands = _stands(unit, visit_id)
        if stands is None:
            raise NotReleasable(visit_id, "not_released")
        done = share_release(core, unit, unit.visits.get(visit_id), stands.document)
        unit.commit()
    return done


def could_share(core: Core, visit_id: str) -> Colleague | None:
    """Return the teacher who would get a visit through a shared folder at its release, None where nobody would.

    Raises:
        NotFound: no such visit.
    """
    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
    found = _teacher(core, visit) if own_fingerprint(core) else None
    return found if found is not None and _folder(core, found) is not None else None


def school_opens(core: Core, visit_id: str) -> bool:
    """Tell whether the school's key opens a visit, or will once it is released to its teacher.

    Raises:
        NotFound: no such visit.
    """
    shares = [one for one in people_of(core, visit_id) if not one.deleted]
    if len(shares) > 1:
        return any(one.role is ShareRole.SCHOOL for one in shares)
    teacher = could_share(core, visit_id)
    folder = _folder(core, teacher) if teacher is not None else None
    return folder is not None and bool(folder.school_key)


def _teacher(core: Core, visit: Visit) -> Colleague | None:
    from observe_app.services.sync import linking  # noqa: PLC0415  (with the cards)

    found = linking.of_person(core, visit.teacher_id) if visit.teacher_id else None
    return found if found is not None and found.trust is not Trust.CHANGED else None


def _folder(core: Core, one: Colleague) -> SharedFolder | None:
    """Return the shared folder that somebody is in, the home of one's own before others."""
    from observe_app.services.sync import colleagues, school, setup  # noqa: PLC0415  (with the cards)

    if school.is_school(core):  # it reads, and lets nobody in
        return None
    folders = sorted(setup.folders(core), key=lambda folder: not folder.home)
    for folder in folders:
        there = colleagues.listing(core, folder.id, numbers=False)
        if any(other.card.fingerprint == one.card.fingerprint for other in there):
            return folder
    return None


def _let_in(
    core: Core, unit: WriteUnit, visit: Visit, folder: SharedFolder, me: str, teacher: Colleague | None
) -> None:  # fmt: skip
    """Write down author, teacher and the school's key as the first people of a visit."""
    own = core.settings.get().my_name or visit.observer
    parts = [(me, ShareRole.AUTHOR, own)]
    if teacher is not None:
        parts.append((teacher.card.fingerprint, ShareRole.TEACHER, teacher.card.name))
    if folder.school_key:
        parts.append((school_fingerprint(folder.school_key), ShareRole.SCHOOL, ""))
    for fingerprint, role, name in parts:
        _put(core, unit, visit.id, fingerprint, role, name=name, folder=folder.id, by=me, ground="author")
    unit.shares.bind(visit.id, me, folder.id)


def _put(
    core: Core, unit: WriteUnit, visit_id: str, fingerprint: str, role: ShareRole, *,
    name: str, folder: str, by: str, ground: str, deleted: bool = False,
) -> None:  # fmt: skip
    row_id = share_id(visit_id, fingerprint)
    unit.see(unit.seen(("visit_share", row_id)))
    unit.shares.put(
        Share(row_id, visit_id, fingerprint, role, folder, name, by, ground, core.clock.now(), deleted)
    )  # fmt: skip


def _stands(unit: ReadUnit, visit_id: str) -> Release | None:
    """Return the revision that stands, a withdrawal too."""
    standing = [one for one in unit.after.releases(visit_id) if one.taken_back is None]
    return max(standing, key=lambda one: (one.number, one.id), default=None)


def _told(unit: WriteUnit, visit: Visit, document: str) -> set[tuple[str, str]]:
    """Return the records that the frozen document lets out, what the visit's people write together, and who they are.

    Of a record that went out before and was deleted since, that it was is told.

    Raises:
        NotReleasable: the document is damaged.
    """
    rows = {("release", one.id) for one in unit.after.releases(visit.id) if one.taken_back is None}
    rows |= {("reader", one) for one in unit.shares.rows("reader", visit.id)}
    rows |= set(unit.shares.gone_since(visit.id))
    try:
        frozen = json.loads(document)
        if frozen["status"] == "withdrawn":
            return rows
        claims = {claim["id"] for kind in ("strengths", "growth", "questions") for claim in frozen[kind]}
        notes = {note["event"] for note in frozen["notes"]} - {""}
        items = {item["id"] for section in frozen["checklist"] for item in section["items"]}
        steps = {step["id"] for step in frozen["steps"]} - {""}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotReleasable(visit.id, "damaged") from error
    rows |= {("visit", visit.id)}
    rows |= {("claim", one) for one in claims} | {("event", one) for one in notes}
    rows |= {("action_step", one) for one in steps}
    rows |= {(table, one) for table in ("turn", "reply") for one in unit.shares.rows(table, visit.id)}
    rows |= _answers(unit, visit.id, items)
    rows |= _links(unit, visit.id, claims | items | steps, notes)
    return rows | _people(unit, visit, steps) | _files(unit, visit.id)


def _answers(unit: ReadUnit, visit_id: str, items: Iterable[str]) -> set[tuple[str, str]]:
    there = {answer.item for answer in unit.answers.of_visit(visit_id)}
    return {("answer", natural_id("answer", visit_id, item)) for item in set(items) & there}


def _links(unit: ReadUnit, visit_id: str, targets: set[str], notes: set[str]) -> set[tuple[str, str]]:
    return {
        ("evidence", natural_id("evidence", visit_id, one.target_kind, one.target_id,
                                f"view:{one.view}" if one.view else one.event_id))
        for one in unit.talk.evidence(visit_id)
        if one.target_id in targets and (one.view or one.event_id in notes)
    }  # fmt: skip


def _people(unit: ReadUnit, visit: Visit, steps: set[str]) -> set[tuple[str, str]]:
    members = unit.shares.rows("visit_member", visit.id)
    owners = {step.owner_id for step in unit.talk.steps(visit.id) if step.id in steps}
    people = {visit.teacher_id, visit.observer_id, *owners} - {None}
    return {("visit_member", one) for one in members} | {("person", str(one)) for one in people}


def _files(unit: WriteUnit, visit_id: str) -> set[tuple[str, str]]:
    from observe_app.services.sync import attachments  # noqa: PLC0415

    return {("attachment", one) for one in attachments.of_replies(unit, visit_id)}


def unshare(unit: WriteUnit, visit_id: str) -> None:
    """Let nobody in after all, in the act of taking a release back, before anything was written for them anywhere.

    Letters that wait for the folder are taken out again; what stands behind them is sealed anew.

    Raises:
        NotReleasable: "sent".
    """
    shares = [one for one in unit.shares.of_visit(visit_id) if not one.deleted]
    if unit.shares.left(visit_id):
        people = [one.name for one in shares if one.role in (ShareRole.TEACHER, ShareRole.COACH, ShareRole.READER)]
        raise NotReleasable(visit_id, "sent", ", ".join(filter(None, people)))
    unit.shares.unsend(visit_id)
    for one in shares:
        unit.see(unit.seen(("visit_share", one.id)))
        unit.shares.put(replace(one, deleted=True))


# --- readers ---------------------------------------------------------------------------------------------------------


def add_reader(
    core: Core, *, visit_id: str, fingerprint: str, role: ShareRole = ShareRole.READER
) -> tuple[Share, ...]:  # fmt: skip
    """Let somebody read a visit, or join its conversation as a coach, as its teacher decides in the app.

    Raises:
        NotReleasable: "teacher_decides" (this is not the teacher's computer), "changed_key".
        NotFound: nobody has this card.
    """
    mine = rights(core, visit_id)
    if mine.role is not ShareRole.TEACHER or not mine.decides:
        raise NotReleasable(visit_id, "teacher_decides")
    return _change(core, visit_id, fingerprint, role, ground="teacher", deleted=False)


def remove_reader(core: Core, *, visit_id: str, fingerprint: str) -> tuple[Share, ...]:
    """Send nothing more to somebody; what they have they keep.

    Raises:
        NotReleasable: "teacher_decides" (this is not the teacher's computer). NotFound: they take no part.
    """
    mine = rights(core, visit_id)
    if mine.role is not ShareRole.TEACHER or not mine.decides:
        raise NotReleasable(visit_id, "teacher_decides")
    share = _part(core, visit_id, fingerprint)
    return _change(core, visit_id, fingerprint, share.role, ground="teacher", deleted=True)


def apply_reply_decision(
    core: Core, *, visit_id: str, fingerprint: str, reply_id: str, role: ShareRole = ShareRole.READER,
    reads: bool = True,
) -> tuple[Share, ...]:  # fmt: skip
    """Let somebody in whom the teacher named in a reply, or out whom no reply names any more; as given, nothing else.

    Raises:
        NotReleasable: "teacher_decides" (the reply does not say so, or the teacher decides in the app), "changed_key",
            "not_released". NotFound: no such card or reply.
    """
    mine = rights(core, visit_id)
    shares = people_of(core, visit_id)
    if not mine.writes or any(one.role is ShareRole.TEACHER and not one.deleted for one in shares):
        raise NotReleasable(visit_id, "teacher_decides")
    with core.store.read() as unit:
        released = _stands(unit, visit_id) is not None
    if not released:
        raise NotReleasable(visit_id, "not_released")
    name = _card(core, visit_id, fingerprint).card.name
    with core.store.read() as unit:
        reply = unit.after.reply(reply_id)
        named = any(same_name(one, name) for found in unit.after.replies(visit_id) for one in found.readers)
    said = any(same_name(one, name) for one in reply.readers) if reads else not named
    if reply.visit_id != visit_id or reply.deleted or not said:
        raise NotReleasable(visit_id, "teacher_decides")
    return _change(core, visit_id, fingerprint, role, ground="reply", deleted=not reads)


def _card(core: Core, visit_id: str, fingerprint: str) -> Colleague:
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

    found = colleagues.one(core, fingerprint, number=False)
    if found.trust is Trust.CHANGED:
        raise NotReleasable(visit_id, "changed_key", found.card.name)
    return found


def _part(core: Core, visit_id: str, fingerprint: str) -> Share:
    for one in people_of(core, visit_id):
        if one.fingerprint == fingerprint:
            return one
    raise NotFound("share", fingerprint)


def _change(
    core: Core, visit_id: str, fingerprint: str, role: ShareRole, *, ground: str, deleted: bool
) -> tuple[Share, ...]:  # fmt: skip
    me = own_fingerprint(core)
    if deleted:
        name = _part(core, visit_id, fingerprint).name
        found = None
    else:
        found = _card(core, visit_id, fingerprint)
        name = found.card.name
    with core.store.write("reader.share", scope=visit_id, undoable=False) as unit:
        visit = unit.visits.get(visit_id)
        shares = unit.shares.of_visit(visit_id)
        folder = next((one.folder for one in shares if one.folder), "")
        if not shares and found is not None:  # the teacher has no app: the author shares as a reply says
            place = _folder(core, found)
            if place is None:
                raise NotFound("share", fingerprint)
            folder = place.id
            _let_in(core, unit, visit, place, me, None)
            stands = _stands(unit, visit_id)
            if stands is not None:
                unit.shares.push(visit_id, _told(unit, visit, stands.document))
        if role in (ShareRole.COACH, ShareRole.READER):
            _put(core, unit, visit_id, fingerprint, role, name=name, folder=folder, by=me, ground=ground,
                 deleted=deleted)  # fmt: skip
        _name_reader(core, unit, visit, name, fingerprint, ground=ground, deleted=deleted)
        if not deleted:
            unit.shares.push_all(visit_id)
        unit.commit()
    return people_of(core, visit_id)


def _name_reader(
    core: Core, unit: WriteUnit, visit: Visit, name: str, fingerprint: str, *, ground: str, deleted: bool
) -> None:  # fmt: skip
    """Keep the name on the list of readers too, which pages and texts of a release show."""
    known = next((one for one in unit.people.all(archived=True) if one.card == fingerprint), None)
    via = "reply" if ground == "reply" else "app"
    reader = Reader(
        visit.id, clean_line(name), known.id if known is not None else None, via, core.clock.now(), deleted=deleted
    )  # fmt: skip
    unit.see(unit.seen(reader_cell(visit.id, reader.name)))
    unit.after.set_reader(reader)


def reader_cell(visit_id: str, name: str) -> tuple[str, str]:
    """Return the record that says whether somebody of this name may read a visit, as `seen` asks for it."""
    return "reader", natural_id("reader", visit_id, name.casefold())

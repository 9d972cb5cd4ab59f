"""A group's record among its people: who shares it through a folder, begun by one of them and kept up as people come.

Whoever begins it decides who is in: the group's members whose cards are known. All of them write. What a group keeps
goes to its people as what a visit's people write together does; nothing of a visit is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import NotReleasable
from observe_app.domain.sync.card import Trust
from observe_app.domain.sync.rights import GROUP, share_id
from observe_app.domain.sync.shares import Share, ShareRole

if TYPE_CHECKING:
    from observe_app.domain.groups.resource import Resource
    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.shares import Taker
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit, WriteUnit

_NAMING = (
    ("group_member", "person_id"), ("goal", "person_id"), ("session", "facilitator_id"), ("session", "recorder_id"),
    ("session", "time_keeper_id"), ("session_item", "person_id"), ("attendance", "person_id"),
    ("follow_up", "owner_id"), ("excerpt", "person_id"),
)  # fmt: skip
"""Cells of a group's records that name somebody."""


def takers(core: Core, group_id: str) -> tuple[Taker, ...]:
    """Return who shares a group's record as the screen says it, () while nobody else does."""
    from observe_app.services.sync import sharing  # noqa: PLC0415  (with the cards)

    found = sharing.takers(core, group_id)
    return found if sum(not one.share.deleted for one in found) > 1 or _begun(core, group_id) else ()


def can_begin(core: Core, group_id: str) -> bool:
    """Tell whether this person could share a group: they have a folder, and nobody else began to share it."""
    from observe_app.services.sync import sharing  # noqa: PLC0415

    me = sharing.own_fingerprint(core)
    if not me or not home(core):
        return False
    with core.store.read() as unit:
        author = unit.shares.author(group_id)
    return author in ("", me)


def begin(core: Core, group_id: str) -> tuple[Share, ...]:
    """Share a group with those of its members whose cards are known, from now on; return who shares it.

    Raises:
        NotFound: no such group. NotReleasable: "no_folder" to share it through, or "group_not_yours".
    """
    from observe_app.services.sync import sharing  # noqa: PLC0415

    me, folder = sharing.own_fingerprint(core), home(core)
    if not me or not folder:
        raise NotReleasable(group_id, "no_folder")
    if not can_begin(core, group_id):
        raise NotReleasable(group_id, "group_not_yours", _author_name(core, group_id))
    with core.store.write("group.share", scope=None, undoable=False) as unit:
        unit.groups.groups.get(group_id)
        unit.shares.bind(group_id, me, folder)
        _put(core, unit, group_id, me, ShareRole.AUTHOR, core.settings.get().my_name, folder, me)
        _let_in(core, unit, group_id, folder, me)
        _attach(unit, group_id)
        unit.shares.push(group_id, _everything(unit, group_id))
        unit.commit()
    return sharing.people_of(core, group_id)


def end(core: Core, group_id: str) -> None:
    """Share a group with nobody any more; what its people have they keep.

    Raises:
        NotReleasable: "group_not_yours", or "not_shared" with anybody.
    """
    from observe_app.services.sync import sharing  # noqa: PLC0415

    me = sharing.own_fingerprint(core)
    with core.store.write("group.share", scope=None, undoable=False) as unit:
        shares = [one for one in unit.shares.of_visit(group_id) if not one.deleted]
        author = unit.shares.author(group_id)
        if author not in ("", me):
            raise NotReleasable(group_id, "group_not_yours", _author_name(core, group_id))
        if not me or not shares:
            raise NotReleasable(group_id, "not_shared")
        for one in shares:
            _put(core, unit, group_id, one.fingerprint, one.role, one.name, one.folder, me, deleted=True)
        unit.commit()


def settle(core: Core) -> int:
    """Let in and out whoever became a member of a shared group, or is none any more; return how many groups changed.

    Asked at every round; without a shared group it is one question to the database.
    """
    from observe_app.services.sync import sharing  # noqa: PLC0415

    with core.store.read() as unit:
        shared = unit.shares.shared_groups()
    me = sharing.own_fingerprint(core) if shared else ""
    return sum(_settle(core, group_id, me) for group_id in shared) if me else 0


def _settle(core: Core, group_id: str, me: str) -> bool:
    with core.store.read() as unit:
        shares = {one.fingerprint: one for one in unit.shares.of_visit(group_id)}
        author = unit.shares.author(group_id)
        unsaid = _unsaid(unit, group_id)
    mine = shares.get(me)
    if mine is None or mine.deleted:
        return False
    wanted = {one.card.fingerprint for one in _members(core, group_id, mine.folder)} if author == me else set()
    there = {name for name, one in shares.items() if not one.deleted and one.role is ShareRole.COACH}
    if not unsaid and (author != me or wanted == there):
        return False
    with core.store.write("group.share", scope=None, undoable=False) as unit:
        if author == me:
            for name in there - wanted:
                one = shares[name]
                _put(core, unit, group_id, name, one.role, one.name, one.folder, me, deleted=True)
            if wanted - there:
                _let_in(core, unit, group_id, mine.folder, me)
                unit.shares.push_all(group_id)
        _attach(unit, group_id)
        unit.shares.push(group_id, _unsaid(unit, group_id))
        unit.commit()
    return True


def _author_name(core: Core, group_id: str) -> str:
    with core.store.read() as unit:
        author = unit.shares.author(group_id)
        return next((one.name for one in unit.shares.of_visit(group_id) if one.fingerprint == author), "")


def _begun(core: Core, group_id: str) -> bool:
    with core.store.read() as unit:
        return any(not one.deleted for one in unit.shares.of_visit(group_id))


def home(core: Core) -> str:
    """Return the id of the folder that a group is shared through, "" without one."""
    from observe_app.services.sync import school, setup  # noqa: PLC0415

    if school.is_school(core):
        return ""
    return next((one.id for one in sorted(setup.folders(core), key=lambda one: not one.home)), "")


def _members(core: Core, group_id: str, folder: str) -> list[Colleague]:
    """Return the colleagues in a folder who are members of a group now; changed keys are left out."""
    from observe_app.services import people  # noqa: PLC0415
    from observe_app.services.sync import colleagues, linking  # noqa: PLC0415

    today = people.today(core)
    with core.store.read() as unit:
        members = unit.groups.members.find(group_id=group_id)
    there = {one.card.fingerprint for one in colleagues.listing(core, folder, numbers=False)}
    found = [linking.of_person(core, one.person_id) for one in members if one.on(today)]
    return [
        one for one in found
        if one is not None and one.trust is not Trust.CHANGED and one.card.fingerprint in there
    ]  # fmt: skip


def _let_in(core: Core, unit: WriteUnit, group_id: str, folder: str, me: str) -> None:
    for one in _members(core, group_id, folder):
        _put(core, unit, group_id, one.card.fingerprint, ShareRole.COACH, one.card.name, folder, me)


def _put(
    core: Core, unit: WriteUnit, group_id: str, fingerprint: str, role: ShareRole, name: str, folder: str, by: str, *,
    deleted: bool = False,
) -> None:  # fmt: skip
    row_id = share_id(group_id, fingerprint)
    unit.see(unit.seen(("visit_share", row_id)))
    unit.shares.put(
        Share(row_id, group_id, fingerprint, role, folder, name, by, "author", core.clock.now(), deleted)
    )  # fmt: skip


def _everything(unit: WriteUnit, group_id: str) -> set[tuple[str, str]]:
    rows = {(table, one) for table in GROUP for one in unit.shares.rows(table, group_id)}
    return rows | _unsaid(unit, group_id)


def _unsaid(unit: ReadUnit, group_id: str) -> set[tuple[str, str]]:
    """Return the people whom a group's records name and whose names its people were not told yet, and its files."""
    from observe_app.services.sync.attachments import attachment_id  # noqa: PLC0415

    rows = {("person", one) for one in unit.shares.named_in(group_id, _NAMING)}
    rows |= {("attachment", attachment_id(group_id, one.sha256)) for one in _files(unit, group_id)}
    return {one for one in rows if not unit.shares.has_gone(group_id, *one)}


def _files(unit: ReadUnit, group_id: str) -> list[Resource]:
    """Return the resources of a group whose files are here."""
    found = unit.groups.resources.find(group_id=group_id)
    return [one for one in found if one.sha256 and unit.after.has_file(one.sha256)]


def _attach(unit: WriteUnit, group_id: str) -> None:
    """Let the next rounds carry the files of a group's resources."""
    from observe_app.services.sync.attachments import attachment_id  # noqa: PLC0415

    for one in _files(unit, group_id):
        unit.shares.attach(attachment_id(group_id, one.sha256), group_id, one.sha256, one.file_name, one.size)

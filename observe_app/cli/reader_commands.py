"""`visit readers` and `visit purge`: who can read a visit, and erasing it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.sharing_session import colleague_meant, opened_with_keys
from observe_app.domain.errors import NotFound
from observe_app.services import visits

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.domain.sync.shares import Share
    from observe_app.services.core import Core


def readers(arguments: Namespace) -> int:
    """Say who can read a visit; add or remove somebody first where that is asked for."""
    from observe_app.domain.sync.shares import ShareRole  # noqa: PLC0415
    from observe_app.services.sync import colleagues, sharing  # noqa: PLC0415  (help and usage need none of it)

    with opened_with_keys(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        if arguments.add:
            known = [one for one in colleagues.listing(core, numbers=False) if not one.me]
            one = colleague_meant(known, arguments.add)
            role = ShareRole(arguments.role)
            sharing.add_reader(core, visit_id=visit_id, fingerprint=one.card.fingerprint, role=role)
        if arguments.remove:
            gone = _member(core, visit_id, arguments.remove)
            sharing.remove_reader(core, visit_id=visit_id, fingerprint=gone.fingerprint)
        found = sharing.people_of(core, visit_id)
        me = colleagues.own_fingerprint(core)
    if arguments.json:
        output.say_json({"visit": visit_id, "people": [_json(share, me) for share in found]})
        return 0
    if not found:
        output.say("Only you can read it.")
    for share in found:
        kept = " (removed; keeps what reached them before)" if share.deleted else ""
        output.say(f"{share.role.value:<8}{'you' if share.fingerprint == me else share.name}{kept}")
    return 0


def _member(core: Core, visit_id: str, given: str) -> Share:
    from observe_app.services.sync import sharing  # noqa: PLC0415

    asked = " ".join(given.split()).casefold()
    for share in sharing.people_of(core, visit_id):
        if share.deleted:
            continue
        if share.name.casefold() == asked or (len(asked) >= 6 and share.fingerprint.startswith(asked)):
            return share
    raise NotFound("reader", given)


def _json(share: Share, me: str) -> dict[str, Any]:
    return {
        "fingerprint": share.fingerprint,
        "name": share.name,
        "role": share.role.value,
        "ground": share.ground,
        "me": share.fingerprint == me,
        "removed": share.deleted,
    }


def purge(arguments: Namespace) -> int:
    """Erase a visit for good."""
    from observe_app.services.sync import erasing  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        if not arguments.yes:
            output.warn(_would(core, visit_id))
            return 1
        done = erasing.purge(core, visit_id, arguments.why)
    if arguments.json:
        holders = [{"name": one.name, "fingerprint": one.fingerprint, "erased": one.erased} for one in done.holders]
        output.say_json({"visit": visit_id, "holders": holders, "unreadable": [str(one) for one in done.unreadable]})
        return 0
    output.say("Erased. That it was, and when, is kept; nothing of what it held.")
    for one in done.holders:
        output.say(f"{one.name}: {'erased there too' if one.erased else 'erased there when that computer looks next'}")
    for path in done.unreadable:
        output.say(f"May still hold it, for it could not be opened: {path}")
    output.say("PDFs, bundles and printed pages that left are not reached by this.")
    return 0


def _would(core: Core, visit_id: str) -> str:
    """Return what erasing would do, on one line."""
    from observe_app.services.sync import erasing  # noqa: PLC0415

    plan = erasing.plan(core, visit_id)
    teacher = visits.get(core, visit_id).teacher or "nobody"
    there = f", and on the computers of {', '.join(plan.people)} when they next look" if plan.people else ""
    where = f"here and in every backup{there if plan.everywhere else ''}"
    left = f" Copies that were saved or printed stay: {plan.copies}." if plan.copies else ""
    kept = "" if plan.everywhere else " Whoever wrote it keeps it."
    return (
        f"Nothing was erased. With --yes the visit to {teacher} goes for good, {where}.{kept}{left} "
        "Nothing brings it back."
    )

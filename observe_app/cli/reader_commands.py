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
            sharing.add_reader(core, visit_id, one.card.fingerprint, ShareRole(arguments.role))
        if arguments.remove:
            sharing.remove_reader(core, visit_id, _member(core, visit_id, arguments.remove).fingerprint)
        found = sharing.people_of(core, visit_id)
        me = colleagues.own_fingerprint(core)
    if arguments.json:
        output.say_json({"visit": visit_id, "people": [_json(share, me) for share in found]})
        return 0
    if not found:
        output.say("Only you can read it.")
    for share in found:
        output.say(f"{share.role.value:<8}{'you' if share.fingerprint == me else share.name}")
    if arguments.remove:
        output.say(f"{arguments.remove} keeps what reached them before.")
    return 0


def _member(core: Core, visit_id: str, given: str) -> Share:
    from observe_app.services.sync import sharing  # noqa: PLC0415

    asked = " ".join(given.split()).casefold()
    for share in sharing.people_of(core, visit_id):
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
    }


def purge(arguments: Namespace) -> int:
    """Erase a visit for good."""
    from observe_app.services.sync import erasing  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        if not arguments.yes:
            visit = visits.get(core, visit_id)
            output.warn(
                f"Nothing was erased. With --yes the visit to {visit.teacher or 'nobody'} goes for good: here, in "
                "every backup, and on the computers of its people when they next look. Nothing brings it back."
            )
            return 1
        erasing.purge(core, visit_id, arguments.why)
    if arguments.json:
        output.say_json({"visit": visit_id})
    else:
        output.say("Erased. That it was, and when, is kept; nothing of what it held.")
        output.say("PDFs, bundles and printed pages that left are not reached by this.")
    return 0

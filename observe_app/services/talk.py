"""Claims with their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Invalid
from observe_app.domain.evidence import Claim, ClaimKind, Evidence
from observe_app.domain.ids import natural_id
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line

if TYPE_CHECKING:
    from observe_app.services.core import Core

MAX_TITLE = 300
MAX_CLAIM = 20_000
_TARGETS = frozenset({"claim", "answer"})


def _title(text: str) -> str:
    cleaned = clean_line(text)
    if len(cleaned) > MAX_TITLE:
        raise Invalid("title", cleaned[:40], "too_long", str(MAX_TITLE))
    return cleaned


def _words(field: str, text: str) -> str:
    cleaned = clean_note(text)
    if len(cleaned) > MAX_CLAIM:
        raise Invalid(field, cleaned[:40], "too_long", str(MAX_CLAIM))
    return cleaned


def claims(core: Core, visit_id: str) -> tuple[Claim, ...]:
    """Return a visit's claims by kind and position, each with its evidence."""
    with core.store.read() as unit:
        return unit.talk.claims(visit_id)


def claims_and_links(core: Core, visit_id: str) -> tuple[tuple[Claim, ...], tuple[Evidence, ...]]:
    """Return a visit's claims and every link of it, read at one moment."""
    with core.store.read() as unit:
        links = unit.talk.evidence(visit_id)
        return unit.talk.claims(visit_id, links), links


def open_claim(core: Core, claim_id: str) -> Opened[Claim]:
    """Return a claim for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.talk.claim(claim_id), unit.seen(("claim", claim_id)))


def add_claim(
    core: Core,
    *,
    visit_id: str,
    kind: ClaimKind,
    title: str = "",
    text: str = "",
    evidence: tuple[str, ...] = (),
    position: float | None = None,
    views: tuple[str, ...] = (),
) -> Claim:
    """Add a claim, with the events and views (keys of `lesson_views`) it rests on; words may follow later.

    Raises:
        Invalid: a text too long.
    """
    with core.store.write("claim.add", scope=visit_id) as unit:
        place = unit.talk.last_position(visit_id) + 1 if position is None else position
        claim = Claim(core.ids.new(), visit_id, kind, _title(title), _words("text", text), place)
        unit.talk.add_claim(claim)
        for event_id in evidence:
            unit.events.get(event_id)
            unit.talk.link(Evidence(visit_id, "claim", claim.id, event_id))
        for view in views:
            unit.talk.link(Evidence(visit_id, "claim", claim.id, "", view=view))
        unit.commit()
        return unit.talk.claim(claim.id)


def edit_claim(
    core: Core,
    *,
    claim_id: str,
    seen: Seen,
    title: str | None = None,
    text: str | None = None,
    kind: ClaimKind | None = None,
    position: float | None = None,
) -> Opened[Claim]:
    """Change a claim; None leaves a field as it is.

    Raises:
        Invalid: a text too long. NotFound: no such id.
    """
    fields: dict[str, Any] = {}
    if title is not None:
        fields["title"] = _title(title)
    if text is not None:
        fields["text"] = _words("text", text)
    if kind is not None:
        fields["kind"] = kind
    if position is not None:
        fields["position"] = position
    visit_id = open_claim(core, claim_id).value.visit_id
    with core.store.write("claim.edit", scope=visit_id, seen=seen) as unit:
        unit.talk.change_claim(claim_id, fields)
        unit.commit()
    return open_claim(core, claim_id)


def delete_claim(core: Core, *, claim_id: str, seen: Seen) -> None:
    """Move a claim to the bin; undo brings it back with its evidence.

    Raises:
        NotFound: no such id.
    """
    visit_id = open_claim(core, claim_id).value.visit_id
    with core.store.write("claim.delete", scope=visit_id, seen=seen) as unit:
        unit.talk.change_claim(claim_id, {"deleted": True})
        unit.commit()


def evidence(core: Core, visit_id: str) -> tuple[Evidence, ...]:
    """Return every link of a visit, in the order they were made."""
    with core.store.read() as unit:
        return unit.talk.evidence(visit_id)


def link(core: Core, *, visit_id: str, target_kind: str, target_id: str, event_id: str) -> None:
    """Link an event to a claim (`target_id` its id) or an answer (`target_id` the item's id).

    Raises:
        NotFound: no such event. Invalid: another kind of target.
    """
    link_all(core, visit_id=visit_id, target_kind=target_kind, target_id=target_id, events=(event_id,))


def link_view(core: Core, *, visit_id: str, target_kind: str, target_id: str, view: str) -> None:
    """Link a view, by its key, to a claim or an answer; it stays linked to the events it counts.

    Raises:
        Invalid: another kind of target.
    """
    link_all(core, visit_id=visit_id, target_kind=target_kind, target_id=target_id, views=(view,))


def link_all(
    core: Core,
    *,
    visit_id: str,
    target_kind: str,
    target_id: str,
    events: tuple[str, ...] = (),
    views: tuple[str, ...] = (),
) -> int:
    """Link several events and views at once, so that one undo takes them all away; return how many were new.

    Raises:
        NotFound: no such event; nothing is linked then. Invalid: another kind of target.
    """
    if target_kind not in _TARGETS:
        raise Invalid("evidence", target_kind, "unknown")
    wanted = [(event_id, "") for event_id in events] + [("", view) for view in views]
    with core.store.read() as unit:
        known = {
            (one.event_id, one.view)
            for one in unit.talk.evidence(visit_id)
            if (one.target_kind, one.target_id) == (target_kind, target_id)
        }
        fresh = [one for one in dict.fromkeys(wanted) if one not in known]
        # A link is there or not: whoever makes or breaks one has seen which.
        seen = unit.seen(*(("evidence", _link_id(visit_id, target_kind, target_id, *one)) for one in fresh))
    if not fresh:
        return 0
    with core.store.write("evidence.link", scope=visit_id, seen=seen) as writing:
        for event_id, view in fresh:
            if event_id:
                writing.events.get(event_id)
            writing.talk.link(Evidence(visit_id, target_kind, target_id, event_id, view=view))
        writing.commit()
    return len(fresh)


def unlink(core: Core, *, visit_id: str, target_kind: str, target_id: str, event_id: str) -> None:
    """Take a link to an event away; undo brings it back."""
    _unlink(core, visit_id, target_kind, target_id, event_id, "")


def unlink_view(core: Core, *, visit_id: str, target_kind: str, target_id: str, view: str) -> None:
    """Take a link to a view away; undo brings it back."""
    _unlink(core, visit_id, target_kind, target_id, "", view)


def _unlink(core: Core, visit_id: str, target_kind: str, target_id: str, event_id: str, view: str) -> None:
    with core.store.read() as unit:
        seen = unit.seen(("evidence", _link_id(visit_id, target_kind, target_id, event_id, view)))
    with core.store.write("evidence.unlink", scope=visit_id, seen=seen) as writing:
        writing.talk.unlink(visit_id, target_kind, target_id, event_id, view)
        writing.commit()


def _link_id(visit_id: str, target_kind: str, target_id: str, event_id: str, view: str) -> str:
    return natural_id("evidence", visit_id, target_kind, target_id, f"view:{view}" if view else event_id)

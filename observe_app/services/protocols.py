"""Conversation protocols: those that ship, the school's own, and the copy that a visit keeps."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound, ProtocolInvalid
from observe_app.domain.form import text_in
from observe_app.paths import resources_dir

# What reads and writes protocol files compiles patterns and is imported in the function that needs it.
if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.errors import FormProblem
    from observe_app.domain.protocol import Protocol
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_ORDER = ("www-ebi", "grow", "see-name-do", "observed-led", "open")
_NO_ID = re.compile(r"[^a-z0-9]+")
_MOST = 50
_OBSERVED_LED = "observed-led"


@dataclass(frozen=True, slots=True)
class ListedProtocol:
    """A protocol as a menu shows it. `own`: the school's own, which can be changed."""

    protocol: Protocol
    own: bool = False


# --- reading ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def shipped() -> tuple[Protocol, ...]:
    """Return the protocols that ship, the most used first.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    from observe_app.services.protocol_file import read_file  # noqa: PLC0415

    folder = resources_dir() / "protocols"
    found = {path.stem: read_file(path).protocol for path in sorted(folder.glob("*.toml"))}
    names = (*_ORDER, *(name for name in found if name not in _ORDER))
    return tuple(protocol for name in names if (protocol := found.get(name)) is not None)


def listing(core: Core) -> tuple[ListedProtocol, ...]:
    """Return the protocols that ship, then the school's own by title; an own one that cannot be read is left out."""
    with core.store.read() as unit:
        own = _own(unit)
    return (*(ListedProtocol(one) for one in shipped()), *(ListedProtocol(one, own=True) for one in own))


def get(core: Core, protocol_id: str) -> Protocol:
    """Return a protocol.

    Raises:
        NotFound: no such id.
    """
    found = next((one.protocol for one in listing(core) if one.protocol.id == protocol_id), None)
    if found is None:
        raise NotFound("protocol", protocol_id)
    return found


def of_visit(core: Core, visit: Visit) -> Protocol:
    """Return what guides a visit's conversation: what it keeps, else what was chosen, else the usual one.

    The usual one is that of the teacher's lead where the teacher leads the visit.
    """
    from observe_app.services.protocol_file import read_snapshot  # noqa: PLC0415

    kept = read_snapshot(visit.protocol_snapshot) if visit.protocol_snapshot else None
    if kept is not None:
        return kept
    every = {one.protocol.id: one.protocol for one in listing(core)}
    usual = _OBSERVED_LED if visit.led == "teacher" else _ORDER[0]
    return every.get(visit.protocol_id) or every[usual]


def kept_protocol(visit: Visit) -> Protocol | None:
    """Return the protocol that a visit keeps since its conversation began, None before."""
    from observe_app.services.protocol_file import read_snapshot  # noqa: PLC0415

    return read_snapshot(visit.protocol_snapshot) if visit.protocol_snapshot else None


def _own(unit: ReadUnit) -> tuple[Protocol, ...]:
    from observe_app.services.protocol_file import read_protocol  # noqa: PLC0415

    readings = ((row_id, read_protocol(content.encode()).protocol) for row_id, content in unit.after.protocols())
    return tuple(replace(protocol, id=row_id) for row_id, protocol in readings if protocol is not None)


# --- the school's own ------------------------------------------------------------------------------------------------


def keep(core: Core, protocol: Protocol) -> Protocol:
    """Keep an own protocol, new or changed; visits that began a conversation with it keep what they had.

    Raises:
        ProtocolInvalid: a text is missing or too long, an id is taken or malformed; nothing is changed.
    """
    from observe_app.services.protocol_file import dumps_protocol, read_protocol  # noqa: PLC0415

    content = dumps_protocol(protocol)
    reading = read_protocol(content.encode("utf-8", "replace"))
    if reading.protocol is None:
        raise ProtocolInvalid(Path(f"{protocol.id}.toml"), reading.problems)
    kept = reading.protocol
    if kept.id in {one.id for one in shipped()}:
        kept = replace(kept, id=new_id(core, kept.id))
        content = dumps_protocol(kept)
    with core.store.read() as unit:
        seen = unit.seen(("protocol", kept.id))
    with core.store.write("protocol.keep", scope=kept.id, seen=seen) as writing:
        writing.after.put_protocol(kept.id, text_in(kept.title, kept.language), content)
        writing.commit()
    return kept


def drop(core: Core, protocol_id: str) -> None:
    """Take an own protocol away; visits that used it keep their copy.

    Raises:
        NotFound: no own protocol has this id.
    """
    with core.store.read() as unit:
        seen = unit.seen(("protocol", protocol_id))
    with core.store.write("protocol.drop", scope=protocol_id, seen=seen) as writing:
        writing.after.drop_protocol(protocol_id)
        writing.commit()


def new_id(core: Core, wanted: str) -> str:
    """Return an id made of these words that no protocol has."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    base = _NO_ID.sub("-", plain).strip("-")[:_MOST].rstrip("-") or "protocol"
    base = base if base[0].isalpha() else f"p-{base}"
    taken = {one.protocol.id for one in listing(core)}
    number, found = 2, base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


# --- files -----------------------------------------------------------------------------------------------------------


def check_file(path: Path) -> tuple[FormProblem, ...]:
    """Return everything that is wrong with a protocol file, nothing for a good one."""
    from observe_app.services.protocol_file import read_file  # noqa: PLC0415

    return read_file(path).problems


def import_file(core: Core, path: Path) -> Protocol:
    """Bring in a protocol file as an own one; one of the same id is replaced, one that ships keeps its place.

    Raises:
        ProtocolInvalid: it has mistakes, each with its line and field; nothing is changed.
    """
    from observe_app.services.protocol_file import read_file  # noqa: PLC0415

    reading = read_file(path)
    if reading.protocol is None:
        raise ProtocolInvalid(path, reading.problems)
    return keep(core, reading.protocol)


def export_file(core: Core, protocol_id: str, target: Path) -> Protocol:
    """Write a protocol as a file; what stood there before stands until it is whole.

    Raises:
        NotFound: no such id. ExportFailed: it cannot be written.
    """
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415
    from observe_app.services.protocol_file import dumps_protocol  # noqa: PLC0415

    protocol = get(core, protocol_id)
    write_whole(target, dumps_protocol(protocol).encode())
    return protocol


# --- a visit ---------------------------------------------------------------------------------------------------------


def choose(core: Core, *, visit_id: str, protocol_id: str, seen: Seen) -> None:
    """Choose what guides a visit's conversation; once it has begun, the visit keeps a copy from then on.

    Raises:
        NotFound: no such visit or protocol.
    """
    from observe_app.services.protocol_file import dumps_snapshot  # noqa: PLC0415

    protocol = get(core, protocol_id)
    with core.store.write("protocol.choose", scope=visit_id, seen=seen) as unit:
        begun = unit.visits.get(visit_id).talk_started is not None
        snapshot = dumps_snapshot(protocol) if begun else ""
        unit.visits.change(visit_id, {"protocol_id": protocol.id, "protocol_snapshot": snapshot})
        unit.commit()

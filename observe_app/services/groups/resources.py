"""What groups and sessions work with: files, kept by the hash of their bytes, and links; each with its licence line."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, TypedDict, Unpack
from urllib.parse import urlsplit

from observe_app.domain.changes import NOTHING_SEEN, Opened
from observe_app.domain.errors import FileUnreadable, Invalid, NotFound
from observe_app.domain.groups.resource import Resource
from observe_app.domain.people import clean_line
from observe_app.services.groups.groups import checked_line, checked_words

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_FILE = 20 * 1024 * 1024
"""Bytes of one file: a deck of slides with pictures fits, a film does not and is better linked."""

MAX_LINK = 2_000
_NAME = 120
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class ResourceFields(TypedDict, total=False):
    """What can be changed of a resource."""

    title: str
    link: str
    licence: str
    note: str


def checked_link(text: str) -> str:
    """Return an address that a browser opens: http or https with a host, and no name or password in it.

    Raises:
        Invalid: anything else; no other kind of address is ever opened.
    """
    link = text.strip()
    if link and "://" not in link and re.match(r"[\w-]+(\.[\w-]+)+([/?#]|$)", link):
        link = f"https://{link}"
    try:
        found = urlsplit(link)
        host, _port = found.hostname, found.port
    except ValueError:
        host, found = None, urlsplit("")
    plain = all(sign.isprintable() and not sign.isspace() for sign in link)
    if not plain or found.scheme not in {"http", "https"} or not host or "@" in found.netloc or "\\" in link:
        raise Invalid("link", clean_line(text)[:60], "not_a_link")
    if len(link) > MAX_LINK:
        raise Invalid("link", link[:40], "too_long", str(MAX_LINK))
    return link


def checked_fields(fields: ResourceFields) -> ResourceFields:
    """Return the fields cleaned.

    Raises:
        Invalid: no title, no address, a text too long.
    """
    found = ResourceFields(**fields)
    if "title" in found:
        found["title"] = checked_line("title", found["title"])
        if not found["title"]:
            raise Invalid("title", "", "empty")
    if "link" in found:
        found["link"] = checked_link(found["link"])
    if "licence" in found:
        found["licence"] = checked_line("licence", found["licence"])
    if "note" in found:
        found["note"] = checked_words("note", found["note"], 2_000)
    return found


def add_link(
    core: Core,
    *,
    link: str,
    title: str = "",
    licence: str = "",
    note: str = "",
    group_id: str = "",
    session_id: str = "",
) -> Resource:
    """Keep an address; nothing is fetched from it, now or later. Without a title it is called by its host.

    Raises:
        NotFound: no such group or session. Invalid: as `checked_link`, or a text too long.
    """
    address = checked_link(link)  # before the title is made of it
    called = title if title.strip() else urlsplit(address).netloc + urlsplit(address).path.rstrip("/")
    fields = checked_fields({"title": called[:300], "link": address, "licence": licence, "note": note})
    made = Resource(core.ids.new(), group_id=group_id, session_id=session_id, created=core.clock.now(), **fields)
    with core.store.write("resource.add") as unit:
        _there(unit, group_id, session_id)
        unit.groups.resources.add(made)
        unit.commit()
    return made


def add_file(
    core: Core,
    *,
    path: Path,
    title: str = "",
    licence: str = "",
    note: str = "",
    group_id: str = "",
    session_id: str = "",
) -> Resource:
    """Keep a copy of a file; the same bytes are kept once. Nothing in it is run or opened.

    Raises:
        NotFound: no such group or session. Invalid: a text too long.
        FileUnreadable: missing, denied, a folder, empty, larger than `MAX_FILE`.
    """
    data = _read(path)
    name = file_name(path.name)
    fields = checked_fields({"title": (title if title.strip() else name)[:300], "licence": licence, "note": note})
    sha256 = hashlib.sha256(data).hexdigest()
    made = Resource(
        core.ids.new(),
        group_id=group_id,
        session_id=session_id,
        sha256=sha256,
        file_name=name,
        size=len(data),
        created=core.clock.now(),
        **fields,
    )
    with core.store.write("resource.add") as unit:
        _there(unit, group_id, session_id)
        unit.after.keep_file(sha256, name, data, core.clock.now())
        unit.groups.resources.add(made)
        unit.commit()
    return made


def edit(
    core: Core, *, resource_id: str, seen: Seen = NOTHING_SEEN, **fields: Unpack[ResourceFields]
) -> Opened[Resource]:
    """Change what is said of a resource; the address of a link, never the bytes of a file.

    Raises:
        NotFound: no such id. Invalid: as `checked_fields`, or an address for a file.
    """
    values = checked_fields(fields)
    with core.store.write("resource.edit", seen=seen) as unit:
        if "link" in values and unit.groups.resources.get(resource_id).sha256:
            raise Invalid("link", values["link"][:40], "unknown")
        unit.groups.resources.change(resource_id, values)
        unit.commit()
    return open_resource(core, resource_id)


def open_resource(core: Core, resource_id: str) -> Opened[Resource]:
    """Return a resource for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.groups.resources.get(resource_id), unit.seen(("resource", resource_id)))


def delete(core: Core, *, resource_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Take a resource off the list; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("resource.delete", seen=seen) as unit:
        unit.groups.resources.remove(resource_id)
        unit.commit()


def of_group(core: Core, group_id: str) -> tuple[Resource, ...]:
    """Return what a group works with, those of its sessions too, the newest first."""
    with core.store.read() as unit:
        return resources_of(unit, group_id)


def of_session(core: Core, session_id: str) -> tuple[Resource, ...]:
    """Return what was used in a session, in the order it came."""
    with core.store.read() as unit:
        return unit.groups.resources.find(session_id=session_id, order="created")


def resources_of(unit: ReadUnit, group_id: str) -> tuple[Resource, ...]:
    """Return what a group works with at one moment, the newest first."""
    return tuple(reversed(unit.groups.resources.find(group_id=group_id, order="created")))


def content(core: Core, resource_id: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a resource's file.

    Raises:
        NotFound: no such id, a link, or a file that was kept on another of one's computers.
    """
    with core.store.read() as unit:
        found = unit.groups.resources.get(resource_id)
        kept = unit.after.kept_file(found.sha256) if found.sha256 else None
    if kept is None:
        raise NotFound("file", found.file_name or found.title)
    return found.file_name or kept[0], kept[1]


def save_copy(core: Core, *, resource_id: str, target: Path) -> None:
    """Write a copy of a resource's file.

    Raises:
        NotFound: as `content`. ExportFailed: the file cannot be written.
    """
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415  (only who saves needs it)

    write_whole(target, content(core, resource_id)[1])


def file_name(name: str) -> str:
    """Return a file's name as it is fit to be shown and offered again: one line, no way out of a folder."""
    plain = _FORBIDDEN.sub("_", clean_line(name)).strip(". ")
    if len(plain) > _NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: _NAME - len(ending) - 1]}.{ending}" if dot and len(ending) <= 8 else plain[:_NAME]
    return plain or "file"


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileUnreadable(path, "folder")
        if path.exists() and not path.is_file():
            raise FileUnreadable(path, "special")  # a pipe would keep us waiting for ever
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise FileUnreadable(path, "missing") from None
    except OSError as error:
        raise FileUnreadable(path, "denied", error.strerror or "") from error
    if not data:
        raise FileUnreadable(path, "empty")
    if len(data) > MAX_FILE:
        raise FileUnreadable(path, "too_large", f"{MAX_FILE // (1024 * 1024)} MB")
    return data


def _there(unit: ReadUnit, group_id: str, session_id: str) -> None:
    if group_id:
        unit.groups.groups.get(group_id)
    if session_id:
        unit.sessions.sessions.get(session_id)

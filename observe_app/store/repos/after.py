"""What follows a lesson: turns of the conversation, own protocols, releases, copies, readers, replies, the journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, func, select, text
from sqlalchemy.dialects.sqlite import insert

from observe_app.domain.ids import natural_id
from observe_app.domain.journal_entry import JournalEntry
from observe_app.domain.release import Copy, Reader, Release
from observe_app.domain.reply import Reply, points_json, points_of
from observe_app.domain.turn import Turn
from observe_app.store.columns import PackedText
from observe_app.store.names import KEPT_ID, KEPT_NAME
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.schema import (
    CopyRow,
    EntryRow,
    KeptFileRow,
    PersonRow,
    ProtocolRow,
    ReaderRow,
    ReleaseRow,
    ReplyRow,
    TurnRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from observe_app.store.schema import Base


def _names(row_type: type[Base], value_type: type[Any]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(row_type).columns if column.name in value_type.__slots__)


_TURN = _names(TurnRow, Turn)
_RELEASE = _names(ReleaseRow, Release)
_COPY = _names(CopyRow, Copy)
_READER = tuple(name for name in _names(ReaderRow, Reader) if name != "id")
_REPLY = tuple(name for name in _names(ReplyRow, Reply) if name != "points")
_ENTRY = _names(EntryRow, JournalEntry)


def reader_id(visit_id: str, name: str) -> str:
    """Return the id that every computer gives this reader."""
    return natural_id("reader", visit_id, name.casefold())


class AfterRepo(Repo):
    """Records of the conversation and what came of it."""

    def turns(self, visit_id: str) -> tuple[Turn, ...]:
        """Return what was said in a visit's conversation, in order."""
        rows = self.session.scalars(
            select(TurnRow).where(TurnRow.visit_id == visit_id, ~TurnRow.deleted).order_by(TurnRow.position, TurnRow.id)
        )
        return tuple(_turn(row) for row in rows)

    def turn(self, turn_id: str) -> Turn:
        """Return a turn, deleted or not.

        Raises:
            NotFound: no such id.
        """
        return _turn(self.row(TurnRow, turn_id, "turn"))

    def add_turn(self, turn: Turn) -> None:
        """Keep a new turn; without a position it comes last."""
        last = select(func.coalesce(func.max(TurnRow.position), 0.0)).where(TurnRow.visit_id == turn.visit_id)
        values = {name: getattr(turn, name) for name in _TURN}
        values["position"] = turn.position or float(self.session.execute(last).scalar_one()) + 1
        self.session.add(TurnRow(**values))
        self.session.flush()

    def change_turn(self, turn_id: str, fields: Mapping[str, Any]) -> Turn:
        """Change fields of a turn.

        Raises:
            NotFound: no such id.
        """
        return _turn(self.set(TurnRow, turn_id, "turn", fields))

    def protocols(self) -> tuple[tuple[str, str], ...]:
        """Return (id, TOML) of the school's own protocols, by title."""
        rows = self.session.scalars(
            select(ProtocolRow).where(~ProtocolRow.deleted).order_by(func.lower(ProtocolRow.title), ProtocolRow.id)
        )
        return tuple((row.id, row.content) for row in rows)

    def put_protocol(self, protocol_id: str, title: str, content: str) -> None:
        """Keep an own protocol, new or changed; one taken away before comes back."""
        row = self.session.get(ProtocolRow, protocol_id)
        if row is None:
            row = ProtocolRow(id=protocol_id, title=title, content=content)
            self.session.add(row)
        row.title, row.content, row.deleted = title, content, False
        self.session.flush()

    def drop_protocol(self, protocol_id: str) -> None:
        """Take an own protocol away.

        Raises:
            NotFound: no such id.
        """
        self.set(ProtocolRow, protocol_id, "protocol", {"deleted": True})

    def releases(self, visit_id: str) -> tuple[Release, ...]:
        """Return a visit's revisions by number, those taken back too."""
        rows = self.session.execute(
            select(ReleaseRow, PersonRow.name)
            .outerjoin(PersonRow, PersonRow.id == ReleaseRow.by_id)
            .where(ReleaseRow.visit_id == visit_id, ~ReleaseRow.deleted)
            .order_by(ReleaseRow.number, ReleaseRow.at, ReleaseRow.id)
        )
        return tuple(_release(row, name or "") for row, name in rows)

    def standing(self, visit_ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """Return (visit, kind, document) of the revision that stands of each visit that has one, in no order."""
        rows = self.session.execute(
            text(
                "SELECT r.visit_id, r.kind, r.document FROM json_each(:ids) j "
                'JOIN "release" r ON r.visit_id = j.value WHERE r.deleted = 0 AND r.taken_back IS NULL '
                'AND NOT EXISTS (SELECT 1 FROM "release" l WHERE l.visit_id = r.visit_id AND l.deleted = 0 '
                "AND l.taken_back IS NULL AND (l.number, l.id) > (r.number, r.id))"
            ).columns(visit_id=Text, kind=Text, document=PackedText),
            {"ids": json.dumps(list(visit_ids))},
            execution_options={"yield_per": 50},
        )
        return ((str(visit), str(kind), str(document)) for visit, kind, document in rows)

    def named(self, visit_ids: Iterable[str]) -> tuple[tuple[str, str, str, str], ...]:
        """Return (visit, role, person id, name) of the teacher, the observer and each "reader" of visits.

        A visit without any of them is in it with empty words; one that was deleted is not. An id is "" for a name
        alone.
        """
        rows = self.session.execute(
            text(
                "WITH v AS (SELECT v.id FROM json_each(:ids) j JOIN visit v ON v.id = j.value WHERE v.deleted = 0) "
                "SELECT id, '', '', '', '' AS row FROM v UNION ALL "
                f"SELECT m.visit_id, m.role, {KEPT_ID.format(p='p')}, {KEPT_NAME.format(p='p')}, m.id FROM v "
                "JOIN visit_member m ON m.visit_id = v.id JOIN person p ON p.id = m.person_id "
                "WHERE m.deleted = 0 AND m.role IN ('teacher', 'observer') UNION ALL "
                "SELECT r.visit_id, 'reader', coalesce(r.person_id, ''), r.name, r.id FROM v "
                "JOIN reader r ON r.visit_id = v.id WHERE r.deleted = 0 ORDER BY row"
            ),
            {"ids": json.dumps(list(visit_ids))},
        )
        return tuple((str(visit), str(role), str(person), str(name)) for visit, role, person, name, _row in rows)

    def letters_of(self, visit_ids: Iterable[str]) -> dict[str, str]:
        """Return the fingerprint of who made a shared visit, by id; visits of which no letter said so are not in it."""
        rows = self.session.execute(
            text("SELECT s.visit_id, s.author FROM json_each(:ids) j JOIN sync_visit s ON s.visit_id = j.value"),
            {"ids": json.dumps(list(visit_ids))},
        )
        return {str(visit): str(author) for visit, author in rows if author}

    def release(self, release_id: str) -> Release:
        """Return a revision, taken back or not.

        Raises:
            NotFound: no such id.
        """
        row = self.row(ReleaseRow, release_id, "release")
        author = self.session.get(PersonRow, row.by_id) if row.by_id else None
        return _release(row, author.name if author else "")

    def add_release(self, release: Release) -> None:
        """Keep a new revision."""
        self.session.add(ReleaseRow(**{name: getattr(release, name) for name in _RELEASE}))
        self.session.flush()

    def take_back(self, release_id: str, at: datetime) -> None:
        """Say that a revision was taken back before any copy had left.

        Raises:
            NotFound: no such id.
        """
        self.set(ReleaseRow, release_id, "release", {"taken_back": at})

    def copies(self, visit_id: str) -> tuple[Copy, ...]:
        """Return the copies of a visit's revisions that went out, the first one first."""
        rows = self.session.scalars(
            select(CopyRow).where(CopyRow.visit_id == visit_id, ~CopyRow.deleted).order_by(CopyRow.at, CopyRow.id)
        )
        return tuple(Copy(**{name: getattr(row, name) for name in _COPY}) for row in rows)

    def add_copy(self, copy: Copy) -> None:
        """Keep that a copy went out."""
        self.session.add(CopyRow(**{name: getattr(copy, name) for name in _COPY}))
        self.session.flush()

    def drop_copy(self, copy_id: str) -> None:
        """Take back that a copy went out: its file could not take its name."""
        self.set(CopyRow, copy_id, "release_copy", {"deleted": True})

    def readers(self, visit_id: str) -> tuple[Reader, ...]:
        """Return whom the teacher lets read a visit beside the two, in the order of their names."""
        rows = self.session.scalars(
            select(ReaderRow).where(ReaderRow.visit_id == visit_id, ~ReaderRow.deleted).order_by(ReaderRow.name)
        )
        return tuple(Reader(**{name: getattr(row, name) for name in _READER}) for row in rows)

    def set_reader(self, reader: Reader) -> None:
        """Let somebody read a visit, or no longer where `reader.deleted` says so."""
        row_id = reader_id(reader.visit_id, reader.name)
        values = {name: getattr(reader, name) for name in _READER}
        row = self.session.get(ReaderRow, row_id)
        if row is None:
            self.session.add(ReaderRow(id=row_id, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
        self.session.flush()

    def replies(self, visit_id: str) -> tuple[Reply, ...]:
        """Return the replies to a visit's feedback, the first one first."""
        rows = self.session.scalars(
            select(ReplyRow).where(ReplyRow.visit_id == visit_id, ~ReplyRow.deleted).order_by(ReplyRow.at, ReplyRow.id)
        )
        return tuple(_reply(row) for row in rows)

    def unseen_replies(self) -> tuple[Reply, ...]:
        """Return the replies of every visit that nobody here has opened, the newest first."""
        rows = self.session.scalars(
            select(ReplyRow).where(~ReplyRow.deleted, ~ReplyRow.seen).order_by(ReplyRow.at.desc(), ReplyRow.id)
        )
        return tuple(_reply(row) for row in rows)

    def reply(self, reply_id: str) -> Reply:
        """Return a reply, deleted or not.

        Raises:
            NotFound: no such id.
        """
        return _reply(self.row(ReplyRow, reply_id, "reply"))

    def reply_of_file(self, sha256: str) -> Reply | None:
        """Return the reply that was read from this file, None for a new one."""
        row = self.session.scalars(
            select(ReplyRow).where(ReplyRow.sha256 == sha256, ~ReplyRow.deleted).order_by(ReplyRow.id).limit(1)
        ).first()
        return None if row is None else _reply(row)

    def add_reply(self, reply: Reply) -> None:
        """Keep a new reply."""
        values = {name: getattr(reply, name) for name in _REPLY}
        self.session.add(ReplyRow(points=points_json(reply.points), **values))
        self.session.flush()

    def change_reply(self, reply_id: str, fields: Mapping[str, Any]) -> Reply:
        """Change fields of a reply; `points` are given as `ReplyPoint`s.

        Raises:
            NotFound: no such id.
        """
        values = dict(fields)
        if "points" in values:
            values["points"] = points_json(values["points"])
        return _reply(self.set(ReplyRow, reply_id, "reply", values))

    def entries(self, *, visit_id: str | None, person_id: str | None) -> tuple[JournalEntry, ...]:
        """Return a person's journal, of one visit or of all where `visit_id` is None, the newest entry first."""
        asked = select(EntryRow).where(~EntryRow.deleted, EntryRow.person_id.is_(person_id))
        if visit_id is not None:
            asked = asked.where(EntryRow.visit_id == visit_id)
        rows = self.session.scalars(asked.order_by(EntryRow.at.desc(), EntryRow.id.desc()))
        return tuple(_entry(row) for row in rows)

    def entry(self, entry_id: str) -> JournalEntry:
        """Return an entry, deleted or not.

        Raises:
            NotFound: no such id.
        """
        return _entry(self.row(EntryRow, entry_id, "journal entry"))

    def add_entry(self, entry: JournalEntry) -> None:
        """Keep a new entry."""
        self.session.add(EntryRow(**{name: getattr(entry, name) for name in _ENTRY}))
        self.session.flush()

    def change_entry(self, entry_id: str, fields: Mapping[str, Any]) -> JournalEntry:
        """Change fields of an entry.

        Raises:
            NotFound: no such id.
        """
        return _entry(self.set(EntryRow, entry_id, "journal entry", fields))

    def keep_file(self, sha256: str, name: str, content: bytes, at: datetime) -> None:
        """Keep a file as it came; the same bytes are kept once."""
        values = {"sha256": sha256, "name": name, "content": content, "at": at}
        self.session.execute(insert(KeptFileRow).values(values).on_conflict_do_nothing())

    def has_file(self, sha256: str) -> bool:
        """Tell whether the bytes of a kept file are here."""
        return self.session.execute(select(KeptFileRow.sha256).where(KeptFileRow.sha256 == sha256)).first() is not None

    def kept_file(self, sha256: str) -> tuple[str, bytes] | None:
        """Return the name and the bytes of a kept file, None where it is not here."""
        row = self.session.get(KeptFileRow, sha256)
        return None if row is None else (row.name, row.content)

    def kept_size(self, sha256: str) -> int | None:
        """Return how many bytes a kept file has, None where it is not here; none of them is read."""
        size = select(func.length(KeptFileRow.content)).where(KeptFileRow.sha256 == sha256)
        return self.session.execute(size).scalar_one_or_none()


def _turn(row: TurnRow) -> Turn:
    return Turn(**{name: getattr(row, name) for name in _TURN})


def _release(row: ReleaseRow, author: str) -> Release:
    return Release(by=author, **{name: getattr(row, name) for name in _RELEASE})


def _reply(row: ReplyRow) -> Reply:
    return Reply(points=points_of(row.points), **{name: getattr(row, name) for name in _REPLY})


def _entry(row: EntryRow) -> JournalEntry:
    return JournalEntry(**{name: getattr(row, name) for name in _ENTRY})

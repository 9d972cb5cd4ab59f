"""A school's own forms, and the index of all forms."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, text, update

from observe_app.domain.errors import NotFound
from observe_app.domain.ids import natural_id
from observe_app.domain.own_form import FormUsage, FormVersion, StoredDraft, StoredVersion
from observe_app.store.names import KEPT_NAME
from observe_app.store.repos.base import Repo
from observe_app.store.schema import FormDraftRow, FormVersionRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Which of several rows is the newest: the highest number, then the one stored last. Every computer finds the same one.
_NEWEST_FIRST = "version DESC, created DESC, id DESC"


def draft_id(form_id: str) -> str:
    """Return the id that every computer gives the draft of this form."""
    return natural_id("form_draft", form_id)


class FormRepo(Repo):
    """Versions and drafts of own forms. Plain SQL where a list asks: it may be the first page of a start."""

    # versions

    def versions(self, form_id: str) -> tuple[FormVersion, ...]:
        """Return the versions of a form, the newest first; of two with one number the one stored last."""
        rows = self.session.execute(
            text(
                f"SELECT f.id, f.version, f.title, f.created, coalesce({KEPT_NAME.format(p='p')}, '') "
                "FROM form_version f LEFT JOIN person p ON p.id = f.author_id "
                "WHERE f.form_id = :form AND f.deleted = 0 "
                f"ORDER BY {', '.join('f.' + part for part in _NEWEST_FIRST.split(', '))}"
            ),
            {"form": form_id},
        )
        return tuple(
            FormVersion(str(row), form_id, int(version), str(title), _moment(created), str(author))
            for row, version, title, created, author in rows
        )

    def newest(self, form_id: str | None = None) -> tuple[StoredVersion, ...]:
        """Return the newest version of each own form, or of one; forms that were removed are left out."""
        rows = self.session.execute(
            text(
                "SELECT id, form_id, version, title, digest FROM (SELECT *, row_number() OVER "
                f"(PARTITION BY form_id ORDER BY {_NEWEST_FIRST}) AS place FROM form_version WHERE deleted = 0 "
                "AND (:form IS NULL OR form_id = :form)) WHERE place = 1 ORDER BY form_id"
            ),
            {"form": form_id},
        )
        return tuple(StoredVersion(*row) for row in rows)

    def content(self, version_id: str) -> tuple[str, str]:
        """Return (snapshot, its digest as stored) of a version, removed or not.

        Raises:
            NotFound: no such id.
        """
        row = self.session.execute(
            text("SELECT content, digest FROM form_version WHERE id = :id"), {"id": version_id}
        ).first()
        if row is None:
            raise NotFound("form version", version_id)
        return str(row[0]), str(row[1])

    def highest(self, form_id: str) -> int:
        """Return the highest number that any version of this form ever had, removed or used in a visit; 0 for none."""
        return int(
            self.session.execute(
                text(
                    "SELECT max(coalesce((SELECT max(version) FROM form_version WHERE form_id = :form), 0), "
                    "coalesce((SELECT max(form_version) FROM visit WHERE form_id = :form), 0))"
                ),
                {"form": form_id},
            ).scalar_one()
        )

    def add_version(self, stored: StoredVersion, content: str, created: datetime, author_id: str | None) -> None:
        """Keep a new version."""
        self.session.add(
            FormVersionRow(
                id=stored.id,
                form_id=stored.form_id,
                version=stored.version,
                title=stored.title,
                content=content,
                digest=stored.digest,
                created=created,
                author_id=author_id,
                deleted=False,
            )
        )
        self.session.flush()

    def version_rows(self, form_id: str) -> tuple[str, ...]:
        """Return the ids of every version of a form that is not removed."""
        return tuple(
            self.session.scalars(
                select(FormVersionRow.id).where(FormVersionRow.form_id == form_id, ~FormVersionRow.deleted)
            )
        )

    def remove_versions(self, form_id: str) -> None:
        """Flag every version of a form as deleted."""
        self.session.execute(
            update(FormVersionRow)
            .where(FormVersionRow.form_id == form_id, ~FormVersionRow.deleted)
            .values(deleted=True)
        )

    # drafts

    def draft(self, form_id: str) -> StoredDraft | None:
        """Return the draft of a form, deleted or not; None where there never was one."""
        row = self.session.get(FormDraftRow, draft_id(form_id))
        return None if row is None else _draft(row)

    def drafts(self) -> tuple[StoredDraft, ...]:
        """Return the drafts that are not deleted, by form."""
        rows = self.session.scalars(select(FormDraftRow).where(~FormDraftRow.deleted).order_by(FormDraftRow.form_id))
        return tuple(_draft(row) for row in rows)

    def put_draft(self, draft: StoredDraft) -> None:
        """Keep a draft as it is now; one that was deleted comes back."""
        row = self.session.get(FormDraftRow, draft_id(draft.form_id))
        if row is None:
            row = FormDraftRow(id=draft_id(draft.form_id), form_id=draft.form_id)
            self.session.add(row)
        row.based_on, row.content, row.deleted = draft.based_on, draft.content, draft.deleted
        self.session.flush()

    def drop_draft(self, form_id: str) -> None:
        """Flag a draft as deleted; nothing happens where there is none."""
        row = self.session.get(FormDraftRow, draft_id(form_id))
        if row is not None:
            row.deleted = True
            self.session.flush()

    # where forms are used

    def usage(self, form_id: str | None = None) -> dict[str, FormUsage]:
        """Return in how many visits each form is used, or one form; a form that none uses is not in it."""
        rows = self.session.execute(
            text(
                "SELECT form_id, form_version, count(*) FROM visit WHERE deleted = 0 AND form_id <> '' "
                "AND (:form IS NULL OR form_id = :form) GROUP BY form_id, form_version ORDER BY form_version DESC"
            ),
            {"form": form_id},
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for used, version, visits in rows:
            found.setdefault(str(used), []).append((int(version), int(visits)))
        return {used: FormUsage(sum(n for _version, n in counts), tuple(counts)) for used, counts in found.items()}

    def known_ids(self) -> frozenset[str]:
        """Return every form id that a version, a draft or a visit has or had."""
        rows = self.session.execute(
            text(
                "SELECT form_id FROM form_version UNION SELECT form_id FROM form_draft "
                "UNION SELECT form_id FROM visit WHERE form_id <> ''"
            )
        )
        return frozenset(str(row[0]) for row in rows)

    # the index of all forms, local to this file

    def index(self, rules: int) -> dict[str, str]:
        """Return what the index holds under these rules, by digest."""
        rows = self.session.execute(
            text("SELECT digest, content FROM form_index WHERE rules = :rules"), {"rules": rules}
        )
        return {str(digest): str(content) for digest, content in rows}

    def keep_index(self, rules: int, found: Mapping[str, str], listed: Collection[str]) -> None:
        """Add to the index, and let go what is not listed any more or was read under other rules."""
        self.session.execute(
            text(
                "DELETE FROM form_index WHERE rules <> :rules OR digest NOT IN (SELECT value FROM json_each(:listed))"
            ),
            {"rules": rules, "listed": json.dumps(sorted(listed))},
        )
        if found:
            self.session.execute(
                text("INSERT OR REPLACE INTO form_index(digest, rules, content) VALUES (:digest, :rules, :content)"),
                [{"digest": digest, "rules": rules, "content": content} for digest, content in found.items()],
            )


def _draft(row: FormDraftRow) -> StoredDraft:
    return StoredDraft(row.form_id, row.based_on, row.content, row.deleted)


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)

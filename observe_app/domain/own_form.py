"""A school's own forms: immutable versions, the draft of the next one, and where they are used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)

from observe_app.domain.form import Form  # noqa: TC001


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One version of an own form, as a history shows it.

    Attributes:
        id: of this very row; two computers may each have made a version of the same number.
        title: in the form's own language.
        created: when it was stored, aware UTC. author: name of who stored it, "" when unknown.
    """

    id: str
    form_id: str
    version: int
    title: str
    created: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What is being made of an own form. The form need not be valid yet.

    Attributes:
        based_on: version it began from, 0 for a form that has none yet.
        form: its version is `based_on`, or 1 where there is none.
    """

    form_id: str
    based_on: int
    form: Form


@dataclass(frozen=True, slots=True)
class FormUsage:
    """In how many visits a form is used, deleted ones not counted.

    Attributes:
        by_version: (version, visits), the newest version first.
    """

    visits: int = 0
    by_version: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """Where the content of a version lies.

    Attributes:
        digest: SHA-256 of the content, in hexadecimal.
    """

    id: str
    form_id: str
    version: int
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it is kept.

    Attributes:
        content: snapshot of the form.
    """

    form_id: str
    based_on: int
    content: str
    deleted: bool

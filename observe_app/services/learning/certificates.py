"""Certificates of hours: issued from a statement, kept as they were issued, withdrawn with a reason, recognised.

Recognising one says that its number was issued from this data folder and what for. It cannot say who made the file that
somebody holds, nor that the hours are true.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from observe_app.domain.certificate_number import number_of, read_number
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.hours import Certificate, Counted, HoursKind, Line
from observe_app.domain.people import clean_line
from observe_app.services.learning import hours

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.changes import Seen
    from observe_app.domain.hours import HoursRule
    from observe_app.services.core import Core
    from observe_app.services.learning.hours import Statement
    from observe_app.store.unit import ReadUnit

MAX_WHY = 300
FORMAT = 1


class State(StrEnum):
    """What is known of a number.

    `CHANGED`: it was issued here, but what is kept of it is not what was issued.
    """

    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """What this data folder knows of a number. certificate: None for an unknown one."""

    number: str
    state: State
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """What a certificate was issued with, read from its kept lines.

    Attributes:
        school: its name then. by_kind: minutes by kind. lines: as in the statement then.
    """

    school: str
    by_kind: dict[HoursKind, int]
    lines: tuple[Line, ...]


def issue(core: Core, *, person_id: str, first: date, last: date) -> Certificate:
    """Issue a certificate over a person's hours as they count now. It stays as it is whatever changes later.

    Not taken back by undo, for it may be on paper already: it is withdrawn.

    Raises:
        Invalid: nothing counts in these days. NotFound: no such person.
    """
    found = hours.statement(core, person_id=person_id, first=first, last=last)
    if found.minutes <= 0:
        raise Invalid("hours", "0", "no_hours")
    now = core.clock.now()
    content = content_of(found, core.settings.get().school)
    with core.store.write("certificate.issue", undoable=False) as unit:
        number = number_of(now.year, int(core.ids.op(), 16))
        while unit.learning.certificates.find(number=number, deleted=True):
            number = number_of(now.year, int(core.ids.op(), 16))
        made = Certificate(
            core.ids.new(), number, found.person.id, found.person.name, first, last, found.minutes, content,
            digest(content), now,
        )  # fmt: skip
        unit.learning.certificates.add(made)
        unit.commit()
    return made


def content_of(found: Statement, school: str) -> str:
    """Return the lines that a certificate keeps, as JSON that is the same for the same statement."""
    lines = [
        {
            "on": line.on.isoformat(), "kind": line.kind.value, "what": line.what, "minutes": line.minutes,
            "whole": line.whole, "how": line.how.value,
        }
        for line in found.lines
    ]  # fmt: skip
    whole = {
        "format": FORMAT,
        "name": found.person.name,
        "school": school,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "minutes": found.minutes,
        "by_kind": {kind.value: minutes for kind, minutes in sorted(found.by_kind.items())},
        "rules": [_rule(found.rules[kind]) for kind in sorted(found.rules)],
        "lines": lines,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rule(rule: HoursRule) -> dict[str, object]:
    return {"kind": rule.kind, "per": rule.per, "minutes": rule.minutes, "cap_min": rule.cap_min}


def digest(content: str) -> str:
    """Return the SHA-256 of a certificate's lines, as hex."""
    return sha256(content.encode()).hexdigest()


def issued(certificate: Certificate) -> Issued:
    """Return what a certificate was issued with; lines that cannot be read are left out."""
    from datetime import date  # noqa: PLC0415  (a type elsewhere here)

    try:
        found = json.loads(certificate.content)
        by_kind = {HoursKind(kind): int(minutes) for kind, minutes in found["by_kind"].items()}
        lines = tuple(
            Line(
                date.fromisoformat(one["on"]), HoursKind(one["kind"]), str(one["what"]), int(one["minutes"]),
                int(one["whole"]), Counted(one["how"]),
            )
            for one in found["lines"]
        )  # fmt: skip
        return Issued(str(found["school"]), by_kind, lines)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Issued("", {}, ())


def of_person(core: Core, person_id: str) -> tuple[Certificate, ...]:
    """Return a person's certificates, the latest first; also those of who turned out to be this person."""
    with core.store.read() as unit:
        ids = (person_id, *(one for one, kept in unit.people.kept_ids().items() if kept == person_id))
        found = unit.learning.certificates.find(order="issued", person_id=ids)
    return found[::-1]


def listing(core: Core) -> tuple[Certificate, ...]:
    """Return every certificate issued from this data folder, the latest first."""
    with core.store.read() as unit:
        return unit.learning.certificates.find(order="issued")[::-1]


def get(core: Core, certificate_id: str) -> Certificate:
    """Return a certificate.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.learning.certificates.get(certificate_id)


def by_number(core: Core, text: str) -> Certificate:
    """Return the certificate of a number, however it was typed.

    Raises:
        Invalid: no such number can exist. NotFound: it was not issued from this data folder.
    """
    found = check(core, text)
    if found.certificate is None:
        raise NotFound("certificate", found.number)
    return found.certificate


def withdraw(core: Core, *, certificate_id: str, why: str, seen: Seen | None = None) -> Certificate:
    """Say that a certificate no longer stands; it is kept, with the reason.

    Raises:
        Invalid: no reason, or it is withdrawn already. NotFound: no such id.
    """
    reason = clean_line(why)
    if not reason:
        raise Invalid("why", "", "empty")
    if len(reason) > MAX_WHY:
        raise Invalid("why", reason[:40], "too_long", str(MAX_WHY))
    with core.store.read() as unit:
        before = unit.learning.certificates.get(certificate_id)
        shown = seen or unit.seen(("certificate", certificate_id))
    if before.withdrawn is not None:
        raise Invalid("certificate", before.number, "withdrawn")
    with core.store.write("certificate.withdraw", seen=shown) as unit:
        made = unit.learning.certificates.change(certificate_id, {"withdrawn": core.clock.now(), "why": reason})
        unit.commit()
    return made


def check(core: Core, text: str) -> Checked:
    """Return what this data folder knows of a number, however it was typed.

    Raises:
        Invalid: no such number can exist ("no_such_number", "check_digits").
    """
    number = read_number(text)
    with core.store.read() as unit:
        found = _of_number(unit, number)
    if found is None:
        return Checked(number, State.UNKNOWN)
    if digest(found.content) != found.sha256 or not _as_issued(found):
        return Checked(number, State.CHANGED, found)
    return Checked(number, State.WITHDRAWN if found.withdrawn is not None else State.ISSUED, found)


def _of_number(unit: ReadUnit, number: str) -> Certificate | None:
    return next(iter(unit.learning.certificates.find(number=number)), None)


def _as_issued(found: Certificate) -> bool:
    """Tell whether the record's own fields are those of its lines."""
    try:
        said = json.loads(found.content)
        return (said["name"], said["first"], said["last"], said["minutes"]) == (
            found.name, found.first.isoformat(), found.last.isoformat(), found.minutes,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):
        return False

"""A school's own forms: drafts saved as they are typed, versions that are never changed, and where they are used.

A draft is one record a form, and each change of it is one action in the scope `draft_scope(form_id)`, so that the
journal's undo and redo work in an editor as they do elsewhere. Opening a form writes nothing: its draft is there from
the first change on. Publishing stores a version and ends the draft; a version's number is never given twice, also when
the version was removed or taken back, because a visit may have used it.

Two computers may each store a version of one number before they meet. Both rows stay and can be read by their ids; the
one stored last is the one that is shown and used, by time, then by id, so that both computers choose the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import FormInvalid, Invalid, NotFound
from observe_app.domain.form import Form, text_in
from observe_app.domain.ids import natural_id
from observe_app.domain.own_form import FormDraft, FormUsage, FormVersion, StoredDraft, StoredVersion
from observe_app.domain.people import clean_line
from observe_app.services.forms.limits import MAX_ID, MAX_VERSION
from observe_app.services.forms.snapshot import SnapshotDamaged, dumps_snapshot, loads_snapshot
from observe_app.services.forms.tables import ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit, WriteUnit

__all__ = [
    "FormDraft",
    "FormUsage",
    "FormVersion",
    "adopt",
    "change",
    "copy_of",
    "discard",
    "draft_scope",
    "drafts",
    "new_id",
    "open_draft",
    "publish",
    "remove",
    "start",
    "usage",
    "usage_all",
    "version",
    "versions",
]

_NO_ID = re.compile(r"[^a-z0-9]+")
_MOST = MAX_ID - 6  # room for a number
_FIRST_TAKEN = 2
_MOST_GIVEN = MAX_VERSION // 2
"""A form brought in with a higher number than this is counted on from ours, so that versions can follow it."""


def draft_scope(form_id: str) -> str:
    """Return the scope of every change to a form's draft, which is the id of its record."""
    return natural_id("form_draft", form_id)


# --- reading ---------------------------------------------------------------------------------------------------------


def drafts(core: Core) -> tuple[FormDraft, ...]:
    """Return the drafts there are, by form id; one that this version cannot read is left out and stays as it is."""
    with core.store.read() as unit:
        stored = unit.forms.drafts()
    found = []
    for one in stored:
        try:
            found.append(_draft(one))
        except SnapshotDamaged:
            continue
    return tuple(found)


def versions(core: Core, form_id: str) -> tuple[FormVersion, ...]:
    """Return the versions of an own form, the newest first; none for a form that is not an own one."""
    with core.store.read() as unit:
        return unit.forms.versions(form_id)


def version(core: Core, version_id: str) -> Form:
    """Return the form as this version has it; a removed version is still read.

    Raises:
        NotFound: no such version. SnapshotDamaged: it cannot be read.
    """
    with core.store.read() as unit:
        return _version(unit, version_id)


def usage(core: Core, form_id: str) -> FormUsage:
    """Return in how many visits a form of any origin is used."""
    with core.store.read() as unit:
        return unit.forms.usage(form_id).get(form_id, FormUsage())


def usage_all(core: Core) -> Mapping[str, FormUsage]:
    """Return in how many visits each form is used, by form id; a form that none uses is not in it."""
    with core.store.read() as unit:
        return unit.forms.usage()


def new_id(core: Core, wanted: str) -> str:
    """Return an id made of these words that no form has or ever had here: not shipped, own, a file's or a visit's."""
    with core.store.read() as unit:
        return _free_id(core, unit, wanted)


# --- drafts ----------------------------------------------------------------------------------------------------------


def open_draft(core: Core, form_id: str) -> Opened[FormDraft]:
    """Return the draft of an own form for an editor; where there is none, what one begins from: the newest version.

    Raises:
        NotFound: no own form and no draft has this id. SnapshotDamaged: what is stored cannot be read.
    """
    with core.store.read() as unit:
        return Opened(_opened(unit, form_id), _seen(unit, form_id))


def start(core: Core, *, form: Form) -> Opened[FormDraft]:
    """Begin a new form from this one; its id is made from the given form's id, or from the title where it has none.

    The form need not be valid. Taking this back is for the library: it lies outside the draft's own scope.
    """
    with core.store.write("form.start") as unit:
        form_id = _free_id(core, unit, form.id or text_in(form.title, form.language))
        fresh = replace(form, id=form_id, version=1)
        unit.forms.put_draft(StoredDraft(form_id, 0, dumps_snapshot(fresh), deleted=False))
        unit.commit()
        return Opened(FormDraft(form_id, 0, fresh), _seen(unit, form_id))


def copy_of(core: Core, form_id: str, *, title: str) -> Opened[FormDraft]:
    """Begin a new form as a copy of any form, shipped or own, under another title; source and licence stay named.

    Raises:
        NotFound, FormInvalid: the form cannot be used.
    """
    try:
        form = core.catalogue.form(form_id)
    except NotFound:
        form = open_draft(core, form_id).value.form
    words = clean_line(title)
    return start(core, form=replace(form, id="", title=(("", words),) if words else form.title))


def change(core: Core, *, form_id: str, form: Form, seen: Seen, kind: str = "form.edit") -> Opened[FormDraft]:
    """Keep what an editor has made of a form, as one action that undo takes back; nothing changed writes nothing.

    Args:
        core: the open data folder.
        form_id: the own form; the given form's id and version are set right.
        form: the whole form, valid or not.
        seen: what the editor displayed.
        kind: name of the action.

    Raises:
        NotFound: no own form and no draft has this id. SnapshotDamaged: its newest version cannot be read.
    """
    with core.store.write(kind, scope=draft_scope(form_id), seen=seen) as unit:
        stored = unit.forms.draft(form_id)
        before: Form | None = None
        if stored is None or stored.deleted:
            before = _opened(unit, form_id).form
            known = {one.version for one in unit.forms.versions(form_id)}
            based_on = form.version if form.version in known else before.version
        else:
            based_on = stored.based_on
        form = replace(form, id=form_id, version=max(based_on, 1))
        if form != before:
            unit.forms.put_draft(StoredDraft(form_id, based_on, dumps_snapshot(form), deleted=False))
            unit.commit()
        return Opened(FormDraft(form_id, based_on, form), _seen(unit, form_id))


def discard(core: Core, *, form_id: str, seen: Seen) -> None:
    """End a draft; undo brings it back. A form that has no version yet is gone with it.

    Raises:
        NotFound: there is no draft.
    """
    with core.store.write("form.discard", scope=draft_scope(form_id), seen=seen) as unit:
        stored = unit.forms.draft(form_id)
        if stored is None or stored.deleted:
            raise NotFound("form", form_id)
        unit.forms.drop_draft(form_id)
        unit.commit()


# --- versions --------------------------------------------------------------------------------------------------------


def publish(core: Core, *, form_id: str, seen: Seen) -> Form:
    """Store the draft as the form's next version and end it. Visits keep the version they have.

    A draft that says the same as the newest version makes no new one: it is ended, and that version returned. So is
    the newest version where there is no draft.

    Raises:
        FormInvalid: with every problem; the draft stays. NotFound: no own form and no draft has this id.
        Invalid: `field` "version": a form has no more versions than `MAX_VERSION`.
    """
    with core.store.write("form.publish", scope=draft_scope(form_id), seen=seen) as unit:
        stored = unit.forms.draft(form_id)
        if stored is None or stored.deleted:
            newest = _newest(unit, form_id)
            if newest is None:
                raise NotFound("form", form_id)
            return _version(unit, newest.id)
        before = _before(unit, form_id)
        form = _checked(_draft(stored).form)
        if before is not None and replace(form, version=before.version) == before:
            form = before
        else:
            form = replace(form, version=_next_number(unit, form_id))
            _store(core, unit, form)
        unit.forms.drop_draft(form_id)
        unit.commit()
        return form


def adopt(core: Core, form: Form, *, as_new: bool) -> Form:
    """Store a form that was brought in, as a version at once.

    Args:
        core: the open data folder.
        form: the whole form.
        as_new: under an id of its own, as version 1. Otherwise it is a version of the form of its id, with its number
            where that is higher than any here; what says the same as the newest version is not stored again.

    Returns:
        The form as it is stored.

    Raises:
        FormInvalid: with every problem; nothing is stored. Invalid: rule "taken", the id belongs to a shipped form.
    """
    if not as_new and form.id in core.catalogue.shipped_ids() and not versions(core, form.id):
        raise Invalid("form", form.id, "taken")
    with core.store.write("form.import") as unit:
        if as_new:
            wanted = form.id or text_in(form.title, form.language)
            form = _checked(replace(form, id=_free_id(core, unit, wanted), version=1))
        else:
            form = _checked(form)
            before = _before(unit, form.id)
            if before is not None and replace(form, version=before.version) == before:
                return before
            given = form.version if form.version <= _MOST_GIVEN else 0
            form = replace(form, version=max(given, _next_number(unit, form.id)))
        _store(core, unit, form)
        unit.commit()
        return form


def remove(core: Core, *, form_id: str) -> None:
    """Remove an own form with every version and its draft; undo brings it back, and visits keep their version.

    Raises:
        NotFound: no own form and no draft has this id.
    """
    with core.store.read() as unit:
        rows = unit.forms.version_rows(form_id)
        seen = unit.seen(("form_draft", draft_scope(form_id)), *(("form_version", row) for row in rows))
    with core.store.write("form.remove", seen=seen) as unit:
        stored = unit.forms.draft(form_id)
        if not unit.forms.version_rows(form_id) and (stored is None or stored.deleted):
            raise NotFound("form", form_id)
        unit.forms.remove_versions(form_id)
        unit.forms.drop_draft(form_id)
        unit.commit()


# --- shared ----------------------------------------------------------------------------------------------------------


def _seen(unit: ReadUnit, form_id: str) -> Seen:
    return unit.seen(("form_draft", draft_scope(form_id)))


def _newest(unit: ReadUnit, form_id: str) -> StoredVersion | None:
    found = unit.forms.newest(form_id)
    return found[0] if found else None


def _before(unit: ReadUnit, form_id: str) -> Form | None:
    """Return the newest version to compare with; None for none, or a damaged one: a good one may follow that."""
    newest = _newest(unit, form_id)
    try:
        return None if newest is None else _version(unit, newest.id)
    except SnapshotDamaged:
        return None


def _next_number(unit: ReadUnit, form_id: str) -> int:
    """Return the number of the form's next version.

    Raises:
        Invalid: `field` "version": there is none left; a copy of the form begins anew.
    """
    number = unit.forms.highest(form_id) + 1
    if number > MAX_VERSION:
        raise Invalid("version", str(number)[:20], "out_of_range", str(MAX_VERSION))
    return number


def _opened(unit: ReadUnit, form_id: str) -> FormDraft:
    stored = unit.forms.draft(form_id)
    if stored is not None and not stored.deleted:
        return _draft(stored)
    newest = _newest(unit, form_id)
    if newest is None:
        raise NotFound("form", form_id)
    return FormDraft(form_id, newest.version, _version(unit, newest.id))


def _draft(stored: StoredDraft) -> FormDraft:
    form = loads_snapshot(stored.content)
    return FormDraft(stored.form_id, stored.based_on, replace(form, id=stored.form_id, version=max(stored.based_on, 1)))


def _version(unit: ReadUnit, version_id: str) -> Form:
    content, digest = unit.forms.content(version_id)
    if _digest(content) != digest:
        raise SnapshotDamaged("snapshot_damaged", "digest")
    return loads_snapshot(content)


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _store(core: Core, unit: WriteUnit, form: Form) -> None:
    content = dumps_snapshot(form)
    title = text_in(form.title, form.language)
    unit.forms.add_version(
        StoredVersion(core.ids.new(), form.id, form.version, title, _digest(content)),
        content,
        core.clock.now(),
        core.store.me,
    )


def _checked(form: Form) -> Form:
    """Return the form as its file would give it: texts trimmed, languages in order."""
    from pathlib import Path  # noqa: PLC0415  (the rules are not needed to list forms)

    from observe_app.services.forms.checks import read_form  # noqa: PLC0415

    reading = read_form(form)
    if reading.form is None:
        raise FormInvalid(Path(f"{form.id}.toml"), reading.problems)
    return reading.form


def _free_id(core: Core, unit: ReadUnit, wanted: str) -> str:
    taken = unit.forms.known_ids() | core.catalogue.file_ids()
    name = wanted
    if len(wanted) > MAX_ID or not ID.fullmatch(wanted):
        plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
        name = _NO_ID.sub("-", plain).strip("-")
        if not name or not name[0].isalpha():
            name = f"form-{name}".strip("-")
        name = name[:_MOST].strip("-")
    if name not in taken:
        return name
    name = name[:_MOST].strip("-_.")
    return next(found for number in range(_FIRST_TAKEN, MAX_VERSION) if (found := f"{name}-{number}") not in taken)

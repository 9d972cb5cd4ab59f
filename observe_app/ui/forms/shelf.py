"""What stands in the library: every form there is in its group, found by words. Read in a job, turned to rows here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import FormUse, ItemKind, text_in
from observe_app.services import own_forms
from observe_app.services.catalogue import Origin
from observe_app.ui.forms.words import form_icon, items_words, kinds_words, length_words, use_name, visits_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.form import Texts
    from observe_app.services.catalogue import CatalogueEntry
    from observe_app.services.core import Core
    from observe_app.services.own_forms import FormDraft, FormUsage

MOST_KINDS = 2


class RowKind(Enum):
    """What a row of the library is."""

    GROUP = "group"
    USE = "use"
    FORM = "form"
    BROKEN = "broken"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the library shows.

    Attributes:
        entries: forms and broken files, as the catalogue lists them. drafts: own forms in work.
        usage: by form id; a form that no visit uses need not be in it.
    """

    entries: tuple[CatalogueEntry, ...] = ()
    drafts: tuple[FormDraft, ...] = ()
    usage: Mapping[str, FormUsage] = field(default_factory=dict)

    def entry(self, form_id: str) -> CatalogueEntry | None:
        """Return the usable form of this id, None where there is none."""
        return next((one for one in self.entries if one.form_id == form_id and not one.problems), None)

    def draft(self, form_id: str) -> FormDraft | None:
        """Return the draft of this form, None where it is not in work."""
        return next((one for one in self.drafts if one.form_id == form_id), None)

    def visits(self, form_id: str) -> int:
        """Return how many visits use the form."""
        return self.usage[form_id].visits if form_id in self.usage else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a head, or a form.

    Attributes:
        key: tells forms apart: the form's id; of a broken file its path.
        second: the muted line. entry: of a form or broken file; None for a form that is only a draft.
    """

    kind: RowKind
    title: str
    second: str = ""
    icon: str = ""
    key: str = ""
    entry: CatalogueEntry | None = None

    @property
    def is_choice(self) -> bool:
        """Whether the keyboard stops here."""
        return self.kind in (RowKind.FORM, RowKind.BROKEN)


def read_shelf(core: Core) -> Shelf:
    """Return what is stored now; may run in a worker."""
    return Shelf(core.catalogue.entries(), own_forms.drafts(core), own_forms.usage_all(core))


def rows_of(shelf: Shelf, words: str, language: str) -> tuple[Row, ...]:
    """Return the rows that have all of these words in title, purpose, id or source; heads only over what there is."""
    tr = QCoreApplication.translate
    wanted = tuple(_plain(words).split())
    own = _own_rows(shelf, wanted, language)
    rows: list[Row] = []
    if own or not wanted:
        rows.append(Row(RowKind.GROUP, tr("forms page", "Yours")))
        rows.extend(own)
    if not own and not wanted:
        hint = tr("forms page", "Make a form of your own, copy one from below, or bring in a spreadsheet.")
        rows.append(Row(RowKind.HINT, hint))
    good = [one for one in shelf.entries if not one.problems and _has(wanted, _entry_words(one))]
    if wanted:  # those with the words in the title come first in their group
        good.sort(key=lambda one: not _has(wanted, _joined((one.title,), (one.form_id,))))
    shipped = [one for one in good if one.origin is Origin.SHIPPED]
    if shipped:
        rows.append(Row(RowKind.GROUP, tr("forms page", "Come with the app")))
    for use in FormUse:
        those = [_form_row(one, shelf, language) for one in shipped if one.use is use]
        if those:
            rows.append(Row(RowKind.USE, use_name(use)))
            rows.extend(those)
    files = [_form_row(one, shelf, language) for one in good if one.origin is Origin.FILE]
    if files:
        rows.append(Row(RowKind.GROUP, tr("forms page", "In the forms folder")))
        rows.extend(files)
    broken = [_broken_row(one) for one in shelf.entries if one.problems and _has(wanted, _entry_words(one))]
    if broken:
        rows.append(Row(RowKind.GROUP, tr("forms page", "Needs mending")))
        rows.extend(broken)
    return tuple(rows)


def made_of(kinds: tuple[ItemKind, ...], items: int, interval_s: int) -> str:
    """What a form asks for, in a few words: "25 items: rating, tally", "codes every 2 minutes"."""
    tr = QCoreApplication.translate
    if interval_s and ItemKind.INTERVAL in kinds:
        return tr("forms page", "codes every {length}").format(length=length_words(interval_s))
    names = [kind for kind in kinds if kind is not ItemKind.GUIDANCE]
    if not names:
        return items_words(items)
    first = kinds_words(names[:MOST_KINDS])
    words = tr("forms page", "{items}: {kinds}") if len(names) <= MOST_KINDS else tr("forms page", "{items}: {kinds}…")
    return words.format(items=items_words(items), kinds=first)


# --- helpers ----------------------------------------------------------------------------------------------------------


def _own_rows(shelf: Shelf, wanted: tuple[str, ...], language: str) -> list[Row]:
    stored = [one for one in shelf.entries if one.origin is Origin.OWN and not one.problems]
    ids = {one.form_id for one in stored}
    rows = [_own_row(one, shelf, language) for one in stored if _has(wanted, _entry_words(one))]
    rows.extend(
        _draft_row(draft, language)
        for draft in shelf.drafts
        if draft.form_id not in ids and _has(wanted, _draft_words(draft))
    )
    return sorted(rows, key=lambda row: _plain(row.title))


def _own_row(entry: CatalogueEntry, shelf: Shelf, language: str) -> Row:
    tr = QCoreApplication.translate
    used = visits_words(shelf.visits(entry.form_id))
    if shelf.draft(entry.form_id) is not None:
        second = tr("forms page", "{used}, version {n} in work").format(used=used, n=entry.version + 1)
    else:
        second = tr("forms page", "version {n}, {used}").format(n=entry.version, used=used)
    title = text_in(entry.title, language) or entry.form_id
    return Row(RowKind.FORM, title, second, form_icon(entry.kinds, entry.use), entry.form_id, entry)


def _draft_row(draft: FormDraft, language: str) -> Row:
    tr = QCoreApplication.translate
    form = draft.form
    icon = form_icon({item.kind for item in form.items}, form.use)
    title = text_in(form.title, language) or draft.form_id
    return Row(RowKind.FORM, title, tr("forms page", "draft, not used yet"), icon, draft.form_id)


def _form_row(entry: CatalogueEntry, shelf: Shelf, language: str) -> Row:
    second = made_of(entry.kinds, entry.items, entry.interval_s)
    visits = shelf.visits(entry.form_id)
    if visits:
        words = QCoreApplication.translate("forms page", "{used} · {made}")
        second = words.format(made=second, used=visits_words(visits))
    title = text_in(entry.title, language) or entry.form_id
    return Row(RowKind.FORM, title, second, form_icon(entry.kinds, entry.use), entry.form_id, entry)


def _broken_row(entry: CatalogueEntry) -> Row:
    tr = QCoreApplication.translate
    count = len(entry.problems)
    name = entry.path.name if entry.path is not None else entry.form_id
    second = tr("forms page", "1 mistake in the file") if count == 1 else tr("forms page", "{n} mistakes in the file")
    key = str(entry.path) if entry.path is not None else f"{entry.form_id}!"
    return Row(RowKind.BROKEN, name, second.format(n=count), "triangle-alert", key, entry)


def _entry_words(entry: CatalogueEntry) -> str:
    return _joined((entry.title, entry.purpose), (entry.form_id, entry.source))


def _draft_words(draft: FormDraft) -> str:
    return _joined((draft.form.title, draft.form.purpose), (draft.form_id, draft.form.source))


def _joined(texts: Iterable[Texts], others: Iterable[str]) -> str:
    return _plain(" ".join([*(text for one in texts for _code, text in one), *others]))


def _has(wanted: tuple[str, ...], haystack: str) -> bool:
    return all(word in haystack for word in wanted)


def _plain(text: str) -> str:
    """Return the text without case and accents, so that "elan" finds "Élan"."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))

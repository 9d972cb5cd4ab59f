"""XLSForm in: the sheets survey, choices and settings, and those of our own, as a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from observe_app.domain.form import Form, FormUse, Texts
from observe_app.services.exchange.form_in_parts import Ids
from observe_app.services.exchange.xlsform_names import FORM_SHEET, TEXT
from observe_app.services.exchange.xlsform_observe import FALSE_WORDS, read_own_parts
from observe_app.services.exchange.xlsform_sheets import understand
from observe_app.services.exchange.xlsform_survey import SurveyReader, own_words
from observe_app.services.exchange.xlsform_types import read_lists
from observe_app.services.forms.limits import MAX_SECTIONS, MAX_TEXT, MAX_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.exchange.form_in_parts import Gathered
    from observe_app.services.exchange.tables import Table
    from observe_app.services.exchange.xlsform_sheets import Book

_KNOWN_SETTINGS = frozenset({
    "form_title", "title", "set_form_title", "form_id", "id_string", "set_form_id", "version", "default_language",
    "allow_choice_duplicates",
})  # fmt: skip


def read_xlsform(tables: Sequence[Table], gathered: Gathered, *, form_id: str, language: str) -> Form:
    """Return the form of these sheets; notes are gathered.

    Raises:
        FormInvalid: every problem of the workbook, each with sheet, row and column.
    """
    book = understand(tables, gathered, language)
    lists = read_lists(book)
    own = read_own_parts(book, lists)
    settings = book.settings
    wanted = settings.get("form_id") or settings.get("id_string") or gathered.path.stem
    title, rows = _title(book, settings), _form_rows(book)
    reader = SurveyReader(book, lists, own, title, gathered)
    sections = reader.read()
    if len(sections) > MAX_SECTIONS:
        gathered.problem(0, book.survey.name, "", "too_many_sections", str(len(sections)), (str(MAX_SECTIONS),))
    if not sections and not gathered.problems:
        gathered.problem(0, book.survey.name, "", "xls_empty")
    gathered.stop_if_any()
    for name, one in lists.items():
        if name not in reader.used and not one.scale:
            gathered.note(one.choices[0].row if one.choices else 0, book.choices.name, name, "unused_list", name)
    form = Form(
        id=form_id or Ids().make(wanted, gathered.path.stem or "form"),
        version=_version(book),
        title=title,
        purpose=_purpose(book, rows),
        sections=sections,
        language=book.language,
        scales=tuple(own.scales.values()),
        source=rows.get("source", ""),
        licence=rows.get("licence", ""),
        citation=rows.get("citation", ""),
        use=FormUse(rows["use"]) if rows.get("use") in set(FormUse) else FormUse.LESSON,
    )
    given = settings.get("form_id", "")
    if given and not form_id and form.id != given:
        gathered.note(2, "settings", given, "name_changed", form.id)
    for key, value in settings.items():
        if key not in _KNOWN_SETTINGS and value.casefold() not in FALSE_WORDS:
            gathered.note(2, "settings", key, "setting_left_out", key)
    return form


def _form_rows(book: Book) -> dict[str, str]:
    """Return what our own sheet says of the form, texts in its own language only."""
    sheet = book.others.get(FORM_SHEET)
    return {record.get("key"): own_words(book.texts(record, TEXT)) for record in (sheet.records if sheet else ())}


def _texts_of(book: Book, key: str) -> dict[str, str]:
    sheet = book.others.get(FORM_SHEET)
    return next((dict(book.texts(r, TEXT)) for r in (sheet.records if sheet else ()) if r.get("key") == key), {})


def _title(book: Book, settings: dict[str, str]) -> Texts:
    found = _texts_of(book, "title")
    given = settings.get("form_title") or settings.get("title") or settings.get("form_id") or book.gathered.path.stem
    if "" not in found:
        found[""] = book.gathered.line(given, 0, "settings")[0] or "Form"
    return tuple(sorted(found.items()))


def _purpose(book: Book, rows: dict[str, str]) -> Texts:
    if rows.get("purpose"):
        return tuple(sorted((code, text[:MAX_TEXT]) for code, text in _texts_of(book, "purpose").items()))
    name = book.gathered.path.name
    book.gathered.note(0, "", name, "purpose_made")
    return (("", f"Brought in from {name}." if name else "Brought in from a table."),)


def _version(book: Book) -> int:
    given = book.settings.get("version", "")
    if re.fullmatch(r"\d{1,7}", given) and 1 <= int(given) <= MAX_VERSION:
        return int(given)
    if given:
        book.gathered.note(2, "settings", given, "version_restarts", str(MAX_VERSION))
    return 1

"""What the import of a form works with: where it comes from, how it is read, what was recognised. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import ItemKind, text_in
from observe_app.services.exchange.form_in_words import note_text
from observe_app.ui.forms.words import items_words, language_code

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Form
    from observe_app.domain.progress import Progress
    from observe_app.services.exchange.form_in import FormDraftIn, Unmapped

SHAPES = ("rubric", "checklist", "xlsform")
OWN_FILE = "toml"
_SEEN = "seen_"


@dataclass(frozen=True, slots=True)
class Origin:
    """What is brought in: a file, or a table that was copied.

    Attributes:
        path: the file, None for text. shape: "auto", or what the person says it is.
    """

    path: Path | None = None
    text: str = ""
    shape: str = "auto"

    @property
    def name(self) -> str:
        """Name of the file, "" for a table."""
        return self.path.name if self.path is not None else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was read.

    Attributes:
        problems: what keeps the form from being used as it is; an editor can mend it.
    """

    form: Form
    shape: str
    notes: tuple[Unmapped, ...] = ()
    problems: tuple[FormProblem, ...] = ()


def read(origin: Origin, language: str, progress: Progress) -> Found:
    """Read a file or table; may run in a worker.

    Raises:
        ObserveError: it cannot be read, or holds nothing that a form can be made of. Cancelled: the person stopped it.
    """
    from observe_app.services.forms.checks import problems_of  # noqa: PLC0415  (wanted with the first import)

    found = _read(origin, language_code(language), progress)
    return replace(found, problems=problems_of(found.form))


def _read(origin: Origin, language: str, progress: Progress) -> Found:
    if origin.path is not None and origin.path.suffix.lower() == ".toml":
        return _read_toml(origin.path)
    from observe_app.services.exchange import form_in  # noqa: PLC0415  (as above)

    draft: FormDraftIn
    if origin.path is not None:
        draft = form_in.read_form_file(origin.path, language=language, shape=origin.shape, progress=progress)
    else:
        progress.step(0, 1)
        draft = form_in.read_form_text(origin.text, language=language, shape=origin.shape)
    return Found(draft.form, draft.shape, draft.notes)


def _read_toml(path: Path) -> Found:
    from observe_app.domain.errors import FormInvalid  # noqa: PLC0415  (as above)
    from observe_app.services.forms.reader import read_bytes_as  # noqa: PLC0415
    from observe_app.services.forms.toml_text import FormUnreadable, read_bytes  # noqa: PLC0415

    try:
        # The file may have any name here: only in the forms folder must it be the form's id.
        reading = read_bytes_as(read_bytes(path))
    except FormUnreadable as error:
        raise FormInvalid(path, (error.problem,)) from error
    if reading.form is None:
        raise FormInvalid(path, reading.problems)
    return Found(reading.form, OWN_FILE)


def titled(found: Found, title: str, language: str) -> Form:
    """Return the form under this title; one made from a plain table gets its id from the title too."""
    form = found.form
    if not title or title == text_in(form.title, language):
        return form
    others = tuple((code, text) for code, text in form.title if code not in ("", form.language))
    fresh = replace(form, title=(("", title), *others))
    return fresh if found.shape in ("xlsform", OWN_FILE) else replace(fresh, id="")


def recognised(found: Found) -> str:
    """What it was taken for, in one sentence."""
    tr = QCoreApplication.translate
    asked = [item for item in found.form.items if item.kind is not ItemKind.GUIDANCE]
    count = len(asked)
    if found.shape == "rubric":
        levels = max((len(item.levels) for item in asked), default=0)
        criteria = tr("forms page", "1 criterion") if count == 1 else tr("forms page", "{n} criteria").format(n=count)
        plain = tr("forms page", "A rubric: {criteria}, {levels} levels")
        turned = tr("forms page", "A rubric: {criteria}, {levels} levels, turned round: the highest stood first")
        words = turned if any(note.rule == "levels_turned" for note in found.notes) else plain
        return words.format(criteria=criteria, levels=levels)
    names = {
        "checklist": tr("forms page", "A checklist: {items}"),
        "xlsform": tr("forms page", "An XLSForm: {items} in {sections}"),
        OWN_FILE: tr("forms page", "A form file: {items} in {sections}"),
    }
    parts = len(found.form.sections)
    sections = tr("forms page", "1 section") if parts == 1 else tr("forms page", "{n} sections").format(n=parts)
    return names.get(found.shape, names["checklist"]).format(items=items_words(count), sections=sections)


def shape_name(shape: str) -> str:
    """Word of a shape."""
    tr = QCoreApplication.translate
    return {
        "rubric": tr("forms page", "a rubric"),
        "checklist": tr("forms page", "a checklist"),
        "xlsform": tr("forms page", "an XLSForm"),
    }[shape]


def notes_to_show(found: Found) -> tuple[Unmapped, ...]:
    """What did not come over, without what the first sentence says already."""
    return tuple(note for note in found.notes if not note.rule.startswith(_SEEN))


def note_place(note: Unmapped) -> str:
    """Where it stands: "survey, row 12"."""
    tr = QCoreApplication.translate
    if note.sheet and note.row:
        return tr("forms page", "{sheet}, row {n}").format(sheet=note.sheet, n=note.row)
    return tr("forms page", "row {n}").format(n=note.row) if note.row else note.sheet


def note_sentence(note: Unmapped) -> str:
    """Why, and what was done instead."""
    return note_text(note.rule, note.found, _translate)


def _translate(text: str) -> str:
    lookup = QCoreApplication.translate  # the literals are marked where they stand, in the services
    return lookup("forms", text)

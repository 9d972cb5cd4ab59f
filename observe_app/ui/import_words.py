"""What an import noticed, in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from observe_app.services.exchange.problems import Problem

_MANY = {
    "time_unreadable": QT_TRANSLATE_NOOP(
        "import", "The time “{found}” cannot be read; the note lies between its neighbours."
    ),
    "time_back": QT_TRANSLATE_NOOP("import", "The time {found} is earlier than the one above; it was kept as written."),
    "time_unreadable_more": QT_TRANSLATE_NOOP(
        "import", "More times that cannot be read: {count}. Their notes lie between their neighbours."
    ),
    "time_back_more": QT_TRANSLATE_NOOP(
        "import", "More times earlier than the one above: {count}. They were kept as written."
    ),
    "times_missing": QT_TRANSLATE_NOOP(
        "import", "Rows without a time: {count}. They were placed between their neighbours by the number of words."
    ),
    "no_times": QT_TRANSLATE_NOOP(
        "import", "There is no time in this file; notes were spaced by their words, 150 words a minute."
    ),
    "times_frames": QT_TRANSLATE_NOOP(
        "import", "Times were read as minutes, seconds and frames; read as hours the lesson would last days."
    ),
    "times_clock": QT_TRANSLATE_NOOP(
        "import", "Times were read as time of day; the first one is the start of the lesson."
    ),
    "students_named": QT_TRANSLATE_NOOP(
        "import", "Students with names: {count}. They became numbers, and their names are not kept."
    ),
    "names_in_text": QT_TRANSLATE_NOOP("import", "Notes with students’ names still in their text: {count}."),
    "second_teacher": QT_TRANSLATE_NOOP("import", "Rows of another teacher (“{found}”): {count}. They are kept as T."),
    "several_speakers": QT_TRANSLATE_NOOP("import", "Rows that name several students: {count}. They are kept as SS."),
    "speaker_unknown": QT_TRANSLATE_NOOP(
        "import", "The speaker “{found}” is not a name, a number or a role; it was left out."
    ),
    "note_split": QT_TRANSLATE_NOOP("import", "A text is longer than a note can be; notes it became: {count}."),
    "no_header": QT_TRANSLATE_NOOP(
        "import", "No row of headings was recognised; columns were told by what is in them."
    ),
    "encoding_guessed": QT_TRANSLATE_NOOP(
        "import", "The file does not say how its letters are written; it was read as {found}."
    ),
    "quotes_mended": QT_TRANSLATE_NOOP(
        "import", "A quotation mark never closes; quotation marks were read as plain signs."
    ),
    "empty_text": QT_TRANSLATE_NOOP("import", "Rows without text, left out: {count}."),
    "no_name": QT_TRANSLATE_NOOP("import", "A row without a name was left out."),
    "name_invalid": QT_TRANSLATE_NOOP("import", "The name “{found}” cannot be used."),
    "ambiguous": QT_TRANSLATE_NOOP("import", "Several people fit “{found}”; nobody was changed."),
    "twice": QT_TRANSLATE_NOOP("import", "“{found}” stands in the file twice; the first row counts."),
    "email_odd": QT_TRANSLATE_NOOP("import", "“{found}” does not look like an e-mail address; it was kept as written."),
}


def problem_sentence(problem: Problem) -> str:
    """Return one sentence, with the row in front where there is one."""
    lookup = QCoreApplication.translate  # the literals are marked in the table above
    source = _MANY.get(problem.rule)
    text = lookup("import", str(source)).format(found=problem.found, count=problem.count) if source else problem.message
    if not problem.row:
        return text
    place = QCoreApplication.translate("import", "Row {row}: {sentence}")
    return place.format(row=problem.row, sentence=text)

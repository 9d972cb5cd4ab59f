"""Which column of a table is what: by its head in several languages, else by what is in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import ImportProblem
from observe_app.services.exchange.moments import is_blank, read_moment
from observe_app.services.exchange.tables import Row, Table, column_letter, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTE_ROLES = ("time", "speaker", "text", "tags")
PEOPLE_ROLES = (
    "name", "first", "last", "email", "staff_id", "subjects", "roles", "pronouns", "building", "manager", "week_load",
    "language", "left_on",
)  # fmt: skip
TIMETABLE_ROLES = (
    "person", "email", "staff_id", "first", "last", "weekday", "date", "starts", "ends", "period", "class",
    "subjects", "room", "building", "week", "kind",
)  # fmt: skip
MANY = frozenset({"tags"})
"""Roles that several columns may have; every other role has one column."""

_HEADS = {
    "tags": """
        tag tags code codes coding label labels category categories theme themes move talkmove schlagwort
        schlagworter kode kodes kategorie kategorien merkmal etiquette etiquettes mot-cle mots-cles
        categorie codigo codigos etiqueta etiquetas categoria marca""",
    "time": """
        time timestamp timecode offset minute minutes min start starttime onset begin elapsed clock seconds
        second sec ms milliseconds when zeit uhrzeit zeitstempel zeitpunkt minuten beginn sekunden sekunde
        temps heure horodatage debut seconde secondes tiempo hora inicio marca-de-tiempo minuto minutos
        segundo segundos tempo ora tijd""",
    "speaker": """
        speaker who role person participant actor name voice talker subject sprecher sprecherin wer rolle
        redner locuteur locutrice qui orateur intervenant hablante quien orador interlocutor persona
        parlante spreker""",
    "text": """
        text sentence note notes utterance comment comments transcript description content words said event
        observation remark evidence what satz notiz notizen bemerkung bemerkungen kommentar ausserung
        aussage beobachtung inhalt beschreibung transkript phrase texte remarque commentaire enonce propos
        contenu observations frase texto nota notas comentario enunciado observacion contenido oracion
        descripcion testo tekst zin line""",
    "name": """
        name person teacher colleague staff fullname displayname lehrer lehrerin lehrkraft kollege
        nom-complet nom enseignant professeur nombre profesor docente personne persona""",
    "first": """
        first firstname forename given givenname vorname prenom prenoms nombre-de-pila""",
    "last": """
        last lastname surname family familyname nachname familienname nom-de-famille apellido apellidos""",
    "email": """
        email e-mail mail emailaddress e-mail-address mailadresse courriel correo correo-electronico
        adresse-e-mail""",
    "staff_id": """
        id staffid staff-id staff-number staffno employee employeeid employee-number personalnummer kurzel
        kuerzel matricule numero code payroll initials""",
    "subjects": """
        subject subjects department faculty fach facher abteilung matiere matieres discipline asignatura
        asignaturas materia materias departamento""",
    "pronouns": """
        pronoun pronouns pronomen pronoms pronombres""",
    "manager": """
        manager linemanager line-manager supervisor reportsto reports-to head vorgesetzte vorgesetzter leitung
        responsable superior jefe""",
    "week_load": """
        visitsaweek visits-a-week load maximum max weekload week-load besuche-pro-woche""",
    "language": """
        language sprache langue idioma lengua""",
    "left_on": """
        left leaving leavingdate leaving-date lastday last-day enddate end-date austritt austrittsdatum sortie
        letzter-tag date-de-sortie depart baja fecha-de-baja""",
    "roles": """
        role roles function rolle rollen funktion fonction rol funcion""",
    "person": """
        person teacher staff name colleague who teachername staffname lehrer lehrerin lehrkraft wer enseignant
        enseignante professeur nom profesor profesora docente nombre insegnante leraar""",
    "weekday": """
        weekday day dayofweek wochentag tag jour jour-de-la-semaine dia dia-de-la-semana giorno dag""",
    "date": """
        date datum fecha data on lesson-date""",
    "starts": """
        start starts from begin begins beginn anfang von debut inicio desde time starttime start-time timefrom zeit
        uhrzeit heure-de-debut hora hora-de-inicio inizio""",
    "ends": """
        end ends to until till bis ende fin hasta finish endtime end-time timeto heure-de-fin hora-de-fin fine""",
    "period": """
        period periods stunde unterrichtsstunde std lesson block slot hour periode seance heure periodo ora""",
    "class": """
        class classes group teaching-group klasse lerngruppe kurs course classe groupe clase grupo form set section
        tutor-group""",
    "room": """
        room raum zimmer salle aula sala location ort place lokaal""",
    "building": """
        building site campus gebaude haus batiment edificio standort gebouw""",
    "week": """
        week weeks wk cycle woche turnus semaine semana settimana ab-week""",
    "kind": """
        kind type art typ tipo activity what status""",
}
_SPEAKER = re.compile(r"t|s|ss|s ?\d{1,3}|teacher|students?( \d+)?|sus|l|lehrer(in)?", re.IGNORECASE)
_NOT_TIME = {
    "end",
    "ende",
    "fin",
    "stop",
    "finish",
    "offsetend",
    "duration",
    "dauer",
    "duree",
    "duracion",
    "turn",
    "hasta",
}
_HINTS = {
    "clock": "clock uhrzeit heure hora time-of-day ora",
    "minutes": "minute minutes min minuten minuto minutos mins",
    "seconds": "second seconds sec secs sekunden sekunde seconde secondes segundo segundos s",
    "milliseconds": "ms milliseconds millis msec",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a person picks it. `head` is "" without a head; `role` is "" when it is not used."""

    index: int
    letter: str
    head: str
    sample: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read.

    Attributes:
        heads: the row of heads, None when there is none. first: index of the first row of data.
        roles: role to column indexes, in order.
    """

    heads: Row | None
    first: int
    roles: dict[str, tuple[int, ...]]

    def one(self, role: str) -> int | None:
        """Return the first column of a role, None without one."""
        return next(iter(self.roles.get(role, ())), None)


def normal(head: str) -> str:
    """Return a head in lower case with accents and signs taken out and words joined by "-"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", head.replace("ß", "ss")) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", plain).casefold()))


def _fit(head: str, role: str) -> int:
    """Return how well a head names a role: 3 the whole of it, 2 its last word, 1 one of its words, 0 not at all."""
    key = normal(head)
    if not key or len(key) > 60:
        return 0
    known = _HEADS[role].split()
    parts = key.split("-")
    if key in known or key.replace("-", "") in known:
        return 3
    if role == "time" and (_NOT_TIME & set(parts)):
        return 0
    if parts[-1] in known and len(parts) <= 4:
        return 2
    return 1 if len(parts) <= 5 and any(part in known for part in parts if len(part) > 1) else 0


def lay_out(table: Table, roles: tuple[str, ...], mapping: Mapping[str, str] | None, *, needs: str) -> Layout:
    """Find the heads and give every role its column.

    Args:
        table: what was read.
        roles: those that count, the more telling ones first.
        mapping: role to a head, a column letter or a number from 1, as the person gave it; "" leaves a role out.
        needs: the role that must have a column, "" where the caller looks for that itself.

    Raises:
        ImportProblem: the mapping names an unknown role or column, or no column for `needs` can be told.
    """
    heads, first = _find_heads(table, roles)
    found = _by_heads(heads, roles) if heads is not None else {}
    if mapping:
        heads, first, found = _mapped(table, roles, mapping, heads, first, found)
    if needs == "text":
        _by_content(table, first, found, set(mapping or {}))
    if needs and not found.get(needs) and not (needs == "name" and (found.get("first") or found.get("last"))):
        raise ImportProblem(table.path, "no_column", needs)
    return Layout(heads, first, found)


def _find_heads(table: Table, roles: tuple[str, ...]) -> tuple[Row | None, int]:
    best, best_score = -1, 0
    for index, row in enumerate(table.rows[:15]):
        if not _could_be_heads(row, speakers="speaker" in roles):
            continue
        named = _by_heads(row, roles)
        score = sum(max(_fit(text_of(row.cell(i)), role) for i in columns) for role, columns in named.items())
        score += 1 if len(named) > 1 else 0
        if score > best_score and (len(named) > 1 or (score >= 3 and index <= 3)):
            best, best_score = index, score
    return (table.rows[best], best + 1) if best >= 0 else (None, 0)


def _could_be_heads(row: Row, *, speakers: bool) -> bool:
    """Heads are words: no numbers, no times, and, where speakers matter, not a row that starts with who spoke."""
    cells = [cell for cell in row.cells if cell is not None and text_of(cell).strip()]
    if not all(isinstance(cell, str) and read_moment(cell) is None and len(cell) <= 60 for cell in cells):
        return False
    return not (
        speakers and len(cells) > 1 and any(_looks_like_speakers([text_of(cell).strip()]) for cell in cells[:2])
    )


def _by_heads(row: Row, roles: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    fits = [
        (-_fit(text_of(cell), role), order, index, role)
        for index, cell in enumerate(row.cells)
        for order, role in enumerate(roles)
        if isinstance(cell, str) and _fit(cell, role)
    ]
    found: dict[str, tuple[int, ...]] = {}
    used: set[int] = set()
    for _fitness, _order, index, role in sorted(fits):
        if index in used or (role in found and role not in MANY):
            continue
        found[role] = tuple(sorted((*found.get(role, ()), index)))
        used.add(index)
    return found


def _mapped(
    table: Table,
    roles: tuple[str, ...],
    mapping: Mapping[str, str],
    heads: Row | None,
    first: int,
    found: dict[str, tuple[int, ...]],
) -> tuple[Row | None, int, dict[str, tuple[int, ...]]]:
    result = dict(found)
    for role, given in mapping.items():
        if role not in roles:
            raise ImportProblem(table.path, "unknown_role", role, ", ".join(roles))
        columns: list[int] = []
        for part in given.split("+") if role in MANY else [given]:
            if part.strip() in {"", "-"}:
                continue
            row, index = _column(table, heads, part.strip())
            if row is not None and heads is None:
                heads, first = row, table.rows.index(row) + 1
            columns.append(index)
        for other, taken in list(result.items()):
            if other not in mapping:
                result[other] = tuple(index for index in taken if index not in columns)
        result[role] = tuple(columns)
    return heads, first, {role: columns for role, columns in result.items() if columns}


def _column(table: Table, heads: Row | None, given: str) -> tuple[Row | None, int]:
    """Return the head row a column was found in (None for a letter) and its index."""
    for row in [heads] if heads is not None else list(table.rows[:15]):
        for index, cell in enumerate(row.cells):
            if isinstance(cell, str) and _same_head(cell, given):
                return row, index
    if re.fullmatch(r"[A-Za-z]{1,3}", given):
        index = 0
        for char in given.upper():
            index = index * 26 + ord(char) - ord("A") + 1
        if index <= table.width:
            return None, index - 1
    if given.isdecimal() and 1 <= int(given) <= table.width:
        return None, int(given) - 1
    raise ImportProblem(table.path, "unknown_column", given, ", ".join(heads_of(table, heads)))


def _same_head(head: str, given: str) -> bool:
    return head.strip().casefold() == given.casefold() or (normal(head) != "" and normal(head) == normal(given))


def heads_of(table: Table, heads: Row | None) -> tuple[str, ...]:
    """Return what a person may call the columns: their heads, or letters where they have none."""
    names = (text_of(heads.cell(i)).strip() if heads else "" for i in range(min(table.width, 40)))
    return tuple(name or column_letter(index) for index, name in enumerate(names))


def _by_content(table: Table, first: int, found: dict[str, tuple[int, ...]], given: set[str]) -> None:
    """Give the roles without a head to columns that look like them."""
    rows = table.rows[first : first + 400]
    used = {index for columns in found.values() for index in columns}
    free = [index for index in range(table.width) if index not in used]
    if "text" not in found and "text" not in given and free:
        lengths = {i: sum(len(c) for row in rows if isinstance(c := row.cell(i), str)) for i in free}
        best = max(free, key=lengths.__getitem__)
        if lengths[best]:
            found["text"] = (best,)
            free.remove(best)
    if "time" not in found and "time" not in given:
        for index in free:
            cells = [row.cell(index) for row in rows if not is_blank(row.cell(index))]
            timed = [cell for cell in cells if (moment := read_moment(cell)) is not None and moment.number is None]
            if len(cells) >= max(1, len(rows) // 10) and len(timed) * 2 > len(cells):
                found["time"] = (index,)
                free.remove(index)
                break
    if "speaker" not in found and "speaker" not in given and found.get("text"):
        for index in free:
            words = [text_of(row.cell(index)).strip() for row in rows if row.cell(index) is not None]
            if words and _looks_like_speakers(words):
                found["speaker"] = (index,)
                break


def _looks_like_speakers(words: list[str]) -> bool:
    return sum(1 for word in words if _SPEAKER.fullmatch(word)) * 2 > len(words)


def time_hint(head: str) -> str:
    """Return what a time column's head says of its unit: "clock", "minutes", "seconds", "milliseconds" or ""."""
    parts = set(normal(head).split("-")) | {normal(head)}
    return next((hint for hint, words in _HINTS.items() if parts & set(words.split())), "")

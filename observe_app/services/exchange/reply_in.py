"""What the teacher filled into a feedback PDF. The file is taken for hostile until the last byte.

Nothing in it is run, no reference out of it is followed, fields that are not ours are not looked at, and every text is
plain. Two other places where a PDF may keep answers are left alone: XFA forms, which ours never are, and the pictures
that stand for the fields' values.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import ReplyProblem
from observe_app.domain.note_line import clean_note
from observe_app.domain.progress import Progress
from observe_app.domain.reply import Stance
from observe_app.services.exchange.pdf_bounds import load_pdf, opened_pdf
from observe_app.services.exchange.pdf_values import at, entries, json_of, place_of, raw_at, text_of, unpacked, whole
from observe_app.services.reply_words import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pypdf import PdfReader

ATTACHMENT = "observe-reply.json"
FORMAT, VERSION = "observe-reply", 1

MAX_FIELDS = 5000
"""Fields and widgets to go through."""

MAX_TEXT = 20_000
"""Characters of one answer; the rest is in the kept file."""

MAX_CLAIMS = 2000

_MAX_JSON = 1 << 20
_MAX_NAMES = 500  # of attached files
_MAX_PAGES = 400
_TEXT_PAGES = 3  # the reference is at the foot of each
_MAX_LINE = 300
_BYTES_PER_SIGN = 4

_KNOWN = re.compile(r"(?:stance|words)_([1-9]\d{0,3})|overall|step|readers|received|name|day")
_INDEX = re.compile(r"\[\d+\]$")
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_REFERENCE = re.compile(r"Ref\.?[:\s]*([0-9a-f]{8})-([1-9]\d{0,3})(?!\d)", re.IGNORECASE)
_BARE_REFERENCE = re.compile(r"(?<![0-9a-f-])([0-9a-f]{8})-([1-9]\d{0,3})(?![\d-])")
_PRODUCER = "Observe"


@dataclass(frozen=True, slots=True)
class ReadReply:
    """What a filled file says, before anybody looked for its visit.

    Attributes:
        data, sha256: the file. visit_id, release_id: as the file carries them, "" where only the reference told.
        reference: "xxxxxxxx-1", the end of the visit's id and the revision. number: the revision.
        school, teacher, date: as the file carries them. claims: ids in the order of N.
        stances, words: by N. readers: the names as they were written, not taken apart.
        missing_fields: "" where there are fields; otherwise why there are none: "no_form" or "flattened".
    """

    data: bytes
    sha256: str
    visit_id: str = ""
    release_id: str = ""
    reference: str = ""
    number: int = 0
    school: str = ""
    teacher: str = ""
    date: str = ""
    claims: tuple[str, ...] = ()
    stances: dict[int, Stance] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    overall: str = ""
    step: str = ""
    readers: str = ""
    name: str = ""
    day: str = ""
    received: bool = False
    missing_fields: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Field:
    """A field as it stands: its value, and the states of the boxes that show it."""

    value: Any = None
    options: Any = None
    states: list[str] = field(default_factory=list)


def read_reply(
    path: Path, *, unlock: Callable[[bytes], bytes | None] | None = None, progress: Progress | None = None
) -> ReadReply:
    """Read a filled feedback PDF.

    Args:
        path: the file.
        unlock: returns a file that is protected against changes without that protection, None where it needs a
            password.
        progress: told between steps, looked at all the while; may cancel.

    Raises:
        FileUnreadable: missing, denied, a folder, no file, empty. Cancelled: the person asked to stop.
        ReplyProblem: "not_a_pdf", "half", "damaged", "encrypted", "too_large", "too_many", "too_slow", "foreign",
            "draft", "newer".
    """
    progress = progress or Progress()
    progress.step(0, 3)
    data = load_pdf(path)
    read = ReadReply(data, hashlib.sha256(data).hexdigest())
    progress.step(1, 3)
    try:
        if _is_locked(path, data, progress):
            plain = unlock(data) if unlock else None
            if plain is None:
                raise ReplyProblem(path, "encrypted")
            progress.step(2, 3)
            with opened_pdf(path, plain, progress) as reader:
                found = _read(path, reader, read)
            found = replace(found, remarks=(*found.remarks, Remark("unlocked")))
        else:
            with opened_pdf(path, data, progress) as reader:
                found = _read(path, reader, read)
    except RecursionError as error:
        raise ReplyProblem(path, "damaged", "RecursionError") from error
    progress.step(3, 3)
    return found


def _is_locked(path: Path, data: bytes, progress: Progress) -> bool:
    if b"/Encrypt" not in data:  # the dictionary that has it is never packed
        return False
    try:
        with opened_pdf(path, data, progress) as reader:
            return reader.is_encrypted
    except ReplyProblem as problem:
        if problem.reason == "encrypted":
            return True
        raise


def _read(path: Path, reader: PdfReader, read: ReadReply) -> ReadReply:
    catalog = whole(reader.root_object)
    if not isinstance(catalog, dict):
        raise ReplyProblem(path, "damaged", "catalog")
    read = _identified(path, catalog, read)
    fields = _fields(path, catalog)
    if not read.visit_id:
        read = _by_reference(path, reader, read)
    remarks = list(read.remarks)
    if _runs(catalog):
        remarks.append(Remark("script"))
    if at(at(catalog, "/AcroForm"), "/XFA") is not None:
        remarks.append(Remark("xfa"))
    if not read.visit_id:
        remarks.append(Remark("no_attachment"))
    if not fields:
        ours = _producer(reader) == _PRODUCER
        return replace(read, missing_fields="no_form" if ours else "flattened", remarks=tuple(remarks))
    return _filled(fields, replace(read, remarks=tuple(remarks)))


def _identified(path: Path, catalog: Any, read: ReadReply) -> ReadReply:
    """Take from the attached file which visit and revision this is; the first one where several PDFs were joined."""
    found = read
    for stream in _attached(catalog):
        told = json_of(unpacked(stream, _MAX_JSON))
        if told.get("format") != FORMAT:
            continue
        version = told.get("version")
        if isinstance(version, int) and version > VERSION:
            raise ReplyProblem(path, "newer", str(version))
        visit_id, release_id, number = told.get("visit"), told.get("release"), told.get("revision")
        if not _id(visit_id) or not isinstance(number, int) or not 0 < number < 10_000:
            continue
        if found.visit_id:
            if (_id(visit_id), number) != (found.visit_id, found.number):
                return replace(found, remarks=(*found.remarks, Remark("joined")))
            continue
        claims = told.get("claims")
        known = claims if isinstance(claims, list) and len(claims) <= MAX_CLAIMS else []
        found = replace(
            read,
            visit_id=_id(visit_id),
            release_id=_id(release_id),
            number=number,
            reference=f"{_id(visit_id)[-8:]}-{number}",
            claims=tuple(_id(one) for one in known),
            school=_line(told.get("school")),
            teacher=_line(told.get("teacher")),
            date=_line(told.get("date")),
        )
    return found


def _id(value: Any) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _line(value: Any) -> str:
    return " ".join(clean_note(value).split())[:_MAX_LINE] if isinstance(value, str) else ""


def _attached(catalog: Any) -> Iterator[Any]:
    """Yield the streams of attached files that have our name, those that the catalog lists and those that it names."""
    files = [whole(one) for one in entries(at(catalog, "/AF"))[:_MAX_NAMES]]
    nodes = [raw_at(at(catalog, "/Names"), "/EmbeddedFiles")]
    seen: set[Any] = set()
    while nodes and len(seen) < _MAX_NAMES:
        node = nodes.pop()
        if place_of(node) in seen:
            continue
        seen.add(place_of(node))
        node = whole(node)
        files += [whole(one) for one in entries(at(node, "/Names"))[1 : 2 * _MAX_NAMES : 2]]
        nodes += entries(at(node, "/Kids"))[:_MAX_NAMES]
    for file in files[: 2 * _MAX_NAMES]:
        if ATTACHMENT in {text_of(at(file, "/UF"), _MAX_LINE), text_of(at(file, "/F"), _MAX_LINE)}:
            kept = at(file, "/EF")
            for key in ("/F", "/UF"):
                stream = at(kept, key)
                if stream is not None:
                    yield stream


def _by_reference(path: Path, reader: PdfReader, read: ReadReply) -> ReadReply:
    """Take from the words of the file which visit and revision this is: from what it says of itself, or its pages."""
    info = [str(value) for value in dict.values(reader.metadata or {}) if isinstance(value, str)]
    for text in _told(reader, info):
        found = _REFERENCE.search(text) or _REFERENCE.search("".join(text.split())) or _BARE_REFERENCE.search(text)
        if found:
            ending, number = found[1].lower(), int(found[2])
            return replace(read, reference=f"{ending}-{number}", number=number)
    raise ReplyProblem(path, "draft" if _producer(reader) == _PRODUCER else "foreign")


def _told(reader: PdfReader, info: list[str]) -> Iterator[str]:
    yield "\n".join(info)
    for page in list(_pages(reader))[:_TEXT_PAGES]:
        try:
            yield str(page.extract_text())
        except Exception:  # noqa: BLE001, S112  (a page whose words cannot be read tells nothing; the next one may)
            continue


def _producer(reader: PdfReader) -> str:
    return _line(text_of(raw_at(reader.metadata, "/Producer"), _MAX_LINE))


def _pages(reader: PdfReader) -> Iterator[Any]:
    for number in range(min(_MAX_PAGES, len(reader.pages))):
        yield reader.pages[number]


def _runs(catalog: Any) -> bool:
    """Tell whether the file would have a viewer do something: a script, a command, a form sent off."""
    action = at(catalog, "/OpenAction")
    opens = isinstance(action, dict) and str(at(action, "/S")) != "/GoTo"
    return opens or at(catalog, "/AA") is not None or at(at(catalog, "/Names"), "/JavaScript") is not None


def _fields(path: Path, catalog: Any) -> dict[str, _Field]:
    """Return our fields by name: those that the form lists, and those that only stand on a page."""
    found: dict[str, _Field] = {}
    seen: set[Any] = set()
    roots = entries(at(at(catalog, "/AcroForm"), "/Fields"))
    _gather(path, [(one, "") for one in reversed(roots)], found, seen)
    if not found:  # some programs lose the list and keep the boxes
        _gather(path, [holder for one in _boxes(path, catalog) for holder in _holders(one)], found, seen)
    return found


def _gather(path: Path, waiting: list[tuple[Any, str]], found: dict[str, _Field], seen: set[Any]) -> None:
    # The first field of a name counts: a copy of it further down may be an empty one.
    while waiting:
        reference, above = waiting.pop()
        if place_of(reference) in seen:
            continue
        seen.add(place_of(reference))
        if len(seen) > MAX_FIELDS:
            raise ReplyProblem(path, "too_many", str(MAX_FIELDS))
        node = whole(reference)
        if not isinstance(node, dict):
            continue
        name = _known_name(text_of(at(node, "/T"), _MAX_LINE)) or above
        if name:
            one = found.setdefault(name, _Field())
            if one.value is None or _is_blank(one.value):
                one.value = at(node, "/V") or one.value
            one.options = one.options or at(node, "/Opt")
            state = at(node, "/AS")
            if isinstance(state, str):
                one.states.append(str(state))
        kids = entries(at(node, "/Kids"))
        if len(kids) + len(waiting) > 2 * MAX_FIELDS:
            raise ReplyProblem(path, "too_many", str(MAX_FIELDS))
        waiting += [(kid, name) for kid in reversed(kids)]


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and str(value) in {"", "/Off"}


def _known_name(own: str) -> str:
    """Return our name of a field that programs may have put below names of their own: "form1.page[0].words_1[0]"."""
    for part in reversed(own.split(".")):
        name = _INDEX.sub("", part.strip())
        if _KNOWN.fullmatch(name):
            return name
    return ""


def _holders(box: Any) -> list[tuple[Any, str]]:
    """Return a box, after the field above it that has the name and perhaps the value; nothing for a box not ours."""
    above = box
    for _step in range(20):
        node = whole(above)
        name = _known_name(text_of(at(node, "/T"), _MAX_LINE))
        if name:
            return [(box, name), (above, "")]  # the last one is gathered first
        if raw_at(node, "/Parent") is None:
            break
        above = raw_at(node, "/Parent")
    return []


def _boxes(path: Path, catalog: Any) -> list[Any]:
    """Return the widgets of every page in order."""
    waiting, pages = [raw_at(catalog, "/Pages")], 0
    seen: set[Any] = set()
    boxes: list[Any] = []
    while waiting and pages < _MAX_PAGES:
        node = waiting.pop()
        if place_of(node) in seen or len(seen) > MAX_FIELDS:
            continue
        seen.add(place_of(node))
        node = whole(node)
        kids = entries(at(node, "/Kids"))
        waiting += list(reversed(kids[:MAX_FIELDS]))
        pages += not kids
        for one in entries(at(node, "/Annots")):
            if len(boxes) > MAX_FIELDS:
                raise ReplyProblem(path, "too_many", str(MAX_FIELDS))
            if str(at(whole(one), "/Subtype")) == "/Widget":
                boxes.append(one)
    return list(reversed(boxes))


def _filled(fields: dict[str, _Field], read: ReadReply) -> ReadReply:
    """Read the values of our fields as plain text, ticks and choices."""
    stances: dict[int, Stance] = {}
    words: dict[int, str] = {}
    texts: dict[str, str] = {}
    cut = odd = unread = lost = 0
    for name, one in fields.items():
        number = int(name.partition("_")[2] or 0)
        if name.startswith("stance_"):
            chosen = _choice(one)
            if chosen in set(Stance):
                stances[number] = Stance(chosen)
            odd += bool(chosen) and chosen not in set(Stance)
        elif name != "received":
            text = clean_note(text_of(one.value, _BYTES_PER_SIGN * (MAX_TEXT + 1)))
            unread += one.value is not None and not isinstance(one.value, str | bytes) and not text
            cut += len(text) > MAX_TEXT
            lost += sum(map(_is_lost, text))
            text = text[:MAX_TEXT]
            if number and text:
                words[number] = text
            texts[name] = text
    counted = (
        ("cut", str(MAX_TEXT), cut),
        ("unread", "", unread),
        ("stance_unknown", "", odd),
        ("signs_lost", "", lost),
    )
    more = tuple(Remark(rule, found, count) for rule, found, count in counted if count)
    return replace(
        read,
        stances=stances,
        words=words,
        overall=texts.get("overall", ""),
        step=texts.get("step", ""),
        readers=texts.get("readers", ""),
        name=texts.get("name", ""),
        day=texts.get("day", ""),
        received=bool(_choice(fields.get("received", _Field()))),
        remarks=(*read.remarks, *more),
    )


def _is_lost(sign: str) -> bool:
    """Tell whether a program wrote half a sign: of an emoji some keep 16 bits, which mean nothing."""
    return sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff"


def _choice(one: _Field) -> str:
    """Return what is ticked of a group, by its value or by the box that is on; "" for nothing."""
    given = [text_of(one.value, _MAX_LINE), *one.states]
    chosen = next((name for name in (text.strip().removeprefix("/") for text in given) if name not in {"", "Off"}), "")
    options = entries(one.options)
    if chosen.isdecimal() and len(chosen) < 5 and int(chosen) < len(options):
        chosen = text_of(options[int(chosen)], _MAX_LINE)
    return chosen.strip().casefold()

"""A released visit and its PDF with the fields of a reply, made small enough to be taken apart by tests."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.release import Release
from observe_app.services import people, talk, visits
from observe_app.services.pdf.document import Claim, ReportDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from observe_app.domain.visit import Stage, Visit
    from observe_app.services.core import Core

STANCES = ("agree", "partly", "different")
ORDER = (ClaimKind.STRENGTH, ClaimKind.GROWTH, ClaimKind.QUESTION)
TITLES = ("Everybody had a partner", "Wait longer after “why”", "Who was not asked?")

SCRIPTS = {
    "latin": "Łódź, Žižek, Ünsal: naïve façade — “ça va”",
    "greek": "Ο δάσκαλος περίμενε τρία δευτερόλεπτα",
    "cyrillic": "Учитель ждал дольше, чем казалось",
    "hebrew": "המורה חיכתה שלוש שניות (3)",
    "arabic": "انتظرت المعلمة ثلاث ثوانٍ",
    "devanagari": "शिक्षक ने तीन सेकंड प्रतीक्षा की",
    "cjk": "先生は三秒待った。老师等了三秒。",
    "emoji": "Great 👍🏽 and 🤔 — 𝒇𝒖𝒏",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A visit that was released, its revision, its claims in the order of the page and the PDF."""

    visit: Visit
    release: Release
    claims: tuple[str, ...]
    pdf: bytes

    @property
    def reference(self) -> str:
        return f"{self.visit.id[-8:]}-{self.release.number}"


def talked_over(core: Core) -> tuple[str, tuple[str, ...]]:
    """Keep a visit at Talk with a strength, a growth area and a question; return its id and theirs."""
    teacher, me = people.ensure(core, "Amina Diallo-Žižek"), people.introduce(core, name="Jonas Brandt")
    visit = visits.plan(core, teacher_id=teacher.id, observer_id=me.id, start=core.clock.now(), focus="Who talks?")
    visits.begin(core, visit_id=visit.id)
    visits.finish(core, visit_id=visit.id)
    made = [
        talk.add_claim(core, visit_id=visit.id, kind=kind, title=title, text="Seen at 12:30.")
        for kind, title in zip(ORDER, TITLES, strict=True)
    ]
    return visit.id, tuple(claim.id for claim in made)


def released(core: Core, *, number: int = 1, pdf: bool = True) -> Sample:
    """Keep such a visit and release it, with a PDF that is easy to take apart."""
    visit_id, claims = talked_over(core)
    return release_of(core, visit_id, claims, number=number, pdf=pdf)


def release_of(
    core: Core, visit_id: str, claims: tuple[str, ...], *, number: int = 1, pdf: bool = True, **more: Any
) -> Sample:
    """Keep a revision of a visit."""
    visit = visits.open_visit(core, visit_id).value
    parts = [
        Claim(title=title, text="Seen at 12:30.", id=claim_id, number=place)
        for place, (claim_id, title) in enumerate(zip(claims, TITLES, strict=True), start=1)
    ]
    document = ReportDocument(
        visit_id=visit_id, revision=number, teacher=visit.teacher, strengths=(parts[0],), growth=(parts[1],),
        questions=(parts[2],), status="released", school="North School", date_label="10 March 2026", reply_form=True,
    ).to_json()  # fmt: skip
    release = Release(
        core.ids.new(), visit_id, number, at=core.clock.now(), document=document,
        digest=hashlib.sha256(document.encode()).hexdigest(), readers=(visit.teacher,), **more,
    )  # fmt: skip
    with core.store.write("release.release", scope=visit_id, undoable=False) as unit:
        unit.after.add_release(release)
        unit.commit()
    sample = Sample(visit, release, claims, b"")
    return Sample(visit, release, claims, feedback_pdf(told(sample), sample.reference) if pdf else b"")


def told(sample: Sample, **more: Any) -> dict[str, Any]:
    """Return what the attachment of the sample's PDF says."""
    return {
        "format": "observe-reply", "version": 1, "visit": sample.visit.id, "release": sample.release.id,
        "revision": sample.release.number, "school": "North School", "teacher": sample.visit.teacher,
        "date": "10 March 2026", "claims": list(sample.claims),
    } | more  # fmt: skip


def feedback_pdf(
    attached: Mapping[str, Any] | bytes | None, reference: str = "", *, claims: int = 3, fields: bool = True,
    producer: str = "Observe", heading: str = "Feedback on your lesson",
) -> bytes:  # fmt: skip
    """Return a PDF with the fields of a reply to some claims, and our attachment where there is one."""
    from pypdf import PdfReader, PdfWriter

    # settles ReportLab before anything else reads its settings
    importlib.import_module("observe_app.services.pdf.layout.fonts").register()
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setTitle("Feedback")
    canvas.setProducer(producer)
    canvas.drawString(40, 800, heading)
    if reference:
        canvas.drawString(40, 20, f"Confidential   Ref. {reference}   1")
    if fields:
        _draw_fields(canvas, claims)
    canvas.showPage()
    canvas.save()
    if attached is None:
        return out.getvalue()
    writer = PdfWriter(clone_from=PdfReader(out))
    data = attached if isinstance(attached, bytes) else json.dumps(attached, ensure_ascii=False).encode()
    writer.add_attachment("observe-reply.json", data)
    return written(writer)


def _draw_fields(canvas: Any, claims: int) -> None:
    form = canvas.acroForm
    plain = {"borderWidth": 0, "borderColor": None, "fillColor": None, "maxlen": 0}
    for number in range(1, claims + 1):
        top = 780 - 60 * (number - 1) % 600
        for place, stance in enumerate(STANCES):
            form.radio(name=f"stance_{number}", value=stance, x=40 + 30 * place, y=top - 16, size=14, tooltip=stance)
        form.textfield(name=f"words_{number}", x=160, y=top - 30, width=390, height=26, fieldFlags="multiline",
                       tooltip=f"Your words to point {number}", **plain)  # fmt: skip
    for place, name in enumerate(("overall", "step", "readers")):
        form.textfield(name=name, x=40, y=140 - 44 * place, width=510, height=36, fieldFlags="multiline", tooltip=name,
                       **plain)  # fmt: skip
    form.checkbox(name="received", x=40, y=190, size=14, tooltip="Received")
    form.textfield(name="name", x=160, y=190, width=200, height=18, tooltip="Name", **plain)
    form.textfield(name="day", x=400, y=190, width=100, height=18, tooltip="Day", **plain)


def written(writer: Any) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def filled(
    pdf: bytes,
    texts: Mapping[str, str] | None = None,
    stances: Mapping[int, str] | None = None,
    *,
    received: bool = False,
) -> bytes:
    """Return the PDF with values in its fields, as pypdf fills them in."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    chosen = {f"stance_{number}": stance for number, stance in (stances or {}).items()}
    chosen |= {"received": "Yes"} if received else {}
    for node in every_field(writer):
        name = str(node.get("/T", ""))
        if name in (texts or {}):
            node[NameObject("/V")] = TextStringObject((texts or {})[name])
        elif name in chosen:
            node[NameObject("/V")] = NameObject(f"/{chosen[name]}")
    return written(writer)


def rebuilt(pdf: bytes, change: Callable[[Any], object]) -> bytes:
    """Return a PDF after a change to its objects."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    change(writer)
    return written(writer)


def every_field(holder: Any) -> Iterable[Any]:
    """Return the fields that a reader or writer lists."""
    form = holder.root_object["/AcroForm"].get_object()
    return [one.get_object() for one in form["/Fields"]]


def keep(folder: Path, data: bytes, name: str = "reply.pdf") -> Path:
    """Write bytes into a file and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path


def stage_of(core: Core, sample: Sample) -> Stage:
    return visits.open_visit(core, sample.visit.id).value.stage

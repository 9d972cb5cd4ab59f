"""Small documents made straight on the canvas, and the machine checks that every file of ours must pass."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import page
import pypdf
from reportlab.platypus import SimpleDocTemplate

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.para import Text
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STAMP = datetime(2026, 3, 10, 9, 55, tzinfo=UTC)
SIZE = (400, 300)


def drawn(draw: Callable[[MarkedCanvas, Node], None], *, title: str = "A small sheet") -> bytes:
    """Return the file that `draw(canvas, root)` makes."""
    fonts.register()
    root, target = Node("Document"), io.BytesIO()
    canvas = MarkedCanvas(target, pagesize=SIZE, words=words_for("en"), root=root, stamp=STAMP, lang="en")
    _describe(canvas, title)
    draw(canvas, root)
    canvas.save()
    return target.getvalue()


def told(make: Callable[[Node], list[Any]]) -> bytes:
    """Return the file of the story that `make(root)` returns, flowing over as many pages as it needs."""
    fonts.register()
    root, target = Node("Document"), io.BytesIO()
    sheets = SimpleDocTemplate(target, pagesize=SIZE, topMargin=40, bottomMargin=40, title="A story", lang="en")
    canvas = partial(MarkedCanvas, words=words_for("en"), root=root, stamp=STAMP)
    sheets.build(
        make(root),
        onFirstPage=_first_page,
        onLaterPages=lambda made, _sheets: made.folio(360, 20),
        canvasmaker=canvas,
    )
    return target.getvalue()


def _first_page(canvas: Any, _sheets: Any) -> None:
    _describe(canvas, "A story")
    canvas.folio(360, 20)


def _describe(canvas: Any, title: str) -> None:
    canvas.setTitle(title)
    canvas.setAuthor("Joonas Παπαδόπουλος")
    canvas.setSubject("8b & <more>")
    canvas.setCreator("Observe")
    canvas.setProducer("Observe")


def text(words: str, node: Node | None, style: str = "body") -> Text:
    """Return a paragraph of markup."""
    return Text(words, look.styles(1.0, 1.0)[style], node)


def write(canvas: MarkedCanvas, node: Node | None, x: float, y: float, words: str) -> None:
    """Write words as content of the node."""
    canvas.begin_mark(node)
    canvas.setFont(fonts.REGULAR, 10)
    canvas.drawString(x, y, words)
    canvas.end_mark()


def assert_passes(data: bytes, tmp_path: Path, archive: str = "2a") -> None:
    """Check the file as accessible (PDF/UA-1) and to be archived, and with qpdf where it is installed."""
    for profile in ("ua1", archive):
        report = page.validate_pdf_bytes(data, profile=profile, limits=page.SafetyLimits.unlimited())
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
        assert report.rules.passed == report.rules.total > 100
    if shutil.which("qpdf"):
        path = tmp_path / "checked.pdf"
        path.write_bytes(data)
        found = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)  # noqa: S607
        assert found.returncode == 0, found.stdout + found.stderr


def opened(data: bytes) -> Any:
    """Return the file as pypdf reads it; Any, because what lies in a file is known to who asks."""
    return pypdf.PdfReader(io.BytesIO(data))


def objects(data: bytes) -> Iterator[Any]:
    """Yield every object of the file, and what lies in them, once."""
    reader = opened(data)
    for number in range(1, int(reader.trailer["/Size"])):
        held: list[Any] = [reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))]
        while held:
            found: Any = held.pop()
            yield found
            if isinstance(found, dict):
                held += [dict.__getitem__(found, key) for key in found]  # not what it refers to
            elif isinstance(found, list):
                held += list(found)


def elements(data: bytes, role: str) -> list[Any]:
    """Return the structure elements of a role in reading order, as pypdf reads them."""
    out: list[Any] = []

    def visit(found: Any) -> None:
        held = found.get_object()
        if isinstance(held, dict):
            if held.get("/S") == f"/{role}":
                out.append(held)
            for kid in held.get("/K", []):
                visit(kid)

    visit(opened(data).trailer["/Root"]["/StructTreeRoot"]["/K"][0])
    return out

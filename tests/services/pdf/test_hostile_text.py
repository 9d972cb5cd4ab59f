"""Texts that broke PDF writers before, in every field of the feedback and of the blank form."""

from __future__ import annotations

import gc
import io
import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from observe_app.services.pdf.form_build import build_form
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.render import form_bytes
from observe_app.services.pdf.text import printed

from .fields import changed, flat, texts_of
from .form_samples import every_kind
from .reading import decoration, read
from .samples import sample_document, written

if TYPE_CHECKING:
    from observe_app.services.pdf.document import ReportDocument
    from observe_app.services.pdf.form_document import FormDocument

HOSTILE = {
    "markup": "<b>bold <i>crossed</b> over</i> <para> </para> <br/> <font size='40'>",
    "image": '<img src="/etc/passwd" width="9" height="9"/> <img src="https://example.org/a.png"/>',
    "link": '<a href="javascript:alert(1)">go</a> <a href="https://example.org">out</a> <a href="#c1">in</a>',
    "link_text": "https://example.org/?q=1 mailto:a@example.org file:///etc/passwd",
    "entities": "&amp; &lt;b&gt; &#0; &#x202e; &unknown; & &&",
    "controls": "a\x00b\x01c\x1b[31md\x7fe\x85f\x9fg",
    "marks": "z" + "\u0301\u0316" * 30 + "a" + "\u0338" * 60,
    "overrides": "\u202egnp.exe\u202c \u2066iso\u2069 \u200fmark\u200e",
    "zero_width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg",
    "surrogates": "lone \ud800 and \udfff here",
    "noncharacters": "\ufdd0\ufffe\uffff end",
    "operators": ") Tj ET Q q /F1 12 Tf (x) Tj % comment \\) \\( \\\\ endstream endobj",
    "actual": "/Span <</ActualText (x)>> BDC EMC שלום ) (",
    "braces": "{} {0} {name!r:>10} %s %(a)s %n $x ${y} {{}}",
    "emoji": "😀👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ⚽️",
    "from_right": "(שלום) [مُحَمَّد] 12:30 <b>ا</b>",
    "lines": "one\r\ntwo\rthree\u2028four\x0bfive\x0csix\n\n\n",
    "paths": "../../etc/passwd C:\\con\\nul | rm -rf ~ ; `id`",
}
CUT = ("timeline.", "date_label", "readers.0", "confidential_for")
"""Labels of a drawing, which has words of its own; what heads of pages repeat and cut; the teacher, named above."""
DECORATION = (".place", ".group")
"""Of a blank form: "Part 2 of 6", drawn beside a title; and what tells timers of one group from others."""


@cache
def feedback() -> ReportDocument:
    return replace(sample_document(), revision=2, status="released", scope="record", reply_form=True)


@cache
def blank() -> FormDocument:
    return build_form(every_kind(), language="en")


def numbered(hostile: str) -> Any:
    """Return a change that puts the hostile text behind a word that is each field's own."""
    seen: dict[str, str] = {}

    def change(path: str, text: str) -> str:
        return seen.setdefault(path, f"q{len(seen)}z {hostile}") if text else text

    return change


def assert_harmless(data: bytes) -> None:
    """No picture, nothing that opens, runs, sends or plays, no file but our own attachment."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    actions: set[str] = set()
    for number in range(1, reader.trailer["/Size"]):
        found = reader.get_object(number)
        if not hasattr(found, "get"):
            continue
        assert found.get("/Subtype") not in ("/Image", "/Movie", "/Sound", "/Screen", "/RichMedia", "/FileAttachment")
        assert "/JS" not in found
        assert "/AA" not in found
        if "/S" in found and found.get("/Type") in (None, "/Action"):
            actions.add(found["/S"])
        if isinstance(found.get("/A"), dict):
            actions.add(found["/A"].get("/S"))
    root = reader.trailer["/Root"]
    assert not actions & {"/URI", "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Named"}
    assert "/JavaScript" not in root.get("/Names", {})


def assert_told(document: Any, data: bytes) -> None:
    """Every text of the document can be read out of the file, as the filter leaves it; some in the foot of a page."""
    told = flat(read(data).text()) + flat(decoration(data))
    lost = [path for path, text in texts_of(document).items()
            if not all(flat(line) in told for line in printed(text, fonts.register()).split("\n"))
            and not path.startswith(CUT) and not path.endswith(DECORATION)]  # fmt: skip
    assert lost == []


@pytest.mark.parametrize("name", HOSTILE)
def test_the_feedback_says_it_all_and_does_nothing(name: str) -> None:
    document = changed(feedback(), numbered(HOSTILE[name]))

    data, result = written(document)

    assert not result.fallback
    assert_harmless(data)
    assert_told(document, data)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_blank_form_says_it_all_and_does_nothing(name: str) -> None:
    document = changed(blank(), numbered(HOSTILE[name]))

    data, result = form_bytes(document)

    assert not result.fallback
    assert_harmless(data)
    assert_told(document, data)


@pytest.mark.parametrize(
    ("text", "pages"),
    [("word " * 80_000, 60), ("x" * 100_000, 15), ("\n" * 100_000 + "end", 1), ("\x00" * 100_000 + "end", 1),
     ("a" + "\u0301" * 100_000, 1), ("a" + "\u0301\u0323" * 50_000, 1), ("שלום " * 20_000, 10), ("محمد" * 20_000, 5),
     ("a\u00a0" * 50_000, 10), ("<b>" * 30_000, 10), ("&" * 100_000, 10)],
    ids=["400 KB", "one word", "newlines", "NULs", "marks", "two kinds of marks", "Hebrew", "one Arabic word",
         "no-break spaces", "tags", "ampersands"],
)  # fmt: skip
def test_a_huge_text_is_set_whole_on_the_usual_pages(text: str, pages: int) -> None:
    document = replace(feedback(), conversation=text)

    data, result = written(document)

    assert not result.fallback
    assert pages <= result.pages < 200
    assert flat(printed(text, fonts.register())) in flat(read(data).text())


@pytest.mark.parametrize("unit", ["word ", "x", "שלום ", "x\u0302"], ids=["words", "one word", "Hebrew", "marks"])
def test_time_grows_as_the_text_does(unit: str) -> None:
    best: dict[int, float] = {}

    def measure(size: int) -> float:
        document = replace(feedback(), conversation=unit * (size // len(unit)))
        # The collector's time grows with all that the tests before left behind; it is no part of the question.
        gc.collect()
        runs = gc.isenabled()  # the window's tests may have taken it into their own hands
        gc.disable()
        begun = time.process_time()
        try:
            written(document)
            best[size] = min(best.get(size, float("inf")), time.process_time() - begun)
        finally:
            if runs:
                gc.enable()
        return best[size]

    def is_linear() -> bool:
        base, quarter, whole = (measure(size) for size in (10, 25_000, 100_000))
        # four times the text: quadratic would be sixteen times the time
        return whole - base < 8 * (quarter - base) + 0.1

    # The least of several runs counts: a busy computer makes any single one long, and none of a square law short.
    assert any(is_linear() for _run in range(6))

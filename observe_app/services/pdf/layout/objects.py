"""Objects of the file that are written as they stand, and what ReportLab writes wrongly, set right.

Nothing of ReportLab is changed for others: what is mended hangs on the one document that is being written.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFFormXObject, PDFObject, PDFStream

_PLAIN = re.compile(r"[ -~]*")
_MAPPED = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_BLOCK = 100
_EOL = b"\r\n"
"""Ends a stream: after a lone line feed, compressed data that ends in a carriage return would look one byte shorter."""
_END = b"endstream\n"


def text_string(text: str) -> str:
    """Return a text as the file holds it: readable where it is ASCII, UTF-16 otherwise."""
    if _PLAIN.fullmatch(text):
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


def name_of(text: str) -> str:
    """Return a text as a name object."""
    kept = (
        chr(byte) if 0x21 <= byte <= 0x7E and chr(byte) not in "%()<>{}[]/#" else f"#{byte:02X}"
        for byte in text.encode()
    )
    return "/" + "".join(kept)


class Raw(PDFObject):  # type: ignore[misc]  # ReportLab is untyped
    """An indirect object whose words are known."""

    __RefOnly__ = 1

    def __init__(self, body: str = "") -> None:
        """Hold the object as it stands in the file; ASCII only."""
        self.body = body

    def format(self, _document: Any) -> bytes:
        """Return the object."""
        return self.body.encode("ascii")


class Data(PDFObject):  # type: ignore[misc]
    """A stream. `entries` are its dictionary's other entries, as they stand in the file."""

    __RefOnly__ = 1

    def __init__(self, entries: str, content: bytes, *, packed: bool = True) -> None:
        """Hold the content, compressed unless `packed` is false."""
        self.content = zlib.compress(content, 9) if packed else content
        self.entries = entries + (" /Filter /FlateDecode" if packed else "")

    def format(self, _document: Any) -> bytes:
        """Return dictionary and stream."""
        head = f"<< {self.entries} /Length {len(self.content)} >>\nstream\n"
        return head.encode("ascii") + self.content + _EOL + _END


class Ended(PDFObject):  # type: ignore[misc]
    """A stream of ReportLab's with the end of line that belongs before its last word."""

    __RefOnly__ = 1

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def format(self, document: Any) -> bytes:
        """Return the stream as it should be."""
        made: bytes = self.stream.format(document)
        return made.removesuffix(_END) + _EOL + _END


def register(document: Any, made: Any) -> str:
    """Give the object a number and return the reference to it."""
    return reference(document, document.Reference(made).name)


def reference(document: Any, internal: str) -> str:
    """Return the reference to an object that ReportLab knows by this name."""
    number, version = document.idToObjectNumberAndVersion[internal]
    return f"{number} {version} R"


def allow(holder: Any, *keys: str) -> None:
    """Let a page or the catalog hold entries that ReportLab leaves out."""
    holder.__NoDefault__ = [*holder.__NoDefault__, *keys]


def finish_fonts(document: Any) -> None:
    """Write the fonts' objects, with maps to Unicode that name no U+0000 and know every plane."""
    for font in document.delayedFonts:
        font.addObjects(document)
    document.delayedFonts = []
    for name, held in document.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            held.content = _to_unicode(name.partition(":")[2], held.content)


def _to_unicode(name: str, written: str) -> str:
    pairs = [
        f"<{code}> <{chr(int(point, 16)).encode('utf-16-be', 'replace').hex().upper()}>"
        for code, point in _MAPPED.findall(written)
        if int(point, 16) >= ord(" ")
    ]
    blocks = [pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def end_streams(document: Any) -> None:
    """Have every stream of ReportLab's end in a line of its own; nothing may be added to the document after this."""
    for name, held in document.idToObject.items():
        if isinstance(held, PDFStream | PDFFormXObject):
            document.idToObject[name] = Ended(held)

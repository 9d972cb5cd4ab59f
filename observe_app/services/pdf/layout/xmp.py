"""What the file says of itself: the description that archives and screen readers read, and the colours' meaning."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from xml.sax.saxutils import escape

_NAMESPACES = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
)
_SCHEMA = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification'
    "</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    '<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of the standard"
    "</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)
"""Archive files must describe every property that their own standard does not know."""
_CURVE = 1024


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of the document. `moment` is ISO 8601; `part` is the part of PDF/A."""

    title: str
    author: str
    subject: str
    language: str
    creator: str
    producer: str
    moment: str
    part: int


def xmp(told: Description) -> bytes:
    """Return the description as XMP; it says the same as the file's older Info."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES[1:])
    parts = [
        "<pdfuaid:part>1</pdfuaid:part>",
        f"<pdfaid:part>{told.part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        f"<dc:title>{_in_any_language(told.title)}</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{escape(told.language)}</rdf:li></rdf:Bag></dc:language>",
        "<dc:format>application/pdf</dc:format>",
    ]
    if told.author:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(told.author)}</rdf:li></rdf:Seq></dc:creator>")
    if told.subject:
        parts.append(f"<dc:description>{_in_any_language(told.subject)}</dc:description>")
    parts.append(f"<xmp:CreateDate>{told.moment}</xmp:CreateDate><xmp:ModifyDate>{told.moment}</xmp:ModifyDate>")
    parts.append(f"<xmp:CreatorTool>{escape(told.creator)}</xmp:CreatorTool>")
    parts.append(f"<pdf:Producer>{escape(told.producer)}</pdf:Producer>")
    rdf = _NAMESPACES[0][1]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{rdf}"><rdf:Description rdf:about="" {spaces}>\n'
        + "\n".join((*parts, _SCHEMA))
        + '\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _in_any_language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def srgb() -> bytes:
    """Return an ICC profile (version 2) of sRGB, IEC 61966-2-1, primaries adapted to D50."""
    curve = (
        b"curv"
        + struct.pack(">II", 0, _CURVE)
        + b"".join(struct.pack(">H", round(_linear(step / (_CURVE - 1)) * 65535)) for step in range(_CURVE))
    )
    words = b"sRGB"
    described = b"desc" + struct.pack(">II", 0, len(words) + 1) + words + b"\0" + bytes(8 + 2 + 1 + 67)
    held = [
        (b"cprt", b"text" + bytes(4) + b"Public domain\0"),
        (b"desc", described),
        (b"wtpt", _point(0.9642, 1.0, 0.8249)),
        (b"rXYZ", _point(0.43607, 0.22249, 0.01392)),
        (b"gXYZ", _point(0.38515, 0.71687, 0.09708)),
        (b"bXYZ", _point(0.14307, 0.06061, 0.71410)),
        (b"rTRC", curve),
    ]
    start = 128 + 4 + 12 * (len(held) + 2)
    table, body = b"", b""
    for tag, data in held:
        table += struct.pack(">4sII", tag, start + len(body), len(data))
        if tag == b"rTRC":  # one curve for all three
            table += b"".join(struct.pack(">4sII", other, start + len(body), len(data)) for other in (b"gTRC", b"bTRC"))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4s8sI3i4s", start + len(body), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ",
        2000, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, bytes(4), bytes(4), bytes(8), 0, 63190, 65536, 54061, bytes(4),
    )  # fmt: skip
    return head.ljust(128, b"\0") + struct.pack(">I", len(held) + 2) + table + body


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _point(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))

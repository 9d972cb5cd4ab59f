"""The last step: all objects as one file, the small ones packed together and compressed.

A tagged record has tens of thousands of small objects. ReportLab would write each in the open, which makes the file
three times as large.
"""

from __future__ import annotations

import struct
from hashlib import md5
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import format as formatted

from observe_app.services.pdf.layout.objects import Data, Ended

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 200
"""Objects in one packet: viewers unpack a whole packet for one of them."""
_FREE, _PLAIN, _PACKED = 0, 1, 2


def packed(document: Any, pulse: Callable[[], None]) -> bytes:
    """Return the file of a document to which everything is written. `pulse` is called after each packet."""
    catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
    streams, others = _objects(document, pulse)
    out, places = [_HEAD], {0: (_FREE, 0, 65535)}
    at = len(_HEAD)
    count = len(streams) + len(others)
    for start in range(0, len(others), _TOGETHER):
        pulse()
        count += 1
        group = others[start : start + _TOGETHER]
        streams.append((count, _packet(group).format(document)))
        places |= {number: (_PACKED, count, index) for index, (number, _body) in enumerate(group)}
    for number, body in streams:
        places[number] = (_PLAIN, at, 0)
        out.append(b"%d 0 obj\n%sendobj\n" % (number, body))
        at += len(out[-1])
    count += 1
    places[count] = (_PLAIN, at, 0)
    root, about = (formatted(found, document).decode() for found in (catalog, info))
    identity = md5(b"".join(out), usedforsecurity=False).hexdigest()
    entries = f"/Type /XRef /Size {count + 1} /W [1 4 2] /Root {root} /Info {about} /ID [<{identity}> <{identity}>]"
    table = b"".join(struct.pack(">BIH", *places[number]) for number in range(count + 1))
    out.append(b"%d 0 obj\n%sendobj\nstartxref\n%d\n%%%%EOF\n" % (count, Data(entries, table).format(document), at))
    return b"".join(out)


def _objects(document: Any, pulse: Callable[[], None]) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
    """Return streams and other objects by number; what is written may name objects that are new."""
    streams: list[tuple[int, bytes]] = []
    others: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:
        held = document.idToObject[document.numberToId[number]]
        body = formatted(held, document, toplevel=1)
        (streams if isinstance(held, Data | Ended) else others).append((number, body))
        number += 1
        if not number % _TOGETHER:
            pulse()
    return streams, others


def _packet(group: list[tuple[int, bytes]]) -> Data:
    index, at = [], 0
    for number, body in group:
        index.append(f"{number} {at}")
        at += len(body) + 1
    first = " ".join(index).encode("ascii") + b"\n"
    content = first + b"\n".join(body for _number, body in group)
    return Data(f"/Type /ObjStm /N {len(group)} /First {len(first)}", content)

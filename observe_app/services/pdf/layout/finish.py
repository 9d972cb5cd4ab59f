"""Finishing a file: everything beside the pages' strokes is written here, in one fixed order."""

from __future__ import annotations

import zlib
from functools import cache
from hashlib import md5
from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.fields import Fields
from observe_app.services.pdf.layout.links import write_links, write_places
from observe_app.services.pdf.layout.objects import (
    Data,
    Raw,
    allow,
    end_streams,
    finish_fonts,
    name_of,
    reference,
    register,
    text_string,
)
from observe_app.services.pdf.layout.outline import write_outline
from observe_app.services.pdf.layout.xmp import Description, srgb, xmp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from observe_app.services.pdf.layout.annotations import Attachment, Carried
    from observe_app.services.pdf.layout.tagging import Tags

_FEW_PAGES = 4
"""Pages that are found without an outline beside them."""
_MEDIA = {"json": "application/json", "csv": "text/csv", "txt": "text/plain"}


def finish(document: Any, carried: Carried, tags: Tags, moment: datetime, pulse: Callable[[], None]) -> None:
    """Write tags, links, fields, outline, attachments and description of a document whose pages are all drawn.

    `pulse` is called now and then; what it raises ends the writing.
    """
    count = len(document.Pages.pages)
    pages = [reference(document, f"Page{number}") for number in range(1, count + 1)]
    catalog = document.Catalog
    allow(catalog, "AF", "OutputIntents")
    annotations = write_links(document, carried.links, carried.places, tags, pages)
    if carried.fields:
        writer = Fields(document, tags, pages)
        catalog.AcroForm = writer.write(carried.fields)
        annotations += writer.widgets
    names = [f"/Dests {write_places(document, carried.places, pages)}"] if carried.places else []
    if carried.attachments:
        names.append(f"/EmbeddedFiles {_attached(document, carried.attachments, moment)}")
    if names:
        catalog.Names = register(document, Raw(f"<< {' '.join(names)} >>"))
    catalog.Outlines = write_outline(document, carried.bookmarks, carried.places)
    if catalog.Outlines and count > _FEW_PAGES:
        catalog.PageMode = "/UseOutlines"
    catalog.StructTreeRoot = tags.write(document, pulse)
    catalog.MarkInfo = "<< /Marked true >>"
    catalog.ViewerPreferences = "<< /DisplayDocTitle true >>"
    catalog.Metadata = register(
        document, Data("/Type /Metadata /Subtype /XML", xmp(_description(document, carried, moment)), packed=False)
    )
    profile = register(document, Data("/N 3 /Filter /FlateDecode", _profile(), packed=False))
    catalog.OutputIntents = (
        "[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2-1) "
        f"/DestOutputProfile {profile} >>]"
    )
    finish_fonts(document)
    _pages(document, annotations, count)
    end_streams(document)


@cache
def _profile() -> bytes:
    """Return the profile of the colours, compressed once for all documents."""
    return zlib.compress(srgb(), 9)


def _pages(document: Any, annotations: Sequence[tuple[int, str]], count: int) -> None:
    of_page: dict[int, list[str]] = {}
    for page, own in annotations:
        of_page.setdefault(page, []).append(own)
    for number in range(1, count + 1):
        page = document.idToObject[f"Page{number}"]
        allow(page, "StructParents", "Tabs")
        page.StructParents, page.Tabs = number - 1, "/S"
        page.Annots = Raw(f"[{' '.join(of_page[number])}]") if number in of_page else None
        page.check_format(document)  # makes the stream, which is an object of its own
        page.Contents = document.Reference(page.Contents)


def _description(document: Any, carried: Carried, moment: datetime) -> Description:
    info = document.info
    return Description(
        title=info.title,
        author=info.author,
        subject=info.subject,
        language=document.Catalog.Lang.s,
        creator=info.creator,
        producer=info.producer,
        moment=moment.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        part=3 if carried.attachments else 2,
    )


def _attached(document: Any, attachments: Sequence[Attachment], moment: datetime) -> str:
    files: dict[str, str] = {}
    for held in attachments:
        media = name_of(_MEDIA.get(held.name.rpartition(".")[2].lower(), "application/octet-stream"))
        check = md5(held.data, usedforsecurity=False).hexdigest()
        when = moment.strftime("(D:%Y%m%d%H%M%S+00'00')")
        entries = (
            f"/Type /EmbeddedFile /Subtype {media} "
            f"/Params << /Size {len(held.data)} /ModDate {when} /CheckSum <{check}> >>"
        )
        stream = register(document, Data(entries, held.data))
        named = text_string(held.name)
        body = (
            f"<< /Type /Filespec /F {named} /UF {named} /Desc {text_string(held.description)} /AFRelationship /Data "
            f"/EF << /F {stream} /UF {stream} >> >>"
        )
        files[held.name] = register(document, Raw(body))
    document.Catalog.AF = f"[{' '.join(files.values())}]"
    rows = " ".join(f"{text_string(name)} {files[name]}" for name in sorted(files))
    return register(document, Raw(f"<< /Names [{rows}] >>"))

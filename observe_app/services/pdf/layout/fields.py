"""Fields to fill in: no frame, no ground, no length limit; what can be seen of them is drawn by the page.

They hold no script and no action. Values typed later are drawn by the viewer, with fonts of its own where the script
needs one: a file that told viewers to redraw every field (NeedAppearances) would be no archive file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.objects import Data, Raw, name_of, register, text_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.layout.annotations import Field, Option
    from observe_app.services.pdf.layout.tagging import Tags

_PRINTED = 4
_MULTILINE = 1 << 12
_RADIO = 1 << 15
_DEFAULT = "/Helv 9 Tf 0.133 0.188 0.247 rg"
_ARC = 0.5523
"""Handle length of a quarter circle drawn as one curve."""


class Fields:
    """Writes the fields of one document."""

    def __init__(self, document: Any, tags: Tags, pages: Sequence[str]) -> None:
        """Write into this document; `pages` are the references to its pages."""
        self._document, self._tags, self._pages = document, tags, pages
        self._tops: list[str] = []
        self.widgets: list[tuple[int, str]] = []

    def write(self, fields: Sequence[Field]) -> str:
        """Write the fields and return the reference to the form."""
        for field in fields:
            if field.kind == "choice":
                self._choice(field)
            else:
                self._single(field)
        font = register(
            self._document,
            Raw("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Name /Helv /Encoding /WinAnsiEncoding >>"),
        )
        body = f"<< /Fields [{' '.join(self._tops)}] /DA ({_DEFAULT}) /DR << /Font << /Helv {font} >> >> >>"
        return register(self._document, Raw(body))

    def _single(self, field: Field) -> None:
        option = field.options[0]
        made, own, start = self._widget(option, "", below=False)
        self._tops.append(own)
        named = f"/T {text_string(field.name)} /TU {text_string(field.tooltip)}"
        if field.kind == "tick":
            states = self._states(option, _tick(option))
            made.body = f"{start} {named} /FT /Btn /V /Off /AS /Off {states} /MK << /CA (4) >> >>"
            return
        flags = _MULTILINE if field.kind == "lines" else 0
        look = self._appearance(option, "/Tx BMC\nEMC")
        made.body = f"{start} {named} /FT /Tx /Ff {flags} /DA ({_DEFAULT}) /AP << /N {look} >> /MK << >> >>"

    def _choice(self, field: Field) -> None:
        parent = Raw()
        top = register(self._document, parent)
        self._tops.append(top)
        kids: list[str] = []
        for option in field.options:
            made, own, start = self._widget(option, top, below=True)
            states = self._states(option, _dot(option))
            made.body = f"{start} /TU {text_string(option.tooltip)} /AS /Off {states} /MK << /CA (l) >> >>"
            kids.append(own)
        parent.body = (
            f"<< /FT /Btn /Ff {_RADIO} /T {text_string(field.name)} /TU {text_string(field.tooltip)} /V /Off "
            f"/Kids [{' '.join(kids)}] >>"
        )

    def _widget(self, option: Option, parent: str, *, below: bool) -> tuple[Raw, str, str]:
        made = Raw()
        own = register(self._document, made)
        key = self._tags.annotate(option.node, "Form", option.page, own, below=below)
        self.widgets.append((option.page, own))
        rect = " ".join(f"{value:.2f}" for value in option.rect)
        held = f" /Parent {parent}" if parent else ""
        start = (
            f"<< /Type /Annot /Subtype /Widget /F {_PRINTED} /Rect [{rect}] /P {self._pages[option.page - 1]}{held} "
            f"/StructParent {key} /BS << /W 0 >>"
        )
        return made, own, start

    def _states(self, option: Option, strokes: str) -> str:
        on, off = self._appearance(option, strokes), self._appearance(option, "")
        return f"/AP << /N << {name_of(option.value)} {on} /Off {off} >> >>"

    def _appearance(self, option: Option, strokes: str) -> str:
        left, bottom, right, top = option.rect
        entries = (
            f"/Type /XObject /Subtype /Form /FormType 1 /BBox [0 0 {right - left:.2f} {top - bottom:.2f}] "
            "/Resources << >>"
        )
        return register(self._document, Data(entries, strokes.encode("ascii"), packed=False))


def _measures(option: Option) -> tuple[float, float, float]:
    """Return centre and half the smaller side of a box."""
    left, bottom, right, top = option.rect
    return (right - left) / 2, (top - bottom) / 2, min(right - left, top - bottom) / 2


def _dot(option: Option) -> str:
    x, y, half = _measures(option)
    radius = half * 0.55
    arc = radius * _ARC
    return (
        f"q 0.043 0.361 0.4 rg {x + radius:.2f} {y:.2f} m "
        f"{x + radius:.2f} {y + arc:.2f} {x + arc:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c "
        f"{x - arc:.2f} {y + radius:.2f} {x - radius:.2f} {y + arc:.2f} {x - radius:.2f} {y:.2f} c "
        f"{x - radius:.2f} {y - arc:.2f} {x - arc:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c "
        f"{x + arc:.2f} {y - radius:.2f} {x + radius:.2f} {y - arc:.2f} {x + radius:.2f} {y:.2f} c f Q"
    )


def _tick(option: Option) -> str:
    x, y, half = _measures(option)
    return (
        f"q 0.043 0.361 0.4 RG {half * 0.3:.2f} w 1 J 1 j {x - half * 0.55:.2f} {y:.2f} m "
        f"{x - half * 0.12:.2f} {y - half * 0.45:.2f} l {x + half * 0.6:.2f} {y + half * 0.5:.2f} l S Q"
    )

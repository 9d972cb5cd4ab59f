"""The page that stands alone: who and when, focus, figures, claims, action steps, the lesson in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.band import band
from observe_app.services.pdf.layout.chart import Chart
from observe_app.services.pdf.layout.claims import claims
from observe_app.services.pdf.layout.figures import figures
from observe_app.services.pdf.layout.flowables import Drawn, Panel, Together
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, space
from observe_app.services.pdf.layout.revision import revision
from observe_app.services.pdf.layout.steps import steps
from observe_app.services.pdf.words import capitals

if TYPE_CHECKING:
    from observe_app.services.pdf.layout.pieces import Kit


def page_one(kit: Kit) -> list[Any]:
    """Return the story of page one."""
    story = band(kit)
    story += revision(kit)
    story += _focus(kit)
    story += figures(kit)
    story += claims(kit)
    story += steps(kit)
    story += _in_time(kit)
    if kit.document.empty:
        story += _nothing(kit)
    return story


def _focus(kit: Kit) -> list[Any]:
    document, air = kit.document, kit.sheet.air
    if not document.focus.strip() and not document.looking_for.strip():
        return []
    section = kit.root.add("Sect")
    children: list[Any] = [
        kit.headed(capitals(kit.words.focus), section, "focus", style="eyebrow", title=kit.words.focus)
    ]
    if document.focus.strip():
        # a focus of several sentences is read like a text, a short one like a title
        style = "focus" if len(document.focus) <= _SHORT_FOCUS else "focus_long"
        children += [space(2), *kit.title(document.focus, style, section, "P")]
    signs = kit.ink.paragraphs(document.looking_for)
    if signs:
        children.append(space(3))
        words = f"<b>{escape(kit.words.looking_for)}</b> "
        # signs that were written as a list read as one line with dots between
        joined = " · ".join(sign_.strip(" -•·") for sign_ in signs)
        if len(joined) <= CELL_LIMIT:
            children.append(kit.marked(words + escape(joined), "looking", section.add("P")))
        else:
            children.append(kit.marked(words, "looking", section.add("P")))
            children += kit.paragraphs(document.looking_for, "looking", section)
    panel = Panel(
        children, padding=(4 + 6 * air, 14, 5 + 6 * air, 16), fill=look.ACCENT_TINT, bar=look.ACCENT, radius=3
    )
    return [panel, space(kit.sheet.gap)]


_SHORT_FOCUS = 90
"""Characters of a focus that stands in large type: one line, at most two."""


def _in_time(kit: Kit) -> list[Any]:
    timeline = kit.document.timeline
    if timeline is None:
        return []
    section, air = kit.root.add("Sect"), kit.sheet.air
    heading = kit.headed(kit.words.in_time, section, "time")
    caption = kit.text(timeline.caption, "small", section.add("P"))
    chart = Chart(timeline, kit.words, kit.ink, kit.sheet.column, air)
    figure = section.add("Figure", alt=kit.ink.line(timeline.summary))
    drawn = Drawn(chart.width, chart.height, chart.paint, figure)
    return [Together([heading, caption, space(3 + 3 * air), drawn, space(3 * air)])]


def _nothing(kit: Kit) -> list[Any]:
    """The truthful page of a visit that left nothing to show."""
    section = kit.root.add("Sect")
    kept = kit.document.notes_kept
    words = kit.words
    text = words.no_notes if not kept else words.notes_only_one if kept == 1 else words.notes_only.format(n=kept)
    return [space(6), kit.text(text, "body", section.add("P"))]

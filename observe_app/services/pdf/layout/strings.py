"""Single strings drawn at a point: labels, heads and feet, in whatever script they are written."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from observe_app.services.pdf.layout import fonts, lines
from observe_app.services.pdf.layout.markup import Look

_ENDLESS = float("inf")


class StringCanvas(Canvas):  # type: ignore[misc]  # ReportLab is untyped
    """A canvas whose `drawString` takes companion faces where the current one lacks a letter, and runs both ways."""

    def begin_actual(self, text: str, within: Any = None) -> None:
        """Begin strokes that stand for `text`."""

    def end_actual(self, within: Any = None) -> None:
        """End the strokes begun with `begin_actual`."""

    def drawString(self, x: float, y: float, text: str, *args: Any, **rest: Any) -> None:  # noqa: N802  (ReportLab's)
        """Draw the text from x to the right."""
        if fonts.coverage().plain.issuperset(text):
            super().drawString(x, y, text, *args, **rest)
        else:
            self._draw_mixed(x, y, text, 0.0)

    def drawRightString(self, x: float, y: float, text: str, *args: Any, **rest: Any) -> None:  # noqa: N802  (the same)
        """Draw the text so that it ends at x."""
        if fonts.coverage().plain.issuperset(text):
            super().drawRightString(x, y, text, *args, **rest)
        else:
            self._draw_mixed(x, y, text, 1.0)

    def drawCentredString(self, x: float, y: float, text: str, *args: Any, **rest: Any) -> None:  # noqa: N802  (the same)
        """Draw the text with its middle at x."""
        if fonts.coverage().plain.issuperset(text):
            super().drawCentredString(x, y, text, *args, **rest)
        else:
            self._draw_mixed(x, y, text, 0.5)

    def _draw_mixed(self, x: float, y: float, text: str, share: float) -> None:
        """Draw a text of several faces or directions; `share` of its width lies left of x."""
        words, level = lines.words_of([(text, Look(self._fontname, self._fontsize, None))])
        for line in lines.broken(words, _ENDLESS, _ENDLESS):
            made = self.beginText(x, y)
            left = x - line.width * share
            for segment in lines.segments(line, level):
                made.setTextOrigin(left + segment.x, y)
                made.setFont(segment.look.face, segment.look.size)
                if segment.text is not None:
                    self.begin_actual(segment.text, made)
                made.textOut(segment.shown)
                if segment.text is not None:
                    self.end_actual(made)
            self.drawText(made)

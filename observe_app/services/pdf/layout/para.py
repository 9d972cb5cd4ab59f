"""Text on a page: a paragraph that is a leaf of the structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import Paragraph

if TYPE_CHECKING:
    from observe_app.services.pdf.layout.canvas import MarkedCanvas
    from observe_app.services.pdf.structure import Node


class Text(Paragraph):  # type: ignore[misc]  # ReportLab is untyped
    """A paragraph that is a leaf of the structure; its parts stay the same leaf when it splits.

    Tables and panels ask for its height several times: the answer is kept for the last width.
    """

    def __init__(self, text: str | None, style: Any = None, node: Node | None = None, **rest: Any) -> None:
        """Set `text` (escaped markup of our own making) as `node`; None reads it as decoration."""
        super().__init__(text, style, **rest)
        self.node = node
        self._wrapped_at: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the text into lines of this width, once."""
        if self._wrapped_at != width or not hasattr(self, "blPara"):
            super().wrap(width, height)
            self._wrapped_at = width
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Part it at a line; both parts belong to the same leaf."""
        self.wrap(width, height)
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.node = self.node
        return parts

    def draw(self) -> None:
        """Draw the lines as content of the leaf, with a space where a line was broken."""
        self._spaces_at_line_ends()
        canvas: MarkedCanvas = self.canv
        canvas.begin_mark(self.node)
        super().draw()
        canvas.end_mark()

    def _spaces_at_line_ends(self) -> None:
        # without them a reader that joins the lines runs two words together
        lines = self.blPara.lines
        for line in lines if getattr(self, "_splitpara", 0) else lines[:-1]:
            if self.blPara.kind == 0:
                if line[1] and line[1][-1] != "":
                    line[1].append("")
            elif line.words and not line.lineBreak and not line.words[-1].text.endswith(" "):
                line.words[-1].text += " "

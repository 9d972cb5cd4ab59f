"""Room for the teacher's reply: to each claim, on the whole, and who else may read it; on paper as in a viewer.

Frames, circles and lines are drawn on the page, so that a pen serves as well; empty fields lie over them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import CLAIM_SIGN, ENDLESS, Together, claim_sign
from observe_app.services.pdf.layout.pieces import shortened, space

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Claim, ReportDocument
    from observe_app.services.pdf.layout.para import Text
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

ATTACHMENT = "observe-reply.json"
_LABEL = 164.0
"""Width of what stands left of the circles and boxes."""
_STANCES = (38.0, 38.0, 64.0)
"""Widths of the columns of circles."""
_CIRCLE = 5.0
_TITLE = 150
"""Characters of a claim's title that are repeated here; it stands in full where the claim does."""
_LOOSEST = 0.6
_ON_ONE_PAGE = 14
"""Claims whose replies stay on one page."""
STANCES = ("agree", "partly", "different")


def reply_form(kit: Kit) -> list[Any]:
    """Return the form; nothing where nobody is asked, as in a draft."""
    document = kit.document
    if not document.reply_form or document.draft:
        return []
    section = kit.root.add("Sect")
    head: list[Any] = [
        kit.headed(kit.words.reply, section, "reply"),
        kit.text(f"{kit.words.reply_hint} {_send(kit)}", "small", section.add("P")),
    ]
    rows: list[Any] = []
    claims = document.claims
    if claims:
        heads = _Heads(kit, section, stances=any(not _is_question(document, one) for one in claims))
        listing = section.add("L")
        rows = [_Row(kit, claim, number, listing.add("LI")) for number, claim in enumerate(claims, start=1)]
        head += [space(2 + 2 * _air(kit)), heads]
    end = _End(kit, section)
    if len(rows) <= _ON_ONE_PAGE:
        # one page to hand over, with what the circles mean above them
        return [Together([*head, *(rows or [space(4)]), end])]
    return [Together([*head, rows[0]]), *rows[1:], end]


def _air(kit: Kit) -> float:
    """Return how loose the rows are: never wide apart, so that the form stays on a page that has other things too."""
    return min(kit.sheet.air, _LOOSEST)


def _send(kit: Kit) -> str:
    observer = kit.ink.line(kit.document.observer)
    words = kit.words
    return words.reply_send.format(name=shortened(observer, 60)) if observer else words.reply_send_unnamed


def attachment(document: ReportDocument) -> bytes:
    """Return what tells a reader of the filled file which visit, revision and claims it answers."""
    told = {
        "format": "observe-reply",
        "version": 1,
        "visit": document.visit_id,
        "release": document.release_id,
        "revision": document.revision,
        "school": document.school,
        "teacher": document.teacher,
        "date": document.date_label,
        "claims": [claim.id for claim in document.claims],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _is_question(document: ReportDocument, claim: Claim) -> bool:
    return any(claim is one for one in document.questions)


def _frame(canvas: Any, x: float, y: float, width: float, height: float) -> None:
    canvas.setStrokeColor(look.MUTED)
    canvas.setLineWidth(0.7)
    canvas.roundRect(x, y, width, height, 2.2, stroke=1, fill=0)


def _inside(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return x + 1.5, y + 1.5, width - 3, height - 3


class _Heads(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """What the columns of circles and words are."""

    keepWithNext = 1  # noqa: N815  (ReportLab's name)

    def __init__(self, kit: Kit, section: Node, *, stances: bool) -> None:
        super().__init__()
        words = kit.words
        labels = (words.stance_agree, words.stance_partly, words.stance_different) if stances else ()
        self.kit = kit
        self.stances = [kit.text(label[:1].upper() + label[1:], "stance", section.add("P")) for label in labels]
        self.words = kit.text(words.reply_words, "th", section.add("P"))

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        parts = [*zip(self.stances, _STANCES, strict=False), (self.words, width - _words_at())]
        self.height = max(part.wrapOn(self.canv, wide, ENDLESS)[1] for part, wide in parts) + 2
        return self.width, self.height

    def draw(self) -> None:
        x = _LABEL
        for part, wide in zip(self.stances, _STANCES, strict=False):
            part.wrapOn(self.canv, wide, ENDLESS)
            part.drawOn(self.canv, x, 2)
            x += wide
        self.words.wrapOn(self.canv, self.width - _words_at(), ENDLESS)
        self.words.drawOn(self.canv, _words_at(), 2)


def _words_at() -> float:
    """Return where the boxes for words begin."""
    return _LABEL + sum(_STANCES) + 6


class _Row(Flowable):  # type: ignore[misc]
    """One claim: its number and title, three circles, a box. A question has the box alone, and a wider one."""

    def __init__(self, kit: Kit, claim: Claim, number: int, item: Node) -> None:
        super().__init__()
        self.kit, self.number = kit, number
        self.question = _is_question(kit.document, claim)
        self.label = item.add("Lbl")
        body = item.add("LBody")
        found = kit.ink.line(claim.title) or kit.ink.line(claim.text)
        title = shortened(found, _TITLE) or kit.words.claim_sign.format(number=number)
        self.title = kit.text(title, "label", body.add("P"))
        self.tip = shortened(found, 80) or "–"
        self.stance = body.add("Div")
        self.words = body.add("Form")

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.box = 16 + 8 * _air(self.kit)
        high = self.title.wrapOn(self.canv, _LABEL - 26, ENDLESS)[1]
        self.height = max(self.box, high) + 2.5 + 2.5 * _air(self.kit)
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        top = self.height
        high = self.title.wrapOn(canvas, _LABEL - 26, ENDLESS)[1]
        canvas.begin_mark(self.label)
        claim_sign(canvas, 0, top - max((self.box - CLAIM_SIGN) / 2, 0) - CLAIM_SIGN, self.number)
        canvas.end_mark()
        self.title.drawOn(canvas, 17, top - max((self.box - high) / 2, 0) - high)
        if not self.question:
            self._circles(top - self.box / 2)
        left = _LABEL if self.question else _words_at()
        canvas.saveState()
        _frame(canvas, left, top - self.box, self.width - left, self.box)
        canvas.restoreState()
        words = self.kit.words
        pattern = words.tip_question if self.question else words.tip_words
        tip = pattern.format(number=self.number, title=self.tip)
        inside = _inside(left, top - self.box, self.width - left, self.box)
        canvas.text_field(f"words_{self.number}", inside, self.words, tip, lines=True)

    def _circles(self, y: float) -> None:
        canvas, words = self.canv, self.kit.words
        canvas.saveState()
        canvas.setStrokeColor(look.MUTED)
        canvas.setLineWidth(0.9)
        options = []
        labels = (words.stance_agree, words.stance_partly, words.stance_different)
        left = _LABEL
        for value, label, wide in zip(STANCES, labels, _STANCES, strict=True):
            x = left + wide / 2
            left += wide
            canvas.circle(x, y, _CIRCLE, stroke=1, fill=0)
            options.append((value, (x - _CIRCLE, y - _CIRCLE, 2 * _CIRCLE, 2 * _CIRCLE), label))
        canvas.restoreState()
        tip = words.tip_stance.format(number=self.number, title=self.tip)
        canvas.choice_field(f"stance_{self.number}", options, self.stance, tip)


class _End(Flowable):  # type: ignore[misc]
    """The rest of the form, never parted: words on the whole, chosen step, readers, receipt, name and date.

    The box for the whole takes what the page still has, between the least and the most that a reply needs.
    """

    _LEAST, _MOST = 34.0, 150.0

    def __init__(self, kit: Kit, section: Node) -> None:
        super().__init__()
        self.kit = kit
        words = kit.words
        self.spaceBefore = 2 + 3 * _air(kit)
        self.overall = self._labelled(section, words.reply_all)
        self.step = self._labelled(section, words.reply_chosen)
        self.readers = self._labelled(section, words.reply_readers)
        self.received = section.add("Form"), kit.text(words.reply_tick, "label", section.add("P"))
        self.name, self.day = self._labelled(section, words.reply_name), self._labelled(section, words.reply_date)

    def _labelled(self, section: Node, label: str) -> tuple[Text, Node]:
        group = section.add("Div")
        return self.kit.text(label, "cell_strong_label", group.add("P")), group.add("Form")

    def _heights(self) -> tuple[float, float]:
        """Return the height of a row, and that of all below the box for the whole, with the air between."""
        row = 16 + 4 * _air(self.kit)
        tall = max(part.wrapOn(self.canv, _LABEL - 12, ENDLESS)[1] for part in (self.step[0], self.readers[0])) + 2
        row = max(row, tall)
        last = max(self.received[1].wrapOn(self.canv, _LABEL - 30, ENDLESS)[1], 18.0)
        return row, 2 * (row + self._gap) + last + 2

    @property
    def _gap(self) -> float:
        return 2.5 + 2.5 * _air(self.kit)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        _row, below = self._heights()
        least = self._LEAST - 12 * (1 - _air(self.kit))
        room = height - below - self._gap - 2 if height < ENDLESS else 0
        self.box = min(self._MOST, max(least, room))
        self.height = self.box + self._gap + below
        return self.width, self.height

    def split(self, _width: float, _height: float) -> list[Any]:
        return []

    def draw(self) -> None:
        canvas, words = self.canv, self.kit.words
        canvas.attach(ATTACHMENT, attachment(self.kit.document), words.attachment)
        row, _below = self._heights()
        gap = self._gap
        y = self._boxed("overall", self.overall, self.height, self.box, words.tip_overall, lines=True) - gap
        y = self._boxed("step", self.step, y, row, words.tip_step) - gap
        y = self._boxed("readers", self.readers, y, row, words.tip_readers) - gap
        self._tick(y)
        self._signed(y)

    def _boxed(
        self, name: str, part: tuple[Text, Node], top: float, box: float, tip: str, *, lines: bool = False
    ) -> float:
        """Draw a label and the box right of it, and return where the box ends."""
        canvas = self.canv
        text, node = part
        high = text.wrapOn(canvas, _LABEL - 12, ENDLESS)[1]
        text.drawOn(canvas, 0, top - min((box - high) / 2, 6) - high)
        canvas.saveState()
        _frame(canvas, _LABEL, top - box, self.width - _LABEL, box)
        canvas.restoreState()
        canvas.text_field(name, _inside(_LABEL, top - box, self.width - _LABEL, box), node, tip, lines=lines)
        return top - box

    def _tick(self, top: float) -> None:
        canvas = self.canv
        node, text = self.received
        canvas.saveState()
        canvas.setStrokeColor(look.MUTED)
        canvas.setLineWidth(0.8)
        canvas.rect(0.4, top - 13.4, 12, 12, stroke=1, fill=0)
        canvas.restoreState()
        canvas.tick_field("received", (0.4, top - 13.4, 12, 12), node, self.kit.words.tip_received)
        high = text.wrapOn(canvas, _LABEL - 30, ENDLESS)[1]
        text.drawOn(canvas, 18, top - 1 - high)

    def _signed(self, top: float) -> None:
        canvas, words = self.canv, self.kit.words
        name_text, name = self.name
        day_text, day = self.day
        bottom = top - 18
        wide = self.width - _LABEL
        day_at = _LABEL + wide * 0.62
        for text, x, end, field, node, tip in (
            (name_text, _LABEL, day_at - 12, "name", name, words.tip_name),
            (day_text, day_at, self.width, "day", day, words.tip_day),
        ):
            label = min(text.minWidth() + 6, (end - x) / 2)
            text.wrapOn(canvas, label, ENDLESS)
            text.drawOn(canvas, x, bottom + 2.5)
            canvas.saveState()
            canvas.setStrokeColor(look.MUTED)
            canvas.setLineWidth(0.7)
            canvas.line(x + label, bottom + 2, end, bottom + 2)
            canvas.restoreState()
            canvas.text_field(field, (x + label, bottom + 2.6, end - x - label, 14), node, tip)

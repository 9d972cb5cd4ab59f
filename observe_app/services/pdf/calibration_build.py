"""From how far two observers agree to its pages as data: counts first, then figures with their spread, then the places.

The pages are about the observers; the teacher whose lesson it was is not named on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.agreement import Weights
from observe_app.domain.compare.agree_view import OffsetBy
from observe_app.services.compare.agree_words import band, left_out, number, spread
from observe_app.services.pdf.dates import clock, day, local
from observe_app.services.pdf.term_build import Speaks, speaks
from observe_app.services.pdf.term_document import (
    Bullets,
    CompareDocument,
    Facts,
    Head,
    Heading,
    Prose,
    Strips,
    TextCell,
    TextTable,
)
from observe_app.services.pdf.term_words import agree_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.compare.agree_view import (
        AgreementView,
        CodeAgreement,
        Difference,
        MomentAgreement,
        Party,
        RatedAgreement,
        SheetAgreement,
        StateAgreement,
    )
    from observe_app.services.pdf.term_document import Part

_MINUTE_S = 60


def build_calibration(view: AgreementView, facts: Facts, *, own_of: str = "") -> CompareDocument:
    """Return the pages of two observers of one lesson.

    Args:
        view: what was compared of what may be told.
        facts: what the settings say.
        own_of: name of the observer whose visit is in it without being released, and who alone reads it; "" for none.
    """
    return CompareDocument("calibration", *_Maker(view, facts, own_of).made(), facts)


class _Maker:
    def __init__(self, view: AgreementView, facts: Facts, own_of: str) -> None:
        self.view, self.facts, self.own_of = view, facts, own_of
        self.said: Speaks = speaks(facts.language)
        self.own = self.said.own
        self.words = agree_words(facts.language)
        self.names = (view.a.observer or self.own.whoever, view.b.observer or self.own.whoever)

    def made(self) -> tuple[Head, tuple[Part, ...]]:
        return self._head(), tuple(self._parts())

    def _head(self) -> Head:
        own, view = self.own, self.view
        title = own.calibration_title.format(first=self.names[0], second=self.names[1])
        lesson = " · ".join(filter(None, (view.a.class_name or view.b.class_name, view.a.subject or view.b.subject)))
        dates = list(dict.fromkeys(filter(None, (self._date(view.a), self._date(view.b)))))
        forms = list(dict.fromkeys(filter(None, (view.a.form_title, view.b.form_title))))
        first = " · ".join(filter(None, (lesson, ", ".join(dates))))
        whom = own.confidential.format(name=self.own_of) if self.own_of else own.confidential_many
        return Head(
            kind=own.kind_calibration,
            title=title,
            lines=tuple(filter(None, (first, " · ".join(filter(None, (", ".join(forms), self.facts.school)))))),
            confidential=whom,
            running=own.running_calibration.format(name=lesson or title),
            name=own.name_calibration.format(first=self.names[0], second=self.names[1], lesson=first or own.no_dates),
        )

    def _date(self, party: Party) -> str:
        return day(local(party.start, party.zone), self.said.pages) if party.start is not None else ""

    def _parts(self) -> Iterator[Part]:
        view, own = self.view, self.own
        yield Prose(own.calibration_reading)
        if self.own_of:
            yield Prose(own.own_too.format(name=self.own_of), small=True)
        yield Prose(self._clocks(), small=True)
        if not (view.sheets or view.ratings or view.answers or view.moments or view.states):
            yield Prose(own.calibration_none)
        still = {sheet.item: sheet for sheet in view.at_zero}
        for sheet in view.sheets:
            yield from self._sheet(sheet, still.get(sheet.item))
        if view.sheets:
            yield Prose(own.coefficients, small=True)
        yield from self._ratings()
        yield from self._answers()
        yield from self._moments()
        yield from self._states()
        yield from self._differences()
        if view.left_out:
            yield Heading(own.not_compared)
            told = (left_out(one.why, one.label, one.code, one.count, self.words) for one in view.left_out)
            yield Bullets(tuple(f"{line}." for line in dict.fromkeys(told)))

    def _clocks(self) -> str:
        own, offset = self.own, self.view.offset
        if not offset.ms:
            return own.offset_none
        text = own.offset_found if offset.by is OffsetBy.FOUND else own.offset_given
        moved = f"{offset.ms / 1000:+.1f}".replace(".", self.words.point).replace("-", "\u2212")
        return text.format(second=self.names[1], offset=moved, votes=offset.votes, of=offset.of)

    # --- sheets

    def _sheet(self, sheet: SheetAgreement, still: SheetAgreement | None) -> Iterator[Part]:
        own = self.own
        yield Heading(sheet.label)
        coded = own.both_coded.format(n=sheet.n, length=self._length(sheet.seconds), of=sheet.intervals)
        yield Prose(f"{coded} {own.merged}" if sheet.derived else coded)
        if still is not None and self.view.offset.ms:
            share, kappa = self._share(still.pooled), number(still.pooled.kappa, self.words)
            yield Prose(own.zero_line.format(share=share, kappa=kappa), small=True)
        seen = [code for code in sheet.codes if code.seen]
        if not seen:
            return
        yield Prose(own.strips_hint.format(first=self.names[0], second=self.names[1]), small=True)
        yield Strips(sheet, self.names)
        yield self._codes(sheet, seen)

    def _length(self, seconds: int) -> str:
        if seconds % _MINUTE_S:
            return self.said.charts.seconds.format(n=seconds)
        return self.own.minutes.format(n=seconds // _MINUTE_S)

    def _codes(self, sheet: SheetAgreement, seen: list[CodeAgreement]) -> TextTable:
        own = self.own
        only = [own.only_ticked.format(name=name) for name in self.names]
        heads = (own.code, own.both_ticked, *only, own.neither_ticked, own.the_same, own.kappa, own.between, own.ac1)
        rows = [self._code(one, self._code_name(one)) for one in seen]
        rows.append(tuple(TextCell(cell.text, "strong") for cell in self._code(sheet.pooled, own.pooled)))
        return TextTable(heads, tuple(rows), (0.25, 0.07, 0.1, 0.1, 0.08, 0.09, 0.13, 0.11, 0.07))

    def _code_name(self, one: CodeAgreement) -> str:
        return f"{one.short}, {one.label}" if one.short and one.short != one.label else one.label

    def _code(self, one: CodeAgreement, name: str) -> tuple[TextCell, ...]:
        counts = one.counts
        counted = (counts.both, counts.only_a, counts.only_b, counts.neither)
        kappa = number(one.kappa, self.words)
        told = ", ".join(filter(None, (kappa, band(one.band, self.words))))
        return (
            TextCell(name),
            *(TextCell(str(count)) for count in counted),
            TextCell(self._share(one)),
            TextCell(told, "" if one.kappa.defined else "muted"),
            TextCell(spread(one.spread, self.words), "" if one.spread.low is not None else "muted"),
            TextCell(number(one.ac1, self.words), "" if one.ac1.defined else "muted"),
        )

    def _share(self, one: CodeAgreement) -> str:
        counts = one.counts
        return self.own.of.format(n=counts.both + counts.neither, of=counts.n)

    # --- the rest

    def _ratings(self) -> Iterator[Part]:
        own, view = self.own, self.view
        rated = [*view.ratings, *(sheet.levels for sheet in view.sheets if sheet.levels is not None)]
        if not rated:
            return
        yield Heading(own.ratings)
        heads = (own.rated, own.rated_both, own.same_level, own.next_level, own.weighted, own.between)
        yield TextTable(heads, tuple(self._rated(one) for one in rated), (0.28, 0.12, 0.12, 0.12, 0.22, 0.14))

    def _rated(self, one: RatedAgreement) -> tuple[TextCell, ...]:
        own = self.own
        figure = one.quadratic if one.weights is Weights.QUADRATIC else one.linear
        kind = own.weights_quadratic if one.weights is Weights.QUADRATIC else own.weights_linear
        told = ", ".join(
            filter(None, (kind.format(figure=number(figure, self.words)), band(one.band, self.words)))
        ) if figure.defined else number(figure, self.words)  # fmt: skip
        steps = {level: at for at, (level, _word) in enumerate(one.levels)}
        same = sum(a == b for _key, a, b in one.pairs)
        close = sum(abs(steps.get(a, a) - steps.get(b, b)) <= 1 for _key, a, b in one.pairs)
        return (
            TextCell(one.label),
            TextCell(str(one.n)),
            TextCell(own.of.format(n=same, of=one.n)),
            TextCell(own.of.format(n=close, of=one.n)),
            TextCell(told, "" if figure.defined else "muted"),
            TextCell(spread(one.spread, self.words), "" if one.spread.low is not None else "muted"),
        )

    def _answers(self) -> Iterator[Part]:
        own = self.own
        if not self.view.answers:
            return
        yield Heading(own.answers)
        said = {True: TextCell(own.is_same, "muted"), False: TextCell(own.is_other, "strong")}
        rows = tuple(
            (TextCell(label), TextCell(a), TextCell(b), said[same]) for _item, label, a, b, same in self.view.answers
        )
        yield TextTable((own.item, *self.names, own.the_same), rows, (0.4, 0.2, 0.2, 0.2))

    def _moments(self) -> Iterator[Part]:
        own, view = self.own, self.view
        if not view.moments:
            return
        yield Heading(own.moments)
        seconds = f"{view.tolerance_ms / 1000:g}".replace(".", self.words.point)
        yield Prose(own.matched_hint.format(seconds=seconds), small=True)
        only = [own.only_ticked.format(name=name) for name in self.names]
        heads = (own.moment, own.matched, *only, own.the_same)
        yield TextTable(heads, tuple(map(self._moment, view.moments)), (0.4, 0.12, 0.16, 0.16, 0.16))

    def _moment(self, one: MomentAgreement) -> tuple[TextCell, ...]:
        label = f"{one.label}: {one.part}" if one.part and one.part not in one.label else one.label
        whole = one.matched + one.only_a + one.only_b
        counted = (one.matched, one.only_a, one.only_b)
        share = self.own.of.format(n=one.matched, of=whole)
        return (TextCell(label), *(TextCell(str(count)) for count in counted), TextCell(share))

    def _states(self) -> Iterator[Part]:
        own, view = self.own, self.view
        if not view.states:
            return
        yield Heading(own.states)
        only = [own.only_ticked.format(name=name) for name in self.names]
        heads = (own.moment, own.state_both, *only, own.neither_ticked, own.kappa)
        yield TextTable(heads, tuple(map(self._state, view.states)), (0.34, 0.12, 0.14, 0.14, 0.12, 0.14))

    def _state(self, one: StateAgreement) -> tuple[TextCell, ...]:
        counts = one.counts
        times = (counts.both, counts.only_a, counts.only_b, counts.neither)
        kappa = ", ".join(filter(None, (number(one.kappa, self.words), band(one.band, self.words))))
        return (TextCell(one.label), *(TextCell(clock(ms)) for ms in times), TextCell(kappa))

    def _differences(self) -> Iterator[Part]:
        own, found = self.own, self.view.differences
        yield Heading(own.apart)
        if not found:
            yield Prose(own.apart_none)
            return
        yield Prose(own.many(own.apart_one, own.apart_many, len(found)), small=True)
        yield Bullets(tuple(self._sentence(one) for one in found))

    def _sentence(self, one: Difference) -> str:
        text = one.text or one.label
        return text if text.endswith(".") else f"{text}."

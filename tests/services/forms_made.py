"""Forms for tests: strategies for any valid form."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from observe_app.domain.answer import Absence
from observe_app.domain.form import (
    EVENT_KINDS,
    OTHER,
    Category,
    Code,
    Condition,
    ConditionTest,
    Form,
    FormUse,
    Item,
    ItemKind,
    Level,
    Option,
    Scale,
    Section,
    Side,
    Texts,
    WaitAfter,
)
from observe_app.services.forms.limits import MAX_LABEL

LANGUAGES = ("de", "fr", "pt-BR", "zh-Hant")

_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_characters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters=_BIDI_CONTROLS + "\ufeff\ufffe\uffff",
)

# One text in two is made of what TOML itself is written with. "x" stands for a text of nothing but spaces.
lines = (st.text(_characters, max_size=20) | st.text("\"'\\#=[]{}., a1\u200f", max_size=20)).map(
    lambda words: words.strip() or "x"
)
passages = st.lists(lines, min_size=1, max_size=3).map("\n".join)
ids = st.from_regex(r"[a-z][a-z0-9]{0,6}([-_.][a-z0-9]{1,4}){0,2}", fullmatch=True)


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[str] = lines, *, needed: bool = True) -> Texts:
    """A text, perhaps in more languages; without `needed` perhaps none at all."""
    if not needed and draw(st.booleans()):
        return ()
    others = draw(st.dictionaries(st.sampled_from(LANGUAGES), words, max_size=2))
    return tuple(sorted({"": draw(words), **others}.items()))


side_ids = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,3}([-_.][A-Za-z0-9]{1,3})?", fullmatch=True)
code_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9/+&_-]{0,5}", fullmatch=True)
_reasons = st.sampled_from([reason.value for reason in Absence if reason is not Absence.UNANSWERED])
_bounds = st.integers(-1000, 1000) | st.floats(-1000, 1000, width=32)


@st.composite
def _levels(draw: st.DrawFn, scales: dict[str, Scale], *, needed: bool) -> dict[str, Any]:
    """The scale of an item, and its levels with descriptors of its own for some of them."""
    if not scales or not (needed or draw(st.booleans())):
        return {}
    scale = scales[draw(st.sampled_from(sorted(scales)))]
    levels = tuple(
        Level(level.number, level.label, draw(texts(passages, needed=False)) or level.descriptor)
        for level in scale.levels
    )
    return {"scale": scale.id, "levels": levels}


@st.composite
def _options(draw: st.DrawFn) -> dict[str, Any]:
    other = draw(st.booleans())
    found = draw(st.lists(ids, min_size=2, max_size=4, unique=True).filter(lambda some: not other or OTHER not in some))
    return {
        "options": tuple(Option(one, draw(texts()), draw(texts(passages, needed=False))) for one in found),
        "other": other,
    }


@st.composite
def _number(draw: st.DrawFn) -> dict[str, Any]:
    decimals = draw(st.booleans())
    low, high = sorted(draw(st.lists(_bounds, min_size=2, max_size=2, unique=True)))
    if not decimals:
        low, high = float(low // 1), float(high // 1 + 1)
    return {
        "low": draw(st.sampled_from([None, low])),
        "high": draw(st.sampled_from([None, high])),
        "decimals": decimals,
        "unit": draw(texts(needed=False)),
    }


@st.composite
def _interval(draw: st.DrawFn, scales: dict[str, Scale]) -> dict[str, Any]:
    seconds = draw(st.integers(5, 1800))
    keys = iter(draw(st.permutations("abcdefgh1#é")))
    named = draw(st.lists(side_ids, max_size=3, unique_by=str.casefold)) or [""]
    return {
        "seconds": seconds,
        "look": draw(st.just(0) | st.integers(1, seconds)),
        "sides": tuple(draw(_sides(side_id, keys)) for side_id in named),
        **draw(_levels(scales, needed=False)),
    }


@st.composite
def _sides(draw: st.DrawFn, side_id: str, keys: Any) -> Side:
    categories = draw(st.lists(ids, max_size=2, unique=True))
    found = draw(st.lists(code_ids, min_size=1, max_size=3, unique_by=str.casefold))
    taken = {code_id.casefold() for code_id in found}
    codes = []
    for code_id in found:
        aliases = [alias for alias in draw(st.lists(lines, max_size=2)) if alias.casefold() not in taken]
        taken |= {alias.casefold() for alias in aliases}
        codes.append(
            Code(
                code_id,
                draw(texts()),
                draw(texts(passages, needed=False)),
                draw(st.sampled_from(["", *categories])),
                tuple(aliases),
                next(keys) if draw(st.booleans()) else "",
                draw(st.booleans()),
            )
        )
    return Side(
        side_id,
        draw(texts()) if side_id else (),
        tuple(codes),
        tuple(Category(category, draw(texts())) for category in categories),
    )


def _own(kind: ItemKind, scales: dict[str, Scale]) -> st.SearchStrategy[dict[str, Any]]:
    """What only this kind of item has."""
    aims = st.none() | st.integers(1, 600) | st.sampled_from([0.5, 2.5])
    made: dict[ItemKind, st.SearchStrategy[dict[str, Any]]] = {
        ItemKind.RATING: _levels(scales, needed=True),
        ItemKind.CHOICE: _options(),
        ItemKind.CHOICES: _options(),
        ItemKind.NUMBER: _number(),
        ItemKind.TEXT: st.fixed_dictionaries({"long": st.booleans()}),
        ItemKind.TIMER: st.fixed_dictionaries({"group": st.just("") | ids}),
        ItemKind.INTERVAL: _interval(scales),
        ItemKind.SWEEP: st.fixed_dictionaries({"every": st.integers(1, 60), "of": st.none() | st.integers(1, 1000)}),
        ItemKind.WAIT: st.fixed_dictionaries({"aim": aims, "after": st.sampled_from(WaitAfter)}),
    }
    return made.get(kind, st.just({}))


@st.composite
def _conditions(draw: st.DrawFn, earlier: list[Item]) -> dict[str, Any]:
    asked = [item for item in earlier if item.kind not in EVENT_KINDS and item.kind is not ItemKind.GUIDANCE]
    if not asked or not draw(st.booleans()):
        return {}
    found = draw(st.lists(st.sampled_from(asked).flatmap(_condition), min_size=1, max_size=3))
    return {"show_when": tuple(found), "show_any": draw(st.booleans())}


def _condition(item: Item) -> st.SearchStrategy[Condition]:
    answered = st.booleans().map(lambda flag: Condition(item.id, ConditionTest.ANSWERED, (flag,)))
    if item.kind is ItemKind.TEXT:
        return answered
    values = _answers(item)
    lists = st.lists(values | _reasons, min_size=1, max_size=3).map(tuple)
    tests = st.sampled_from([ConditionTest.IS, ConditionTest.IS_NOT])
    found = answered | st.builds(Condition, st.just(item.id), tests, lists)
    if item.kind in {ItemKind.RATING, ItemKind.NUMBER}:
        bounds = st.sampled_from([ConditionTest.AT_LEAST, ConditionTest.AT_MOST])
        found |= st.builds(Condition, st.just(item.id), bounds, values.map(lambda value: (value,)))
    return found


def _answers(item: Item) -> st.SearchStrategy[Any]:
    match item.kind:
        case ItemKind.CHECK:
            return st.sampled_from(["yes", "no"])
        case ItemKind.RATING:
            return st.sampled_from([level.number for level in item.levels])
        case ItemKind.NUMBER:
            return st.sampled_from([bound for bound in (item.low, item.high) if bound is not None] or [7])
        case _:
            return st.sampled_from([option.id for option in item.options] + ([OTHER] if item.other else []))


@st.composite
def _items(draw: st.DrawFn, item_id: str, hotkey: str, scales: dict[str, Scale], earlier: list[Item]) -> Item:
    kinds = [kind for kind in ItemKind if scales or kind is not ItemKind.RATING]
    kind = draw(st.sampled_from(kinds))
    takes_key = kind is not ItemKind.GUIDANCE
    return Item(
        id=item_id,
        kind=kind,
        label=draw(texts()),
        help=draw(texts(passages, needed=False)),
        hotkey=hotkey if takes_key and draw(st.booleans()) else "",
        required=takes_key and kind not in EVENT_KINDS and draw(st.booleans()),
        **draw(_own(kind, scales)),
        **draw(_conditions(earlier)),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any valid form of moderate size."""
    scales = {
        name: Scale(
            name,
            tuple(Level(n, draw(texts()), draw(texts(passages, needed=False))) for n in range(1, count + 1)),
            draw(texts(needed=False)),
        )
        for name, count in draw(st.dictionaries(ids, st.integers(2, 9), max_size=2)).items()
    }
    item_ids = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    cut = draw(st.integers(1, len(item_ids)))
    groups = [part for part in (item_ids[:cut], item_ids[cut:]) if part]
    section_ids = draw(st.lists(ids, min_size=len(groups), max_size=len(groups), unique=True))
    earlier: list[Item] = []
    sections = []
    for section_id, group in zip(section_ids, groups, strict=True):
        conditions = draw(_conditions(earlier))
        items = []
        for item_id in group:
            items.append(draw(_items(item_id, string.ascii_lowercase[len(earlier)], scales, earlier)))
            earlier.append(items[-1])
        help_text = draw(texts(passages, needed=False))
        sections.append(Section(section_id, draw(texts()), tuple(items), help_text, **conditions))
    return Form(
        id=draw(ids),
        version=draw(st.integers(1, 1_000_000)),
        title=draw(texts()),
        purpose=draw(texts(passages)),
        sections=tuple(sections),
        source=draw(passages),
        licence=draw(st.just("") | lines),
        citation=draw(st.just("") | passages),
        language=draw(st.sampled_from(["en", "nl", "sr-Latn-RS"])),
        use=draw(st.sampled_from(FormUse)),
        scales=tuple(scales.values()),
    )


def short_line(length: int = MAX_LABEL) -> str:
    """Return a text of exactly this many characters."""
    return "x" * length

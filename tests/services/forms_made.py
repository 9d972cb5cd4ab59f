"""Forms for tests: strategies for any valid form, and a writer that puts one into a file."""

from __future__ import annotations

import json
import string

from hypothesis import strategies as st

from observe_app.domain.form import Form, Item, ItemKind, Level, Section, Texts
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


@st.composite
def _items(draw: st.DrawFn, item_id: str, hotkey: str, scales: dict[str, tuple[Level, ...]]) -> Item:
    kinds = [kind for kind in ItemKind if scales or kind is not ItemKind.RATING]
    kind = draw(st.sampled_from(kinds))
    asks = kind is not ItemKind.GUIDANCE
    scale = draw(st.sampled_from(sorted(scales))) if kind is ItemKind.RATING else ""
    levels = tuple(
        Level(level.number, level.label, draw(texts(passages, needed=False)) or level.descriptor)
        for level in scales.get(scale, ())
    )
    return Item(
        id=item_id,
        kind=kind,
        label=draw(texts()),
        help=draw(texts(passages, needed=False)),
        levels=levels,
        scale=scale,
        hotkey=hotkey if asks and draw(st.booleans()) else "",
        required=asks and draw(st.booleans()),
        long=kind is ItemKind.TEXT and draw(st.booleans()),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any valid form of moderate size. Scales that no item uses are not part of a `Form`."""
    scales = {
        name: tuple(Level(n, draw(texts()), draw(texts(passages, needed=False))) for n in range(1, count + 1))
        for name, count in draw(st.dictionaries(ids, st.integers(2, 9), max_size=2)).items()
    }
    item_ids = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    cut = draw(st.integers(1, len(item_ids)))
    groups = [part for part in (item_ids[:cut], item_ids[cut:]) if part]
    section_ids = draw(st.lists(ids, min_size=len(groups), max_size=len(groups), unique=True))
    return Form(
        id=draw(ids),
        version=draw(st.integers(1, 1_000_000)),
        title=draw(texts()),
        purpose=draw(texts(passages)),
        sections=tuple(
            Section(
                section_id,
                draw(texts()),
                tuple(
                    draw(_items(item_id, string.ascii_lowercase[item_ids.index(item_id)], scales)) for item_id in group
                ),
                draw(texts(passages, needed=False)),
            )
            for section_id, group in zip(section_ids, groups, strict=True)
        ),
        source=draw(passages),
        licence=draw(st.just("") | lines),
        citation=draw(st.just("") | passages),
        language=draw(st.sampled_from(["en", "nl", "sr-Latn-RS"])),
    )


def quoted(text: str) -> str:
    """Return the text as TOML writes it; JSON's escapes are also TOML's, except for DEL and half pairs."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def written(form: Form) -> str:
    """Return a form as a file. Each scale is written with the levels of the first item that uses it."""
    scales: dict[str, tuple[Level, ...]] = {}
    for item in form.items:
        scales.setdefault(item.scale, item.levels)
    scales.pop("", None)
    out = [f"id = {quoted(form.id)}", f"version = {form.version}", f"language = {quoted(form.language)}"]
    out += [f"{key} = {quoted(getattr(form, key))}" for key in ("source", "licence", "citation")]
    out += _texts("title", form.title, form.language) + _texts("purpose", form.purpose, form.language)
    for name, levels in scales.items():
        for level in levels:
            out.append(f"[[scales.{quoted(name)}.levels]]")
            out += _texts("label", level.label, form.language)
    for section in form.sections:
        out += ["[[sections]]", f"id = {quoted(section.id)}"]
        out += _texts("title", section.title, form.language) + _texts("help", section.help, form.language)
        for item in section.items:
            out += _item(item, form.language)
    return "\n".join(out) + "\n"


def _texts(key: str, value: Texts, language: str) -> list[str]:
    if value and [code for code, _words_ in value] == [""]:
        return [f"{key} = {quoted(value[0][1])}"]
    return [f"{key}.{code or language} = {quoted(words)}" for code, words in value]


def _item(item: Item, language: str) -> list[str]:
    out = ["[[sections.items]]", f"kind = {quoted(item.kind)}", f"id = {quoted(item.id)}"]
    out += _texts("label", item.label, language) + _texts("help", item.help, language)
    out += [f"{key} = {quoted(getattr(item, key))}" for key in ("scale", "hotkey") if getattr(item, key)]
    out += [f"{key} = true" for key in ("required", "long") if getattr(item, key)]
    for level in item.levels:
        out += _texts(f"descriptors.{level.number}", level.descriptor, language)
    return out


def short_line(length: int = MAX_LABEL) -> str:
    """Return a text of exactly this many characters."""
    return "x" * length

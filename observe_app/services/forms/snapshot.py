"""The snapshot of a form that a visit keeps: versioned JSON, written and read back exactly."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from observe_app.domain.errors import FormInvalid, FormProblem
from observe_app.domain.form import (
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
from observe_app.services.forms.plain import plain_number
from observe_app.services.forms.whole_scales import with_scales

if TYPE_CHECKING:
    from enum import StrEnum

    _Word = TypeVar("_Word", bound=StrEnum)

FORMAT = "observe-form"
VERSION = 2
"""Version 1 knew check, rating, text and guidance items, and neither conditions nor scales of the form's own."""

_WORD = re.compile(r"[a-z][a-z0-9_]{0,30}")


class SnapshotDamaged(FormInvalid):
    """A stored form cannot be read. Its only problem's rule is "snapshot_damaged" or "snapshot_newer"."""

    def __init__(self, rule: str, found: str = "") -> None:
        super().__init__(Path(), (FormProblem(0, "", rule, found, str(VERSION)),))

    @property
    def reason(self) -> str:
        """The rule of its problem."""
        return self.problems[0].rule


def dumps_snapshot(form: Form) -> str:
    """Return the form as JSON; equal forms give equal text."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "form": {
            "id": form.id,
            "version": form.version,
            "title": _texts_out(form.title),
            "purpose": _texts_out(form.purpose),
            "use": form.use.value,
            "source": form.source,
            "licence": form.licence,
            "citation": form.citation,
            "language": form.language,
            "scales": [_scale_out(scale) for scale in form.scales],
            "sections": [
                {
                    "id": section.id,
                    "title": _texts_out(section.title),
                    "help": _texts_out(section.help),
                    **_conditions_out(section.show_when, any_of=section.show_any),
                    "items": [_item_out(item) for item in section.items],
                }
                for section in form.sections
            ],
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def loads_snapshot(text: str) -> Form:
    """Return the form of a snapshot. Fields that a later version added are passed over.

    Raises:
        SnapshotDamaged: it is no snapshot, incomplete, or of a newer version than this program knows: by its number,
            or by a kind of item, use or condition that this program has never heard of.
    """
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise SnapshotDamaged("snapshot_damaged")
        version = _of(content, "version", int)
        if version > VERSION:
            raise SnapshotDamaged("snapshot_newer", str(version) if version < 10**18 else "10^18")
        form = _form_in(content["form"])
        # Version 1 kept no scales; the levels of its items say what they were.
        return with_scales(form) if version == 1 else form
    except (KeyError, TypeError, ValueError, RecursionError, OverflowError) as error:
        raise SnapshotDamaged("snapshot_damaged", type(error).__name__) from error


def _texts_out(texts: Texts) -> list[list[str]]:
    return [[code, words] for code, words in texts]


def _scale_out(scale: Scale) -> dict[str, Any]:
    # Left out where there is none, so that a form without one has the snapshot that it always had.
    label = {"label": _texts_out(scale.label)} if scale.label else {}
    return {"id": scale.id, **label, "levels": _levels_out(scale.levels)}


def _levels_out(levels: tuple[Level, ...]) -> list[list[Any]]:
    return [[level.number, _texts_out(level.label), _texts_out(level.descriptor)] for level in levels]


def _conditions_out(conditions: tuple[Condition, ...], *, any_of: bool) -> dict[str, Any]:
    rows = [
        [
            one.item,
            one.test.value,
            [value if isinstance(value, (str, bool)) else plain_number(value) for value in one.values],
        ]
        for one in conditions
    ]
    return {**({"show_when": rows} if rows else {}), **({"show_any": True} if any_of else {})}


def _item_out(item: Item) -> dict[str, Any]:
    """Return an item; what only some kinds have is left out where it is empty."""
    numbers = {"low": item.low, "high": item.high, "of": item.of, "aim": item.aim}
    own = {
        "other": item.other,
        "decimals": item.decimals,
        "unit": _texts_out(item.unit),
        "group": item.group,
        "seconds": item.seconds,
        "look": item.look,
        "every": item.every,
        "options": [[one.id, _texts_out(one.label), _texts_out(one.help)] for one in item.options],
        "sides": [_side_out(side) for side in item.sides],
    }
    return {
        "id": item.id,
        "kind": item.kind.value,
        "label": _texts_out(item.label),
        "help": _texts_out(item.help),
        "scale": item.scale,
        "levels": _levels_out(item.levels),
        "hotkey": item.hotkey,
        "required": item.required,
        "long": item.long,
        **{key: value for key, value in own.items() if value},
        **{key: plain_number(value) for key, value in numbers.items() if value is not None},
        **({"after": item.after.value} if item.after is not WaitAfter.QUESTION else {}),
        **_conditions_out(item.show_when, any_of=item.show_any),
    }


def _side_out(side: Side) -> dict[str, Any]:
    return {
        "id": side.id,
        "label": _texts_out(side.label),
        "categories": [[one.id, _texts_out(one.label)] for one in side.categories],
        "codes": [
            {
                "id": code.id,
                "label": _texts_out(code.label),
                "help": _texts_out(code.help),
                "category": code.category,
                "aliases": list(code.aliases),
                "hotkey": code.hotkey,
                "comment": code.comment,
            }
            for code in side.codes
        ],
    }


def _form_in(data: Any) -> Form:
    return Form(
        id=_of(data, "id", str),
        version=_of(data, "version", int),
        title=_texts_in(data["title"]),
        purpose=_texts_in(data["purpose"]),
        sections=tuple(
            Section(
                _of(row, "id", str),
                _texts_in(row["title"]),
                tuple(_item_in(item) for item in _of(row, "items", list)),
                _texts_in(row["help"]),
                _conditions_in(row),
                _get(row, "show_any", bool, otherwise=False),
            )
            for row in _of(data, "sections", list)
        ),
        source=_of(data, "source", str),
        licence=_of(data, "licence", str),
        citation=_of(data, "citation", str),
        language=_of(data, "language", str),
        use=_word(FormUse, data.get("use", FormUse.LESSON.value)),
        scales=tuple(
            Scale(_of(row, "id", str), _levels_in(row["levels"]), _texts_in(row.get("label", [])))
            for row in _get(data, "scales", list, otherwise=[])
        ),
    )


def _item_in(data: Any) -> Item:
    return Item(
        id=_of(data, "id", str),
        kind=_word(ItemKind, data["kind"]),
        label=_texts_in(data["label"]),
        help=_texts_in(data["help"]),
        levels=_levels_in(data["levels"]),
        scale=_of(data, "scale", str),
        hotkey=_of(data, "hotkey", str),
        required=_of(data, "required", bool),
        long=_of(data, "long", bool),
        options=tuple(
            Option(_checked(option_id, str), _texts_in(label), _texts_in(help_text))
            for option_id, label, help_text in _get(data, "options", list, otherwise=[])
        ),
        other=_get(data, "other", bool, otherwise=False),
        low=_number_in(data, "low"),
        high=_number_in(data, "high"),
        decimals=_get(data, "decimals", bool, otherwise=False),
        unit=_texts_in(data.get("unit", [])),
        group=_get(data, "group", str, otherwise=""),
        seconds=_get(data, "seconds", int, otherwise=0),
        look=_get(data, "look", int, otherwise=0),
        sides=tuple(_side_in(side) for side in _get(data, "sides", list, otherwise=[])),
        every=_get(data, "every", int, otherwise=0),
        of=_get(data, "of", int, otherwise=None),
        aim=_number_in(data, "aim"),
        after=_word(WaitAfter, data.get("after", WaitAfter.QUESTION.value)),
        show_when=_conditions_in(data),
        show_any=_get(data, "show_any", bool, otherwise=False),
    )


def _side_in(data: Any) -> Side:
    return Side(
        _of(data, "id", str),
        _texts_in(data["label"]),
        tuple(
            Code(
                _of(code, "id", str),
                _texts_in(code["label"]),
                _texts_in(code["help"]),
                _of(code, "category", str),
                tuple(_checked(alias, str) for alias in _of(code, "aliases", list)),
                _of(code, "hotkey", str),
                _of(code, "comment", bool),
            )
            for code in _of(data, "codes", list)
        ),
        tuple(Category(_checked(category, str), _texts_in(label)) for category, label in _of(data, "categories", list)),
    )


def _conditions_in(data: Any) -> tuple[Condition, ...]:
    return tuple(
        Condition(_checked(item, str), _word(ConditionTest, test), tuple(_value(one) for one in _checked(values, list)))
        for item, test, values in _get(data, "show_when", list, otherwise=[])
    )


def _levels_in(data: Any) -> tuple[Level, ...]:
    return tuple(
        Level(_checked(number, int), _texts_in(label), _texts_in(descriptor))
        for number, label, descriptor in _checked(data, list)
    )


def _word(words: type[_Word], value: Any) -> _Word:
    """Return the word of this list; a well-formed word that is not in it comes from a newer program."""
    word = _checked(value, str)
    if word not in set(words) and _WORD.fullmatch(word):
        raise SnapshotDamaged("snapshot_newer", word)
    return words(word)


def _value(value: Any) -> str | int | float | bool:
    if isinstance(value, str):
        return str(_checked(value, str))
    if isinstance(value, bool):
        return value
    return _finite(value)


def _number_in(data: Any, key: str) -> float | None:
    return None if data.get(key) is None else _finite(data[key])


def _finite(value: Any) -> int | float:
    # Not-a-number and infinity are no JSON, yet Python reads them.
    if type(value) not in {int, float} or not math.isfinite(value):
        raise TypeError("number")
    return plain_number(value)


def _get(data: Any, key: str, kind: type, *, otherwise: Any) -> Any:
    """Return a field that an older version did not write."""
    return _of(data, key, kind) if key in data else otherwise


def _texts_in(data: Any) -> Texts:
    return tuple((_checked(code, str), _checked(words, str)) for code, words in _checked(data, list))


def _of(data: Any, key: str, kind: type) -> Any:
    return _checked(data[key], kind)


def _checked(value: Any, kind: type) -> Any:
    # type() and not isinstance(): a true in place of a number is damage.
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    if isinstance(value, str):
        # Half a surrogate pair cannot be stored or shown; encoding raises for it.
        value.encode()
    return value

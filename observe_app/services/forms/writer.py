"""Writing a form as a file that a person can read and change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from observe_app.services.forms.plain import Words, tables_of
from observe_app.services.forms.whole_scales import with_scales

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.form import Form

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_CLOSING = re.compile(r'"{3,}|"+\Z')
_LINE = 100
"""Characters up to which a list of short words stands on one line."""

_LISTS_OF_TABLES = frozenset({"sections", "items", "sides", "codes"})
"""Lists whose tables are written under headings of their own; others stand in brackets."""


def dumps_toml(form: Form) -> str:
    """Return the form as the text of its file. Reading it gives the form again, and equal forms give equal text.

    Levels that come from no scale of the form get one.
    """
    tables = tables_of(with_scales(form))
    scales, sections = tables.pop("scales", {}), tables.pop("sections")
    blocks = [list(_pairs(tables))]
    blocks += [[f"[scales.{_key(name)}]", *_pairs(scale)] for name, scale in scales.items()]
    for section in sections:
        blocks += _blocks("sections", section)
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def dumps_listed(tables: dict[str, Any], listed: str) -> str:
    """Return plain tables as the text of a file; those of one list stand under headings of their own."""
    blocks = [list(_pairs({key: value for key, value in tables.items() if key != listed}))]
    for row in tables.get(listed, ()):
        blocks += _blocks(listed, row)
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _blocks(heading: str, table: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the lines of a table below its heading, then those of the tables inside it."""
    inner = {key: rows for key, rows in table.items() if key in _LISTS_OF_TABLES and rows}
    yield [f"[[{heading}]]", *_pairs({key: value for key, value in table.items() if key not in inner})]
    for key, rows in inner.items():
        for row in rows:
            yield from _blocks(f"{heading}.{key}", row)


def _pairs(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, list):
            yield f"{_key(key)} = {_list(value)}"
        else:
            for name, scalar in _flat(_key(key), value):
                yield f"{name} = {_scalar(scalar, lines=True)}"


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the dotted keys of a table: `label.en`, `descriptors.2.de`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{_key(key)}", inner)
    else:
        yield name, value


def _list(rows: list[Any]) -> str:
    # A level without a descriptor is written as its label alone.
    values = [_scalar(row["label"]) if _is_label_alone(row) else _inline(row) for row in rows]
    if all(isinstance(row, (str, int, float)) or _is_label_alone(row) for row in rows) or len(values) == 1:
        line = f"[{', '.join(values)}]"
        if len(line) <= _LINE or len(values) == 1:
            return line
    return "\n".join(("[", *(f"    {value}," for value in values), "]"))


def _is_label_alone(row: Any) -> bool:
    return isinstance(row, dict) and list(row) == ["label"] and not isinstance(row["label"], Words)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        pairs = [
            f"{name} = {_inline(scalar)}" for key, inner in value.items() for name, scalar in _flat(_key(key), inner)
        ]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(one) for one in value)}]"
    return _scalar(value)


def _scalar(value: str | float, *, lines: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    if lines and "\n" in value:
        return _long_text(value)
    # JSON's escapes are also TOML's, except that TOML does not let DEL stand in a text.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _long_text(value: str) -> str:
    # Quotation marks may stand as they are, except where they would end the text.
    escaped = _CLOSING.sub(lambda marks: '\\"' * len(marks.group()), value.replace("\\", "\\\\"))
    return f'"""\n{escaped}"""'


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _scalar(key)

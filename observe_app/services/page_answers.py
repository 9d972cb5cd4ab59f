"""The two words for a check's answer on a released page, so that what was told can be read back."""

from __future__ import annotations

import tomllib
from functools import cache

from observe_app.paths import resources_dir

_YES, _NO = "Yes", "No"


@cache
def yes_and_no(language: str) -> tuple[str, str]:
    """Return the words of the pages of a language, the English ones where the pages do not speak it."""
    path = resources_dir() / "pages" / f"{language[:2].lower()}.toml"
    if not language[:2].isalpha() or not path.is_file():
        return _YES, _NO
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return str(found.get("yes", _YES)), str(found.get("no", _NO))

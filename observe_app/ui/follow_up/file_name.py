"""A file name that every system takes, made of words that people wrote."""

from __future__ import annotations

import unicodedata

_FORBIDDEN = set('<>:"/\\|?*')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10))}
_MOST_BYTES = 180


def safe_name(stem: str, ending: str) -> str:
    """Return "stem.ending" without what Windows, macOS or Linux refuse in a name, at most 180 bytes of UTF-8 long."""
    text = unicodedata.normalize("NFC", stem)
    kept = "".join(" " if c in _FORBIDDEN or not c.isprintable() or _is_odd(c) else c for c in text)
    words = " ".join(kept.split()).strip(" .")
    while len(words.encode()) > _MOST_BYTES:
        words = words[:-1].rstrip(" .")
    if not words or words.split(".")[0].upper() in _RESERVED:
        words = f"_{words}"
    return f"{words}.{ending}"


def _is_odd(letter: str) -> bool:
    # Direction marks turn "fdp.exe" into "exe.pdf" on screen; surrogates cannot be written at all.
    return unicodedata.category(letter) in {"Cf", "Cs", "Co", "Cn"}

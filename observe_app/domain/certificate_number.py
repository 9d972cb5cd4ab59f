"""Numbers of certificates: a year, six signs at random and two check digits, such as OBS-2026-7K3F-9QXD.

The signs are 29 that nobody takes for one another on paper or by telephone: no 0, 1, I, L, O, S or U. The two check
digits make any two numbers differ in at least three places, so that one or two wrong signs and every exchange of two
are noticed (a Reed-Solomon code over the integers modulo 29). They tell a slip of the pen, not a forgery.
"""

from __future__ import annotations

import re

from observe_app.domain.errors import Invalid

SIGNS = "23456789ABCDEFGHJKMNPQRTVWXYZ"
PREFIX = "OBS"
RANDOM = 6
_BASE = len(SIGNS)
_SHAPE = re.compile(rf"{PREFIX}(\d{{4}})([{SIGNS}]{{8}})")
_MOST = 60
POOL = _BASE**RANDOM
"""How many numbers a year has."""


def number_of(year: int, chance: int) -> str:
    """Return the number of a year, 1000 to 9999, that belongs to a number from chance; the latter counts modulo `POOL`.

    Raises:
        ValueError: the year has not four figures.
    """
    if not 1000 <= year <= 9999:
        message = "a year of four figures"
        raise ValueError(message)
    rest, signs = chance % POOL, []
    for _place in range(RANDOM):
        rest, one = divmod(rest, _BASE)
        signs.append(one)
    whole = [*signs, *_checks(year, signs)]
    text = "".join(SIGNS[one] for one in whole)
    return f"{PREFIX}-{year}-{text[:4]}-{text[4:]}"


def read_number(text: str) -> str:
    """Return a number as it is kept, from however somebody typed it: small letters, other dashes, blanks.

    Raises:
        Invalid: no such number can exist; "no_such_number" by its shape, "check_digits" by its check digits.
    """
    typed = text[:_MOST].strip()
    plain = "".join(char for char in typed.upper() if char.isascii() and char.isalnum())
    found = _SHAPE.fullmatch(plain)
    if found is None or len(text) > _MOST:
        raise Invalid("certificate number", typed[:40], "no_such_number")
    signs = [SIGNS.index(char) for char in found[2]]
    if signs[RANDOM:] != _checks(int(found[1]), signs[:RANDOM]) or int(found[1]) < 1000:
        raise Invalid("certificate number", typed[:40], "check_digits")
    return f"{PREFIX}-{found[1]}-{found[2][:4]}-{found[2][4:]}"


def _checks(year: int, signs: list[int]) -> list[int]:
    """Return the two check digits: the sum of all, and the sum of each times its place, are 0 modulo 29."""
    known = [*(int(figure) for figure in f"{year:04d}"), *signs]
    total = sum(known) % _BASE
    weighted = sum(place * value for place, value in enumerate(known, start=1)) % _BASE
    first, second = len(known) + 1, len(known) + 2
    # a + b = -total and first·a + second·b = -weighted, with second = first + 1: b = first·total − weighted.
    b = (first * total - weighted) % _BASE
    a = (-total - b) % _BASE
    assert (first * a + second * b + weighted) % _BASE == 0  # noqa: S101  (what the two lines above solve)
    return [a, b]

"""The twelve words that are a person's key: from the secret to words, and back from what somebody typed.

English words of BIP 39. The last word holds a checksum, so that a wrong word is noticed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from observe_app.domain.errors import WordsWrong

COUNT = 12
_MOST_TYPED = 2_000
_WORD = re.compile(r"[a-z]+")


def of_secret(secret: bytes) -> str:
    """Return the words of a secret of 16 bytes, parted by spaces."""
    from mnemonic import Mnemonic  # noqa: PLC0415

    return Mnemonic("english").to_mnemonic(secret)


def to_secret(typed: str) -> bytes:
    """Return the secret that somebody typed in words.

    Case, accents, numbers, punctuation and line breaks do not matter, and the first letters of a word do where no other
    word begins with them; four always do.

    Raises:
        WordsWrong: see its reasons.
    """
    from mnemonic import Mnemonic  # noqa: PLC0415

    found = split(typed)
    if len(found) != COUNT:
        raise WordsWrong(reason="count", count=len(found))
    words = [_known(word, place) for place, word in enumerate(found, 1)]
    try:
        return bytes(Mnemonic("english").to_entropy(words))
    except ValueError:
        raise WordsWrong(reason="checksum", count=COUNT) from None


def split(typed: str) -> list[str]:
    """Return the words in what somebody typed, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", typed[:_MOST_TYPED])
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)).casefold())


def all_words() -> tuple[str, ...]:
    """Return the 2,048 words that a key is made of, in the order of the alphabet."""
    return _list()


@cache
def _list() -> tuple[str, ...]:
    from mnemonic import Mnemonic  # noqa: PLC0415

    return tuple(Mnemonic("english").wordlist)


def _known(word: str, place: int) -> str:
    words = _list()
    if word in words:
        return word
    begun = [one for one in words if one.startswith(word)] if len(word) >= 3 else []
    if len(begun) == 1:
        return begun[0]
    from difflib import get_close_matches  # noqa: PLC0415  (only for a word that is none)

    near = begun[:1] or get_close_matches(word[:16], words, n=1, cutoff=0.5)
    if not near:
        raise WordsWrong(reason="unknown", position=place, count=COUNT, word=word[:16])
    raise WordsWrong(reason="misspelt", position=place, count=COUNT, word=word[:16], nearest=near[0])

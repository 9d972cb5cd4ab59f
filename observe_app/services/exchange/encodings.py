"""From bytes to text, whichever program wrote them."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_TYPOGRAPHY = set("‘’‚“”„…–—•€°«»¿¡§·×÷½¼¾²\u00a0´™©®±")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding it was read in.

    A byte order mark decides; then zero bytes (UTF-16 without a mark); then UTF-8 if it fits. Otherwise the
    Windows code page of Western Europe, unless that reads as nonsense: then the statistics of charset-normalizer.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    wide = _wide_name(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return data.decode("utf-8", errors="replace"), "utf-8"
    name = _code_page(data)
    return data.decode(name, errors="replace"), name


def _wide_name(data: bytes) -> str:
    """Return the UTF-16 flavour of text whose every other byte is mostly zero, "" where it is not so."""
    sample = data[:4096]
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2].count(0) / len(sample) * 2, sample[1::2].count(0) / len(sample) * 2
    if odd > 0.4 > even * 4:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 > odd * 4 else ""


def _nonsense(text: str) -> int:
    """Count signs within words that no writer puts there, such as "³" in "by³a"."""
    wrong = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        odd = char > "\x7f" and not char.isalpha() and char not in _TYPOGRAPHY
        within = odd and before.isalpha() and after.isalpha()
        capital = char > "\x7f" and char.isupper() and before.islower()
        wrong += within or capital or char == "\ufffd"
    return wrong


def _too_many_accents(sample: bytes) -> int:
    """Return 0 for a Latin script, where most letters are plain ones; else how many bytes are not."""
    plain = sum(1 for byte in sample if chr(byte).isalpha() and byte < 0x80)
    high = sum(1 for byte in sample if byte >= 0xC0)
    return high if high > plain else 0


def _code_page(data: bytes) -> str:
    lines = [line for line in data[: _SAMPLE * 10].splitlines() if any(byte > 0x7F for byte in line)]
    sample = b"\n".join(lines)[:_SAMPLE]
    western = _nonsense(sample.decode("cp1252", errors="replace")) + _too_many_accents(sample)
    if western == 0:
        return "cp1252"
    if _nonsense(sample.decode("cp1250", errors="replace")) + _too_many_accents(sample) == 0:
        return "cp1250"
    from charset_normalizer import from_bytes  # noqa: PLC0415  (rarely needed, and slow to import)

    best = from_bytes(sample).best()
    if best is not None and _nonsense(sample.decode(best.encoding, errors="replace")) < western:
        return best.encoding
    return "cp1252"

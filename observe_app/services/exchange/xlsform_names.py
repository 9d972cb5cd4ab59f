"""Names that XLSForm and this program have for the same things, for the way in and the way out."""

from __future__ import annotations

import re

from observe_app.services.forms.tables import is_language

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "mt": "Maltese", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

_OWN_NAMES = {
    "deutsch": "de", "espanol": "es", "español": "es", "francais": "fr", "français": "fr", "italiano": "it",
    "nederlands": "nl", "polski": "pl", "portugues": "pt", "português": "pt", "svenska": "sv", "dansk": "da",
    "norsk": "no", "suomi": "fi", "cestina": "cs", "čeština": "cs", "turkce": "tr", "türkçe": "tr", "русский": "ru",
    "українська": "uk", "中文": "zh", "日本語": "ja", "한국어": "ko", "العربية": "ar", "kiswahili": "sw",
}  # fmt: skip
_CODE = re.compile(r"(.*)\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*")

OWN = "observe::"
"""How the columns begin that only this program knows."""

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
FORM_SHEET, SCALES_SHEET, LEVELS_SHEET, OPTIONS_SHEET, SIDES_SHEET, CATEGORIES_SHEET, CODES_SHEET = (
    "observe_form", "observe_scales", "observe_levels", "observe_options", "observe_sides", "observe_categories",
    "observe_codes",
)  # fmt: skip
OWN_SHEETS = (
    FORM_SHEET, SCALES_SHEET, LEVELS_SHEET, OPTIONS_SHEET, SIDES_SHEET, CATEGORIES_SHEET, CODES_SHEET,
)  # fmt: skip

LABEL, HINT, UNIT, DESCRIPTOR, HELP, TEXT = "label", "hint", f"{OWN}unit", f"{OWN}descriptor", f"{OWN}help", "text"

YES_WORDS = frozenset({"yes", "ja", "oui", "si", "sí", "sim", "tak", "да", "是", "true", "y"})
NO_WORDS = frozenset({"no", "nein", "non", "nao", "não", "nie", "nee", "нет", "没有", "否", "false", "n"})


def language_heading(code: str) -> str:
    """Return how a language is named in a heading: "English (en)"."""
    name = LANGUAGES.get(code.partition("-")[0], "")
    return f"{name} ({code})" if name else f"{code} ({code})"


def language_code(heading: str) -> str:
    """Return the code of a language named in a heading ("English (en)", "English", "en"), "" where it is not known."""
    match = _CODE.fullmatch(heading)
    given = match[2] if match else heading.strip()
    parts = re.split(r"[-_]", given)
    code = "-".join(_cased(part, place) for place, part in enumerate(parts))
    if is_language(code) and (match or len(given) <= 3 or "-" in code):
        return code
    wanted = heading.strip().casefold()
    by_name = {name.casefold(): known for known, name in LANGUAGES.items()}
    return by_name.get(wanted) or _OWN_NAMES.get(wanted, "")


def _cased(part: str, place: int) -> str:
    """Return a part of a code in the case that it is written in: zh-Hant, pt-BR."""
    if place == 0:
        return part.lower()
    return part.title() if len(part) == 4 else part.upper()


_DOLLAR_OUT = re.compile("\\$(\u200b*)\\{")
_DOLLAR_IN = re.compile("\\$\u200b(\u200b*)\\{")


def without_references(text: str) -> str:
    """Return a text that no tool takes for a reference: one more invisible space between “$” and “{”."""
    return _DOLLAR_OUT.sub("$\u200b\\1{", text)


def with_references(text: str) -> str:
    """Undo `without_references`."""
    return _DOLLAR_IN.sub("$\\1{", text)

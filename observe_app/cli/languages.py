"""Languages as they are named on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError


def page_language(text: str) -> str:
    """Return the code of a language that the pages speak, such as "de" or "de-AT".

    Raises:
        ArgumentTypeError: they do not speak it; says which they do.
    """
    # the words are read from files, which only who names a language pays for
    from observe_app.services.pdf import words  # noqa: PLC0415

    given = text.strip().replace("_", "-")
    code = given[:2].lower() + given[2:]
    if words.page_language(code) != code:
        message = f"the pages do not speak “{text}”; they speak {', '.join(words.languages())}"
        raise ArgumentTypeError(message)
    return code

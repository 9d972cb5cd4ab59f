"""Tooltips that show what somebody wrote as it was written."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """Return the text for a tooltip: escaped as rich text where Qt might take it for such, "<b>" or "&lt;"."""
    if "<" not in text and "&" not in text:
        return text
    return "<span>{}</span>".format(escape(text).replace("\n", "<br/>"))

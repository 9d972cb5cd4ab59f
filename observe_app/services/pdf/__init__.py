"""The feedback PDF: document (data), build (from the record), layout and render (pages), preview (pictures)."""

from __future__ import annotations

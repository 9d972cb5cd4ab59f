"""Use cases: one typed function each, no Qt, no SQL. `core.Core` carries what they need.

`visits`, `notes`, `answers`, `happenings`, `talk`, `people`, `own_forms`, `history`, `search`, `backup` work on the
store; `catalogue` lists every form and `forms` reads form files; `exchange` brings files in and out; `pdf` writes
reports; `words` says errors in sentences.
"""

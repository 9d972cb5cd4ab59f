"""Use cases: one typed function each, no Qt, no SQL. `core.Core` carries what they need.

`visits`, `notes`, `answers`, `talk`, `people`, `history`, `search`, `backup` work on the store; `catalogue` and
`forms` read form files; `exchange` brings files in and out; `pdf` writes reports; `words` says errors in sentences.
"""

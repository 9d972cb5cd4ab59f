"""Surveys: asking colleagues, named or anonymous, and what may be shown of their answers."""

from __future__ import annotations
from contextlib import contextmanager
MUTANTS = {}
@contextmanager
def healing_off():
    yield

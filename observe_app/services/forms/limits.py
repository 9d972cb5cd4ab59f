"""How big a form file may be. forms/README.md states the same numbers, and a test compares them."""

from __future__ import annotations

MAX_FILE_BYTES = 1_000_000
MAX_FILES = 2_000
"""Form files that one folder may hold; more are not looked at."""

MAX_SECTIONS = 60
MAX_ITEMS = 500
MAX_SCALES = 100
MIN_LEVELS = 2
MAX_LANGUAGES = 40

MIN_OPTIONS = 2
MAX_OPTIONS = 60
MAX_SIDES = 6
MAX_CODES = 60
"""Codes of one side of an interval item."""

MAX_CATEGORIES = 20
MAX_ALIASES = 20
MAX_CODE = 12
"""Characters of a code's id, which stands in a small cell of a sheet."""

MAX_CONDITIONS = 20
"""Conditions of one item or section, and answers that one condition lists."""

MIN_SECONDS = 5
MAX_SECONDS = 1_800
"""Length of an interval."""

MAX_EVERY = 60
"""Minutes from one sweep to the next."""

MAX_OF = 1_000
"""Students that a sweep looks at."""

MIN_AIM = 0.1
MAX_AIM = 600
"""Seconds that a wait time aims at."""

MAX_TEXT = 2_000
"""Characters of a purpose, a help text or a descriptor."""

MAX_LABEL = 300
"""Characters of a title or a label, which stand on one line."""

MAX_ID = 60
MAX_VERSION = 1_000_000

MAX_NESTING = 8
"""Brackets inside brackets, and parts of a dotted key. A form needs four."""

MAX_VALUES = 100_000
"""Values and headings in one file; 500 items in ten languages with nine descriptors each need fewer."""

MAX_PROBLEMS = 200
"""Problems listed for one file; how many more there are is said at the end."""

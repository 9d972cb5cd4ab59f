"""`python -m observe_app` and the installed `observe-app`: the window, or a command."""

from __future__ import annotations

import sys

from observe_app.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())

"""Runs one bench by name, or lists them."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path


def names() -> list[str]:
    """Return every bench, as its module is called with hyphens."""
    here = Path(__file__).parent
    return sorted(
        path.stem.replace("_", "-") for path in here.glob("*.py") if not path.stem.startswith(("_", "common"))
    )


def main(arguments: list[str]) -> int:
    """Run the bench that is named and print its figures; 2 for a name that is none."""
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure something beside its physical limit.")
    parser.add_argument("name", nargs="?", choices=names(), help="which bench; none lists them")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if options.name is None:
        print("\n".join(names()))
        return 0
    result = importlib.import_module(f"tests.benches.{options.name.replace('-', '_')}").run()
    if options.json:
        print(json.dumps(result))
    else:
        for key, value in result.items():
            print(f"{key:24} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

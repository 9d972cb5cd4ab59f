"""`compare`: what changed over a term, and how far observers of one lesson agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.cli import agreement_commands, lesson_command, term_commands, term_out_commands
from observe_app.cli.parts import group

if TYPE_CHECKING:
    from observe_app.cli.parts import Commands


def add_to(commands: Commands) -> None:
    """Add `compare` and what stands behind it."""
    behind = group(commands, "compare", "compare visits over a term, and observers of one lesson")
    term_commands.add_to(behind)
    agreement_commands.add_to(behind)
    lesson_command.add_to(behind)
    term_out_commands.add_to(behind)

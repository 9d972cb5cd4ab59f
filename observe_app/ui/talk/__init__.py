"""Talk: what was written down becomes strengths, growth areas, questions and action steps."""

from __future__ import annotations

from observe_app.ui.talk.tab import TalkTab

__all__ = ["TalkTab"]

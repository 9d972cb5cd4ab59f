"""A filmed lesson: the film in the Observe screen, whose clock is then the film's."""

from __future__ import annotations

from observe_app.ui.film.pane import FilmPane

__all__ = ["FilmPane"]

"""The window: Qt widgets, pages and everything that paints. Knows services and domain, never the store."""

from observe_app.ui.overrides import guard_overrides

guard_overrides()

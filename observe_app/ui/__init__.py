"""The window: Qt widgets, pages and everything that paints. Knows services and domain, never the store."""

"""Where the data lies, for those who may not ask the store themselves."""

from __future__ import annotations

from pathlib import Path


def data_folder(chosen: Path | None = None) -> Path:
    """Return the chosen data folder, or the one that `OBSERVE_DATA` or the system names; it need not exist."""
    from observe_app.store.look import default_folder  # noqa: PLC0415  (services load before the store does)

    return Path(chosen) if chosen is not None else default_folder()


def demo_folder(chosen: Path | None = None) -> Path:
    """Return the folder beside the data folder that demonstrations use; never the data folder itself."""
    folder = data_folder(chosen).absolute()
    return folder.with_name(f"{folder.name or 'observe'}-demo")

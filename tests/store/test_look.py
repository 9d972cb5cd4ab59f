"""What the first paint needs is read from the settings, whatever stands in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.store.look import Look, read_look
from observe_app.store.settings import SettingsBox

if TYPE_CHECKING:
    from pathlib import Path


def test_the_look_is_what_was_chosen(tmp_path: Path) -> None:
    SettingsBox(tmp_path / "settings.toml").change(theme="dark", text_size=125, reduce_motion=True)

    assert read_look(tmp_path) == Look(theme="dark", reduce_motion=True, text_size=125)


@pytest.mark.parametrize("value", ['"large"', "true", "1.5", "[150]"])
def test_a_text_size_that_is_no_whole_number_counts_as_100(tmp_path: Path, value: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"version = 1\ntext_size = {value}\n", encoding="utf-8")

    assert read_look(tmp_path).text_size == 100
    assert SettingsBox(path).get().text_size == 100


def test_without_settings_words_have_the_size_of_the_design(tmp_path: Path) -> None:
    assert read_look(tmp_path).text_size == 100

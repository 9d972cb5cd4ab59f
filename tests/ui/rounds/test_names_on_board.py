"""Names in the narrow cells of the board."""

from __future__ import annotations

import pytest

from observe_app.ui.rounds.words import with_initial


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sofia Papadopoulou", "S. Papadopoulou"),
        ("Noor van Dijk", "N. van Dijk"),
        ("  Bo  Li ", "B. Li"),
        ("Élodie Martin", "É. Martin"),
        ("Amina", "Amina"),
        ("", ""),
    ],
)
def test_a_name_gives_its_first_part_before_its_last_one(name: str, short: str) -> None:
    assert with_initial(name) == short

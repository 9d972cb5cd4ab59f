"""Notes side by side: the first ones first, none lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observe_app.ui.compare.sides_data import Block, Said, first_notes

MINUTE = 60_000


def notes(times: list[int], side: str) -> tuple[Said, ...]:
    """Return notes at these moments."""
    return tuple(Said(f"{side}{at}-{place}", at, "T", "word") for place, at in enumerate(sorted(times)))


def blocks_of(minutes: list[tuple[list[int], list[int]]]) -> tuple[Block, ...]:
    """Return a block for each minute with notes at these milliseconds of it."""
    return tuple(
        Block(
            "",
            minute,
            *(notes([minute * MINUTE + at for at in times], side) for side, times in zip("ab", both, strict=True)),
        )
        for minute, both in enumerate(minutes)
    )


TIMES = st.lists(st.integers(0, MINUTE - 1), max_size=6)


@given(st.lists(st.tuples(TIMES, TIMES), max_size=5), st.integers(1, 30))
def test_what_is_shown_and_what_is_left_are_all_notes_and_the_earlier_come_first(minutes, most):
    blocks = blocks_of(minutes)
    every = sorted(note.at_ms for block in blocks for note in (*block.left, *block.right))

    shown, left = first_notes(blocks, most)
    seen = sorted(note.at_ms for block in shown for note in (*block.left, *block.right))

    assert len(seen) + left == len(every)
    assert seen == every[: len(seen)]
    assert len(seen) >= min(most, len(every))


def test_few_notes_are_shown_as_they_are():
    blocks = blocks_of([([1, 2], [3]), ([], [4])])

    assert first_notes(blocks, 2000) == (blocks, 0)


def test_of_one_long_block_only_the_beginning_is_shown():
    shown, left = first_notes(blocks_of([(list(range(5000)), [])]), 2000)

    assert (len(shown[0].left), left) == (2000, 3000)

"""Nothing of fewer than five people at once, whatever comes in whatever order."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.form import Form, Item, ItemKind, Level, Option, Section
from observe_app.domain.surveys.release import in_lumps, may_release, mixed
from observe_app.domain.surveys.results import cross, item_results
from observe_app.domain.surveys.sheet import Given

LEVELS = tuple(Level(number, (("", f"level {number}"),)) for number in (1, 2, 3))
RATING = Item("rate", ItemKind.RATING, (("", "Rate"),), levels=LEVELS)
CHECK = Item("check", ItemKind.CHECK, (("", "Check"),))
CHOICE = Item(
    "choice", ItemKind.CHOICE, (("", "Choice"),), options=(Option("a", (("", "A"),)), Option("b", (("", "B"),))),
    other=True,
)  # fmt: skip
ONE, TWO = Item("one", ItemKind.TEXT, (("", "One"),)), Item("two", ItemKind.TEXT, (("", "Two"),))
FORM = Form("f", 1, (("", "F"),), (), (Section("s", (("", "S"),), (RATING, CHECK, CHOICE, ONE, TWO)),))

sheets = st.fixed_dictionaries(
    {},
    optional={
        "rate": st.builds(Given, st.sampled_from([1, 2, 3])),
        "check": st.builds(Given, st.sampled_from(["yes", "no"])),
        "choice": st.one_of(st.builds(Given, st.sampled_from(["a", "b"])), st.just(Given("other", "mine"))),
        "one": st.builds(Given, st.text(min_size=1, max_size=4)),
        "two": st.builds(Given, st.text(min_size=1, max_size=4)),
    },
)
batches_of_five = st.lists(st.lists(sheets, min_size=5, max_size=9), max_size=5)


@given(st.integers(0, 60), st.integers(5, 50))
def test_a_batch_is_never_smaller_than_promised(waiting, least):
    assert may_release(waiting, least) is (waiting >= least)


@given(batches_of_five, st.integers(5, 8))
def test_the_difference_of_two_results_is_never_of_fewer_than_promised(batches, least):
    before = {}
    for count in range(len(batches) + 1):
        results = item_results(FORM, batches[:count], least=least, anonymous=True, rng=Random(1))
        for result in results:
            if result.item.kind is ItemKind.TEXT:
                continue
            more = result.n - before.get(result.item.id, 0)
            assert more == 0 or more >= least
            before[result.item.id] = result.n


@given(st.lists(st.lists(st.integers(), max_size=7), max_size=8), st.integers(5, 8))
def test_what_is_counted_is_what_came_and_grows_by_enough(batches, least):
    counted = 0
    for count in range(len(batches) + 1):
        shown = in_lumps(batches[:count], least)
        flat = [one for batch in batches[:count] for one in batch]
        assert shown == flat[: len(shown)]
        assert len(shown) == counted or len(shown) >= counted + least
        counted = len(shown)


@given(st.lists(sheets, min_size=5, max_size=12), st.integers())
def test_mixing_loses_nothing_and_keeps_ticked_answers_together(rows, seed):
    found = mixed(FORM, rows, Random(seed))

    def ticked(sheet):
        return tuple((key, sheet[key].value) for key in ("rate", "check", "choice") if key in sheet)

    def words(some):
        return Counter((key, one.words) for sheet in some for key, one in sheet.items() if one.words)

    def texts(some, key):
        return Counter(sheet[key].value for sheet in some if key in sheet)

    assert len(found) == len(rows)
    assert Counter(tuple(p for p in ticked(sheet) if p[1] is not None) for sheet in found) == Counter(map(ticked, rows))
    assert words(found) == words(rows)
    assert all(texts(found, key) == texts(rows, key) for key in ("one", "two"))


def test_texts_are_torn_from_each_other_and_from_what_was_ticked():
    rows = [
        {"rate": Given(1 + number % 3), "one": Given(f"one {number}"), "two": Given(f"two {number}")}
        for number in range(12)
    ]
    together = [
        sum(sheet["one"].value[4:] == sheet["two"].value[4:] for sheet in mixed(FORM, rows, Random(seed)))
        for seed in range(200)
    ]

    # As often as by chance: one of twelve, not twelve.
    assert 0.5 < sum(together) / len(together) < 1.6


@given(batches_of_five)
def test_a_cross_table_never_shows_fewer_than_five(batches):
    cells = cross(RATING, CHECK, batches, 5)

    for count in (cells or {}).values():
        assert count == 0 or count >= 5


def test_a_cross_table_shows_what_is_common():
    batch = [{"rate": Given(3), "check": Given("yes")}] * 6
    cells = cross(RATING, CHECK, [batch], 5)

    assert cells is not None
    assert cells["3", "yes"] == 6
    assert sum(cells.values()) == 6
    assert cross(RATING, CHECK, [[*batch, {"rate": Given(1), "check": Given("no")}]], 5) is None


def test_the_middle_of_a_rating_is_a_level_or_two_and_none_of_few():
    def middle(*levels):
        (result, *_) = item_results(
            FORM, [[{"rate": Given(one)} for one in levels]], least=5, anonymous=False, rng=Random(1)
        )
        return result.middle

    assert middle(1, 2, 3, 3) is None
    assert middle(1, 2, 3, 3, 3) == (3.0, 3.0)
    assert middle(1, 1, 2, 3, 3, 3) == (2.0, 3.0)

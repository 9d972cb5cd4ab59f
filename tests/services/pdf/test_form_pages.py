"""The printed form: every word of it on the page, nothing over the edge, the same bytes every time."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdf
import pypdfium2
import pytest
from hypothesis import Phase as Part
from hypothesis import given, settings
from hypothesis import strategies as st

from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Option, Section
from observe_app.domain.progress import Cancelled, Progress
from observe_app.paths import forms_dir
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf import export_form, form_pages, form_pdf
from observe_app.services.pdf.form_build import build_form
from observe_app.services.pdf.render import form_bytes
from tests.services.pdf.form_samples import copus_like, crowded, every_kind, levels, said, survey
from tests.services.pdf.samples import assert_golden, pages_of, words_in
from tests.services.pdf.test_render import hostile

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper

PAPERS: tuple[Paper, ...] = ("A4", "Letter")
SHIPPED = sorted(forms_dir().glob("*.toml"))


def with_items(*items: Item) -> Form:
    return Form("one", 1, said("One"), (), (Section("s", said("Section"), items),))


def text_of(form: Form, paper: Paper = "A4") -> str:
    return words_in(" ".join(pages_of(form_pdf(form, paper=paper))))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_text_of_every_kind_is_on_file(paper: Paper) -> None:
    data, result = form_pages(every_kind(), paper=paper)

    pages = pages_of(data)
    assert (result.pages, result.fallback, result.replaced) == (len(pages), False, ())
    assert_golden(f"form-{paper}.txt", "\f\n".join(page + "\n" for page in pages))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_form_prints_with_all_its_words(path: Path, paper: Paper) -> None:
    form = read_file(path).form
    assert form is not None

    data, result = form_pages(form, paper=paper)

    found = words_in(" ".join(pages_of(data)))
    assert (result.fallback, result.replaced) == (False, ())
    for text in every_text(form):
        assert words_in(text) in found, text


def every_text(form: Form) -> list[str]:
    """Return all that the sheet must say of a form, conditions and choices of an interval sheet aside."""
    document = build_form(form)
    out = [document.title, document.purpose]
    for section in document.sections:
        out += [section.title, section.help, section.condition]
        for item in section.items:
            out += [item.label, item.help, item.condition, item.unit]
            out += [text for choice in item.choices for text in (choice.label, choice.text)]
            out += [text for side in item.sides for code in side.codes for text in (code.code, code.label, code.text)]
    return out


def boxes_of(data: bytes) -> list[tuple[tuple[float, float], list[tuple[float, float, float, float]]]]:
    """Return size and text boxes (left, bottom, right, top) of each page, as PDFium finds them."""
    document = pypdfium2.PdfDocument(data)
    out = []
    for page in document:
        text = page.get_textpage()
        out.append((page.get_size(), [text.get_rect(at) for at in range(text.count_rects())]))
        text.close()
        page.close()
    document.close()
    return out


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("form", [every_kind(), crowded(), survey(), with_items(copus_like(300))], ids=lambda f: f.id)
def test_no_words_leave_the_paper_or_lie_over_others(form: Form, paper: Paper) -> None:
    for (wide, high), boxes in boxes_of(form_pdf(form, paper=paper)):
        assert boxes
        assert all(
            left > 20 and right < wide - 20 and bottom > 20 and top < high - 20 for left, bottom, right, top in boxes
        )
        for one, other in itertools.combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            up = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 1.5 or up < 1.5, (one, other)


def test_three_hundred_items_with_long_words_keep_them_all() -> None:
    form = crowded()

    data, result = form_pages(form)

    found = words_in(" ".join(pages_of(data)))
    assert not result.fallback
    assert all(words_in(text) in found for text in every_text(form))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("seconds", [60, 120, 300])
def test_fifty_minutes_of_25_codes_are_on_one_page_that_lies_on_its_side(seconds: int, paper: Paper) -> None:
    reader = pypdf.PdfReader(io.BytesIO(form_pdf(with_items(copus_like(seconds)), paper=paper)))

    lying = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    text = words_in(lying[0].extract_text())
    assert len(lying) == 1
    assert all(f"I{at}" in text and f"S{at}" in text for at in range(12))
    assert all(block in text for block in ("0–10", "10–20", "20–30", "30–40", "40–50"))


@pytest.mark.parametrize("seconds", [5, 20, 1800])
def test_very_short_and_very_long_intervals_take_the_pages_they_need(seconds: int) -> None:
    data, result = form_pages(with_items(copus_like(seconds, look=3)))

    assert not result.fallback
    assert "Lookonlyatthefirst3seconds" in words_in(" ".join(pages_of(data)))


def test_the_meaning_of_the_codes_is_on_the_page_after_the_sheet() -> None:
    pages = pages_of(form_pdf(with_items(copus_like())))

    sheet = next(number for number, page in enumerate(pages) if "Each column is" in page)
    assert "What act 0 looks like." in pages[sheet + 1]
    assert "Presenting" in pages[sheet + 1]


def test_a_rubric_repeats_its_levels_on_every_page_it_goes_on_to() -> None:
    told = tuple(f"How level {number} looks in a lesson like this one, in some words." for number in range(1, 5))
    scale = levels("Hardly", "Partly", "Mostly", "Throughout", descriptors=told)
    items = tuple(Item(f"r{at}", ItemKind.RATING, said(f"Criterion {at}"), levels=scale) for at in range(20))

    pages = pages_of(form_pdf(with_items(*items)))

    rubric = [page for page in pages if "Criterion" in page]
    assert len(rubric) > 1
    assert all("Hardly" in page and "Throughout" in page for page in rubric)


@pytest.mark.parametrize("lines", range(1, 12))
def test_a_heading_stays_with_the_first_item_below_it(lines: int) -> None:
    before = tuple(Item(f"t{at}", ItemKind.TEXT, said(f"Text {at}"), long=at % 2 == 0) for at in range(lines))
    last = Section("z", said("The last section"), (Item("z", ItemKind.TEXT, said("Its only item"), long=True),))
    form = replace(with_items(*before), sections=(*with_items(*before).sections, last))

    page = next(page for page in pages_of(form_pdf(form)) if "The last section" in page)

    assert "Its only item" in page


def test_nine_levels_with_long_descriptors_stand_below_each_other() -> None:
    told = tuple(f"Level {number}: " + "many words on what is to be seen " * 9 for number in range(1, 10))
    scale = levels(*"abcdefghi", descriptors=told)

    assert all(
        words_in(text) in text_of(with_items(Item("r", ItemKind.RATING, said("R"), levels=scale))) for text in told
    )


def test_only_a_lesson_form_has_a_page_for_notes_and_lines_for_the_class() -> None:
    assert "Whathappened" in text_of(with_items(Item("a", ItemKind.CHECK, said("A"))))
    of_survey = text_of(survey())
    assert "Studentspresent" not in of_survey
    assert "Observer" not in of_survey
    assert "notlookedfor" not in of_survey


def test_source_licence_and_citation_are_never_cut_without_standing_in_full() -> None:
    long = "A source that goes on and on, with authors and pages, so that no foot can hold it. " * 4
    form = replace(every_kind(), source=long, licence="CC BY 4.0", citation="Nobody (2026)")

    assert words_in(f"Source: {long}") in text_of(form)
    assert "Aboutthisform" not in text_of(every_kind())


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_form_gives_the_same_bytes(paper: Paper) -> None:
    assert form_pdf(every_kind(), paper=paper) == form_pdf(every_kind(), paper=paper)
    assert form_pdf(every_kind(), paper=paper) != form_pdf(replace(every_kind(), version=4), paper=paper)


def test_only_our_embedded_fonts_are_used() -> None:
    fonts = [
        font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(form_pdf(every_kind()))).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]

    assert fonts
    assert all("SourceSans3" in str(font["/BaseFont"]) and "/FontFile2" in font["/FontDescriptor"] for font in fonts)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("form", [every_kind(), crowded()], ids=lambda form: form.id)
@pytest.mark.parametrize("paper", PAPERS)
def test_qpdf_finds_nothing_wrong(paper: Paper, form: Form, tmp_path: Path) -> None:
    target = tmp_path / "form.pdf"
    target.write_bytes(form_pdf(form, paper=paper))

    checked = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True, check=False)  # noqa: S607

    assert checked.returncode == 0, checked.stdout + checked.stderr


LINES = "\n".join(f"line{at}" for at in range(280))
WORDS = " ".join(f"word{at}" for at in range(280))


def of_every_length(item: Item) -> Item:
    """Return the item with options, levels, codes or a unit of few and many words and lines."""
    texts = ("short", LINES, WORDS)
    if item.kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        return replace(item, options=tuple(Option(f"o{at}", said(text), said(text)) for at, text in enumerate(texts)))
    if item.kind is ItemKind.RATING:
        return replace(item, levels=levels(*texts, descriptors=texts))
    if item.kind is ItemKind.INTERVAL:
        side = item.sides[0]
        codes = tuple(
            replace(code, label=said(text), help=said(text)) for code, text in zip(side.codes, texts, strict=False)
        )
        named = tuple(replace(category, label=said(WORDS)) for category in side.categories)
        return replace(item, sides=(replace(side, label=said(WORDS), codes=codes, categories=named), *item.sides[1:]))
    return replace(item, unit=said(WORDS)) if item.kind is ItemKind.NUMBER else item


@pytest.mark.parametrize("text", [LINES, WORDS], ids=["lines", "words"])
@pytest.mark.parametrize("kind", ItemKind, ids=lambda kind: kind.value)
def test_an_item_higher_than_a_page_goes_on_to_the_next_with_all_its_words(kind: ItemKind, text: str) -> None:
    item = copus_like() if kind is ItemKind.INTERVAL else Item("i", kind, said("An item"), every=5)
    asked = Item("first", ItemKind.RATING, said("Asked first"), levels=levels(WORDS, LINES, "x"))
    met = Condition("first", ConditionTest.IS, (1, 2))
    form = with_items(asked, replace(of_every_length(item), help=said(text), show_when=(met,)))

    data, result = form_pages(form)

    assert not result.fallback
    assert set(re.findall(r"\w+", " ".join(every_text(form)))) <= set(re.findall(r"\w+", " ".join(pages_of(data))))


def test_guidance_without_words_takes_no_room() -> None:
    form = with_items(Item("empty", ItemKind.GUIDANCE, ()), Item("a", ItemKind.CHECK, said("A check")))

    data, result = form_pages(form)

    assert not result.fallback
    assert "Section" in pages_of(data)[0]
    assert "A check" in pages_of(data)[0]


def test_counts_begin_below_what_is_on_the_page_and_repeat_their_heads_on_the_next() -> None:
    before = tuple(Item(f"t{at}", ItemKind.TEXT, said(f"Text {at}"), long=True) for at in range(2))
    counted = tuple(Item(f"c{at}", ItemKind.TALLY, said(f"Count {at}")) for at in range(9))

    pages = pages_of(form_pdf(with_items(*before, *counted)))

    assert "Count 0" in pages[0]
    assert "Count 1" in pages[0]
    assert "Count 8" in pages[1]
    assert all("One stroke each time" in page for page in pages[:2])


def with_a_sheet_first(after: int) -> Form:
    """Return a form with an interval sheet and after it a section of long texts."""
    texts = tuple(Item(f"t{at}", ItemKind.TEXT, said(f"Text {at}"), long=True) for at in range(after))
    form = with_items(copus_like())
    return replace(form, sections=(*form.sections, Section("z", said("The last section"), texts)))


def test_what_comes_after_a_sheet_stands_before_it_where_a_page_would_stay_empty() -> None:
    pages = pages_of(form_pdf(with_a_sheet_first(2)))

    assert "The last section" in pages[0]
    assert "Text 1" in pages[0]
    assert "Each column is" in pages[1]


def test_what_does_not_fit_before_a_sheet_keeps_its_place_after_it() -> None:
    pages = pages_of(form_pdf(with_a_sheet_first(6)))

    assert "Each column is" in pages[1]
    assert "The last section" not in "".join(pages[:2])
    assert "Text 5" in "".join(pages[2:])


@pytest.mark.parametrize(("lines", "shared"), [(5, True), (7, False)])
def test_notes_begin_on_a_page_that_is_mostly_empty(lines: int, *, shared: bool) -> None:
    texts = tuple(Item(f"t{at}", ItemKind.TEXT, said(f"Text {at}"), long=True) for at in range(lines))

    last = pages_of(form_pdf(with_items(*texts)))[-1]

    assert "What happened" in last
    assert (f"Text {lines - 1}" in last) == shared


def items_of(text: st.SearchStrategy[str]) -> st.SearchStrategy[Item]:
    words = text.map(said)
    level = st.lists(st.tuples(text, text), min_size=1, max_size=9).map(
        lambda rows: levels(*(name for name, _told in rows), descriptors=tuple(told for _name, told in rows))
    )
    plain = st.builds(
        Item, st.just("i"), st.sampled_from([kind for kind in ItemKind if kind is not ItemKind.INTERVAL]), words, words,
        levels=level, required=st.booleans(), long=st.booleans(), other=st.booleans(), unit=words,
        every=st.integers(0, 60), of=st.none() | st.integers(1, 99), aim=st.none() | st.floats(0.5, 60),
        low=st.none() | st.floats(-9, 9), group=st.sampled_from(["", "a"]),
    )  # fmt: skip
    return plain | st.builds(
        lambda label, seconds: replace(copus_like(seconds), label=label), words, st.sampled_from([5, 7, 90, 120, 1800])
    )


@settings(max_examples=20, phases=(Part.explicit, Part.reuse, Part.generate))
@given(st.lists(items_of(st.one_of(hostile(), st.sampled_from([LINES, WORDS]))), min_size=1, max_size=5), hostile())
def test_no_text_stops_a_form_or_needs_the_plain_layout(items: list[Item], title: str) -> None:
    numbered = tuple(replace(item, id=f"i{at}") for at, item in enumerate(items))
    form = replace(with_items(*numbered), title=said(title), source=title)

    data, result = form_pages(form)

    assert not result.fallback
    assert result.pages == len(pypdf.PdfReader(io.BytesIO(data)).pages)


def test_a_layout_that_cannot_be_set_falls_back_to_plain_pages() -> None:
    from observe_app.services.pdf.layout.form_plain import form_plain
    from observe_app.services.pdf.layout.sheets import LayoutError

    def impossible(_kit: object) -> list[Any]:
        raise LayoutError("does not fit")

    data, result = form_bytes(build_form(every_kind()), layouts=(impossible, form_plain))

    found = words_in(" ".join(pages_of(data)))
    assert result.fallback
    assert all(words_in(text) in found for text in every_text(every_kind()))


# --- from the library ------------------------------------------------------------------------------------------------


def test_a_form_of_the_library_is_written_on_the_paper_of_the_settings(core: Core, tmp_path: Path) -> None:
    core.settings.change(paper="Letter")

    result = export_form(core, "learning-walk", tmp_path / "form.pdf")

    page = pypdf.PdfReader(tmp_path / "form.pdf").pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (612, 792)
    assert result.size == (tmp_path / "form.pdf").stat().st_size


def test_stopping_writes_nothing(core: Core, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        export_form(core, "learning-walk", tmp_path / "form.pdf", progress=progress)

    assert not (tmp_path / "form.pdf").exists()

"""The same picture on screen and on paper: same places, same words, one tagged figure."""

from __future__ import annotations

import io
from functools import partial
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader
from PySide6.QtCore import Qt

from observe_app.domain.compare.marks import Term
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.services.charts.picture import POINTS, Size, Word
from observe_app.services.charts.words import ChartWords
from observe_app.services.pdf.layout.pictures import ruler as paper_ruler
from observe_app.services.pdf.layout.pictures import tone
from observe_app.ui.charts import screen_ruler
from observe_app.ui.charts.copies import image_of
from observe_app.ui.theme import Scheme, load_tokens
from tests.ui import charts_data as data
from tests.ui.charts_gallery import beside_paper
from tests.ui.charts_paper import EDGE, on_one_page

CHARTS = beside_paper()
_SHARP = 2
_FAR = 40
_APART = 0.1
"""How much a pixel must differ, of 255, to count; edges of letters are smoothed differently."""


def drawn(name, ruler):
    maker, width = CHARTS[name]
    return maker(Size(width), ruler, ChartWords())


@pytest.mark.parametrize("name", CHARTS)
def test_words_are_equally_wide_on_screen_and_paper(qtbot, name):
    for part in drawn(name, paper_ruler).parts:
        if isinstance(part, Word):
            wide = paper_ruler(part.text, part.size, part.weight)
            assert screen_ruler(part.text, part.size, part.weight) == pytest.approx(wide, rel=0.08, abs=2.5), part.text


@pytest.mark.parametrize("name", CHARTS)
def test_paper_looks_like_the_screen(qtbot, name):
    """Of all pixels that are not white on either, nearly all are dark on both."""
    picture = drawn(name, screen_ruler)
    page = pdfium.PdfDocument(on_one_page(picture))[0]
    paper = page.render(scale=_SHARP / POINTS).to_pil().convert("L")
    image = image_of(picture).scaled(paper.width, paper.height, mode=Qt.TransformationMode.SmoothTransformation)
    screen = Image.fromqimage(image).convert("L")
    soft = (Image.Image.reduce(paper, 6), Image.Image.reduce(screen, 6))
    apart = sum(ImageChops.difference(*soft).histogram()[_FAR:])
    inked = sum(soft[0].histogram()[:240])

    assert apart < _APART * inked, (apart, inked)


def test_another_chart_does_not_look_the_same(qtbot):
    one, other = (pdfium.PdfDocument(on_one_page(drawn(name, paper_ruler)))[0] for name in ("small", "share"))
    pages = [page.render(scale=_SHARP / POINTS).to_pil().convert("L").resize((480, 320)) for page in (one, other)]
    soft = [page.reduce(6) for page in pages]

    assert sum(ImageChops.difference(*soft).histogram()[_FAR:]) > _APART * sum(soft[0].histogram()[:240])


@pytest.mark.parametrize("name", CHARTS)
def test_every_word_stands_on_paper_where_it_stands_in_the_picture(qtbot, name):
    picture = drawn(name, paper_ruler)
    page = pdfium.PdfDocument(on_one_page(picture))[0]
    text = page.get_textpage()
    written = text.get_text_range()

    for part in picture.parts:
        if not isinstance(part, Word):
            continue
        assert part.text.split()[0] in written
        x = (part.x + EDGE) * POINTS
        y = page.get_height() - (part.y + EDGE) * POINTS
        wide = paper_ruler(part.text, part.size, part.weight) * POINTS
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[part.anchor]
        found = text.get_text_bounded(left - 2, y - 4, left + wide + 2, y + part.size * POINTS)
        assert part.text.strip("…")[:3] in found, part.text


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_one_figure_with_its_words(qtbot, name):

    picture = drawn(name, paper_ruler)
    reader = PdfReader(io.BytesIO(on_one_page(picture)))
    top = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
    document = (top if isinstance(top, dict) else top[0]).get_object()
    figures = [kid.get_object() for kid in document["/K"]]

    assert [figure["/S"] for figure in figures] == ["/Figure"]
    assert figures[0]["/Alt"] == picture.alt
    corner = [float(value) for value in figures[0]["/A"]["/BBox"]][:2]
    assert corner == pytest.approx([EDGE * POINTS, EDGE * POINTS], abs=0.1)


def test_paper_has_the_colours_of_the_light_theme():
    light = load_tokens(Scheme.LIGHT, 100).color

    for name in ("ink", "muted", "bar", "mid", "line", "warm", "h1", "h4", "on_h34"):
        assert tone(name).hexval()[2:].upper() == getattr(light, name)[1:].upper()


@pytest.mark.parametrize("name", ["heat", "seats", "agreement"])
def test_saving_ink_draws_outlines_and_keeps_every_word(qtbot, name):
    picture = drawn(name, paper_ruler)
    full, thin = (pdfium.PdfDocument(on_one_page(picture, saving=saving))[0] for saving in (False, True))
    dark = [sum(page.render(scale=1).to_pil().convert("L").histogram()[:160]) for page in (full, thin)]

    assert dark[1] < 0.7 * dark[0]
    assert thin.get_textpage().get_text_range() == full.get_textpage().get_text_range()


@pytest.mark.parametrize("name", ["heat", "seats", "agreement", "mixed"])
def test_tones_stay_apart_in_grey(name):
    def grey(token: str) -> float:
        return 0.299 * tone(token).red + 0.587 * tone(token).green + 0.114 * tone(token).blue

    steps = [grey(token) for token in ("h1", "h2", "h3", "h4")]

    assert all(before - after > 0.08 for before, after in pairwise(steps))


def test_names_in_other_scripts_are_measured_and_drawn(qtbot):

    of = data.visits(3)
    series = data.rating("נותן זמן לחשוב", of, [1, 2, 3])

    picture = partial(small_multiple, course_of(Term(of, (series,)), series))(Size(240), paper_ruler, ChartWords())

    assert on_one_page(picture).startswith(b"%PDF")

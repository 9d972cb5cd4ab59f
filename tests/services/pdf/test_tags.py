"""What screen readers and archives are told: the tree, its marks, links, outline and description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.lib.colors import black

from observe_app.paths import forms_dir
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf import form_pdf
from observe_app.services.pdf.document import NoteRow, ReportDocument
from observe_app.services.pdf.layout.flowables import Drawn
from observe_app.services.pdf.layout.pieces import table
from observe_app.services.pdf.layout.xmp import srgb
from tests.services.pdf.form_samples import crowded, every_kind, survey
from tests.services.pdf.reading import Element, decoration, read
from tests.services.pdf.samples import corrected_document, released_document, sample_document, words_in, written
from tests.services.pdf.sheet import assert_passes, drawn, elements, objects, opened, text, told, write

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.layout.canvas import MarkedCanvas
    from observe_app.services.pdf.structure import Node

PAPERS: tuple[Paper, ...] = ("A4", "Letter")
SHIPPED = sorted(forms_dir().glob("*.toml"))
LONG = " ".join(f"word{number}" for number in range(260))


def outline_of(one: Element, depth: int = 0) -> str:
    """Return the tree as indented lines: roles, and the beginning of what each says itself."""
    own = "".join(part for part in one.parts if isinstance(part, str)).strip()
    lines = [f"{'  ' * depth}{one.role}{f': {own[:23].strip()}' if own else ''}"]
    lines += [outline_of(part, depth + 1) for part in one.parts if isinstance(part, Element)]
    return "\n".join(lines)


def story(root: Node) -> list[Any]:
    """Return a heading, a paragraph over two pages, a table over several, a list and a figure."""
    section = root.add("Sect")
    out: list[Any] = [text("The title", section.add("H1")), text(LONG, section.add("P")), text("1 of 9", None)]
    listing = section.add("Table")
    head = listing.add("THead").add("TR")
    rows: list[list[Any]] = [
        [text(word, head.add("TH", scope="Column", once=True)) for word in ("Time", "What", "Who")]
    ]
    body = listing.add("TBody")
    for number in range(40):
        row = body.add("TR")
        first = text(f"row {number}", row.add("TH", scope="Row"))
        if number:
            rows.append([first, text(f"note {number}", row.add("TD")), ""])
            row.add("TD")
        else:
            rows.append([first, text("both", row.add("TD", span=2)), ""])
    out.append(table(rows, [80, 100, 60], [("LINEBELOW", (0, 0), (-1, -1), 0.5, black)]))
    item = section.add("L").add("LI")
    out.append(text("1", item.add("Lbl")))
    out.append(text("an item", item.add("LBody").add("P")))
    return [*out, Drawn(90, 30, _bar, section.add("Figure", alt="Half of it"))]


def _bar(canvas: Any, width: float, height: float) -> None:
    canvas.rect(0, 0, width / 2, height, stroke=0, fill=1)


# --- the tree --------------------------------------------------------------------------------------------------------


def test_a_story_is_read_as_it_was_built_and_heads_are_read_once() -> None:
    lines = outline_of(read(told(story))).splitlines()

    assert lines[:11] == [
        "Root", "  Document", "    Sect", "      H1: The title", "      P: word0 word1 word2 word3", "      Table",
        "        THead", "          TR", "            TH: Time", "            TH: What", "            TH: Who",
    ]  # fmt: skip
    assert lines[11:17] == [
        "        TBody", "          TR", "            TH: row 0", "            TD: both", "          TR",
        "            TH: row 1",
    ]  # fmt: skip
    assert lines[-6:] == [
        "      L", "        LI", "          Lbl: 1", "          LBody", "            P: an item",
        "      Figure: Half of it",
    ]  # fmt: skip
    assert sum(line.strip() == "TR" for line in lines) == 41


def test_a_paragraph_parted_by_a_page_is_one_element_with_all_its_words() -> None:
    data = told(story)

    found = [one for one in read(data).walk() if one.role == "P"]
    assert found[0].text().split() == LONG.split()
    assert len(opened(data).pages) > 3


def test_what_nobody_owns_is_decoration() -> None:
    data = told(story)

    left = decoration(data)
    assert "1 of 9" in left
    assert "Time" in left  # the repeated heads
    assert "1 of 9" not in read(data).text()


def test_cells_say_what_they_head_and_cover_and_empty_ones_stay() -> None:
    data = told(story)

    heads = [one["/A"] for one in elements(data, "TH")]
    assert [head["/Scope"] for head in heads[:4]] == ["/Column", "/Column", "/Column", "/Row"]
    cells = elements(data, "TD")
    assert cells[0]["/A"]["/ColSpan"] == 2
    assert "/K" not in cells[2]
    ids = [one["/ID"] for one in elements(data, "TH")]
    assert len(set(ids)) == len(ids) == 43


def test_a_figure_has_words_and_a_place() -> None:
    figure = elements(told(story), "Figure")[0]

    left, bottom, right, top = (float(value) for value in figure["/A"]["/BBox"])
    assert figure["/Alt"] == "Half of it"
    assert (round(right - left), round(top - bottom)) == (90, 30)


def test_a_list_with_labels_says_that_it_is_numbered() -> None:
    assert elements(told(story), "L")[0]["/A"]["/ListNumbering"] == "/Decimal"


def test_every_mark_on_a_page_leads_to_the_element_that_owns_it() -> None:
    reader = opened(told(story))
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}

    for made in reader.pages:
        marks = re.findall(rb"/(\w+) <</MCID (\d+)>> BDC", made.get_contents().get_data())
        owners = parents[made["/StructParents"]]
        assert [int(number) for _role, number in marks] == list(range(len(owners)))
        assert [f"/{role.decode()}" for role, _number in marks] == [owner["/S"] for owner in owners]


def test_marks_within_marks_have_one_owner_each() -> None:
    def draw(canvas: MarkedCanvas, root: Node) -> None:
        outer = root.add("P")
        inner = outer.add("Span")
        canvas.begin_mark(outer)
        write(canvas, None, 10, 100, "decoration")
        canvas.drawString(10, 80, "before ")
        write(canvas, inner, 50, 80, "within ")
        canvas.drawString(90, 80, "after")
        canvas.end_mark()

    data = drawn(draw)
    assert outline_of(read(data)).splitlines()[1:] == ["  Document", "    P: before after", "      Span: within"]
    assert read(data).text().split() == ["before", "within", "after"]
    assert decoration(data).startswith("decoration")


def test_strokes_can_stand_for_a_text_and_elements_too() -> None:
    def draw(canvas: MarkedCanvas, root: Node) -> None:
        node = root.add("P")
        canvas.begin_mark(node)
        canvas.begin_actual("שלום (1)")
        canvas.drawString(10, 80, "(1) mols")
        canvas.end_actual()
        canvas.end_mark()
        whole = root.add("P")
        whole.actual, whole.lang = "two", "de"
        write(canvas, whole, 10, 60, "2")

    data = drawn(draw)
    assert next(one.text() for one in read(data).walk() if one.role == "P") == "שלום (1)"
    assert [(one.get("/ActualText"), one.get("/Lang")) for one in elements(data, "P")] == [(None, None), ("two", "de")]


def test_strokes_that_stand_for_a_text_end_with_their_owner() -> None:
    def draw(canvas: MarkedCanvas, root: Node) -> None:
        canvas.begin_mark(root.add("P"))
        canvas.begin_actual("one")
        canvas.drawString(10, 80, "1")
        write(canvas, root.add("P"), 10, 60, "two")
        canvas.end_actual()
        canvas.end_mark()

    data = drawn(draw)
    assert words_in(read(data).text()) == "onetwo"
    code = opened(data).pages[0].get_contents().get_data()
    assert code.count(b"BDC") + code.count(b"BMC") == code.count(b"EMC")


# --- links, places, outline ------------------------------------------------------------------------------------------


def linked(canvas: MarkedCanvas, root: Node) -> None:
    """Draw links, bookmarks and two pages."""
    canvas.place("top", 10, 290)
    canvas.bookmark("First", 0, "top")
    canvas.bookmark("First", 4, "end")
    canvas.bookmark("Nowhere", 0, "nowhere")
    write(canvas, root.add("H1"), 10, 270, "First")
    made = text('see <a href="#end">the <b>end</b></a> or <a href="#gone">more</a>, not '
                '<a href="javascript:x">this</a> <a href="file:///etc/passwd">that</a>', root.add("P"))  # fmt: skip
    made.wrapOn(canvas, 300, 100)
    made.drawOn(canvas, 10, 200)
    canvas.linkURL("https://example.org", (0, 0, 9, 9))
    canvas.linkRect("", "top", (0, 0, 9, 9))
    canvas.showPage()
    canvas.place("end", 10, 290)
    node = root.add("P")
    write(canvas, node, 10, 270, "back")
    canvas.link("top", (10, 268, 30, 12), node, "Back to the first page")


def test_a_link_leads_to_its_place_and_is_read_where_it_stands() -> None:
    reader = opened(drawn(linked))

    found = [
        (number, note.get_object()) for number, made in enumerate(reader.pages) for note in made.get("/Annots", [])
    ]
    assert [(number, note["/Dest"], note["/Contents"]) for number, note in found] == [
        (0, "end", "the end"), (1, "top", "Back to the first page"),
    ]  # fmt: skip
    ends = {name: reader.get_destination_page_number(end) for name, end in reader.named_destinations.items()}
    assert ends == {"top": 0, "end": 1}
    assert [made.get("/Tabs") for made in reader.pages] == ["/S", "/S"]
    assert outline_of(read(drawn(linked))).splitlines()[2:] == [
        "    H1: First", "    P: see  or , not this that", "      Link: the end", "      Span: more", "    P: back",
        "      Link",
    ]  # fmt: skip


def test_the_outline_leaves_out_levels_and_entries_that_lead_nowhere() -> None:
    reader = opened(drawn(linked))

    first, below = reader.outline
    assert (first["/Title"], reader.get_destination_page_number(first)) == ("First", 0)
    assert [(entry["/Title"], reader.get_destination_page_number(entry)) for entry in below] == [("First", 1)]


@pytest.mark.parametrize("data", [drawn(linked), form_pdf(every_kind())], ids=["links", "form"])
def test_no_action_and_no_address_is_in_a_file(data: bytes) -> None:
    keys = {key for found in objects(data) if isinstance(found, dict) for key in found if key != "/A"}

    assert keys.isdisjoint({"/AA", "/OpenAction", "/URI", "/JS", "/JavaScript", "/Launch", "/GoToR", "/F#20"})
    notes = [found for found in objects(data) if isinstance(found, dict) and found.get("/Type") == "/Annot"]
    assert all("/A" not in note for note in notes)


# --- description -----------------------------------------------------------------------------------------------------


def test_the_description_says_what_the_older_one_says() -> None:
    reader = opened(drawn(linked, title="Feedback <für> & Žižek 王"))
    info, xmp = reader.metadata, reader.xmp_metadata

    assert info is not None
    assert xmp is not None
    assert (info.title, xmp.dc_title) == ("Feedback <für> & Žižek 王", {"x-default": "Feedback <für> & Žižek 王"})
    assert (info.author, xmp.dc_creator) == ("Joonas Παπαδόπουλος", ["Joonas Παπαδόπουλος"])
    assert (info.subject, xmp.dc_description) == ("8b & <more>", {"x-default": "8b & <more>"})
    assert info.creation_date is not None
    assert xmp.xmp_create_date is not None
    assert info.creation_date.replace(tzinfo=None) == xmp.xmp_create_date.replace(tzinfo=None)
    assert xmp.xmp_modify_date == xmp.xmp_create_date
    assert xmp.dc_language == ["en"]


def test_viewers_are_told_language_title_and_tags() -> None:
    root = opened(drawn(linked)).trailer["/Root"]

    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/MarkInfo"]["/Marked"].value is True


def test_colours_mean_srgb() -> None:
    profile = opened(drawn(linked)).trailer["/Root"]["/OutputIntents"][0]["/DestOutputProfile"]

    data = profile.get_object().get_data()
    assert data == srgb()
    assert (int.from_bytes(data[:4], "big"), data[12:24], data[36:40]) == (len(data), b"mntrRGB XYZ ", b"acsp")


def test_letters_beyond_the_basic_plane_are_read_and_the_empty_code_says_nothing() -> None:
    def draw(canvas: MarkedCanvas, root: Node) -> None:
        write(canvas, root.add("P"), 10, 80, "a🄍b🅪ő")

    data = drawn(draw)
    assert words_in(read(data).text()) == "a🄍b🅪ő"
    fonts = [found for found in objects(data) if isinstance(found, dict) and "/ToUnicode" in found]
    maps = [font["/ToUnicode"].get_object().get_data() for font in fonts]
    assert maps
    assert not any(re.search(rb"<[0-9A-F]{2}> <0000>", held) for held in maps)


# --- the machine checks ----------------------------------------------------------------------------------------------


def notes(count: int) -> tuple[NoteRow, ...]:
    """Return so many notes, with tags, stars and one of several pages."""
    rows = [NoteRow(f"{at // 60:02d}:{at % 60:02d}", "T", f"note {at}", ("tag",), at % 7 == 0) for at in range(count)]
    rows[count // 2] = NoteRow("10:00", "S1", "long " * 4000)
    return tuple(rows)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_visit_passes(paper: Paper, tmp_path: Path) -> None:
    assert_passes(written(sample_document(paper=paper))[0], tmp_path)


@pytest.mark.parametrize("ink_saving", [False, True], ids=["inked", "saving"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("scope", ["summary", "record"])
@pytest.mark.parametrize("make", [released_document, corrected_document])
def test_a_release_with_its_reply_passes(
    make: Any, scope: str, paper: Paper, *, ink_saving: bool, tmp_path: Path
) -> None:
    data, _result = written(make(scope=scope, paper=paper, ink_saving=ink_saving))

    attached = "/AF" in opened(data).trailer["/Root"]
    assert_passes(data, tmp_path, "3a" if attached else "2a")
    assert attached == (scope == "summary" or "/AcroForm" in opened(data).trailer["/Root"])


def test_every_link_of_a_release_leads_somewhere_and_each_claim_is_linked() -> None:
    reader = opened(written(released_document(scope="record"))[0])

    notes = [note.get_object() for made in reader.pages for note in made.get("/Annots", [])]
    links = [note for note in notes if note["/Subtype"] == "/Link"]
    assert links
    assert {link["/Dest"] for link in links} <= set(reader.named_destinations)
    assert all(link["/Contents"] for link in links)


def test_a_visit_without_anything_passes(tmp_path: Path) -> None:
    assert_passes(written(ReportDocument("v", 0, ""))[0], tmp_path)


def test_a_record_of_many_pages_passes(tmp_path: Path) -> None:
    data, result = written(sample_document(scope="record", notes=notes(400)))

    assert result.pages > 12
    assert_passes(data, tmp_path)


@pytest.mark.long
def test_a_record_of_three_hundred_pages_passes(tmp_path: Path) -> None:
    data, result = written(sample_document(scope="record", notes=notes(13_000)))

    assert result.pages > 300
    assert_passes(data, tmp_path)


def test_a_story_and_links_pass(tmp_path: Path) -> None:
    assert_passes(told(story), tmp_path)
    assert_passes(drawn(linked), tmp_path)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_form_passes(path: Path, paper: Paper, tmp_path: Path) -> None:
    form = read_file(path).form
    assert form is not None

    assert_passes(form_pdf(form, paper=paper), tmp_path)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("make", [every_kind, crowded, survey])
def test_forms_of_every_kind_pass(make: Any, paper: Paper, tmp_path: Path) -> None:
    assert_passes(form_pdf(make(), paper=paper), tmp_path)


@pytest.mark.parametrize("make", [every_kind, crowded, survey])
def test_every_figure_of_a_form_has_words_and_a_place(make: Any) -> None:
    for figure in elements(form_pdf(make()), "Figure"):
        assert figure["/Alt"].strip()
        left, bottom, right, top = (float(value) for value in figure["/A"]["/BBox"])
        assert right > left >= 0
        assert top > bottom >= 0


def test_every_figure_of_a_visit_has_words_and_a_place() -> None:
    figures = elements(written(released_document(scope="record"))[0], "Figure")

    assert len(figures) > 10
    assert all(figure["/Alt"].strip() and len(figure["/A"]["/BBox"]) == 4 for figure in figures)


def test_a_printed_form_is_read_with_its_words_for_no_value() -> None:
    found = words_in(read(form_pdf(every_kind())).text())

    assert "notseennotlookedforn.a." in found

"""The file: whole or none, the same every time, readable back, never stopped by a text."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
import time
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import Phase as Part
from hypothesis import given, settings
from hypothesis import strategies as st

from observe_app.domain.errors import ExportFailed
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services.pdf.build import build_feedback
from observe_app.services.pdf.document import (
    ChecklistItem,
    ChecklistSection,
    Claim,
    Figure,
    Moment,
    NoteRow,
    Phase,
    Quote,
    ReportDocument,
    Step,
    Timeline,
    TimelineRow,
)
from observe_app.services.pdf.preview import render_pages
from observe_app.services.pdf.render import render
from tests.services.pdf.samples import (
    PRIVATE_WORDS,
    pages_of,
    released_document,
    sample_document,
    sample_record,
    words_in,
    written,
)

PAPERS = ("A4", "Letter")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_normal_visit_fits_on_two_pages_with_its_reply(paper: str) -> None:
    data, result = written(released_document(paper=paper))

    assert (result.pages, result.fallback, result.replaced) == (2, False, ())
    assert "Your reply" in pages_of(data)[1]


def test_page_one_stands_alone() -> None:
    first = pages_of(written(sample_document())[0])[0]

    for said in ("Amina Diallo-Žižek", "How can I give", "Silence is used", "Waiting fades", "name sticks", "50 min"):
        assert said in first


def strings_of(value: Any) -> list[str]:
    """Return every text inside a document, in the order of its fields."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in strings_of(part)]
    if is_dataclass(value):
        said = [field.name for field in fields(value) if field.name not in {"id", "event", "key", "rests"}]
        return [text for name in said for text in strings_of(getattr(value, name))]
    return []


def test_everything_entered_can_be_read_out_again() -> None:
    document = build_feedback(sample_record(), with_notes=True, scope="record")
    found = words_in(" ".join(pages_of(written(document)[0])))

    entered = [sample_record().visit.conversation, *strings_of(document.strengths + document.growth)]
    entered += strings_of(document.steps) + [quote.text for quote in document.heard]
    entered += [text for section in document.checklist for item in section.items for text in (item.label, item.answer)
                if item.kind != "rating" or text == item.label]  # fmt: skip
    entered += [note.text for note in document.notes]
    for text in entered:
        for line in text.split("\n"):
            assert words_in(line) in found or line.startswith("n0"), line


def test_reading_order_is_the_order_of_the_talk() -> None:
    found = "\n".join(pages_of(written(released_document())[0]))

    heads = ("FOCUS AGREED", "Strengths", "Silence is", "Wrong answers became", "To grow", "Waiting fades", "Questions",
             "Action steps", "The lesson in time", "seen and heard", "What I saw", "Our conversation",
             "Your reply")  # fmt: skip
    places = [found.index(head) for head in heads]
    assert places == sorted(places)


def test_the_private_note_is_not_in_the_file() -> None:
    data, _result = written(build_feedback(sample_record(), with_notes=True, scope="record"))

    assert words_in(PRIVATE_WORDS) not in words_in(" ".join(pages_of(data)))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_document_gives_the_same_bytes(paper: str) -> None:
    assert written(sample_document(paper=paper))[0] == written(sample_document(paper=paper))[0]


def test_the_time_of_the_file_is_that_of_the_revision() -> None:
    meta = pypdf.PdfReader(io.BytesIO(written(sample_document())[0])).metadata

    assert meta is not None
    assert meta.title == "Feedback for Amina Diallo-Žižek, 10 March 2026"
    assert meta.author == "Joonas Παπαδόπουλος"
    assert str(meta.creation_date) == "2026-03-10 09:55:00+00:00"


def test_only_our_embedded_fonts_are_used() -> None:
    reader = pypdf.PdfReader(io.BytesIO(written(sample_document())[0]))
    names = {str(font["/BaseFont"]) for obj in reader.pages for font in _fonts(obj)}

    assert names
    assert all("SourceSans3" in name for name in names)


def _fonts(page: pypdf.PageObject) -> list[Any]:
    resources: Any = page["/Resources"]
    return [ref.get_object() for ref in resources.get("/Font", {}).values()]


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("paper", PAPERS)
def test_qpdf_finds_nothing_wrong(paper: str, tmp_path: Path) -> None:
    target = tmp_path / "feedback.pdf"
    render(sample_document(paper=paper), target)

    checked = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True, check=False)  # noqa: S607

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_neither_settings_files_nor_variables_of_the_machine_change_the_bytes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    ran = tmp_path / "ran"
    (home / ".reportlab_settings").write_text(f"open({str(ran)!r}, 'w').close()\nuseA85 = 1\npageCompression = 0\n")
    script = (
        "import hashlib\n"
        "from tests.services.pdf.samples import sample_document, written\n"
        "print(hashlib.sha256(written(sample_document())[0]).hexdigest())\n"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RL_")}
    odd = plain | {"HOME": str(home), "USERPROFILE": str(home), "RL_invariant": "0", "RL_pageCompression": "0"}

    sums = [
        subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True,
                       cwd=Path(__file__).parents[3]).stdout
        for env in (plain, odd)
    ]  # fmt: skip

    assert sums[0] == sums[1]
    assert not ran.exists()


# --- empty, huge, hostile -------------------------------------------------------------------------------------------


def test_a_visit_without_anything_still_gives_a_truthful_page() -> None:
    data, result = written(ReportDocument("v", 0, ""))

    assert result.pages == 1
    assert "No notes were kept on this visit." in pages_of(data)[0]


def test_notes_from_which_nothing_was_drawn_are_counted() -> None:
    assert "7 notes were kept" in pages_of(written(ReportDocument("v", 0, "A", notes_kept=7))[0])[0]


def test_long_names_lose_nothing() -> None:
    name = "Maximiliane-Alexandrina Featherstonehaugh-Przybyszewska von und zu Wolkenstein-Trostburg " * 9
    data, result = written(sample_document(teacher=name, observer=name, confidential_for=name, purpose_line=name))

    assert not result.fallback
    assert words_in(name) in words_in(pages_of(data)[0])


def test_two_thousand_notes_are_all_there_and_the_heads_repeat() -> None:
    notes = tuple(NoteRow(f"{i // 60:02d}:{i % 60:02d}", "T", f"note-{i}-end") for i in range(2000))
    data, result = written(sample_document(notes=notes, scope="record"))

    pages = pages_of(data)
    found = " ".join(pages)
    assert not result.fallback
    assert all(f"note-{i}-end" in found for i in range(2000))
    assert all("Who" in page for page in pages[2:])


def test_a_paragraph_of_a_hundred_kilobytes_is_set_whole() -> None:
    words = [f"w{i}" for i in range(17_000)]
    data, result = written(sample_document(conversation=" ".join(words)))

    found = set(" ".join(pages_of(data)).split())
    assert not result.fallback
    assert found.issuperset(words)


def test_a_script_without_a_font_is_replaced_visibly_and_reported() -> None:
    data, result = written(sample_document(conversation="שלום and 王芳"))

    assert set(result.replaced) == set("王芳")
    assert "and□□" in words_in(" ".join(pages_of(data)))


def hostile() -> st.SearchStrategy[str]:
    """Texts that have broken such files before: markup, controls, every plane, very long words."""
    odd = st.sampled_from([
        "<b>", "</para>", "&amp;", "&#0;", '<img src="/etc/passwd"/>', '<a href="javascript:x">', "\x00\x1b", "\ud800",
        "\u202e", "a" * 900, "x " * 700, "\u0301" * 50, "😀", "(", "\\", "%s{0}", "\n" * 30, "<bullet>", "\ufffe",
    ])  # fmt: skip
    return st.lists(st.one_of(st.text(max_size=40), odd), max_size=3).map("".join)


def documents(text: st.SearchStrategy[str]) -> st.SearchStrategy[ReportDocument]:
    """Documents whose every text is drawn from `text`."""
    quotes = st.builds(Quote, text, text, text, st.integers(0, 1200))
    claims = st.lists(st.builds(Claim, text, text, st.tuples(quotes), text), max_size=2).map(tuple)
    minutes = st.floats(-5, 500, allow_nan=False)
    rows = st.builds(TimelineRow, text, text, st.lists(minutes, min_size=1, max_size=5).map(lambda m: tuple(sorted(m))))
    timelines = st.builds(
        Timeline, st.floats(1, 400), st.tuples(rows, rows), st.tuples(st.builds(Phase, minutes, minutes, text)),
        st.lists(st.builds(Moment, st.integers(1, 2000), minutes), max_size=9).map(tuple), text, text,
    )  # fmt: skip
    items = st.one_of(
        st.builds(ChecklistItem, st.just("rating"), text, st.lists(text, min_size=1, max_size=12).map(tuple),
                  st.integers(0, 14) | st.none(), text, text, st.tuples(text), text),
        st.builds(ChecklistItem, st.sampled_from(["check", "text"]), text, answer=text, absence=text, comment=text),
    )  # fmt: skip
    sections = st.builds(ChecklistSection, text, st.lists(items, max_size=4).map(tuple))
    return st.builds(
        ReportDocument, visit_id=st.just("v"), revision=st.just(1), teacher=text, observer=text, class_line=text,
        when=text, date_label=text, visit_label=text, confidential_for=text, focus=text, looking_for=text,
        figures=st.tuples(st.builds(Figure, text, text, text)), strengths=claims, growth=claims, questions=claims,
        steps=st.lists(st.builds(Step, st.integers(1, 99), text, text, text, text), max_size=2).map(tuple),
        timeline=timelines | st.none(), heard=st.lists(quotes, max_size=3).map(tuple), form_title=text,
        checklist=st.lists(sections, max_size=2).map(tuple), conversation=text,
        notes=st.lists(st.builds(NoteRow, text, text, text, st.tuples(text)), max_size=2).map(tuple),
        paper=st.sampled_from(PAPERS), language=text, purpose_line=text, revised=text,
    )  # fmt: skip


# no shrinking: a failing document is large and prints itself; explaining it takes minutes
@settings(max_examples=30, phases=(Part.explicit, Part.reuse, Part.generate))
@given(documents(hostile()))
def test_no_text_anywhere_stops_an_export_or_needs_the_plain_layout(document: ReportDocument) -> None:
    data, result = written(document)

    assert not result.fallback
    assert result.pages == len(pypdf.PdfReader(io.BytesIO(data)).pages)


@settings(max_examples=25)
@given(st.lists(st.text("abcXYZ <&>\"'éß", max_size=80), min_size=6, max_size=6))
def test_simple_text_comes_back_as_it_went_in(texts: list[str]) -> None:
    claim = Claim(texts[0], texts[1], (Quote("01:02", "S7", texts[2]),))
    steps = (Step(1, texts[3], "20 March", "", texts[4]),)
    document = ReportDocument("v", 1, "A", strengths=(claim,), steps=steps, conversation=texts[5])

    found = words_in(" ".join(pages_of(written(document)[0])))

    assert all(words_in(text) in found for text in texts)


# --- whole or none --------------------------------------------------------------------------------------------------


def test_a_layout_that_cannot_be_set_falls_back_to_plain_pages(tmp_path: Path) -> None:
    from observe_app.services.pdf.layout.plain import plain
    from observe_app.services.pdf.layout.sheets import LayoutError

    def impossible(_kit: object) -> list[Any]:
        raise LayoutError("does not fit")

    document = sample_document()
    result = render(document, tmp_path / "a.pdf", layouts=(impossible, plain))

    found = words_in(" ".join(pages_of((tmp_path / "a.pdf").read_bytes())))
    assert result.fallback
    for text in strings_of(document.strengths) + strings_of(document.steps) + [document.conversation]:
        assert words_in(text) in found or text.startswith("n")


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "feedback.pdf"
    target.write_bytes(b"older")

    render(sample_document(), target)

    assert target.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(ExportFailed) as caught:
        render(sample_document(), tmp_path / "nowhere" / "a.pdf")

    assert caught.value.reason == "missing_folder"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "feedback.pdf"
    target.write_bytes(b"older")
    # the part file of this process and target, as a device that is always full
    (tmp_path / f".feedback.pdf.{os.getpid()}.part").symlink_to("/dev/full")

    with pytest.raises(ExportFailed) as caught:
        render(sample_document(), target)

    assert (caught.value.reason, caught.value.detail) == ("full", os.strerror(errno.ENOSPC))
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_stopping_writes_nothing(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        render(sample_document(), tmp_path / "a.pdf", progress)

    assert list(tmp_path.iterdir()) == []


def test_progress_tells_each_page() -> None:
    seen: list[int] = []

    render(sample_document(), io.BytesIO(), Progress(lambda done, _total, _text: seen.append(done)))

    assert seen == [1, 2]


def many_notes(count: int) -> tuple[NoteRow, ...]:
    return tuple(NoteRow("01:02", "T", f"{at} The strips are compared in pairs.", ("question",)) for at in range(count))


def test_stopping_is_heard_when_the_last_page_is_drawn() -> None:
    document = replace(sample_document(), scope="record", notes=many_notes(150))
    last = written(document)[1].pages
    progress = Progress(lambda done, _total, _text: progress.cancel() if done == last else None)

    with pytest.raises(Cancelled):
        render(document, io.BytesIO(), progress)


def test_the_first_page_is_told_before_the_notes_after_it_are_set() -> None:
    """A long record says something, and can be stopped, before all of it is laid out."""
    document = replace(sample_document(), scope="record", notes=many_notes(1500))
    stopped = Progress(lambda _done, _total, _text: stopped.cancel())
    begin = time.process_time()

    with pytest.raises(Cancelled):
        render(document, io.BytesIO(), stopped)

    first = time.process_time() - begin
    render(document, io.BytesIO())
    assert first < (time.process_time() - begin - first) / 4


def test_a_preview_has_the_asked_width_and_rgba_pixels() -> None:
    images = render_pages(written(sample_document())[0], 333)

    assert [image.width for image in images] == [333, 333]
    assert all(len(image.pixels) == image.width * image.height * 4 for image in images)
    assert images[0].pixels[:4] == bytes((0x12, 0x34, 0x4A, 0xFF))


def test_importing_the_service_does_not_import_reportlab() -> None:
    script = (
        "import sys\n"
        "import observe_app.services.pdf, observe_app.services.pdf.render, observe_app.services.pdf.preview\n"
        "sys.exit(any(name.split('.')[0] in ('reportlab', 'pypdfium2') for name in sys.modules))\n"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[3]).returncode == 0


def test_replacing_one_field_changes_the_file() -> None:
    document = sample_document()

    assert written(document)[0] != written(replace(document, revision=413, conversation="Something else."))[0]

"""What a filled file says is read as plain words, however a program wrote it, renamed its fields or lost them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observe_app.domain.reply import Stance
from observe_app.services import replies
from observe_app.services.exchange.reply_in import MAX_TEXT
from tests.services.reply_samples import STANCES, Sample, feedback_pdf, filled, keep, rebuilt, released

WORDS = {"words_1": "Yes.", "overall": "Thank you."}


@pytest.fixture
def sample(core) -> Sample:
    return released(core)


# --- texts -----------------------------------------------------------------------------------------------------------

PDF_DOC = "Smörgås – “déjà” €".encode("cp1252").replace(b"\x96", b"\x85").replace(b"\x93", b"\x8d").replace(
    b"\x94", b"\x8e").replace(b"\x80", b"\xa0")  # fmt: skip
ENCODED = {
    "UTF-16 with its mark": ("\ufeff" + "Žižek 你").encode("utf-16-be"),
    "UTF-16 the other way round": ("\ufeff" + "Žižek 你").encode("utf-16-le"),
    "UTF-8 with its mark": "\ufeffŽižek 你".encode(),
    "UTF-8 without": "Žižek 你".encode(),
}


def with_raw(sample: Sample, raw: bytes, name: str = "overall") -> bytes:
    """Return the sample's PDF with these very bytes as a field's value."""
    from pypdf.generic import ByteStringObject, NameObject

    def change(writer: Any) -> None:
        for node in writer.root_object["/AcroForm"].get_object()["/Fields"]:
            if node.get_object().get("/T") == name:
                node.get_object()[NameObject("/V")] = ByteStringObject(raw)

    return rebuilt(sample.pdf, change)


@pytest.mark.parametrize("kind", ENCODED)
def test_text_is_read_however_its_letters_are_written(core, sample, tmp_path, kind):
    done = replies.import_reply(core, keep(tmp_path, with_raw(sample, ENCODED[kind])))

    assert done.reply.overall == "Žižek 你"


def test_letters_of_the_files_own_table_are_read(core, sample, tmp_path):
    done = replies.import_reply(core, keep(tmp_path, with_raw(sample, PDF_DOC)))

    assert done.reply.overall == "Smörgås – “déjà” €"


def test_half_signs_and_odd_bytes_are_marked_and_spoil_nothing_else(core, sample, tmp_path):
    raw = b"\xfe\xff" + "ab".encode("utf-16-be") + b"\xd8\x3d" + "cd".encode("utf-16-be") + b"\x00"

    done = replies.import_reply(core, keep(tmp_path, with_raw(sample, raw)))

    assert done.reply.overall == "ab\ufffdcd"
    assert [remark.rule for remark in done.remarks] == ["signs_lost"]


def test_control_signs_and_foreign_line_ends_become_plain(core, sample, tmp_path):
    text = "one\r\ntwo\rthree\x00\x07\x1b[31m\u2028four \x1bde\x1bfünf"

    done = replies.import_reply(core, keep(tmp_path, filled(sample.pdf, {"overall": text, "name": "A\r\nB\x00"})))

    assert done.reply.overall == "one\ntwo\nthree[31m\nfour fünf"
    assert done.reply.name == "A B"


def test_markup_and_formulas_stay_the_words_they_are(core, sample, tmp_path):
    text = '<b>x</b> <img src="/etc/passwd"> =HYPERLINK("http://x") {0} %s ${HOME} \u202eabc'

    done = replies.import_reply(core, keep(tmp_path, filled(sample.pdf, {"overall": text})))

    assert done.reply.overall == text


def test_a_text_without_end_is_cut_and_said_and_the_file_has_all(core, sample, tmp_path):
    data = filled(sample.pdf, {"words_1": "x" * 1_000_000, "overall": "short"})

    done = replies.import_reply(core, keep(tmp_path, data))

    assert (len(done.reply.points[0].text), done.reply.overall) == (MAX_TEXT, "short")
    assert [(remark.rule, remark.count) for remark in done.remarks] == [("cut", 1)]
    assert replies.file_of(core, done.reply) == ("reply.pdf", data)


def test_names_of_a_thousand_readers_are_taken_up_to_a_limit(core, sample, tmp_path):
    names = ", ".join(f"Reader {number}" for number in range(1000))

    done = replies.import_reply(core, keep(tmp_path, filled(sample.pdf, {"readers": names})))

    assert len(done.reply.readers) == 50
    assert "readers_cut" in {remark.rule for remark in done.remarks}


# --- fields that programs renamed, moved or lost ---------------------------------------------------------------------


def test_fields_below_names_of_other_programs_are_known(core, sample, tmp_path):
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    def change(writer: Any) -> None:
        form = writer.root_object["/AcroForm"].get_object()
        for node in form["/Fields"]:
            field = node.get_object()
            field[NameObject("/T")] = TextStringObject(f"{field['/T']}[0]")
        page = DictionaryObject({NameObject("/T"): TextStringObject("page[0]"), NameObject("/Kids"): form["/Fields"]})
        top = DictionaryObject({NameObject("/T"): TextStringObject("form1[0]")})
        top[NameObject("/Kids")] = ArrayObject([writer._add_object(page)])  # noqa: SLF001
        form[NameObject("/Fields")] = ArrayObject([writer._add_object(top)])  # noqa: SLF001

    data = rebuilt(filled(sample.pdf, WORDS, {2: "partly"}, received=True), change)
    reply = replies.import_reply(core, keep(tmp_path, data)).reply

    assert (reply.overall, reply.received) == ("Thank you.", True)
    assert [(point.text, point.stance) for point in reply.points] == [("Yes.", None), ("", Stance.PARTLY)]


def test_fields_that_only_stand_on_the_page_are_found(core, sample, tmp_path):
    from pypdf.generic import ArrayObject, NameObject

    def change(writer: Any) -> None:
        writer.root_object["/AcroForm"].get_object()[NameObject("/Fields")] = ArrayObject()

    data = rebuilt(filled(sample.pdf, WORDS, {2: "different"}), change)
    reply = replies.import_reply(core, keep(tmp_path, data)).reply

    assert (reply.overall, reply.points[1].stance) == ("Thank you.", Stance.DIFFERENT)


@pytest.mark.parametrize("how", ["text", "box", "index"])
@pytest.mark.parametrize("stance", STANCES)
def test_a_stance_is_read_however_a_program_wrote_it(core, sample, tmp_path, how, stance):
    from pypdf.generic import ArrayObject, NameObject, TextStringObject

    def change(writer: Any) -> None:
        for node in writer.root_object["/AcroForm"].get_object()["/Fields"]:
            field = node.get_object()
            if field.get("/T") != "stance_1":
                continue
            if how == "text":
                field[NameObject("/V")] = TextStringObject(stance.upper())
            elif how == "index":
                field[NameObject("/V")] = NameObject(f"/{STANCES.index(stance)}")
                field[NameObject("/Opt")] = ArrayObject(TextStringObject(one) for one in STANCES)
            else:
                field.pop("/V", None)
                for place, kid in enumerate(field["/Kids"]):
                    on = NameObject(f"/{stance}") if STANCES[place] == stance else NameObject("/Off")
                    kid.get_object()[NameObject("/AS")] = on

    reply = replies.import_reply(core, keep(tmp_path, rebuilt(sample.pdf, change))).reply

    assert [point.stance for point in reply.points] == [Stance(stance)]


def test_a_stance_that_nobody_offered_is_said(core, sample, tmp_path):
    done = replies.import_reply(core, keep(tmp_path, filled(sample.pdf, WORDS, {1: "never"})))

    assert [point.stance for point in done.reply.points] == [None]
    assert [remark.rule for remark in done.remarks] == ["stance_unknown"]


@pytest.mark.parametrize(
    "told_so",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[]",
        b'{"format":"observe-reply","version":1}',
        b'{"format":"observe-reply","version":1,"visit":["x"],"revision":1}',
        b'{"format":"observe-reply","version":1,"visit":"../../etc/passwd","revision":1}',
        b'{"format":"observe-reply","version":1,"visit":"0000000000","revision":1e308}',
        json.dumps({"format": "observe-reply", "version": "x", "visit": "a" * 70, "revision": -1}).encode(),
    ],
    ids=range(9),
)
def test_an_attached_file_that_says_nonsense_is_passed_over(core, sample, tmp_path, told_so):
    data = filled(feedback_pdf(told_so, sample.reference), WORDS)

    done = replies.import_reply(core, keep(tmp_path, data))

    assert (done.reply.visit_id, [remark.rule for remark in done.remarks]) == (sample.visit.id, ["no_attachment"])


def test_a_form_of_another_kind_is_named_and_not_read(core, sample, tmp_path):
    from pypdf.generic import NameObject, TextStringObject

    def change(writer: Any) -> None:
        xfa = TextStringObject("<xdp><overall>From the other form</overall></xdp>")
        writer.root_object["/AcroForm"].get_object()[NameObject("/XFA")] = xfa

    done = replies.import_reply(core, keep(tmp_path, rebuilt(filled(sample.pdf, WORDS), change)))

    assert (done.reply.overall, [remark.rule for remark in done.remarks]) == ("Thank you.", ["xfa"])


def test_a_name_that_is_not_the_teachers_is_said(core, sample, tmp_path):
    done = replies.import_reply(core, keep(tmp_path, filled(sample.pdf, WORDS | {"name": "Somebody Else"})))

    assert done.notes == ("It is signed “Somebody Else”, which is not the teacher's name here.",)

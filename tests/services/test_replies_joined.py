"""Two feedbacks joined in one file: one is read for its own visit, and it is said that there is another."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf

from observe_app.services import replies
from tests.services.reply_samples import Sample, filled, keep, released, written

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core


def joined(first: bytes, second: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(first)))
    writer.append(io.BytesIO(second))
    (data,) = pypdf.PdfReader(io.BytesIO(second)).attachments["observe-reply.json"]
    writer.add_attachment("observe-reply.json", data)
    return written(writer)


def answered(sample: Sample, words: str) -> bytes:
    return filled(sample.pdf, {"overall": words})


def test_the_first_is_read_and_the_other_is_not_passed_over_in_silence(core: Core, tmp_path: Path) -> None:
    one, two = released(core), released(core)

    done = replies.import_reply(core, keep(tmp_path, joined(answered(one, "First."), answered(two, "Second."))))

    assert (done.visit.id, done.reply.overall) == (one.visit.id, "First.")
    assert [remark.rule for remark in done.remarks] == ["joined"]
    assert replies.of_visit(core, two.visit.id) == ()


def test_the_same_feedback_twice_is_no_other(core: Core, tmp_path: Path) -> None:
    one = released(core)

    done = replies.import_reply(core, keep(tmp_path, joined(answered(one, "First."), one.pdf)))

    assert [remark.rule for remark in done.remarks] == []

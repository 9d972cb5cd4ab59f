"""Hostile files on the command line: refused in words with nothing changed, or read with what was odd told."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import zipfile
from contextlib import closing

import pytest

from observe_app.cli import main

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PROJECT = {
    "project_format_version": "7.0", "project_name": "x", "project_date": "2024-01-01T10:00:00", "time_format": "s",
    "subjects_conf": {}, "behaviors_conf": {"0": {"type": "Point event", "key": "a", "code": "asks"}},
    "observations": {"o": {"type": "LIVE", "date": "2024-01-01T10:00:00", "events": [[1, "", "asks", "", ""]]}},
}  # fmt: skip


def book() -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.append(["time", "text"])
    made.active.append(["0:01", "a"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def patched(change, name: str = SHEET) -> bytes:
    """Return a workbook of which one part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, change(before.read(part)) if part == name else before.read(part))
    return out.getvalue()


def sheet(rows: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def lesson(*events: object, **fields: object) -> bytes:
    made = json.loads(json.dumps(PROJECT))
    made["observations"]["o"] |= {"events": list(events), **fields}
    return json.dumps(made).encode()


LAUGHS = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
FILES = {
    "times.csv": b"time,text\nnan,a\ninf,b\n1e400,c\n999999999999999999,d\n-5:00,e\n",
    "columns.csv": (",".join("x" for _ in range(100_000)) + "\n").encode() * 2,
    "bytes.csv": b"time,text\n0:01,\xff\xfe\xfa\x80\xc3\n",
    "half.csv": "time,text\n0:01,h\u00e9\n".encode("utf-16")[:-1],
    "quote.csv": b'time,text\n0:01,"never ends ' + b"a\n" * 20_000,
    "formula.csv": b"time,text\n0:01,\"=cmd|' /C calc'!A0\"\n0:02,@SUM(A1)\n",
    "empty.csv": b"",
    "random.csv": bytes(range(256)) * 400,
    "grid.csv": b"min,L,Ind,CG,Lec,RtW,PQ\n0,1,nan,inf,1,1,x\n1e18,-1,1e400,2,9999999999999999999999,,=1\n",
    "half.xlsx": book()[:2000],
    "merged.xlsx": patched(
        lambda data: data.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:XFD1000000"/></mergeCells>'
        )
    ),
    "bomb.xlsx": patched(lambda data: data.replace(b"<sheetData>", b"<sheetData>" + b" " * (200 << 20))),
    "deep.xlsx": patched(lambda data: data.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 100_000)),
    "laughs.xlsx": patched(lambda _data: sheet('<row r="1"><c r="A1" t="str"><v>&j;</v></c></row>', LAUGHS)),
    "foreign.xlsx": patched(
        lambda _data: sheet(
            '<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>',
            '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        )
    ),
    "cell.xlsx": patched(lambda data: data.replace(b'r="A2"', b'r="ZZZZZZZ99999999999"')),
    "string.xlsx": patched(lambda data: data.replace(b"<v>1</v>", b"<v>-99999999</v>")),
    "times.boris": lesson([float("nan"), "", "asks", "", ""], [float("inf"), "", "asks", "", ""], [-1e18, "", "asks"]),
    "types.boris": lesson(None, [], [1], ["x", 1, 2, 3, 4], [True, "", "asks", ["m"], {"c": 1}], {"a": 1}, "text"),
    "digits.boris": json.dumps(PROJECT).replace("[[1,", f"[[{'9' * 5000},").encode(),
    "half-sign.boris": lesson([1, "\ud800", "asks", "", "\udfff"], date="99999-99-99T99:99:99"),
    "deep.boris": b"[" * 100_000,
    "deep-value.boris": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "null.boris": b"null",
    "cut.boris": json.dumps(PROJECT).encode()[:-40],
    "bomb.boris.gz": gzip.compress(b" " * (256 << 20) + b"{}"),
    "cut.boris.gz": gzip.compress(json.dumps(PROJECT).encode())[:-9],
}


def dump(folder) -> str:
    with closing(sqlite3.connect(folder / "observe.sqlite")) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused_as_a_whole(data_folder, tmp_path, capsys, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    before = dump(data_folder)
    for kind in ("boris",) if ".boris" in name else ("notes", "intervals"):
        status = main(["--data", str(data_folder), "import", kind, str(path)])
        said = capsys.readouterr()
        assert status in {0, 1}, said.err
        assert "Traceback" not in said.err
        if status:
            assert name in said.err
            assert dump(data_folder) == before
        else:
            assert said.err == ""
            assert name in said.out or kind == "boris"
        assert "root:" not in said.out
        before = dump(data_folder)


@pytest.mark.skipif(os.name != "posix", reason="links and devices as files")
@pytest.mark.parametrize("kind", ["notes", "intervals", "boris"])
def test_links_devices_and_folders_are_refused(data_folder, tmp_path, capsys, kind):
    ending = "boris" if kind == "boris" else "csv"
    (tmp_path / f"loop.{ending}").symlink_to(tmp_path / f"loop.{ending}")
    (tmp_path / f"zero.{ending}").symlink_to("/dev/zero")
    (tmp_path / f"folder.{ending}").mkdir()
    os.mkfifo(tmp_path / f"pipe.{ending}")
    before = dump(data_folder)
    for name in ("loop", "zero", "folder", "pipe", "missing", "n" * 300):
        assert main(["--data", str(data_folder), "import", kind, str(tmp_path / f"{name}.{ending}")]) == 1
        assert f"{name}.{ending}" in capsys.readouterr().err
    assert dump(data_folder) == before

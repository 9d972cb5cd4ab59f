"""The rules of the house that a program can check; import contracts and linters have theirs in pyproject.toml."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import observe_app
from tests.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "observe_app"
OURS = sorted(PACKAGE.rglob("*.py"))
ALL = [*OURS, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "run.py"]

MAX_FILE = 500
MAX_FUNCTION = 60


def trees(paths: list[Path]) -> Iterator[tuple[str, ast.Module]]:
    """Yield one after the other: all of them together are millions of objects."""
    for path in paths:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[int, ast.expr, str]]:
    """Yield line, object and method of every `object.method(...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.value, node.func.attr


def last_name(owner: ast.expr) -> str:
    return ast.unparse(owner).split(".")[-1]


def functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions in these statements, nested ones too; no expression holds one."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        for field in ("body", "orelse", "finalbody"):
            yield from functions(getattr(node, field, []))
        for part in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from functions(part.body)


def test_import_contracts_hold():
    """In a process of its own: import-linter sets up logging anew, which silences every logger there is."""
    command = [sys.executable, *CHECKS["imports"]]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_folder_of_the_package_is_seen_by_the_contracts():
    """A folder without __init__.py is invisible to import-linter."""
    bare = {path.parent for path in OURS if not (path.parent / "__init__.py").exists()}

    assert bare == set()


def test_the_map_names_every_room():
    rooms = {path.stem for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    rooms |= {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    named = set(re.findall(r"`(\w+)`", observe_app.__doc__ or ""))

    assert rooms - named == set()


def test_files_stay_small():
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}

    assert {name: size for name, size in sizes.items() if size > MAX_FILE} == {}


def test_functions_stay_short():
    long = [
        f"{name}:{node.lineno} {node.name} ({length})"
        for name, tree in trees(ALL)
        for node in functions(tree.body)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION
    ]

    assert long == []


def test_a_function_is_found_wherever_it_stands():
    code = """
class A:
    def a(self):
        if 1:
            try:
                def b(): ...
            except E:
                def c(): ...
            else:
                with d:
                    def d(): ...
            finally:
                match 1:
                    case 1:
                        async def e(): ...
        for _ in ():
            def f(): ...
        else:
            def g(): ...
"""
    assert [node.name for node in functions(ast.parse(code).body)] == ["a", "b", "d", "e", "c", "f", "g"]


def untranslatable(tree: ast.Module) -> list[int]:
    """Return the lines whose tr() or translate() is given anything but literals: such text stays English."""
    first = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1, "QT_TR_NOOP": 0}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in first and isinstance(node.func, ast.Attribute | ast.Name):
            texts = node.args[: first[name] + 1]
            if not texts or not all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in texts):
                found.append(node.lineno)
    return found


def test_only_literals_are_translated():
    ui = [path for path in OURS if "ui" in path.relative_to(PACKAGE).parts or path.name == "app.py"]

    assert [f"{name}:{line}" for name, tree in trees(ui) for line in untranslatable(tree)] == []


@pytest.mark.parametrize(
    "call",
    ['self.tr(f"{n} notes")', "self.tr(text)", 'self.tr("a" + b)', 'QCoreApplication.translate("Context", text)'],
)
def test_a_computed_translation_is_found(call):
    assert untranslatable(ast.parse(call)) == [1]


def test_a_filled_literal_is_no_computed_translation():
    assert untranslatable(ast.parse('self.tr("{n} notes").format(n=n)')) == []


def test_domain_needs_the_standard_library_only():
    foreign = [
        f"{name} imports {module}"
        for name, tree in trees(sorted((PACKAGE / "domain").rglob("*.py")))
        for node in ast.walk(tree)
        for module in imported(node)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("observe_app.domain")
    ]

    assert foreign == []


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if not node.level else []
    return []


def test_time_is_read_from_the_clock_only():
    found = [
        f"{name}:{line}"
        for name, tree in trees(OURS)
        if name != "observe_app/domain/clock.py"
        for line, owner, method in calls(tree)
        if (method in {"now", "utcnow", "today"} and last_name(owner) in {"datetime", "date"})
        or (method in {"time", "time_ns"} and last_name(owner) == "time")
        or (method.startswith("current") and last_name(owner) in {"QDateTime", "QDate", "QTime"})
    ]

    assert found == []


def test_dialogs_are_opened_and_not_run():
    """exec() runs an event loop of its own inside ours; the application's is the one, and a drag knows no other way."""
    found = [
        f"{name}:{line}"
        for name, tree in trees(sorted((PACKAGE / "ui").rglob("*.py")))
        for line, owner, method in calls(tree)
        if method in {"exec", "exec_"} and (name_of := last_name(owner)) != "app" and "drag" not in name_of.lower()
    ]

    assert found == []


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in ALL
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]

    assert found == []


def test_no_possessive_groups_in_patterns():
    """Before Python 3.11.5, which Debian 12 does not have, `(...)*+` and `(?>...)` miss what they should match."""
    possessive = re.compile(r"\)[*+?]\+|\(\?>")
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees(OURS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and possessive.search(node.value)
    ]

    assert found == []

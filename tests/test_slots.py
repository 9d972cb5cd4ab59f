"""Methods that a signal calls are declared: PySide gives an object a meta-object of its own for each that is not."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path

from PySide6 import QtCore, QtGui, QtWidgets

import observe_app

UI = Path(observe_app.__file__).parent / "ui"


@dataclass
class Kind:
    """A class of ours: what it stands on, and its methods with whether they are declared as slots."""

    bases: list[str]
    methods: dict[str, bool] = field(default_factory=dict)


def kinds(trees: list[ast.Module]) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for node in (one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.ClassDef)):
        kind = Kind([ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases])
        for method in node.body:
            if isinstance(method, ast.FunctionDef):
                names = [ast.unparse(one).split("(")[0] for one in method.decorator_list]
                kind.methods[method.name] = "Slot" in names
        found[node.name] = kind
    return found


def stands_on_qt(name: str, known: dict[str, Kind]) -> bool:
    if name not in known:
        return any(hasattr(module, name) for module in (QtCore, QtGui, QtWidgets))
    return any(stands_on_qt(base, known) for base in known[name].bases)


def inherited(name: str, method: str, known: dict[str, Kind]) -> bool | None:
    """Return whether a method is declared where it is defined; None when no class of ours defines it."""
    if name not in known:
        return None
    if method in known[name].methods:
        return known[name].methods[method]
    return next((told for base in known[name].bases if (told := inherited(base, method, known)) is not None), None)


def receivers(tree: ast.AST) -> list[ast.Attribute]:
    """Return the bound methods that signals, timers and menus are given."""
    places = {"connect": 0, "singleShot": -1, "addAction": -1}
    return [
        given
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in places
        for given in node.args[places[node.func.attr] :][:1]
        if isinstance(given, ast.Attribute)
    ]


def undeclared(trees: list[ast.Module]) -> list[str]:
    """Return the methods that signals call though nobody declared them.

    A method of `self` is looked up in its class; one of anything else counts when classes of ours under Qt define it,
    none of them declares it and no Qt widget has one of that name.
    """
    known = kinds(trees)
    found = set()
    for node in (one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.ClassDef)):
        for given in receivers(node):
            own = isinstance(given.value, ast.Name) and given.value.id == "self"
            if own and stands_on_qt(node.name, known) and inherited(node.name, given.attr, known) is False:
                found.add(f"{node.name}.{given.attr}")
    for given in (one for tree in trees for one in receivers(tree)):
        if (isinstance(given.value, ast.Name) and given.value.id == "self") or hasattr(QtWidgets.QWidget, given.attr):
            continue
        defining = [name for name, kind in known.items() if given.attr in kind.methods and stands_on_qt(name, known)]
        if not any(known[name].methods[given.attr] for name in defining):
            found |= {f"{name}.{given.attr}" for name in defining}
    return sorted(found)


def test_every_method_that_a_signal_calls_is_declared():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(UI.rglob("*.py"))]

    assert undeclared(trees) == []


def test_undeclared_methods_are_found():
    code = """
class Bar(QWidget):
    def tell(self): ...
class Pane(Bar):
    def __init__(self):
        self.button.clicked.connect(self.tell)
        self.button.clicked.connect(self._on_click)
        QTimer.singleShot(0, self._later)
        other.changed.connect(self.bar.show_all)
        other.changed.connect(self.bar.close)
    @Slot()
    def _on_click(self): ...
    def _later(self): ...
class List(QListView):
    def show_all(self): ...
"""

    assert undeclared([ast.parse(code)]) == ["List.show_all", "Pane._later", "Pane.tell"]

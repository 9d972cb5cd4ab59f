"""Tags: which strokes of a page belong to which leaf, and the tree that is written from them.

While a page is drawn, tokens among its operators say who owns what follows. When the page ends, each run of strokes
becomes marked content of its leaf; what nobody owns, and what was read before, becomes an artifact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from observe_app.services.pdf.layout.objects import Raw, name_of, reference, register, text_string
from observe_app.services.pdf.structure import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PAINTING = frozenset(("S", "s", "f", "f*", "F", "B", "B*", "b", "b*", "ET", "Do", "sh", "EI"))
_CELLS = ("TD", "TH")
_OFTEN = 500
"""Elements after which somebody may have asked to stop."""


class Begin(str):
    """A token: what follows belongs to `node`, or to nobody. Empty where it is taken for an operator."""

    __slots__ = ("node",)
    node: Node | None

    def __new__(cls, node: Node | None) -> Self:
        """Make the token."""
        made = super().__new__(cls, "")
        made.node = node
        return made


class End(str):
    """A token: what was begun last is over."""

    __slots__ = ()


class Actual(str):
    """A token and operator: the strokes that follow stand for a text."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Make the token."""
        return super().__new__(cls, f"/Span <</ActualText {text_string(text)}>> BDC")


class ActualEnd(str):
    """A token and operator: the strokes that stand for a text are over."""

    __slots__ = ()

    def __new__(cls) -> Self:
        """Make the token."""
        return super().__new__(cls, "EMC")


@dataclass(frozen=True, slots=True)
class _Marked:
    """Marked content: its page, counted from 1, and its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class _Annotation:
    """An annotation: its page and the reference to it."""

    page: int
    reference: str


class Tags:
    """What the leaves own, page by page, and the structure tree written from it."""

    def __init__(self, root: Node) -> None:
        """Collect for this tree."""
        self.root = root
        self._owned: dict[Node, list[_Marked | _Annotation | Node]] = {}
        self._on_page: list[list[Node]] = []
        self._annotated: list[Node] = []
        self._begun: set[Node] = set()

    def owner(self, node: Node | None) -> Node | None:
        """Return who owns what is drawn as `node` now: nobody, if it is a repetition."""
        if node is None or (node.once and node in self._begun):
            return None
        self._begun.add(node)
        return node

    def page(self, code: list[str]) -> list[str]:
        """Return the operators of the next page with its content marked."""
        owners: list[Node] = []
        self._on_page.append(owners)
        return _Page(self, owners, len(self._on_page)).marked(code)

    def mark(self, node: Node, owners: list[Node], page: int) -> str:
        """Return the operator that begins content of the leaf."""
        owners.append(node)
        self._owned.setdefault(node, []).append(_Marked(page, len(owners) - 1))
        return f"{name_of(node.role)} <</MCID {len(owners) - 1}>> BDC"

    def within(self, parent: Node | None, child: Node | None) -> None:
        """Have a child that begins inside its parent's content be read at this place of it."""
        if parent is None or child is None or child not in parent.children:
            return
        own = self._owned.setdefault(parent, [])
        if child not in own:
            own.append(child)

    def annotate(self, node: Node, role: str, page: int, referred: str, *, below: bool = False) -> int:
        """Hang an annotation on the node, or on a new one below it if its role is another; return its number."""
        if below or node.role != role:
            node = node.add(role)
        self._owned.setdefault(node, []).append(_Annotation(page, referred))
        self._annotated.append(node)
        return len(self._on_page) + len(self._annotated) - 1

    def write(self, document: Any, pulse: Callable[[], None]) -> str:
        """Write the tree and return the reference to its root. `pulse` is called now and then."""
        return _Writer(document, self._owned, self._on_page, self._annotated, pulse).write(self.root)


class _Page:
    """The pass over one page's operators."""

    def __init__(self, tags: Tags, owners: list[Node], number: int) -> None:
        self._tags, self._owners, self._number = tags, owners, number
        self._stack: list[Node | None] = []
        self._run: list[str] = []
        self._held: list[str] = []
        self._out: list[str] = []
        self._last: Node | None = None
        self._spans = 0

    def marked(self, code: Iterable[str]) -> list[str]:
        for item in code:
            kind = type(item)
            if kind is str:
                self._run.append(item)
            elif isinstance(item, Begin):
                self._flush()
                self._tags.within(self._owner(), item.node)
                self._stack.append(item.node)
            elif isinstance(item, End):
                self._flush()
                if self._stack:
                    self._stack.pop()
            else:
                self._span(item)
        self._flush()
        return self._out + self._held

    def _owner(self) -> Node | None:
        return self._stack[-1] if self._stack else None

    def _span(self, item: str) -> None:
        if isinstance(item, Actual):
            self._spans += 1
        elif self._spans:
            self._spans -= 1
        else:
            return  # its owner changed while it was open; it was closed then
        self._run.append(str(item))

    def _flush(self) -> None:
        """Mark the run that ends here; neighbouring runs of one owner become one."""
        if not self._run and not self._spans:
            return
        run = [*self._run, *["EMC"] * self._spans]
        self._run, self._spans = [], 0
        if not any(map(_paints, run)):
            self._held += run
            return
        owner = self._owner()
        if self._out and owner is self._last:
            self._out.pop()
            self._out += [*self._held, *run, "EMC"]
        else:
            self._out += [*self._held, self._begin(owner), *run, "EMC"]
        self._held, self._last = [], owner

    def _begin(self, node: Node | None) -> str:
        return "/Artifact BMC" if node is None else self._tags.mark(node, self._owners, self._number)


def _paints(item: str) -> bool:
    trimmed = item.rstrip()
    return trimmed[trimmed.rfind(" ") + 1 :] in _PAINTING


class _Writer:
    """The pass over the tree when all pages are drawn."""

    def __init__(
        self,
        document: Any,
        owned: dict[Node, list[_Marked | _Annotation | Node]],
        on_page: list[list[Node]],
        annotated: list[Node],
        pulse: Callable[[], None],
    ) -> None:
        self._pulse = pulse
        self._document, self._owned, self._on_page, self._annotated = document, owned, on_page, annotated
        self._pages = [reference(document, f"Page{number}") for number in range(1, len(on_page) + 1)]
        self._references: dict[Node, str] = {}
        self._used: dict[Node, bool] = {}
        self._ids: dict[str, str] = {}

    def write(self, root: Node) -> str:
        tree = Raw()
        own = register(self._document, tree)
        self._use(root)
        self._used[root] = True
        top = self._element(root, own)
        pages = [
            f"{number} [{' '.join(self._references[node] for node in owners)}]"
            for number, owners in enumerate(self._on_page)
        ]
        others = [f"{number} {self._references[node]}" for number, node in enumerate(self._annotated, start=len(pages))]
        parents = register(self._document, Raw("<< /Nums [\n" + "\n".join(pages + others) + "\n] >>"))
        ids = "\n".join(f"{text_string(key)} {self._ids[key]}" for key in sorted(self._ids))
        named = register(self._document, Raw(f"<< /Names [\n{ids}\n] >>"))
        tree.body = (
            f"<< /Type /StructTreeRoot /K [{top}] /ParentTree {parents} "
            f"/ParentTreeNextKey {len(pages) + len(others)} /IDTree {named} >>"
        )
        return own

    def _use(self, node: Node) -> bool:
        """Find out which nodes have anything to read, themselves or below."""
        below = [self._use(child) for child in node.children]
        used = any(below) or bool(self._owned.get(node))
        self._used[node] = used
        if used and node.role == "TR":
            for child in node.children:  # an empty cell keeps its column
                self._used[child] = True
        return used

    def _element(self, node: Node, parent: str) -> str:
        made = Raw()
        own = register(self._document, made)
        self._references[node] = own
        if not len(self._references) % _OFTEN:
            self._pulse()
        placed = self._owned.get(node, [])
        page = next((kid.page for kid in placed if not isinstance(kid, Node)), 0)
        kids: list[str] = []
        for kid in placed:
            if isinstance(kid, _Marked):
                other = f"<< /Type /MCR /Pg {self._pages[kid.page - 1]} /MCID {kid.number} >>"
                kids.append(str(kid.number) if kid.page == page else other)
            elif isinstance(kid, _Annotation):
                kids.append(f"<< /Type /OBJR /Obj {kid.reference} /Pg {self._pages[kid.page - 1]} >>")
            elif self._used.get(kid):
                kids.append(self._element(kid, own))
        read = {kid for kid in placed if isinstance(kid, Node)}
        kids += [self._element(child, own) for child in node.children if self._used[child] and child not in read]
        parts = [f"<< /Type /StructElem /S {name_of(node.role)} /P {parent}"]
        if page:
            parts.append(f"/Pg {self._pages[page - 1]}")
        if kids:
            parts.append(f"/K [{' '.join(kids)}]")
        made.body = " ".join((*parts, *self._told(node, own), ">>"))
        return own

    def _told(self, node: Node, own: str) -> list[str]:
        """Return the other entries of an element."""
        told = [
            f"/{key} {text_string(text)}"
            for key, text in (("Alt", node.alt), ("ActualText", node.actual), ("Lang", node.lang))
            if text
        ]
        attributes = _attributes(node)
        if attributes:
            told.append(f"/A {attributes}")
        if node.role in ("TH", "Note") and node.id not in self._ids:
            self._ids[node.id] = own
            told.append(f"/ID {text_string(node.id)}")
        return told


def _attributes(node: Node) -> str:
    if node.role in _CELLS:
        scope = f" /Scope /{node.scope}" if node.scope else ""
        spans = (f" /ColSpan {node.span}" if node.span > 1 else "") + (
            f" /RowSpan {node.rows}" if node.rows > 1 else ""
        )
        return f"<< /O /Table{scope}{spans} >>" if scope or spans else ""
    if node.role == "Figure" and node.box is not None:
        box = " ".join(f"{value:.2f}" for value in node.box)
        return f"<< /O /Layout /Placement /Block /BBox [{box}] >>"
    if node.role == "L" and (
        node.numbering or any(child.role == "Lbl" for item in node.children for child in item.children)
    ):
        return f"<< /O /List /ListNumbering /{node.numbering or 'Decimal'} >>"
    return ""

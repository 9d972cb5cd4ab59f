"""Parts of a group's page: who has which role, norms, promises, resources, what came to a good end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.words import parts_words, size_words
from observe_app.ui.moments import day_words, list_date
from observe_app.ui.theme import color, paint_icon, scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Rule, SectionHead, TextLabel

if TYPE_CHECKING:
    from datetime import date

    from observe_app.services.groups.groups import Part
    from observe_app.services.groups.page import Celebration, GivenExcerpt, KeptResource, Promise

_SHOWN = 12


class Section(QWidget):
    """A head with a count and rows below.

    Signals:
        asked: an `Ask`.
    """

    asked = Signal(object)

    def __init__(self, title: str, right: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead(title, right, self)
        self.head.setMinimumHeight(tokens().size.control_small + 6)  # alike with and without a button
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, scaled(24))
        self.body.setSpacing(0)
        self.body.addWidget(self.head)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def add_act(self, words: str, act: Act, *, name: str, icon: str = "") -> Button:
        """Put a button at the right of the head."""
        made = Button(words, self.head, size=ButtonSize.SMALL, icon=icon)
        made.setObjectName(name)
        made.setProperty("ask", Ask(act))
        made.clicked.connect(self.on_button)
        self.head.add_right(made)
        return made

    def say(self, words: str) -> None:
        """Add muted words."""
        label = TextLabel(words, self, step="small", tone="muted", wrap=True)
        label.setContentsMargins(0, scaled(8), 0, 0)
        self.body.addWidget(label)

    def add_row(self, row: QWidget) -> None:
        """Add a row over a hairline."""
        self.body.addWidget(row)
        self.body.addWidget(Rule(self))

    @Slot()
    def on_button(self) -> None:
        """A button of a row or of the head was pressed."""
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.property("ask"))


class _Sign(QWidget):
    """An icon in front of a row; decoration only."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedSize(scaled(20), scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()).adjusted(1, 1, -1, -1), self._icon, color("accent"))


class WordsRow(QWidget):
    """Words in one or two steps that wrap, with something at the end."""

    def __init__(
        self,
        first: str,
        second: str = "",
        parent: QWidget | None = None,
        *,
        end: QWidget | None = None,
        warn: bool = False,
        strong: bool = False,
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, scaled(8), 0, scaled(8))
        row.setSpacing(scaled(12))
        if icon:
            row.addWidget(_Sign(icon, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(scaled(1))
        self.first = TextLabel(first, self, step="text", weight=600 if strong else None, wrap=True)
        column.addWidget(self.first)
        if second:
            tone = "warm" if warn else "muted"
            column.addWidget(TextLabel(second, self, step="small", tone=tone, wrap=True))
        row.addLayout(column, 1)
        if end is not None:
            end.setParent(self)
            row.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the page asks."""
        return QSize(scaled(120), super().minimumSizeHint().height())


def people_section(parts: tuple[Part, ...], today: date, parent: QWidget) -> Section:
    """Return who has which part in the group; those who left below, in muted words."""
    tr = QCoreApplication.translate
    now = [part for part in parts if part.now]
    made = Section(tr("GroupParts", "People"), str(len(now)) if now else "", parent)
    made.add_act(tr("GroupParts", "Change"), Act.PEOPLE, name="group_people")
    if not now:
        made.say(tr("GroupParts", "Nobody yet. A group begins with the two who want it."))
    for part in now:
        made.add_row(WordsRow(part.person.name, parts_words(part.member.roles), made))
    gone = [part for part in parts if not part.now]
    for part in gone[:_SHOWN]:
        until = part.member.until
        if until is not None and until < today:
            words = tr("GroupParts", "{name}, until {day}").format(name=part.person.name, day=list_date(until, today))
        else:
            words = tr("GroupParts", "{name}, not yet").format(name=part.person.name)
        made.say(words)
    return made


def norms_section(norms: str, parent: QWidget) -> Section:
    """Return how the group wants to work together, one norm a line."""
    made = Section(QCoreApplication.translate("GroupParts", "Norms"), "", parent)
    lines = [line.strip() for line in norms.split("\n") if line.strip()]
    if not lines:
        made.say(
            QCoreApplication.translate("GroupParts", "None written down yet. Three or four are easy to keep in mind.")
        )
    for line in lines:
        made.add_row(WordsRow(line, "", made))
    return made


def promises_section(promises: tuple[Promise, ...], today: date, parent: QWidget) -> Section:
    """Return what was promised and is still open."""
    tr = QCoreApplication.translate
    made = Section(tr("GroupParts", "Promises"), str(len(promises)) if promises else "", parent)
    if not promises:
        made.say(tr("GroupParts", "Nothing open. What somebody takes on in a session stands here until it is done."))
    for one in promises[:_SHOWN]:
        found = one.follow_up
        when = ""
        if found.due is not None:
            day = day_words(found.due, today)
            told = tr("GroupParts", "was due {day}") if one.late else tr("GroupParts", "by {day}")
            when = told.format(day=day)
        second = " · ".join(part for part in (one.owner or tr("GroupParts", "nobody yet"), when, one.session) if part)
        end = None
        if found.session_id:
            end = Button("", made, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-right",
                         name=tr("GroupParts", "Open the session"))  # fmt: skip
            end.setProperty("ask", Ask(Act.SESSION, found.session_id))
            end.clicked.connect(made.on_button)
        made.add_row(WordsRow(found.text, second, made, end=end, warn=one.late))
    if len(promises) > _SHOWN:
        made.say(tr("GroupParts", "and {n} more in Sessions").format(n=len(promises) - _SHOWN))
    return made


def resources_section(found: tuple[KeptResource, ...], parent: QWidget, *, shared: bool = False) -> Section:
    """Return what the group works with; files of a shared one come with an exchange."""
    tr = QCoreApplication.translate
    made = Section(tr("GroupParts", "Resources"), str(len(found)) if found else "", parent)
    made.add_act(tr("GroupParts", "File"), Act.FILE, name="resource_file", icon="plus")
    made.add_act(tr("GroupParts", "Link"), Act.LINK_NEW, name="resource_link", icon="plus")
    if not found:
        made.say(tr("GroupParts", "Nothing yet. Let files go anywhere on this page, or add the address of a page."))
    for one in found:
        made.add_row(_resource_row(one, made, shared=shared))
    return made


def _resource_row(one: KeptResource, section: Section, *, shared: bool) -> WordsRow:
    tr = QCoreApplication.translate
    resource = one.resource
    what = size_words(resource.size) if resource.sha256 else _host(resource.link)
    if not one.here:
        what = tr("GroupParts", "kept on another of your computers")
        if shared:
            what = tr("GroupParts", "its file has not come through the shared folder yet")
    licence = resource.licence or tr("GroupParts", "no licence line")
    second = " · ".join(part for part in (what, licence, resource.note) if part)
    end = QWidget(section)
    row = QHBoxLayout(end)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    name = (
        tr("GroupParts", "Save a copy of {title}")
        if resource.sha256
        else tr("GroupParts", "Open {title} in the browser")
    )
    icon = "download" if resource.sha256 else "external-link"
    shown = [(Act.RESOURCE, "pencil", tr("GroupParts", "Change {title}"))]
    if one.here:
        shown.insert(0, (Act.RESOURCE_OPEN, icon, name))
    for act, sign, words in shown:
        button = Button("", end, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=sign,
                        name=words.format(title=resource.title))  # fmt: skip
        button.setObjectName(f"{act.value}_{resource.id}")
        button.setProperty("ask", Ask(act, resource.id))
        button.clicked.connect(section.on_button)
        row.addWidget(button)
    return WordsRow(resource.title, second, section, end=end)


def _host(link: str) -> str:
    return link.split("://", 1)[-1].split("/", 1)[0]


def celebrations_section(found: tuple[Celebration, ...], today: date, parent: QWidget) -> Section | None:
    """Return what came to a good end, None while there is nothing."""
    if not found:
        return None
    tr = QCoreApplication.translate
    made = Section(tr("GroupParts", "Worth celebrating"), "", parent)
    kinds = {
        "goal": tr("GroupParts", "Goal reached"),
        "step": tr("GroupParts", "Action step done"),
        "promise": tr("GroupParts", "Promise kept"),
    }
    signs = {"goal": "party-popper", "step": "check", "promise": "handshake"}
    for one in found[:_SHOWN]:
        day = list_date(one.day, today) if one.day is not None else ""
        words = one.words or tr("GroupParts", "An action step out of a visit")
        second = " · ".join(part for part in (kinds[one.kind], one.who, day) if part)
        told = f"{second}\n{one.story}" if one.story else second
        icon = signs[one.kind]
        made.add_row(WordsRow(words, told, made, strong=one.kind == "goal", icon=icon))
    if len(found) > _SHOWN:
        made.say(tr("GroupParts", "and {n} more").format(n=len(found) - _SHOWN))
    return made


def excerpts_section(found: tuple[GivenExcerpt, ...], today: date, parent: QWidget) -> Section | None:
    """Return what people gave to the group out of their journals, None while there is nothing."""
    if not found:
        return None
    tr = QCoreApplication.translate
    made = Section(tr("GroupParts", "Given from journals"), "", parent)
    for one in found[:_SHOWN]:
        at = one.excerpt.at
        day = list_date(at.date(), today) if at is not None else ""
        made.add_row(WordsRow(one.excerpt.text, " · ".join(part for part in (one.who, day) if part), made))
    return made

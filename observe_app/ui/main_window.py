"""The window: rail, header, message bar, pages, palette. The user goes from place to place and acts anywhere.

The shell is built at once and paints first; pages come from factories that are attached afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from observe_app.ui.header import Header
from observe_app.ui.key_press import shown
from observe_app.ui.page import Page
from observe_app.ui.rail import Place, Rail
from observe_app.ui.theme.current import scaled
from observe_app.ui.widgets.layout import Plane
from observe_app.ui.widgets.message_bar import Message, MessageBar, ProgressLine

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from observe_app.ui.blank import Blank
    from observe_app.ui.palette import CommandPalette, PaletteEntry, Provider

PageFactory = Callable[[], Page]

_GEOMETRY = "window/geometry"
_NARROW_BELOW = 1000
_NARROW_LARGE = 880
_DESIGN_SIZE = QSize(1366, 768)
_LEAST_SIZE = QSize(1024, 640)
_FRAME = 40


class MainWindow(QMainWindow):
    """Shell of the program.

    Args:
        settings: where the window's geometry is kept; None keeps it nowhere.

    Signals:
        first_painted: the shell is on the screen; now load what is heavy and call `attach`.
        plan_requested: plan a visit. start_requested: start writing now.
        undo_requested, redo_requested: take back, or bring again, wherever the user is.
        page_changed: name of the page that came.
        message_acted: the `Message` whose action was chosen.
        activated: the person came to the window from another one.
        closing: the window is about to close and nothing holds it back.
    """

    first_painted = Signal()
    plan_requested = Signal()
    start_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    page_changed = Signal(str)
    message_acted = Signal(object)
    activated = Signal()
    closing = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._factories: dict[str, PageFactory] = {}
        self._pages: dict[str, Page] = {}
        self._headers: dict[str, QWidget] = {}
        self._current = ""
        self._painted = False
        self._palette: CommandPalette | None = None
        self._blank: Blank | None = None
        self._title = ""
        self._finders: Callable[[], Sequence[Provider]] = _no_finders
        self._actions: dict[str, QAction] = {}
        self.setObjectName("main_window")
        self.setMinimumSize(_LEAST_SIZE)
        self._build()
        self._build_actions()
        self._connect()
        self._restore_geometry()
        self._name_window("")

    # --- pages ------------------------------------------------------------------------------------

    def attach(self, factories: Mapping[str, PageFactory], start: str = "today") -> None:
        """Give the window its pages and go to the first; each is made when it is first visited."""
        self._factories.update(factories)
        self.go(start)

    def detach(self) -> None:
        """Take all pages away, and what they added to the palette; the bare shell stays."""
        self._current = ""
        self._factories.clear()
        self._finders = _no_finders
        if self._palette is not None:
            self._palette.set_providers([self._command_entries])
        self.header_stack.setCurrentWidget(self.header)
        for widget in (*self._pages.values(), *self._headers.values()):
            widget.setParent(None)
            widget.deleteLater()
        self._pages.clear()
        self._headers.clear()

    def build_again(self) -> None:
        """Make the shell anew, at another text size; without pages, as `detach` leaves it."""
        self.detach()
        if self._palette is not None:
            self._palette.setParent(None)
            self._palette.deleteLater()
            self._palette = None
        self._build()
        self._connect()
        self._make_room()

    @property
    def current_name(self) -> str:
        """Name of the page that shows, empty before `attach`."""
        return self._current

    @property
    def current_page(self) -> Page | None:
        """The page that shows."""
        return self._pages.get(self._current)

    def page(self, name: str) -> Page:
        """Page of a name, made now if it was not yet.

        Raises:
            KeyError: no factory of this name is attached.
        """
        if name not in self._pages:
            page = self._factories[name]()
            self._pages[name] = page
            self.page_stack.addWidget(page)
            header = page.header_widget()
            if header is not None:
                self._headers[name] = header
                self.header_stack.addWidget(header)
        return self._pages[name]

    def go(self, name: str) -> Page | None:
        """Go to a page; None when there is none of this name or the current one keeps the user.

        Going to where one is loads the page again.
        """
        if name not in self._factories:
            return None
        current = self.current_page
        if current is not None and name != self._current and not current.leave():
            self.rail.set_current(current.place or self._current)
            return None
        page = self.page(name)
        self._current = name
        page.activate()
        self._show_header(name, page)
        self.page_stack.setCurrentWidget(page)
        self.rail.set_current(page.place or name)
        start = page.start_widget()
        if start is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_changed.emit(name)
        return page

    @Slot()
    def refresh_header(self) -> None:
        """Read title and second line of the current page again."""
        page = self.current_page
        if page is not None:
            self._show_header(self._current, page)

    # --- messages ---------------------------------------------------------------------------------

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Say one sentence under the header."""
        self.message_bar.show_message(message)

    @Slot(str)
    def clear_message(self, key: str = "") -> None:
        """Take the sentence away; with a key only that one."""
        self.message_bar.clear(key)

    @property
    def palette_overlay(self) -> CommandPalette:
        """What Ctrl+K opens; made when it is first wanted, because the first paint does not want it."""
        if self._palette is None:
            from observe_app.ui.palette import CommandPalette  # noqa: PLC0415  (as said)

            self._palette = CommandPalette(self)
            self._palette.set_providers([self._command_entries, *self._finders()])
        return self._palette

    def set_finders(self, finders: Callable[[], Sequence[Provider]]) -> None:
        """Let Ctrl+K find more than commands; asked for its providers when the palette is first wanted."""
        self._finders = finders
        if self._palette is not None:
            self._palette.set_providers([self._command_entries, *finders()])

    @property
    def blank(self) -> Blank:
        """What hides the window; made when it is first wanted, because the first paint does not want it."""
        if self._blank is None:
            from observe_app.ui.blank import Blank  # noqa: PLC0415  (as said)

            self._blank = Blank(self)
            self._blank.covered.connect(self._on_covered)
            self._blank.uncovered.connect(self._on_covered)
        return self._blank

    @Slot()
    def hide_screen(self) -> None:
        """Hide everything until a key or a click brings it back."""
        self.blank.cover()

    def set_blank_key(self, key: str) -> None:
        """Obey a key that hides the window, as the table of keys writes it; "" for none."""
        self.blank.set_key(key)
        self._actions["blank"].setProperty("cap", shown(key))

    # --- commands ---------------------------------------------------------------------------------

    def add_command(self, name: str, text: str, *, icon: str, keys: str = "") -> QAction:
        """Add something the user can do from anywhere: by its keys and from the palette.

        Args:
            name: objectName of the action.
            text: what the palette lists.
            icon: Lucide name, shown in the palette.
            keys: portable key sequence such as "Ctrl+N"; several parted by "; ".
        """
        action = QAction(text, self)
        action.setObjectName(name)
        action.setProperty("lucide", icon)
        if keys:
            action.setShortcuts([QKeySequence(part) for part in keys.split("; ")])
        self.addAction(action)
        self._actions[name] = action
        return action

    def command(self, name: str) -> QAction:
        """Command of a name.

        Raises:
            KeyError: no such command.
        """
        return self._actions[name]

    def set_undo_state(self, undo: str | None, redo: str | None) -> None:
        """Say what undo and redo would do, in words; None turns them off."""
        for name, words, plain in (
            ("undo", undo, self.tr("Undo")),
            ("redo", redo, self.tr("Redo")),
        ):
            action = self._actions[name]
            action.setEnabled(words is not None)
            action.setText(self.tr("{act}: {what}").format(act=plain, what=words) if words else plain)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def open_palette(self) -> None:
        """Ctrl+K."""
        self.palette_overlay.open()

    @Slot()
    def walk_regions(self) -> None:
        """F6: from the rail to the page's parts and round again."""
        self._walk(1)

    @Slot()
    def walk_back(self) -> None:
        """Shift+F6: the same the other way round."""
        self._walk(-1)

    def _walk(self, way: int) -> None:
        page = self.current_page
        groups: list[list[QWidget]] = [[self.rail]]
        for region in page.regions() if page is not None else ():
            # The place in a part where one goes on may stand before the part: the two are one stop.
            if all(region is part or region.isAncestorOf(part) for part in groups[-1]):
                groups[-1].append(region)
            else:
                groups.append([region])
        focused = self.focusWidget()
        inside = [at for at, group in enumerate(groups) if any(r is focused or r.isAncestorOf(focused) for r in group)]
        # A page may name itself and a part of it: the last match is the innermost.
        start = inside[-1] if inside else -1 if way > 0 else 0
        for step in range(1, len(groups) + 1):
            group = groups[(start + way * step) % len(groups)]
            target = next((one for one in map(_first_focusable, group) if one is not None), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    @Slot(str)
    def _on_place_chosen(self, key: str) -> None:
        self.go(key)

    @Slot()
    def _on_go_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.go(str(action.property("place")))

    # --- Qt ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The first paint tells that the window is there."""
        result = super().event(event)
        if event.type() == QEvent.Type.WindowActivate:
            self.activated.emit()
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            self.first_painted.emit()
        return result

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under 1000 px the rail shows icons only."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        # Larger words want the width for themselves a little earlier.
        self.rail.set_narrow(narrow=self.width() < max(_NARROW_BELOW, scaled(_NARROW_LARGE)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The current page may keep the user; else geometry is kept and the program ends."""
        page = self.current_page
        if page is not None and not page.leave():
            event.ignore()
            return
        if self._settings is not None:
            self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)

    # --- build ------------------------------------------------------------------------------------

    def places(self) -> tuple[Place, ...]:
        """Places of the rail: only those that exist."""
        return (
            Place("today", self.tr("Today"), "sun"),
            Place("visits", self.tr("Visits"), "notebook-text"),
            Place("compare", self.tr("Compare"), "chart-line"),
            Place("people", self.tr("People"), "users"),
            Place("forms", self.tr("Forms"), "list-checks"),
            Place("groups", self.tr("Groups"), "handshake"),
            Place("journal", self.tr("Journal"), "book-open"),
            Place("shared", self.tr("Shared"), "folder-sync", foot=True),
            Place("settings", self.tr("Settings"), "settings", foot=True),
        )

    def _build(self) -> None:
        ground = Plane("page", self)
        self.rail = Rail(self.places(), ground)
        self.header = Header(ground)
        self.header_stack = _CurrentHeightStack(ground)
        self.header_stack.addWidget(self.header)
        self.message_bar = MessageBar(ground)
        self.progress_line = ProgressLine(ground)
        self.page_stack = QStackedWidget(ground)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header_stack)
        column.addWidget(self.message_bar)
        column.addWidget(self.progress_line)
        column.addWidget(self.page_stack, 1)
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(ground)

    def _build_actions(self) -> None:
        for number, place in enumerate(self.places(), 1):
            keys = {"settings": "Ctrl+,", "shared": "Ctrl+9"}.get(place.key, f"Ctrl+{number}")
            text = self.tr("Go to {place}").format(place=place.title)
            action = self.add_command(f"go_{place.key}", text, icon=place.icon, keys=keys)
            action.setProperty("place", place.key)
            action.triggered.connect(self._on_go_action)
        plan = self.add_command("plan", self.tr("Plan a visit"), icon="calendar-plus", keys="Ctrl+N")
        start = self.add_command("start", self.tr("Start writing now"), icon="pencil-line", keys="Ctrl+Return")
        undo = self.add_command("undo", self.tr("Undo"), icon="undo-2", keys="Ctrl+Z")
        redo = self.add_command("redo", self.tr("Redo"), icon="redo-2", keys="Ctrl+Shift+Z; Ctrl+Y")
        plan.triggered.connect(self.plan_requested)
        start.triggered.connect(self.start_requested)
        undo.triggered.connect(self.undo_requested)
        redo.triggered.connect(self.redo_requested)
        blank = self.add_command("blank", self.tr("Hide the screen"), icon="eye-off")
        blank.triggered.connect(self.hide_screen)
        find = self.add_command("find", self.tr("Find"), icon="search", keys="Ctrl+K")
        find.triggered.connect(self.open_palette)
        find.setProperty("hidden", True)
        walk = self.add_command("walk", self.tr("Next part of the window"), icon="layout-grid", keys="F6")
        walk.triggered.connect(self.walk_regions)
        walk.setProperty("hidden", True)
        back = self.add_command("walk_back", self.tr("Part of the window before"), icon="layout-grid", keys="Shift+F6")
        back.triggered.connect(self.walk_back)
        back.setProperty("hidden", True)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._on_place_chosen)
        self.header.find_requested.connect(self.open_palette)
        self.header.plan_requested.connect(self.plan_requested)
        self.message_bar.acted.connect(self.message_acted)

    def _command_entries(self, _query: str) -> list[PaletteEntry]:
        from observe_app.ui.palette import PaletteEntry  # noqa: PLC0415  (loaded by now)

        entries = []
        paused = self.palette_overlay.paused_actions()
        for action in self._actions.values():
            usable = action.isEnabled() or action in paused
            if usable and not action.property("hidden"):
                entries.append(
                    PaletteEntry(
                        kind=self.tr("Command"),
                        title=action.text(),
                        action=action.trigger,
                        icon=str(action.property("lucide")),
                        keys=_key_words(action),
                    )
                )
        return entries

    def _show_header(self, name: str, page: Page) -> None:
        own = self._headers.get(name)
        if own is None:
            self.header.set_words(page.title(), page.subtitle())
        self.header_stack.setCurrentWidget(own if own is not None else self.header)
        self._name_window(page.title())

    def _name_window(self, title: str) -> None:
        self._title = self.tr("{page} – Observe").format(page=title) if title else self.tr("Observe")
        self._on_covered()

    @Slot()
    def _on_covered(self) -> None:
        """While the window is hidden its title, which the system shows elsewhere too, tells nothing."""
        hidden = self._blank is not None and self._blank.is_covering
        self.setWindowTitle(self.tr("Clock") if hidden else self._title)

    def _restore_geometry(self) -> None:
        kept = self._settings.value(_GEOMETRY) if self._settings is not None else None
        if kept is not None and self.restoreGeometry(kept):
            return
        self.resize(_DESIGN_SIZE)
        room = self.screen().availableSize()
        fits = room.width() > _DESIGN_SIZE.width() and room.height() > _DESIGN_SIZE.height() + _FRAME
        if self._settings is not None and not fits and _LEAST_SIZE.width() <= room.width():
            self.setWindowState(Qt.WindowState.WindowMaximized)  # a small laptop: else its foot would be off the screen


class _CurrentHeightStack(QStackedWidget):
    """Stack as high as the header that shows, not as the highest one."""

    def sizeHint(self) -> QSize:
        current = self.currentWidget()
        return current.sizeHint().expandedTo(current.minimumSize()) if current is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        current = self.currentWidget()
        if current is None:
            return super().minimumSizeHint()
        height = max(current.minimumSizeHint().height(), current.minimumHeight())
        return QSize(current.minimumSizeHint().width(), height)


def _no_finders() -> tuple[Provider, ...]:
    """Before there are pages only commands can be found."""
    return ()


def _key_words(action: QAction) -> str:
    if action.property("cap"):
        return str(action.property("cap"))
    words = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return words.replace("+", " ").replace("Return", "Enter")


def _first_focusable(region: QWidget) -> QWidget | None:
    if region.focusPolicy() & Qt.FocusPolicy.TabFocus and region.isVisible() and region.isEnabled():
        return region
    widget = region.nextInFocusChain()
    while widget is not None and widget is not region:
        tabbable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if region.isAncestorOf(widget) and tabbable and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return None

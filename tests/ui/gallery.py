"""Every part of the kit in every state on one plane, as a widget. ``python -m tests.ui.gallery FOLDER`` draws it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import (
    Badge,
    BadgeTone,
    Button,
    ButtonKind,
    ButtonSize,
    CheckChoice,
    ComboBox,
    DateEdit,
    DotScale,
    ElidedLabel,
    Field,
    FocusPanel,
    KeyCap,
    KeyHint,
    LineEdit,
    Message,
    MessageBar,
    MessageKind,
    Plane,
    ProgressLine,
    RowDelegate,
    RowList,
    SavedState,
    SearchField,
    SectionHead,
    StageTabs,
    TextArea,
    TextLabel,
    TimeEdit,
    caption,
)
from tests.ui.shots import shoot, theme_controller


def _row(*widgets: QWidget, stretch: bool = True) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(14)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


def _disabled(button: Button) -> Button:
    button.set_disabled_because("The visit has no teacher yet.")
    return button


def _buttons(column: QVBoxLayout, page: QWidget) -> None:
    column.addWidget(SectionHead("Buttons", parent=page))
    column.addLayout(
        _row(
            Button("Plan a visit", kind=ButtonKind.PRIMARY),
            Button("Plan a visit", kind=ButtonKind.PRIMARY, icon="plus"),
            Button("Open and start", kind=ButtonKind.PRIMARY, size=ButtonSize.MAIN, keys="Enter"),
            _disabled(Button("Plan a visit", kind=ButtonKind.PRIMARY)),
        )
    )
    pressed = Button("Export")
    pressed.setDown(True)
    column.addLayout(
        _row(
            Button("Export", icon="download"),
            pressed,
            Button("Prepare the talk", size=ButtonSize.SMALL),
            _disabled(Button("Export")),
            Button("Clear", kind=ButtonKind.LINK),
            Button(kind=ButtonKind.GHOST, icon="ellipsis", name="More"),
        )
    )


def _fields(column: QVBoxLayout, page: QWidget) -> None:
    column.addWidget(SectionHead("Fields", parent=page))
    warn = Field("Date", LineEdit("Fr 31 Feb"))
    warn.set_warning("There is no 31 February.")
    off = LineEdit("Year 8")
    off.setEnabled(False)
    column.addLayout(
        _row(Field("Person", LineEdit(placeholder="Find a person")), warn, Field("Class", off), stretch=False)
    )
    combo = ComboBox()
    combo.addItems(["Questioning and talk", "Blank"])
    area = TextArea("How can I give pupils more time to think before anyone answers?")
    column.addLayout(_row(Field("Form", combo), Field("Focus", area, hint="In the teacher's words."), stretch=False))
    column.addLayout(_row(Field("Day", DateEdit()), Field("Time", TimeEdit()), stretch=False))
    column.addWidget(SearchField("Find a person, visit, note", keys="Ctrl K"))
    checked = QCheckBox("With seating plan")
    checked.setChecked(True)
    radio = QRadioButton("Teacher and you")
    radio.setChecked(True)
    column.addLayout(_row(checked, QCheckBox("With times"), radio, QRadioButton("Only you")))


def _messages(column: QVBoxLayout, page: QWidget) -> None:
    column.addWidget(SectionHead("Audience and saving", parent=page))
    column.addLayout(
        _row(
            Badge("Only you", "lock"),
            Badge("Teacher and you", "user"),
            Badge("Teacher, you and 1 other", "users"),
            Badge("Released, not opened yet", "send", tone=BadgeTone.WARM),
        )
    )
    saved, failed = SavedState(), SavedState()
    saved.set_saved("09:36:41")
    failed.set_failed()
    column.addLayout(_row(saved, failed))
    column.addWidget(SectionHead("Message bar and progress", parent=page))
    for message in (
        Message(MessageKind.NEWS, "A reply to your visit of 10 March arrived.", "Read it", "reply"),
        Message(MessageKind.LOOK, "The shared folder cannot be reached. Nothing is lost.", "Look", "folder-x"),
        Message(MessageKind.RISK, "The disk is full. Your last 2 notes are only on this screen.", "Save elsewhere"),
    ):
        bar = MessageBar(page)
        bar.show_message(message)
        column.addWidget(bar)
    progress = ProgressLine(page)
    progress.set_progress(12, 39, "Reading 12 of 39 files")
    progress.show()
    column.addWidget(progress)
    column.addWidget(FocusPanel("How can I give pupils more time to think before anyone answers?", page))
    column.addWidget(StageTabs(["Prepare", "Observe", "Talk", "Follow up"], page))


def _items(column: QVBoxLayout, page: QWidget) -> None:
    column.addWidget(SectionHead("Items", "3 of 4", parent=page))
    levels = ("Not yet", "Sometimes", "Often", "Throughout")
    for key, name, level in (
        ("B", "Open questions lead", 0),
        ("C", "Wrong answers explored", 4),
        ("F", "Quiet pupils", 0),
    ):
        scale = DotScale(levels, name, absent="not seen" if key == "F" else "")
        scale.set_rating(level)
        scale.set_last(3 if key == "B" else 0)
        row = QHBoxLayout()
        row.addWidget(KeyCap(key, active=True))
        row.addWidget(TextLabel(name), 1)
        row.addWidget(scale)
        column.addLayout(row)
    choice = CheckChoice([("yes", "Yes"), ("no", "No"), ("unseen", "Not seen")], "Names used")
    choice.set_value("yes")
    column.addWidget(choice)
    column.addWidget(caption("On now", page))
    column.addLayout(_row(KeyHint("Ctrl N", "plan"), KeyHint("Ctrl Enter", "start now"), KeyHint("Ctrl K", "find")))
    column.addWidget(SectionHead("Rows", parent=page, step="body"))
    rows = RowList("Rows", page, row_height=34)
    rows.setModel(QStringListModel(["Amina Diallo-Žižek", "Ilse Bakker", "Tomás Rivera"], rows))
    rows.setItemDelegate(RowDelegate(rows))
    rows.setCurrentIndex(rows.model().index(1, 0))
    rows.setFixedHeight(104)
    column.addWidget(rows)
    long = ElidedLabel("Konstantinos-Alexandros Papadimitropoulos de la Fuente y Garcia", page, weight=600)
    long.setFixedWidth(240)
    column.addWidget(long)


def build_gallery() -> QWidget:
    """The gallery as a plane of three columns."""
    page = Plane("page")
    grid = QGridLayout(page)
    grid.setContentsMargins(32, 24, 32, 24)
    grid.setHorizontalSpacing(40)
    for index, parts in enumerate(((_buttons, _fields), (_messages,), (_items,))):
        column = QVBoxLayout()
        column.setSpacing(14)
        for part in parts:
            part(column, page)
        column.addStretch(1)
        grid.addLayout(column, 0, index)
        grid.setColumnStretch(index, 1)
    return page


def main(folder: str) -> None:
    """Write one picture for each theme."""
    app = QApplication([])
    theme_controller(app)
    page = build_gallery()
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST):
        shoot(page, Path(folder) / f"gallery-{theme.value}.png", theme, (1600, 768))


if __name__ == "__main__":
    main(sys.argv[1])

"""Sheets about resources: files that were let go on the page, a link, changes to either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot

from observe_app.services.groups import resources
from observe_app.ui.groups.sheet_base import FieldsSheet
from observe_app.ui.groups.words import size_words
from observe_app.ui.widgets import LineEdit, TextLabel

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Opened
    from observe_app.domain.groups.resource import Resource
    from observe_app.services.core import Core
    from observe_app.services.groups.resources import ResourceFields

_NAMED = 6


class FilesSheet(FieldsSheet):
    """Files that are to be kept, with the licence line of all of them.

    Signals:
        kept: how many.
    """

    kept = Signal(int)

    def __init__(self, core: Core, group_id: str, paths: tuple[Path, ...], parent: QWidget) -> None:
        tr = QCoreApplication.translate
        title = tr("FilesSheet", "Keep a file") if len(paths) == 1 else tr("FilesSheet", "Keep files")
        super().__init__(title, parent, width=600)
        self.setObjectName("files_sheet")
        self._core, self._group_id, self._paths = core, group_id, paths
        self._done = 0
        self.add_lead(self.tr("A copy is kept with the group, up to {size} for each file. Nothing in it is opened.")
                      .format(size=size_words(resources.MAX_FILE)))  # fmt: skip
        self._build()
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep"), enter_accepts=True)

    def begin(self) -> None:
        """Open with the keyboard in the first field."""
        self.open_with(self.title if len(self._paths) == 1 else self.licence)

    def _build(self) -> None:
        self.title = LineEdit(resources.file_name(self._paths[0].name), self)
        self.licence = LineEdit("", self, placeholder=self.tr("e.g. CC BY 4.0, own work, only for this school"))
        if len(self._paths) == 1:
            self.add_field("title", self.tr("Title"), self.title, (0, 0, 2))
        else:
            names = [resources.file_name(path.name) for path in self._paths]
            words = ", ".join(names[:_NAMED])
            if len(names) > _NAMED:
                words = self.tr("{names} and {n} more").format(names=words, n=len(names) - _NAMED)
            self.grid.addWidget(TextLabel(words, self, wrap=True), 0, 0, 1, 2)
        hint = self.tr("On what terms it may be used: it is shown beside it.")
        self.add_field("licence", self.tr("Licence line"), self.licence, (1, 0, 2), hint=hint)

    def store(self) -> None:
        """Keep what is not kept yet; those before stay kept."""
        for path in self._paths[self._done :]:
            title = self.title.text() if len(self._paths) == 1 else ""
            resources.add_file(self._core, path=path, title=title, licence=self.licence.text(), group_id=self._group_id)
            self._done += 1
        self.kept.emit(self._done)


class ResourceSheet(FieldsSheet):
    """A new link, or changes to a resource.

    Signals:
        kept: id of the resource. delete_asked: the same.
    """

    kept = Signal(str)
    delete_asked = Signal(str)

    def __init__(self, core: Core, group_id: str, opened: Opened[Resource] | None, parent: QWidget) -> None:
        tr = QCoreApplication.translate
        title = tr("ResourceSheet", "Add a link") if opened is None else tr("ResourceSheet", "Change the resource")
        super().__init__(title, parent, width=600)
        self.setObjectName("resource_sheet")
        self._core, self._group_id, self._opened = core, group_id, opened
        self._build(opened.value if opened is not None else None)
        if opened is not None:
            self.add_other(self.tr("Take it off the list")).clicked.connect(self._on_delete)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep"), enter_accepts=True)

    def begin(self) -> None:
        """Open with the keyboard in the first field."""
        self.open_with(self.link if self.has_link else self.title)

    def _build(self, resource: Resource | None) -> None:
        self.has_link = resource is None or not resource.sha256
        self.link = LineEdit(resource.link if resource else "", self, placeholder="https://")
        self.title = LineEdit(resource.title if resource else "", self)
        self.licence = LineEdit(resource.licence if resource else "", self)
        self.note = LineEdit(resource.note if resource else "", self)
        if self.has_link:
            hint = self.tr("Nothing is fetched from it; it opens in the browser when somebody presses it.")
            self.add_field("link", self.tr("Address"), self.link, (0, 0, 2), hint=hint)
        else:
            self.link.hide()
        self.add_field("title", self.tr("Title"), self.title, (1, 0, 2))
        hint = self.tr("On what terms it may be used: it is shown beside it.")
        self.add_field("licence", self.tr("Licence line"), self.licence, (2, 0, 2), hint=hint)
        self.add_field("note", self.tr("Remark"), self.note, (3, 0, 2))

    def store(self) -> None:
        """Keep the link, or what was changed of the resource."""
        if self._opened is None:
            made = resources.add_link(
                self._core, link=self.link.text(), title=self.title.text(), licence=self.licence.text(),
                note=self.note.text(), group_id=self._group_id,
            )  # fmt: skip
            self.kept.emit(made.id)
            return
        fields: ResourceFields = {
            "title": self.title.text(), "licence": self.licence.text(), "note": self.note.text(),
        }  # fmt: skip
        if self.has_link:
            fields["link"] = self.link.text()
        resource = self._opened.value
        resources.edit(self._core, resource_id=resource.id, seen=self._opened.seen, **fields)
        self.kept.emit(resource.id)

    @Slot()
    def _on_delete(self) -> None:
        self.reject()
        if self._opened is not None:
            self.delete_asked.emit(self._opened.value.id)

"""The levels of a rating: which scale, who else uses it, and the grid of labels and descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.form import Item, ItemKind, Level
from observe_app.domain.form_edit import change_item
from observe_app.domain.form_scale_edit import (
    add_scale,
    change_scale,
    has_own_descriptors,
    name_scale,
    own_scale,
    set_descriptor,
    use_scale,
    users_of,
)
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.levels_editor import LevelsEditor
from observe_app.ui.forms.editor.props import WordsField
from observe_app.ui.widgets import CheckChoice, ComboBox, LineEdit, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.form import Form, Scale
    from observe_app.ui.forms.editor.keeper import FormKeeper

_NEW, _NONE = "+", "-"


class ScaleGroup(QWidget):
    """Scale, its users, its levels.

    Signals:
        about_to_change: words being typed must be kept first.
    """

    about_to_change = Signal()

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._item_id = ""
        self._choice: dict[str, str] = {}
        self.scale_box = ComboBox(self)
        self.scale_box.setAccessibleName(self.tr("Scale"))
        self.scale_box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scale_box.setMinimumContentsLength(14)
        self.scale_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label = TextLabel(self.tr("Scale"), self, step="small", weight=600)
        self.hint = TextLabel(
            self.tr("Levels and what each looks like. “Not seen” is always there and is never a zero."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.used_label = TextLabel("", self, step="small", tone="muted")
        self.mode = CheckChoice(
            (("all", self.tr("Change for all")), ("here", self.tr("Only here"))), self.tr("Changes to the scale"), self
        )
        self.name = LineEdit("", self, placeholder=self.tr("What these are levels of"))
        self.name.setObjectName("scale_name")
        self.name_field = WordsField(self.tr("Name"), self.name, self)
        self.levels = LevelsEditor(self)
        self._lay_out()
        self.scale_box.activated.connect(self._on_scale)
        self.mode.chosen.connect(self._on_mode)
        self.levels.restructured.connect(self._on_restructured)

    @property
    def item(self) -> Item:
        """The item whose levels these are."""
        found = self._keeper.form.item(self._item_id)
        return found if found is not None else Item(self._item_id, ItemKind.RATING, ())

    @property
    def changes_all(self) -> bool:
        """Whether a change is for every item that uses the scale."""
        users = users_of(self._keeper.form, self.item.scale)
        return len(users) < 2 or self._mode(users) == "all"

    def show_item(self, item_id: str, language: str = "") -> None:
        """Show the scale of an item; its name and its levels are fields of their own."""
        self._item_id = item_id
        form, item = self._keeper.form, self.item
        interval = item.kind is ItemKind.INTERVAL
        self.label.setText(self.tr("Level of each interval") if interval else self.tr("Scale"))
        self.scale_box.clear()
        if interval:
            self.scale_box.addItem(self.tr("No level for an interval"), _NONE)
        for scale in form.scales:
            self.scale_box.addItem(scale_words(scale), scale.id)
        self.scale_box.insertSeparator(self.scale_box.count())
        self.scale_box.addItem(self.tr("A new scale"), _NEW)
        self.scale_box.setCurrentIndex(max(0, self.scale_box.findData(item.scale or _NONE)))
        users = users_of(form, item.scale)
        several = len(users) > 1
        self.used_label.setText(self.tr("Used by {n} items:").format(n=len(users)) if several else "")
        self.used_label.setVisible(several)
        self.mode.setVisible(several)
        self.mode.set_value(self._mode(users))
        self.hint.setVisible(bool(item.levels))
        self.levels.setVisible(bool(item.levels))
        self.name_field.setVisible(form.scale(item.scale) is not None)
        self.name_field.show_own(form.scale_label(item), language)

    def changed(self, form: Form, levels: tuple[Level, ...]) -> Form:
        """Return the form with labels or descriptors changed: of the scale, or of this item alone."""
        item = form.item(self._item_id)
        if item is None:
            return form
        if self.changes_all:
            return self._changed_for_all(form, item, levels)
        labels_differ = [one.label for one in levels] != [one.label for one in item.levels]
        if labels_differ:
            form = own_scale(form, item.id)
            made = form.item(item.id)
            assert made is not None  # noqa: S101  (it was there a line ago)
            return self._changed_for_all(form, made, levels)
        for level in levels:
            form = set_descriptor(form, item.id, level.number, level.descriptor)
        return form

    def named(self, form: Form, words: str, language: str) -> Form:
        """Return the form with the scale's name in a language changed: for all who use it, or for this item alone."""
        item = form.item(self._item_id)
        if item is None or text_of(form.scale_label(item), language) == words:
            return form
        if not self.changes_all:
            form = own_scale(form, item.id)
            item = form.item(item.id) or item
        return name_scale(form, item.scale, with_text(form.scale_label(item), language, words))

    def _changed_for_all(self, form: Form, item: Item, levels: tuple[Level, ...]) -> Form:
        form = change_scale(form, item.scale, levels, [level.number for level in levels])
        # The item in hand gets exactly what stands on the screen, also where it had words of its own.
        return change_item(form, item.id, levels=levels)

    def _mode(self, users: tuple[str, ...]) -> str:
        """Return "all" or "here": as chosen, else "here" where the scale has no descriptors or the item its own."""
        chosen = self._choice.get(self._item_id)
        if chosen is not None:
            return chosen
        scale = self._keeper.form.scale(self.item.scale)
        plain = scale is None or not any(level.descriptor for level in scale.levels)
        own = has_own_descriptors(self._keeper.form, self.item)
        return "here" if len(users) > 1 and (own or plain) else "all"

    @Slot()
    def _on_scale(self) -> None:
        wanted = str(self.scale_box.currentData())
        if wanted == self.item.scale:
            return
        self.about_to_change.emit()
        item_id = self._item_id
        if wanted == _NEW:
            self._keeper.try_edit(lambda form: add_scale(form, item_id))
        else:
            scale = "" if wanted == _NONE else wanted
            self._keeper.try_edit(lambda form: use_scale(form, item_id, scale))

    @Slot(object)
    def _on_mode(self, key: str | None) -> None:
        self.about_to_change.emit()
        self._choice[self._item_id] = key or self._mode(users_of(self._keeper.form, self.item.scale))
        self.mode.set_value(self._choice[self._item_id])

    @Slot(object, object)
    def _on_restructured(self, levels: tuple[Level, ...], origins: tuple[int | None, ...]) -> None:
        item_id, for_all = self._item_id, self.changes_all

        def change(form: Form) -> Form:
            form = form if for_all else own_scale(form, item_id)
            item = form.item(item_id)
            if item is None:
                return form
            form = change_scale(form, item.scale, levels, origins)
            numbered = tuple(Level(n, one.label, one.descriptor) for n, one in enumerate(levels, 1))
            return change_item(form, item_id, levels=numbered)

        self._keeper.try_edit(change)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.label)
        top.addWidget(self.scale_box, 1)
        used = QHBoxLayout()
        used.setSpacing(8)
        used.addWidget(self.used_label)
        used.addWidget(self.mode)
        used.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(used)
        column.addWidget(self.hint)
        column.addWidget(self.name_field)
        column.addWidget(self.levels)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)


def scale_words(scale: Scale) -> str:
    """Return a scale in words: its name, its first and last level, and how many there are."""
    labels = [text_of(level.label) or "…" for level in scale.levels]
    name = text_of(scale.label)
    if not labels:
        return name or scale.id
    levels = f"{labels[0]} – {labels[-1]} ({len(labels)})"
    return QCoreApplication.translate("scales", "{name}: {levels}").format(name=name, levels=levels) if name else levels

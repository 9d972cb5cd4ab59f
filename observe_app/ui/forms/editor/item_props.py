"""One item: the fields that every kind has, and the groups that its own kind has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.form import EVENT_KINDS, Item, ItemKind
from observe_app.domain.form_change import compare, with_new_id
from observe_app.domain.form_edit import change_item, with_kind
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor import item_groups
from observe_app.ui.forms.editor.change_words import not_comparable
from observe_app.ui.forms.editor.conditions_editor import ConditionsEditor
from observe_app.ui.forms.editor.inputs import KeyEdit, LineArea, Tick
from observe_app.ui.forms.editor.item_groups import ItemGroups
from observe_app.ui.forms.editor.kinds import ORDER, kind_purpose, kind_title
from observe_app.ui.forms.editor.props import Props, WordsField
from observe_app.ui.forms.editor.scale_group import ScaleGroup
from observe_app.ui.forms.words import kind_icon
from observe_app.ui.theme import icon, scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    ElidedLabel,
    Field,
    SectionHead,
    TextArea,
    TextLabel,
)

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.ui.autosave import Values
    from observe_app.ui.forms.editor.keeper import FormKeeper

_SCALED = frozenset({ItemKind.RATING, ItemKind.INTERVAL})
_REQUIRED = frozenset(ItemKind) - EVENT_KINDS - {ItemKind.GUIDANCE}


class ItemProps(Props):
    """Fields of an item.

    Signals:
        duplicate_asked, remove_asked: of the item.
        renamed: the item has another id now.
    """

    duplicate_asked = Signal()
    remove_asked = Signal()
    renamed = Signal(str)

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__(keeper, parent)
        self._build()
        self._bind()

    @property
    def item(self) -> Item:
        """What is shown; an empty one where it is gone."""
        found = self.keeper.form.item(self.target_id)
        return found if found is not None else Item(self.target_id, ItemKind.GUIDANCE, ())

    def values(self) -> Values:
        """The item's fields."""
        item = self.item
        return {
            "label": text_of(item.label, self.language),
            "help": text_of(item.help, self.language),
            "hotkey": item.hotkey,
            "required": item.required,
            "scale_name": text_of(self.keeper.form.scale_label(item), self.language),
            "levels": item.levels,
            "conditions": (item.show_when, item.show_any),
            **item_groups.values_of(item, self.language),
        }

    def changed(self, form: Form, name: str, value: Any) -> Form:
        """One of them."""
        item = form.item(self.target_id)
        if item is None:
            return form
        if name in {"label", "help"}:
            texts = with_text(getattr(item, name), self.language, str(value).strip())
            return change_item(form, item.id, **{name: texts})
        if name == "scale_name":
            return self.scale.named(form, str(value).strip(), self.language)
        if name == "levels":
            return self.scale.changed(form, value)
        if name == "conditions":
            return change_item(form, item.id, show_when=value[0], show_any=value[1])
        if name in {"hotkey", "required"}:
            return change_item(form, item.id, **{name: value})
        return item_groups.changed(form, item, name, value, self.language)

    def dress(self) -> None:
        """Show the groups of its kind, and what is no field."""
        form, item = self.keeper.form, self.item
        guidance = item.kind is ItemKind.GUIDANCE
        self.kind_box.setCurrentIndex(self.kind_box.findData(item.kind))
        self.kind_box.setToolTip(kind_purpose(item.kind))
        self.id_label.setText(self.tr("id {id}").format(id=item.id))
        self.label_field.show_own(item.label, self.language)
        self.help_field.show_own(item.help, self.language)
        self.label_field.label.setText(self.tr("Words") if guidance else self.tr("Label"))
        self.key_field.setVisible(not guidance)
        self.key.take(functions=item.kind in EVENT_KINDS)
        self.required.setVisible(item.kind in _REQUIRED)
        self.scale.setVisible(item.kind in _SCALED)
        if item.kind in _SCALED:
            self.scale.show_item(item.id, self.language)
        self.groups.dress(form, item, self.language)
        self.conditions.set_items(form, item.id)

    def dressed(self) -> None:
        """Say which keys clash, and whether old answers can still be compared."""
        item = self.item
        twin = next(
            (one for one in self.keeper.form.items if one.id != item.id and item.hotkey and one.hotkey == item.hotkey),
            None,
        )
        words = self.tr("Also of “{item}”").format(item=text_of(twin.label) or twin.id) if twin is not None else ""
        self.key_field.set_warning(words)
        self.groups.dressed(item)
        self._say_comparable()

    def focus_first(self) -> None:
        """Bring the keyboard to the label."""
        self.label_area.setFocus()
        self.label_area.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """The icons of the kinds follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for number, kind in enumerate(ORDER):
                self.kind_box.setItemIcon(number, icon(kind_icon(kind), "accent"))

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_kind(self) -> None:
        kind, item_id = ItemKind(self.kind_box.currentData()), self.target_id
        if self.flush():
            self.keeper.try_edit(lambda form: with_kind(form, item_id, kind))
        self.kind_box.setCurrentIndex(self.kind_box.findData(self.item.kind))

    @Slot()
    def _on_new_id(self) -> None:
        base, made = self.keeper.base, [self.target_id]
        if base is None or not self.flush():
            return

        def change(form: Form) -> Form:
            form, made[0] = with_new_id(form, self.target_id, base)
            return form

        if self.keeper.try_edit(change):
            self.renamed.emit(made[0])

    @Slot()
    def _on_flush(self) -> None:
        self.flush()

    # --- helpers ----------------------------------------------------------------------------------

    def _say_comparable(self) -> None:
        base = self.keeper.base
        change = None
        if base is not None and base.item(self.target_id) is not None:
            found = compare(base, self.keeper.form).items
            change = next((one for one in found if one.item_id == self.target_id), None)
        words = not_comparable(change) if change is not None else ""
        self.compare_note.setText(words)
        self.compare_bar.setVisible(bool(words))

    def _build(self) -> None:
        self.kind_box = ComboBox(self)
        self.kind_box.setObjectName("item_kind")
        self.kind_box.setAccessibleName(self.tr("Kind of item"))
        for kind in ORDER:
            self.kind_box.addItem(icon(kind_icon(kind), "accent"), kind_title(kind), kind)
        self.id_label = ElidedLabel("", self, step="small", tone="muted", align_right=True)
        self.id_label.setAccessibleDescription(
            self.tr("Answers are kept under this id; it stays when the label changes.")
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.kind_box)
        head.addWidget(self.id_label, 1)
        self._build_compare()
        self.label_area = LineArea(self)
        self.label_area.setObjectName("item_label")
        self.label_field = WordsField(self.tr("Label"), self.label_area, self)
        self.key = KeyEdit(self)
        self.key.setObjectName("item_key")
        self.key.setToolTip(self.tr("Press the key itself; Backspace takes it away"))
        self.key_field = Field(self.tr("Key"), self.key, self)
        self.key_field.setFixedWidth(scaled(96))
        named = QHBoxLayout()
        named.setSpacing(12)
        named.addWidget(self.label_field, 1)
        named.addWidget(self.key_field)
        self.help_area = TextArea("", self, lines=1, most=6)
        self.help_area.setObjectName("item_help")
        self.help_field = WordsField(self.tr("Help"), self.help_area, self)
        self.groups = ItemGroups(self.saver, self)
        self.scale = ScaleGroup(self.keeper, self)
        self.required = Tick(self.tr("Must be answered, or a reason given"), self)
        self.conditions = ConditionsEditor(self)
        self.duplicate_button = Button(self.tr("Duplicate"), self, size=ButtonSize.SMALL, icon="copy")
        self.remove_button = Button(self.tr("Remove"), self, size=ButtonSize.SMALL, icon="trash-2")
        self._lay_out(head, named)

    def _lay_out(self, head: QHBoxLayout, named: QHBoxLayout) -> None:
        acts = QHBoxLayout()
        acts.addWidget(self.duplicate_button)
        acts.addWidget(self.remove_button)
        acts.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.compare_bar)
        self.body.addLayout(named)
        self.body.addWidget(self.help_field)
        self.body.addWidget(self.groups)
        self.body.addWidget(self.scale)
        self.body.addWidget(self.required)
        self.body.addWidget(SectionHead(self.tr("When it is shown"), "", self, step="body", rule="line"))
        self.body.addWidget(self.conditions)
        self.body.addSpacing(8)
        self.body.addLayout(acts)
        self.body.addStretch(1)

    def _build_compare(self) -> None:
        self.compare_bar = QWidget(self)
        row = QHBoxLayout(self.compare_bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.compare_note = TextLabel("", self.compare_bar, step="small", tone="warm", wrap=True)
        self.new_id_button = Button(
            self.tr("Give it a new id"), self.compare_bar, kind=ButtonKind.LINK, size=ButtonSize.SMALL, tone="warm"
        )
        self.new_id_button.setObjectName("item_new_id")
        row.addWidget(self.compare_note, 1)
        row.addWidget(self.new_id_button)

    def _bind(self) -> None:
        label, key, levels, conditions = self.label_area, self.key, self.scale.levels, self.conditions
        self.saver.bind(
            "label", label, label.edited, label.left,
            read=label.text, show=label.set_text, warn=self.label_field.set_warning,
        )  # fmt: skip
        self.saver.bind_area("help", self.help_area, self.help_field)
        self.saver.bind("hotkey", key, key.key_chosen, key.key_chosen, read=lambda: key.key, show=key.set_key)
        self.saver.bind(
            "required", self.required, self.required.clicked, self.required.left,
            read=self.required.isChecked, show=self.required.setChecked,
        )  # fmt: skip
        self.saver.bind_line("scale_name", self.scale.name, self.scale.name_field)
        self.saver.bind(
            "levels", levels, levels.edited, levels.left,
            read=levels.value, show=lambda value: levels.set_value(value, self.language),
        )  # fmt: skip
        self.saver.bind(
            "conditions", conditions, conditions.edited, conditions.left,
            read=conditions.value, show=conditions.set_value,
        )  # fmt: skip
        self.kind_box.activated.connect(self._on_kind)
        self.new_id_button.clicked.connect(self._on_new_id)
        self.scale.about_to_change.connect(self._on_flush)
        self.duplicate_button.clicked.connect(self.duplicate_asked)
        self.remove_button.clicked.connect(self.remove_asked)

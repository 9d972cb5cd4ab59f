"""The rules of a round in plain words, to be chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.rounds.rules import Hours, OwnCount, PartnerRule, Rules, Shape, SubjectRule, Travel
from observe_app.ui.rounds.rule_lists import ExclusionList, HoursList, OwnList, TravelList
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, NumberEdit, SectionHead, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY = 20
_MINUTES = 300


class RulesPart(QWidget):
    """Numbers, wishes and limits; what is rarely needed stands under "More rules".

    Signals:
        changed: something was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = Rules()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._build()

    def show_rules(self, rules: Rules, people: Sequence[tuple[str, str]]) -> None:
        """Show rules; people as (id, name) are those who take part."""
        self._rules = rules
        for box, value in ((self.observes, rules.observes), (self.observed, rules.observed)):
            box.setValue(value)
        for choice, kept in ((self.subject, rules.subject), (self.partners, rules.partners), (self.shape, rules.shape)):
            choice.setCurrentIndex(max(choice.findData(kept.value), 0))
        self.subject_must.setChecked(rules.subject_must)
        self.partners_must.setChecked(rules.partners_must)
        self.not_manager.setChecked(rules.not_manager)
        self.load.setValue(rules.week_load or 0)
        self.minutes.setValue(rules.minutes or 0)
        self.travel_minutes.setValue(rules.travel_minutes)
        self.set_people(people)
        self.exclusions.fill(rules.exclusions)
        self.own.fill(tuple((one.person_id, one.observes, one.observed) for one in rules.own))
        self.hours.fill(tuple((one.weekday, one.start_min, one.end_min, one.person_id) for one in rules.protected))
        self.travel.fill(tuple((one.one, one.other, one.minutes) for one in rules.travel))
        more = bool(rules.exclusions or rules.own or rules.protected or rules.travel)
        self._open_more(on=more or self._more.isVisible())
        self._musts()

    def set_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people in the rules that name somebody; whoever does not take part any more goes out of them."""
        for part in (self.exclusions, self.own, self.hours):
            part.set_people(people)

    @property
    def rules(self) -> Rules:
        """The rules as chosen."""
        return replace(
            self._rules,
            observes=self.observes.value(),
            observed=self.observed.value(),
            subject=SubjectRule(str(self.subject.currentData())),
            subject_must=self.subject_must.isChecked() and self.subject.currentIndex() > 0,
            partners=PartnerRule(str(self.partners.currentData())),
            partners_must=self.partners_must.isChecked() and self.partners.currentIndex() > 0,
            shape=Shape(str(self.shape.currentData())),
            not_manager=self.not_manager.isChecked(),
            week_load=self.load.value() or None,
            minutes=self.minutes.value() or None,
            travel_minutes=self.travel_minutes.value(),
            exclusions=self.exclusions.entries,
            own=tuple(OwnCount(*one) for one in self.own.entries),
            protected=tuple(Hours(*one) for one in self.hours.entries),
            travel=tuple(Travel(*one) for one in self.travel.entries),
        )

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self._musts()
        self.changed.emit()

    @Slot()
    def _on_more(self) -> None:
        self._open_more(on=not self._more.isVisible())

    def _open_more(self, *, on: bool) -> None:
        self._more.setVisible(on)
        self.more_button.setText(self.tr("Fewer rules") if on else self.tr("More rules"))
        self.more_button.set_icon("chevron-up" if on else "chevron-down")
        self.more_button.updateGeometry()

    def _musts(self) -> None:
        self.subject_must.setVisible(self.subject.currentIndex() > 0)
        self.partners_must.setVisible(self.partners.currentIndex() > 0)

    # --- build --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.observes = self._number(_MANY, "rule_observes", self.tr("Visits that everybody makes"))
        self.observed = self._number(_MANY, "rule_observed", self.tr("Visits that everybody receives"))
        self._line(self.tr("Everybody observes"), self.observes, self.tr("times and is observed"), self.observed,
                   self.tr("times"))  # fmt: skip
        self.subject = self._choice(
            "rule_subject", self.tr("Subjects"),
            ((SubjectRule.ANY, self.tr("of any subject")), (SubjectRule.SAME, self.tr("of their own subject")),
             (SubjectRule.DIFFERENT, self.tr("of another subject"))),
        )  # fmt: skip
        self.subject_must = self._check(self.tr("always, even if a visit is lost"), "rule_subject_must")
        self._line(self.tr("They see lessons"), self.subject, self.subject_must)
        self.partners = self._choice(
            "rule_partners", self.tr("Partners"),
            ((PartnerRule.ANY, self.tr("anybody")), (PartnerRule.STAY, self.tr("the partners of earlier rounds")),
             (PartnerRule.ROTATE, self.tr("somebody new"))),
        )  # fmt: skip
        self.partners_must = self._check(self.tr("always, even if a visit is lost"), "rule_partners_must")
        self._line(self.tr("They visit"), self.partners, self.partners_must)
        self.shape = self._choice(
            "rule_shape", self.tr("Visits in return"),
            ((Shape.FREE, self.tr("is not needed")), (Shape.RECIPROCAL, self.tr("always: two visit each other")),
             (Shape.CHAIN, self.tr("never: visits go on in a chain"))),
        )  # fmt: skip
        self._line(self.tr("A visit in return"), self.shape)
        self.not_manager = self._check(self.tr("Nobody is paired with their line manager"), "rule_manager")
        self._column.addWidget(self.not_manager)
        self.load = self._number(_MANY, "rule_load", self.tr("Visits of one person in a week at most"))
        self.load.setSpecialValueText(self.tr("any number of visits"))
        self.load.setSuffix(self.tr(" visits"))
        self._line(self.tr("In a week one person has at most"), self.load, self.tr("made and received together"))
        self.minutes = self._number(_MINUTES, "rule_minutes", self.tr("Minutes of a visit"))
        self.minutes.setSpecialValueText(self.tr("the whole lesson"))
        self.minutes.setSuffix(self.tr(" minutes"))
        self.minutes.setSingleStep(5)
        self._line(self.tr("A visit lasts"), self.minutes)
        self.travel_minutes = self._number(240, "rule_travel", self.tr("Minutes between two buildings"))
        self.travel_minutes.setSuffix(self.tr(" minutes"))
        self._line(self.tr("The way between two buildings takes"), self.travel_minutes)
        self.more_button = Button(
            self.tr("More rules"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="chevron-down"
        )
        self.more_button.setObjectName("more_rules")
        self.more_button.clicked.connect(self._on_more)
        self._column.addWidget(self.more_button)
        self._build_more()

    def _build_more(self) -> None:
        self._more = QWidget(self)
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.hours = HoursList(self._more)
        self.exclusions = ExclusionList(self._more)
        self.own = OwnList(self._more)
        self.travel = TravelList(self._more)
        for head, part in (
            (self.tr("Hours without visits"), self.hours),
            (self.tr("Not to visit each other"), self.exclusions),
            (self.tr("Other numbers for single people"), self.own),
            (self.tr("Ways between buildings"), self.travel),
        ):
            column.addWidget(SectionHead(head, "", self._more, step="text", rule="line2"))
            column.addWidget(part)
            part.changed.connect(self.changed)
        self._more.hide()
        self._column.addWidget(self._more)

    def _number(self, most: int, name: str, told: str) -> NumberEdit:
        box = NumberEdit(self)
        box.setRange(0, most)
        box.setObjectName(name)
        box.setAccessibleName(told)
        box.valueChanged.connect(self._on_changed)
        return box

    def _choice(self, name: str, told: str, options: Sequence[tuple[str, str]]) -> ComboBox:
        box = ComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(told)
        for value, words in options:
            box.addItem(words, str(value))
        box.setMinimumWidth(scaled(210))
        box.currentIndexChanged.connect(self._on_changed)
        return box

    def _check(self, words: str, name: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.toggled.connect(self._on_changed)
        return box

    def _line(self, *parts: str | QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part if isinstance(part, QWidget) else TextLabel(part, self))
        row.addStretch(1)
        self._column.addLayout(row)

"""Sheets of hours: rules of the school, time put in by hand, a certificate issued or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid
from observe_app.domain.hours import RULED, HoursKind, Per
from observe_app.services.learning import certificates, hours
from observe_app.ui.groups.sheet_base import FieldsSheet, day_field
from observe_app.ui.hours.words import kind_name, time_words
from observe_app.ui.i18n import long_date
from observe_app.ui.moments import today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, LineEdit, NumberEdit, TextLabel

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.hours import Certificate, HoursEntry, HoursRule
    from observe_app.domain.people import Person
    from observe_app.services.core import Core

_MOST_MINUTES = 1440
_HOUR = 60
_MOST_CAP_H = 600


class _RuleRow(QWidget):
    """How one kind counts: in what way, minutes for each, hours a year at most."""

    def __init__(self, kind: HoursKind, rule: HoursRule, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self.per_box = ComboBox(self)
        for per, words in (
            (Per.ACTUAL, self.tr("as long as it lasted")),
            (Per.EACH, self.tr("the same for each")),
            (Per.NOTHING, self.tr("not counted")),
        ):
            self.per_box.addItem(words, per)
        self.per_box.setCurrentIndex(list(Per).index(Per(rule.per)))
        self.per_box.setObjectName(f"per_{kind.value}")
        self.per_box.setAccessibleName(self.tr("{kind}: how it counts").format(kind=kind_name(kind)))
        self.minutes_box = NumberEdit(self)
        self.minutes_box.setRange(1, _MOST_MINUTES)
        self.minutes_box.setValue(rule.minutes or _HOUR)
        self.minutes_box.setSuffix(self.tr(" min each"))
        self.minutes_box.setObjectName(f"minutes_{kind.value}")
        self.minutes_box.setAccessibleName(self.tr("{kind}: minutes for each").format(kind=kind_name(kind)))
        self.cap_box = NumberEdit(self)
        self.cap_box.setRange(0, _MOST_CAP_H)
        self.cap_box.setSpecialValueText(self.tr("no limit"))
        self.cap_box.setSuffix(self.tr(" h a year at most"))
        self.cap_box.setValue(0 if rule.cap_min is None else max(1, round(rule.cap_min / _HOUR)))
        self.cap_box.setObjectName(f"cap_{kind.value}")
        self.cap_box.setAccessibleName(self.tr("{kind}: hours a school year at most").format(kind=kind_name(kind)))
        self._cap_min, self._cap_shown = rule.cap_min, self.cap_box.value()
        fields = QHBoxLayout()
        fields.setSpacing(scaled(8))
        fields.addWidget(self.per_box, 2)
        fields.addWidget(self.minutes_box, 1)
        fields.addWidget(self.cap_box, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(TextLabel(kind_name(kind), self, step="small", weight=600))
        column.addLayout(fields)
        self.per_box.currentIndexChanged.connect(self._on_per)
        self._on_per()

    @property
    def per(self) -> Per:
        """How it counts."""
        return Per(self.per_box.currentData())

    @property
    def cap_min(self) -> int | None:
        """At most so many minutes a year, None without end; a limit that nobody touched stays as exact as it was."""
        if self.cap_box.value() == self._cap_shown:
            return self._cap_min
        return self.cap_box.value() * _HOUR if self.cap_box.value() else None

    @Slot()
    def _on_per(self) -> None:
        self.minutes_box.setEnabled(self.per is Per.EACH)
        self.cap_box.setEnabled(self.per is not Per.NOTHING)


class RulesSheet(FieldsSheet):
    """How each kind counts in this school."""

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__("", parent, width=720)
        self._core = core
        self.title_label.setText(self.tr("What counts, and how"))
        self.setAccessibleName(self.tr("What counts, and how"))
        self.add_lead(
            self.tr("The school's own rules. Statements follow them at once; certificates stay as they were issued.")
        )
        self._before = hours.rules(core)
        self.rows = [_RuleRow(kind, self._before[kind], self) for kind in RULED]
        for at, row in enumerate(self.rows):
            self.grid.addWidget(row, at, 0, 1, 2)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep these rules")).setObjectName("rules_keep")

    def store(self) -> None:
        """Keep each rule that is another one now.

        Raises:
            ObserveError: it cannot be kept.
        """
        for row in self.rows:
            before = self._before[row.kind]
            minutes = row.minutes_box.value() if row.per is Per.EACH else 0
            if (row.per, minutes, row.cap_min) != (before.per, before.minutes, before.cap_min):
                hours.set_rule(self._core, kind=row.kind, per=row.per, minutes=minutes, cap_min=row.cap_min)


class EntrySheet(FieldsSheet):
    """Time put in by hand."""

    def __init__(self, core: Core, person: Person, parent: QWidget, *, entry: HoursEntry | None = None) -> None:
        super().__init__("", parent, width=620)
        self._core, self._person, self._entry = core, person, entry
        self._seen = hours.open_entry(core, entry.id).seen if entry is not None else None
        title = self.tr("Time for {name}").format(name=person.name)
        self.title_label.setText(title)
        self.setAccessibleName(title)
        today = today_of(core.clock)
        self.what_line = LineEdit(entry.what if entry is not None else "", self)
        self.day_line = day_field(today, entry.on if entry is not None else today, self, hint=self.tr("e.g. 20 March"))
        self.minutes_box = NumberEdit(self)
        self.minutes_box.setRange(-_MOST_MINUTES, _MOST_MINUTES)
        self.minutes_box.setValue(entry.minutes if entry is not None else _HOUR)
        self.minutes_box.setSuffix(self.tr(" min"))
        self.add_field("what", self.tr("What it was"), self.what_line, (0, 0, 2))
        self.add_field("on", self.tr("Day"), self.day_line, (1, 0, 1))
        hint = self.tr("A minus takes time off.")
        self.add_field("minutes", self.tr("Time"), self.minutes_box, (1, 1, 1), hint=hint)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Add the time"), enter_accepts=True).setObjectName("entry_keep")

    def store(self) -> None:
        """Keep it.

        Raises:
            ObserveError: it cannot be kept.
        """
        on = self.day_of("on", self.day_line)
        if on is None:
            raise Invalid("on", "", "empty")
        what, minutes = self.what_line.text(), self.minutes_box.value()
        if self._entry is None or self._seen is None:
            hours.add_entry(self._core, person_id=self._person.id, on=on, minutes=minutes, what=what)
        else:
            hours.edit_entry(self._core, entry_id=self._entry.id, seen=self._seen, on=on, minutes=minutes, what=what)


class IssueSheet(FieldsSheet):
    """What a certificate would say; it is issued by its button.

    Signals:
        issued: the `Certificate`.
    """

    issued = Signal(object)

    def __init__(self, core: Core, person: Person, first: date, last: date, parent: QWidget) -> None:
        super().__init__("", parent, width=620)
        self._core, self._person, self._days = core, person, (first, last)
        found = hours.statement(core, person_id=person.id, first=first, last=last)
        title = self.tr("Certificate for {name}").format(name=person.name)
        self.title_label.setText(title)
        self.setAccessibleName(title)
        lines = (
            self.tr("{first} to {last}").format(first=long_date(first), last=long_date(last)),
            self.tr("{time} in all").format(time=time_words(found.minutes)),
            *(
                self.tr("{kind}: {time}").format(kind=kind_name(kind), time=time_words(minutes))
                for kind, minutes in sorted(found.by_kind.items(), key=_usual)
            ),
        )
        for at, words in enumerate(lines):
            strong = 600 if at == 1 else None
            self.grid.addWidget(TextLabel(words, self, weight=strong, wrap=True), at, 0, 1, 2)
        note = self.tr(
            "It is kept as it is now, with a number by which this school recognises it. The number says that the "
            "certificate comes from this data, not who made a print of it and not that the hours are true. It cannot "
            "be undone, only withdrawn with a reason."
        )
        self.note = TextLabel(note, self, step="small", tone="muted", wrap=True)
        self.grid.addWidget(self.note, len(lines), 0, 1, 2)
        self.add_safe(self.tr("Not yet"))
        self.add_main(self.tr("Issue the certificate"), icon="award").setObjectName("issue_now")

    def store(self) -> None:
        """Issue it.

        Raises:
            ObserveError: nothing counts, or it cannot be kept.
        """
        first, last = self._days
        made = certificates.issue(self._core, person_id=self._person.id, first=first, last=last)
        self.issued.emit(made)


class WithdrawSheet(FieldsSheet):
    """Why a certificate no longer stands."""

    def __init__(self, core: Core, certificate: Certificate, parent: QWidget) -> None:
        super().__init__("", parent, width=620)
        self._core, self._certificate = core, certificate
        title = self.tr("Withdraw {number}").format(number=certificate.number)
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.add_lead(
            self.tr(
                "Whoever looks the number up here reads that it was withdrawn, and why. Prints and files that are out "
                "do not change."
            )
        )
        self.why_line = LineEdit("", self)
        self.add_field("why", self.tr("Reason"), self.why_line, (0, 0, 2))
        self.add_safe(self.tr("Keep it"))
        self.add_main(self.tr("Withdraw it")).setObjectName("withdraw_now")

    def store(self) -> None:
        """Withdraw it.

        Raises:
            ObserveError: no reason, or it was withdrawn meanwhile.
        """
        certificates.withdraw(self._core, certificate_id=self._certificate.id, why=self.why_line.text())


def _usual(kind: tuple[HoursKind, int]) -> int:
    return list(HoursKind).index(kind[0])


class CheckSheet(FieldsSheet):
    """Looks a certificate's number up, and says what that means and what not."""

    guards_words: ClassVar[bool] = False  # a number that is looked up is kept nowhere

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__("", parent, width=620)
        self._core = core
        self.title_label.setText(self.tr("Look a certificate up"))
        self.setAccessibleName(self.tr("Look a certificate up"))
        self.number_line = LineEdit("", self, placeholder="OBS-2026-7K3F-9QXD")
        self.add_field("certificate number", self.tr("Number"), self.number_line, (0, 0, 2))
        self.answer = TextLabel("", self, wrap=True)
        self.answer.setObjectName("check_answer")
        self.more = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.grid.addWidget(self.answer, 1, 0, 1, 2)
        self.grid.addWidget(self.more, 2, 0, 1, 2)
        self.add_safe(self.tr("Close"))
        self.add_main(self.tr("Look it up"), icon="search", enter_accepts=True).setObjectName("check_now")

    @Slot()
    def accept(self) -> None:
        """Look it up and stay."""
        self.answer.setText("")
        self.more.setText("")
        self.fields["certificate number"].set_warning("")
        self.problem.hide()
        try:
            found = certificates.check(self._core, self.number_line.text())
        except Invalid as error:
            self._say(error)
            return
        self._show(found)
        self.fit(self.pane, scaled(620))

    def _show(self, found: certificates.Checked) -> None:
        one = found.certificate
        if one is None:
            self.answer.setText(self.tr("{number} was not issued from this data folder.").format(number=found.number))
            return
        if found.state is certificates.State.CHANGED:
            words = self.tr("{number} was issued here, but its record is not as it was issued.")
            self.answer.setText(words.format(number=found.number))
            return
        words = self.tr("{number} was issued from this data folder on {date}, for {name}: {first} to {last}, {time}.")
        said = words.format(
            number=found.number,
            date=long_date(one.issued.date()),
            name=one.name,
            first=long_date(one.first),
            last=long_date(one.last),
            time=time_words(one.minutes),
        )
        if one.withdrawn is not None:
            gone = self.tr("It was withdrawn on {date}: {why}").format(
                date=long_date(one.withdrawn.date()), why=one.why
            )
            said = f"{said}\n{gone}"
        self.answer.setText(said)
        self.more.setText(
            self.tr(
                "Compare that with the paper. It says nothing about who made a file or a print, and not that the hours "
                "are true."
            )
        )

"""The school's calendar: terms, holidays, weeks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from observe_app.domain.school.classes import LessonSlot, SchoolClass, SlotKind
from observe_app.domain.school.terms import Holiday, SchoolTerm, TermKind
from observe_app.services.school import calendar

if TYPE_CHECKING:
    from observe_app.services.core import Core


def test_what_is_kept_of_a_school_comes_back_as_it_was(core: Core) -> None:
    term = SchoolTerm("t1", "Autumn", TermKind.TERM, date(2026, 9, 7), date(2026, 12, 18))
    holiday = Holiday("h1", "Half term", date(2026, 10, 26), date(2026, 10, 30))
    made = SchoolClass("c1", "8b", "Maths", "8", 27, "12", "Main", "t1", ("p1", "p2"), "{}")
    slot = LessonSlot("s1", "p1", SlotKind.TEACHING, 2, None, 480, 540, "A", "8b")
    with core.store.write("term.add") as unit:
        unit.school.terms.add(term)
        unit.school.holidays.add(holiday)
        unit.school.classes.add(made)
        unit.school.slots.add(slot)
        unit.commit()
    with core.store.read() as reading:
        assert reading.school.terms.get("t1") == term
        assert reading.school.holidays.get("h1") == holiday
        assert reading.school.classes.get("c1") == made
        assert reading.school.slots.find(person_id="p1") == (slot,)
    days = calendar.teaching_days(core, date(2026, 10, 23), date(2026, 11, 2))
    assert days == (date(2026, 10, 23), date(2026, 11, 2))
    assert calendar.week_letter(core, date(2026, 9, 7)) == "A"
    assert calendar.week_letter(core, date(2026, 9, 14)) == "B"
    assert calendar.week_letter(core, date(2026, 8, 1)) == ""

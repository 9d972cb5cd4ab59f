"""A school's year: terms, holidays, classes and timetables."""

from __future__ import annotations

from functools import cached_property

from observe_app.domain.school.classes import LessonSlot, SchoolClass
from observe_app.domain.school.terms import Holiday, SchoolTerm
from observe_app.store.repos.base import Repo
from observe_app.store.repos.kept import Kept
from observe_app.store.schema_school import HolidayRow, LessonSlotRow, SchoolClassRow, SchoolTermRow


class SchoolRepo(Repo):
    """What is known of the school's year."""

    @cached_property
    def terms(self) -> Kept[SchoolTerm]:
        """Years, terms and halves."""
        return Kept(self.session, SchoolTermRow, SchoolTerm, "term")

    @cached_property
    def holidays(self) -> Kept[Holiday]:
        """Days without lessons."""
        return Kept(self.session, HolidayRow, Holiday, "holiday")

    @cached_property
    def classes(self) -> Kept[SchoolClass]:
        """Classes."""
        return Kept(self.session, SchoolClassRow, SchoolClass, "class")

    @cached_property
    def slots(self) -> Kept[LessonSlot]:
        """Timetables."""
        return Kept(self.session, LessonSlotRow, LessonSlot, "slot")

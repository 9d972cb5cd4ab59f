"""What pages and finders may ask of the program around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.protection import Wish
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.data_page import VisitTarget
    from observe_app.ui.groups.tab_base import GroupsTarget
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.main_window import MainWindow
    from observe_app.ui.sync_desk import SyncDesk


class Guide(Protocol):
    """Goes to places and does what can be done from anywhere. `desk.Desk` is the one there is."""

    window: MainWindow
    jobs: JobRunner
    bus: ChangeBus
    sync: SyncDesk

    def go_to_visit(self, target: VisitTarget) -> None:
        """Go to a visit: to a stage of it, or to where it stands; to a note when the target names one."""

    def go_to_visits(self) -> None:
        """Go to the list of visits."""

    def go_to_compare(self, tab: str) -> None:
        """Go to a view of Compare, by its stable name."""

    def compare_visit(self, visit_id: str) -> None:
        """Show one lesson in Compare."""

    def compare_term(self, visit_id: str) -> None:
        """Show in Compare what changed over the visits of a visit's teacher."""

    def go_to_groups(self, target: GroupsTarget) -> None:
        """Go to a part of Groups, or to a record in it."""

    def go_to_person(self, person_id: str) -> None:
        """Go to a person."""

    def go_to_form(self, form_id: str) -> None:
        """Go to a form in the library."""

    def new_form(self) -> None:
        """Ask for a title and begin a form."""

    def import_form(self) -> None:
        """Ask for a file or a table and bring a form in."""

    def read_reply(self) -> None:
        """Ask for a filled PDF and show what is in it."""

    def open_journal(self) -> None:
        """Show one's own journal over all visits."""

    def open_also(self) -> None:
        """List what several people wrote into one place."""

    def plan(self) -> None:
        """Plan a visit: a new one opens at Prepare."""

    def plan_with_form(self, form_id: str) -> None:
        """Plan a visit with this form."""

    def start_writing(self) -> None:
        """Write at once; who and what can be said afterwards."""

    def leave_first_run(self) -> None:
        """Go on to Today."""

    def apply_theme(self, choice: str) -> None:
        """Switch the look at once; a word of `ThemeChoice`."""

    def apply_text_size(self, percent: int) -> None:
        """Make all words larger or smaller at once; one of `domain.settings.TEXT_SIZES`."""

    def apply_motion(self, reduced: bool) -> None:
        """Turn every movement off, or on again."""

    def apply_keys(self) -> None:
        """Obey the keys that count everywhere as they are kept now."""

    def restore(self, backup_file: Path) -> None:
        """Put a backup in the place of the record and load everything again."""

    def protect(self, wish: Wish) -> None:
        """Protect the record, or end that, and load everything again."""

"""Units of work: one user action, one transaction, one entry of the journal, one notice after the commit."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from sqlalchemy import insert
from sqlalchemy.orm import Session

from observe_app.domain.changes import Changes, Seen
from observe_app.store import journal
from observe_app.store.failures import told
from observe_app.store.repos.after import AfterRepo
from observe_app.store.repos.answers import AnswerRepo
from observe_app.store.repos.drafts import DraftRepo
from observe_app.store.repos.events import EventRepo
from observe_app.store.repos.forms import FormRepo
from observe_app.store.repos.lessons import LessonRepo
from observe_app.store.repos.people import PersonRepo
from observe_app.store.repos.talk import TalkRepo
from observe_app.store.repos.visits import VisitRepo
from observe_app.store.schema import FORM_TABLES, ActionRow
from observe_app.store.search import SearchRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from observe_app.store.capture import Capture
    from observe_app.store.database import Store
    from observe_app.store.repos.compare import CompareRepo
    from observe_app.store.repos.groups import GroupRepo
    from observe_app.store.repos.learning import LearningRepo
    from observe_app.store.repos.merging import MergeRepo
    from observe_app.store.repos.pairs import PairRepo
    from observe_app.store.repos.rounds import RoundRepo
    from observe_app.store.repos.school import SchoolRepo
    from observe_app.store.repos.sessions import SessionRepo
    from observe_app.store.repos.shares import ShareRepo
    from observe_app.store.repos.surveys import SurveyRepo
    from observe_app.store.sync.connection import Connection


class ReadUnit:
    """Reads at one moment of the data."""

    def __init__(self, store: Store) -> None:
        """Prepare a unit on this store."""
        self.store = store
        self._told = told(store.path)

    def __enter__(self) -> Self:
        """Begin."""
        self._told.__enter__()
        try:
            self._open()
        except BaseException as error:
            self._told.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; whatever was not committed is gone."""
        try:
            self._close()
        finally:
            self._told.__exit__(kind, error, trace)

    def _open(self) -> None:
        self.connection = self.store.engine.connect()
        self.session = Session(bind=self.connection, expire_on_commit=False)

    def _close(self) -> None:
        self.session.close()
        self.connection.close()

    @property
    def position(self) -> int:
        """Journal position of this moment."""
        return journal.position(self.session)

    @property
    def plain(self) -> Connection:
        """The transaction in plain SQL; what was changed through objects is in it."""
        self.session.flush()
        return journal.plain_sql(self.session)  # type: ignore[no-any-return]

    @cached_property
    def visits(self) -> VisitRepo:
        """Visits and who takes part."""
        return VisitRepo(self.session)

    @cached_property
    def people(self) -> PersonRepo:
        """People."""
        return PersonRepo(self.session)

    @cached_property
    def events(self) -> EventRepo:
        """Events of every kind."""
        return EventRepo(self.session)

    @cached_property
    def answers(self) -> AnswerRepo:
        """Answers to form items."""
        return AnswerRepo(self.session)

    @cached_property
    def talk(self) -> TalkRepo:
        """Claims, evidence and action steps."""
        return TalkRepo(self.session)

    @cached_property
    def after(self) -> AfterRepo:
        """The conversation and what came of it."""
        return AfterRepo(self.session)

    @cached_property
    def shares(self) -> ShareRepo:
        """Who takes part in a visit, and what goes to them."""
        from observe_app.store.repos.shares import ShareRepo  # noqa: PLC0415  (no first page asks it)

        return ShareRepo(self.session)

    @cached_property
    def pairs(self) -> PairRepo:
        """Visits that are one lesson, and what was agreed on between their observers."""
        from observe_app.store.repos.pairs import PairRepo  # noqa: PLC0415  (no first page asks it)

        return PairRepo(self.session)

    @cached_property
    def compare(self) -> CompareRepo:
        """What many visits come to."""
        from observe_app.store.repos.compare import CompareRepo  # noqa: PLC0415  (as above)

        return CompareRepo(self.session)

    @cached_property
    def school(self) -> SchoolRepo:
        """Terms, holidays, classes and timetables."""
        from observe_app.store.repos.school import SchoolRepo  # noqa: PLC0415  (as above)

        return SchoolRepo(self.session)

    @cached_property
    def rounds(self) -> RoundRepo:
        """Rounds of visits and their pairings."""
        from observe_app.store.repos.rounds import RoundRepo  # noqa: PLC0415  (as above)

        return RoundRepo(self.session)

    @cached_property
    def groups(self) -> GroupRepo:
        """Groups with their goals and resources."""
        from observe_app.store.repos.groups import GroupRepo  # noqa: PLC0415  (as above)

        return GroupRepo(self.session)

    @cached_property
    def sessions(self) -> SessionRepo:
        """Sessions, their lines, who was there, and what was promised."""
        from observe_app.store.repos.sessions import SessionRepo  # noqa: PLC0415  (as above)

        return SessionRepo(self.session)

    @cached_property
    def merging(self) -> MergeRepo:
        """What names a person."""
        from observe_app.store.repos.merging import MergeRepo  # noqa: PLC0415  (as above)

        return MergeRepo(self.session)

    @cached_property
    def surveys(self) -> SurveyRepo:
        """Surveys, their secrets, what was released of them, and what waits."""
        from observe_app.store.repos.surveys import SurveyRepo  # noqa: PLC0415  (as above)

        return SurveyRepo(self.session)

    @cached_property
    def forms(self) -> FormRepo:
        """Own forms and the index of all forms."""
        return FormRepo(self.session)

    @cached_property
    def drafts(self) -> DraftRepo:
        """Unfinished lines."""
        return DraftRepo(self.session)

    @cached_property
    def lessons(self) -> LessonRepo:
        """What only this computer knows of lessons."""
        return LessonRepo(self.session)

    @cached_property
    def learning(self) -> LearningRepo:
        """Portfolios, hours and certificates."""
        from observe_app.store.repos.learning import LearningRepo  # noqa: PLC0415  (as above)

        return LearningRepo(self.session)

    @cached_property
    def search(self) -> SearchRepo:
        """Full-text search."""
        return SearchRepo(self.session)

    @cached_property
    def journal(self) -> journal.JournalRepo:
        """History, and what undo would do."""
        return journal.JournalRepo(self.session, self.store.writer)

    def seen(self, *cells: tuple[str, str]) -> Seen:
        """Return the live op ids of these records, given as (table, row id)."""
        return journal.heads(self.session, cells)


class WriteUnit(ReadUnit):
    """Writes as one action. Nothing is changed until `commit()` returns; then it is on the disk."""

    def __init__(self, store: Store, *, kind: str, scope: str | None, seen: Seen, undoable: bool) -> None:
        """Prepare an action of this kind."""
        super().__init__(store)
        self.action_id = store.ids.new()
        self.kind = kind
        self.scope = scope
        self.undoable = undoable
        self.undoes: str | None = None
        self.skipped = 0
        self._seen = seen
        self._committed = False
        self._turn = False

    def _open(self) -> None:
        self.store.stand_ground()
        self._turn = self.store.writers.take(self.store.busy_s)
        try:
            self._begin()
        except BaseException:
            self._leave()
            raise

    def _begin(self) -> None:
        self.connection = self.store.engine.connect().execution_options(write=True)
        self._capture: Capture = self.connection.info["capture"]
        try:
            self.session = Session(bind=self.connection, expire_on_commit=False)
            writer, last, clock = journal.standing(self.session)
            if writer != self.store.kept_writer:
                # Another program has learnt meanwhile that this is a copy, and renamed the installation.
                self.store.writer = self.store.kept_writer = writer
            own = last if last is not None and last.endswith(self.store.writer) else None
            before = max((stamp for stamp in (own, clock) if stamp is not None), default=None)
            self._capture.open(self.action_id, self.store.writer, self._seen.ops, before)
        except BaseException:
            self.connection.close()
            raise

    def _close(self) -> None:
        self._capture.close()
        try:
            super()._close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._turn:
            self._turn = False
            self.store.writers.leave()

    def see(self, seen: Seen) -> None:
        """Count these ops as displayed too, for the writes that follow."""
        self.session.flush()
        self._capture.see(seen.ops)

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Capture nothing meanwhile: what is written comes out of the journal already."""
        with self._capture.unheard():
            yield

    def commit(self) -> Changes:
        """Put everything on the disk and tell the listeners.

        Returns:
            What changed; without rows when nothing did (then no action is recorded).
        """
        self.session.flush()
        touched = frozenset(self._capture.touched)
        if touched:
            # Nothing is written while a window opens; `services.core.load_ahead` loads them soon after.
            from observe_app.store import ownership  # noqa: PLC0415
            from observe_app.store.sync import choices  # noqa: PLC0415

            choices.keep_true(self, touched)
            ownership.check(self.session, self.action_id, touched)
        if touched or self.undoes:
            self.session.execute(
                insert(ActionRow).values(
                    id=self.action_id,
                    kind=self.kind,
                    at=self.store.clock.now(),
                    writer=self.store.writer,
                    author_id=self.store.me,
                    scope=self.scope,
                    undoes=self.undoes,
                    undoable=self.undoable,
                    skipped=self.skipped,
                )
            )
        position = journal.position(self.session)
        self.session.commit()
        self._leave()
        self._committed = True
        visits = {row for table, row in touched if table == "visit"}
        if self.scope and not all(table in FORM_TABLES for table, _row in touched):  # then it is the id of a draft
            visits.add(self.scope)
        changes = Changes(touched, self.kind, frozenset(visits), "window", position)
        if touched:
            self.store.notify(self.action_id, changes)
        return changes

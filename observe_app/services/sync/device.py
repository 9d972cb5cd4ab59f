"""One installation in one shared folder: rounds of sealing, reading, writing, mending and tidying.

Nothing here knows the wall clock, random numbers, ids or threads but through what it is given, so that a simulation can
run thousands of installations and repeat each run. Between any two of its steps the process may end: what a step
leaves behind is either kept in one transaction or done again by the next round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.sync.state import RoundReport
from observe_app.services.sync import (
    answers,
    blobs,
    cleaning,
    compact,
    have,
    heal,
    incarnation,
    people,
    publish,
    pull,
)  # fmt: skip
from observe_app.services.sync.context import Context, MakeJudge, Progress, Stopped, Tally, go_on
from observe_app.services.sync.crypto import AgeCipher

if TYPE_CHECKING:
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.sync.crypto import Cipher, Keys, RandomBytes
    from observe_app.services.sync.folder_io import FolderIO
    from observe_app.store.sync.ledger import Ledger


class Device:
    """One installation in one folder. Rounds must not run at the same time, in whatever process."""

    def __init__(
        self,
        ledger: Ledger,
        keys: Keys,
        folder_io: FolderIO,
        shared_folder: SharedFolder,
        rng: RandomBytes,
        version: str,
        *,
        judge: MakeJudge,
        cipher: Cipher | None = None,
    ) -> None:
        """Take part in a folder.

        Args:
            ledger: the database; holds a row of `sync_folder` with the folder's id.
            keys: of the person.
            folder_io: the folder.
            shared_folder: its id, its school key, whether it is the home of what is for oneself.
            rng: fills up recipients.
            version: of the program, told to others.
            judge: given a connection inside a transaction, makes what says of a letter's change "apply",
                "refuse:<why>" or "wait".
            cipher: `crypto.AgeCipher` unless given.
        """
        self._rng = rng
        self._context = Context(
            ledger, keys, folder_io, shared_folder, cipher=cipher or AgeCipher(rng), version=version, judge=judge
        )

    def round(self, progress: Progress = go_on) -> RoundReport:
        """Do one round, from sealing what was written here to tidying up; return what it did.

        Trouble with the folder ends in the report's `problem`; what could not be done is done by a later round.

        Raises:
            ObserveError: the database refused.
        """
        context = self._context
        context.tally, context.progress = Tally(), progress
        context.memory.rounds += 1
        try:
            self._steps(context)
        except Stopped:
            pass
        except OSError as error:
            context.fail(error)
        return self._report(context)

    def late(self) -> int:
        """Return how many files have been arriving for more than a day."""
        return pull.late(self._context)

    def _steps(self, context: Context) -> None:
        context.load()
        if context.school:
            self._look(context)
            return
        incarnation.settle(context)
        publish.seal(context)
        listing = context.io.list()
        if not people.belongs(context, listing):
            return
        if not context.memory.tidied:
            cleaning.tidy(context, listing)
            context.memory.tidied = True
        people.read(context, listing)
        have.read(context, listing)
        pull.pull(context, listing)
        incarnation.settle(context)
        publish.seal(context)
        people.write(context, listing)
        publish.publish(context, listing)
        have.write(context, listing)
        heal.answer(context, listing)
        cleaning.erase(context, listing)
        compact.compact(context, listing)
        blobs.carry(context, listing, self._rng)
        answers.carry(context, listing, self._rng)

    def _look(self, context: Context) -> None:
        """Take in what is there and leave nothing: the steps of a computer of the school."""
        publish.keep_here(context)
        listing = context.io.list()
        if people.belongs(context, listing):
            people.read(context, listing)
            have.read(context, listing)
            pull.pull(context, listing)
            blobs.fetch(context, listing)

    def _report(self, context: Context) -> RoundReport:
        from observe_app.store.sync import segments  # noqa: PLC0415

        tally = context.tally
        with context.ledger.reading() as sql:
            refused, conflicts = segments.refused(sql, context.folder.id), segments.conflicts(sql)
        return RoundReport(
            sent=tally.sent,
            received=tally.received,
            waiting=sum(one.state == segments.OUT for one in context.memory.held.values()),
            incomplete=tally.incomplete,
            refused=refused,
            conflicts=conflicts,
            rows=tally.rows,
            problem=tally.problem,
            detail=tally.detail,
            unsettled=not tally.problem and self._unsettled(),
        )

    def _unsettled(self) -> bool:
        """Tell whether one of the three looks was done, and not the last, after which something missing is healed."""
        memory = self._context.memory
        looks = [*memory.missing.values(), *memory.wanting.values(), *(one[0] for one in memory.lacking.values())]
        return any(0 < count < have.WANTED_AFTER for count in looks)

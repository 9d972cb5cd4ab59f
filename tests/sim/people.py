"""Several people in one folder: drafts, releases, readers that come and go; what each may see and nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id
from observe_app.domain.sync.rights import JOINT_COLUMNS, VISIT_COLUMNS, share_id
from observe_app.store.sync import purge

if TYPE_CHECKING:
    import sqlite3

    from tests.sim.installation import Written
    from tests.sim.world import Seat, World

_OF_AUTHOR = ("event", "answer", "claim")
_JOINT = ("action_step", "turn")
_VISIT_TEXTS = ("class_name", "topic", "focus", "preparation")


@dataclass
class Visit:
    """A visit as the world knows it.

    Attributes:
        author: number of the person. canary: in every word of it. private: in words that nobody else may ever read.
        ever: persons who ever had a part. removed: those who lost it.
        joined: by person the changes that gave them their part.
        released: for each act of release its own changes, and what it let out.
        erased: changes that say it was erased for good.
    """

    author: int
    canary: str
    private: str
    ever: set[int]
    removed: set[int] = field(default_factory=set)
    joined: dict[int, set[str]] = field(default_factory=dict)
    released: list[tuple[set[str], set[str]]] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)


class People:
    """What people do who share visits, and what must be true of it in the end."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.visits: dict[str, Visit] = {}
        self.not_for: dict[str, set[int]] = {}
        self.of_visit: dict[str, str] = {}
        self.deleted: set[tuple[str, str]] = set()
        self.drafts: set[str] = set()
        self._count = 0

    # --- what a person may do at their laptop ------------------------------------------------------------------------

    def write(self, seat: Seat) -> None:
        """Write something one has a right to write."""
        mine = [one for one, about in self.visits.items() if about.author == seat.person and not about.erased]
        mine = [one for one in mine if self._there(seat, one)]
        shared = [one for one in self._joined(seat) if self.visits[one].author != seat.person]
        dice = self.world.dice
        if not (mine or shared) or (dice.random() < 0.06 and len(self.visits) < 5):
            self._plan(seat)
        elif mine and (not shared or dice.random() < 0.6):
            visit = dice.choice(sorted(mine))
            self._joint(seat, visit) if dice.random() < 0.3 else self._draft(seat, visit)
        else:
            self._joint(seat, dice.choice(sorted(shared)))

    def open(self) -> None:
        """Let the author of the world release a visit with something in it."""
        seat = self.world.seats[0]
        self._plan(seat)
        visit = next(iter(self.visits))
        for _ in range(4):
            self._draft(seat, visit)
        self._joint(seat, visit)
        self._release(seat, visit)

    def decide(self, seat: Seat) -> None:
        """Release a visit, let somebody read it, or no longer."""
        mine = [one for one, about in self.visits.items() if about.author == seat.person and not about.erased]
        mine = sorted(one for one in mine if self._there(seat, one))
        if mine and seat.person == 0 and self.world.dice.random() < 0.75:
            self._release(seat, self.world.dice.choice(mine))
            return
        taught = [one for one in self._joined(seat) if self._role(seat, one) == "teacher"]
        if taught and "coach" in self.world.names:
            self._coach(seat, self.world.dice.choice(sorted(taught)))

    def erase(self, seat: Seat) -> None:
        """Erase a visit of one's own for good, as `services.sync.erasing` does: the word of it, then all its rows."""
        mine = [one for one, about in self.visits.items() if about.author == seat.person and self._there(seat, one)]
        if not mine or len(self.visits) < 2:
            return
        laptop, visit = seat.laptop, self.world.dice.choice(sorted(mine))
        values = {"id": natural_id("erasure", visit), "visit_id": visit, "at": laptop.ledger.now()}
        if laptop.sql.execute("SELECT 1 FROM erasure WHERE id = ?", (values["id"],)).fetchone():
            return
        erased = self._note(seat, visit, laptop.insert("erasure", values), made=True)
        self.visits[visit].erased |= erased
        for op in erased:
            self.not_for.pop(op, None)  # who was removed erases what they kept
        with laptop.ledger.writing() as writing:
            writing.changed(purge.erase(writing.sql, visit, self._print(seat.person)))
        laptop.editors = {}
        seat.changes = 0

    def _there(self, seat: Seat, visit: str) -> bool:
        return seat.laptop.sql.execute("SELECT 1 FROM visit WHERE id = ?", (visit,)).fetchone() is not None

    def _role(self, seat: Seat, visit: str) -> str:
        found = seat.laptop.sql.execute(
            "SELECT role FROM visit_share WHERE id = ? AND deleted = 0", (share_id(visit, self._print(seat.person)),)
        ).fetchone()
        return found[0] if found is not None else ""

    def _joined(self, seat: Seat) -> list[str]:
        return [one for one in self.visits if self._role(seat, one) not in {"", "reader"} and self._there(seat, one)]

    def _print(self, person: int) -> str:
        return self.world.keys[person].fingerprint

    def _note(self, seat: Seat, visit: str, changes: list[Written], *, made: bool = False) -> set[str]:
        self.world.oracle.note(seat.laptop.name, changes, made=made)
        shared = seat.laptop.sql.execute("SELECT 1 FROM visit_share WHERE visit_id = ?", (visit,)).fetchone()
        for one in changes:
            self.of_visit[one.op] = visit
            if one.column == "deleted" and one.value:
                self.deleted.add((one.table, one.row))
            if made and not shared:
                self.drafts.add(one.row)  # typed where nobody knew yet that it is shared: waits for a release
            out = {person for person, since in self._out_here(seat, visit) if since}
            if out:
                self.not_for[one.op] = out
        return {one.op for one in changes}

    def _out_here(self, seat: Seat, visit: str) -> list[tuple[int, bool]]:
        """Say who this laptop knows to have lost their part."""
        about = self.visits[visit]
        return [
            (person, seat.laptop.sql.execute(
                "SELECT deleted FROM visit_share WHERE id = ?", (share_id(visit, self._print(person)),)
            ).fetchone() == (1,))
            for person in sorted(about.removed)
        ]  # fmt: skip

    def _word(self, visit: str, *, private: bool = False) -> str:
        about = self.visits[visit]
        return f"{self.world.editor.word()} {about.private if private else about.canary}"

    def _plan(self, seat: Seat) -> None:
        self._count += 1
        visit = seat.laptop.ids.new()
        mark = f"{self.world.dice.getrandbits(32):08x}"
        self.visits[visit] = Visit(seat.person, f"canary{mark}", f"private{mark}", {seat.person})
        values = {"id": visit, "created": seat.laptop.ledger.now(), "topic": self._word(visit)}
        self._note(seat, visit, seat.laptop.insert("visit", values), made=True)

    def _draft(self, seat: Seat, visit: str) -> None:
        dice, laptop = self.world.dice, seat.laptop
        if dice.random() < 0.25:
            column = dice.choice(_VISIT_TEXTS)
            value = self._word(visit, private=column == "preparation")
            self._note(seat, visit, laptop.update("visit", visit, column, value, laptop.heads("visit", visit)))
            return
        table = dice.choice(_OF_AUTHOR)
        row = self._pick(seat, table, visit)
        if row and dice.random() < 0.6:
            self._change(seat, table, row, visit)
            return
        values: dict[str, object] = {"id": laptop.ids.new(), "visit_id": visit}
        if table == "event":
            private = dice.random() < 0.3
            values |= {
                "kind": "note",
                "offset_ms": 5,
                "private": int(private),
                "text": self._word(visit, private=private),
            }
        elif table == "claim":
            values |= {"kind": "strength", "title": self._word(visit)}
        else:
            values |= {"item": "i1", "id": natural_id("answer", visit, "i1"), "comment": self._word(visit)}
            if laptop.sql.execute("SELECT 1 FROM answer WHERE id = ?", (values["id"],)).fetchone():
                return
        self._note(seat, visit, laptop.insert(table, values), made=True)

    def _joint(self, seat: Seat, visit: str) -> None:
        dice, laptop = self.world.dice, seat.laptop
        chance = dice.random()
        if chance < 0.15:
            seen = laptop.heads("visit", visit)
            self._note(seat, visit, laptop.update("visit", visit, "conversation", self._word(visit), seen))
            return
        table = dice.choice(_JOINT)
        row = self._pick(seat, table, visit)
        if row and chance < 0.65:
            self._change(seat, table, row, visit)
            return
        values: dict[str, object] = {"id": laptop.ids.new(), "visit_id": visit, "text": self._word(visit)}
        if table == "turn":
            values["voice"] = "both"
        self._note(seat, visit, laptop.insert(table, values), made=True)

    def _pick(self, seat: Seat, table: str, visit: str) -> str:
        rows = seat.laptop.sql.execute(f'SELECT id FROM "{table}" WHERE visit_id = ? ORDER BY id', (visit,)).fetchall()
        found = [row for (row,) in rows if table != "turn" or self._made(seat, row)]
        return self.world.dice.choice(found) if found else ""

    def _made(self, seat: Seat, row: str) -> bool:
        """Only who said something changes what stands there."""
        home = [self.world.oracle.home[op] for op, one in self.world.oracle.written.items() if one.row == row]
        return all(self.world.person_of(name) == seat.person for name in home)

    def _change(self, seat: Seat, table: str, row: str, visit: str) -> None:
        laptop, dice = seat.laptop, self.world.dice
        seen = laptop.editors.pop((table, row), None)
        if seen is None:
            seen = laptop.heads(table, row)
            if dice.random() < 0.25:
                laptop.editors[table, row] = seen
                return
        if dice.random() < 0.1:
            deleted = laptop.sql.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (row,)).fetchone()[0]
            self._note(seat, visit, laptop.update(table, row, "deleted", 1 - deleted, seen))
            return
        column = {"event": "text", "answer": "comment", "claim": "title"}.get(table, "text")
        private = (
            table == "event" and laptop.sql.execute("SELECT private FROM event WHERE id = ?", (row,)).fetchone()[0]
        )
        self._note(seat, visit, laptop.update(table, row, column, self._word(visit, private=bool(private)), seen))

    # --- releases and readers -----------------------------------------------------------------------------------------

    def _release(self, seat: Seat, visit: str) -> None:
        """Release as the program does: the row of the release, the first time the people too, and what goes to them."""
        laptop, about, world = seat.laptop, self.visits[visit], self.world
        if not self._card(seat, 1):
            return
        sql, now = laptop.sql, laptop.ledger.now()
        number = sql.execute("SELECT count(*) FROM release WHERE visit_id = ?", (visit,)).fetchone()[0] + 1
        release = laptop.ids.new()
        first = not sql.execute("SELECT 1 FROM visit_share WHERE visit_id = ?", (visit,)).fetchone()
        people = [(0, "author"), (1, "teacher")] if first else []
        rows = [("visit", visit), ("release", release)]
        for table in (*_OF_AUTHOR, *_JOINT):
            public = "AND private = 0" if table == "event" else ""
            rows += [
                (table, row)
                for (row,) in sql.execute(f'SELECT id FROM "{table}" WHERE visit_id = ? {public} ORDER BY id', (visit,))
            ]

        def work(sql: sqlite3.Connection) -> None:
            for person, role in people:
                self._insert_share(sql, visit, person, role, now, "author", self._print(seat.person))
            sql.execute(
                "INSERT INTO release(id, visit_id, number, kind, at, document, digest) VALUES (?, ?, ?, 'correction', "
                "?, ?, 'd')",
                (release, visit, number, now, self._word(visit)),
            )
            shares = [row for (row,) in sql.execute("SELECT id FROM visit_share WHERE visit_id = ?", (visit,))]
            sql.executemany(
                "INSERT OR IGNORE INTO sync_push VALUES (?, ?, ?)",
                [(visit, table, row) for table, row in [*rows, *(("visit_share", one) for one in shares)]],
            )

        act = self._note(seat, visit, laptop.act("release.add", work, scope=visit), made=True)
        about.ever |= {person for person, _role in people}
        about.released.append((act, self._let_out(seat, visit, rows)))
        assert world.names[1] == "teacher"

    def _card(self, seat: Seat, person: int) -> bool:
        """Nobody shares with somebody whose card is not there yet."""
        found = seat.laptop.sql.execute("SELECT 1 FROM sync_card WHERE fingerprint = ?", (self._print(person),))
        return found.fetchone() is not None

    def _insert_share(
        self, sql: sqlite3.Connection, visit: str, person: int, role: str, now: str, ground: str, by: str
    ) -> None:
        whose = self._print(person)
        sql.execute(
            'INSERT INTO visit_share(id, visit_id, fingerprint, role, folder, name, "by", ground, at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (share_id(visit, whose), visit, whose, role, self.world.folder, f"Person {person}", by, ground, now),
        )

    def _let_out(self, seat: Seat, visit: str, rows: list[tuple[str, str]]) -> set[str]:
        """Return the changes whose values a release lets out: the live ones of the records, some columns left out."""
        oracle = self.world.oracle
        wanted = set(rows)
        have = self.world.changes(seat)
        heads = oracle.heads(have)
        shown = oracle.rows(heads, have)
        return {
            op
            for (table, row, column), ops in heads.items()
            if (table, row) in wanted and (table != "visit" or column in VISIT_COLUMNS)
            and (column == "deleted" or not shown.get((table, row), {}).get("deleted"))
            for op in ops
        }  # fmt: skip

    def _coach(self, seat: Seat, visit: str) -> None:
        """As the teacher let the coach join the talk, or no longer."""
        laptop, about = seat.laptop, self.visits[visit]
        coach = self.world.names.index("coach")
        if not self._card(seat, coach):
            return
        row = share_id(visit, self._print(coach))
        found = laptop.sql.execute("SELECT deleted FROM visit_share WHERE id = ?", (row,)).fetchone()
        if found is None:
            now, me = laptop.ledger.now(), self._print(seat.person)

            def work(sql: sqlite3.Connection) -> None:
                self._insert_share(sql, visit, coach, "coach", now, "teacher", me)
                self._send_again(sql, visit)

            about.ever.add(coach)
            about.joined[coach] = self._note(seat, visit, laptop.act("share.add", work, scope=visit), made=True)
        elif not found[0]:
            about.removed.add(coach)
            seen = laptop.heads("visit_share", row)
            removal = self._note(seat, visit, laptop.update("visit_share", row, "deleted", 1, seen))
            for op in removal:
                self.not_for.pop(op, None)  # who was removed hears of that

    def _send_again(self, sql: sqlite3.Connection, visit: str) -> None:
        sql.execute(
            "INSERT OR IGNORE INTO sync_push SELECT visit_id, table_name, row_id FROM sync_shared WHERE visit_id = ?",
            (visit,),
        )

    # --- what must be true in the end --------------------------------------------------------------------------------

    def truth(self) -> str:
        """Return what is wrong, "" for nothing."""
        world = self.world
        out = set().union(*(about.removed for about in self.visits.values()))
        for seat in world.alive():
            if seat.person not in out and (wrong := world.oracle.check(seat.laptop)):
                return wrong  # who was removed has parts of what was said meanwhile, and makes of it what they can
        anywhere = self._anywhere()
        for visit, about in self.visits.items():
            if about.erased & anywhere:
                if wrong := self._gone(visit):
                    return wrong
            elif about.erased:
                continue  # the laptop that erased it went back to an older record before anybody heard of it
            elif wrong := self._secret(visit) or self._whole(visit) or self._alike(visit):
                return wrong
        return self._own()

    def _gone(self, visit: str) -> str:
        """Nobody who heard of it has a word of what its author erased."""
        about = self.visits[visit]
        mine = {op for op, of in self.of_visit.items() if of == visit} - about.erased
        for seat in self.world.alive():
            have = self.world.changes(seat)
            placed = {
                self.world.oracle.written[op].row
                for op in have
                if self.world.oracle.written[op].column in {"visit_id", "created"}
            }  # a change whose record never came cannot be told to be of this visit, and is shown nowhere
            left = {op for op in have & mine if self.world.oracle.written[op].row in placed}
            if seat.person in about.ever - about.removed and left:
                return f"erased: {seat.laptop.name} still holds {self.world.oracle.tell(left)}"
            if seat.person == about.author and not about.erased & have:
                return f"erased: {seat.laptop.name} did not hear of it"
        return ""

    def _secret(self, visit: str) -> str:
        about = self.visits[visit]
        for seat in self.world.alive():
            data = seat.laptop.bytes()
            if seat.person not in about.ever and about.canary.encode() in data:
                return f"canary: {seat.laptop.name} holds words of a visit it has no part in"
            if seat.person != about.author and about.private.encode() in data:
                return f"canary: {seat.laptop.name} holds private words of another person"
            have = self.world.changes(seat)
            if late := {op for op, out in self.not_for.items() if seat.person in out and op in have}:
                return f"removed: {seat.laptop.name} got {self.world.oracle.tell(late)} after it was removed"
            if seat.person == about.author:
                continue
            out = set().union(*(let for _act, let in about.released), *(act for act, _let in about.released))
            for op in have:
                one = self.world.oracle.written[op]
                drafted = one.table in _OF_AUTHOR or (one.table == "visit" and one.column not in JOINT_COLUMNS)
                if self.of_visit.get(op) == visit and drafted and op not in out:
                    return f"unreleased: {seat.laptop.name} has {self.world.oracle.tell([op])}"
        for bytes_ in self.world.bytes_of_folder():
            if about.canary.encode() in bytes_ or about.private.encode() in bytes_:
                return "canary: words lie in the folder for all to read"
        return ""

    def _members(self, visit: str) -> list[Seat]:
        about = self.visits[visit]
        if not about.released:
            return []
        anywhere = self._anywhere()
        if not any(act <= anywhere for act, _let in about.released):
            return []
        excused = self.world.oracle.excused  # who let somebody in went back to an older record before anybody heard
        unheard = {one for one, ops in about.joined.items() if ops <= excused and not ops & anywhere}
        return [seat for seat in self.world.alive() if seat.person in about.ever - about.removed - unheard]

    def _anywhere(self) -> set[str]:
        return set().union(*(self.world.changes(seat) for seat in self.world.alive()))

    def _whole(self, visit: str) -> str:
        """Everybody who has a part holds what was released, and what those with a part wrote together."""
        world, about = self.world, self.visits[visit]
        members = self._members(visit)
        anywhere = self._anywhere()
        stays = about.ever - about.removed
        joint = {
            op
            for op, of in self.of_visit.items()
            if of == visit and world.person_of(world.oracle.home[op]) in stays
            and (world.oracle.written[op].table in _JOINT or world.oracle.written[op].column in JOINT_COLUMNS)
        }  # fmt: skip
        heads = world.oracle.heads(joint)
        live = {
            op
            for (table, row, _column), ops in heads.items()
            if (table, row) not in self.deleted and row not in self.drafts
            for op in ops
        }  # a record that was deleted before anybody got it stays unsaid
        live -= world.oracle.excused - anywhere
        back = {seat.laptop.name for seat in world.seats if seat.set_back}
        live = {op for op in live if world.oracle.home[op] not in back}  # who joined later hears of it from there alone
        # Where the laptop of the release went back to an older record, that may be there without what it let out.
        last = [let for act, let in about.released if act <= anywhere and not self._set_back(act)][-1:]
        for seat in members:
            have = world.changes(seat)
            if not self._role(seat, visit):
                return f"share: {seat.laptop.name} does not know of its part"
            if lack := live - have:
                return f"lost: {seat.laptop.name} lacks {world.oracle.tell(lack)} of all"
            now = set().union(*world.oracle.heads(have).values())
            for let in last if seat.person != about.author else ():
                lack = {op for op in let - have if not self._replaced_in(op, now) and not self._unsaid(op)}
                if lack := {op for op in lack if world.person_of(world.oracle.home[op]) in stays}:
                    return f"lost: {seat.laptop.name} lacks {world.oracle.tell(lack)} of the release"
        return ""

    def _set_back(self, act: set[str]) -> bool:
        home = {self.world.oracle.home[op] for op in act}
        return any(seat.set_back and seat.laptop.name in home for seat in self.world.seats)

    def _unsaid(self, op: str) -> bool:
        """Tell whether a change is of a record that somebody deleted: nobody need hear of it who never had it."""
        one = self.world.oracle.written[op]
        return (one.table, one.row) in self.deleted

    def _replaced_in(self, op: str, now: set[str]) -> bool:
        one = self.world.oracle.written[op]
        found = [self.world.oracle.written[other] for other in now]
        return any(
            (other.table, other.row, other.column) == (one.table, one.row, one.column)
            and (other.stamp > one.stamp or op in self.world.oracle.before(other.op))
            for other in found
        )

    def _alike(self, visit: str) -> str:
        """Who shares a visit sees the same of what all write, and readers the same of what its author wrote."""
        members = self._members(visit)
        seen: dict[str, tuple[str, object]] = {}
        for seat in members:
            # A laptop of the author that went back to an older record tells newcomers all with the next release alone.
            back = any(one.set_back for one in self.world.seats if one.person == self.visits[visit].author)
            author = back or seat.person == self.visits[visit].author
            for table in (*_JOINT, "visit_share", *(() if author else _OF_AUTHOR)):
                rows = seat.laptop.sql.execute(
                    f'SELECT * FROM "{table}" WHERE visit_id = ? AND deleted = 0 ORDER BY id', (visit,)
                )
                found = [row for row in rows if row[0] not in self.drafts]
                name, before = seen.setdefault(table, (seat.laptop.name, found))
                if before != found:
                    return f"convergence: {table} of a visit differs on {name} and {seat.laptop.name}"
        return ""

    def _own(self) -> str:
        """One person's laptops show the same."""
        out = set().union(*(about.removed for about in self.visits.values()))
        for person in set(range(len(self.world.names))) - out:
            seats = [seat for seat in self.world.alive() if seat.person == person]
            for table in (*_OF_AUTHOR, *_JOINT, "visit", "release", "visit_share"):
                states = [seat.laptop.sql.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for seat in seats]
                if any(state != states[0] for state in states):
                    return f"convergence: {table} differs on the laptops of {self.world.names[person]}"
        return ""

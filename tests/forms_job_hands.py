"""Hands on a form: what is typed for each kind of item, and what must stand in the record afterwards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.event import EventKind
from observe_app.domain.form import EVENT_KINDS, OTHER, Condition, ConditionTest, Form, Item, ItemKind, text_in
from observe_app.services import answers, notes
from tests.ui.window import ALT, CTRL, NONE, SHIFT, Key, Program

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.form_panel import FormPanel

Given = tuple[object, Absence | None, str]
"""Value, absence and comment of an answer."""

Happened = tuple[EventKind, str, int, str, float | None, float | None, str, str]
"""Kind, item, moment in ms, code, value, base, outcome and words of an event."""

_ABSENCES = {"0": Absence.NOT_SEEN, "l": Absence.NOT_LOOKED_FOR, "x": Absence.NOT_APPLICABLE}
_OUTCOMES = {"1": "answered", "2": "rephrased", "3": "answered_by_teacher"}


def stored(core: Core, visit_id: str) -> tuple[dict[str, Given], Counter[Happened]]:
    """Return the answers and the events of items as the database has them."""
    found = answers.all_of(core, visit_id)
    given = {item: (one.value, one.absence, one.comment) for item, one in found.items() if is_given(one)}
    happened = [event for event in notes.stream(core, visit_id) if event.item and not event.deleted]
    return given, Counter(
        (one.kind, one.item, one.offset_ms, one.code, one.value, one.of, one.outcome, one.text) for one in happened
    )


def is_given(answer: Answer) -> bool:
    return answer.value is not None or answer.absence is not Absence.UNANSWERED


def has_keyboard(name: str) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and focused.objectName() == name


class Hands:
    """Fills in the form of the visit that is observed, by keys alone, and remembers what was typed.

    Attributes:
        answers, events: what the record must hold, worked out from the keys and the clock and nothing else.
        brought_in: items that stood nowhere before the answer that they depend on was given.
    """

    def __init__(self, program: Program, clock: FakeClock, form: Form) -> None:
        self.program, self.clock, self.form = program, clock, form
        self.began = clock.now()
        self.answers: dict[str, Given] = {}
        self.events: Counter[Happened] = Counter()
        self.brought_in: set[str] = set()
        self._cells: dict[tuple[str, int, str], tuple[float, str]] = {}
        self._runs: dict[str, str] = {}
        self._ran: Counter[str] = Counter()
        self._turn = 0

    # --- what a test looks at ---------------------------------------------------------------------

    @property
    def panel(self) -> FormPanel:
        return self.program.window.current_page.tab.form_panel

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the items on the screen, in the form's order: those of the panel, and the codes that lead the form."""
        led = self.program.window.current_page.tab.led_by
        here = {*self.panel.shown, *([led.id] if led is not None else [])}
        return tuple(item.id for item in self.form.items if item.id in here)

    @property
    def asked(self) -> tuple[Item, ...]:
        """What takes an answer or has something to count."""
        return tuple(item for item in self.form.items if item.kind is not ItemKind.GUIDANCE)

    @property
    def now(self) -> int:
        """Milliseconds of the lesson."""
        return round((self.clock.now() - self.began).total_seconds() * 1000)

    @property
    def typed(self) -> tuple[dict[str, Given], Counter[Happened]]:
        """What the record must hold."""
        cells = Counter(
            (EventKind.INTERVAL, item.id, 1000 * item.seconds * index, code, value, None, "", words)
            for item in self.asked
            for (item_id, index, code), (value, words) in self._cells.items()
            if item_id == item.id
        )
        return self.answers, self.events + cells

    def item(self, item_id: str) -> Item:
        found = self.form.item(item_id)
        assert found is not None
        return found

    def conditions(self, item: Item) -> tuple[Condition, ...]:
        """What an item and its section wait for."""
        section = next(section for section in self.form.sections if item in section.items)
        return (*section.show_when, *item.show_when)

    def words_for(self, item: Item) -> list[str]:
        """Return what must be read about an item, by what was typed."""
        if item.kind in EVENT_KINDS:
            return self._figures(item)
        value, absence, comment = self.answers[item.id]
        if absence is not None:
            return [absence.value.replace("_", " ")]
        if item.kind is ItemKind.RATING:
            return [text_in(item.levels[value - 1].label, "en")]
        if item.kind in (ItemKind.CHOICE, ItemKind.CHOICES):
            labels = {option.id: text_in(option.label, "en") for option in item.options} | {OTHER: comment}
            return [labels[one] for one in (value if isinstance(value, tuple) else (value,))]
        if item.kind is ItemKind.CHECK:
            return [{"yes": "Yes", "no": "No"}[value]]
        return str(value).split("\n")

    def _figures(self, item: Item) -> list[str]:
        match item.kind:
            case ItemKind.TALLY:
                return ["2 in "]
            case ItemKind.TIMER:
                seconds = self._ran[item.id] // 1000
                return [f"{seconds // 60}:{seconds % 60:02} min, "]
            case ItemKind.SWEEP:
                return ["41 of 71 looked at (3 sweeps)"]
            case ItemKind.WAIT:
                return ["3 waits, median 1.8 s", "answered 1", "rephrased 1", "answered by the teacher 1"]
            case _:
                return ["3 intervals"]

    # --- the whole form ---------------------------------------------------------------------------

    def fill_in(self) -> None:
        """Fill in every item; where answers exclude each other, one after the other."""
        left = {item.id: item for item in self.asked}
        while left:
            shown = [left[item_id] for item_id in self.shown if item_id in left]
            if not shown:
                self._open_the_way(next(iter(left.values())), left)
                continue
            self._fill(shown[0], left)
            del left[shown[0].id]

    def _open_the_way(self, hidden: Item, left: dict[str, Item]) -> None:
        """Answer anew what keeps an item from being asked."""
        for condition in self.conditions(hidden):
            earlier = self.form.item(condition.item)
            assert earlier is not None
            assert earlier.id not in left, f"{hidden.id} is not asked and nothing says why"
            self._fill(earlier, left, hidden)

    def _fill(self, item: Item, left: dict[str, Item], wanted: Item | None = None) -> None:
        before = set(self.shown)
        waiting = (one for one in left.values() if one.id not in before and self._depends(one, item))
        wanted = wanted or next(waiting, None)
        self._turn += 1
        self.clock.advance(seconds=7)
        if item.kind in EVENT_KINDS:
            getattr(self, f"_fill_{item.kind}")(item)
        else:
            condition = next((one for one in self.conditions(wanted) if one.item == item.id), None) if wanted else None
            getattr(self, f"_fill_{item.kind}")(item, condition)
        assert has_keyboard("note_edit"), f"{item.id} kept the keyboard"
        after = set(self.shown)
        self.brought_in |= after - before
        if wanted is not None and {one.item for one in self.conditions(wanted)} == {item.id}:
            assert wanted.id in after, f"{item.id} did not bring {wanted.id} in"

    def _depends(self, item: Item, earlier: Item) -> bool:
        return any(condition.item == earlier.id for condition in self.conditions(item))

    # --- keys -------------------------------------------------------------------------------------

    def turn_to(self, item: Item, *, shift: bool = False) -> None:
        """Press the item's key as the screen names it, or go to it by its number."""
        shown = self.panel.item(item.id)
        assert shown is not None
        key, held = shown.letter, SHIFT if shift else NONE
        if not key:
            self.program.press(Key.Key_G, CTRL)
            self.program.say(str(shown.number))
        elif len(key) == 1:
            self.program.press(Key(ord(key)), ALT | held, key.lower())
        else:
            self.program.press(Key(int(Qt.Key.Key_F1) + int(key[1:]) - 1), held)

    def enter(self) -> None:
        self.program.press(Key.Key_Return, text="\r")

    def _answer(self, item: Item, value: object = None, absence: Absence | None = None, comment: str = "") -> None:
        self.answers[item.id] = (value, absence, comment)

    def _happen(
        self, item: Item, kind: EventKind, *, at: int | None = None, value: float | None = None,
        of: float | None = None, outcome: str = "",
    ) -> None:  # fmt: skip
        moment = self.now if at is None else at
        self.events[(kind, item.id, moment, "", value, of, outcome, "")] += 1

    # --- answers ----------------------------------------------------------------------------------

    def _fill_check(self, item: Item, condition: Condition | None) -> None:
        word = self._wanted(condition, ["yes", "no"])
        key = {"yes": "y", "no": "n"}[word] if word else "yn-lx"[self._turn % 5]
        self.turn_to(item)
        self.program.type(key)
        if key in "yn":
            self._answer(item, {"y": "yes", "n": "no"}[key])
        else:
            self._answer(item, None, _ABSENCES[key.replace("-", "0")])

    def _fill_rating(self, item: Item, condition: Condition | None) -> None:
        levels = [level.number for level in item.levels]
        number = self._wanted(condition, levels)
        keys = [*map(str, levels), "0", *map(str, reversed(levels)), "l", "x"]
        key = str(number) if number else keys[self._turn % len(keys)]
        self.turn_to(item)
        self.program.type(key)
        if key in _ABSENCES:
            self._answer(item, None, _ABSENCES[key])
        else:
            self._answer(item, int(key))

    def _fill_choice(self, item: Item, condition: Condition | None) -> None:
        ids = [option.id for option in item.options]
        chosen = self._wanted(condition, [*ids, *([OTHER] if item.other else [])])
        chosen = chosen or (OTHER if item.other else ids[self._turn % len(ids)])
        self.turn_to(item)
        self.program.type(self._option_key(item, chosen))
        words = ""
        if chosen == OTHER:
            words = f"something else, {self._turn}"
            self.program.say(words)
        self._answer(item, chosen, None, words)

    def _fill_choices(self, item: Item, condition: Condition | None) -> None:
        ids = [option.id for option in item.options]
        wanted = self._wanted(condition, ids)
        chosen = {wanted or ids[-1], ids[0]}
        self.turn_to(item)
        had = self.answers.get(item.id, ((), None, ""))[0]
        for one in ids:
            if (one in chosen) is not (isinstance(had, tuple) and one in had):
                self.program.type(self._option_key(item, one))
        words = ""
        if item.other and not had:
            chosen.add(OTHER)
            words = f"one more, {self._turn}"
            self.program.type(self._option_key(item, OTHER))
            self.program.type(words)
        self.enter()
        self._answer(item, tuple(one for one in (*ids, OTHER) if one in chosen), None, words)

    def _fill_number(self, item: Item, condition: Condition | None) -> None:
        low, high = item.low or 0, item.high if item.high is not None else (item.low or 0) + 20
        number = self._wanted(condition, [low, high])
        value = number if isinstance(number, (int, float)) else (low + high) // 2
        value = value + 0.5 if item.decimals and number is None else int(value)
        self.turn_to(item)
        self.program.say(f"{value}")
        self._answer(item, value)

    def _fill_text(self, item: Item, _condition: Condition | None) -> None:
        words = f"Seen {self._turn}: “Warum?” – two thirds"
        if item.long:
            words += "\nand then silence"
        self.turn_to(item)
        self.program.type(words)
        self.program.press(Key.Key_Escape)
        self._answer(item, words)

    def _option_key(self, item: Item, option_id: str) -> str:
        shown = self.panel.item(item.id)
        assert shown is not None
        key: str = shown.options[option_id].key.lower()
        assert key, f"{item.id}: {option_id} has no key"
        return key

    def _wanted(self, condition: Condition | None, possible: list) -> object:
        """Return a value of which the condition holds, None without a condition."""
        if condition is None or condition.test is ConditionTest.ANSWERED:
            return None
        values = condition.values
        return next(
            value
            for value in possible
            if {
                ConditionTest.IS: value in values,
                ConditionTest.IS_NOT: value not in values,
                ConditionTest.AT_LEAST: condition.test is ConditionTest.AT_LEAST and value >= values[0],
                ConditionTest.AT_MOST: condition.test is ConditionTest.AT_MOST and value <= values[0],
            }[condition.test]
        )

    # --- what happens -----------------------------------------------------------------------------

    def _fill_tally(self, item: Item) -> None:
        """Two that stay and one that is taken back."""
        for _ in range(2):
            self.turn_to(item)
            self._happen(item, EventKind.TALLY)
            self.clock.advance(seconds=2)
        self.turn_to(item)
        self.turn_to(item, shift=True)

    def _fill_timer(self, item: Item) -> None:
        """Start it, which ends the one of its group that runs; end the last of a group."""
        group = item.group or item.id
        if group in self._runs:
            self._end(group)
        self.turn_to(item)
        self._happen(item, EventKind.START)
        self._ran[item.id] -= self.now
        self._runs[group] = item.id
        self.clock.advance(seconds=25)
        last = [one.id for one in self.asked if one.kind is ItemKind.TIMER and (one.group or one.id) == group][-1]
        if item.id == last:
            self.turn_to(item, shift=True)
            self._end(group)

    def _end(self, group: str) -> None:
        item = self.item(self._runs.pop(group))
        self._happen(item, EventKind.STOP)
        self._ran[item.id] += self.now

    def _fill_wait(self, item: Item) -> None:
        """A wait of each outcome; the second is ended by the letter that says how."""
        for number, (key, outcome) in enumerate(_OUTCOMES.items(), start=1):
            since = self.now
            self.turn_to(item)
            assert has_keyboard("note_edit"), "a wait that runs leaves the keyboard to the note"
            self.clock.advance(ms=900 * number)
            self.turn_to(item)
            self.program.type(key)
            self._happen(item, EventKind.WAIT, at=since, value=900.0 * number, outcome=outcome)
            self.clock.advance(seconds=3)

    def _fill_sweep(self, item: Item) -> None:
        for typed, on_task, of in (("17/24", 17.0, 24.0), ("24/24", 24.0, 24.0), ("0/23", 0.0, 23.0)):
            self.turn_to(item)
            self.program.say(typed)
            self._happen(item, EventKind.SWEEP, value=on_task, of=of)
            self.clock.advance(seconds=30)

    def _fill_interval(self, item: Item) -> None:
        """Every code by its key; then the same again but one; then nothing; and the second one corrected."""
        led = self.program.window.current_page.tab.led_by
        grid = self.panel.item(item.id).grid if led is None else self.program.window.current_page.tab.board.codes
        fulls = dict(grid.toggles)
        first = self._begin_interval(item)
        for full, toggle in fulls.items():
            self.program.type(toggle.key)
            words = f"words {full}" if toggle.code.comment else ""
            if words:
                self.program.tab_to(f"comment_{full}")
                self.program.say(words)
                self._to_codes(item)
            self._cells[item.id, first, full] = (1, words)
        for level in item.levels:
            self.program.type(str(level.number))
            self._cells[item.id, first, ""] = (float(level.number), "")
        second = self._begin_interval(item)
        self.program.type("=")
        for full in fulls:
            self._cells[item.id, second, full] = (1, "")
        one = next(iter(fulls))
        self.program.type(fulls[one].key)
        self._cells[item.id, second, one] = (0, "")
        third = self._begin_interval(item)
        self.program.type("0")
        self._cells[item.id, third, ""] = (0, "")
        self.program.press(Key.Key_Left)
        self.program.type(fulls[one].key)
        self._cells[item.id, second, one] = (1, "")
        self.program.press(Key.Key_Escape)
        if led is not None:
            self.program.press(Key.Key_Escape)  # the first one came back from the correction

    def _to_codes(self, item: Item) -> None:
        """Let the keys tick: by the item's key, or by themselves where the codes lead the form."""
        tab = self.program.window.current_page.tab
        if tab.led_by is None:
            self.turn_to(item, shift=True)
        elif has_keyboard("note_edit"):
            self.program.press(Key.Key_Escape)
            assert has_keyboard("codes_line")

    def _begin_interval(self, item: Item) -> int:
        """Wait for the next interval and turn to it; Shift with its key comes to the one that runs."""
        index = self.now // (1000 * item.seconds) + 1
        self.clock.advance(ms=1000 * (index * item.seconds + 3) - self.now)
        self._to_codes(item)
        tab = self.program.window.current_page.tab
        shown = (lambda: tab.board.shown) if tab.led_by is not None else (lambda: self.panel.item(item.id).shown)
        self.program.wait(lambda: shown() == index)
        return index


def label_of(item: Item) -> str:
    return text_in(item.label, "en")

"""What a round of visits is to keep to: kept as JSON, checked as a whole so that every error is told at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from observe_app.domain.errors import RuleProblem, RulesInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = TypeVar("Kind", bound=StrEnum)

VERSION = 1
MOST_VISITS = 20
MOST_WEIGHT = 9
MOST_MINUTES = 300
MOST_TRAVEL = 240
MOST_LISTED = 5_000
DAY_MINUTES = 24 * 60
EVERY_DAY = -1
_LONGEST = 300


class SubjectRule(StrEnum):
    """Whose lessons somebody sees: of their own subject, of another, of any."""

    ANY = "any"
    SAME = "same"
    DIFFERENT = "different"


class PartnerRule(StrEnum):
    """Whether the pairs of earlier rounds stay together, or everybody meets somebody new."""

    ANY = "any"
    STAY = "stay"
    ROTATE = "rotate"


class Shape(StrEnum):
    """How the pairs hang together.

    RECIPROCAL: whoever observes a colleague is observed by them. CHAIN: nobody is observed by whom they observe.
    """

    FREE = "free"
    RECIPROCAL = "reciprocal"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class OwnCount:
    """How often one person observes and is observed, where it is not what everybody does; None: as everybody."""

    person_id: str
    observes: int | None = None
    observed: int | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes between two buildings, either way."""

    one: str
    other: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours without visits. `weekday`: 0 Monday to 6, -1 every day. `person_id`: "" for everybody."""

    weekday: int
    start_min: int
    end_min: int
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a round.

    Attributes:
        observes, observed: how often everybody does. own: who does otherwise.
        subject, partners: a wish, or a must where `subject_must`, `partners_must` say so.
        exclusions: pairs of people who do not visit each other, either way.
        not_manager: nobody is paired with their line manager, either way.
        travel: between named buildings; `travel_minutes` between two that are not listed.
        week_load: visits of one person in a week at most, observing and being observed together; None for any number.
        minutes: length of a visit, from the beginning of a lesson; None for the whole lesson.
        subject_weight, partner_weight, spread_weight: 0 to 9, how much a wish counts.
    """

    observes: int = 1
    observed: int = 1
    own: tuple[OwnCount, ...] = ()
    subject: SubjectRule = SubjectRule.ANY
    subject_must: bool = False
    partners: PartnerRule = PartnerRule.ANY
    partners_must: bool = False
    shape: Shape = Shape.FREE
    exclusions: tuple[tuple[str, str], ...] = ()
    not_manager: bool = True
    travel: tuple[Travel, ...] = ()
    travel_minutes: int = 0
    protected: tuple[Hours, ...] = ()
    week_load: int | None = None
    minutes: int | None = None
    subject_weight: int = 3
    partner_weight: int = 3
    spread_weight: int = 1


def dumps(rules: Rules) -> str:
    """Return the rules as they are kept."""
    value: dict[str, Any] = {"version": VERSION}
    for one in fields(rules):
        given = getattr(rules, one.name)
        if one.name in _LISTS:
            names = _LISTS[one.name]
            value[one.name] = [{name: getattr(entry, name) for name in names} for entry in given]
        elif one.name == "exclusions":
            value[one.name] = [list(pair) for pair in given]
        else:
            value[one.name] = given
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_LISTS: dict[str, tuple[str, ...]] = {
    "own": ("person_id", "observes", "observed"),
    "travel": ("one", "other", "minutes"),
    "protected": ("weekday", "start_min", "end_min", "person_id"),
}


def loads(text: str) -> Rules:
    """Return kept rules; what is left out is as `Rules` has it.

    Raises:
        RulesInvalid: with every problem at once.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RulesInvalid((RuleProblem("rules", "not_json", value=text[:40]),)) from error
    if not isinstance(value, dict):
        raise RulesInvalid((RuleProblem("rules", "not_json", value=text[:40]),))
    version = value.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise RulesInvalid((RuleProblem("version", "newer", value=str(version)[:40], limit=str(VERSION)),))
    reading = _Reading()
    rules = reading.rules(value)
    if reading.problems:
        raise RulesInvalid(tuple(reading.problems))
    return rules


def checked(rules: Rules, people: Iterable[str] | None = None) -> Rules:
    """Return the rules when they can be kept.

    Args:
        rules: as they were put together.
        people: ids of who takes part; who is named in a rule must be among them. None: not asked.

    Raises:
        RulesInvalid: with every problem at once.
    """
    reading = _Reading()
    found = reading.rules(json.loads(dumps(rules)))
    if people is not None:
        reading.strangers(found, frozenset(people))
    if reading.problems:
        raise RulesInvalid(tuple(reading.problems))
    return found


@dataclass(slots=True)
class _Reading:
    """Reads rules and collects what is wrong with them."""

    problems: list[RuleProblem] = field(default_factory=list)

    def rules(self, value: dict[str, Any]) -> Rules:
        plain = Rules()
        return Rules(
            observes=self._number(value, "observes", 0, MOST_VISITS, plain.observes) or 0,
            observed=self._number(value, "observed", 0, MOST_VISITS, plain.observed) or 0,
            own=self._own(value),
            subject=self._choice(value, "subject", SubjectRule, plain.subject),
            subject_must=self._truth(value, "subject_must", plain=False),
            partners=self._choice(value, "partners", PartnerRule, plain.partners),
            partners_must=self._truth(value, "partners_must", plain=False),
            shape=self._choice(value, "shape", Shape, plain.shape),
            exclusions=self._exclusions(value),
            not_manager=self._truth(value, "not_manager", plain=True),
            travel=self._travel(value),
            travel_minutes=self._number(value, "travel_minutes", 0, MOST_TRAVEL, 0) or 0,
            protected=self._protected(value),
            week_load=self._number(value, "week_load", 0, MOST_VISITS, None, none=True),
            minutes=self._number(value, "minutes", 5, MOST_MINUTES, None, none=True),
            subject_weight=self._number(value, "subject_weight", 0, MOST_WEIGHT, plain.subject_weight) or 0,
            partner_weight=self._number(value, "partner_weight", 0, MOST_WEIGHT, plain.partner_weight) or 0,
            spread_weight=self._number(value, "spread_weight", 0, MOST_WEIGHT, plain.spread_weight) or 0,
        )

    def strangers(self, rules: Rules, people: frozenset[str]) -> None:
        """Note who is named and does not take part."""
        named = [("own", place, one.person_id) for place, one in enumerate(rules.own, 1)]
        named += [("exclusions", place, who) for place, pair in enumerate(rules.exclusions, 1) for who in pair]
        named += [("protected", place, one.person_id) for place, one in enumerate(rules.protected, 1) if one.person_id]
        for name, place, who in named:
            if who not in people:
                self._say(name, "stranger", place, who)

    def _say(self, name: str, rule: str, where: int = 0, value: object = "", limit: str = "") -> None:
        self.problems.append(RuleProblem(name, rule, where, str(value)[:40], limit))

    def _number(
        self,
        value: dict[str, Any],
        name: str,
        least: int,
        most: int,
        plain: int | None,
        *,
        none: bool = False,
        of: str = "",
        where: int = 0,
    ) -> int | None:
        given = value.get(name, plain)
        if given is None and none:
            return None
        if not isinstance(given, int) or isinstance(given, bool):
            self._say(of or name, "not_a_number", where, given)
        elif not least <= given <= most:
            self._say(of or name, "out_of_range", where, given, f"{least}–{most}")
        else:
            return given
        return plain

    def _truth(self, value: dict[str, Any], name: str, *, plain: bool) -> bool:
        given = value.get(name, plain)
        if not isinstance(given, bool):
            self._say(name, "unknown", 0, given)
            return plain
        return given

    def _choice(self, value: dict[str, Any], name: str, kind: type[Kind], plain: Kind) -> Kind:
        given = value.get(name, plain.value)
        known = {one.value: one for one in kind}
        if not isinstance(given, str) or given not in known:
            self._say(name, "unknown", 0, given, ", ".join(known))
            return plain
        return known[given]

    def _line(self, entry: dict[str, Any], key: str, name: str, where: int, *, empty: bool = False) -> str:
        given = entry.get(key, "")
        if not isinstance(given, str) or len(given) > _LONGEST:
            self._say(name, "unknown", where, given)
            return ""
        if not given.strip() and not empty:
            self._say(name, "empty", where)
        return given.strip()

    def _entries(self, value: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
        found = []
        for where, entry in self._list(value, name):
            if isinstance(entry, dict):
                found.append((where, entry))
            else:
                self._say(name, "unknown", where, entry)
        return found

    def _list(self, value: dict[str, Any], name: str) -> list[tuple[int, Any]]:
        given = value.get(name, [])
        if not isinstance(given, list):
            self._say(name, "unknown", 0, given)
            return []
        if len(given) > MOST_LISTED:
            self._say(name, "too_many", 0, len(given), str(MOST_LISTED))
            return []
        return list(enumerate(given, 1))

    def _own(self, value: dict[str, Any]) -> tuple[OwnCount, ...]:
        found: dict[str, OwnCount] = {}
        for where, entry in self._entries(value, "own"):
            who = self._line(entry, "person_id", "own", where)
            counts = [
                self._number(entry, name, 0, MOST_VISITS, None, none=True, of="own", where=where)
                for name in ("observes", "observed")
            ]
            if who in found:
                self._say("own", "twice", where, who)
            found[who] = OwnCount(who, *counts)
        return tuple(found.values())

    def _exclusions(self, value: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        found: dict[frozenset[str], tuple[str, str]] = {}
        for where, entry in self._list(value, "exclusions"):
            if not isinstance(entry, list) or len(entry) != 2 or not all(isinstance(one, str) and one for one in entry):
                self._say("exclusions", "unknown", where, entry)
            elif entry[0] == entry[1]:
                self._say("exclusions", "one_person", where, entry[0])
            else:
                found.setdefault(frozenset(entry), (entry[0], entry[1]))
        return tuple(found.values())

    def _travel(self, value: dict[str, Any]) -> tuple[Travel, ...]:
        found: dict[frozenset[str], Travel] = {}
        for where, entry in self._entries(value, "travel"):
            one, other = (self._line(entry, key, "travel", where) for key in ("one", "other"))
            minutes = self._number(entry, "minutes", 0, MOST_TRAVEL, 0, of="travel", where=where) or 0
            ends = frozenset((one.casefold(), other.casefold()))
            if len(ends) == 1 and one:
                self._say("travel", "twice", where, one)
            elif ends in found and found[ends].minutes != minutes:
                self._say("travel", "twice", where, f"{one}, {other}")
            found[ends] = Travel(one, other, minutes)
        return tuple(found.values())

    def _protected(self, value: dict[str, Any]) -> tuple[Hours, ...]:
        found = []
        for where, entry in self._entries(value, "protected"):
            day = self._number(entry, "weekday", EVERY_DAY, 6, EVERY_DAY, of="protected", where=where)
            start = self._number(entry, "start_min", 0, DAY_MINUTES, 0, of="protected", where=where) or 0
            end = self._number(entry, "end_min", 0, DAY_MINUTES, DAY_MINUTES, of="protected", where=where) or 0
            if end <= start:
                self._say("protected", "empty", where, f"{start}–{end}")
            who = self._line(entry, "person_id", "protected", where, empty=True)
            found.append(Hours(EVERY_DAY if day is None else day, start, end, who))
        return tuple(found)

"""What an item that is filled with events asks of whoever keeps them: the record of a visit, or a preview's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item, Texts
    from observe_app.domain.timeline import TimerState


class EventKeeper(Protocol):
    """Reads are cheap enough for every paint; acts raise an `ObserveError` where nothing was stored."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the form: timers need those of their group."""

    @property
    def own_keys(self) -> Mapping[str, str]:
        """Keys of the person's own choice for this form, by target as in `Settings.keys`."""

    @property
    def runs(self) -> bool:
        """Whether the lesson's clock runs: begun and not ended."""

    @property
    def paused(self) -> bool:
        """Whether the lesson is paused."""

    @property
    def minutes(self) -> int:
        """Planned length of the lesson, 0 where nobody knows."""

    @property
    def class_size(self) -> int | None:
        """How many students there are, None where nobody knows."""

    def scale_label(self, item: Item) -> Texts:
        """Return what an item's levels are levels of, () where the form does not say."""

    def now(self) -> int:
        """Return the lesson's moment in ms; while its clock stands still, where it stands."""

    def events_of(self, item_id: str) -> tuple[Event, ...]:
        """Return the living events of an item, by moment."""

    def count_of(self, item_id: str) -> int:
        """Return how many an item's tally counted."""

    def timer_of(self, item_id: str) -> TimerState:
        """Return the runs of a timer."""

    def tally(self, item_id: str, at_ms: int | None = None) -> None:
        """Count one, now or at a moment that is known."""

    def untally(self, item_id: str) -> None:
        """Take back the one pressed last."""

    def start(self, item_id: str) -> None:
        """Start a timer now; another one of its group stops."""

    def stop(self, item_id: str) -> None:
        """End a timer now."""

    def stretch(self, item_id: str, start_ms: int, end_ms: int) -> None:
        """Store a run of a timer that stands on paper."""

    def tick(self, item_id: str, index: int, code: str, *, ticked: bool) -> None:
        """Tick a code in an interval, or take its tick away."""

    def same(self, item_id: str, index: int, codes: tuple[str, ...]) -> None:
        """Tick several codes in an interval."""

    def comment(self, item_id: str, index: int, code: str, text: str) -> None:
        """Say in words what a code stands for."""

    def level(self, item_id: str, index: int, level: int | None) -> None:
        """Say the level of an interval; None: somebody looked and there is none."""

    def sweep(self, item_id: str, on_task: int, of: int, at_ms: int | None = None) -> None:
        """Store a look over the room, now or at a moment that is known."""

    def wait(self, item_id: str, start_ms: int, wait_ms: int, outcome: str) -> None:
        """Store a wait that began at a moment."""

    def outcome(self, event_id: str, outcome: str) -> None:
        """Say how a stored wait ended."""

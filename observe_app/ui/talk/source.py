"""What a claim or an answer can rest on: notes and other events, and views of several; picked, dragged, quoted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData

from observe_app.domain.event import EventKind
from observe_app.domain.note_line import clock_text
from observe_app.ui.observe.stream_model import event_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.event import Event
    from observe_app.services.lesson_views import LessonView

NOTES_MIME = "application/x-observe-notes"
VIEWS_MIME = "application/x-observe-views"


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person picked to be evidence: ids of events, or keys of views."""

    events: tuple[str, ...] = ()
    views: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is picked."""
        return bool(self.events or self.views)

    def __len__(self) -> int:
        """How many are picked."""
        return len(self.events) + len(self.views)


def mime_of(picked: Picked) -> QMimeData:
    """Return what a drag carries: our own type alone, so that nothing leaves the window by a slip of the hand."""
    data = QMimeData()
    if picked.events:
        data.setData(NOTES_MIME, QByteArray(" ".join(picked.events).encode("ascii")))
    if picked.views:
        data.setData(VIEWS_MIME, QByteArray(json.dumps(picked.views).encode("ascii")))
    return data


def picked_of(data: QMimeData) -> Picked:
    """Return what a drag carries, nothing where it is not one of ours."""
    events: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    if data.hasFormat(NOTES_MIME):
        events = tuple(bytes(data.data(NOTES_MIME).data()).decode("ascii", "ignore").split())
    if data.hasFormat(VIEWS_MIME):
        views = tuple(json.loads(bytes(data.data(VIEWS_MIME).data())))
    return Picked(events, views)


def source_words(event: Event, names: Mapping[tuple[str, str], str]) -> str:
    """Return what an event says where it is read apart from the form it was pressed in."""
    translate = QCoreApplication.translate
    name = names.get((event.item, event.code)) or names.get((event.item, "")) or event.code or event.item
    if event.kind is EventKind.NOTE:
        return event.text
    if event.kind is EventKind.START:
        return translate("Source", "{item}: begins").format(item=name)
    if event.kind is EventKind.STOP:
        return translate("Source", "{item}: ends").format(item=name)
    if event.kind is EventKind.PHASE:
        return translate("Source", "Phase begins: {name}").format(name=event.text)
    if event.kind is EventKind.TALLY and not event.item:
        return translate("Source", "Spoke, as pressed on the plan")
    return event_words(event, names)


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that stands as evidence under a claim or an answer.

    Attributes:
        event_id: of an event, "" of a view. view: key of a view, "" of an event.
        time: lesson time of an event. text: its words, or the view's sentence.
        count: how many events a view counts. private: it is left out of everything that leaves.
    """

    event_id: str = ""
    view: str = ""
    time: str = ""
    text: str = ""
    count: int = 0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """Where evidence is looked up.

    Attributes:
        events: every living event of the visit by id. views: by key. names: of items and codes, as `item_names`.
    """

    events: Mapping[str, Event]
    views: Mapping[str, LessonView]
    names: Mapping[tuple[str, str], str]

    def of(self, events: Sequence[str], views: Sequence[str]) -> tuple[Source, ...]:
        """Return what evidence shows; views first, for they are the whole of which the notes are examples.

        A view whose events are all gone has no figure any more and says so; it stays until somebody takes it away.
        """
        gone = QCoreApplication.translate("Source", "Nothing is recorded for this view any more.")
        made = [
            Source(view=key, text=self.views[key].text, count=len(self.views[key].events))
            if key in self.views
            else Source(view=key, text=gone)
            for key in views
        ]
        for event_id in events:
            event = self.events.get(event_id)
            if event is not None:
                words, time = source_words(event, self.names), clock_text(event.offset_ms)
                made.append(Source(event_id=event_id, time=time, text=words, private=event.private))
        return tuple(made)


NO_SOURCES = Sources({}, {}, {})

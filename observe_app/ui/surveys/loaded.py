"""What a survey's page shows, read at one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.services.surveys import results, surveys

if TYPE_CHECKING:
    from observe_app.domain.form import Item
    from observe_app.domain.surveys.results import PulsePoint
    from observe_app.services.core import Core
    from observe_app.services.surveys.results import Compared, Named, SurveyResults
    from observe_app.services.surveys.surveys import SurveyView


@dataclass(frozen=True, slots=True)
class Loaded:
    """A survey with its results. `takes`: it can be answered today."""

    view: SurveyView
    results: SurveyResults
    takes: bool
    named: tuple[Named, ...] = ()
    compared: tuple[Compared, ...] = ()
    pulse: tuple[tuple[Item, tuple[PulsePoint, ...]], ...] = ()


def load(core: Core, survey_id: str) -> Loaded:
    """Read a survey.

    Raises:
        NotFound: no such survey.
    """
    found = results.results(core, survey_id)
    view = found.view
    series = view.survey.series_id if view.mine else ""
    return Loaded(
        view, found, view.survey.takes_answers(surveys.today(core)),
        results.named(core, survey_id) if view.mine else (),
        results.before_after(core, survey_id) if series else (),
        results.pulse(core, series) if series and view.survey.kind == "pulse" else (),
    )  # fmt: skip

"""The sentences of views and of counted items in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from observe_app.services.item_words import ItemWords


def view_words() -> ItemWords:
    """Return the fixed words that Talk shows; fields in braces are filled by the services."""
    tr = QCoreApplication.translate
    return ItemWords(
        other=tr("Views", "Other: {text}"),
        other_bare=tr("Views", "Other"),
        number=tr("Views", "{n} {unit}"),
        tally=tr("Views", "{n} in {minutes} min, {rate} per 10 min"),
        timer=tr("Views", "{time} min, {percent} % of {minutes} min"),
        sweep=tr("Views", "{n} of {of} looked at ({sweeps} sweeps)"),
        sweep_one=tr("Views", "{n} of {of} looked at (one sweep)"),
        wait=tr("Views", "{n} waits, median {median} s"),
        wait_one=tr("Views", "one wait, {median} s"),
        wait_aim=tr("Views", "{n} of {of} at {aim} s or more"),
        answered=tr("Views", "answered {n}"),
        rephrased=tr("Views", "rephrased {n}"),
        answered_by_teacher=tr("Views", "answered by the teacher {n}"),
        share_of_intervals=tr("Views", "{label} {n} of {of} intervals"),
        level=tr("Views", "Level"),
        view_wait=tr("Views", "{label}: {seconds} s on average (n = {n} waits)"),
        view_wait_one=tr("Views", "{label}: {seconds} s, measured once (n = 1)"),
        view_wait_aim=tr("Views", "{label}: {n} of {of} lasted {aim} s or more"),
        view_answered=tr("Views", "{label}: a student answered in {n} of {of} whose end was noted"),
        view_rephrased=tr("Views", "{label}: the question was put again in {n} of {of} whose end was noted"),
        view_answered_by_teacher=tr("Views", "{label}: the teacher answered in {n} of {of} whose end was noted"),
        view_tally=tr("Views", "{label}: {n} in {minutes} min"),
        view_timer=tr("Views", "{label}: {time} of {minutes} min, {percent} % (n = {n} stretches)"),
        view_timer_one=tr("Views", "{label}: {time} of {minutes} min, {percent} % (n = 1 stretch)"),
        view_sweep=tr("Views", "{label}: {seen} of {of} on average (n = {n} sweeps)"),
        view_sweep_one=tr("Views", "{label}: {seen} of {of} in one sweep (n = 1)"),
        view_code=tr("Views", "{label} in {n} of {of} intervals"),
        view_code_of=tr("Views", "{side}: {label}"),
        view_level=tr("Views", "{label}: {level}"),
        view_talk=tr("Views", "The teacher said {n} of the {of} words noted with a speaker"),
        view_speakers=tr("Views", "Different students heard: {n} of {of} (notes that name them, n = {base})"),
        view_speakers_of_unknown=tr("Views", "Different students heard: {n} (notes that name them, n = {base})"),
        view_speakers_on_plan=tr("Views", "Different students heard: {n} of {of} (pressed on the plan, n = {base})"),
        view_speakers_on_plan_of_unknown=tr("Views", "Different students heard: {n} (pressed on the plan, n = {base})"),
        view_tag=tr("Views", "#{tag} in {n} of {of} notes"),
        view_phase=tr("Views", "{name}: {time} of {minutes} min (notes in it, n = {n})"),
    )

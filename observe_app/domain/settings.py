"""What a person chose once, on this computer."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_SIZES = (100, 125, 150)
"""Sizes of the words on screen, in per cent of the design's."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default.

    Attributes:
        me_id: id of the person who uses this data folder, None before the first run is done.
        my_name, school, my_role: as asked at the first run; any may be empty.
        theme: "system", "light", "dark" or "contrast".
        text_size: one of `TEXT_SIZES`; anything else counts as 100.
        paper: "auto" (by the system's region), "A4" or "Letter".
        language: interface language code; "" follows the system.
        purpose_line: the school's own line at the foot of PDFs, such as what feedback is for; "" prints none. Only the
            school can promise that, so there is none of ours.
        ink_saving: PDFs without filled areas. protocol: id of the conversation protocol chosen last.
        last_export: folder that a PDF was last saved to.
        visits_hinted: lessons observed with the key hints on; they fade after 20.
        backup_keep: daily backups kept.
        reduce_motion: no movement at all on screen.
        keys: keys of the person's own choice, as (form id, target, key): the target is an item's id, or item and code
            as "item/I.Lec"; with form id "" it is a command's id (`key_table.COMMANDS`). Key "" takes the key away.
        abbreviations: (short, long) pairs that expand in the note line, the school's own list.
        marks_judging: words that judge get a soft underline in the note line.
        judging_words: (language, word) pairs added to the shipped lists. fair_words: (language, word) pairs of the
            shipped lists that are not to be marked.
        video_pauses: typing pauses the film of a lesson.
        words_kept: two of the twelve words were typed back, so that they are somewhere safe.
        words_remind: day (ISO) from which to remind of that, "" for at once.
        compare: what was compared last, as (name, value, …): the tab, the people, the form and so on.
        bell_times: the periods of the school's day as (name, begin, end), such as ("3", "10:40", "11:30").
        retention_years: school years after whose end visits are due to be erased, 0 for never.
    """

    me_id: str | None = None
    my_name: str = ""
    school: str = ""
    my_role: str = ""
    first_run_done: bool = False
    theme: str = "system"
    text_size: int = 100
    paper: str = "auto"
    language: str = ""
    purpose_line: str = ""
    ink_saving: bool = False
    protocol: str = ""
    last_export: str = ""
    visits_hinted: int = 0
    backup_keep: int = 14
    reduce_motion: bool = False
    keys: tuple[tuple[str, ...], ...] = ()
    abbreviations: tuple[tuple[str, ...], ...] = ()
    marks_judging: bool = True
    judging_words: tuple[tuple[str, ...], ...] = ()
    fair_words: tuple[tuple[str, ...], ...] = ()
    video_pauses: bool = True
    words_kept: bool = False
    words_remind: str = ""
    compare: tuple[tuple[str, ...], ...] = ()
    bell_times: tuple[tuple[str, ...], ...] = ()
    retention_years: int = 0

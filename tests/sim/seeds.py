"""Seeds that once failed, each with what was wrong in the program then; they run before all others."""

from __future__ import annotations

BAD: tuple[tuple[int, str, int, str], ...] = (
    # seed, profile ("" for the seed's own), steps, what was wrong
    (
        1,
        "",
        100,
        "a window showed its own words where everybody else showed a later stamp, or a record kept by an edit",
    ),
    (
        3,
        "",
        100,
        "sealing went round ten thousand times when what was to be pushed was for a visit one was removed from",
    ),
    (3, "destructive", 70, "who joined while a record was deleted never got it when it was brought back"),
    (7, "", 100, "one flipped bit in folder.json, and a laptop never shared again"),
    (13, "", 100, "two laptops sent each other all they had, for ever, whenever a letter named somebody's role"),
    (13, "", 100, "two laptops of an author released a visit, and each refused the people of the other"),
    (18, "", 100, "a member whose card came late never got what was sealed before"),
    (82, "", 100, "the same: what was pushed without them was not pushed again"),
    (47, "benign", 60, "words of an erased visit came back with a letter of another laptop of its author"),
    (40262, "", 70, "a teacher's second laptop gave a coach, who had been removed, what was written after that"),
    (100292, "", 60, "a visit was erased on a laptop that did not know whom it went to, and nobody told them"),
    (292, "", 70, "who was removed on one laptop of the teacher read on, for another one had let them in unseen"),
    (348, "benign", 70, "a record deleted by who had seen more stayed with whoever had seen less of it"),
    (353, "", 70, "what was brought back after a release went out without one"),
    (2058, "", 70, "the same, of a record that two laptops deleted and edited"),
    (1257, "", 60, "what a laptop wrote before it heard of a coach, and was lost, nobody handed on to the coach"),
    (
        300263,
        "",
        60,
        "a second laptop gave a removed coach what the first one wrote after the removal, which came late",
    ),
    (2040661, "", 60, "a copied laptop that wrote nothing reported under one name with its twin, and nobody healed it"),
    (2001607, "", 60, "a copied laptop could not seal what its twin had sealed alike, and crashed in every round"),
    (2012123, "", 60, "a word that replaced an earlier one came last of all, and readers of a release kept both"),
    (2013522, "", 60, "an author erased a visit before they heard of a coach, who was never told"),
    (2029337, "", 60, "who joined while a record was deleted never got it when somebody's edit kept it after all"),
    (2030478, "", 60, "the same: what came back was not said again"),
    (
        2038293,
        "",
        60,
        "a laptop heard of a removal before the joining, and gave who was removed what came along with the removal",
    ),
    (2028352, "", 60, "the same"),
    (2030623, "", 60, "an author erased what they had released before their laptop went back, and no reader was told"),
    (3208353, "", 60, "who joined while a record was deleted kept an early word of it beside one that came after"),
    (
        3202781,
        "",
        60,
        "the trial itself: a file of a lost laptop, badly read once, was looked at again only rounds later",
    ),
)

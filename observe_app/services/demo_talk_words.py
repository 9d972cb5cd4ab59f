"""The words of the sample's conversation and of what follows it: invented, students only as numbers."""

from __future__ import annotations

PROTOCOL = "www-ebi"

TURNS: tuple[tuple[str, str, str], ...] = (
    ("teacher", "begin", "The five sixths stay with me. That is the moment I had hoped for."),
    ("teacher", "begin", "From the twenty minutes I want to know who really did the thinking."),
    ("teacher", "well", "S4 crossed it out by himself at 07:33. I had said nothing yet."),
    ("observer", "well-seen", "The notes have S7 at 38:30, it was the first time she spoke to the class."),
    ("teacher", "better", "I am surprised by the list of names. I thought that more had spoken."),
    ("teacher", "better", "The pause after my question. I want to try that again with the same class."),
    ("both", "step", "We tried it out: one asks, the other counts five breaths. It felt long to both of us."),
)
"""Voice, prompt of the protocol, words."""

TALK_MINUTES = 22

SUMMARY = "Amina chose the pause as the one thing to work on, because it is also what she had asked for beforehand."

STEPS: tuple[tuple[str, str, str, str, int], ...] = (
    (
        "After each open question: wait for five breaths, then let pairs speak, then choose from slips.",
        "Jonas lends his set of name cards.",
        "Tomorrow with 8 B, in the first task only.",
        "Pairs are talking before the first hand goes up.",
        9,
    ),
    (
        "Write on the board what students can do at the end, and ask two of them for it halfway.",
        "",
        "",
        "Two students can say it in their own words.",
        16,
    ),
)
"""Text, help, first small practice, how we will notice, days from the conversation until it is due."""

STEP_EVIDENCE = {"Keep the card on the table for two more weeks, then let students write it.": ("00:20", "01:40")}
"""An open step of an earlier visit, and the times of the sample's notes that show something of it."""

CLOSED_BY = {"Begin with a task that lies on the tables when they come in.": ("00:15", "01:20")}
"""A step that a later visit closed, and the times of that visit's notes."""

LEARNING = "I say at once what is wrong. On Monday in 9 A: write the wrong answer up, say nothing, ask for another one."

JOURNAL = "Forty-eight notes in fifty minutes is enough. I looked at the page too often in the first ten."

REPLY_POINTS: tuple[tuple[str, str], ...] = (
    ("agree", "It felt endless at the time. S4 would not have crossed it out for me."),
    ("agree", ""),
    ("partly", "Yes until minute 31. With S2 I wanted to hear the half again, so I said it myself."),
    ("different", "It was on the sheet they had from Monday, you could not see that. I will point at it."),
    ("", "Table 4 had found the mistake and could not say why. That was the reason."),
)
"""Stance and words to each claim, in the order of the page."""

REPLY_OVERALL = "Worth the twenty minutes. The list of who spoke is the page that I keep."
REPLY_STEP = "The five breaths. I begin tomorrow."
REPLY_READER = "Ines Ferreira"
REPLY_NAME = "Amina Diallo-Žižek"
REPLY_FILE = "Feedback Amina Diallo-Žižek, filled in.pdf"

"""The words of the sample term: invented lessons, invented people, students only as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.demo_forms import OWN_FORM

if TYPE_CHECKING:
    from observe_app.services.visits import VisitFields

TEACHER = "Amina Diallo-Žižek"
OBSERVER = "Jonas Brandt"
PURPOSE_LINE = "For professional growth."
SCHOOL = "Northfield School"
FORM = "general-peer-observation"

FOCUS = (
    "Who does the thinking when I ask a question? I feel that the same five or six answer. "
    "Please write down my questions as I say them, and who answers."
)
LOOKING_FOR = "Questions word for word, the pause after them, which students answer and how they were chosen."
CONTEXT = "Third lesson on fractions. Common denominators are new. S7 and S19 joined the class last week."
PREPARATION = (
    "Amina will use bar drawings before any rule. She plans one long task in pairs. "
    "We agreed that I sit at the side, near the window, and talk to nobody."
)

PLAN: VisitFields = {
    "class_name": "Year 8 B",
    "subject": "Mathematics",
    "topic": "Adding fractions",
    "room": "Room 12",
    "class_size": 28,
    "minutes": 50,
    "focus": FOCUS,
    "looking_for": LOOKING_FOR,
    "context": CONTEXT,
    "preparation": PREPARATION,
}

NOTES: tuple[tuple[str, str], ...] = (
    ("00:20", "T at the door, greets each student, hands out a strip of paper"),
    ("01:05", "26 of 28 seated, on the board: 1/2 + 1/3 = ? “No talking yet, one minute on your own.”"),
    ("01:40", "*SS start writing, pens heard, nobody speaks #think-time"),
    ("02:50", "T “Who has an answer, any answer? I do not want the right one yet.” #open"),
    ("02:58", "S4 “Two fifths.” #claim"),
    ("03:04", "*T writes 2/5 on the board, says nothing about it. “Anybody something else?” #revoice"),
    ("03:12", "S11 “Five sixths, I think.”"),
    ("03:20", "T “Two answers. Talk to your neighbour: which one can you show me?” #press-for-reasoning"),
    ("03:30", "SS talk in pairs, all but S7 and S19 at the back, who look at the strip"),
    ("05:15", "T walks to the back, puts a second strip beside the first, leaves without a word"),
    ("05:40", "S7 folds the strip in three, S19 watches, then folds hers"),
    ("06:30", "T “Eyes here. S4, say more about two fifths.” #press-for-reasoning"),
    ("06:41", "S4 “One and one is two, two and three is five.” #claim"),
    ("06:50", "T “Thank you, that is how many people start. Is two fifths more or less than a half?” #closed"),
    ("06:54", "S2 “Less!” called out"),
    ("06:57", "T→S2 “How do you know?” pause of about 2 s, T “Because two and a half fifths would be half, yes?”"),
    ("07:10", "S2 nods"),
    ("07:25", "S11 “But we added something to a half. It cannot get less.” #evidence"),
    ("07:33", "*Murmur in the room, S4 “Oh!”, crosses something out #insight"),
    ("08:10", "T “Say that again, S11, so that the back can hear you.” S11 repeats"),
    ("09:00", "T draws two bars of one length under each other: halves, thirds"),
    ("10:20", "T “What could both bars be cut into?” #open"),
    ("10:23", "S11 “Sixths.” hand up and answer at once, T “Sixths, right.”"),
    ("10:40", "T cuts both bars into sixths, colours 3 and 2, “How many?” SS together “Five!”"),
    ("12:05", "T “Why sixths and not fifths?” #open #press-for-reasoning"),
    ("12:07", "S2 answers after about 1 s: “Because three twos and two threes.”"),
    ("12:40", "T “Good.” Goes on to the next example"),
    ("13:30", "On the board 1/4 + 2/3. T “Your own bars now, four minutes, then compare.”"),
    ("14:10", "24 of 28 draw bars, S23 copies from S22, S7 has the strip of paper in quarters #on-task"),
    ("16:45", "T kneels beside S7: “Show me the thirds.” S7 shows. T “So where are quarters and thirds the same?”"),
    ("17:30", "*S7 puts the strips together, counts to twelve, smiles. T waits the whole time, about 20 s #wait-time"),
    ("18:40", "S19→S7 “Do it again, I want to see it.”"),
    ("20:15", "T “Stop there. Who can come to the front?” hands: S2, S4, S11, S14, S20"),
    ("20:30", "S11 comes to the front, draws, explains to the board; the front row listens"),
    ("22:10", "T “Any questions for S11?” 1 s “No? Then next.” #closed"),
    ("23:00", "Task sheet, in pairs: six sums, the last one makes a mistake on purpose: “find it, mend it”"),
    (
        "25:30",
        "Count of the room: 22 of 28 write or talk about the task, 4 wait for T, 2 talk of something else #on-task",
    ),
    ("28:00", "S14→S15 “You cannot just add the bottoms, look, that is what S4 did.” #evidence"),
    ("31:15", "T to the class: “Pause. Thumb up if you have found the mistake in number six.” 9 thumbs"),
    ("31:40", "*T changes the plan aloud: “Then number six is our next ten minutes. Leave five.” #adapted"),
    ("33:20", "Pairs turn to number six, loud; T listens at three tables, writes on a slip of paper, says nothing"),
    ("38:05", "T picks three slips: “S15, S22, S7: your reasons, please.” #cold-call"),
    ("38:30", "*S7 “They counted the pieces but the pieces are not the same size.” first time S7 speaks #evidence"),
    ("39:10", "T “Same size. Write that down, in your words.” SS write"),
    ("43:20", "T “Rule or picture: which one would you use for 3/8 + 1/6?” hands, T takes S2 and S11"),
    ("46:50", "Exit slip: 2/5 + 1/2 with a drawing. Bell in three minutes, T collects at the door"),
    ("49:20", "T reads two slips as they pass, “Ah, interesting” to S23"),
)
"""Lesson time and line as typed; a "*" before the line stars it."""

OWN_LEARNING = (
    "47:30",
    "For me: I always say what is wrong at once. Writing a wrong answer up and waiting is worth a try.",
)
"""A private note: what the observer takes along."""

ANSWERS: tuple[tuple[str, int | str, str, tuple[str, ...]], ...] = (
    ("respect", 4, "", ("03:04", "07:33", "18:40")),
    ("time", 3, "Start and changes quick; four students waited at 25:30.", ("01:05", "25:30")),
    ("aim", "no", "The question on the board was clear; what they were to learn was not said.", ("01:05",)),
    ("explanations", 4, "", ("09:00", "10:40", "38:30")),
    (
        "questions",
        2,
        "Many open questions; the pause after them was 1 to 2 seconds until minute 31.",
        ("10:23", "12:07", "38:05"),
    ),
    ("quote", "“Why sixths and not fifths?” S2: “Because three twos and two threes.” (12:05)", "", ("12:05", "12:07")),
    ("work", 3, "", ("14:10", "28:00")),
    ("understanding", 3, "", ("31:15", "33:20")),
    ("adapted", "yes", "Sum six became the middle of the lesson.", ("31:40",)),
    (
        "learned",
        "S7, S15 and S22 could say why pieces must be of one size. I could not see all exit slips.",
        "",
        ("38:30", "39:10"),
    ),
)
"""Item, value, comment, times of the notes it rests on."""

ABSENT: tuple[tuple[str, str], ...] = (("fit", "not_looked_for"), ("looked-back", "not_seen"))

CLAIMS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "strength",
        "Wrong answers were put to work",
        (
            "Two fifths stayed on the board without a verdict, and it was the class that found out why it cannot be. "
            "The sentence that everybody wrote down in the end came from a student."
        ),
        ("03:04", "07:25", "07:33", "38:30"),
    ),
    (
        "strength",
        "The plan followed what students showed",
        (
            "Nine thumbs were enough to know. Number six got ten minutes, and slips instead of raised hands brought "
            "three new voices."
        ),
        ("31:15", "31:40", "38:05"),
    ),
    (
        "growth",
        "More time and more voices after a question",
        (
            "Until minute 31 three students gave nearly all answers in front of the class. The pause after a question "
            "was 1 to 2 seconds; where it was longer, with S7, the thinking was hers."
        ),
        ("10:23", "12:07", "17:30", "22:10"),
    ),
    (
        "growth",
        "Saying what the lesson is for",
        (
            "The task was clear at once. What students should be able to do at the end was not said or found "
            "out together."
        ),
        ("01:05", "46:50"),
    ),
    (
        "question",
        "What did you hear at the three tables before you chose the slips?",
        "",
        ("33:20", "38:05"),
    ),
)
"""Kind, title, text, times of the notes it rests on."""

NEXT_DAYS, NEXT_FOCUS = 13, "Questions and pauses in the first twenty minutes."
"""The next visit, agreed in the conversation: days from today, what to look at."""

OTHERS: tuple[dict[str, object], ...] = (
    {
        "days": -62,
        "hour": 9,
        "teacher": TEACHER,
        "form": OWN_FORM,
        "filled": "decimals",
        "fields": {"class_name": "Year 8 B", "subject": "Mathematics", "topic": "Decimals", "room": "Room 12"},
        "focus": "How do I begin? I lose them in the first ten minutes.",
        "notes": (
            ("00:40", "T “Books out, page 31.” 12 of 27 have a book on the table"),
            ("02:10", "T goes round and hands out books, SS talk"),
            ("05:30", "T “What did we do last time?” no answer, 1 s, T tells it herself"),
            ("08:15", "*S11 “Is 0.30 bigger than 0.3?” T “Good question, later.” #question"),
            ("12:00", "20 of 27 write, first time that the room is quiet #on-task"),
            ("24:30", "T comes back to S11’s question, draws a line from 0 to 1"),
            ("31:05", "S4 “They are the same place!” #claim"),
        ),
        "claims": (("strength", "A student’s question came back", "", ("08:15", "24:30")),),
        "step": "Begin with a task that lies on the tables when they come in.",
        "stage": "follow_up",
    },
    {
        "days": -34,
        "hour": 11,
        "teacher": TEACHER,
        "form": OWN_FORM,
        "filled": "ratio",
        "fields": {"class_name": "Year 8 B", "subject": "Mathematics", "topic": "Ratio", "room": "Room 12"},
        "focus": "The start, as agreed last time.",
        "notes": (
            ("00:15", "A card on each table: 2 red, 3 blue. SS turn it over as they sit down"),
            ("01:20", "*25 of 28 write before the bell #on-task"),
            ("04:05", "T “What stays the same when I have twice as many?” #open"),
            ("04:12", "S2 “The ratio.” T “What is that?” S2 “Two for every three.”"),
            ("16:40", "SS mix colours in water, S20 writes down 4:6 without being told"),
            ("33:00", "T “Who has something that does not fit?” 6 s, S14 shows 3:4 #wait-time"),
        ),
        "claims": (("strength", "At work before the bell", "", ("00:15", "01:20")),),
        "step": "Keep the card on the table for two more weeks, then let students write it.",
        "stage": "follow_up",
    },
    {
        "days": -27,
        "hour": 14,
        "teacher": "Ines Ferreira",
        "form": "copus",
        "filled": "waves",
        "fields": {
            "class_name": "Year 12",
            "subject": "Physics",
            "topic": "Standing waves",
            "room": "Lecture room",
            "class_size": 52,
        },
        "focus": "How much of the hour am I the only one who does something?",
        "notes": (
            ("06:20", "T plucks a string, asks what will happen at half its length, hands up 5 of 52 #prediction"),
            ("09:05", "*S “Why is there a point that does not move?” T “Say it louder, please.” #question"),
            ("18:40", "Vote on four drawings, then talk in pairs, second vote: 31 change their answer"),
            ("36:15", "T sits down with the third row for two minutes, the rows behind put their pens away"),
            ("43:30", "*S “So the length decides which ones fit.” S “Like steps on a stair.” #evidence"),
        ),
        "claims": (("question", "Which of the two votes told you more?", "", ("18:40",)),),
        "step": "One vote in each half of the hour, with talk in pairs before the second count.",
        "stage": "follow_up",
    },
    {
        "days": -20,
        "hour": 10,
        "teacher": "Tomasz Wilk",
        "form": "learning-walk",
        "fields": {
            "class_name": "Year 10 A",
            "subject": "History",
            "topic": "Letters from 1916",
            "room": "Room 4",
            "minutes": 15,
        },
        "focus": "",
        "notes": (
            ("00:30", "SS read two letters in threes, one reads aloud"),
            ("03:10", "S “He writes that he is fine, but look at the date.” #evidence"),
            ("07:45", "T “What would you ask him?” every group writes a question #open"),
        ),
        "claims": (("strength", "Every group had a question of its own", "", ("07:45",)),),
        "step": None,
        "stage": "follow_up",
    },
    {
        "days": -3,
        "hour": 13,
        "teacher": "Priya Nair",
        "form": "practical-safety",
        "filled": "conduction",
        "fields": {
            "class_name": "Year 9 C",
            "subject": "Science",
            "topic": "Thermal conduction",
            "room": "Lab 2",
            "class_size": 24,
        },
        "focus": "Do they say why, or only what, when they report a result?",
        "notes": (
            ("01:10", "T shows a metal and a wooden spoon in hot water: “Which one would you hold?” #open"),
            ("02:05", "SS vote by standing left or right, 19 for wood"),
            ("09:30", "S3 “The metal is colder.” T “Colder, or does it feel colder?” #press-for-accuracy"),
            ("15:20", "*S8 “It takes the warmth out of my hand faster.” #evidence"),
            ("22:00", "Groups of four, thermometers on, 20 of 24 write down numbers #on-task"),
            ("35:45", "T “Report: one sentence what, one sentence why.” three groups give only the what"),
            ("41:30", "S16 “Because the particles in the metal pass it on.” #evidence"),
        ),
        "claims": (),
        "step": None,
        "stage": "talk",
    },
    {
        "days": 1,
        "hour": 10,
        "teacher": "Lena Hofer",
        "form": "open-notes",
        "fields": {
            "class_name": "Year 7 D",
            "subject": "German",
            "topic": "Asking the way",
            "room": "Room 21",
            "class_size": 26,
        },
        "focus": "Who speaks German to whom when they work in pairs?",
        "notes": (),
        "claims": (),
        "step": None,
        "stage": "prepare",
    },
)
"""The other visits of the term, in order; `days` from today, school days only."""

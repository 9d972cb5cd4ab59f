"""What the worked school is made of: its people, classes, timetable, groups, sessions, survey; all of it invented."""

from __future__ import annotations

PEOPLE = (
    # name, staff id, subjects, building, pronouns
    ("Jonas Brandt", "N01", "Mathematics", "Main house", "he/him"),
    ("Amina Diallo-Žižek", "N02", "English", "Main house", "she/her"),
    ("Ines Ferreira", "N03", "Physics", "Science wing", ""),
    ("Tomasz Wilk", "N04", "Chemistry", "Science wing", ""),
    ("Priya Nair", "N05", "Biology", "Science wing", "she/her"),
    ("Lena Hofer", "N06", "History", "Main house", ""),
    ("Samuel Okafor", "N07", "Mathematics", "Main house", ""),
    ("Chiara Conti", "N08", "Italian", "Main house", "she/her"),
    ("Mehmet Yıldız", "N09", "Geography", "Main house", ""),
    ("Freya Lindqvist", "N10", "Swedish", "Main house", ""),
    ("Oluwaseun Adeyemi", "N11", "Physics", "Science wing", ""),
    ("Hannah Novák", "N12", "Art", "Workshops", "they/them"),
    ("Daniel Vargas", "N13", "Spanish", "Main house", ""),
    ("Yuki Tanaka", "N14", "Music", "Workshops", ""),
    ("Greta Sørensen", "N15", "English", "Main house", ""),
    ("Pavel Kovač", "N16", "Physical education", "Workshops", ""),
    ("Leila Haddad", "N17", "French", "Main house", ""),
    ("Marek Zieliński", "N18", "Computing", "Science wing", ""),
    ("Aoife Byrne", "N19", "Biology", "Science wing", ""),
    ("Rahul Menon", "N20", "Economics", "Main house", ""),
    ("Sofia Papadopoulou", "N21", "Philosophy", "Main house", ""),
    ("Björn Eriksson", "N22", "Technology", "Workshops", ""),
    ("Camille Laurent", "N23", "Drama", "Workshops", ""),
    ("Noor van Dijk", "N24", "Mathematics", "Main house", ""),
)

LEADS = {"Main house": "Lena Hofer", "Science wing": "Ines Ferreira", "Workshops": "Björn Eriksson"}
"""Who is the line manager of everybody else in a building."""

CLASSES = (
    ("8B", "English", "Year 8", 28, "C 3", "Main house", "Amina Diallo-Žižek"),
    ("9A", "Mathematics", "Year 9", 26, "C 7", "Main house", "Samuel Okafor"),
    ("10P", "Physics", "Year 10", 22, "S 1", "Science wing", "Ines Ferreira"),
    ("10C", "Chemistry", "Year 10", 20, "S 4", "Science wing", "Tomasz Wilk"),
    ("7D", "Art", "Year 7", 24, "W 2", "Workshops", "Hannah Novák"),
    ("11H", "History", "Year 11", 19, "C 9", "Main house", "Lena Hofer"),
)

PERIODS = ((500, 550), (555, 605), (625, 675), (680, 730), (780, 830), (835, 885))
"""Minutes from midnight: six lessons from 08:20."""

QUESTIONS, SCIENCE, PAIR = "Questions and wait time", "Practical science", "Aoife and Priya"

GROUPS: tuple[dict[str, object], ...] = (
    {
        "name": QUESTIONS,
        "kind": "community",
        "purpose": "By June, students in our eight classes answer most questions with a reason, because we wait "
        "for them and ask who can add to it.",
        "measure": "Share of questions followed by three seconds of silence or more, counted in visits",
        "norms": "We begin and end on time.\nWhat is said about a lesson stays with the two who were in it.\n"
        "Everybody brings one question they asked this week.",
        "school_goals": "Every student speaks in every lesson",
        "people": (
            ("Amina Diallo-Žižek", ("facilitator",)), ("Jonas Brandt", ("recorder",)),
            ("Samuel Okafor", ("time_keeper",)), ("Lena Hofer", ("sponsor",)), ("Greta Sørensen", ()),
            ("Daniel Vargas", ()), ("Leila Haddad", ()), ("Noor van Dijk", ()),
        ),
    },
    {
        "name": SCIENCE,
        "kind": "department",
        "purpose": "Students plan half of their experiments themselves by the end of the year.",
        "measure": "Practicals planned by students, of all practicals",
        "norms": "Safety first, then curiosity.\nWe share what went wrong before what went right.",
        "school_goals": "",
        "people": (
            ("Ines Ferreira", ("facilitator",)), ("Tomasz Wilk", ("recorder",)), ("Priya Nair", ()),
            ("Oluwaseun Adeyemi", ("time_keeper",)), ("Aoife Byrne", ()), ("Marek Zieliński", ()),
        ),
    },
    {
        "name": PAIR,
        "kind": "mentoring",
        "purpose": "Aoife finds her way into the first year here.",
        "measure": "",
        "norms": "",
        "school_goals": "",
        "people": (("Priya Nair", ("mentor",)), ("Aoife Byrne", ("mentee",))),
    },
)  # fmt: skip

SCHOOL_GOAL = "Every student speaks in every lesson"
GOAL = "Wait three seconds after a question"
GOAL_READINGS = ((-63, 24.0, 41), (-49, 31.0, 38), (-35, 36.0, 44), (-21, 47.0, 40), (-7, 52.0, 45))
"""Days from today, per cent, number of questions counted."""
REACHED = "Agree on how we count questions"
REACHED_STORY = "We counted the same film twice, and in the end within two questions of each other."
OUTCOME = "Oral contributions, class 8B"
OUTCOME_READINGS = ((-60, 9.5, 28), (-32, 11.0, 27), (-4, 14.0, 28))
"""Days from today, contributions a lesson, students."""

SESSIONS: tuple[dict[str, object], ...] = (
    {
        "days": -42, "title": "How long do we wait?", "place": "Library",
        "objectives": "See our own waiting in three short films.\nAgree on what counts as a question.",
        "agenda": (("Welcome, and one question each", 10), ("Three films, counted in pairs", 30),
                   ("What counts as a question?", 15), ("Who visits whom", 5)),
        "decisions": ("A question counts when it asks for an answer from the class.",),
        "parking": ("Do hands-up rules matter more than waiting?",),
        "follow_ups": (("Bring a film of five minutes", "Greta Sørensen", -28),),
        "missing": ("Daniel Vargas",), "notes": "Counting together took longer than planned; worth it.",
        "done": True,
    },
    {
        "days": -14, "title": "Asking who can add to it", "place": "Library",
        "objectives": "Practise three ways of passing an answer on.",
        "agenda": (("Readings since October", 10), ("Three ways of passing an answer on", 25),
                   ("Plan one lesson each", 20), ("Round-up", 5)),
        "decisions": ("Each of us tries one way in one class for two weeks.",),
        "parking": (),
        "follow_ups": (("Write the three ways on one page", "Samuel Okafor", 5),
                       ("Count questions in 9A", "Jonas Brandt", 6)),
        "missing": ("Leila Haddad",), "notes": "",
        "done": True,
    },
    {
        "days": 6, "title": "What did students notice?", "place": "Library",
        "objectives": "Hear from the classes.\nDecide what we keep.",
        "agenda": (("One thing students said", 15), ("Readings, and what they do not say", 15),
                   ("What we keep", 20), ("Next term", 10)),
        "decisions": (), "parking": (), "follow_ups": (), "missing": (), "notes": "",
        "done": False,
    },
)  # fmt: skip
SESSION_LINK = "https://meet.northfield.example/questions"

SURVEY = "After “Asking who can add to it”"
ANSWERS = (
    # worth-time, clear-aim, active, pace, learned, backing; will-try; the main idea; one thing to keep
    ((5, 5, 4, 3, 5, 3), "week", "An answer belongs to the class, not to me.", "The films"),
    ((4, 5, 5, 2, 4, 3), "week", "Passing on beats praising.", "Working in pairs"),
    ((5, 4, 4, 3, 4, 2), "term", "Silence is work.", ""),
    ((3, 4, 3, 2, 3, 2), "maybe", "", "Beginning on time"),
    ((4, 4, 5, 4, 4, 4), "week", "Three sentences are enough to start.", "The page with three ways"),
    ((5, 5, 5, 3, 5, 4), "already", "I do it, and now I know why.", ""),
    ((4, 3, 4, 3, 4, 3), "term", "Ask who disagrees, kindly.", ""),
)

JOURNAL = (
    ("What surprised me", "I count to three and it feels like ten. In Amina’s lesson it looked like nothing at all."),
    ("One sentence to keep", "“Who can build on that?” did more for S7 than my whole explanation."),
)
PORTFOLIO = "My year of questions"
FOREWORD = "I picked what changed how I ask, not what went well."
ROUND = "Autumn round"

"""`import reply` and `export reply`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output, talk_commands
from observe_app.cli.session import opened
from observe_app.cli.visit_commands import short_id
from observe_app.domain.errors import NotFound
from observe_app.services import replies, visits
from observe_app.services.exchange.files import write_whole
from observe_app.services.exchange.visit_json import reply_json

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.domain.reply import Reply
    from observe_app.services.core import Core


def import_replies(arguments: Namespace) -> int:
    """Take in filled feedback PDFs; each is kept before the next one is read."""
    answers: list[dict[str, Any]] = []
    act = replies.preview if arguments.preview else replies.import_reply
    with opened(arguments) as core:
        try:
            for name in arguments.files:
                path = Path(name).expanduser()
                done = act(core, path)
                answers.append(_told(done))
                if not arguments.json:
                    _say(path, done)
        finally:
            # What was kept before a file failed is told too.
            if arguments.json and answers:
                output.say_json(answers if len(arguments.files) > 1 else answers[0])
    return 0


def _told(done: replies.ReplyImport) -> dict[str, Any]:
    return {
        "visit": done.visit.id,
        "added": done.added,
        "old_revision": done.old_revision,
        "reply": reply_json(done.reply),
        "notes": [{"rule": one.rule, "message": text} for one, text in zip(done.remarks, done.notes, strict=True)],
    }


def _say(path: Path, done: replies.ReplyImport) -> None:
    reply = done.reply
    points = f"{len(reply.points)} {'point' if len(reply.points) == 1 else 'points'} answered"
    who = done.visit.teacher or "the teacher"
    output.say(f"{path.name}: {who} on visit {short_id(done.visit.id)}, revision {reply.number}: {points}")
    for note in done.notes:
        output.say(f"  {note}")


def export(arguments: Namespace) -> int:
    """Write a visit to a file; `reply VISIT` is the filled PDF that came back."""
    if len(arguments.visit) > 1 and arguments.visit[0].casefold() == "reply":
        return _export_reply(arguments, arguments.visit[1:])
    return talk_commands.export(arguments)


def _export_reply(arguments: Namespace, words: list[str]) -> int:
    if len(words) > 2:
        output.warn(f"One reply at a time: {' '.join(words)}")
        return 2
    target = Path(arguments.to).expanduser()
    with opened(arguments) as core:
        visit_id = visits.resolve(core, words[0])
        reply = _meant(core, visit_id, words[1] if len(words) > 1 else "")
        kept = replies.file_of(core, reply)
        if kept is None:
            raise NotFound("reply", words[-1])
        write_whole(target, kept[1])
    if arguments.json:
        output.say_json({"path": str(target), "name": kept[0], "sha256": reply.sha256, "reply": reply.id})
    else:
        output.say(f"{target}: {kept[0]}, as it came")
    return 0


def _meant(core: Core, visit_id: str, given: str) -> Reply:
    """Return the newest reply that came in a file, or the one whose id begins or ends so."""
    asked = given.strip().lower()
    for reply in replies.of_visit(core, visit_id):
        if reply.sha256 and (not asked or reply.id.startswith(asked) or reply.id.endswith(asked)):
            return reply
    raise NotFound("reply", given or visit_id)

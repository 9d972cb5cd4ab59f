"""`share bundle` and `import bundle`: visits in a file, for mail or a stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.session import first_line
from observe_app.cli.sharing_session import colleague_meant, folder_meant, opened_with_keys
from observe_app.domain.errors import ExportFailed
from observe_app.services import visits

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.services.sync.bundle import Bundle

_ENDING = ".observe"


def make(arguments: Namespace) -> int:
    """Write a bundle."""
    from observe_app.services.sync import bundle, colleagues  # noqa: PLC0415  (help and usage need none of it)

    wrong = _usage(arguments)
    if wrong:
        output.warn(wrong)
        return 2
    target = Path(arguments.output).expanduser().absolute()
    if target.suffix.casefold() != _ENDING:
        raise ExportFailed(target, "unknown_format", _ENDING)
    passphrase = first_line(arguments.bundle_passphrase_file) if arguments.bundle_passphrase_file else ""
    with opened_with_keys(arguments) as core:
        folder = folder_meant(core, arguments.folder)
        known = colleagues.listing(core, numbers=False)
        made = bundle.make(
            core,
            target,
            folder=folder,
            visits=[visits.resolve(core, one) for one in arguments.visits],
            to=[colleague_meant(known, one).card for one in arguments.to],
            passphrase=passphrase,
            every=arguments.every,
        )
    if arguments.json:
        output.say_json(_json(made) | {"path": str(target)})
    else:
        who = "whoever knows the passphrase" if passphrase else ", ".join(arguments.to)
        output.say(f"{target}: {_counted(made)}, for {who}")
        if passphrase:
            output.say("Tell the passphrase by another way than the file goes.")
    return 0


def _usage(arguments: Namespace) -> str:
    if bool(arguments.visits) == arguments.every:
        return "Name visits, or say --all."
    if bool(arguments.to) == bool(arguments.bundle_passphrase_file):
        return "Say who can open it with --to NAME, or give --bundle-passphrase-file FILE."
    return ""


def take(arguments: Namespace) -> int:
    """Take a bundle in, after saying what is inside; with `--preview` only that."""
    from observe_app.services.sync import bundle  # noqa: PLC0415

    path = Path(arguments.file).expanduser().absolute()
    passphrase = first_line(arguments.bundle_passphrase_file) if arguments.bundle_passphrase_file else ""
    with opened_with_keys(arguments) as core:
        if arguments.preview:
            found, taken = bundle.look(core, path, passphrase), None
        else:
            taken = bundle.take(core, path, passphrase)
            found = taken.bundle
    if arguments.json:
        new = (
            {}
            if taken is None
            else {"new": taken.letters, "records": taken.records, "refused": taken.refused, "waiting": taken.waiting}
        )
        output.say_json(_json(found) | new)
        return 0
    output.say(f"From {found.manifest.by_name or 'somebody'}, “{found.manifest.name}”: {_counted(found)}")
    for visit in found.manifest.visits:
        about = ", ".join(part for part in (visit.teacher, visit.class_name, visit.start[:10]) if part)
        output.say(f"  {visit.id[-8:]}  {about}")
    if taken is not None:
        output.say("Nothing in it was new." if not taken.letters else f"Taken in: {taken.records} records changed.")
        if taken.refused:
            output.say(f"{taken.refused} not let in, because whoever wrote them had no right to.")
        if taken.waiting:
            output.say(
                f"{taken.waiting} left out: who wrote them is not known here yet. Take it in again once they are."
            )
    return 0


def _counted(found: Bundle) -> str:
    count = len(found.manifest.visits)
    return f"{count} {'visit' if count == 1 else 'visits'}, {found.size:,} bytes"


def _json(found: Bundle) -> dict[str, Any]:
    return {
        "folder": found.manifest.folder,
        "name": found.manifest.name,
        "by": found.manifest.by_name,
        "fingerprint": found.manifest.by,
        "at": found.manifest.at,
        "passphrase": found.under_passphrase,
        "letters": found.letters,
        "people": found.people,
        "files": found.files,
        "size": found.size,
        "visits": [
            {"id": one.id, "teacher": one.teacher, "start": one.start or None, "class_name": one.class_name}
            for one in found.manifest.visits
        ],
    }

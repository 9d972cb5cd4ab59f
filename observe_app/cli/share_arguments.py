"""The arguments of everything about shared folders: `share`, `sync`, `also`, and what it adds to other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.cli import (
    also_commands,
    bundle_commands,
    counts_command,
    reader_commands,
    share_commands,
    sync_commands,
)
from observe_app.cli.parts import add, group

if TYPE_CHECKING:
    from observe_app.cli.parts import Commands


def share(commands: Commands) -> None:
    """Add `share …`."""
    words = group(commands, "share", "share visits through a folder that colleagues can reach")
    _set_up(words)
    _people(words)
    for name, text, run in (
        ("pause", "send and fetch nothing until `share resume`", share_commands.pause),
        ("resume", "send and fetch again", share_commands.resume),
        ("leave", "take no part in a shared folder any more; what is here stays here", share_commands.leave),
    ):
        one = add(words, name, text, run)
        one.add_argument("--folder", metavar="NAME", default="", help="which one, where there are several")
    _bundle(words)
    twelve = add(words, "words", "say whether your twelve words exist; --show prints them", share_commands.words)
    twelve.add_argument("--show", action="store_true", help="print them; whoever reads them can read what you can")


def _set_up(words: Commands) -> None:
    init = add(words, "init", "make a folder a shared one, and take part in it", share_commands.init)
    init.add_argument("path", metavar="PATH", help="a folder that all of you can reach; it must be there")
    init.add_argument("--name", metavar="TEXT", default="", help="what you call it; else the folder's own name")
    init.add_argument("--school-key", action="store_true", help="make a key for the school that opens every visit")
    join = add(words, "join", "take part in a shared folder", share_commands.join)
    join.add_argument("path", metavar="PATH")
    join.add_argument(
        "--words-file", metavar="FILE", default="", help="your twelve words, on another computer of yours; - is stdin"
    )
    join.add_argument(
        "--school", action="store_true", help="the words are the school's: read what it may, write nothing"
    )
    for one in (init, join):
        one.add_argument("--me", metavar="NAME", default="", help="your name, where this computer does not know it yet")
    add(words, "status", "say how each shared folder stands", share_commands.status)
    invite = add(words, "invite", "say what to tell a colleague, and your number", share_commands.invite)
    invite.add_argument("--folder", metavar="NAME", default="", help="which one, where there are several")


def _people(words: Commands) -> None:
    add(words, "people", "list who takes part, with their numbers", share_commands.people)
    counts = add(words, "counts", "say how many visits were made; tell yours with --on", counts_command.show)
    ways = counts.add_mutually_exclusive_group()
    ways.add_argument(
        "--on", action="store_true", default=None, help="let everybody who can open the folder read your numbers"
    )
    ways.add_argument("--off", dest="on", action="store_false", default=None, help="take your numbers back")
    counts.add_argument("--folder", metavar="NAME", default="", help="which one, where there are several")
    check = add(words, "check", "keep that you compared a colleague's number", share_commands.check)
    check.add_argument("who", metavar="NAME|FINGERPRINT")
    check.add_argument("--number", metavar="DIGITS", required=True, help="the 20 digits that they see as their own")
    link = add(words, "link", "say which person of your records a colleague is", share_commands.link)
    link.add_argument("person", metavar="PERSON", help="name or id")
    link.add_argument("card", metavar="CARD", help="name or fingerprint of the colleague; `share people` lists them")


def _bundle(words: Commands) -> None:
    one = add(words, "bundle", "write visits into a file for mail or a stick", bundle_commands.make)
    one.add_argument("visits", metavar="VISIT", nargs="*")
    one.add_argument("--all", dest="every", action="store_true", help="all that the named people may read")
    one.add_argument("--to", metavar="NAME", action="append", default=[], help="who can open it; may be repeated")
    one.add_argument(
        "--bundle-passphrase-file", metavar="FILE", default="", help="instead of --to: its first line opens the bundle"
    )
    one.add_argument("-o", "--output", metavar="FILE", required=True, help="ends in .observe")
    one.add_argument("--folder", metavar="NAME", default="", help="which one, where there are several")


def sync(commands: Commands) -> None:
    """Add `sync`."""
    one = add(commands, "sync", "send what is new to the shared folder and fetch what others wrote", sync_commands.sync)
    one.add_argument("--watch", action="store_true", help="again every 30 seconds until it is stopped")
    one.add_argument("--every", metavar="S", type=float, default=30.0, help="with --watch: seconds between two rounds")


def also(commands: Commands) -> None:
    """Add `also …`."""
    words = group(commands, "also", "list and settle what two people wrote in one place")
    add(words, "list", "list what is open", also_commands.listing)
    use = add(words, "use", "take the words of one of them", also_commands.use)
    use.add_argument("place", metavar="PLACE", help="number or id from `also list`")
    use.add_argument("version", metavar="N", type=int, help="which of its versions, from 1; the first one is shown now")
    merge = add(words, "merge", "take both, joined sentence by sentence", also_commands.merge)
    merge.add_argument("place", metavar="PLACE", help="number or id from `also list`")


def visits(words: Commands) -> None:
    """Add what sharing brings to `visit`."""
    readers = add(words, "readers", "say who can read a visit; add or remove one", reader_commands.readers)
    readers.add_argument("visit", metavar="VISIT")
    readers.add_argument("--add", metavar="NAME", default="", help="a colleague; the teacher decides")
    readers.add_argument("--as", dest="role", choices=("coach", "reader"), default="reader", help="what of --add")
    readers.add_argument("--remove", metavar="NAME", default="", help="who reads nothing written from now on")
    purge = add(words, "purge", "erase a visit for good, here and on its people's computers", reader_commands.purge)
    purge.add_argument("visit", metavar="VISIT")
    purge.add_argument("--why", metavar="TEXT", default="", help="kept with the record of the deletion")
    purge.add_argument("--yes", action="store_true", help="really; nothing brings it back")


def imports(words: Commands) -> None:
    """Add `import bundle`."""
    one = add(words, "bundle", "bring in a bundle that somebody gave you", bundle_commands.take)
    one.add_argument("file", metavar="FILE", help="ends in .observe")
    one.add_argument("--preview", action="store_true", help="say what is inside, and keep nothing")
    one.add_argument("--bundle-passphrase-file", metavar="FILE", default="", help="its first line opens the bundle")

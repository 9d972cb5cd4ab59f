"""`python -m tests.sim --from A --n N [--jobs 2] [--bug NAME] [--profile benign|destructive] [--real] [--shrink]`.

Runs schedules A to A+N-1 and prints the rate, what failed, and the seeds that did.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from functools import partial

from tests.sim.mutants import MUTANTS
from tests.sim.run import run_seed
from tests.sim.schedule import LENGTH, setting, shrink, tell


def main() -> int:
    """Run what the command line asks for; 1 when a schedule failed."""
    ask = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    ask.add_argument("--from", dest="start", type=int, default=0, help="first seed")
    ask.add_argument("--n", type=int, default=100, help="how many")
    ask.add_argument("--jobs", type=int, default=1, help="processes")
    ask.add_argument("--bug", default="", choices=["", *MUTANTS], help="put this error into the program")
    ask.add_argument("--profile", default="", choices=["", "benign", "destructive"])
    ask.add_argument("--real", action="store_true", help="encrypt and sign as the program does")
    ask.add_argument("--length", type=int, default=LENGTH, help="steps in a schedule")
    ask.add_argument("--shrink", action="store_true", help="shorten the first schedule that fails")
    ask.add_argument("--stop", action="store_true", help="stop at the first one that fails")
    given = ask.parse_args()
    work = partial(run_seed, profile=given.profile, bug=given.bug, real=given.real, length=given.length)
    seeds = range(given.start, given.start + given.n)
    begin, failures, done = time.monotonic(), [], 0
    with multiprocessing.Pool(given.jobs) as pool:
        for seed, wrong in pool.imap(work, seeds, chunksize=8):
            done += 1
            if wrong:
                failures.append((seed, wrong))
                print(f"seed {seed}: {wrong}", flush=True)
                if given.stop:
                    pool.terminate()
                    break
    seconds = time.monotonic() - begin
    print(f"{done} schedules from {given.start}, {done / seconds:.1f} a second, {len(failures)} failed", flush=True)
    for kind, count in Counter(wrong.split(":")[0] for _seed, wrong in failures).most_common():
        print(f"  {kind}: {count}, first in seed {next(seed for seed, one in failures if one.startswith(kind))}")
    if failures and given.shrink:
        from tests.sim.run import run_setting

        whole = setting(failures[0][0], given.profile, real=given.real, length=given.length)
        short = shrink(whole, partial(run_setting, bug=given.bug))
        print(
            f"seed {whole.seed} in {len(short.steps)} steps: {tell(short.steps)}\n{run_setting(short, bug=given.bug)}"
        )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

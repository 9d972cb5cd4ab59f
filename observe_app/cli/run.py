"""Reads the arguments, runs the command and turns what can go wrong into an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.parser import build_parser
from observe_app.domain.errors import ObserveError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 a problem to mend, 2 wrong usage."""
    output.prepare_streams()
    try:
        parsed = build_parser().parse_args(arguments)
        status: int = parsed.run(parsed)
        sys.stdout.flush()
    except ObserveError as error:
        output.warn(output.error_line(error))
        return 1
    except BrokenPipeError:
        output.close_quietly()
        return 0
    except KeyboardInterrupt:
        output.warn("Stopped. Whatever was stored before is safe.")
        return INTERRUPTED
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 2
    except OSError as error:
        # What is ours to say about files has been said by then; this is the stream that the answer goes to.
        output.close_quietly()
        output.warn(f"The answer could not be written. {error.strerror or error}")
        return 1
    except UnicodeEncodeError:
        # Bytes of the command line that are no text here come as half a sign; file names may be such, words may not.
        output.warn("One of these words is no text that can be kept. Write it in UTF-8, or choose other signs.")
        return 2
    except Exception as error:
        if os.environ.get("OBSERVE_TRACE"):
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
        output.warn(f"{output.error_line(error)} {where}. With OBSERVE_TRACE=1 all of it is shown.")
        return 1
    return status

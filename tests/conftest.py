"""What every test stands on: no screen, no user data, and guards that fail a test for what it leaves behind."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

# All of this before anything imports Qt or Hypothesis, which read it once.
if not os.environ.get("OBSERVE_TEST_XCB"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"  # dates and figures as the tests expect them, wherever they run
os.environ["LANGUAGE"] = ""
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(__file__).parent.parent / ".cache" / "hypothesis")
# A test that forgets to name a data folder must not find the user's own.
_HOME = Path(tempfile.mkdtemp(prefix="observe-tests-"))
os.environ["OBSERVE_DATA"] = str(_HOME / "data")
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(_HOME / _name.lower())
# Nor may a test find the user's own passwords; those that need a place for some bring one.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# With it every data folder is protected, so that tests of the store can be run on such records, too.
_SEALED = bool(os.environ.get("OBSERVE_TEST_SEALED"))
if _SEALED:
    os.environ["PYTHON_KEYRING_BACKEND"] = "tests.file_keyring.FileKeyring"
    os.environ["OBSERVE_TEST_KEYRING"] = str(_HOME / "keyring.json")

import hypothesis  # noqa: E402 - after the environment is set
import pytest  # noqa: E402 - the same

from observe_app.app import wire_core  # noqa: E402 - the same
from observe_app.domain.clock import FakeClock  # noqa: E402 - the same
from observe_app.domain.ids import Ids  # noqa: E402 - the same
from observe_app.services.core import close  # noqa: E402 - the same
from tests import cheap_age  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from observe_app.services.core import Core
    from tests.laptops import Prepared
    from tests.test_sync_two import School

# --- options ---------------------------------------------------------------------------------------------------------

# No deadline: the machines that run this are shared. Our fixtures hold no state that a second example could see.
_COMMON = {
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
}
hypothesis.settings.register_profile("default", max_examples=50, **_COMMON)
hypothesis.settings.register_profile("ci", max_examples=50, derandomize=True, print_blob=True, **_COMMON)
hypothesis.settings.register_profile("long", max_examples=2000, **_COMMON)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long simulations too, and many more examples")


def pytest_configure(config: pytest.Config) -> None:
    short = "ci" if os.environ.get("CI") else "default"
    hypothesis.settings.load_profile("long" if config.getoption("--long") else short)


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="only with --long"))
        if item.get_closest_marker("xcb") and not os.environ.get("OBSERVE_TEST_XCB"):
            item.add_marker(pytest.mark.skip(reason="only with OBSERVE_TEST_XCB=1 and a screen"))


def pytest_collection_finish() -> None:
    """Take what was imported and collected out of what Python's collector looks through; all of it stays to the end.

    There are millions of such objects by then, and the collector would go over them again and again. Whatever a test
    makes is collected as ever.
    """
    gc.collect()
    gc.freeze()


# --- guards ----------------------------------------------------------------------------------------------------------


class LogGuard(logging.Handler):
    """Keeps every record from WARNING up; those that no test announced fail it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __call__(self, pattern: str) -> None:
        """Announce a record whose message this pattern is found in; it must come, any number of times."""
        self.expected.append(pattern)

    def problems(self) -> list[str]:
        """Return what came unannounced and what was announced and did not come."""
        messages = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.records]
        unexpected = [text for text in messages if not any(re.search(one, text) for one in self.expected)]
        missing = [one for one in self.expected if not any(re.search(one, text) for text in messages)]
        return [f"logged unexpectedly: {text}" for text in unexpected] + [f"was never logged: {one}" for one in missing]


@pytest.fixture(autouse=True)
def log_guard() -> Iterator[LogGuard]:
    """Fail a test that logs a warning or worse without having announced it through `expect_log`."""
    guard = LogGuard()
    logging.getLogger().addHandler(guard)
    yield guard
    logging.getLogger().removeHandler(guard)
    if problems := guard.problems():
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def expect_log(log_guard: LogGuard) -> LogGuard:
    """Return a function: `expect_log("pattern")` announces a warning that the test provokes; `.records` has them."""
    return log_guard


@pytest.fixture(autouse=True)
def collects_between(request: pytest.FixtureRequest) -> None:
    """Collect garbage between tests alone where these have windows, in the window's thread.

    Python would collect in whichever thread allocates; a worker that takes parts of a window away waits for Qt, while
    the window waits for it. And it would empty parts of a window that Qt has not deleted yet: those of the test before
    are gone when this begins.
    """
    if "qapp" not in request.fixturenames:
        if not gc.isenabled():
            gc.collect()
            gc.enable()
        return
    request.getfixturevalue("qapp")
    gc.disable()
    young, middle, old = gc.get_count()
    if young > _MANY:
        gc.collect(2 if old > _OFTEN else 1 if middle > _OFTEN else 0)


_MANY, _OFTEN = 700, 10
"""Python's own measure of when to collect, and how far."""


@pytest.fixture(autouse=True)
def no_stray_exception() -> Iterator[None]:
    """Fail a test during which an exception reached the last resort of the main thread or of another one."""
    seen: list[str] = []

    def record(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        seen.append(f"{kind.__name__}: {error}")

    def record_thread(args: threading.ExceptHookArgs) -> None:
        seen.append(f"in {args.thread}: {args.exc_type.__name__}: {args.exc_value}")

    hooks = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = record, record_thread
    yield
    sys.excepthook, threading.excepthook = hooks
    if seen:
        pytest.fail("an exception went unhandled: " + "; ".join(seen), pytrace=False)


@pytest.fixture(autouse=True)
def no_leftover_thread() -> Iterator[None]:
    """Fail a test whose threads outlive it by more than a second."""
    before = set(threading.enumerate())
    yield
    patience = time.monotonic() + 1
    left = _threads_since(before)
    while left and time.monotonic() < patience:
        left[0].join(0.05)
        left = _threads_since(before)
    if left:
        pytest.fail(f"threads outlive the test: {left}", pytrace=False)


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    # "Dummy" stands for a thread of Qt's own that once called Python; Qt keeps those for reuse.
    return [one for one in threading.enumerate() if one not in before and not one.name.startswith("Dummy-")]


@pytest.fixture(autouse=True)
def no_leftover_window() -> Iterator[None]:
    """Fail a test whose top-level widgets outlive it; tests without Qt pay nothing."""
    before = _windows()
    yield
    left = [one for one in _windows() if one not in before]
    if left:
        gc.collect()  # a reference cycle in the test itself is no leak of ours
        left = [one for one in _windows() if one not in before]
    if left:
        names = [f"{type(one).__name__} {one.objectName()!r}" for one in left]
        for one in left:  # or every later test would carry them along
            one.deleteLater()
        _windows()
        pytest.fail(f"windows outlive the test: {', '.join(names)}", pytrace=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Hold on to the windows of a test until Qt has deleted them.

    pytest-qt knows them weakly. Once the last fixture has let one go, Python's collector could come first, which
    empties the parts of a window before Qt sends those their last events.
    """
    kept = [known() for known, _before in getattr(item, "qt_widgets", ())]
    yield
    kept.clear()


def _windows() -> list:  # type: ignore[type-arg]  # of QWidget, which is not imported for its own sake
    qt = sys.modules.get("PySide6.QtWidgets")
    if qt is None or qt.QApplication.instance() is None:
        return []
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return list(qt.QApplication.topLevelWidgets())


# --- what costs much on purpose --------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _slow_passphrases() -> Iterator[Callable[[bytes, str], bytes]]:
    """Let the age library's passphrases cost little: each takes a second and a quarter of a gigabyte on purpose."""
    import pyrage  # only here: most of the program does without

    slow = pyrage.passphrase.encrypt
    pyrage.passphrase.encrypt = cheap_age.encrypt
    yield slow
    pyrage.passphrase.encrypt = slow


@pytest.fixture
def slow_passphrases(_slow_passphrases: Callable[[bytes, str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase cost in this test what it costs everybody."""
    monkeypatch.setattr("pyrage.passphrase.encrypt", _slow_passphrases)


@pytest.fixture(scope="module", autouse=True)
def _forgotten_statements() -> Iterator[None]:
    """Forget the statements that SQLAlchemy keeps for every database it was ever on.

    Its mappers stay as long as the process and keep a hundred statements each, with all that they are for: over
    thousands of tests, each on a database of its own, that came to more than a gigabyte.
    """
    yield
    schema = sys.modules.get("observe_app.store.schema")
    for mapper in schema.Base.registry.mappers if schema is not None else ():
        mapper._compiled_cache.clear()  # noqa: SLF001 - there is no other way to it


# --- shared fixtures -------------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that moves only when told: Tuesday 10 March 2026, 09:05 UTC."""
    return FakeClock()


@pytest.fixture(scope="session")
def _blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one empty database a session; copying it is ten times faster than making it."""
    folder = tmp_path_factory.mktemp("blank")
    close(wire_core(folder, protect_new=_SEALED))
    return folder / "observe.sqlite"


@pytest.fixture
def data_folder(tmp_path: Path, _blank_database: Path) -> Path:
    """Return a data folder with an empty database."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(_blank_database, folder / "observe.sqlite")
    account = _blank_database.with_name("identity.id")
    if account.exists():
        shutil.copy(account, folder)
    return folder


@pytest.fixture
def core(data_folder: Path, clock: FakeClock) -> Iterator[Core]:
    """Return the real services on a real store in a temporary folder, under the fake clock."""
    opened = wire_core(data_folder, clock=clock, ids=Ids(clock))
    yield opened
    close(opened)


@pytest.fixture(scope="session")
def _prepared_school(tmp_path_factory: pytest.TempPathFactory) -> Prepared[School]:
    """Make three laptops in a shared folder once; that takes some twenty commands."""
    from tests.laptops import Prepared  # only for those that share
    from tests.test_sync_two import School  # the same

    return Prepared(tmp_path_factory.mktemp("school"), School)


@pytest.fixture
def school(_prepared_school: Prepared[School]) -> School:
    """Return an observer, a teacher and a coach, each with a laptop, who share a folder, and a visit of theirs."""
    return _prepared_school.again()

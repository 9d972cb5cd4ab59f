#!/usr/bin/env python3
"""Set up, start and check Observe with nothing but Python 3.11 or newer (on Windows: `py run.py ...`).

    python3 run.py                 sets itself up on first use, then opens the window
    python3 run.py visit list      whatever follows reaches the command line
    python3 run.py test [ARGS]     every check there is; with ARGS only pytest, with them
    python3 run.py bench NAME      one measurement
    python3 run.py bundle          a folder in dist/ that starts on a machine without Python; --check starts it once
    python3 run.py lock            pins the requirements again (--upgrade: to the newest allowed)

Everything goes into `.venv` beside this file; deleting that folder undoes it.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
CACHE = HERE / ".cache"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

Env = dict[str, str]

# What Qt's wheels expect of a Linux system: library -> Debian's package.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
# Programs that the checks use when they are there: program -> Debian's package.
TEST_PROGRAMS = {"Xvfb": "xvfb", "qpdf": "qpdf", "pdftotext": "poppler-utils"}

# Words of the command line that show something in Qt; every other one works without a screen and Qt's libraries.
SHOWS_WINDOW = ("demo",)


class SetupError(Exception):
    """Something that the user can mend; its text is the whole message."""


# --- the system's libraries ------------------------------------------------------------------------------------------


def is_missing(library: str) -> bool:
    """Tell whether the system's loader cannot find a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def screen_answers(env: Env) -> bool:
    """Tell whether a window can be shown: always on Windows and macOS, by asking the display server on Linux."""
    if not LINUX or env.get("WAYLAND_DISPLAY") or env.get("QT_QPA_PLATFORM"):
        return True
    if not env.get("DISPLAY"):
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True  # not known yet; the library comes with those that are installed next
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(env["DISPLAY"].encode())
    if display:
        x11.XCloseDisplay(display)
    return bool(display)


def libraries_for(env: Env) -> dict[str, str]:
    """Return what Qt needs for the platform that it will choose in this environment."""
    if not LINUX:
        return {}
    wanted = dict(QT_LIBRARIES)
    platform = env.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform == "xcb" or (not platform and env.get("DISPLAY")):
        wanted |= X_LIBRARIES
    if platform == "wayland" or (not platform and env.get("WAYLAND_DISPLAY")):
        wanted |= WAYLAND_LIBRARIES
    return wanted


def is_debian() -> bool:
    """Tell whether this system installs its packages with apt."""
    return LINUX and shutil.which("apt-get") is not None


def is_root() -> bool:
    """Tell whether packages can be installed without asking anyone."""
    return not WINDOWS and os.geteuid() == 0


def need(libraries: dict[str, str], programs: dict[str, str] | None = None) -> None:
    """Install what is missing of these and for the set-up itself, or stop with the one line to type."""
    missing = [library for library in libraries if is_missing(library)]
    packages = [libraries[library] for library in missing]
    packages += [package for program, package in (programs or {}).items() if shutil.which(program) is None]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python3.{sys.version_info.minor}-venv")  # Debian and Ubuntu keep it apart
    if packages:
        need_packages(packages, missing)


def need_packages(packages: Sequence[str], libraries: Sequence[str]) -> None:
    """Install Debian packages when we may; else say what to type. `libraries` are their names for other systems."""
    if not (is_debian() and is_root()):
        raise SetupError(advice(packages, libraries))
    print(f"Installing what this system lacks: {' '.join(packages)}", file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    with tempfile.TemporaryFile() as log:
        codes = [
            subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False).returncode
            for command in (["apt-get", "update", "-q"], install)
        ]
        if codes[-1] or any(is_missing(library) for library in libraries):
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace")[-2000:])
            raise SetupError("The packages could not be installed (see above). By hand:\n  " + " ".join(install))


def advice(packages: Sequence[str], libraries: Sequence[str]) -> str:
    """Return the line that installs what is missing, in the words of this system."""
    if is_debian():
        line = "apt-get install -y " + " ".join(packages)
    elif libraries and (tool := shutil.which("dnf") or shutil.which("zypper")):
        line = f"{Path(tool).name} install " + " ".join(f"'{library}()(64bit)'" for library in libraries)
    else:
        names = ", ".join(libraries or packages)
        return (
            f"Some parts of the system are missing: {names}.\nInstall them with your package manager, then try again."
        )
    return "Some system packages are missing. Install them with:\n  " + ("" if is_root() else "sudo ") + line


# --- the virtual environment -----------------------------------------------------------------------------------------


def set_up(kind: str) -> None:
    """Make `.venv` hold what requirements/`kind`.txt lists; nothing is done when it does already.

    A set-up that was interrupted leaves `.busy` behind and is begun anew: half a library may look whole to pip.
    """
    requirements = HERE / "requirements" / f"{kind}.txt"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if is_ready(kind, wanted):
        return
    with only_one_set_up():
        if is_ready(kind, wanted):  # another start did it while this one waited
            return
        busy = VENV / ".busy"
        if busy.exists() or read(VENV / ".made") != sys.implementation.cache_tag or not PYTHON.exists():
            make_venv()
        busy.touch()
        install(requirements)
        (VENV / f".ready-{kind}").write_text(wanted, encoding="utf-8")
        busy.unlink()


def is_ready(kind: str, wanted: str) -> bool:
    """Tell whether `.venv` holds exactly these requirements for this version of Python."""
    return (
        read(VENV / f".ready-{kind}") == wanted
        and read(VENV / ".made") == sys.implementation.cache_tag
        and not (VENV / ".busy").exists()
        and PYTHON.exists()
    )


def make_venv() -> None:
    """Make an empty `.venv` which finds our package through a relative path, so that the folder can be moved."""
    print("Setting up (first start only, downloads about 170 MB) ...", file=sys.stderr, flush=True)
    run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], "The virtual environment could not be made.")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run(
        [str(PYTHON), "-c", ask], env=clean_env(), check=True, capture_output=True, text=True
    ).stdout.strip()
    (Path(site) / "observe_checkout.pth").write_text(os.path.relpath(HERE, site) + "\n", encoding="utf-8")
    (VENV / ".made").write_text(sys.implementation.cache_tag or "", encoding="utf-8")


def install(requirements: Path) -> None:
    """Install pinned requirements, each file checked against its hash."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    run_quietly(
        [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(requirements)],
        "The libraries could not be installed (the lines above say why). Without a network connection they cannot be\n"
        "downloaded; with one, the same command again goes on. Windows 10, macOS 13, Debian 12, Ubuntu 22.04 or newer\n"
        "are needed.",
    )


def run_quietly(command: Sequence[str], problem: str) -> None:
    """Run one step of the set-up; its own output goes to stderr, so that `--json` stays clean."""
    try:
        subprocess.run(command, env=clean_env(), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(problem) from error


def clean_env() -> Env:
    """Return the environment without what would lead Python or pip elsewhere."""
    env = dict(os.environ)
    # Without compiled files our own modules alone cost 180 ms more at every start.
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"):
        env.pop(name, None)
    return env


@contextlib.contextmanager
def only_one_set_up() -> Iterator[None]:
    """Let a second start wait until the first has finished setting up."""
    with Path(__file__).open("rb") as lock:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            lock.seek(1 << 30)  # far behind the text, which must stay readable
            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(path: Path) -> str:
    """Return a small file's text, empty when there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


# --- running ---------------------------------------------------------------------------------------------------------


def hand_over(command: Sequence[str], env: Env) -> NoReturn:
    """Become another program; its exit status is ours."""
    if WINDOWS:
        sys.exit(call(command, env))
    os.execve(command[0], list(command), env)  # noqa: S606 - no shell is wanted


def call(command: Sequence[str], env: Env, *, cwd: Path | None = None) -> int:
    """Run a program to its end and return its exit status, 128 + n after signal n."""
    sys.stdout.flush()
    code = None
    with subprocess.Popen(command, env=env, cwd=cwd) as process:
        while code is None:
            with contextlib.suppress(KeyboardInterrupt):  # the program gets it too, and decides
                code = process.wait()
    return 128 - code if code < 0 else code


# --- commands --------------------------------------------------------------------------------------------------------


def first_word(arguments: Sequence[str]) -> str | None:
    """Return the command among the arguments; None when the window itself is asked for."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--data":
            next(rest, None)
        elif argument in {"-h", "--help", "--version"} or not argument.startswith("-"):
            return argument
    return None


def start(arguments: Sequence[str]) -> NoReturn:
    """Open the window, or pass the arguments to the command line."""
    env = clean_env()
    arguments = list(arguments)
    word = first_word(arguments)
    libraries = {}
    if word is None or word in SHOWS_WINDOW:
        if not screen_answers(env):
            if not arguments:
                print("No screen here, so this records the sample visit without one.", file=sys.stderr, flush=True)
                arguments = ["demo", "--headless"]
            elif word is None:
                raise SetupError("No screen here: neither DISPLAY nor WAYLAND_DISPLAY leads to one.")
            env["QT_QPA_PLATFORM"] = "offscreen"
        libraries = libraries_for(env)
    need(libraries)
    set_up("app")
    hand_over([str(PYTHON), "-P", "-m", "observe_app", *arguments], env)


def test(arguments: Sequence[str]) -> int:
    """Run every check and return 1 when one failed; with arguments only pytest with them."""
    env = prepare_tests()
    what = ["pytest", *arguments] if arguments else ["tests.checks"]
    return call([str(PYTHON), "-m", *what], env, cwd=HERE)


def prepare_tests() -> Env:
    """Set up what the checks need and return their environment; extras of the system only where we may install them."""
    if is_debian() and is_root():
        need(QT_LIBRARIES | X_LIBRARIES, TEST_PROGRAMS)
    else:
        need(QT_LIBRARIES if LINUX else {})
    set_up("test")
    return clean_env()


def bench(arguments: Sequence[str]) -> int:
    """Run one measurement of tests/benches."""
    env = clean_env()
    if not screen_answers(env):
        env["QT_QPA_PLATFORM"] = "offscreen"
    need(libraries_for(env))
    set_up("test")
    return call([str(PYTHON), "-m", "tests.benches", *arguments], env, cwd=HERE)


def lock(arguments: Sequence[str]) -> int:
    """Pin what pyproject.toml asks for, for every system, with hashes and without the name of any host."""
    need({})
    set_up("lock")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate"]
    options += ["--quiet", "--custom-compile-command", "python3 run.py lock", *arguments]
    sources = {
        "app": ["pyproject.toml"],
        "test": ["pyproject.toml", "--group", "test", "--constraints", "requirements/app.txt"],
        "lock": ["--group", "pyproject.toml:lock"],
    }
    for kind, source in sources.items():
        command = [str(PYTHON), "-m", "uv", "pip", "compile", *options, *source, "-o", f"requirements/{kind}.txt"]
        if code := call(command, clean_env(), cwd=HERE):
            return code
    return 0


# --- the bundle ------------------------------------------------------------------------------------------------------

# Left out of the bundle: ReportLab's own fonts (ours are embedded), GTK, which Qt loads for GNOME's dialogs only, and
# plugins that come with the extra for films: a keyboard on the screen, which brings all of Qt Quick, and PDF pictures.
UNWANTED = (
    "observe_app/**/__pycache__",
    "reportlab/fonts",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "PySide6/Qt/plugins/imageformats/libqpdf.so",
    *(f"PySide6/Qt/lib/libQt6{name}*" for name in ("Pdf", "Quick", "Qml", "VirtualKeyboard")),
    *(f"lib{name}*" for name in ("gtk-3", "gdk-3", "gdk_pixbuf", "atk", "atspi", "pango", "cairo", "pixman", "epoxy")),
)


def bundle(arguments: Sequence[str]) -> int:
    """Make dist/observe-app, a folder that starts without Python; `--check` starts it once."""
    if LINUX:
        own = f"libpython3.{sys.version_info.minor}"  # a package of its own on Debian
        need({f"{own}.so.1.0": own} if sys.base_prefix == "/usr" else {}, {"objdump": "binutils"})
    env = prepare_tests()
    work = CACHE / "bundle"
    work.mkdir(parents=True, exist_ok=True)
    launcher = work / "observe-app.py"
    launcher.write_text("import sys\n\nfrom observe_app.__main__ import main\n\nsys.exit(main())\n", encoding="utf-8")
    command = [str(PYTHON), "-m", "PyInstaller", *bundle_options(work), str(launcher)]
    if code := call(command, env, cwd=HERE):
        return code
    folder = HERE / "dist" / "observe-app"
    for pattern in UNWANTED:
        for path in list((folder / "_internal").glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    program = folder / ("observe-app.exe" if WINDOWS else "observe-app")
    print(f"{program}\n{size / 1e6:.0f} MB in {folder}; the folder can be copied anywhere as a whole.", flush=True)
    check = [str(PYTHON), "-m", "tests.checks", "--bundle", str(program)]
    return call(check, env, cwd=HERE) if "--check" in arguments else 0


def bundle_options(work: Path) -> list[str]:
    """Return PyInstaller's options: our data where observe_app.paths finds it, migrations as files, licences of all."""
    data = {
        "forms": "observe_app/_data/forms",
        "resources": "observe_app/_data/resources",
        "LICENSE": "observe_app/_data",
        "observe_app/store/migrations": "observe_app/store/migrations",  # Alembic loads them as files
    }
    options = ["--noconfirm", "--clean", "--log-level", "WARN", "--onedir", "--name", "observe-app"]
    options += ["--distpath", str(HERE / "dist"), "--workpath", str(work), "--specpath", str(work)]
    options += ["--collect-submodules", "observe_app", "--paths", str(HERE)]
    # Films and Parquet are extras: the bundle goes without what the tests have for them.
    for module in ("tkinter", "tests", "PySide6.QtMultimedia", "PySide6.QtMultimediaWidgets", "pyarrow", "scipy"):
        options += ["--exclude-module", module]
    if WINDOWS:
        options += ["--hide-console", "hide-early"]  # the command line needs one, the window does not
    for source, target in data.items():
        options += ["--add-data", f"{HERE / source}:{target}"]
    # Twelve words are chosen from a list; the keyring finds the system's own by name.
    options += ["--collect-data", "mnemonic", "--collect-submodules", "keyring.backends"]
    for name in distributions():
        options += ["--copy-metadata", name]
    return options


def distributions() -> list[str]:
    """Return the libraries of requirements/app.txt that this system has; their licences go into the bundle."""
    lines = (HERE / "requirements" / "app.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if re.match(r"[a-z0-9._-]+==", line)]
    elsewhere = ("linux",) if WINDOWS else ("win32",) if sys.platform == "linux" else ("win32", "linux")
    return [
        line.split("==")[0]
        for line in pins
        if not any(f"sys_platform == '{system}'" in line and " or " not in line for system in elsewhere)
        and not ("python_full_version < '3.12'" in line and sys.version_info >= (3, 12))
    ]


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this very file is where an older Python is told so
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    commands: dict[str, Callable[[Sequence[str]], int]] = {"test": test, "bundle": bundle, "bench": bench, "lock": lock}
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        start(arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Setting up failed: {error}. {HERE} must be writable and have 500 MB free.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

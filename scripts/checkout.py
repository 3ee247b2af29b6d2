"""Makes a checkout ready to run: a virtual environment in .venv with the pinned packages, the compiled catalogues, and the
table of characters.

Standard library only; a second call finds everything in place and is quick.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)


def ready(requirements: str) -> Path:
    """The environment's Python, with `requirements` (a name in requirements/) and outreach itself installed."""
    if sys.version_info < OLDEST:
        raise SystemExit(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _make_environment()
    _install(python, requirements)
    _compile_catalogues(python)
    _make_characters(python)
    run(python, "-m", "compileall", "-q", ROOT / "src")  # the first start is as quick as the second
    return python


def step(text: str) -> None:
    """Says what is being done."""
    print(f"· {text}", flush=True)


def run(*command: object) -> int:
    """Runs a command in the checkout and returns its exit status."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


def _make_environment() -> None:
    step("making a virtual environment in .venv")
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    except subprocess.CalledProcessError:
        raise SystemExit("This Python has no ensurepip (on Debian: install python3-venv), so no .venv can be made.") from None


def _install(python: Path, requirements: str) -> None:
    pinned = ROOT / "requirements" / requirements
    wanted = hashlib.sha256(pinned.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    mark = ENVIRONMENT / f"installed-{pinned.stem}"
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    step(f"installing the packages of requirements/{requirements} (once; a minute or two)")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if run(*pip, "-r", pinned) or run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT):
        raise SystemExit("The packages could not be installed; pip says above why. A network or a package mirror is needed.")
    mark.write_text(wanted, encoding="ascii")


def _compile_catalogues(python: Path) -> None:
    for source in ROOT.glob("src/outreach/locales/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            step(f"compiling {source.relative_to(ROOT)}")
            if run(python, ROOT / "scripts" / "build" / "catalogues.py"):
                raise SystemExit("The catalogue could not be compiled; the reason stands above.")


def _make_characters(python: Path) -> None:
    source = ROOT / "scripts" / "build" / "characters.py"
    target = ROOT / "src" / "outreach" / "characters.dat"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        step("making the table of Chinese characters")
        if run(python, source):
            raise SystemExit("The table could not be made; the reason stands above.")

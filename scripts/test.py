"""Sets up this checkout and runs every check: lint, format, types, layers, tests. Extra words go to pytest.

python3 scripts/test.py [pytest's words]
"""

import sys

from checkout import ready, run, step

CHECKS = {
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "layers": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "tests": ("-m", "pytest", "-n", "auto"),
}


def main(words: list[str]) -> int:
    """The number of checks that failed."""
    python = ready("dev.txt")
    failed = []
    for name, command in CHECKS.items():
        step(f"{name}: python {' '.join(command)}")
        if run(python, *command, *(words if name == "tests" else ())):
            failed.append(name)
    print("FAILED: " + ", ".join(failed) if failed else "All checks passed.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

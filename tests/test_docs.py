"""The documents are true: what they print is what the commands print, and what they link to is there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh.md"]
DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])


@pytest.mark.skipif(os.name == "nt", reason="the documents show a POSIX shell and a pseudo-terminal")
@pytest.mark.parametrize("name", READMES)
def test_what_a_readme_prints_is_what_the_commands_print(name: str) -> None:
    command = [sys.executable, "-m", "cogapp", "--check", "--diff", "-I", "scripts/docs", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def test_the_two_readmes_have_the_same_sections_and_commands() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert re.findall(r"^python3 .*$", english, re.M) == re.findall(r"^python3 .*$", chinese, re.M)
    assert len(re.findall(r"^\$ outreach", english, re.M)) == len(re.findall(r"^\$ outreach", chinese, re.M))


def test_no_registry_and_no_path_of_a_machine_is_named() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = re.compile(r"pypi\.(org|python)|files\.pythonhosted|registry\.npmjs|/root/|/home/\w+/|index-url", re.IGNORECASE)
    texts = {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in tracked if (ROOT / name).is_file()}
    assert [name for name, text in texts.items() if named.search(text) and name != "tests/test_docs.py"] == []

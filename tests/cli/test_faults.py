"""What can go wrong with the database, the disk, the settings and the console: a sentence, exit 1, and nothing is lost.

Everything is real: a second process that holds the lock, a read-only mount, a disk of one megabyte, a console in GBK.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from outreach.domain.change import Draft
from outreach.store.connection import FILE, SCHEMA, open_database
from outreach.store.journal import record
from tests.conftest import Laptop, Ran

posix = pytest.mark.skipif(os.name == "nt", reason="made with POSIX means")
linux = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
READING = [("list",), ("find", "lwcs"), ("show", "老王超市"), ("history",), ("due",), ()]
WRITING = [("visit", "老王超市", "signed-up"), ("tag", "老王超市", "有冷柜"), ("merchant", "add", "小面"), ("undo",)]
ALL = [*READING, *WRITING]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a laptop with one shop, visited once, and a follow-up due today."""
    laptop = Laptop(tmp_path_factory.mktemp("template") / "home")
    laptop.shop("老王超市", "pending", "--follow-up", "today")
    return laptop.home


@pytest.fixture
def used(laptop: Laptop, template: Path) -> Laptop:
    """Such a laptop, to be damaged."""
    shutil.copytree(template, laptop.home)
    return laptop


def database(laptop: Laptop) -> Path:
    """The database file."""
    return laptop.home / FILE


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def refused(laptop: Laptop, *words: str, **env: str) -> Ran:
    """Run it; insist on exit 1, one sentence for people, and nothing else."""
    ran = laptop.run(*words, code=1, **env)
    assert ran.out == ""
    assert re.fullmatch(r"[^\n]{20,}\n", ran.err), ran.err
    assert not re.search(r"Error|sqlite|Errno|\[Err", ran.err.replace(str(laptop.home), "")), ran.err
    return ran


def at_once(laptop: Laptop, *commands: tuple[str, ...]) -> list[Ran]:
    """Run several commands side by side."""
    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(lambda words: laptop.process(*words, code=None), commands))


# Locked by another program

HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Another process has the database locked; it lets go at the end."""
    command = [sys.executable, "-c", HOLDER, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.communicate()


def test_while_another_program_writes_nothing_is_recorded_and_everything_can_be_read(used: Laptop) -> None:
    before = used.json("history")
    with held(database(used), "BEGIN IMMEDIATE"):
        outcomes = at_once(used, *WRITING)
        assert {ran.code for ran in outcomes} == {1}
        assert all("Another program is holding" in ran.err and ran.out == "" for ran in outcomes)
        for words in READING:
            assert "老王超市" in used.run(*words).out
    assert used.json("history") == before
    assert used.run("visit", "老王超市", "signed-up").out == "Recorded: 老王超市 · signed up\n"


def test_a_first_start_while_another_program_holds_the_new_file(laptop: Laptop) -> None:
    laptop.home.mkdir(mode=0o700)
    with held(database(laptop), "BEGIN EXCLUSIVE"):
        outcomes = at_once(laptop, ("list",), ("visit", "老王超市", "pending", "--new"))
        assert [(ran.code, ran.out) for ran in outcomes] == [(1, ""), (1, "")]
        assert all("Another program is holding" in ran.err for ran in outcomes)
    laptop.shop("老王超市")
    assert laptop.json("doctor")["ok"]


# Read-only


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """A folder or file that cannot be written: by its mode, or, for root, by a read-only mount of it."""
    if os.geteuid() == 0:
        _mount("--bind", str(path), str(path))
        try:
            _mount("-o", "remount,bind,ro", str(path))
            yield
        finally:
            subprocess.run(["umount", str(path)], check=True)
        return
    mode = path.stat().st_mode
    path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        path.chmod(mode)


def _mount(*words: str) -> None:
    if shutil.which("mount") is None or subprocess.run(["mount", *words], capture_output=True, check=False).returncode:
        pytest.skip("root ignores modes, and may not mount here")


@posix
@pytest.mark.parametrize("what", ["folder", "file"])
@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_what_cannot_be_written_is_said(used: Laptop, what: str, words: tuple[str, ...]) -> None:
    before = database(used).read_bytes()
    with read_only(used.home if what == "folder" else database(used)):
        ran = refused(used, *words)
        assert "cannot be written to" in ran.err or "cannot be opened" in ran.err
    assert database(used).read_bytes() == before
    used.run(*words)


@posix
@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_from_a_read_only_disk_shows_or_says(used: Laptop, words: tuple[str, ...]) -> None:
    with read_only(used.home):
        ran = used.run(*words, code=None)
        assert (ran.code, "老王超市" in ran.out) == (0, True) or (ran.code, ran.out) == (1, "")


@posix
def test_a_first_start_on_a_read_only_disk(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "disk" / "home")
    (tmp_path / "disk").mkdir()
    with read_only(tmp_path / "disk"):
        refused(laptop, "visit", "老王超市", "pending", "--new")
        refused(laptop, "settings", "worker", "林晓")
    assert list((tmp_path / "disk").iterdir()) == []


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(place: Path, *, leaving: int = 0) -> Path:
    """Fill the disk to its last byte but so many, and say with what."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    os.truncate(ballast, ballast.stat().st_size - leaving)
    return ballast


def test_a_full_disk_loses_nothing_that_was_confirmed(small_disk: Path) -> None:
    laptop = Laptop(small_disk / "home")
    laptop.shop("老王超市", "pending")
    ballast = fill(small_disk)
    before = database(laptop).read_bytes()
    for words in WRITING:
        ran = refused(laptop, *words)
        assert "is full" in ran.err, ran.err
    assert database(laptop).read_bytes() == before
    ballast.unlink()
    (visit,) = laptop.json("show", "老王超市")["visits"]
    assert visit["outcome"] == "pending"
    assert laptop.json("doctor")["ok"]
    laptop.run("visit", "老王超市", "signed-up")


@pytest.mark.parametrize("leaving", [4096, 40_960, 65_536, 131_072])
def test_a_disk_that_fills_up_while_writing_keeps_all_or_nothing(small_disk: Path, leaving: int) -> None:
    laptop = Laptop(small_disk / "home")
    laptop.shop("老王超市", "pending")
    ballast = fill(small_disk, leaving=leaving)
    confirmed = 0
    for _ in range(12):
        ran = laptop.run("visit", "老王超市", "refused", "--note", "聊" * 6_000, code=None)
        assert (ran.code, ran.out[:8]) == (0, "Recorded") or (ran.code, ran.out) == (1, "")
        confirmed += ran.code == 0
    assert ran.code == 1, "the disk never filled up"
    ballast.unlink()
    assert laptop.json("list")["merchants"][0]["visits"] == 1 + confirmed
    assert laptop.json("doctor")["ok"]


def test_a_first_start_on_a_full_disk(small_disk: Path) -> None:
    laptop = Laptop(small_disk / "home")
    ballast = fill(small_disk)
    assert "full" in refused(laptop, "visit", "老王超市", "pending", "--new").err
    assert "full" in refused(laptop, "settings", "worker", "林晓").err
    ballast.unlink()
    laptop.shop("老王超市")
    assert laptop.json("doctor")["ok"]


# Damaged, or not a database


def plain_text(path: Path) -> None:
    path.write_text("老王超市, pending\n" * 500, encoding="utf-8")


def somebody_elses(path: Path, version: int) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)")
        db.execute("INSERT INTO moz_places (url) VALUES ('https://example.org')")
        db.execute(f"PRAGMA user_version = {version}")
    db.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()


def middle_overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(range(256)) * ((path.stat().st_size - 4096) // 256))


def header_overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 100)


DAMAGES = {
    "plain text": plain_text,
    "middle overwritten": middle_overwritten,
    "header overwritten": header_overwritten,
    "cut short": cut_short,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_damaged_database_is_said_to_be_one_and_left_as_it_is(used: Laptop, damage: str, words: tuple[str, ...]) -> None:
    DAMAGES[damage](database(used))
    before = files(used.home)
    ran = refused(used, *words)
    assert "damaged" in ran.err
    assert files(used.home) == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_doctor_names_the_damage(used: Laptop, damage: str) -> None:
    DAMAGES[damage](database(used))
    before = files(used.home)
    ran = used.run("doctor", code=1)
    assert "damaged" in ran.err or "file" in ran.out
    assert files(used.home) == before


@pytest.mark.parametrize("version", [0, 1, SCHEMA, SCHEMA + 1, 75])
@pytest.mark.parametrize("words", [("list",), ("visit", "老王超市", "pending", "--new"), ("doctor",)], ids=" ".join)
def test_somebody_else_s_database_is_not_touched(laptop: Laptop, version: int, words: tuple[str, ...]) -> None:
    """Other programs number their databases too; 1 and 2 are what most begin with."""
    laptop.home.mkdir()
    somebody_elses(database(laptop), version)
    before = files(laptop.home)
    refused(laptop, *words)
    assert files(laptop.home) == before


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_newer_database_is_refused_politely(used: Laptop, words: tuple[str, ...]) -> None:
    newer(database(used))
    before = files(used.home)
    ran = refused(used, *words)
    assert "newer outreach" in ran.err
    assert files(used.home) == before


def test_a_folder_in_the_database_s_place(laptop: Laptop) -> None:
    database(laptop).mkdir(parents=True)
    refused(laptop, "list")
    refused(laptop, "visit", "老王超市", "pending", "--new")


GARBLED = {  # SQLite does not notice when a byte within a text flips
    "journal": "UPDATE journal SET fields = '{' WHERE kind = 'visit'",
    "journal, another form": "UPDATE journal SET fields = '[]' WHERE kind = 'visit'",
    "journal, not UTF-8": "UPDATE journal SET fields = CAST(x'7bff7d' AS TEXT) WHERE kind = 'visit'",
    "visit": "UPDATE visit SET reasons = '[', visited_at = '?'",
    "tag": "UPDATE tag SET due = '0'",
    "merchant": "UPDATE merchant SET name = CAST(x'ff' AS TEXT)",
    "lookup": "UPDATE lookup SET pinyin = CAST(x'ff' AS TEXT)",
    "standing": "UPDATE standing SET visits = 7",
}


@pytest.mark.parametrize("words", [*READING, ("visit", "老王超市", "signed-up"), ("undo",)], ids=" ".join)
@pytest.mark.parametrize("what", GARBLED)
def test_a_text_that_was_garbled_in_place_leads_to_no_traceback(used: Laptop, words: tuple[str, ...], what: str) -> None:
    garble(used, what)
    assert used.run(*words, code=None).code in (0, 1)


@pytest.mark.parametrize("what", GARBLED)
def test_doctor_finds_what_was_garbled(used: Laptop, what: str) -> None:
    """And says in which table; where SQLite itself cannot read the text, that the database is damaged."""
    garble(used, what)
    ran = used.run("doctor", code=1)
    assert "NOT OK" in ran.out or "damaged" in ran.err
    if "UTF-8" not in what and "xff" not in GARBLED[what]:
        assert what.split(",")[0] in next(line for line in ran.out.splitlines() if "NOT OK" in line)


def garble(laptop: Laptop, what: str) -> None:
    """Change a text in the database behind the journal's back."""
    with sqlite3.connect(database(laptop)) as db:
        db.execute(GARBLED[what])
    db.close()


# Settings and the data folder

BROKEN = {
    "no toml": b"worker = ",
    "not closed": b'worker = "\xe6\x9e\x97',
    "gbk": 'worker = "林晓"'.encode("gbk"),
    "utf-16": 'worker = "林晓"'.encode("utf-16"),
    "binary": bytes(range(256)),
    "twice": b'worker = "a"\nworker = "b"',
    "number for a name": b"worker = 5",
    "list for a name": b"worker = []",
    "text for a table": b'reasons = "x"',
    "text for a reason": b'[reasons]\nwinter = "closed"',
    "number for a label": b"[reasons]\nwinter = {zh = 5}",
    "nul in a name": 'worker = "a\\u0000b"\n[reasons]\nwinter = {zh = "冬"}'.encode(),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_settings_are_said_to_be_broken_and_nothing_is_written(used: Laptop, broken: str) -> None:
    before = used.json("history")
    path = used.home / "settings.toml"
    path.write_bytes(BROKEN[broken])
    ran = used.run("visit", "老王超市", "pending", "--why", "winter", code=None)
    assert ran.code in (1, 2)
    assert "settings.toml" in ran.err
    for words in ((), ("list",), ("--help",)):
        ran = used.run(*words, code=None)
        assert ran.code == 0 or "settings.toml" in ran.err
    assert path.read_bytes() == BROKEN[broken]
    path.unlink()
    assert used.json("history") == before


def test_settings_that_a_windows_editor_saved_are_read(used: Laptop) -> None:
    """Notepad's “UTF-8 with BOM”, and its line ends."""
    (used.home / "settings.toml").write_bytes(b'\xef\xbb\xbfworker = "\xe6\x9e\x97\xe6\x99\x93"\r\n')
    used.run("visit", "老王超市", "pending")
    assert used.json("show", "老王超市")["visits"][0]["by"] == "林晓"


def test_a_settings_file_that_is_a_folder_or_cannot_be_read(used: Laptop) -> None:
    (used.home / "settings.toml").mkdir()
    ran = refused(used, "visit", "老王超市", "pending")
    assert "settings.toml" in ran.err
    assert "TOML" not in ran.err, "there is no line to mend"


@pytest.mark.parametrize("home", ["a file", "within a file", "nobody's", "a dead link", "too long"])
@pytest.mark.parametrize("words", ["list", "visit 老王超市 pending --new", "settings worker 林晓"])
def test_a_data_folder_that_cannot_be_one(tmp_path: Path, home: str, words: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "gone" / "folder")
    places = {
        "a file": tmp_path / "file",
        "within a file": tmp_path / "file" / "home",
        "nobody's": Path("~nobody-of-that-name/home"),
        "a dead link": tmp_path / "link",
        "too long": tmp_path / ("x" * 300),
    }
    ran = refused(Laptop(places[home]), *words.split())
    assert "OUTREACH_HOME" in ran.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_data_folder_with_a_chinese_name_and_spaces(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "我的 数据" / "[red]x")
    laptop.shop("老王超市")
    assert laptop.json("doctor")["ok"]


# The console


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop whose list is longer than any pipe holds."""
    laptop = Laptop(tmp_path_factory.mktemp("town") / "home")
    db = open_database(laptop.home)
    record(db, [Draft("merchant", f"m{n:04}", {"name": f"{n}号🍎水果店"}) for n in range(3_000)], now=1, label="made up")
    db.close()
    return laptop


def stream(laptop: Laptop, *words: str, **env: str) -> subprocess.Popen[bytes]:
    """A command whose output is a pipe of ours."""
    command = [sys.executable, "-m", "outreach", *words]
    return subprocess.Popen(command, env=laptop.env(**env), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", ["list", "list --json", "history --limit 3000", "find 水果"])
def test_a_reader_that_has_seen_enough_is_no_error(town: Laptop, words: str, buffered: str) -> None:
    """outreach list | head -1"""
    with stream(town, *words.split(), PYTHONUNBUFFERED=buffered) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 1)


@posix
@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_visit_whose_confirmation_nobody_reads_is_kept(used: Laptop, buffered: str) -> None:
    before = used.json("list")["merchants"][0]["visits"]
    with stream(used, "visit", "老王超市", "pending", PYTHONUNBUFFERED=buffered) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "Exception" not in said
    assert used.json("list")["merchants"][0]["visits"] == before + 1


def shell(laptop: Laptop, line: str, **env: str) -> Ran:
    """A line as typed into sh, `outreach` standing for the command."""
    line = line.replace("outreach", f"'{sys.executable}' -m outreach", 1)
    done = subprocess.run(["/bin/sh", "-c", line], env=laptop.env(**env), capture_output=True, check=False)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@linux
@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
@pytest.mark.parametrize("words", ["list", "list --json", "visit 老王超市 signed-up", "--help"])
def test_output_that_cannot_be_written_is_no_reason_to_say_that_nothing_was_recorded(
    used: Laptop, words: str, where: str, buffered: str
) -> None:
    before = used.json("list")["merchants"][0]["visits"]
    ran = shell(used, f"outreach {words} {where}", PYTHONUNBUFFERED=buffered)
    assert "Traceback" not in ran.err
    assert "Exception" not in ran.err
    assert "nothing was recorded" not in ran.err
    assert used.json("list")["merchants"][0]["visits"] == before + words.startswith("visit")


@posix
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_an_error_that_cannot_be_told_still_ends_with_its_code(used: Laptop, where: str) -> None:
    assert shell(used, f"outreach visit 没有的店 pending {where}").code == 1
    assert shell(used, f"outreach visit 老王超市 maybe {where}").code == 2


CONSOLES = ["gbk", "latin-1", "ascii"]
SHOWN = ["list", "show 0号🍎水果店", "--help", "visit --help", "history", "visit 没有的店 pending", "doctor"]


@pytest.mark.parametrize("encoding", CONSOLES)
@pytest.mark.parametrize("words", SHOWN)
def test_a_console_that_is_not_utf8_gets_what_it_can_show(town: Laptop, words: str, encoding: str) -> None:
    for lang in ("en", "zh"):
        with stream(town, *words.split(), PYTHONIOENCODING=encoding, PYTHONUTF8="0", OUTREACH_LANG=lang) as process:
            out, err = process.communicate()
        assert b"Traceback" not in err
        assert process.returncode == (1 if "没有的店" in words else 0)
        assert (out + err).decode("utf-8" if encoding == "ascii" else encoding)  # Typer's own pages answer ASCII in UTF-8
    if encoding == "gbk" and words == "list":
        assert "0号?水果店" in out.decode("gbk")


@pytest.mark.parametrize("encoding", CONSOLES)
@pytest.mark.parametrize("words", ["list", "show 0号🍎水果店", "history", "doctor"])
def test_json_is_utf8_whatever_the_console(town: Laptop, words: str, encoding: str) -> None:
    with stream(town, *words.split(), "--json", PYTHONIOENCODING=encoding) as process:
        out, err = process.communicate()
    assert err == b""
    document = json.loads(out.decode("utf-8"))
    assert "🍎" in out.decode("utf-8") or words == "doctor"
    assert document["format"].startswith("outreach/")

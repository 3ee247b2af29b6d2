"""What `outreach sync` tells and asks, in both languages: what people read, and the command that they copy."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from outreach.sync.folder import Folder
from outreach.sync.segment import Place
from tests.conftest import Laptop
from tests.sync.strangers import line, made

pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

ENTER = "\r"
NINE = "2026-11-24T09:00:00+08:00"
PUT_BACK = {"en": "to put it back: ", "zh": "要改用没用上的那个："}


def named(home: Path, worker: str) -> Laptop:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text(f'laptop = "{home.name}"\nworker = "{worker}"\n', encoding="utf-8")
    return Laptop(home)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return tmp_path / "share"


@pytest.fixture
def pair(tmp_path: Path, share: Path) -> tuple[Laptop, Laptop]:
    """Two laptops that share 老王超市."""
    fang, lin = named(tmp_path / "fang", "王芳"), named(tmp_path / "lin", "林晓")
    fang.shop("老王超市", "pending", "--phone", "13800000000")
    fang.run("sync", share, "--init")
    lin.run("sync", share)
    return fang, lin


def both_edit(fang: Laptop, lin: Laptop, mine: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """Each does something without knowing of the other; Lin, whose value stands, an hour later and shares first."""
    fang.now, lin.now = "2026-11-24T14:00:00+08:00", "2026-11-24T15:00:00+08:00"
    fang.run(*mine)
    lin.run(*theirs)
    lin.run("sync")


def put_back_of(text: str, lang: str) -> list[str]:
    """The words of the one command that was printed."""
    (command,) = re.findall(re.escape(PUT_BACK[lang]) + "(outreach .*)", text)
    return shlex.split(command)[1:]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            [
                "Two values met: merchant 老王超市, phone",
                "  stands    13899992222  (林晓, lin, 2026-11-24 15:00)",
                "  gave way  13811110000  (王芳, this laptop, 2026-11-24 14:00)",
            ],
        ),
        (
            "zh",
            [
                "两边记得不一样：商户 老王超市，电话",
                "  现用    13899992222  (林晓、lin、2026-11-24 15:00)",
                "  没用上  13811110000  (王芳、本机、2026-11-24 14:00)",
            ],
        ),
    ],
)
def test_a_disagreement_shows_both_values_and_one_command_puts_the_other_back(
    pair: tuple[Laptop, Laptop], lang: str, said: list[str]
) -> None:
    fang, lin = pair
    fang.lang = lang
    edit = ("merchant", "edit", "老王超市", "--phone")
    both_edit(fang, lin, (*edit, "13811110000"), (*edit, "13899992222"))
    out = fang.run("sync").out
    assert "\n".join(said) in out
    assert fang.json("show", "老王超市")["merchant"]["phone"] == "13899992222"
    fang.run(*put_back_of(out, lang))
    assert fang.json("show", "老王超市")["merchant"]["phone"] == "13811110000"
    fang.run("sync")
    told = lin.run("sync").out
    assert "Two values" not in told, "an answer to what was seen is no disagreement"
    assert lin.json("show", "老王超市")["merchant"]["phone"] == "13811110000"


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("address", "皮村 '东' 街;3号", "西街"),
        ("hours", "", "8-22"),
        ("address", "--x", "西街"),
        ("landmark", '$HOME `x` "', "东"),
    ],
)
def test_what_people_typed_goes_through_the_printed_command_as_it_was(
    pair: tuple[Laptop, Laptop], field: str, mine: str, theirs: str
) -> None:
    fang, lin = pair
    fang.run("merchant", "edit", "老王超市", "--hours", "9-21")
    fang.run("sync")
    lin.run("sync")
    edit = ("merchant", "edit", "老王超市")
    both_edit(fang, lin, (*edit, f"--{field}={mine}"), (*edit, f"--{field}={theirs}"))
    fang.run(*put_back_of(fang.run("sync").out, "en"))
    assert fang.json("show", "老王超市")["merchant"].get(field) == (mine or None)


def test_a_removal_against_an_edit_is_told_and_can_be_taken_back(pair: tuple[Laptop, Laptop]) -> None:
    fang, lin = pair
    both_edit(fang, lin, ("merchant", "edit", "老王超市", "--phone", "13811110000"), ("merchant", "remove", "老王超市"))
    out = fang.run("sync").out
    assert "  gave way  a change of phone  (王芳, this laptop, 2026-11-24 14:00)" in out
    assert fang.json("list")["merchants"] == []
    fang.run(*put_back_of(out, "en"))
    assert fang.json("show", "老王超市")["merchant"]["phone"] == "13811110000"


def test_json_and_a_dry_run_say_the_same_of_a_disagreement(pair: tuple[Laptop, Laptop]) -> None:
    fang, lin = pair
    edit = ("merchant", "edit", "老王超市", "--phone")
    both_edit(fang, lin, (*edit, "13811110000"), (*edit, "13899992222"))
    rehearsed, done = fang.json("sync", "--dry-run"), fang.json("sync")
    assert rehearsed["disagreements"] == done["disagreements"]
    (found,) = done["disagreements"]
    assert (found["field"], found["stands"]["value"], found["gave_way"]["value"]) == ("phone", "13899992222", "13811110000")
    assert (found["stands"]["worker"], found["gave_way"]["laptop"]) == ("林晓", "this laptop")
    assert shlex.split(found["put_back"])[1:] == [*edit, "13811110000"]


def test_a_parents_phone_is_covered_in_a_disagreement_too(pair: tuple[Laptop, Laptop]) -> None:
    fang, lin = pair
    fang.run("parent", "add", "刘姐")
    for laptop in (fang, lin):
        laptop.run("sync")
    edit = ("parent", "edit", "刘姐", "--phone")
    both_edit(fang, lin, (*edit, "13811110000"), (*edit, "13899992222"))
    ran = fang.run("sync", "--json")
    assert "gave way" in ran.out
    assert "13811110000" not in ran.out
    assert "13899992222" not in ran.out


@pytest.mark.parametrize(
    ("lang", "now", "said"),
    [
        ("en", "2026-11-24T11:30:00+08:00", "The clock of lin runs 2 hours ahead. Please set it; no record is lost by it."),
        ("zh", "2026-11-24T11:30:00+08:00", "lin 的时钟快了 2 小时，请调准；记录不会因此丢失。"),
        ("en", "1970-01-02T00:00:00+08:00", "The clock of lin runs 5"),
        ("zh", "1970-01-02T00:00:00+08:00", "请调准；记录不会因此丢失。"),
        ("en", "2036-11-24T09:00:00+08:00", "The clock of lin runs 10 years ahead."),
    ],
)
def test_whose_clock_is_off_is_said_and_its_records_are_taken(
    pair: tuple[Laptop, Laptop], lang: str, now: str, said: str
) -> None:
    fang, lin = pair
    fang.lang, lin.now = lang, now
    lin.shop("重庆小面")
    lin.run("sync")
    ran = fang.run("sync")
    assert said in ran.err
    assert {m["name"] for m in fang.json("list")["merchants"]} == {"老王超市", "重庆小面"}


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Nothing has come from fang for 30 days."), ("zh", "fang 已有 30 天没有送来东西。")]
)
def test_who_has_not_been_heard_of_for_weeks_is_said(pair: tuple[Laptop, Laptop], lang: str, said: str) -> None:
    _fang, lin = pair
    lin.lang, lin.now = lang, "2026-12-24T09:00:00+08:00"
    ran = lin.run("sync")
    assert said in ran.err
    assert ran.out.splitlines()[1] in ("Nothing new from the others.", "别人没有新的改动。")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "1 file in the folder is none of"), ("zh", "文件夹里有 1 个文件不是 outreach 的")]
)
def test_strays_are_counted(pair: tuple[Laptop, Laptop], share: Path, lang: str, said: str) -> None:
    _fang, lin = pair
    lin.lang = lang
    (path,) = share.glob("changes/*/*.jsonl")
    shutil.copy(path, path.with_name(f"{path.stem} (冲突副本).jsonl"))
    assert said in lin.run("sync").err


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "This laptop goes on under a new id; everything of both was kept."), ("zh", "本机已换用新编号")]
)
def test_a_copied_disk_is_told_in_both_languages(pair: tuple[Laptop, Laptop], tmp_path: Path, lang: str, said: str) -> None:
    fang, _lin = pair
    shutil.copytree(fang.home, tmp_path / "copy")
    copy = Laptop(tmp_path / "copy")
    copy.shop("重庆小面")
    copy.run("sync")
    fang.lang = lang
    assert said in fang.run("sync").err


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "This laptop's own data lies where a sync program moves it"), ("zh", "本机自己的数据放在网盘会搬动的地方")],
)
def test_a_home_in_a_moved_folder_is_warned_of(tmp_path: Path, share: Path, lang: str, said: str) -> None:
    laptop = named(tmp_path / "Nutstore Files" / "outreach", "王芳")
    laptop.lang = lang
    assert said in laptop.run("sync", share, "--init").err


def put_newer(share: Path) -> Place:
    """A segment sealed in a way that this version cannot open."""
    place, data = made("00000000zz", line("m1"))
    Folder(share).write_segment(place, data.replace(b'"sealed":"plain"', b'"sealed":"age/1"'), "00000000zz")
    return place


def test_what_a_newer_version_wrote_is_named_with_what_to_do(pair: tuple[Laptop, Laptop], share: Path) -> None:
    _fang, lin = pair
    place = put_newer(share)
    said = "a newer outreach wrote it; install the newer version"
    assert f"Set aside until the next sync: {place.file}: {said}" in lin.run("sync", code=3).out
    lin.lang = "zh"
    assert f"先放一边，下次同步再试：{place.file}：是更新版本的 outreach 写的，请安装新版本" in lin.run("sync", code=3).out


class Terminal:
    """A real terminal with `outreach sync` in it."""

    def __init__(self, laptop: Laptop, *words: object) -> None:
        command = ["-m", "outreach", "sync", *map(str, words)]
        env = laptop.env(TERM="xterm")
        self.child = pexpect.spawn(sys.executable, command, env=env, encoding="utf-8", dimensions=(40, 200), timeout=20)

    def answer(self, after: str, keys: str) -> None:
        self.child.expect_exact(after)
        self.child.send(keys)

    def ends(self) -> tuple[int, str]:
        """The exit status and what was shown last."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus), str(self.child.before)


QUESTIONS = {
    "unshared": {"en": "Make it your team's shared folder?", "zh": "把它建成你们团队的共享文件夹吗？"},
    "emptied": {"en": "Fill it again from this laptop?", "zh": "用本机的数据把它重新填满吗？"},
    "another": {"en": "Move this laptop to that team?", "zh": "让本机转到那个团队吗？"},
}
REFUSALS = {
    "unshared": {
        "en": "is not a shared folder of outreach. If it is to become one:",
        "zh": "不是 outreach 的共享文件夹。要新建请用",
    },
    "emptied": {"en": "but its outreach-team.json is gone: it was emptied", "zh": "但 outreach-team.json 不见了：可能被清空"},
    "another": {"en": "belongs to another team", "zh": "属于另一个团队"},
}


@pytest.fixture(params=["unshared", "emptied", "another"])
def doubtful(
    request: pytest.FixtureRequest, pair: tuple[Laptop, Laptop], share: Path, tmp_path: Path
) -> tuple[str, Laptop, Path]:
    """A laptop and a folder with which something is the matter: what, who, where."""
    case = str(request.param)
    fang, _lin = pair
    if case == "unshared":
        (tmp_path / "plain").mkdir()
        return case, named(tmp_path / "mei", "梅"), tmp_path / "plain"
    if case == "emptied":
        shutil.rmtree(share)
        share.mkdir()
        return case, fang, share
    named(tmp_path / "mei", "梅").run("sync", tmp_path / "theirs", "--init")
    return case, fang, tmp_path / "theirs"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_terminal_a_doubtful_folder_is_asked_about_and_no_is_the_first_answer(
    doubtful: tuple[str, Laptop, Path], lang: str
) -> None:
    case, laptop, folder = doubtful
    laptop.lang = lang
    before = sorted(folder.rglob("*"))
    terminal = Terminal(laptop, folder)
    terminal.answer(QUESTIONS[case][lang], ENTER)
    code, said = terminal.ends()
    assert code == 1
    assert "".join(REFUSALS[case][lang].split()) in "".join(said.split())  # wherever the path makes it wrap
    assert sorted(folder.rglob("*")) == before
    terminal = Terminal(laptop, folder)
    terminal.answer(QUESTIONS[case][lang], "2")
    code, said = terminal.ends()
    assert code == 0, said
    assert (folder / "outreach-team.json").exists()
    if case != "unshared":
        assert "老王超市" in (folder / "outreach.json").read_text(encoding="utf-8")
    assert laptop.json("sync")["folder"] == str(folder)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_terminal_a_doubtful_folder_is_refused_and_untouched(doubtful: tuple[str, Laptop, Path], lang: str) -> None:
    case, laptop, folder = doubtful
    laptop.lang = lang
    before = sorted(folder.rglob("*"))
    for extra in ((), ("--json",), ("--dry-run",)):
        ran = laptop.run("sync", folder, *extra, code=1)
        assert REFUSALS[case][lang] in ran.err
        assert ran.out == ""
    assert sorted(folder.rglob("*")) == before

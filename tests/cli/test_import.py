"""`outreach import` as people use it: files of their own, real processes; what is written, said, and set aside."""

import csv
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from outreach.domain.text import clean
from outreach.exchange.files import read
from outreach.exchange.values import text_of
from tests.conftest import Laptop
from tests.exchange.naughty import NAUGHTY

pexpect = pytest.importorskip("pexpect")

ROWS = [
    ("店名", "社区", "电话", "类型", "孩子班级"),
    ("老王超市", "皮村", "13800138000", "超市", "二班"),
    ("小李菜店", "皮村", "1.38E+10", "菜店", ""),
    ("", "皮村", "010-1", "", ""),
]


Sheets = dict[str, list[tuple[str, ...]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list as Excel saves it as CSV on a Chinese Windows."""
    return written(tmp_path / "商户.csv", ROWS, "gb18030")


def written(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def workbook(path: Path, sheets: Sheets) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def names(laptop: Laptop) -> list[str]:
    return sorted(one["name"] for one in laptop.json("list")["merchants"])


def is_locked(database: Path) -> bool:
    db = sqlite3.connect(database, timeout=0)
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        db.close()
    return False


def test_a_list_from_excel_is_shown_taken_in_and_taken_back(laptop: Laptop, path: Path) -> None:
    ran = laptop.run("import", path, "--dry-run", code=3)
    assert "Nothing was written" in ran.out
    assert "孩子班级" in ran.err
    assert names(laptop) == []
    assert not path.with_name("商户-problems.xlsx").exists()
    laptop.run("import", path, code=3)
    assert names(laptop) == ["小李菜店", "老王超市"]
    assert laptop.json("show", "老王超市")["merchant"]["category"] == "超市"
    laptop.run("undo")
    assert names(laptop) == []


def test_a_dry_run_shows_why_each_of_the_rows_would_be_set_aside(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("店名", "社区", "走访日期", "结果"), *((f"{i}号店", "皮村", f"{i}号那天", "待定") for i in range(1, 13))]
    path = written(tmp_path / "list.csv", rows)
    tried = laptop.run("import", path, "--dry-run", code=3).out
    assert [f"{i}号那天" in tried for i in range(1, 13)] == [True] * 10 + [False] * 2
    assert "to a workbook beside the file" in tried
    assert "2号那天" not in laptop.run("import", path, code=3).out


def test_the_same_file_again_changes_nothing_and_a_corrected_one_what_was_corrected(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", ROWS[:2])
    laptop.run("import", path)
    done = laptop.json("import", path)
    assert done["sheets"][0]["counts"] == {"new": 0, "changed": 0, "same": 1, "doubtful": 0, "refused": 0}
    assert "皮村" in laptop.run("undo").out  # there is no second act: this takes back the first
    laptop.run("import", path)
    written(path, [ROWS[0], ("老王超市", "皮村", "13900139000", "超市", "")])
    (row,) = laptop.json("import", path, "--with-contacts")["sheets"][0]["rows"]
    assert row["changes"] == {"phone": {"before": "13800138000", "after": "13900139000"}}


def test_an_import_of_many_is_taken_back_with_how_many_of_each(laptop: Laptop, tmp_path: Path) -> None:
    rows = [(f"店{i}", "皮村", "2026-11-03", "待定") for i in range(40)]
    laptop.run("import", written(tmp_path / "list.csv", [("店名", "社区", "走访日期", "结果"), *rows]))
    assert "community 1; merchant 40; visit 40" in laptop.run("undo").out
    assert names(laptop) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
def test_an_import_that_is_stopped_leaves_nothing(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    written(path, [("店名", "社区"), *((f"店{i}", "皮村") for i in range(30_000))])
    laptop.run("list")
    command = [sys.executable, "-m", "outreach", "import", str(path)]
    child = subprocess.Popen(
        command,
        env=laptop.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what runs in the background ignores it
    )
    while child.poll() is None and not is_locked(laptop.home / "outreach.db"):
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    _out, said = child.communicate()
    assert (child.returncode, "Traceback" in said) == (130, False)
    assert names(laptop) == []
    assert laptop.json("doctor")["ok"]


@pytest.mark.skipif(sys.platform == "win32", reason="no small disk can be mounted there")
def test_where_the_rows_to_look_at_find_no_room_the_import_is_written_and_both_are_said(laptop: Laptop, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        path = written(place / "list.csv", ROWS)
        (place / "other").write_bytes(b"x" * 4096)  # all that there is room for
        done = subprocess.run(
            [sys.executable, "-m", "outreach", "import", path],
            cwd=place,
            env=laptop.env(),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        subprocess.run(["umount", str(place)], check=True)
    assert done.returncode == 3
    assert "could not be written to a file (no space is left on the disk)" in done.stderr
    assert "老王超市" in names(laptop)


def test_what_a_person_changed_is_kept_and_said(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", ROWS[:2])
    laptop.run("import", path)
    laptop.run("merchant", "edit", "老王超市", "--phone", "139")
    assert "kept 139" in laptop.run("import", path, "--with-contacts").out
    laptop.run("import", path, "--overwrite")
    assert laptop.json("show", "老王超市")["merchant"]["phone"] == "13800138000"


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_was_removed_here_stays_so_in_a_corrected_list(laptop: Laptop, tmp_path: Path, by_hand: bool) -> None:  # noqa: FBT001
    head, shop = ("店名", "社区", "地址"), ("老李水果", "皮村", "大街2号")
    if by_hand:
        laptop.run("merchant", "add", "老李水果", "--community", "皮村", "--address", "大街2号")
    else:
        laptop.run("import", written(tmp_path / "list.csv", [head, shop]))
    laptop.run("merchant", "remove", "老李水果")
    corrected = [head, ("老李水果", "皮村", "大街22号"), ("老李水果", "北山村", "大街2号")]
    said = laptop.json("import", written(tmp_path / "list.csv", corrected))
    assert [reason["code"] for row in said["sheets"][0]["rows"] for reason in row["reasons"]] == ["removed"]
    assert [(shop["name"], shop["community"]) for shop in laptop.json("list")["merchants"]] == [("老李水果", "北山村")]


def test_what_only_an_import_that_was_taken_back_had_made_comes_anew(laptop: Laptop, tmp_path: Path) -> None:
    head = ("店名", "社区", "地址")
    laptop.run("import", written(tmp_path / "list.csv", [head, ("老李水果", "皮村", "大街2号")]))
    laptop.run("undo")
    laptop.run("import", written(tmp_path / "list.csv", [head, ("老李水果", "皮村", "大街22号")]))
    assert names(laptop) == ["老李水果"]


def test_rows_to_look_at_can_be_mended_and_imported_again(laptop: Laptop, path: Path) -> None:
    ran = laptop.run("import", path, code=3)
    problems = path.with_name("商户-problems.xlsx")
    assert str(problems) in ran.out.replace("\n", "")
    if sys.platform != "win32":
        assert stat.S_IMODE(problems.stat().st_mode) == 0o600
    (table,) = read(problems)
    rows = list(table.rows)
    assert table.header[2:] == ROWS[0]
    assert [(row.cells[0], row.cells[2:4]) for row in rows] == [(3, ("小李菜店", "皮村")), (4, (None, "皮村"))]
    mended = path.with_name("mended.csv")
    written(mended, [tuple(table.header), *(("", "", str(row.cells[2] or "东门百货"), "皮村", "138", "", "") for row in rows)])
    laptop.run("import", mended)
    assert names(laptop) == ["东门百货", "小李菜店", "老王超市"]


def test_of_columns_that_are_left_out_it_is_said_what_they_are(laptop: Laptop, tmp_path: Path) -> None:
    head = ("店名", "社区", "电话", "手机", "评分", "走访日期", "走访人", "状况")
    path = written(tmp_path / "list.csv", [head, ("老王超市", "皮村", "139", "138", "5", "2026-11-03", "林晓", "待定")])
    said = laptop.run("import", path, "--dry-run").err
    assert "手机 (as 电话)" in said
    assert "走访日期, 走访人. To take the visits in: --kind visits" in said
    assert "not known to me: 评分, 状况" in said
    written(path, [("店名", "社区", "状态"), ("老王超市", "皮村", "待定")])
    assert "no column says the day of a visit: 状态" in laptop.run("import", path, "--dry-run").err


def test_what_the_repeats_of_a_form_use_is_not_told_as_left_out(laptop: Laptop, tmp_path: Path) -> None:
    sheets: Sheets = {
        "登记": [("店名", "社区", "走访日期", "_index"), ("老王超市", "皮村", "2026-11-03", "1")],
        "visits": [("结果", "_parent_table_name", "_parent_index"), ("待定", "登记", "1"), ("听说", "登记", "1")],
    }
    assert "走访日期" not in laptop.run("import", workbook(tmp_path / "form.xlsx", sheets), code=3).err
    problems = laptop.run("import", tmp_path / "form-problems.xlsx", code=3)
    assert "Import both at once" not in problems.err  # it holds the form's columns


def test_what_became_of_doubtful_rows_is_said_and_a_row_that_came_twice_is_not_taken_in(laptop: Laptop, tmp_path: Path) -> None:
    twice = ("老王超市", "皮村", "13800138000", "", "")
    path = written(tmp_path / "list.csv", [ROWS[0], ROWS[1], ROWS[2], twice])
    assert "Of these 1: new 1" in laptop.run("import", path, code=3, OUTREACH_HOME=str(tmp_path / "other")).out
    (sheet,) = laptop.json("import", path, code=3)["sheets"]
    assert sheet["counts"] == {"new": 1, "changed": 0, "same": 0, "doubtful": 1, "refused": 1}
    assert sheet["doubtful_came_to"] == {"new": 1}
    assert [(row["row"], row["fate"]) for row in sheet["rows"]] == [(2, "new"), (3, "doubtful"), (4, "refused")]
    laptop.run("merchant", "edit", "小李菜店", "--name", "老王便利店")
    laptop.run("undo")
    assert "Of these 1: the same 1" in laptop.run("import", path, code=3).out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_shop_that_came_twice_stays_as_the_first_row_said_when_the_rows_to_look_at_are_imported_as_they_are(
    tmp_path: Path, lang: str
) -> None:
    laptop = Laptop(tmp_path / "home", lang)
    shops: list[tuple[str, ...]] = [("店名", "社区", "类型"), ("老王超市", "皮村", "超市"), ("老王超市", "皮村", "菜店")]
    visits: list[tuple[str, ...]] = [("店名", "社区", "走访日期", "结果", "类型")]
    visits += [("小李菜店", "皮村", "2026-11-03", "待定", "菜店"), ("小李菜店", "皮村", "2026-11-04", "待定", "超市")]
    book = workbook(tmp_path / "list.xlsx", {"商户": shops, "走访": visits})
    problems = laptop.json("import", book, code=3)["problems"]
    laptop.run("import", problems, code=3)
    kinds = [laptop.json("show", name)["merchant"]["category"] for name in ("老王超市", "小李菜店")]
    assert kinds == ["超市", "菜店"]


def test_what_is_left_of_rows_that_were_mended_gets_the_next_number_beside_them(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("店名", "社区", "走访日期", "结果"), ("老王超市", "皮村", "2026-13-45", "待定")])
    assert Path(laptop.json("import", path, code=3)["problems"]).name == "list-problems.xlsx"
    half_mended = (tmp_path / "list-problems.xlsx").read_bytes()
    for source, left in (("list-problems.xlsx", 2), ("list-problems-2.xlsx", 3), ("list.csv", 4)):
        assert Path(laptop.json("import", tmp_path / source, code=3)["problems"]).name == f"list-problems-{left}.xlsx"
    assert (tmp_path / "list-problems.xlsx").read_bytes() == half_mended


def test_rows_to_look_at_keep_what_was_said_of_the_whole_file(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("门脸", "经纬度"), ("老王超市", "116.384,39.9133"), ("小李菜店", "在村口")]
    words = ("--map", "门脸=店名", "--community", "皮村", "--datum", "gcj02")
    laptop.run("import", written(tmp_path / "list.csv", rows), *words)
    problems = tmp_path / "list-problems.xlsx"
    (table,) = read(problems)
    (row,) = table.rows
    assert row.cells[2] == "import --community 皮村 --datum gcj02"
    once = workbook(tmp_path / "once.xlsx", {"list": [table.header, (*map(str, row.cells[:4]), "村口")]})
    laptop.run("import", once)  # mended badly: what it says goes with it again
    (again,) = read(tmp_path / "once-problems.xlsx")
    assert again.header == table.header
    mended = [again.header, ("2", "", str(row.cells[2]), "小李菜店", "116.384,39.9133")]
    assert "皮村" not in laptop.run("import", workbook(tmp_path / "twice.xlsx", {"list": mended})).err
    shops = [laptop.json("show", name)["merchant"] for name in ("老王超市", "小李菜店")]
    assert [(one["community"], one["datum"]) for one in shops] == [("皮村", "gcj02")] * 2
    assert shops[0]["lat"] == shops[1]["lat"] != 39_913_300


def test_visits_to_look_at_may_make_their_shops_as_those_of_their_file_might(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("店名", "走访日期", "结果"), ("老王超市", "2026-11-03", "待定"), ("小李菜店", "2026-13-45", "待定")]
    laptop.run("import", written(tmp_path / "走访.csv", rows), "--new-shops", code=3)
    (table,) = read(tmp_path / "走访-problems.xlsx")
    mended = [table.header, ("3", "", "import --new-shops", "小李菜店", "2026-11-03", "待定")]
    laptop.run("import", workbook(tmp_path / "mended.xlsx", {"走访": mended}))
    assert names(laptop) == ["小李菜店", "老王超市"]


def test_what_is_not_read_is_not_copied_into_the_rows_to_look_at(laptop: Laptop, tmp_path: Path) -> None:
    head = ("家长", "孩子姓名", "身份证号", "电话", "备用")
    rows = [head, ("", "小明", "110101", "1.38E+10", "x"), ("刘姐", "家里", "小红", "320102", "139", "x")]
    done = laptop.json("import", written(tmp_path / "家长.csv", rows), "--kind", "parents", code=3)
    (table,) = read(Path(done["problems"]))
    assert next(iter(table.rows)).cells[2:7] == (None, None, None, "1.38E+10", "x")
    said = f"{[row.cells for row in table.rows]}{done}"
    assert [word for word in ("小明", "110101", "小红", "320102") if word in said] == []


def test_a_shop_that_looks_like_a_known_one_is_doubtful_and_listed(laptop: Laptop, tmp_path: Path) -> None:
    laptop.shop("老王超市")
    path = written(tmp_path / "list.csv", [("店名", "社区"), ("老王便利店", "皮村"), ("东门百货", "皮村")])
    done = laptop.json("import", path)
    assert done["sheets"][0]["counts"]["doubtful"] == 1
    (doubt,) = [row for row in done["sheets"][0]["rows"] if row["fate"] == "doubtful"]
    assert "outreach merchant merge 老王超市 老王便利店" in doubt["reasons"][0]["text"]
    assert Path(done["problems"]).exists()


def test_of_two_shops_of_one_name_it_says_so_and_no_command_that_cannot_tell_them_apart(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("店名", "社区", "地址"), ("老王超市", "皮村", "东街1号"), ("老王超市", "皮村", "西街2号")]
    said = laptop.run("import", written(tmp_path / "list.csv", rows)).out
    assert "it may be 老王超市, which is here already (same name); if so: outreach merchant duplicates\n" in said


def test_a_contact_is_nowhere_but_in_the_rows_as_they_were_unless_asked_for(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("店名", "社区", "电话", "店主"), ("老王超市", "皮村", "13811112222", "王五")])
    assert "13811112222" not in laptop.run("import", path, "--dry-run").out
    assert "13811112222" in laptop.run("import", path, "--dry-run", "--with-contacts").out
    laptop.run("import", path)
    laptop.run("merchant", "edit", "老王超市", "--phone", "13999999999", "--owner", "赵六")
    secret = ("13811112222", "13999999999", "王五", "赵六")
    for words in (("--dry-run",), ("--dry-run", "--json"), ()):
        ran = laptop.run("import", path, *words)
        assert not [text for text in secret if text in ran.out + ran.err]
        told = laptop.run("import", path, *words, "--with-contacts")
        assert [text for text in secret if text in told.out] == list(secret)
    (table,) = read(path.with_name("list-problems.xlsx"))
    (row,) = table.rows
    assert row.cells[2:] == ("老王超市", "皮村", "13811112222", "王五")
    assert "13999999999" not in str(row.cells[1])


def test_who_insists_on_a_private_column_is_warned_each_time_and_it_is_not_remembered(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("店名", "身份证号", "门脸", "社区"), ("老王超市", "王二", "东街", "皮村")])
    ran = laptop.run("import", path, "--map", "身份证号=owner", "--map", "门脸=landmark")
    assert "because you said so" in ran.err
    assert ran.err.split("papers: ")[1].splitlines()[0] == "身份证号"
    assert "身份证号" not in (laptop.home / "mappings.json").read_text("utf-8")
    ran = laptop.run("import", path)
    assert "门脸 = landmark" in ran.err
    assert "because you said so" not in ran.err


def test_what_a_column_is_can_be_said_and_is_remembered(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("字号", "片区", "孩子"), ("老王超市", "皮村", "小明")])
    assert "字号, 片区" in laptop.run("import", path, code=1).err
    laptop.run("import", path, "--kind", "merchants", "--map", "字号=name", "--map", "片区=community")
    laptop.run("undo")
    said = laptop.run("import", path).err
    assert "字号 = name" in said
    assert "mappings.json" in said.replace("\n", "")
    assert [(m["name"], m["community"]) for m in laptop.json("list")["merchants"]] == [("老王超市", "皮村")]


def test_what_was_only_tried_is_not_remembered(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("字号", "片区"), ("老王超市", "皮村")])
    tried = laptop.run("import", path, "--map", "字号=name", "--dry-run")
    assert "last time" not in tried.err
    assert "字号" in laptop.run("import", path, code=1).err
    path.write_text("字号,片区\n", encoding="utf-8")
    laptop.run("import", path, "--map", "字号=name", code=1)
    assert not (laptop.home / "mappings.json").exists()
    written(path, [("字号", "片区"), ("老王超市", "皮村")])
    laptop.run("import", path, "--map", "字号=name")
    assert "last time" not in laptop.run("import", path, "--map", "字号=name").err


def test_a_kind_that_was_said_last_time_is_said(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("名称", "村"), ("皮村", "")])
    laptop.run("import", path, "--kind", "communities", "--map", "村=-")
    assert "--kind communities" in laptop.run("import", path).err


@pytest.mark.parametrize("field", ["结果", "outcome", "走访结果", "Result"])
def test_a_field_is_known_by_its_label_and_by_the_words_at_the_head_of_columns(
    laptop: Laptop, tmp_path: Path, field: str
) -> None:
    path = written(tmp_path / "list.csv", [("店名", "村", "走访日期", "合不合意"), ("老王超市", "皮村", "2026-11-03", "待定")])
    laptop.run("import", path, "--map", f"合不合意={field}", "--map", "村=community")
    assert laptop.json("show", "老王超市")["visits"][0]["outcome"] == "pending"


def test_a_chinese_sentence_calls_fields_what_the_screen_calls_them(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "home", "zh")
    path = written(tmp_path / "list.csv", [("店名", "门脸", "坐标"), ("老王超市", "a", "村口")])
    assert "营业时间（hours）" in laptop.run("import", path, "--map", "门脸=鞋", code=2).err
    assert "名称（name）" in laptop.run("import", path, "--kind", "商户", "--map", "店名=-", code=2).err
    assert "位置（经度,纬度）不能是" in laptop.run("import", path, "--community", "皮村").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "店名"), "店名"),
        (("--map", "没有=name"), "店名, 社区"),
        (("--map", "店名=shoe"), "(merchants)"),
        (("--map", "店名=name", "--map", "社区=名称"), "店名, 社区. Leave the others out"),
        (("--kind", "birds"), "merchants"),
        (("--sheet", "一"), "no sheet"),
        (("--sheet", ""), "no name"),
        (("--kind", "visits", "--map", "店名=-"), "--map COLUMN=merchant"),
    ],
)
def test_what_was_said_wrong_says_what_there_is(laptop: Laptop, path: Path, words: tuple[str, ...], said: str) -> None:
    assert said in laptop.run("import", path, *words, code=2).err
    assert names(laptop) == []


def test_visits_bring_their_shops_and_one_without_a_shop_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    rows = [
        ("店名", "社区", "走访日期", "结果", "走访人"),
        ("老王超市", "皮村", "2026年11月3日", "考虑中", "林晓"),
        ("老王超市", "皮村", "11/5", "已签约", "林晓"),
        ("哪儿都没有", "", "11/5", "拒绝", "林晓"),
        ("小李菜店", "皮村", "13/45", "拒绝", "林晓"),
    ]
    done = laptop.json("import", written(tmp_path / "走访.csv", rows), code=3)
    counts = done["sheets"][0]["counts"]
    assert (counts["new"], counts["refused"]) == (2, 2)
    assert [v["visited_at"][:10] for v in laptop.json("show", "老王超市")["visits"]] == ["2026-11-05", "2026-11-03"]
    assert names(laptop) == ["老王超市"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["all.xlsx", "shops.csv"])
def test_a_state_that_was_changed_in_an_export_is_told_with_the_command_that_records_it(
    tmp_path: Path, lang: str, name: str
) -> None:
    laptop = Laptop(tmp_path / "home", lang)
    laptop.shop("老王超市", "pending")
    laptop.shop("小李菜店", "refused")
    laptop.run("export", tmp_path / name)
    tables = read(tmp_path / name)
    changed = {"待定": "已加入", "pending": "signed up"}
    sheets: Sheets = {}
    for table in tables:
        rows = [tuple(changed.get(text, text) for text in map(text_of, row.cells)) for row in table.rows]
        sheets[table.title] = [table.header, *(rows if "次数" in table.header or "visits" in table.header else ())]
    edited = workbook(tmp_path / "edited.xlsx", sheets)
    done = laptop.json("import", edited)
    (row,) = [row for sheet in done["sheets"] for row in sheet["rows"]]
    assert [reason["code"] for reason in row["reasons"]] == ["status"]
    assert "outreach visit 老王超市 signed-up" in row["reasons"][0]["text"]
    assert laptop.json("show", "老王超市")["merchant"]["status"] == "pending"
    laptop.run("visit", "老王超市", "signed-up")
    assert laptop.json("import", done["problems"])["sheets"][0]["counts"]["same"] == 1


def test_a_state_that_a_visit_of_the_same_workbook_gives_is_right(laptop: Laptop, tmp_path: Path) -> None:
    laptop.shop("老王超市", "pending")
    laptop.run("export", tmp_path / "all.xlsx")
    other = Laptop(tmp_path / "other")
    done = other.json("import", tmp_path / "all.xlsx")
    assert [row["fate"] for sheet in done["sheets"] for row in sheet["rows"]] == ["new"] * len(done["sheets"])


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "community 皮村社区: taken as 皮村 (2 rows)"), ("zh", "社区“皮村社区”当作“皮村”（2 行）")]
)
def test_it_is_said_which_community_an_office_s_name_was_taken_for(tmp_path: Path, lang: str, said: str) -> None:
    laptop = Laptop(tmp_path / "home", lang)
    rows = [("店名", "社区"), ("老王超市", "皮村"), ("小李菜店", "皮村社区"), ("东门百货", "皮村社区")]
    path = written(tmp_path / "list.csv", rows)
    assert said in laptop.run("import", path, "--dry-run").err
    (sheet,) = laptop.json("import", path)["sheets"]
    assert sheet["taken_as"] == [{"field": "community", "text": "皮村社区", "value": "皮村", "rows": 2}]
    assert [one["name"] for one in laptop.json("community", "list")["communities"]] == ["皮村"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "no was taken as “pending”, not as a refusal (2 rows)"), ("zh", "“否”按“待定”算，不算拒绝（2 行）")],
)
def test_it_is_said_once_that_a_shop_that_has_not_joined_has_not_refused(tmp_path: Path, lang: str, said: str) -> None:
    laptop = Laptop(tmp_path / "home", lang)
    no = {"en": "no", "zh": "否"}[lang]
    rows = [("店名", "社区", "走访日期", "是否加入"), ("甲", "皮村", "2026-11-03", "是"), ("乙", "皮村", "2026-11-03", no)]
    path = written(tmp_path / "list.csv", [*rows, ("丙", "皮村", "2026-11-04", no)])
    assert said in laptop.run("import", path, "--dry-run").err
    (sheet,) = laptop.json("import", path)["sheets"]
    assert sheet["counts"]["new"] == 3
    assert sheet["taken_as"] == [{"field": "outcome", "text": no, "value": "pending", "rows": 2}]
    assert laptop.json("show", "甲")["merchant"]["status"] == "signed_up"


def test_a_list_of_a_map_service_lies_where_it_is_said_to(laptop: Laptop, tmp_path: Path) -> None:
    rows = [
        ("id", "name", "type", "address", "location"),
        ("B0FF", "美宜佳", "购物服务;便民商店/便利店", "桂庙路", "113.9,22.5"),
    ]
    path = written(tmp_path / "map.csv", rows, "utf-8-sig")
    assert "--community" in laptop.run("import", path, "--dry-run").err
    laptop.run("import", path, "--community", "桂庙村")
    shop = laptop.json("show", "美宜佳")["merchant"]
    assert (shop["category"], shop["lat"], shop["community"]) == ("便利店", 22_500_000, "桂庙村")


def test_a_place_of_amap_is_known_by_its_id_whatever_it_is_called_now(laptop: Laptop, tmp_path: Path) -> None:
    head = ("id", "name", "typecode", "address", "location", "adname")
    path = written(tmp_path / "map.csv", [head, ("B0FFIQX899", "美宜佳", "060200", "渔村路 63 号", "113.9,22.5", "南山区")])
    laptop.run("import", path)
    written(path, [head, ("B0FFIQX899", "小芳便利店", "060200", "渔村路 65 号", "113.9,22.5", "南山区")])
    assert laptop.json("import", path)["sheets"][0]["counts"]["changed"] == 1
    assert names(laptop) == ["小芳便利店"]
    written(path, [("id", "店名", "地址"), ("B0FFIQX899", "另一家", "东街")])
    assert laptop.json("import", path)["sheets"][0]["counts"]["new"] == 1


def test_places_are_kept_as_gps_has_them(laptop: Laptop, tmp_path: Path) -> None:
    head = ("id", "name", "typecode", "location", "adname")
    path = written(tmp_path / "map.csv", [head, ("B0FF", "美宜佳", "060200", "113.929907,22.488911", "南山区")])
    assert "GCJ-02" in laptop.run("import", path).err
    kept = laptop.json("show", "美宜佳")["merchant"]
    assert 300 < abs(kept["lat"] - 22_488_911) + abs(kept["lon"] - 113_929_907) < 12_000
    assert kept["datum"] == "gcj02"
    assert laptop.json("import", path)["sheets"][0]["counts"]["same"] == 1
    laptop.run("import", path, "--datum", "WGS-84")
    assert laptop.json("show", "美宜佳")["merchant"]["lat"] == 22_488_911
    assert "gcj02" in laptop.run("import", path, "--datum", "mars", code=2).err


def test_a_list_of_places_says_how_close_the_team_is_and_who_said_so(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("名称", "类别", "社区", "纬度", "经度", "能提供什么", "关系", "来源")]
    rows += [("活动室", "活动中心", "皮村", "39.9913", "116.6058", "借场地", "在合作", "居委会介绍")]
    path = written(tmp_path / "places.csv", rows)
    laptop.run("import", path, "--datum", "gcj02")
    (kept,) = laptop.json("place", "list")["places"]
    assert (kept["relation"], kept["source"], kept["datum"]) == ("cooperating", "居委会介绍", "gcj02")
    assert abs(kept["lat"] - 39_989_900) < 800
    laptop.run("place", "edit", "活动室", "--lat", "39.9")
    laptop.run("import", path, "--datum", "bd09")
    assert laptop.json("place", "list")["places"] == [{k: v for k, v in kept.items() if k != "datum"} | {"lat": 39_900_000}]


def test_several_sheets_at_once_parents_before_their_referrals(laptop: Laptop, tmp_path: Path) -> None:
    sheets: Sheets = {
        "引荐": [("家长", "店名", "日期", "引荐方式"), ("刘姐", "老王超市", "2026-11-03", "介绍")],
        "家长": [("称呼", "社区"), ("刘姐", "皮村")],
        "商户": [("店名", "社区"), ("老王超市", "皮村")],
        "说明": [("这张表怎么填",)],
    }
    ran = laptop.run("import", workbook(tmp_path / "list.xlsx", sheets))
    assert "whose columns I do not know: 说明\n" in ran.err
    assert "in which community" not in ran.err
    assert laptop.json("show", "老王超市")["referrals"][0]["kind"] == "introduced"


def test_of_a_workbook_the_sheets_that_are_what_was_said_are_taken(laptop: Laptop, tmp_path: Path) -> None:
    """A form of another tool: what is said of all sheets is true of those that have the columns; the others are named."""
    form: Sheets = {"form": [("_uuid", "place"), ("5", "x")], "topics": [("title",), ("y",)], "people": [("who",), ("梅姐",)]}
    book = workbook(tmp_path / "form.xlsx", form)
    ran = laptop.run("import", book, "--kind", "parents", "--map", "who=alias")
    assert "form, topics" in ran.err
    assert [parent["alias"] for parent in laptop.json("parent", "list")["parents"]] == ["梅姐"]
    refused = laptop.run("import", book, "--kind", "parents", "--map", "title=phone", "--map", "who=-", code=2)
    assert "alias" in refused.err


def test_a_column_of_visits_can_be_said_to_be_of_their_shops(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("店名", "社区", "走访日期", "结果", "甲"), ("老王超市", "皮村", "2026-11-20", "待定", "12000012345")]
    laptop.run("import", written(tmp_path / "list.csv", rows), "--map", "甲=merchant.phone")
    assert [one["name"] for one in laptop.json("find", "12000012345")["matches"]] == ["老王超市"]


def test_a_column_that_another_one_says_already_is_named_with_that(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("店名", "社区", "手机", "联系电话"), ("老王超市", "皮村", "1", "2")]
    ran = laptop.run("import", written(tmp_path / "list.csv", rows))
    assert "another column says it already: 联系电话 (as 手机)" in ran.err


def test_a_hidden_sheet_is_left_out_unless_it_is_asked_for(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, shop in (("今年", "老王超市"), ("旧数据", "搬走的店")):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["店名", "社区"])
        sheet.write_row(1, 0, [shop, "皮村"])
    sheet.very_hidden()
    book.close()
    assert "for they are hidden: 旧数据. To take one in: --sheet NAME" in laptop.run("import", path).err
    assert names(laptop) == ["老王超市"]
    laptop.run("import", path, "--sheet", "旧数据")
    assert names(laptop) == ["搬走的店", "老王超市"]


def test_a_workbook_in_which_only_a_hidden_sheet_says_something_is_taken(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("空")
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, ["店名", "社区"])
    sheet.write_row(1, 0, ["老王超市", "皮村"])
    sheet.hide()
    book.close()
    laptop.run("import", path)
    assert names(laptop) == ["老王超市"]


def test_of_another_table_below_it_is_said_where_it_belongs(laptop: Laptop, tmp_path: Path) -> None:
    rows = [("店名", "社区"), ("老王超市", "皮村"), ("志愿者", ""), ("称呼", "村"), ("张姐", "皮村")]
    said = laptop.run("import", written(tmp_path / "list.csv", rows), code=3)
    assert "another table begins here or above" in said.out
    assert names(laptop) == ["老王超市"]


def test_of_a_day_that_cannot_be_read_it_is_said_how_days_are_written(laptop: Laptop, tmp_path: Path) -> None:
    head = ("店名", "社区", "走访日期", "结果")
    rows = [head, ("老王超市", "皮村", "上个礼拜吧", "待定"), ("老李超市", "皮村", "5 Nov 2026", "待定")]
    said = laptop.run("import", written(tmp_path / "list.csv", rows), code=3)
    assert "it may be 2026-03-07, 2026年3月7日, 7 Mar 2026, 3/7" in " ".join(said.out.split())
    assert [v["visited_at"] for v in laptop.json("show", "老李超市")["visits"]] == ["2026-11-05"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_on_a_terminal_nobody_is_asked_what_amaps_own_columns_are(laptop: Laptop, tmp_path: Path) -> None:
    head = ("id", "name", "type", "typecode", "address", "location", "adname", "rating", "谁去过")
    row = ("B0FFIQX899", "老王超市", "购物服务;超级市场;超市", "060400", "东街", "116.5830,39.9214", "朝阳区", "3.0", "林晓")
    words = ["-m", "outreach", "import", str(written(tmp_path / "amap.csv", [head, row]))]
    child = pexpect.spawn(
        sys.executable, words, env=laptop.env(TERM="xterm"), encoding="utf-8", timeout=30, dimensions=(40, 80)
    )
    child.expect("What is the column (.*?) of")
    assert child.match[1] == "谁去过"
    child.send("\r")
    child.expect("To take a column in")
    child.expect(pexpect.EOF)
    assert names(laptop) == ["老王超市"]


def test_of_two_hundred_sheets_those_to_look_at_have_a_line_and_the_others_are_added_up(laptop: Laptop, tmp_path: Path) -> None:
    sheets: Sheets = {f"S{i}": [("店名", "社区"), (f"第{i}店" if i != 150 else "", "皮村")] for i in range(1, 161)}
    sheets |= {f"S{i}": [("店名", "社区")] for i in range(161, 201)}
    said = laptop.run("import", workbook(tmp_path / "book.xlsx", sheets), code=3).out
    assert len(said.splitlines()) < 40
    lines = [line.split() for line in said.splitlines()]
    assert ["S150", "merchants", "0", "0", "0", "0", "1"] in lines
    assert ["140", "more", "sheets", "140", "0", "0", "0", "0"] in lines
    assert "Without a row: S161, S162" in said
    assert "and 28 more" in said
    assert [line for line in lines if line[:3] == ["refused", "S150", "2"]]


def test_sheets_of_one_header_are_each_what_their_own_name_says(laptop: Laptop, tmp_path: Path) -> None:
    head = ("姓名", "电话", "社区")
    sheets: Sheets = {"名单": [head, ("王老板", "120", "皮村")], "家长志愿者名单": [head, ("张姐", "121", "皮村")]}
    done = laptop.run("import", workbook(tmp_path / "book.xlsx", sheets), code=None)
    assert "名单" in done.err
    assert [parent["alias"] for parent in laptop.json("parent", "list")["parents"]] == ["张姐"]


def test_what_is_to_be_said_of_many_sheets_is_said_once(laptop: Laptop, tmp_path: Path) -> None:
    sheets: Sheets = {f"S{i}": [("店名", "朝向", "孩子姓名"), (f"第{i}店", "南", "")] for i in range(1, 31)}
    said = laptop.run("import", workbook(tmp_path / "book.xlsx", sheets)).err
    assert said.count("in which community") == said.count("朝向") == said.count("孩子姓名") == 1


def test_several_files_are_one_act(laptop: Laptop, tmp_path: Path) -> None:
    form = written(tmp_path / "form.csv", [("店名", "社区", "_index"), ("老王超市", "皮村", "1"), ("小芳水果", "北山村", "2")])
    visits = [("走访日期", "结果", "_parent_table_name", "_parent_index"), ("2026-11-20", "待定", "form", "2")]
    done = laptop.json("import", written(tmp_path / "a.csv", visits).with_name("[a-f]*.csv"))
    assert [(sheet["sheet"], sheet["counts"]["new"]) for sheet in done["sheets"]] == [("form.csv", 2), ("a.csv", 1)]
    assert done["files"] == [str(tmp_path / "a.csv"), str(form)]
    assert [v["outcome"] for v in laptop.json("show", "小芳水果")["visits"]] == ["pending"]
    laptop.run("undo")
    assert names(laptop) == []
    assert "belongs to a row of another file" in laptop.run("import", tmp_path / "a.csv", code=None).err


def test_naughty_text_is_kept_as_it_is(laptop: Laptop, tmp_path: Path) -> None:
    """In every column of every row, through an import, the shared folder, and an import of its export."""
    head = ("店名", "社区", "地址", "店主", "营业时间")
    rows = [head, *((f"店{i} {text}", "皮村", text, text, text) for i, text in enumerate(NAUGHTY))]
    path = written(tmp_path / "list.csv", rows)
    laptop.run("import", path)
    shared = tmp_path / "shared"
    laptop.run("sync", shared, "--init")
    other, third = Laptop(tmp_path / "other"), Laptop(tmp_path / "third")
    other.run("sync", shared)
    third.run("import", shared / "outreach.json")
    here = laptop.json("list", "--limit", "1000")["merchants"]
    assert len(here) == len(NAUGHTY)
    for laptop_ in (other, third):
        assert laptop_.json("list", "--limit", "1000")["merchants"] == here
    assert {one["name"] for one in here} == {clean(f"店{i} {text}") for i, text in enumerate(NAUGHTY)}
    owners = [third.json("show", one["id"])["merchant"].get("owner", "") for one in here[:20]]
    assert set(owners) <= {clean(text) for text in NAUGHTY}
    assert third.json("import", path)["sheets"][0]["counts"]["same"] == len(NAUGHTY)


def test_the_shared_export_gives_an_empty_laptop_the_same_records(laptop: Laptop, tmp_path: Path) -> None:
    laptop.shop(
        "老王超市", "refused", "--firm", "--why", "suspects-scam", "--minutes", "5", "--note", "=1+1", "--tag", "有冷柜"
    )
    laptop.shop("王家超市", "pending", "--phone", "139", "--follow-up", "3d")
    laptop.shop("小李菜店", "signed-up")
    laptop.run("refer", "刘姐", "小李菜店", "--new", "--kind", "introduced")
    laptop.run("opinion", "小李菜店", "reliable", "--count", "3")
    laptop.run("priority", "--pin", "王家超市", "--note", "先去")
    laptop.run("merchant", "duplicates", "--not-same", "王家超市", "小李菜店")
    laptop.run("place", "add", "村卫生站", "--kind", "clinic", "--community", "皮村")
    laptop.run("merchant", "merge", "老王超市", "王家超市", "--keep", "A")
    laptop.run("sync", tmp_path / "shared", "--init")
    other = Laptop(tmp_path / "other")
    done = other.json("import", tmp_path / "shared" / "outreach.json")
    assert {row["name"] for sheet in done["sheets"] if sheet["kind"] == "referral" for row in sheet["rows"]} == {"小李菜店"}
    other.run("sync", tmp_path / "another", "--init")
    here, there = (records_in(tmp_path / name / "outreach.json") for name in ("shared", "another"))
    assert here == there
    assert all(here.values())
    again = other.json("import", tmp_path / "shared" / "outreach.json")["sheets"]
    assert {fate for sheet in again for fate, n in sheet["counts"].items() if n} == {"same"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["all.xlsx", "all.json", "shops.csv"])
def test_what_is_exported_and_imported_gives_the_same_records(tmp_path: Path, lang: str, name: str) -> None:
    laptop, other = Laptop(tmp_path / "home", lang), Laptop(tmp_path / "other", lang)
    text = "=1+1 [red]'\n<b>"
    laptop.shop(
        "老王超市", "refused", "--firm", "--why", "suspects-scam", "--note", text, "--tag", "有冷柜", "--phone", "010-1"
    )
    laptop.shop("王家超市", "pending", "--follow-up", "3d")
    laptop.shop("小李菜店", "signed-up", "--minutes", "40")
    laptop.run(
        "merchant", "edit", "小李菜店", "--lat", "39.9133", "--lon", "116.3840", "--datum", "gcj02", "--hours", "08:00-21:00"
    )
    laptop.run("refer", "刘姐", "小李菜店", "--new", "--kind", "introduced")
    laptop.run("opinion", "小李菜店", "reliable", "--count", "3")
    laptop.run("priority", "--pin", "王家超市", "--note", "先去")
    laptop.run("merchant", "merge", "老王超市", "王家超市", "--keep", "A")
    laptop.run("export", tmp_path / name, "--with-contacts")
    other.run("import", tmp_path / name)
    for folder, one in (("shared", laptop), ("another", other)):
        one.run("sync", tmp_path / folder, "--init")
    here, there = (records_in(tmp_path / folder / "outreach.json") for folder in ("shared", "another"))
    if name.endswith(".csv"):  # it holds shops alone
        here, there = ({"merchants": records["merchants"]} for records in (here, there))
    assert here == there
    again = laptop.json("import", tmp_path / name)["sheets"]
    assert {fate for sheet in again for fate, n in sheet["counts"].items() if n} == {"same"}


def records_in(path: Path) -> dict[str, object]:
    found = json.loads(path.read_text(encoding="utf-8"))
    return {kind: records for kind, records in found.items() if isinstance(records, list)}


def test_a_file_that_is_nothing_says_so_and_nothing_is_written(laptop: Laptop, tmp_path: Path) -> None:
    place = tmp_path / "list.xlsx"
    assert laptop.run("import", place, code=1).err.count("\n") == 1
    assert "open in another program" in laptop.run("import", "~$list.xlsx", code=1).err  # nobody's home
    (tmp_path / "map.geojson").write_text('{"type": "FeatureCollection"}', encoding="utf-8")
    assert "GeoJSON" in laptop.run("import", tmp_path / "map.geojson", code=1).err
    with ZipFile(tmp_path / "list.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert ".ods" in laptop.run("import", tmp_path / "list.ods", code=1).err.replace("list.ods", "")
    for content, said in ((b"<html>", "no spreadsheet"), ("店名,社区\n老王,皮村\n\xff".encode("latin-1", "replace"), "row")):
        place.write_bytes(content)
        assert said in laptop.run("import", place, code=1).err
    place.write_text("店名,社区\n", encoding="utf-8")
    assert "no row" in laptop.run("import", place, code=1).err
    place.write_text('店名,社区\n老王,皮村\n"小李', encoding="utf-8")
    assert "row 3" in laptop.run("import", place, code=1).err
    assert names(laptop) == []


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("shops", ["[]", '[\n{"id":"1","name":"老王"}\n]'])
def test_an_export_of_a_newer_version_is_said_to_be_one(laptop: Laptop, tmp_path: Path, shops: str, indent: int | None) -> None:
    place, text = tmp_path / "outreach.json", f'{{"covers":{{}},"format":"outreach/export/2","merchants":{shops}}}\n'
    place.write_text(json.dumps(json.loads(text), indent=indent) if indent else text, encoding="utf-8")
    assert "newer outreach (format 2" in laptop.run("import", place, code=1).err
    place.write_text(place.read_text(encoding="utf-8").replace("export/2", "export/1"), encoding="utf-8")
    assert "newer outreach" not in laptop.run("import", place, code=None).err


def export(path: Path, *shops: Mapping[str, object]) -> Path:
    lines = ",\n".join(json.dumps(shop, separators=(",", ":")) for shop in shops)
    path.write_text(f'{{"covers":{{}},"format":"outreach/export/1","merchants":[\n{lines}\n]}}\n', encoding="utf-8")
    return path


def test_rows_to_look_at_are_saved_whatever_stands_in_them(laptop: Laptop, tmp_path: Path) -> None:
    half = {"id": "1", "name": "老王\ud83c"}
    said = laptop.run("import", export(tmp_path / "half.json", half, {"id": "2", "name": "小李菜店"}), code=3).out
    assert "half-problems.xlsx" in said.replace("\n", "")
    (table,) = read(tmp_path / "half-problems.xlsx")
    assert [row.cells[3] for row in table.rows] == ["老王?"]
    path = workbook(tmp_path / "far.xlsx", {"名单": [("店名", "电话"), ("", "7")]})
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data.replace(b'<c r="B2" t="s"><v>2</v>', b'<c r="B2"><v>1E+999</v>'))
    laptop.run("import", path, code=3)
    assert [row.cells[3] for table in read(tmp_path / "far-problems.xlsx") for row in table.rows] == ["inf"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of files that are bytes")
def test_a_file_from_a_stick_whose_name_is_gbk(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("商户\x01.csv".encode("gbk"))
    written(path, ROWS)
    laptop.run("import", path, code=3)
    laptop.json("import", path, code=3)
    (first, second) = tmp_path.glob("*-problems*.xlsx")
    assert all(table.name.endswith("�.csv") for table in (*read(first), *read(second)))


def test_a_file_of_a_very_long_name_has_its_rows_to_look_at_beside_it(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / f"{'商' * 82}.csv", ROWS)
    assert "refused" in laptop.run("import", path, code=3).out
    (place,) = tmp_path.glob("*-problems.xlsx")
    assert place.name.startswith("商" * 60)


def test_an_id_that_no_laptop_would_take_in_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    shops = [{"id": "1\0", "name": "老王超市"}, {"id": "\ud83c", "name": "小面"}, {"id": "2", "name": "小李菜店"}]
    laptop.run("import", export(tmp_path / "outreach.json", *shops), code=3)
    assert names(laptop) == ["小李菜店"]
    (tmp_path / "shared").mkdir()
    laptop.run("sync", tmp_path / "shared", "--init")
    other = Laptop(tmp_path / "other")
    other.run("sync", tmp_path / "shared")
    assert names(other) == ["小李菜店"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize("column", ["状态", "是否加入"])
def test_on_a_terminal_nobody_is_asked_what_a_column_of_visits_is_in_a_list_of_shops(
    laptop: Laptop, tmp_path: Path, column: str
) -> None:
    path = written(tmp_path / "list.csv", [("店名", "社区", "电话", column), ("老王超市", "皮村", "139", "待定")])
    words = ["-m", "outreach", "import", str(path)]
    child = pexpect.spawn(
        sys.executable, words, env=laptop.env(TERM="xterm"), encoding="utf-8", timeout=30, dimensions=(40, 80)
    )
    child.expect("no column says the day of a visit: ")
    assert "What is the column" not in child.before
    child.expect(pexpect.EOF)
    assert names(laptop) == ["老王超市"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_on_a_terminal_what_nobody_knows_is_asked(laptop: Laptop, tmp_path: Path) -> None:
    rows = [
        ("店名", "社区", "门面朝向", "开到几点", "评分"),
        ("老王超市", "皮村", "", "", "4"),
        ("小李菜店", "皮村", "", "九点", "5"),
    ]
    path = written(tmp_path / "list.csv", rows)
    words = ["-m", "outreach", "import", str(path)]
    child = pexpect.spawn(
        sys.executable, words, env=laptop.env(TERM="xterm"), encoding="utf-8", timeout=30, dimensions=(40, 80)
    )
    child.expect("门面朝向 of list.csv")
    child.expect("([0-9a-z]) address")
    address = child.match[1]
    child.expect("([0-9a-z]) opening hours")
    hours = child.match[1]
    child.expect("stop here")
    assert "datum" not in child.before
    child.send(address)
    child.expect("开到几点 of list.csv, such as “九点”")
    child.send(hours)  # the same key as in the question before
    child.expect("评分")
    child.expect("([0-9a-z]) leave it out")
    child.send(child.match[1])
    child.expect(pexpect.EOF)
    assert laptop.json("show", "小李菜店")["merchant"]["hours"] == "九点"
    assert "开到几点 = hours" in laptop.run("import", path).err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_a_list_of_visits_can_say_its_shops_phone_and_esc_stops(laptop: Laptop, tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", [("店名", "走访日期", "结果", "号儿"), ("老王超市", "2026-11-03", "待定", "139")])
    words = ["-m", "outreach", "import", str(path), "--new-shops"]
    child = pexpect.spawn(
        sys.executable, words, env=laptop.env(TERM="xterm"), encoding="utf-8", timeout=30, dimensions=(40, 80)
    )
    child.expect_exact("(press a key; Enter leaves it out; Esc stops)")  # which ends beyond the 80th column: no word is broken
    child.expect("the shop's phone")
    child.expect("stop here")
    child.send("\x1b")
    child.expect("Nothing was imported")
    child.expect(pexpect.EOF)
    assert names(laptop) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a folder that refuses")
def test_problems_go_where_they_can(laptop: Laptop, path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        laptop.run("import", path, code=3)
    finally:
        path.parent.chmod(0o700)


@pytest.mark.parametrize(("keep", "fates"), [("A", {"same"}), ("B", {"same", "doubtful"})])  # of B's values a person chose
@pytest.mark.parametrize("one_file", [True, False])
def test_lists_whose_shops_were_merged_change_nothing_when_they_come_again(
    laptop: Laptop, tmp_path: Path, keep: str, fates: set[str], *, one_file: bool
) -> None:
    head = ("店名", "社区", "电话", "类型")
    first, second = ("聚福园饭馆", "皮村", "13900000002", "小吃店"), ("聚福园餐馆", "皮村", "13900000003", "菜店")
    paths = [written(tmp_path / "a.csv", [head, first, second])]
    if not one_file:
        paths = [written(tmp_path / "a.csv", [head, first]), written(tmp_path / "b.csv", [head, second])]
    visits = [("店名", "社区", "走访日期", "结果", "电话"), (*second[:2], "2026-11-03", "待定", second[2])]
    paths.append(written(tmp_path / "c.csv", visits))
    for path in paths:
        laptop.run("import", path)
    laptop.run("merchant", "merge", first[0], second[0], "--keep", keep)
    before = laptop.json("list")["merchants"]
    for path in paths * 2:
        (sheet,) = laptop.json("import", path)["sheets"]
        assert {fate for fate, n in sheet["counts"].items() if n} <= fates
    assert laptop.json("list")["merchants"] == before


def test_a_list_that_was_corrected_corrects_the_shop_that_its_row_was_merged_into(laptop: Laptop, tmp_path: Path) -> None:
    head = ("店名", "社区", "电话", "地址")
    path = written(tmp_path / "list.csv", [head, ("聚福园餐馆", "皮村", "13900000003", "东街2号")])
    laptop.run("import", written(tmp_path / "other.csv", [head, ("聚福园饭馆", "皮村", "13900000002", "东街2号")]))
    laptop.run("import", path)
    laptop.run("merchant", "merge", "聚福园饭馆", "聚福园餐馆", "--keep", "A")
    written(path, [head, ("聚福园餐馆", "皮村", "13900000003", "东街20号")])
    for fate in ("changed", "same"):
        assert laptop.json("import", path)["sheets"][0]["counts"][fate] == 1
        shop = laptop.json("show", "聚福园餐馆")["merchant"]
        assert [shop[name] for name in ("name", "phone", "address")] == ["聚福园饭馆", "13900000002", "东街20号"]


def test_where_two_laptops_imported_one_list_either_corrects_it_and_a_person_s_word_stays(tmp_path: Path) -> None:
    share, head = tmp_path / "share", ("店名", "社区", "电话", "类别")
    one, other = Laptop(tmp_path / "one"), Laptop(tmp_path / "other", now="2026-11-24T09:30:00+08:00")
    path = written(tmp_path / "list.csv", [head, ("老王超市", "皮村", "138", "超市"), ("小李菜店", "皮村", "139", "菜摊")])
    for laptop in (one, other):
        laptop.run("import", path)
    one.run("sync", share, "--init")
    other.run("sync", share)
    other.run("merchant", "edit", "小李菜店", "--category", "菜店")
    other.run("sync")
    one.run("sync")
    written(path, [head, ("老王超市", "皮村", "13800138000", "超市"), ("小李菜店", "皮村", "139", "粮油店")])
    (sheet,) = one.json("import", path)["sheets"]
    assert [(row["name"], row["fate"]) for row in sheet["rows"]] == [("老王超市", "changed"), ("小李菜店", "doubtful")]
    assert one.json("show", "小李菜店")["merchant"]["category"] == "菜店"

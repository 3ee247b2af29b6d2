"""`outreach map`: what a community has, on the screen, as JSON, as GeoJSON that other programs open, and as a page."""

import json
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Laptop

PHONE = "13833334444"


@pytest.fixture
def village(laptop: Laptop) -> Laptop:
    """A village with two shops and a clinic on the map, a market and a shop that are not, and a school its record names."""
    laptop.run("community", "add", "皮村", "--school", "卫生站旁的同心学校", "--market", "村东的大集，逢三逢八")
    laptop.shop("老王超市", "signed-up", "--category", "超市", "--phone", PHONE)
    laptop.run("merchant", "edit", "老王超市", "--lat", "39.9886", "--lon", "116.5989", "--owner", "王建国")
    laptop.shop("小芳水果", "pending", "--category", "水果店")
    laptop.run("merchant", "edit", "小芳水果", "--lat", "39.9890", "--lon", "116.5995")
    laptop.shop("无址小店", "refused")
    laptop.run("place", "add", "卫生站", "--kind", "clinic", "--community", "皮村", "--lat", "39.9895", "--lon", "116.5985")
    laptop.run("place", "add", "大集", "--kind", "market", "--community", "皮村", "--offers", "菜", "--last-checked", "today")
    laptop.run("parent", "add", "刘姐", "--community", "皮村", "--phone", "13911112222")
    laptop.shop("外村店", "pending", community="上冲")
    return laptop


def test_the_screen_says_what_there_is_in_each_layer(village: Laptop) -> None:
    said = village.run("map", "--community", "皮村").out
    lines = [line.split() for line in said.splitlines()]
    assert ["Trade", "signed", "up", "1", "1", "老王超市"] in lines
    assert ["People", "parent", "volunteers", "1", "0"] in lines
    assert ["Base", "school", "1", "0", "卫生站旁的同心学校"] in lines
    assert "外村店" not in said
    assert "3 have no coordinates." in said  # nothing is listed beside a table
    assert "外村店" in village.run("map").out
    village.lang = "zh"
    assert "皮村社区资源图" in village.run("map", "--community", "皮村").out


def test_json_names_a_market_once_that_the_record_and_a_place_name(village: Laptop) -> None:
    found = village.json("map", "--community", "皮村")
    assert (found["format"], found["community"], found["parent_volunteers"]) == ("outreach/map/1", "皮村", 1)
    named = {(one["name"], one["kind"], one["layer"]) for one in found["resources"]}
    assert named >= {("大集", "market", "base"), ("卫生站旁的同心学校", "school", "base"), ("老王超市", "merchant", "trade")}
    assert [one["name"] for one in found["resources"]].count("大集") == 1
    by_name = {one["name"]: one for one in found["resources"]}
    assert (by_name["卫生站"]["lat"], by_name["卫生站"]["lon"]) == (39_989_500, 116_598_500)
    assert by_name["老王超市"]["status"] == "signed_up"
    village.run("place", "add", "实验小学", "--kind", "school", "--community", "皮村")
    schools = {one["name"] for one in village.json("map")["resources"] if one["kind"] == "school"}
    assert schools == {"实验小学", "卫生站旁的同心学校"}  # another school is not the one that was named
    village.run("place", "add", "卫生站旁的同心学校", "--kind", "other", "--community", "皮村")
    resources = village.json("map")["resources"]
    assert [one["kind"] for one in resources if one["name"] == "卫生站旁的同心学校"] == ["other"]
    assert [one["community"] for one in resources] == ["上冲", *["皮村"] * 7]


def test_geojson_is_wgs84_with_longitude_first_and_no_contacts(village: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    village.run("map", "--geojson", path)
    text = path.read_text(encoding="utf-8")
    document = json.loads(text)
    features = {f["properties"]["name"]: f for f in document["features"]}
    assert features["老王超市"]["geometry"] == {"type": "Point", "coordinates": [116.5989, 39.9886]}
    assert features["无址小店"]["geometry"] is None
    assert "crs" not in document
    assert not any(secret in text for secret in (PHONE, "13911112222", "王建国", "刘姐"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "there already" in village.run("map", "--geojson", path, code=1).err
    village.run("map", "--geojson", path, "--force")


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL is not installed")
def test_gdal_opens_it(village: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    village.run("map", "--geojson", path)
    told = subprocess.run(["ogrinfo", "-al", "-so", path], capture_output=True, text=True, check=True).stdout
    assert "Feature Count: 7" in told
    assert "WGS 84" in told
    assert "Extent: (116.598500, 39.988600) - (116.599500, 39.989500)" in told


def test_how_close_the_team_is_is_said_of_places_and_told_by_visits_of_merchants(village: Laptop) -> None:
    village.run("place", "edit", "卫生站", "--relation", "trusted", "--source", "村委会")
    village.shop("空门店", "not-met")
    village.run("refer", "刘姐", "小芳水果", "--kind", "introduced")
    found = {one["name"]: one for one in village.json("map")["resources"]}
    close = {name: found[name]["relation"] for name in ("卫生站", "大集", "老王超市", "小芳水果", "空门店")}
    assert list(close.values()) == ["trusted", None, "cooperating", "known", "stranger"]
    told = found["小芳水果"]
    assert (told["talks"], told["introduced_by_parents"], told["noted_on"], told["noted_by"]) == (1, 1, "2026-11-24", None)
    assert (found["卫生站"]["source"], found["大集"]["noted_on"]) == ("村委会", "2026-11-24")


def test_what_a_shop_that_was_merged_brings_is_counted_with_the_other(village: Laptop) -> None:
    village.run("refer", "刘姐", "小芳水果", "--kind", "introduced")
    village.run("merchant", "merge", "老王超市", "小芳水果", "--keep", "A")
    one = next(one for one in village.json("map")["resources"] if one["name"] == "老王超市")
    assert (one["talks"], one["introduced_by_parents"]) == (2, 1)


def test_people_are_named_only_where_it_is_asked_and_only_those_who_agreed(village: Laptop, tmp_path: Path) -> None:
    village.run("parent", "edit", "刘姐", "--consent-on", "2026-11-01", "--trained-on", "2026-11-02")
    village.run("parent", "add", "没同意的", "--community", "皮村")
    village.run("refer", "刘姐", "老王超市", "--kind", "introduced", "--at", "2026-11-20")
    village.run("refer", "刘姐", "没同意的", "--kind", "asked", "--at", "2026-11-21")
    village.run("refer", "没同意的", "小芳水果", "--kind", "introduced")
    village.shop("新店", "pending", "--with", "刘姐", "--by", "赵敏")
    for name, more in (("plain", ()), ("named", ("--with-people",))):
        said = village.run("map", "--html", tmp_path / f"{name}.html", "--geojson", tmp_path / f"{name}.json", *more).out
        assert ("for the team" in said.splitlines()[-1], "No person" in said) == (True, name == "plain")
    plain, named = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("plain", "named"))
    assert not any(name in plain for name in ("刘姐", "赵敏", "没同意的"))
    assert [name in named for name in ("刘姐", "赵敏", "没同意的", "13911112222")] == [True, True, False, False]
    assert "Counted and not named: 1." in named
    village.run("place", "edit", "大集", "--hours", "06:00-09:00", OUTREACH_WORKER="陈立")
    by = [
        {one["name"]: one["noted_by"] for one in village.json("map", *more)["resources"]} for more in ((), ("--with-people",))
    ]
    assert (by[0]["大集"], by[1]["大集"], by[1]["新店"]) == (None, "陈立", "赵敏")
    layer = (tmp_path / "named.json").read_text(encoding="utf-8")
    assert ("赵敏" in layer, "刘姐" in layer) == (True, False)
    assert village.json("map")["people"] == []
    assert village.json("map", "--with-people")["people"] == [
        {"alias": "刘姐", "community": "皮村", "trained_on": "2026-11-02", "shops": 1, "joined": 1, "along": 1, "parents": 1,
         "last": "2026-11-24"}
    ]  # fmt: skip
    screen = village.run("map", "--with-people").out
    assert ("刘姐" in screen, "没同意的" in screen) == (True, False)


def test_a_page_that_names_only_workers_begins_with_whom_it_is_for(village: Laptop, tmp_path: Path) -> None:
    village.shop("新店", "pending", "--by", "赵敏")
    for name, more in (("plain", ()), ("named", ("--with-people",))):
        village.run("map", "--html", tmp_path / f"{name}.html", *more)
        head = (tmp_path / f"{name}.html").read_text(encoding="utf-8").partition("<header>")[2].partition("</header>")[0]
        assert ("for the team" in head) == (name == "named")


def test_parents_of_another_community_or_who_rest_are_not_named(village: Laptop) -> None:
    village.run("parent", "add", "南姐", "--community", "上冲", "--consent-on", "2026-11-01")
    village.run("parent", "edit", "刘姐", "--consent-on", "2026-11-01", "--active", "no")
    assert village.json("map", "--community", "皮村", "--with-people")["people"] == []
    assert [one["alias"] for one in village.json("map", "--with-people")["people"]] == ["南姐"]


def test_a_slip_of_the_coordinates_is_listed_not_drawn(village: Laptop) -> None:
    village.run("place", "edit", "大集", "--lat", "22.27", "--lon", "113.55")
    village.run("merchant", "edit", "无址小店", "--lat", "0", "--lon", "0")
    places = {one["name"]: one["lat"] for one in village.json("map")["resources"]}
    assert (places["大集"], places["无址小店"]) == (None, None)


def test_the_page_lists_places_and_points_and_says_what_its_signs_mean(village: Laptop, tmp_path: Path) -> None:
    words = ("map", "--community", "皮村", "--with-people", "--html")
    village.run("place", "edit", "卫生站", "--hours", "08:00-17:30", OUTREACH_WORKER="陈立")
    village.run("place", "edit", "大集", "--hours", "06:00-09:00", OUTREACH_WORKER="陈立")
    village.run(*words, tmp_path / "m.html")
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    rows = [re.sub("<.*?>", "", row.replace("</td>", "|")) for row in re.findall("<tr data-f.*?</tr>", text)]
    assert rows == [
        "卫生站旁的同心学校|school|||||the community&#x27;s record|",
        "卫生站|clinic||08:00-17:30|||recorded 2026-11-24 by 陈立|",
        "大集|market||06:00-09:00|菜||recorded by 陈立; checked 2026-11-24|",
        "老王超市|redemption point · 超市||||cooperating, 1 talk|visited 2026-11-24|",
    ]
    count = "merchants 3, redemption points among them 1; other places 3; parent volunteers 1."
    assert f"As of 2026-11-24: {count} 3 have no coordinates and are listed." in text
    boxes = re.findall('value="(layer|status|kind|relation)-([a-z_]*)" checked', text)
    assert boxes == [
        ("layer", "base"), ("layer", "trade"), ("status", "signed_up"), ("status", "pending"), ("status", "refused"),
        ("kind", "school"), ("kind", "clinic"), ("kind", "market"),
        ("relation", "known"), ("relation", "cooperating"), ("relation", ""),
    ]  # fmt: skip
    legend = re.findall("<li>(.*?)</li>", text[text.index('class="legend"') :])
    assert [re.sub("<.*?>", " ", one).split() for one in legend] == [
        ["signed", "up"], ["pending"], ["refused"], ["S", "school"], ["C", "clinic"], ["M", "market"]
    ]  # fmt: skip
    assert "小芳水果 · 皮村 · pending · 水果店 · relation: known, 1 talk · visited 2026-11-24" in text
    village.lang = "zh"
    village.run(*words, tmp_path / "m.html", "--force")
    assert '"middle">校</text>' in (tmp_path / "m.html").read_text(encoding="utf-8")
    village.run("merchant", "add", "未访店", "--community", "上冲")
    village.run("map", "--html", tmp_path / "all.html")
    of_all = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert '<td class="d"><bdi>皮村</bdi></td>' in of_all
    assert "未访店 · 上冲 · 未走访 · 关系：陌生<" in of_all  # and nobody who said so


def test_nothing_recorded_is_a_page_too(laptop: Laptop, tmp_path: Path) -> None:
    laptop.run("map", "--html", tmp_path / "m.html")
    assert "outreach place add" in (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "People" in laptop.run("map").out
    laptop.run("map", "--community", "皮村", code=1)

"""A shop's place, read from whatever map: it is kept as WGS-84, and from which datum it came is said."""

import pytest

from tests.conftest import Laptop

BEIJING = {"wgs84": ("39.911954", "116.377817"), "gcj02": ("39.913345", "116.384047")}  # one place, as published


def place(laptop: Laptop) -> tuple[int | None, int | None, str | None]:
    shop = laptop.json("show", "老王超市")["merchant"]
    return shop.get("lat"), shop.get("lon"), shop.get("datum")


@pytest.mark.parametrize("typed", ["gcj02", "GCJ-02", "高德坐标"])
def test_a_place_of_a_chinese_map_is_kept_as_wgs84(laptop: Laptop, typed: str) -> None:
    lat, lon = BEIJING["gcj02"]
    laptop.run("merchant", "add", "老王超市", "--lat", lat, "--lon", lon, "--datum", typed)
    found = place(laptop)
    assert found[2] == "gcj02"
    assert (found[0], found[1]) == pytest.approx((39_911_954, 116_377_817), abs=2)


def test_a_place_without_a_datum_is_kept_as_it_is_and_an_earlier_datum_goes(laptop: Laptop) -> None:
    lat, lon = BEIJING["gcj02"]
    laptop.run("merchant", "add", "老王超市", "--lat", lat, "--lon", lon, "--datum", "bd09")
    assert place(laptop)[2] == "bd09"
    laptop.run("merchant", "edit", "老王超市", "--lat", lat, "--lon", lon)
    assert place(laptop) == (39_913_345, 116_384_047, None)


def test_a_place_abroad_is_as_given(laptop: Laptop) -> None:
    ran = laptop.run("merchant", "add", "老王超市", "--lat", "51.5074", "--lon", "-0.1278", "--datum", "gcj02")
    assert "kept as given" in ran.err
    assert place(laptop) == (51_507_400, -127_800, None)


@pytest.mark.parametrize("more", [(), ("--lat", "39.9"), ("--lat", "39.9", "--lon", "")])
def test_a_datum_needs_a_place(laptop: Laptop, more: tuple[str, ...]) -> None:
    laptop.run("merchant", "add", "老王超市", "--lat", "39.9", "--lon", "116.3")
    ran = laptop.run("merchant", "edit", "老王超市", "--datum", "gcj02", *more, code=2)
    assert ran.err.startswith("--datum says what --lat and --lon are given in.")
    assert place(laptop) == (39_900_000, 116_300_000, None)


def test_an_unknown_datum_lists_those_there_are(laptop: Laptop) -> None:
    ran = laptop.run("merchant", "add", "老王超市", "--lat", "1", "--lon", "1", "--datum", "utm", code=2)
    assert all(word in ran.err for word in ("wgs84", "gcj02", "bd09"))


@pytest.mark.parametrize("register", ["merchant", "place"])
def test_half_a_place_is_refused_unless_the_other_half_is_known(laptop: Laptop, register: str) -> None:
    refused = laptop.run(register, "add", "卫生站", "--lat", "39.9", code=2).err
    assert refused == "A place needs both --lat and --lon, for example --lat 39.9214 --lon 116.5830\n"
    laptop.run(register, "add", "卫生站", "--lat", "39.9", "--lon", "116.3")
    laptop.run(register, "edit", "卫生站", "--lat", "39.8")
    assert "needs both" in laptop.run(register, "edit", "卫生站", "--lon", "", code=2).err
    laptop.run(register, "edit", "卫生站", "--lat", "", "--lon", "")


def test_a_school_read_from_a_chinese_map_is_where_it_is(laptop: Laptop) -> None:
    lat, lon = BEIJING["gcj02"]
    laptop.run("place", "add", "皮村小学", "--lat", lat, "--lon", lon, "--datum", "gcj02")
    found = laptop.json("place", "show", "皮村小学")["place"]
    assert (found["lat"], found["lon"]) == pytest.approx((39_911_954, 116_377_817), abs=2)
    assert found["datum"] == "gcj02"
    laptop.run("place", "edit", "皮村小学", "--lat", "39.9", "--lon", "116.4")
    assert "datum" not in laptop.json("place", "show", "皮村小学")["place"]
    assert "--datum says what" in laptop.run("place", "edit", "皮村小学", "--datum", "bd09", code=2).err

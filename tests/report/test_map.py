"""The map: neighbours share a sheet, far communities do not; those without coordinates are listed; paper names all."""

import re

from outreach.domain.facts import Merchant
from outreach.domain.proximity import Spot
from outreach.domain.records import Outcome
from outreach.i18n import use
from outreach.report.map import drawing
from outreach.report.pins import Pin, merchant_pin, standing, symbol
from outreach.report.places import Located


def place(name: str, community: str | None, at: tuple[int, int] | None = None, status: str | None = "signed_up") -> Pin:
    return merchant_pin(Located(Merchant(name, name, community), community, status, False, Spot(*at) if at else None))  # noqa: FBT003


NORTH_AND_SOUTH = (("皮村", 39_900_000), ("上冲", 22_270_000))


def panels(drawn: str) -> int:
    return drawn.count('class="frame')


def test_villages_side_by_side_share_a_panel_and_cities_do_not() -> None:
    near = [place("甲", "皮村", (39_900_000, 116_600_000)), place("乙", "东村", (39_905_000, 116_600_000))]
    far = place("丙", "上冲", (22_270_000, 113_550_000))
    assert panels(drawing(near)) == 1
    assert panels(drawing([*near, far])) == 2
    assert all(name in drawing([*near, far]) for name in ("皮村", "东村", "上冲"))


def test_those_without_coordinates_stand_under_their_community_or_in_a_block() -> None:
    use("en")
    found = drawing([place("甲", "皮村", (39_900_000, 116_600_000)), place("乙", "皮村"), place("丙", None)])
    assert panels(found) == 2
    assert found.count("no coordinates") == 2
    assert found.count('class="dot ') == 3


def test_those_on_a_street_stand_along_it() -> None:
    along = [
        place(name, "皮村")._replace(address=address)
        for name, address in (("甲", "大街8号"), ("乙", "大街6号"), ("丙", "大街<5号"))
    ]
    found = drawing(along)
    assert re.findall(r"<bdi>(.*?)</bdi>", found) == ["大街", "乙", "甲", "丙"]
    assert "<small>6</small>" in found


def test_dots_lie_within_the_picture() -> None:
    spots = [(39_900_000 + 977 * i % 9_000, 116_600_000 + 613 * i % 7_000) for i in range(200)]
    found = drawing([place(str(i), "皮村", spot) for i, spot in enumerate(spots)])
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', found)[0])
    at = [(float(x), float(y)) for x, y in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', found)]
    assert all(0 < x < width and 0 < y < height for x, y in at)


def sign(name: str, at: tuple[int, int]) -> Pin:
    return place(name, "皮村", at)._replace(sign="超")


def test_a_place_far_outside_stands_at_the_edge_with_its_way_and_the_rest_are_no_dots() -> None:
    shops = [place(f"店{i}", "皮村", (39_990_000 + 400 * i, 116_600_000 + 400 * i)) for i in range(8)]
    market, supermarket = sign("早市", (39_992_000, 116_601_000)), sign("大超市", (39_972_500, 116_575_800))
    found = drawing([*shops, market, supermarket])
    assert found_on_paper(found) == {*(f"店{i}" for i in range(8)), "早市", "大超市 ↙ 3.0 km"}
    x, y = map(float, re.findall(r'<rect class="dot signed_up" x="([\d.]+)" y="([\d.]+)"', found)[-1])
    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', found)]
    assert 0 < x < min(dot[0] for dot in dots)
    assert max(dot[1] for dot in dots) < y
    assert max(dot[1] for dot in dots) - min(dot[1] for dot in dots) > 500


def test_a_shop_far_outside_and_places_all_over_are_to_scale() -> None:
    shops = [place(f"店{i}", "皮村", (39_990_000 + 400 * i, 116_600_000)) for i in range(8)]
    assert found_on_paper(drawing([*shops, place("远店", "皮村", (39_972_500, 116_575_800))])) >= {"远店"}
    apart = [sign(f"点{i}", (39_900_000 + 9_000 * i, 116_600_000)) for i in range(5)]
    assert found_on_paper(drawing(apart)) == {f"点{i}" for i in range(5)}


def test_one_shop_alone_and_none() -> None:
    assert panels(drawing([place("甲", "皮村", (39_900_000, 116_600_000))])) == 1
    assert drawing([]) == ""


def test_names_are_data() -> None:
    found = drawing([place('"><script>', "<b>村", (39_900_000, 116_600_000), "<i>")])
    assert "<script>" not in found
    assert "<b>" not in found
    assert "<i>" not in found


def test_ten_thousand_are_all_there() -> None:
    listed = [place(str(i), f"村{i % 40}") for i in range(10_000)]
    assert drawing(listed).count('class="dot ') == 10_000
    placed = [place(f"店{i}", "村", (39_900_000 + 977 * i % 90_000, 116_600_000 + 613 * i % 70_000)) for i in range(10_000)]
    assert drawing(placed).count('class="dot ') == 10_000
    assert found_on_paper(drawing(placed)) == {f"店{i}" for i in range(10_000)}


def found_on_paper(drawn: str) -> set[str]:
    """The names that can be read without pointing: beside their dots, or in the list of numbers that stand on the map."""
    beside = set(re.findall(r'class="name"[^>]*>([^<]*)<', drawn))
    numbers = [[int(n) for n in span.split("–")] for span in re.findall(r'class="number"[^>]*>([^<]*)<', drawn)]
    standing = {n for span in numbers for n in range(span[0], span[-1] + 1)}
    listed = {int(n): name for n, name in re.findall(r"<b>(\d+)</b> <bdi>([^<]*)</bdi>", drawn)}
    assert standing == listed.keys()
    return beside | set(listed.values())


def test_names_stand_beside_their_dots_and_where_there_is_no_room_a_number_does() -> None:
    apart = [place(f"店{i}", "皮村", (39_900_000 + i * 2_000, 116_600_000)) for i in range(5)]
    assert drawing(apart).count('class="name"') == 5
    assert 'class="number"' not in drawing(apart)
    together = [place(f"店{i}", "皮村", (39_900_000, 116_600_000)) for i in range(50)]
    assert "–" in "".join(re.findall(r'class="number"[^>]*>([^<]*)<', drawing(together)))
    assert found_on_paper(drawing(together)) == {f"店{i}" for i in range(50)}
    assert found_on_paper(drawing([place("长" * 100, "皮村", (39_900_000, 116_600_000))])) == {"长" * 100}


def test_numbers_go_on_from_sheet_to_sheet() -> None:
    north = [place(f"北{i}", "皮村", (39_900_000, 116_600_000)) for i in range(30)]
    south = [place(f"南{i}", "上冲", (22_270_000, 113_550_000)) for i in range(30)]
    assert len(found_on_paper(drawing([*north, *south]))) == 60


def test_two_rows_of_half_sheets_have_room_on_a4_with_their_lists() -> None:
    tall = [place(f"{name}{i}", name, (lat + 9_000 * i, 116_600_000)) for name, lat in NORTH_AND_SOUTH for i in range(2)]
    sizes = re.findall(r'viewBox="0 0 500 ([\d.]+)"', drawing(tall))
    assert [float(height) <= 450 for height in sizes] == [True, True]


def test_every_sheet_has_a_scale_and_an_arrow_to_the_north() -> None:
    use("en")
    found = drawing([place("甲", "皮村", (39_900_000, 116_600_000)), place("乙", "上冲", (22_270_000, 113_550_000))])
    assert found.count('class="north"') == 2
    assert found.count(" m</text>") == 2


def test_from_pole_to_pole_and_over_the_date_line() -> None:
    corners = [(90_000_000, 180_000_000), (-90_000_000, -180_000_000), (90_000_000, -180_000_000)]
    found = drawing([place(str(at), "村", at) for at in corners])
    assert found_on_paper(found) == {str(at) for at in corners}
    assert "nan" not in found


def test_standings_differ_by_their_shapes_as_well_as_by_their_colours() -> None:
    looks = ("signed_up", "pending", "refused", "not_met", "not_visited")
    shapes = {re.sub(r'class="[^"]*"', "", symbol(look, "", 8, 8)) for look in looks[:4]}
    assert len(shapes) == 4
    assert all(f'class="dot {look}"' in symbol(look, "", 8, 8) for look in looks)


def test_the_legend_has_the_words_of_the_tables_for_a_firm_refusal() -> None:
    use("zh")
    soft, firm = (Located(Merchant(i, i, "皮村"), "皮村", "refused", yes, None) for i, yes in (("a", False), ("b", True)))
    assert standing(Outcome.REFUSED, [soft, firm]) == "拒绝、拒绝（坚决）"
    assert standing(Outcome.REFUSED, [soft]) == standing(Outcome.REFUSED, []) == "拒绝"

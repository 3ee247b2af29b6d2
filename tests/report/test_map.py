"""The map: neighbours share a panel, far communities do not, those without coordinates stand under theirs; it has an end."""

import re

from outreach.domain.facts import Merchant
from outreach.domain.proximity import Spot
from outreach.i18n import use
from outreach.report.map import MOST, drawing, left_out
from outreach.report.places import Place


def place(name: str, community: str | None, at: tuple[int, int] | None = None, status: str | None = "pending") -> Place:
    return Place(Merchant(name, name, community), community, status, False, Spot(*at) if at else None)  # noqa: FBT003


def panels(drawn: str) -> int:
    return drawn.count('class="frame"')


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


def test_dots_lie_within_the_picture() -> None:
    spots = [(39_900_000 + 977 * i % 9_000, 116_600_000 + 613 * i % 7_000) for i in range(200)]
    found = drawing([place(str(i), "皮村", spot) for i, spot in enumerate(spots)])
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', found)[0])
    at = [(float(x), float(y)) for x, y in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', found)]
    assert all(0 < x < width and 0 < y < height for x, y in at)


def test_one_shop_alone_and_none() -> None:
    assert panels(drawing([place("甲", "皮村", (39_900_000, 116_600_000))])) == 1
    assert drawing([]) == ""


def test_names_are_data() -> None:
    found = drawing([place('"><script>', "<b>村", (39_900_000, 116_600_000), "<i>")])
    assert "<script>" not in found
    assert "<b>" not in found
    assert "<i>" not in found


def test_ten_thousand_are_cut_and_counted() -> None:
    many = [place(str(i), f"村{i % 40}") for i in range(10_000)]
    assert drawing(many).count('class="dot ') == MOST
    assert left_out(many) == 8_000

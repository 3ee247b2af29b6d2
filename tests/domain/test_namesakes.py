"""Communities of one name: each is called so that it can be told from the others, by what only it has."""

from outreach.domain.change import Fields
from outreach.domain.namesakes import lying_in, told_apart


def called(*communities: Fields) -> list[str]:
    return list(told_apart({"id": str(n), **c} for n, c in enumerate(communities)).values())


def test_one_alone_is_called_by_its_name_whatever_its_city() -> None:
    assert called({"name": "皮村", "city": "北京"}, {"name": "上冲", "city": "珠海"}) == ["皮村", "上冲"]


def test_the_city_tells_or_where_that_is_the_same_the_district() -> None:
    assert called({"name": "新村", "city": "北京"}, {"name": "新村", "city": "珠海"}) == ["新村 北京", "新村 珠海"]
    here = {"name": "新村", "city": "珠海"}
    assert called(here | {"district": "香洲区"}, here | {"district": "斗门区"}) == ["新村 香洲区", "新村 斗门区"]
    assert called(here, here | {"district": "斗门区"}) == ["新村", "新村 斗门区"]


def test_what_nothing_tells_apart_keeps_its_name() -> None:
    assert called({"name": "新村"}, {"name": "新村"}) == ["新村", "新村"]


def test_those_that_lie_in_a_city_or_a_district() -> None:
    some: list[Fields] = [{"name": "新村", "city": "北京"}, {"name": "新村", "city": "珠海", "district": "北京"}]
    assert lying_in("珠海", some) == some[1:]
    assert lying_in("北京", some) == some
    assert lying_in("广州", some) == []

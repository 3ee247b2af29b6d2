"""The score's numbers come from settings.toml; what is wrong there is named with its key, in the user's language."""

from pathlib import Path

import pytest

from outreach.domain.rules import Holds, Rules, Weights
from outreach.errors.storage import BadSetting, NoSuchNumber
from outreach.i18n import use
from outreach.report.scoring import in_force, rules
from outreach.settings import parse

PATH = Path("settings.toml")


def said(text: str) -> Rules:
    return rules(parse(text, PATH))


def test_the_defaults_are_in_force_where_nothing_is_said() -> None:
    assert said("") == Rules()
    assert said("[weights]\n[holds]") == Rules()


def test_what_is_said_replaces_only_what_it_names() -> None:
    found = said('[weights]\nintroduced = 25\nally_labels = ["有冷柜", "热心"]\n[holds]\npending = 10')
    assert found == Rules(Weights(introduced=25, ally_labels=("有冷柜", "热心")), Holds(pending=10))


def test_every_number_is_listed_by_its_full_name() -> None:
    found = in_force(parse("[holds]\nrefused = 21", PATH))
    assert (found["weights.introduced"], found["holds.refused"], found["weights.ally_labels"]) == (30, 21, ["潜在伙伴"])


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("[weights]\nintroduced = 3.5", "weights.introduced", "it needs a whole number from 0 to 100"),
        ('[weights]\nintroduced = "30"', "weights.introduced", "it needs a whole number from 0 to 100"),
        ("[weights]\nintroduced = true", "weights.introduced", "it needs a whole number from 0 to 100"),
        ("[weights]\nintroduced = nan", "weights.introduced", "it needs a whole number from 0 to 100"),
        ("[weights]\nintroduced = 2026-11-24", "weights.introduced", "it needs a whole number from 0 to 100"),
        ("[weights]\nintroduced = 101", "weights.introduced", "it needs a whole number from 0 to 100"),
        ("[weights]\nintroduced_fade_days = 0", "weights.introduced_fade_days", "it needs a whole number from 1 to 3650"),
        ("[weights]\nattempts_free = -1", "weights.attempts_free", "it needs a whole number from 0 to 3650"),
        ('[weights]\nally_labels = "潜在伙伴"', "weights.ally_labels", "it needs a list of texts"),
        ("[weights]\nally_labels = [1]", "weights.ally_labels", "it needs a list of texts"),
        (
            '[weights]\nhealthy_categories = "菜摊"',
            "weights.healthy_categories",
            'it needs a list of texts, such as ["菜摊", "菜店"]',
        ),
        ("[weights]\nfar_point_metres = 0", "weights.far_point_metres", "it needs a whole number from 1 to 100000"),
        ("[weights]\nfamilies_many = 0", "weights.families_many", "it needs a whole number from 1 to 1000000"),
        ("[weights]\nfamily_size = 101", "weights.family_size", "it needs a whole number from 1 to 100"),
        ("[weights]\nopinion_wait = 1", "weights.opinion_wait", "it needs a whole number from -100 to 0"),
        ("[weights]\nscam_with_introducer = -101", "weights.scam_with_introducer", "it needs a whole number from -100 to 100"),
        ("[weights]\ngoods_other = -101", "weights.goods_other", "it needs a whole number from -100 to 100"),
        ("[holds]\npending = -1", "holds.pending", "it needs a whole number from 0 to 3650"),
        ("[holds]\npending = 99999999999999999999", "holds.pending", "it needs a whole number from 0 to 3650"),
    ],
)
def test_a_number_that_cannot_be_used_is_named_with_what_it_needs(text: str, key: str, why: str) -> None:
    use("en")
    with pytest.raises(BadSetting) as refused:
        said(text)
    assert f"The setting {key} in settings.toml cannot be " in str(refused.value)
    assert f": {why}" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("introduced = 101", "101"),
        ("introduced = 3.5", "3.5"),
        ('ally_labels = "潜在伙伴"', '"潜在伙伴"'),
        ("ally = true", "true"),
    ],
)
def test_the_value_that_was_typed_is_named_too(text: str, value: str) -> None:
    use("en")
    with pytest.raises(BadSetting, match="cannot be") as refused:
        said(f"[weights]\n{text}")
    assert f" cannot be {value}: it needs " in str(refused.value)


def test_a_name_that_is_none_is_told_apart_from_the_one_that_was_meant_and_how_to_take_it_out() -> None:
    use("en")
    with pytest.raises(NoSuchNumber) as refused:
        said("[weights]\nintroducd = 3")
    text = str(refused.value)
    assert text.startswith("There is no setting weights.introducd")
    assert 'Did you mean weights.introduced? To take it out: outreach settings weights.introducd ""' in text

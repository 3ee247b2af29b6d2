"""What a file says beside what is here: what is the same, what is written, what stays."""

from outreach.exchange.comparing import compared, differing
from outreach.exchange.fates import Step

EARLY, LATE = "2026-11-20T17:09:00+00:00", "2026-11-21T01:09:00+08:00"


def test_what_a_file_says_otherwise() -> None:
    before = {"note": "再看看", "at": EARLY, "until": LATE, "families": 5, "phone": None, "hours": "9-18"}
    said = {"note": "再看看", "at": LATE, "until": "2026-11-21T01:09:01+08:00", "families": 6, "phone": "138"}
    wanted = {
        "until": Step(LATE, "2026-11-21T01:09:01+08:00"),
        "families": Step(5, 6),
        "phone": Step(None, "138"),
    }
    assert differing(before, said) == wanted


def test_a_text_and_an_instant_are_two() -> None:
    assert differing({"note": EARLY}, {"note": "昨天"}) == {"note": Step(EARLY, "昨天")}
    assert differing({"note": "昨天"}, {"note": EARLY}) == {"note": Step("昨天", EARLY)}


def test_what_was_spoken_of_stays_and_half_a_place_is_none() -> None:
    steps = {name: Step(1, 2) for name in ("lat", "lon", "phone", "address")}
    for spoken, kept in ((["lat", "note"], {"lat", "lon"}), (["phone", "note"], {"phone"}), ([], set())):
        found = compared(steps, spoken, overwrite=False)
        assert (set(found.kept), set(found.changed)) == (kept, steps.keys() - kept)
    assert compared(steps, ["lat", "phone"], overwrite=True).kept == {}

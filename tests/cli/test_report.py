"""`outreach report`: a page that can be read aloud, and that comes out the same when it is printed again."""

from pathlib import Path

import pytest

from tests.conftest import Laptop

PAGE = """\
4 merchants visited: 2 signed up, 1 pending, 1 refused.
Week 2026-W48, 2026-11-23 to 2026-11-29. Visits: 3; newly signed up: 1; parents'
introductions: 1.

Where the merchants stand
Status     Merchants  Last week  Difference  Share
signed up          2          1          +1  50.0%  ██
pending            1          1           0  25.0%  █
refused            1          0          +1  25.0%  █
not met            0          0           0   0.0%

The week in numbers
Figure                    This week  Last week  Difference
Merchants visited so far          4          2          +2
Visits                            3          0          +3
Newly signed up                   1          0          +1
Parents' introductions            1          0          +1
Follow-ups overdue                1          0          +1

What moved
Day        Merchant    Community  Before   Now        Introduced by
11-25 Wed  老周粮油店  皮村       pending  signed up  燕子
Visited for the first time: 2, of which 0 signed up, 1 pending, 1 refused, 0 not
met.

Communities
Community  Known  Visited  signed up  pending  refused  not met  Joined before
上冲           2        2          0        1        1        0              0
皮村           2        2          2        0        0        0              1
No redemption point yet: 上冲.

The week by community
Community  Visits  Last week  Newly joined  Introductions  Overdue
上冲            2          0             0              0        1  ██
皮村            1          0             1              1        0  █

Who made the visits
Worker    Visits  Last week  Merchants  signed up  pending  refused  not met
林晓           2          0          2          1        1        0        0  ██
not said       1          0          1          0        0        1        0  █

Visits by day, and how they ended
Day        signed up  pending  refused  not met  Visits  Last week
11-23 Mon          0        0        0        0       0          0
11-24 Tue          0        0        0        0       0          0
11-25 Wed          1        1        0        0       2          0
11-26 Thu          0        0        0        0       0          0
11-27 Fri          0        0        1        0       1          0
11-28 Sat          0        0        0        0       0          0
11-29 Sun          0        0        0        0       0          0

Why merchants are pending
Reason               Merchants  Last week  Difference
must ask the family          1          0          +1  █
suspects a scam              0          1          -1
A merchant with several reasons counts for each.

Visits with and without a parent's introduction
Too few visits to conclude anything: 1 with an introduction, 4 without. Read it
as a hint.
Period         Visits          Signed up  Of visits   Share  95% interval
this week      introduced              1          1  100.0%  20.7%–100.0%
this week      not introduced          0          2    0.0%    0.0%–65.8%
last 12 weeks  introduced              1          1  100.0%  20.7%–100.0%
last 12 weeks  not introduced          1          4   25.0%    4.6%–69.9%
Counted are visits at which someone was met who had not joined. With an
introduction: a parent had spoken to that merchant in the 30 days before, or
came along.
Parents introduce shops that they trust already; so the difference is no proof
that introductions caused it.

Follow-ups overdue
Due        Days  Merchant  Community  Mark       Worker
11-28 Sat     1  任家菜店  上冲       follow-up  林晓

Follow-ups due until the end of next week
No follow-up is due until the end of next week.

To visit next (may be visited now: 1; better wait: 1)
1. 任家菜店 · 上冲 · pending · Score 30
    → Go alone: agreed for 11-28 Sat, which has passed.
     +20  Pending: the owner is thinking it over.
     +10  The community has no redemption point yet.
       0  A follow-up of 11-28 Sat is 1 day overdue.
2. 重庆小面 · 上冲 · refused · Score 15
    → Wait until 12-11 Fri: let the refusal rest.
      +5  Refused, but not for good.
     +10  The community has no redemption point yet.

Where to go
Community  May be visited  Better wait  Advice
上冲                    1            1  May be visited now: 1 (worker alone 1);
                                        better wait: 1.

What people decided
No decision is in force.

The parents' part
Parent  Community  Spoke  Along  Opinions  Last week  So far  To shops  Joined
燕子    皮村           1      0         0          0       1         1       1
Last week: the three together. So far: all introductions; to so many shops, of
which so many have joined, whatever moved them.

Shops worth a mark
No shop stands out.

On this laptop today
What waits                                                Number
Changes recorded here that are not shared yet                 14
Files that wait for the shared folder                          0
Files of others with lines that this version cannot read       0
To share: outreach sync

Data to check
Nothing stands out.
"""


@pytest.fixture
def week(laptop: Laptop) -> Laptop:
    """A month ago 老周粮油店 wavered; this week a mother spoke to the owner, he joined, and two shops were seen first."""
    laptop.now = "2026-10-20T15:00:00+08:00"
    laptop.shop("老周粮油店", "pending", "--minutes", "40", "--why", "suspects-scam", "--by", "林晓")
    laptop.shop("老王超市", "signed-up")
    laptop.run("parent", "add", "燕子", "--community", "皮村", "--consent-on", "2026-10-01")
    laptop.now = "2026-11-24T19:00:00+08:00"
    laptop.run("refer", "燕子", "老周粮油店")
    laptop.now = "2026-11-25T10:00:00+08:00"
    laptop.run("visit", "老周粮油店", "signed-up", "--by", "林晓")
    new = ["--why", "must-ask-family", "--follow-up", "2026-11-28", "--by", "林晓"]
    laptop.shop("任家菜店", "pending", *new, community="上冲")
    laptop.now = "2026-11-27T10:00:00+08:00"
    laptop.shop("重庆小面", "refused", community="上冲")
    laptop.now = "2026-11-29T21:00:00+08:00"
    return laptop


def test_the_page(week: Laptop) -> None:
    assert week.run("report").out == PAGE


def test_the_document(week: Laptop) -> None:
    found = week.json("report")
    assert (found["format"], found["week"], found["from"], found["to"]) == (
        "outreach/report/1", "2026-W48", "2026-11-23", "2026-11-29",
    )  # fmt: skip
    assert found["totals"] == {
        "merchants_visited": 4, "signed_up": 2, "pending": 1, "refused": 1, "not_met": 0, "visits": 3, "new_signed_up": 1,
        "referrals": 1, "follow_ups_overdue": 1,
    }  # fmt: skip
    assert [(line["name"], line["signed_up"], line["visits"]) for line in found["communities"]] == [
        ("上冲", 0, 2),
        ("皮村", 2, 1),
    ]
    (move,) = found["moved"]
    assert (move["name"], move["from"], move["to"], move["day"]) == ("老周粮油店", "pending", "signed_up", "2026-11-25")
    assert [p["alias"] for p in move["introduced_by"]] == ["燕子"]
    (late,) = found["follow_ups_overdue"]
    assert (late["merchant"], late["due"], late["days_overdue"]) == ("任家菜店", "2026-11-28", 1)
    assert found["next"] == week.json("priority")["merchants"]


def in_files(week: Laptop, place: Path) -> list[bytes]:
    """The report of that week in its three files."""
    paths = [place / f"week.{ending}" for ending in ("html", "xlsx", "md")]
    words = [word for path in paths for word in (f"--{path.suffix[1:]}", path)]
    week.run("report", "--week", "2026-W48", *words, "--force")
    return [path.read_bytes() for path in paths]


def test_it_comes_out_the_same_whatever_happens_after(week: Laptop, tmp_path: Path) -> None:
    sunday = week.json("report")
    week.now = "2026-11-30T09:00:00+08:00"
    printed, document = week.run("report", "--week", "2026-W48").out, week.json("report", "--week", "2026-W48")
    assert [s for s in sunday["sections"] if s["code"] != "waiting"] == document["sections"]
    files = in_files(week, tmp_path)
    week.run("visit", "任家菜店", "signed-up", "--tag", "愿意帮忙宣传")
    week.run("visit", "老周粮油店", "refused", "--firm")
    week.run("done", "任家菜店")
    week.now = "2026-12-02T09:00:00+08:00"
    week.run("tag", "任家菜店", "跟进", "--due", "2026-12-09")
    week.run("untag", "任家菜店", "愿意帮忙宣传")
    week.run("opinion", "重庆小面", "doubtful", "--count", "3")
    week.run("refer", "燕子", "重庆小面", "--kind", "vouched")
    week.run("refer", "刘姐", "重庆小面", "--new")
    week.run("merchant", "edit", "重庆小面", "--name", "唐姐小面", "--community", "皮村")
    week.run("community", "edit", "皮村", "--name", "皮村东")
    week.run("parent", "edit", "燕子", "--alias", "小燕")
    week.shop("新开的店", "signed-up", community="北山村")
    week.run("merchant", "remove", "老王超市")
    assert week.json("report", "--week", "2026-W48") == document
    assert week.run("report", "--week", "2026-W48").out == printed
    assert in_files(week, tmp_path) == files
    assert week.json("report")["totals"]["visits"] == 3


def test_what_is_keyed_in_later_about_that_week_belongs_to_it(week: Laptop) -> None:
    week.now = "2026-12-01T09:00:00+08:00"
    week.run("visit", "老王超市", "pending", "--at", "2026-11-26")
    week.shop("纸上的店", "pending", "--at", "2026-11-26", community="北山村")
    totals = week.json("report", "--week", "2026-W48")["totals"]
    assert (totals["merchants_visited"], totals["visits"], totals["signed_up"]) == (5, 5, 1)


def test_a_slip_taken_back_is_out_of_the_earlier_week_too(week: Laptop) -> None:
    week.run("visit", "重庆小面", "signed-up")
    assert week.json("report")["totals"]["signed_up"] == 3
    week.now = "2026-11-30T09:00:00+08:00"
    week.run("undo")
    assert week.json("report", "--week", "2026-W48")["totals"]["signed_up"] == 2


def test_the_current_week_says_that_it_is_not_over(week: Laptop) -> None:
    week.now = "2026-11-26T09:00:00+08:00"
    lines = week.run("report").out.splitlines()
    assert "The week is not over; this is how it stood on 11-26 Thu." in lines
    assert week.json("report")["totals"]["visits"] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-W49", "The week 2026-W49 lies ahead. A report looks back: take this week or an earlier one.\n"),
        ("2099-W01", "The week 2099-W01 lies ahead. A report looks back: take this week or an earlier one.\n"),
        ("2026-W54", "“2026-W54” is not a week. Write it as 2026-W48, or: last.\n"),
        ("0001-W01", "“0001-W01” is not a week. Write it as 2026-W48, or: last.\n"),
        ("next", "“next” is not a week. Write it as 2026-W48, or: last.\n"),
        ("", "“” is not a week. Write it as 2026-W48, or: last.\n"),
    ],
)
def test_a_week_that_has_not_begun_or_is_none_is_refused(laptop: Laptop, text: str, said: str) -> None:
    refused = laptop.run("report", "--week", text, code=2)
    assert (refused.out, refused.err) == ("", said)


def test_last_week_has_a_name(week: Laptop) -> None:
    assert week.run("report", "--week", "上周").out == week.run("report", "--week", "2026-W47").out


def test_an_empty_laptop_has_an_empty_report(laptop: Laptop) -> None:
    assert laptop.run("report").out.splitlines()[0] == "0 merchants visited: 0 signed up, 0 pending, 0 refused."
    assert laptop.json("report")["communities"] == []


def test_own_reasons_are_shown_by_their_labels(laptop: Laptop) -> None:
    laptop.home.mkdir(parents=True)
    (laptop.home / "settings.toml").write_text('[reasons]\nrent = { en = "rent is up", zh = "涨房租" }\n', encoding="utf-8")
    laptop.shop("老王超市", "pending", "--why", "rent")
    assert "rent is up          1          0          +1  █\n" in laptop.run("report").out
    assert laptop.json("report")["reasons"] == [{"reason": "rent", "merchants": 1}]

"""A laptop with some of everything, to be written to files."""

from tests.conftest import Laptop

ALL = ("communities", "places", "merchants", "parents", "visits", "referrals", "tags", "opinions", "overrides", "separations")


def filled(laptop: Laptop) -> Laptop:
    """Four shops in two villages, one of them not visited; a parent of each; what they did."""
    run = laptop.run
    run("visit", "老王超市", "pending", "--new", "--community", "皮村", "--at", "2026-11-20", "--by", "赵敏")
    run("merchant", "edit", "老王超市", "--phone", "12000015678", "--owner", "王建国", "--wechat", "laowang88")
    run("merchant", "edit", "老王超市", "--lat", "39.9214", "--lon", "116.5830", "--address", "东街3号")
    run("visit", "小芳水果", "refused", "--new", "--community", "北山村", "--at", "2026-11-19 15:20", "--firm", "--by", "林晓")
    fang = ("--category", "水果店", "--lat", "39.913345", "--lon", "116.384047", "--datum", "gcj02")
    run("merchant", "edit", "小芳水果", *fang)
    run("merchant", "add", "老李超市", "--community", "皮村")
    run("refer", "刘姐", "老王超市", "--new", "--kind", "introduced", "--at", "2026-11-21")
    run("parent", "edit", "刘姐", "--phone", "12000098765", "--community", "皮村", "--trained-on", "2026-10-01")
    run("refer", "燕子", "小芳水果", "--new", "--kind", "asked", "--note", '她说"再想想"')
    more = ("--with", "刘姐", "--met", "owner", "--minutes", "20", "--why", "suspects-scam", "--why", "other")
    run(
        "visit",
        "老王超市",
        "pending",
        "--at",
        "2026-11-23 10:30",
        *more,
        "--note",
        "问“谁付钱”，\n下周再说",
        "--follow-up",
        "3d",
    )
    run("visit", "老张面馆", "signed-up", "--new", "--community", "皮村", "--by", "林晓")
    run(
        "place",
        "add",
        "皮村小学",
        "--kind",
        "school",
        "--community",
        "皮村",
        "--offers",
        "周末借教室",
        "--lat",
        "39.913345",
        "--lon",
        "116.384047",
        "--datum",
        "bd09",
        "--relation",
        "known",
        "--source",
        "村委会说的",
        "--last-checked",
        "2026-11-20",
    )
    run("tag", "小芳水果", "冷柜")
    run("opinion", "老王超市", "reliable", "--count", "3")
    run("merchant", "duplicates", "--not-same", "老李超市", "老王超市")
    run("priority", "--hold", "--community", "皮村", "--until", "2026-12-10", "--note", "市场停业到十号")
    return laptop

"""Words of the closed sets as people write them into their lists: codes, labels, synonyms. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

from outreach.domain.datum import Datum
from outreach.domain.records import Approach, Met, Outcome, Reason, ReferralKind, Ruling, View
from outreach.domain.resources import PlaceKind, Relation
from outreach.domain.text import natural_key

YES = frozenset(("yes", "y", "true", "1", "on", "是", "对", "有", "√", "✓"))
NO = frozenset(("no", "n", "false", "0", "off", "否", "不", "没有", "没", "无", "×"))
_NOT_YET = frozenset(
    ("未", "未加入", "未签", "未签约", "没加入", "没签", "没签约", "还没", "还没有", "尚未", "notyet", "✗", "✘")
)
_ASKS = re.compile("^(?!.*意向).*(?:是否|吗|加入|签约|joined|signed)", re.IGNORECASE).match  # a wish is no joining
_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Outcome: {
        "signed_up": "已加入 已签 加入 加入了 同意 已同意 同意加入 愿意 愿意加入 已签约 签约 签了 已合作 谈成 谈成了 "
        "signedup joined yes",
        "pending": "待定 未定 有意向 再看看 再想想 考虑 考虑中 再考虑 考虑一下 再考虑一下 考虑考虑 再考虑考虑 观望 犹豫 "
        "pending undecided maybe",
        "refused": "拒绝 不同意 不同意加入 不愿意 不愿意加入 不愿 不参加 不加入 没兴趣 不感兴趣 refused no",
        "not_met": "未见到负责人 没见到负责人 没见到人 未见到人 未见到 没人 不在 老板不在 店主不在 负责人不在 关门 没开门 "
        "notmet closed",
    },
    Approach: {
        "alone": "社工独访 独访 workeralone alone",
        "accompanied": "家长陪同 陪同 withaparent accompanied",
        "parent_led": "家长主导 ledbyaparent parentled",
        "wait": "缓一缓 wait",
    },
    Met: {"owner": "负责人 店主 老板 theowner owner", "staff": "店员 员工 staff", "family": "家人 家属 family"},
    Reason: {
        "suspects_scam": "怀疑是骗子 怕骗 怕是骗子 担心被骗 不信任 怕被骗 骗子 suspectsascam scam",
        "no_neighbour_has_joined": "附近没有店加入 等别人先加入 等别人先做 没人加入 noneighbourhasjoined",
        "must_ask_family": "要问家里人 家人不同意 家里人不同意 问家人 mustaskthefamily",
        "owner_away": "负责人不在 老板不在 店主不在 theownerisaway",
        "too_much_trouble": "嫌麻烦 怕麻烦 太麻烦 麻烦 手续麻烦 toomuchtrouble",
        "payment_worry": "怕收不到钱 担心收款 worriesaboutpayment",
        "has_other_scheme": "已有别的合作 hasanotherscheme",
        "other": "其他 其它 other",
    },
    ReferralKind: {
        "asked": "请店家加入 请求 askedtheownertojoin asked",
        "introduced": "介绍项目 介绍 引荐 introducedtheproject introduced",
        "accompanied": "陪同走访 陪同 wentalong accompanied",
        "vouched": "作保 担保 vouchedforit vouched",
    },
    PlaceKind: {
        "school": "学校 小学 幼儿园 school",
        "clinic": "诊所 卫生站 卫生服务站 clinic",
        "police": "派出所 policestation",
        "committee": "居委会 村委会 residents'committee",
        "market": "菜市场 市场 market",
        "square": "广场公园 广场 公园 squareorpark",
        "transport": "公交地铁 公交 地铁 busormetro",
        "community_centre": "社区活动中心 活动中心 communitycentre",
        "venue": "可用场地 场地 roomtomeetin",
        "supermarket": "大超市 largesupermarket",
        "welfare_service": "社会服务机构 welfareservice",
        "property": "物业 propertymanagement",
        "partner": "社会力量 partner",
        "other": "其他地点 其他 otherplace",
    },
    Relation: {
        "stranger": "陌生 未接触 没联系 没联系过 不认识 stranger nocontact",
        "known": "认识 有联系 接触过 known incontact",
        "cooperating": "合作 合作中 合作过 在合作 有合作 cooperating workingtogether",
        "trusted": "信任 互相信任 trusted",
    },
    Datum: {
        "wgs84": "gps坐标 gps wgs84",
        "gcj02": "高德坐标 高德 腾讯 火星坐标 amap gcj02",
        "bd09": "百度坐标 百度 baidu bd09",
    },
    Ruling: {"pin": "先去 visitfirst", "hold": "先不去 holdoff"},
    View: {"first": "优先 first", "wait": "缓一缓 wait", "reliable": "靠谱 reliable", "doubtful": "存疑 doubtful"},
}


def code_of(words: type[StrEnum], text: str) -> str | None:
    """The code that a text means, or None."""
    typed = natural_key(text).replace("-", "_")
    bare = typed.replace("_", "")
    said = _WORDS.get(words, {})
    return next((code.value for code in words if typed == code or bare in said.get(code, "").split()), None)


def whether_joined(head: str, text: str) -> Outcome | None:
    """What yes or no means below a head that asks whether a shop joined. No is not yet: a refusal is said in other words."""
    typed = natural_key(text)
    if not _ASKS(head):
        return None
    return Outcome.SIGNED_UP if typed in YES else Outcome.PENDING if typed in NO | _NOT_YET else None

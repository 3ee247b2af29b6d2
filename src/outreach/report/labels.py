"""The closed words in both languages (BACKGROUND.md): what a code is called on screen, and what people may type for it."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from outreach.domain.datum import Datum
from outreach.domain.records import FOLLOW_UP_LABEL, Approach, Met, Outcome, Reason, ReferralKind, Ruling, Sort, View
from outreach.domain.resources import Layer, PlaceKind, Relation
from outreach.i18n import _, language


class Label(NamedTuple):
    """A word in English and in Chinese."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if language() == "zh" else self.en


_WORDS: tuple[tuple[StrEnum, Label], ...] = (
    (Outcome.SIGNED_UP, Label("signed up", "已加入")),
    (Outcome.PENDING, Label("pending", "待定")),
    (Outcome.REFUSED, Label("refused", "拒绝")),
    (Outcome.NOT_MET, Label("not met", "未见到负责人")),
    (Approach.ALONE, Label("worker alone", "社工独访")),
    (Approach.ACCOMPANIED, Label("with a parent", "家长陪同")),
    (Approach.PARENT_LED, Label("led by a parent", "家长主导")),
    (Approach.WAIT, Label("wait", "缓一缓")),
    (Met.OWNER, Label("the owner", "负责人")),
    (Met.STAFF, Label("staff", "店员")),
    (Met.FAMILY, Label("family", "家人")),
    (Reason.SUSPECTS_SCAM, Label("suspects a scam", "怀疑是骗子")),
    (Reason.NO_NEIGHBOUR_HAS_JOINED, Label("no neighbour has joined", "附近没有店加入")),
    (Reason.MUST_ASK_FAMILY, Label("must ask the family", "要问家里人")),
    (Reason.OWNER_AWAY, Label("the owner is away", "负责人不在")),
    (Reason.TOO_MUCH_TROUBLE, Label("too much trouble", "嫌麻烦")),
    (Reason.PAYMENT_WORRY, Label("worries about payment", "怕收不到钱")),
    (Reason.HAS_OTHER_SCHEME, Label("has another scheme", "已有别的合作")),
    (Reason.OTHER, Label("other", "其他")),
    (ReferralKind.ASKED, Label("asked the owner to join", "请店家加入")),
    (ReferralKind.INTRODUCED, Label("introduced the project", "介绍项目")),
    (ReferralKind.ACCOMPANIED, Label("went along", "陪同走访")),
    (ReferralKind.VOUCHED, Label("vouched for it", "作保")),
    (View.FIRST, Label("first", "优先")),
    (View.WAIT, Label("wait", "缓一缓")),
    (View.RELIABLE, Label("reliable", "靠谱")),
    (View.DOUBTFUL, Label("doubtful", "存疑")),
    (Ruling.PIN, Label("visit first", "先去")),
    (Ruling.HOLD, Label("hold off", "先不去")),
    (PlaceKind.SCHOOL, Label("school", "学校")),
    (PlaceKind.CLINIC, Label("clinic", "诊所")),
    (PlaceKind.POLICE, Label("police station", "派出所")),
    (PlaceKind.COMMITTEE, Label("residents' committee", "居委会")),
    (PlaceKind.MARKET, Label("market", "菜市场")),
    (PlaceKind.SQUARE, Label("square or park", "广场公园")),
    (PlaceKind.TRANSPORT, Label("bus or metro", "公交地铁")),
    (PlaceKind.COMMUNITY_CENTRE, Label("community centre", "社区活动中心")),
    (PlaceKind.VENUE, Label("room to meet in", "可用场地")),
    (PlaceKind.SUPERMARKET, Label("large supermarket", "大超市")),
    (PlaceKind.WELFARE_SERVICE, Label("welfare service", "社会服务机构")),
    (PlaceKind.PROPERTY, Label("property management", "物业")),
    (PlaceKind.PARTNER, Label("partner", "社会力量")),
    (PlaceKind.OTHER, Label("other place", "其他地点")),
    (Relation.STRANGER, Label("stranger", "陌生")),
    (Relation.KNOWN, Label("known", "认识")),
    (Relation.COOPERATING, Label("cooperating", "合作")),
    (Relation.TRUSTED, Label("trusted", "信任")),
    (Layer.BASE, Label("Base", "基础")),
    (Layer.PEOPLE, Label("People", "人力")),
    (Layer.FACILITIES, Label("Facilities", "物力（场地设施）")),
    (Layer.TRADE, Label("Trade", "财力（商业）")),
    (Layer.ORGANISATIONS, Label("Organisations", "组织")),
    (Layer.OTHER, Label("Other", "其他")),
    (Sort.COMMUNITY, Label("community", "社区")),
    (Sort.NAME, Label("name", "名称")),
    (Sort.STATUS, Label("status", "状态")),
    (Sort.VISITS, Label("visits", "次数")),
    (Sort.LAST_VISIT, Label("last visit", "最近走访")),
    (Datum.WGS84, Label("WGS-84", "GPS 坐标")),
    (Datum.GCJ02, Label("GCJ-02", "高德坐标")),
    (Datum.BD09, Label("BD-09", "百度坐标")),
)
# Kept by set and word: "accompanied" is one thing as a way to visit and another as what a parent did.
LABELS: Mapping[tuple[type[StrEnum], str], Label] = {(type(word), word.value): label for word, label in _WORDS}
_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"  # of choices on a terminal, and of worries on paper
FOLLOW_UP = Label("follow-up", FOLLOW_UP_LABEL)


def label(words: type[StrEnum], code: str | None, extra: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """What a code is called. A code of a newer version, or of another's settings, is shown as it is."""
    if code is None:
        return ""
    if extra and code in extra:
        return extra[code].get(language()) or code
    return _said(words, code, language())


@cache
def _said(words: type[StrEnum], code: str, _language: str) -> str:
    found = LABELS.get((words, code))
    return str(found) if found else code


def status_text(status: str | None, *, firm: bool = False) -> str:
    """Where a merchant stands."""
    if status is None:
        return _("not visited")
    return label(Outcome, status) + (_(" (firm)") if firm else "")


def weekday(day: date) -> str:
    """周五, Fri."""
    name = _WEEKDAYS[language()][day.weekday()]
    return f"周{name}" if language() == "zh" else name


def day_text(day: date, today: date | None = None) -> str:
    """11-27 周五; with the year where that is not the one of `today`, the day that the page is about."""
    written = day.isoformat()[:10] if today is not None and day.year != today.year else f"{day:%m-%d}"
    return f"{written} {weekday(day)}"


def mark_label(text: str) -> str:
    """A mark's label as shown: people's own words, but for the one that the tool gives."""
    return str(FOLLOW_UP) if text == FOLLOW_UP_LABEL else text


def spellings(words: type[StrEnum], extra: Mapping[str, Mapping[str, str]] | None = None) -> Iterator[tuple[str, str]]:
    """(what may be typed, its code): the code, its label in either language."""
    for word in words:
        yield from ((text, word.value) for text in (word.value, *LABELS[words, word.value]))
    for code, texts in (extra or {}).items():
        yield from ((text, code) for text in (code, *texts.values()))


KIND_LABELS: Mapping[str, Label] = {
    "community": Label("community", "社区"),
    "merchant": Label("merchant", "商户"),
    "visit": Label("visit", "走访"),
    "parent": Label("parent", "家长"),
    "referral": Label("referral", "引荐"),
    "tag": Label("mark", "标记"),
    "opinion": Label("opinion", "家长意见"),
    "override": Label("decision", "人工决定"),
    "separation": Label("two shops", "不是同一家"),
    "place": Label("place", "资源点"),
}
FIELD_LABELS: Mapping[tuple[str, str], Label] = {
    ("", "name"): Label("name", "名称"),
    ("", "alias"): Label("alias", "称呼"),
    ("", "community"): Label("community", "社区"),
    ("", "category"): Label("kind of shop", "类别"),
    ("", "address"): Label("address", "地址"),
    ("", "landmark"): Label("landmark", "地标"),
    ("", "owner"): Label("owner", "店主"),
    ("", "phone"): Label("phone", "电话"),
    ("", "wechat"): Label("WeChat", "微信"),
    ("", "lat"): Label("latitude", "纬度"),
    ("", "lon"): Label("longitude", "经度"),
    ("", "datum"): Label("datum", "坐标来源"),
    ("", "hours"): Label("opening hours", "营业时间"),
    ("", "merged_into"): Label("same shop as", "并入"),
    ("", "removed"): Label("removed", "已移除"),
    ("", "city"): Label("city", "城市"),
    ("", "district"): Label("district", "区"),
    ("", "notes"): Label("notes", "备注"),
    ("", "note"): Label("note", "备注"),
    ("", "population"): Label("population", "人口"),
    ("", "migrants"): Label("migrants", "外来人口"),
    ("", "families"): Label("families living there", "住户数"),
    ("", "school"): Label("school", "学校"),
    ("", "clinic"): Label("clinic", "诊所"),
    ("", "market"): Label("market", "菜市场"),
    ("", "supermarket"): Label("nearest large supermarket", "最近的大超市"),
    ("", "supermarket_metres"): Label("metres to that supermarket", "离大超市（米）"),
    ("", "trained_on"): Label("trained on", "培训日期"),
    ("", "consent_on"): Label("consent given on", "同意日期"),
    ("", "consent_how"): Label("how she was told", "告知方式"),
    ("", "active"): Label("active", "在做志愿者"),
    ("", "merchant"): Label("merchant", "商户"),
    ("", "visited_at"): Label("visited", "走访时间"),
    ("", "outcome"): Label("outcome", "结果"),
    ("", "firm"): Label("firm", "坚决"),
    ("", "by"): Label("worker", "社工"),
    ("", "approach"): Label("approach", "方式"),
    ("", "with"): Label("parents along", "陪同家长"),
    ("", "met"): Label("spoke to", "见到"),
    ("", "minutes"): Label("minutes", "分钟"),
    ("", "reasons"): Label("reasons", "顾虑"),
    ("", "parent"): Label("parent", "家长"),
    ("", "to_parent"): Label("to parent", "引荐给家长"),
    ("", "kind"): Label("kind", "引荐方式"),
    ("", "at"): Label("when", "时间"),
    ("", "label"): Label("mark", "标记"),
    ("", "due"): Label("due", "到期"),
    ("", "other"): Label("the other shop", "另一家"),
    ("", "done_at"): Label("done", "办结"),
    ("", "count"): Label("parents", "家长人数"),
    ("", "view"): Label("view", "意见"),
    ("", "ruling"): Label("decision", "决定"),
    ("", "until"): Label("until", "到哪天"),
    ("", "history"): Label("name and history", "名称与历史"),
    ("", "surroundings"): Label("bounds and transport", "范围、边界与交通"),
    ("", "livelihoods"): Label("work and housing", "职业与住房"),
    ("", "organisations"): Label("organisations", "组织与单位"),
    ("", "networks"): Label("people others listen to", "骨干与人脉"),
    ("", "problems"): Label("problems", "问题"),
    ("", "needs"): Label("needs", "需求"),
    ("", "strengths"): Label("strengths and weaknesses", "优势与劣势"),
    ("", "plans"): Label("next steps", "近期重点"),
    ("", "offers"): Label("what it offers", "能提供什么"),
    ("", "relation"): Label("relation", "关系"),
    ("", "source"): Label("source", "来源"),
    ("", "last_checked"): Label("last checked", "最近核实"),
    ("place", "kind"): Label("kind of place", "类别"),
    ("place", "hours"): Label("open", "开放时间"),
    ("override", "note"): Label("reason", "理由"),
    ("override", "by"): Label("decided by", "决定人"),
}

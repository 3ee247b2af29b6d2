"""Which kind of record a sheet holds, and which of its columns is which field: header words in Chinese and English. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from outreach.domain.records import KINDS, REMOVED
from outreach.domain.text import natural_key

LOCATION = "location"  # "lon,lat" in one cell
ID = "id"  # our own id, or what identifies the row in its source
_ALSO = {"merchant": (ID, LOCATION), "community": (ID,)}

_SHOP: Mapping[str, str] = {
    "name": "店名 店铺名 店铺名称 商户名 商户名称 商家 商家名称 商店 商店名称 店铺 商户 名称 shop shopname store merchant merchantname name",
    "address": "地址 店铺地址 商户地址 详细地址 address",
    "phone": "电话 手机 手机号 手机号码 联系电话 联系方式 电话号码 phone tel telephone mobile phonenumber",
    "owner": "店主 老板 负责人 店主姓名 负责人姓名 联系人 owner contact",
    "community": "社区 村 村庄 小区 所在社区 所属社区 社区名称 村/社区 village community neighbourhood",
    "category": "类别 类型 店铺类型 商户类型 经营类型 经营类别 业态 type category kindofshop",
    "landmark": "地标 附近 landmark",
    "wechat": "微信 微信号 wechat",
    "lat": "纬度 lat latitude _gps_latitude",
    "lon": "经度 lon lng longitude _gps_longitude",
    "hours": "营业时间 openinghours hours",
    LOCATION: "location 经纬度 坐标 位置 coordinates",
    ID: "商户编号 店铺编号 merchantid shopid",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "merchant": _SHOP,
    "visit": {
        "visited_at": "走访日期 走访时间 拜访日期 拜访时间 日期 时间 date visited visitdate visitedat when",
        "outcome": "结果 走访结果 状态 意向 outcome result status",
        "by": "走访人 走访人员 走访社工 社工 工作人员 记录人 worker by visitedby",
        "reasons": "原因 顾虑 待定原因 拒绝原因 reason reasons why",
        "note": "备注 说明 记录 走访记录 note notes remark remarks comment comments",
        "met": "见到 见到谁 met spoketo",
        "minutes": "分钟 时长 minutes",
        "approach": "方式 走访方式 approach",
        "with": "陪同家长 一起去的家长 parentsalong with",
        "firm": "坚决 firm",
    },
    "parent": {
        "alias": "家长 家长称呼 家长姓名 家长志愿者 志愿者 称呼 parent alias",
        "phone": _SHOP["phone"] + " 家长电话 家长手机",
        "community": _SHOP["community"],
        "trained_on": "培训日期 trainedon trained",
        "consent_on": "同意日期 consenton consentgivenon",
        "consent_how": "告知方式 consenthow howshewastold",
        "active": "在做志愿者 active",
    },
    "referral": {
        "parent": "家长 家长称呼 家长姓名 家长志愿者 引荐人 介绍人 parent",
        "to_parent": "引荐给家长 toparent",
        "kind": "引荐方式 介绍方式 kind",
        "at": "引荐日期 介绍日期 日期 时间 date at when",
        "note": "备注 说明 note notes",
    },
    "tag": {
        "label": "标签 标记 tag label mark",
        "due": "跟进日期 到期 到期日 due followup duedate",
        "at": "日期 时间 date at when",
        "by": "社工 worker by",
        "note": "备注 说明 note notes",
        "done_at": "办结 done doneat",
    },
    "opinion": {
        "parent": "家长 家长称呼 parent",
        "view": "意见 家长意见 opinion view",
        "count": "家长人数 人数 count parents",
        "at": "日期 时间 date at when",
        "note": "备注 说明 note notes",
    },
    "community": {
        "name": "社区 社区名称 村 村庄 名称 name community",
        "city": "城市 市 city",
        "district": "区 区县 district",
        "population": "人口 population",
        "migrants": "外来人口 migrants",
        "families": "项目家庭数 families familiesintheprogramme",
        "school": "学校 school",
        "clinic": "诊所 clinic",
        "market": "菜市场 市场 market",
        "supermarket": "最近的大超市 大超市 supermarket nearestlargesupermarket",
        "supermarket_metres": "离大超市(米) supermarketmetres metrestothatsupermarket",
        "notes": "备注 notes note",
    },
    "override": {},
}
_PLACE = re.compile("_(lat|lon)(?:itude|gitude)$")  # of a GPS question, as KoboToolbox splits it
_KEYS = "_uuid uuid id _id 编号 序列号 唯一编号 key recordid instanceid metainstanceid 主键".split()
_PRIVATE = re.compile(
    "孩子|儿童|小孩|子女|学生|班级|年级|学校|身份证|证件号|银行|开户|户口|残疾|病史|"
    "child|pupil|student|school|class(?!if)|grade|id ?card|idnumber|identity|passport|bank|iban|accountn"
)
_NAMED_SO: Mapping[str, str] = {
    "merchant": "merchants merchant shops shop 商户 商户表 店铺 商家",
    "visit": "visits visit 走访 走访记录 走访表",
    "parent": "parents parent 家长 家长志愿者 志愿者",
    "referral": "referrals referral 引荐 介绍",
    "tag": "tags tag marks 标记 标签 跟进",
    "opinion": "opinions opinion 家长意见 意见",
    "community": "communities community 社区 村",
    "override": "overrides override decisions decision 人工决定",
}
_PRAISE = re.compile(r"\(.*?\)|[*:：、。?\s]|^\d+[.、)]")  # what stands around the word: (必填), *, 1.


@dataclass(frozen=True)
class Recognised:
    """What a sheet is. `columns`: the field of a column by its place (`merchant.phone` where a visit's row describes its shop).

    `unknown`, `private`: headers of columns that are left out, because nobody knows them, or because nobody may read them.
    """

    kind: str
    columns: Mapping[int, str]
    unknown: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


class _Header(NamedTuple):
    text: str
    words: tuple[str, ...]  # as they may be looked up: the whole, and, of group/field, the last part


def fields_of(kind: str) -> list[str]:
    """What a column of a sheet of that kind can be."""
    own = [field.name for field in KINDS[kind].fields if field.name not in (REMOVED, "merged_into")]
    about = [f"merchant.{name}" for name in fields_of("merchant")] if "merchant" in own else []
    return [ID, *own, *(name for name in _ALSO.get(kind, ()) if name != ID), *about]


def kind_named(text: str) -> str | None:
    """The kind that is called so, in the singular or plural of either language."""
    key = natural_key(text)
    return next((kind for kind, words in _NAMED_SO.items() if key in words.split()), None)


def recognise(name: str, header: Sequence[str], given: Mapping[str, str], kind: str | None = None) -> Recognised | None:
    """What the sheet of that name and header is; None where nothing says so. `given`: field by header, `-` leaves one out."""
    headers = [_header(text) for text in header]
    private = {i for i, one in enumerate(headers) if one.text not in given and _is_private(one, kind or kind_named(name))}
    open_ = {i: one for i, one in enumerate(headers) if i not in private and one.text}
    kind = kind or kind_named(name) or _kind_of(open_.values(), given)
    if kind is None:
        return None
    columns: dict[int, str] = {}
    for i, one in open_.items():
        field = given[one.text] if one.text in given else _field(kind, one)
        if field and field not in columns.values():
            columns[i] = field
    unknown = tuple(one.text for i, one in open_.items() if i not in columns)
    columns = {i: field for i, field in columns.items() if field != "-"}
    return Recognised(kind, columns, unknown, tuple(headers[i].text for i in sorted(private)))


def _header(text: str) -> _Header:
    whole = natural_key(text)
    last = whole.rsplit("/", 1)[-1]
    return _Header(text, tuple(dict.fromkeys((whole, _PRAISE.sub("", whole), last, _PRAISE.sub("", last)))))


def _is_private(header: _Header, kind: str | None) -> bool:
    return kind != "community" and _PRIVATE.search(header.words[0]) is not None


def _kind_of(headers: Iterable[_Header], given: Mapping[str, str]) -> str | None:
    """By what only one kind has. A list of shops with a state but no day is a list of shops."""
    some = list(headers)
    has = {kind: {f for h in some if (f := given.get(h.text) or _own(kind, h))} for kind in _WORDS}
    shop = "name" in has["merchant"] or any(field.startswith("merchant") for field in given.values())
    if shop and {"outcome", "visited_at"} <= has["visit"]:
        return "visit"
    if "view" in has["opinion"] and shop:
        return "opinion"
    is_list = bool({"address", "phone", "category"} & has["merchant"])
    if "parent" in has["referral"] and (shop or "to_parent" in has["referral"]) and not (is_list and "kind" not in has["referral"]):
        return "referral"
    if "label" in has["tag"] and shop and not is_list:
        return "tag"
    if shop:
        return "merchant"
    return "parent" if "alias" in has["parent"] else "community" if "name" in has["community"] else None


def _field(kind: str, header: _Header) -> str | None:
    if own := _own(kind, header):
        return own
    if kind != "merchant" and KINDS[kind].field("merchant") is not None:
        about = _own("merchant", header)
        return {"name": "merchant", ID: "merchant.id", None: None}.get(about, f"merchant.{about}")
    return None


def _own(kind: str, header: _Header) -> str | None:
    """The field of a kind that a header names: by the field's own name, by a word for it."""
    for word in header.words:
        for field, words in _WORDS[kind].items():
            if word in words.split():
                return field
        plain = word.replace("-", "_")
        if plain in fields_of(kind):
            return plain
        if word in _KEYS:
            return ID
        if kind == "merchant" and (place := _PLACE.search(word)):
            return place[1][:3]
    return None

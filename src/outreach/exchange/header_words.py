"""The words that people put at the head of their columns and on their sheets, by what they mean. Data only."""

from collections.abc import Mapping

# a form notes the first five by itself; a question goes before them, and the first of them before the others; what a parent
# is called goes before her full name
SAYS_LESS = ("today", "start", "end", "_submission_time", "submissiondate", "家长姓名", "姓名", "fullname", "name")
OF_SOMEBODY = ("姓名", "fullname", "name")  # says whose name it is only with the rest of the list
OF_PLACES = ("资源点", "资源点名称", "资源名称")  # heads the names of nothing else
PROBLEM_HEADS = (("Row", "Reason"), ("行号", "原因"))  # of the two columns that a workbook of rows to look at begins with
# of what the second says where a row said again what an earlier one had said: that one counts, also when only this one comes
EARLIER = ("an earlier row is the same one", "the earlier one counts", "前面已有一行是同一条", "以前面的为准")
LOCATION = "location"  # "lon,lat" in one cell
ID = "id"  # our own id, or what identifies the row in its source
STATUS = "status"  # where a shop stands, which is read only to say what of it is not so
_SHOP: Mapping[str, str] = {
    "name": "店名 门店 门店名 门店名称 店铺名 店铺名称 商户名 商户名称 商家 商家名称 商店 商店名称 店铺 商户 名称 "
    "介绍的商户 引荐的商户 介绍的店 引荐的店 "
    "shop shopname store storename merchant merchantname name",
    "address": "地址 店铺地址 商户地址 详细地址 address",
    "phone": "电话 手机 手机号 手机号码 联系电话 联系方式 电话号码 "
    "phone tel telephone mobile phonenumber mobilenumber contactnumber",
    "owner": "店主 老板 负责人 店主姓名 负责人姓名 联系人 owner contact",
    "community": "社区 村 村庄 小区 所在社区 所属社区 社区名称 村/社区 village community neighbourhood neighborhood",
    "category": "类别 类型 店铺类型 商户类型 经营类型 经营类别 业态 type category kindofshop",
    "landmark": "地标 附近 landmark",
    "wechat": "微信 微信号 wechat",
    "lat": "纬度 lat latitude _gps_latitude",
    "lon": "经度 lon lng longitude _gps_longitude",
    "hours": "营业时间 openinghours hours",
    "datum": "坐标来源 datum",
    "merged_into": "并入 merged_into sameshopas",
    LOCATION: "location 经纬度 坐标 位置 coordinates",
    ID: "商户编号 店铺编号 merchantid shopid",
}
STATES = ("状态", "status")
FOLLOWS = frozenset((*STATES, "次数", "最近走访", "visits", "lastvisit"))  # of a shop, from its visits: not written
WORDS: Mapping[str, Mapping[str, str]] = {
    "merchant": _SHOP,
    "visit": {
        "visited_at": "走访日期 走访时间 拜访日期 拜访时间 日期 时间 "
        "date visited datevisited dateofvisit visitdate visitedat visitedon when "
        "today start end _submission_time submissiondate",
        "outcome": "结果 走访结果 状态 意向 走访情况 是否加入 合作意向 加入情况 当前状态 outcome result status "
        "是否签约 是否合作 是否已加入 是否已签约 加入 签约 已加入 已签约 加入了吗 签约了吗 joined signedup hasjoined",
        "by": "走访人 走访人员 走访社工 社工 工作人员 记录人 走访员 填表人 填写人 "
        "worker by visitedby visitor staff whowent socialworker fieldworker outreachworker",
        "reasons": "原因 顾虑 待定原因 拒绝原因 未加入原因 不加入原因 顾虑原因 reason reasons why",
        "note": "备注 说明 记录 走访记录 谈话内容 跟进情况 沟通内容 note notes remark remarks comment comments",
        "met": "见到 见到谁 met spoketo",
        "minutes": "分钟 时长 minutes",
        "approach": "方式 走访方式 approach",
        "with": "陪同家长 一起去的家长 parentsalong with",
        "firm": "坚决 firm",
    },
    "parent": {
        "alias": "家长 家长称呼 家长姓名 家长志愿者 志愿者 称呼 昵称 parent alias 姓名 fullname name",
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
        "families": "住户数 户数 家庭数 families familieslivingthere households",
        "school": "学校 school",
        "clinic": "诊所 clinic",
        "market": "菜市场 市场 market",
        "supermarket": "最近的大超市 大超市 supermarket nearestlargesupermarket",
        "supermarket_metres": "离大超市(米) supermarketmetres metrestothatsupermarket",
        "notes": "备注 notes note",
        "history": "名称与历史 历史 history nameandhistory",
        "surroundings": "范围、边界与交通 surroundings boundsandtransport",
        "livelihoods": "职业与住房 livelihoods workandhousing",
        "networks": "骨干与人脉 networks peopleotherslistento",
        "strengths": "优势与劣势 strengths strengthsandweaknesses",
        "plans": "近期重点 plans nextsteps",
        "organisations": "组织与单位 organisations",
        "problems": "问题 problems",
        "needs": "需求 needs",
    },
    "place": {
        "name": "名称 地点 地点名称 资源点 资源点名称 资源名称 机构名称 单位名称 name place",
        "kind": "类别 类型 kindofplace kind type",
        "community": _SHOP["community"],
        "address": _SHOP["address"],
        "lat": _SHOP["lat"],
        "lon": _SHOP["lon"],
        "datum": _SHOP["datum"],
        "relation": "关系 关系程度 合作关系 relation",
        "source": "来源 信息来源 source",
        "offers": "提供什么 能提供什么 服务 offers whatitoffers",
        "hours": "开放时间 营业时间 服务时间 办公时间 open hours openinghours",
        "last_checked": "最近核实 核实日期 lastchecked checked",
        "notes": "备注 说明 notes note",
        LOCATION: _SHOP[LOCATION],
    },
    "override": {
        "community": _SHOP["community"],
        "ruling": "决定 decision ruling",
        "until": "到哪天 until",
        "note": "理由 reason note",
        "by": "决定人 decidedby by",
        "at": "时间 日期 at when date",
    },
    "separation": {"other": "另一家 theothershop other", "at": "时间 日期 at when date", "by": "社工 worker by"},
}
NAMED_SO: Mapping[str, str] = {
    "merchant": "merchants merchant shops shop 商户 商户表 店铺 商家",
    "visit": "visits visit 走访 走访记录 走访表",
    "parent": "parents parent 家长 家长志愿者 志愿者",
    "referral": "referrals referral 引荐 介绍",
    "tag": "tags tag marks 标记 标签 跟进",
    "opinion": "opinions opinion 家长意见 意见",
    "community": "communities community 社区 村",
    "place": "places place 资源点 地点 社区资源",
    "override": "overrides override decisions decision 人工决定",
    "separation": "separations separation 不是同一家 twoshops",
}

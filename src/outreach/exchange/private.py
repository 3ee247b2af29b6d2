"""Which heads of columns say that something of a child or of papers is below. Knows no fields and no rows. Pure."""

import re
import unicodedata

_PLACES, _CHILDREN = "学校|幼儿园|银行", "孩子|儿童|小孩|子女|学生|宝宝"
_HARMLESS = re.compile(  # of a shop, or only how many: what else stands there is still looked at
    rf"(?:距离?|离|靠近|邻近|挨着)(?:{_PLACES})|(?:{_PLACES})(?:旁|附近|门口|周边|对面|隔壁|距离)|(?:{_CHILDREN})(?:人数|数量?|多|用品|友好|免费)"
    r"|班级群|学生(?:奶|餐|价|优惠)|娃娃菜|娃哈哈|(?:支持|接受|能用|可用|有)支付宝|(?:微信|抖音|快手|美团|公众号)账号"
    r"|\b(?:near|nearby|beside|opposite|next to|distance to|metres to|far from)(?: the| a)? (?:school|kindergarten|bank)s?\b"
    r"|\b(?:school|kindergarten|bank)s? (?:near|nearby|distance|opposite)\b"
    r"|\b(?:number of|how many|count of) (?:children|child|kids|pupils|students|sons|daughters)\b"
    r"|\b(?:children|child|kids?|students?) (?:welcome|friendly|count)\b"
    r"|\b(?:class|grade) of (?:shop|store|merchant)|\b(?:shop|store|merchant) (?:class|grade|id (?:no|number))\b"
)
_PRIVATE = re.compile(
    rf"{_PLACES}|{_CHILDREN}|娃|儿子|女儿|班级|年级|班主任|学号|身份证|证件号|通行证|护照|账号|账户|卡号|社保|开户|户口|支付宝"
    r"|出生|生日|残疾|病史"
    r"|\b(?:child(?:ren)?|kid|son|daughter|pupil|student|school|kindergarten|guardian|class|grade|bank|passport|iban)s?"
    r"(?:name|no|num|number|id|age|account)?\b"
    r"|\bid ?(?:no|num|number|card)s?\b|\b(?:national|identity|citizen) ?(?:id|card|no|number)?\b"
    r"|\b(?:card|account) ?(?:no|num|number)\b|\bsocial ?security|\bbirth ?(?:day|date)|\bdate ?of ?birth|\bdob\b"
)


def may_be_private(head: str) -> bool:
    """Whether a column that is called so may hold what nobody needs here about children or papers."""
    return bool(_PRIVATE.search(_HARMLESS.sub(" ", _in_words(head))))


def _in_words(head: str) -> str:
    """In small letters, its words apart however they were joined: childName, child_name, Child's name, ID#."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", head)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text.replace("#", " no ")).split())

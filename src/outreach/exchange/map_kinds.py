"""What a map service says a shop is, `购物服务;超级市场;沃尔玛`, as people say it: 超市. Pure."""

# Amap's middle levels of which the last one may be a chain (超级市场;沃尔玛, 快餐厅;肯德基), and what people call them
_OF_CHAINS = {
    "超级市场": "超市",
    "便民商店/便利店": "便利店",
    "医药保健销售店": "药店",
    "快餐厅": "快餐店",
    "咖啡厅": "咖啡店",
    "家电电子卖场": "家电店",
}


def kind_on_map(text: str) -> str:
    """Of the first kind that is said, the middle level where the last one may be a chain's name, else the last one."""
    levels = text.split("|")[0].split(";")
    middle = next((level for level in levels if level in _OF_CHAINS), "")
    return _OF_CHAINS.get(middle) or levels[-1].rpartition("/")[2]

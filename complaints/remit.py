"""What the office does not deal with: where to go instead, and by which words of a narrative it is recognised. Pure.

A recognition is a hint and nothing more: it stops nobody, and the page says beside it that how an office dealt with the matter is
for this house all the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .categories import DISCIPLINE

Text = str | Promise
MOST_HINTS = 2


@dataclass(frozen=True)
class Place:
    """Somewhere else: for which matters, where to go, by which number; `signs` are the words that point there."""

    code: str
    matter: Text
    where: Text
    phone: str = ""
    note: Text = ""
    signs: Sequence[re.Pattern[str]] = field(default=(), repr=False)


def _signs(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


PLACES: tuple[Place, ...] = (
    Place(
        "court",
        _("A judgment you disagree with, a lawsuit that is running, a judgment that is not enforced"),
        _("The court that has the case; for an appeal the next higher court"),
        "12368",
        signs=_signs(
            r"(?:法院|一审|二审|终审|再审)[^。！？\n]{0,12}(?:判决|裁定|判我|判了|开庭|立案|执行局)",
            r"(?:不服|申请执行|强制执行|上诉)[^。！？\n]{0,8}(?:判决|裁定)|(?:判决|裁定)书?[^。！？\n]{0,8}(?:不公|错误|不服|没有执行|未执行)",
            r"(?<![让叫要])(?:我|我们|已经?|正在|准备)(?:向[^。！？\n]{0,8})?(?:起诉|打官司|提起诉讼)",
            r"\b(?:court (?:ruling|judgment|judgement|decision)|lawsuit|sued|suing)\b",
        ),
    ),
    Place(
        "reconsideration",
        _("A penalty, a permit decision or another decision of an agency that you want to have changed"),
        _("Administrative reconsideration at the justice bureau of the county, or a suit at the court"),
        "12348",
        note=_("Both have time limits of their own, usually 60 days and six months from the day you learned of the decision"),
        signs=_signs(
            r"(?:不服|撤销|推翻|申请复议)[^。！？\n]{0,10}(?:处罚|决定书|行政决定|许可决定)",
            r"(?:处罚|处理)决定书?[^。！？\n]{0,8}(?:不服|要求撤销|请求撤销)|行政复议|行政诉讼",
            r"\b(?:administrative reconsideration|appeal against (?:the|a) (?:fine|penalty|decision))\b",
        ),
    ),
    Place(
        "petition",
        _("A petition, or a matter that the petition office has in hand"),
        _("The petition office, or the national petition platform"),
        signs=_signs(
            r"信访(?:件|事项|答复意见|复查|复核)|(?:正在|已经?)(?:上访|信访)",
            r"\bpetition office\b",
        ),
    ),
    Place(
        "services",
        _("Water, power, gas, heating, buses, potholes, rubbish, noise and other everyday services"),
        _("The government hotline"),
        "12345",
        signs=_signs(
            r"(?:停水|停电|停气|停暖|水压|自来水|暖气|路灯|井盖|垃圾|公交|噪音|噪声|广场舞)"
            r"[^。！？\n]{0,14}(?:没人管|坏了|不亮|堆|扰民|太吵|太大|不热|好几天|不来|臭)",
            r"\b(?:power cut|water (?:is|was) cut off|street ?lights?|potholes?|noise at night|rubbish)\b",
        ),
    ),
    Place(
        "police",
        _("Danger to life, violence, theft, fraud and other crimes"),
        _("The police, at once"),
        "110",
        signs=_signs(
            r"(?:被|遭到?)(?:人)?(?:打伤|抢劫|抢了|偷了|盗窃|诈骗|绑架|强奸|威胁要?杀)|家暴|刷单|杀猪盘",
            r"\b(?:robbed|burgled|beaten up|death threats?|scammed|defrauded)\b",
        ),
    ),
    Place(
        "labour",
        _("Unpaid wages, overtime, dismissal, social insurance that an employer does not pay"),
        _("Labour inspection; for a dispute the labour arbitration commission"),
        "12333",
        signs=_signs(
            r"欠薪|讨薪|(?:拖欠|克扣|欠发|不发|没发|不给|欠)[^。！？\n]{0,10}(?:工资|薪水|工钱)|(?:工资|工钱)[^。！？\n]{0,8}(?:没发|不发|拖欠|没给|拿不到)",
            r"(?:公司|老板|单位|厂)[^。！？\n]{0,12}(?:辞退|开除|解雇|不(?:给|帮|替)?[^。！？\n]{0,4}(?:交|买|缴)(?:纳)?(?:社保|五险))|劳动仲裁|劳动争议",
            r"\b(?:unpaid wages|my wages|was (?:fired|dismissed)|severance)\b",
        ),
    ),
    Place(
        "consumer",
        _("Bad goods, false advertising, a shop or platform that does not refund"),
        _("The consumer hotline of market supervision"),
        "12315",
        signs=_signs(
            r"(?:商家|店家|商场|超市|网店|平台|健身房|培训班|4S ?店|卖家)[^。！？\n]{0,14}"
            r"(?:不退|拒绝退|不肯退|跑路|假货|过期|以次充好|虚假宣传)",
            r"(?:买|购买)(?:了|到)[^。！？\n]{0,12}(?:假货|过期|劣质|山寨)|退[款货][^。！？\n]{0,6}(?:不给|不退|无门|难)",
            r"\b(?:refund|counterfeit|faulty goods)\b",
        ),
    ),
    Place(
        "discipline",
        _("Bribery, embezzlement and other offences of officials"),
        _("The discipline inspection and supervision body"),
        "12388",
        note=_("You may file it here as well: we take it up as the fifth kind and pass it on to them; you are told when"),
        signs=_signs(
            r"行贿|受贿|贪污|挪用公款|巨额财产来源|买官卖官",
            r"\b(?:brib(?:e|es|ed|ery)|embezzl\w+)\b",
        ),
    ),
    Place(
        "civil",
        _("Quarrels with neighbours or in the family, debts, contracts, property management"),
        _("The people's mediation committee of your village or community; free legal advice by phone; the court"),
        "12348",
        signs=_signs(
            r"(?:邻居|邻里|隔壁|楼上|楼下)[^。！？\n]{0,16}(?:漏水|吵架|争吵|打架|纠纷|占(?:了|用|我)|挡|围墙|宅基地|太吵|骂我|打我)",
            r"(?:借(?:了|给|我)[^。！？\n]{0,10}(?:钱|元|块|万)[^。！？\n]{0,10}(?:不还|没还|赖账))|欠(?:我|款|债)[^。！？\n]{0,8}(?:不还|赖账)"
            r"|(?:闹|要|办|起诉)离婚|离婚(?:纠纷|协议|案)|抚养费|赡养费|不赡养|分家|遗产|彩礼",
            r"(?:物业|业委会)(?:公司)?[^。！？\n]{0,14}(?:乱收费|涨价|高价|服务差|不作为|不管|不交接|拒绝交接)",
            r"\b(?:my neighbou?rs?|divorce|inheritance|owes me)\b",
        ),
    ),
)


def hints(text: str, *, categories: Sequence[int] = ()) -> list[Place]:
    """Return the places to which a narrative points, at most two, the one that is spoken of first before the other.

    Offences of officials are the fifth of the seven categories: who has chosen it is at the right door with them.
    """
    places = [place for place in PLACES if not (place.code == "discipline" and DISCIPLINE in categories)]
    found = [(at, place) for place in places if (at := _first(text, place)) is not None]
    return [place for _at, place in sorted(found, key=lambda one: one[0])[:MOST_HINTS]]


def _first(text: str, place: Place) -> int | None:
    """Return where the first sign of a place stands."""
    return min((hit.start() for sign in place.signs if (hit := sign.search(text))), default=None)

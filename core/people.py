"""Where the words around it say that a text names a person, a company or a house. Pure; takes a folded text."""

import re
from collections.abc import Iterator

from .ordinary import begins_a_word, ends_a_word

Span = tuple[int, int]

_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤洪甲乙丙"
)
_LONG_FAMILY = ("欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "慕容", "令狐", "东方")
# Characters that hardly stand in a given name and often right behind or before one.
_NOT_IN_NAMES = frozenset(
    "的了在是我你您他她它们咱谁有和与及或到去来说向从给对把被让叫请找将就也都又要不没无未会可能住做办为因所以而且但如这那此每个名位者先女士"
    "同经主科局股站镇乡县书队部处厂校院老总工律医警法会计副电话手机微身份证年月日号时分今现曾已并其自等之于上下里前后中间以由收交"
)
# Cues after which a name stands; the second ones also begin other sentences, so a name must end where the clause does.
_ANNOUNCED = re.compile(
    r"(?:我叫|名叫|姓名|叫做|名字|联系人|经办人|投诉人|举报人|反映人|申请人|当事人|承办人|受害人|法定代表人|法人代表|户主|业主|署名|落款)"
    r"[\s:是为叫]{0,3}"
)
_MAYBE_ANNOUNCED = re.compile(r"(?:我是|本人|负责人|老公|丈夫|妻子|老婆|父亲|母亲|儿子|女儿|法人)[\s:是为叫]{0,3}")
_CLAUSE_END = re.compile(r"[\s,.;:!?()。、；！？”…]|$|电话|手机|身份|今年|现住|住在|男|女|的")
_TITLES = re.compile(
    r"先生|女士|小姐|太太|师傅|老师|阿姨|大姐|大哥|经理|主任|科长|局长|股长|站长|所长|镇长|乡长|村长|书记|队长|主席|部长|处长|厂长|校长|院长"
    r"|老板|律师|医生|警官|法官|会计|同志|副(?:主任|科长|局长|站长|所长|镇长|乡长|队长|经理)|某|[x*]{1,2}(?![a-z0-9*])|总(?![\u3400-\u9fff])"
)
_LEGAL_FORMS = re.compile(
    r"(?:股份|有限|责任|集团|总|分){0,4}(?:公司|合作社)|经营部|工作室|事务所|加工厂|养殖场|家庭农场|商行|个体工商户|门市部|服务部"
)
_NOT_IN_COMPANIES = frozenset("我你他她它们的了在是去到来向从给对把被让叫请找将就也都又不没会该这那此本贵各每几两些以等因")
_AND = frozenset("和与及或")  # between two companies; elsewhere it may be the beginning of a name
_LONGEST_COMPANY = 20
_LEADS = re.compile(
    r"要求|举报|反映|投诉|关于|由于|对于|根据|联系|经过|希望|解决|修理|本人|属于|签订|化解|建议|强行|通过|负责|法人|一条|几条|有几|上百|万元"
)
_SHORTEST_COMPANY = 2
_COMMON_COMPANIES = frozenset(
    ["一家", "有限", "物业", "保险", "建筑", "施工", "供电", "供水", "电信", "电力", "移动", "联通", "公交", "快递", "通信"]
    + ["自来水", "天然气", "燃气", "开发", "投资", "置业", "中介", "企业", "物业管理", "房地产", "房地产开发"]
)
_NUMERAL = r"(?:[0-9]{1,5}|[零〇一二三四五六七八九十百]{1,6})"
_HOUSE = re.compile(
    r"(?:路|街|巷|大道|胡同|村|屯|寨|庄|湾|小区|花园|家园|苑|广场|大厦|公寓|社区|公园|新城|里|弄|院)[^0-9，。；,;\n]{0,4}?"
    rf"{_NUMERAL}\s?(?:号楼|号院|号(?!窗|柜|厅|文|令|线|公告|通知)|栋|幢|座|单元|室|组|弄)"
    rf"(?:[\s\-之]?{_NUMERAL}\s?(?:号楼|号|栋|幢|座|单元|层|楼|室|房|组|户)){{0,5}}(?:[\s\-]?[0-9]{{3,4}}(?![0-9年月日元]))?"
)
_NOT_IN_ADDRESSES = frozenset("我你他她它们的了在是去到来向从给对把被让叫请找将就也都又不没会住址于位以因和与及")
_LONGEST_LEAD = 24


def names(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield what seems to be a person's name, and whether the text announces it as one."""
    for cues, must_end in ((_ANNOUNCED, False), (_MAYBE_ANNOUNCED, True)):
        for cue in cues.finditer(text):
            end = _end_of_name(text, cue.end(), must_end=must_end)
            if end:
                yield cue.end(), end, True
    for title in _TITLES.finditer(text):
        start = _start_of_name(text, title.start())
        if start is not None:
            yield start, title.start(), False


def organisations(text: str) -> Iterator[Span]:
    """Yield what seems to be a company's name, from its beginning to its legal form."""
    done = 0
    for form in _LEGAL_FORMS.finditer(text):
        start = form.start()
        while start > max(form.start() - _LONGEST_COMPANY, done) and _is_of_company(text[start - 1]):
            start -= 1
        start = _after_lead(text, start, form.start()) + (start == done > 0 and text[start] in _AND)
        bare = text[start : form.start()].lstrip("和与及")
        if len(bare) >= _SHORTEST_COMPANY and bare not in _COMMON_COMPANIES:
            yield start, form.end()
        done = form.end()


def addresses(text: str) -> Iterator[Span]:
    """Yield what seems to be a house: street or village with a number, and the places before it."""
    for house in _HOUSE.finditer(text):
        start = house.start()
        while start > max(house.start() - _LONGEST_LEAD, 0) and _is_of_address(text[start - 1]):
            start -= 1
        start = _after_lead(text, start, house.start())
        if start < house.start():
            yield start, house.end()


def _after_lead(text: str, start: int, end: int) -> int:
    """Leave out what leads up to a place or a company and is no part of its name."""
    *_others, last = [start, *(lead.end() for lead in _LEADS.finditer(text, start, end))]
    return last if end - last >= _SHORTEST_COMPANY else start


def begins_a_name(text: str) -> bool:
    """Whether a text begins with one of the common family names."""
    return _family_length(text) > 0


def _end_of_name(text: str, start: int, *, must_end: bool) -> int | None:
    """Where a name that begins here ends; None when none does."""
    family = _family_length(text[start : start + 2])
    longest = start + family + 2 if family else start
    end = start + family
    while family and end < min(longest, len(text)) and _is_of_name(text[end]):
        end += 1
    if end == start + family or begins_a_word(text[start : start + 2]):
        return None
    return end if not must_end or _CLAUSE_END.match(text, end) else None


def _start_of_name(text: str, end: int) -> int | None:
    """Where a name that stands before a title begins; the longest that can be one."""
    for start in range(max(end - 4, 0), end):
        family = _family_length(text[start:end])
        given = text[start + family : end]
        known = family and len(given) <= 2 and all(_is_of_name(character) for character in given)
        if known and not ends_a_word(text[max(start - 1, 0) : start + 1]) and not begins_a_word(text[start : start + 2]):
            return start
    return None


def _family_length(text: str) -> int:
    if text[:2] in _LONG_FAMILY:
        return 2
    return 1 if text[:1] in _FAMILY else 0


def _is_of_name(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" and character not in _NOT_IN_NAMES


def _is_of_company(character: str) -> bool:
    return (character.isalnum() or character in "()") and character not in _NOT_IN_COMPANIES


def _is_of_address(character: str) -> bool:
    return character.isalnum() and character not in _NOT_IN_ADDRESSES

"""What a template of each kind of letter may hold in double braces, what it means, and where it is entered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .kinds import TO_AGENCY, TO_COMPLAINANT, LetterKind

Words = str | Promise

NUMBER, ADDRESSEE, DAY, BODY, CLOSING, HONORIFIC, ADDRESS = "文号", "收件人", "日期", "正文", "结语", "敬称", "查询网址"


@dataclass(frozen=True)
class Placeholder:
    """One name in double braces. Names are Chinese because they are typed in Word; `sample` fills the trial rendering.

    `source` tells where it is entered when it is missing; `may_be_empty` what may be left out of a letter.
    """

    name: str
    meaning: Words
    sample: str
    source: Words = ""
    may_be_empty: bool = False


_OFFICE = _("The settings of the portal")
_DECISION = _("The decision on the case")
_HERE = _("The words of this letter, on this page")
_CLOCK = _("The time limits of the case")

_ALWAYS = (
    Placeholder("机关", _("Name of the office"), "示例县机关效能投诉中心", _OFFICE),
    Placeholder(NUMBER, _("Number of the letter; given when it is issued"), "示优效〔2026〕1号"),
    Placeholder(DAY, _("Day of issue"), "2026年9月18日"),
    Placeholder("编号", _("Number of the case, or of the complaint"), "2026-0417"),
    Placeholder("问题类别", _("Category of the problem"), "办事效率低下", _DECISION),
    Placeholder(BODY, _("Paragraphs in your own words"), "示例正文第一段。\n示例正文第二段。", _HERE, may_be_empty=True),
    Placeholder(CLOSING, _("Closing words"), "特此告知。", _HERE, may_be_empty=True),
    Placeholder("联系电话", _("Phone number of the office"), "0700-8123456", _OFFICE),
    Placeholder("办公地址", _("Address of the office"), "示例县人民路18号", _OFFICE),
)
_TO = Placeholder(ADDRESSEE, _("Who the letter is for"), "示例收件人", _("What the portal keeps about the complainant"))
_COMPLAINANT = (
    _TO,
    Placeholder(HONORIFIC, _("What follows the name, such as 同志"), "同志", _HERE, may_be_empty=True),
    Placeholder("收到日期", _("Day on which the complaint came"), "2026年9月14日"),
    Placeholder(ADDRESS, _("Where the matter is looked up"), "https://portal.example/complaints/track/", _OFFICE),
)
_ACCEPTED = Placeholder("受理日期", _("Day of acceptance"), "2026年9月15日", _DECISION)
_AGENCY = (
    _TO,
    Placeholder("交办日期", _("Day on which the case was assigned"), "2026年9月15日", _DECISION),
    Placeholder("办理期限", _("Last day of the limit to finish"), "2026年10月15日", _CLOCK),
)
_LATE = Placeholder("逾期情况", _("How late it is"), "已逾期3个工作日", _CLOCK)
_FINDING = Placeholder("调查结论", _("The finding"), "属实", _("The approved report"))
_OWN: Mapping[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.ACCEPTANCE: (
        _ACCEPTED,
        Placeholder("办理方式", _("Who deals with it"), "转由示例县住房和城乡建设局办理", _DECISION),
        Placeholder("办理期限", _("By when it must be finished"), "2026年10月15日前", _CLOCK),
    ),
    LetterKind.DECLINING: (
        Placeholder("不予受理理由", _("Why it is declined"), "不属于机关效能投诉的受理范围。", _DECISION),
        Placeholder("救济途径", _("Where else it can be taken"), "信访部门（来信来访）", _DECISION),
    ),
    LetterKind.DISPATCH: (
        Placeholder("签收期限", _("By when the agency must sign for it"), "2026年9月16日", _CLOCK),
        Placeholder("时限要求", _("How the limit to finish counts"), "自签收之日起30日内", _CLOCK),
    ),
    LetterKind.CHASER: (_LATE,),
    LetterKind.SUPERVISION: (
        _LATE,
        Placeholder("回复期限", _("By when the agency must answer the order"), "2026年10月22日", _CLOCK, may_be_empty=True),
    ),
    LetterKind.EXTENSION: (
        Placeholder("原办理期限", _("Last day before the extension"), "2026年10月15日", _("The approved extension")),
        Placeholder("延长后期限", _("Last day after the extension"), "2026年10月29日", _("The approved extension")),
        Placeholder("延期理由", _("Why more time is needed"), "需等待鉴定机构出具报告。", _("The approved extension")),
    ),
    LetterKind.REPLY: (
        _ACCEPTED,
        _FINDING,
        Placeholder(
            "答复内容", _("The reply that was approved"), "经核查，您反映的问题属实，已督促整改。", _("The approved reply")
        ),
        Placeholder("复查期限", _("Within what time a review can be asked for"), "30日", _CLOCK),
    ),
    LetterKind.CLOSING: (
        _ACCEPTED,
        Placeholder("收到日期", _("Day on which the complaint came"), "2026年9月14日"),
        Placeholder("承办单位", _("Who dealt with it"), "示例县住房和城乡建设局", _DECISION),
        _FINDING,
        Placeholder("查明事实", _("What was found"), "三次退件均未出具书面告知。", _("The approved report"), may_be_empty=True),
        Placeholder(
            "处理措施", _("What was put right"), "已补办手续，并约谈窗口人员。", _("The approved report"), may_be_empty=True
        ),
        Placeholder("答复日期", _("Day of the reply"), "2026年10月10日", may_be_empty=True),
        Placeholder("满意度", _("How the complainant rates it"), "满意", may_be_empty=True),
        Placeholder("办结日期", _("Day of closing"), "2026年10月20日", _("Closing the case")),
    ),
    LetterKind.CIRCULAR: (_LATE,),
}
# Without these no letter is one; the body is asked for where it is all that the letter says.
_NEEDED = (NUMBER, DAY)
BODY_NEEDED = (LetterKind.DISPATCH, LetterKind.SUPERVISION, LetterKind.CIRCULAR)


def placeholders_of(kind: str) -> Mapping[str, Placeholder]:
    """Return what a template of this kind may hold, by name."""
    found = [*_ALWAYS, *_OWN[LetterKind(kind)]]
    if kind in TO_COMPLAINANT:
        found += _COMPLAINANT
    if kind in TO_AGENCY:
        found += _AGENCY
    return {one.name: one for one in found}


def needed_in(kind: str) -> tuple[str, ...]:
    """Return what every template of this kind must hold."""
    needed = _NEEDED if kind == LetterKind.CLOSING else (*_NEEDED, ADDRESSEE)
    return (*needed, BODY) if kind in BODY_NEEDED else needed


def samples_of(kind: str) -> dict[str, str]:
    """Return invented values for a trial rendering."""
    return {one.name: one.sample for one in placeholders_of(kind).values()}


TITLES: Mapping[LetterKind, Words] = {
    LetterKind.ACCEPTANCE: pgettext_lazy("letter", "Tells the complainant that the office takes the matter up"),
    LetterKind.DECLINING: pgettext_lazy("letter", "Tells the complainant why it does not, and where to go"),
    LetterKind.DISPATCH: pgettext_lazy("letter", "Sends the matter to an agency, without who complained"),
    LetterKind.CHASER: pgettext_lazy("letter", "Asks an agency that is late to finish"),
    LetterKind.SUPERVISION: pgettext_lazy("letter", "Orders an agency to act, with a day for its answer"),
    LetterKind.EXTENSION: pgettext_lazy("letter", "Tells the complainant that it takes longer, and why"),
    LetterKind.REPLY: pgettext_lazy("letter", "Gives the complainant the outcome, and says how to have it reviewed"),
    LetterKind.CLOSING: pgettext_lazy("letter", "Sums the case up for the file"),
    LetterKind.CIRCULAR: pgettext_lazy("letter", "Names an agency to the others for what it did not do"),
}

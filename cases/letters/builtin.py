"""The portal's own templates, drawn in the form of official papers: red head, number, title, body, signature and day.

Page, sizes and distances are those of GB/T 9704-2012. Fonts stand by name, each with one to fall back on where it is missing.
"""

import io
from collections.abc import Iterable, Mapping
from functools import cache

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from core.cleaning import office
from core.cleaning.kinds import DOCX

from .kinds import TO_AGENCY, TO_COMPLAINANT, LetterKind
from .placeholders import ADDRESS, ADDRESSEE, BODY, CLOSING, HONORIFIC, NUMBER

HEAD, TITLE, TEXT, BLACK = "方正小标宋简体", "方正小标宋简体", "仿宋_GB2312", "黑体"
_FALLBACKS = {
    HEAD: "方正小标宋_GBK,STZhongsong,华文中宋,SimSun,宋体",
    TEXT: "仿宋,FangSong,STFangsong,华文仿宋,SimSun",
    BLACK: "SimHei,Noto Sans CJK SC",
}
_RED = RGBColor(0xC8, 0x10, 0x2E)
_NONE, _LINE, _BODY_SIZE, _TITLE_SIZE, _HEAD_SIZE, _NOTE_SIZE = Pt(0), Pt(28), Pt(16), Pt(22), Pt(34), Pt(12)
_TITLES: Mapping[str, str] = {
    LetterKind.ACCEPTANCE: "受理通知书",
    LetterKind.DECLINING: "不予受理告知书",
    LetterKind.DISPATCH: "转办函",
    LetterKind.CHASER: "催办通知书",
    LetterKind.SUPERVISION: "督办函",
    LetterKind.EXTENSION: "延期告知书",
    LetterKind.REPLY: "答复意见书",
    LetterKind.CLOSING: "办结报告",
    LetterKind.CIRCULAR: "通　报",
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    LetterKind.ACCEPTANCE: (
        "您反映的事项（编号{{ 编号 }}），本中心于{{ 收到日期 }}收到。经审查，该事项属于机关效能投诉受理范围"
        "（{{ 问题类别 }}），决定自{{ 受理日期 }}起予以受理。",
        "该事项{{ 办理方式 }}，办理期限为{{ 办理期限 }}。办理结果将及时答复您。"
        "您可以凭编号和查询码，在{{ 查询网址 }}查询办理进展。",
    ),
    LetterKind.DECLINING: (
        "您反映的事项（编号{{ 编号 }}），本中心于{{ 收到日期 }}收到。经审查，决定不予受理。理由如下：",
        "{{ 不予受理理由 }}",
        "您可以通过以下途径反映：{{ 救济途径 }}。",
    ),
    LetterKind.DISPATCH: (
        "本中心收到群众反映的事项一件（编号{{ 编号 }}，{{ 问题类别 }}），现转你单位办理。反映的内容如下：",
        "{{ 正文 }}",
        "请于{{ 签收期限 }}前签收，{{ 时限要求 }}办结并反馈。办理中不得打听、泄露投诉人的情况，不得以任何方式打击报复。",
    ),
    LetterKind.CHASER: (
        "本中心于{{ 交办日期 }}转你单位办理的事项（编号{{ 编号 }}，{{ 问题类别 }}），办理期限为{{ 办理期限 }}，{{ 逾期情况 }}。",
    ),
    LetterKind.SUPERVISION: (
        "本中心于{{ 交办日期 }}转你单位办理的事项（编号{{ 编号 }}，{{ 问题类别 }}），"
        "办理期限为{{ 办理期限 }}，"
        "{{ 逾期情况 }}。现予督办，要求如下：",
        "{{ 正文 }}",
        "{%p if 回复期限 %}",
        "请于{{ 回复期限 }}前向本中心书面报告督办事项的办理结果。",
        "{%p endif %}",
    ),
    LetterKind.EXTENSION: (
        "您反映的事项（编号{{ 编号 }}），本中心正在办理，"
        "原办理期限为{{ 原办理期限 }}。因以下原因，办理期限延长至{{ 延长后期限 }}：",
        "{{ 延期理由 }}",
    ),
    LetterKind.REPLY: (
        "您反映的事项（编号{{ 编号 }}，{{ 问题类别 }}），本中心于{{ 收到日期 }}收到，{{ 受理日期 }}受理。经调查，"
        "您反映的问题{{ 调查结论 }}。现答复如下：",
        "{{ 答复内容 }}",
    ),
    LetterKind.CLOSING: (
        "{{ 收到日期 }}，本中心收到事项一件（编号{{ 编号 }}，{{ 问题类别 }}），{{ 受理日期 }}受理，"
        "由{{ 承办单位 }}承办，{{ 办结日期 }}办结。现将办理情况报告如下：",
        "#调查结论",
        "经调查，反映的问题{{ 调查结论 }}。",
        "{%p if 查明事实 %}",
        "{{ 查明事实 }}",
        "{%p endif %}",
        "{%p if 处理措施 %}",
        "#处理措施",
        "{{ 处理措施 }}",
        "{%p endif %}",
        "{%p if 答复日期 %}",
        "#答复情况",
        "{{ 答复日期 }}答复投诉人。{% if 满意度 %}投诉人评价：{{ 满意度 }}。{% endif %}",
        "{%p endif %}",
    ),
    LetterKind.CIRCULAR: (
        "本中心于{{ 交办日期 }}转{{ 收件人 }}办理的事项（编号{{ 编号 }}，{{ 问题类别 }}），"
        "办理期限为{{ 办理期限 }}，"
        "{{ 逾期情况 }}。现将有关情况通报如下：",
        "{{ 正文 }}",
    ),
}
_REVIEW = "如对本答复不服，您可以自收到本答复之日起{{ 复查期限 }}内，向本中心申请复查。"


@cache
def template_of(kind: str) -> bytes:
    """Return the portal's own template of a kind; the same bytes each time."""
    document = Document()
    _page(document)
    _head(document)
    _line(document, _TITLES[kind], font=TITLE, size=_TITLE_SIZE, centred=True, before=Pt(28), after=Pt(28), spacing=Pt(34))
    if kind != LetterKind.CLOSING:
        honorific = f"{{{{ {HONORIFIC} }}}}" if kind in TO_COMPLAINANT else ""
        _line(document, f"{{{{ {ADDRESSEE} }}}}{honorific}：")
    for text in _body(kind):
        _paragraph(document, text)
    _signature(document)
    if kind in (*TO_COMPLAINANT, *TO_AGENCY):
        _contact(document)
    out = io.BytesIO()
    document.save(out)
    return office.clean(out.getvalue(), DOCX).copy


def _body(kind: str) -> Iterable[str]:
    texts = _TEXTS[kind]
    yield from texts
    if not any(BODY in text for text in texts):
        yield from (f"{{%p if {BODY} %}}", f"{{{{ {BODY} }}}}", "{%p endif %}")
    if kind == LetterKind.REPLY:
        yield _REVIEW
    yield from (f"{{%p if {CLOSING} %}}", f"{{{{ {CLOSING} }}}}", "{%p endif %}")


def _page(document: Opened) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", _BODY_SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.widow_control = True
    _fonts(document)
    _page_number(section.footer.paragraphs[0])


def _head(document: Opened) -> None:
    """The name of the office in red over a red line, and the number below it."""
    head = _line(document, "{{ 机关 }}", font=HEAD, size=_HEAD_SIZE, centred=True, spacing=Pt(44))
    head.runs[0].font.color.rgb = _RED
    border = parse_xml(
        '<w:pBdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="6" w:color="C8102E"/></w:pBdr>'
    )
    head._p.get_or_add_pPr().insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    number = _line(document, f"{{{{ {NUMBER} }}}}", before=Pt(10))
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _paragraph(document: Opened, text: str) -> None:
    """One paragraph of the body, two characters in; one that begins with # is a heading."""
    line = _line(document, text.removeprefix("#"), font=BLACK if text.startswith("#") else TEXT)
    # An address cannot be broken anywhere; the line before it would be drawn apart.
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT if ADDRESS in text else WD_ALIGN_PARAGRAPH.JUSTIFY
    # A heading stays with its text, and no signature stands on a page of its own.
    line.paragraph_format.keep_with_next = text.startswith("#") or CLOSING in text
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "640")


def _signature(document: Opened) -> None:
    for text, before in (("{{ 机关 }}", Pt(56)), ("{{ 日期 }}", Pt(0))):
        line = _line(document, text, before=before)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.keep_together = True
        line._p.get_or_add_pPr().get_or_add_ind().set(qn("w:right"), "640")
        line.paragraph_format.keep_with_next = before != Pt(0)


def _contact(document: Opened) -> None:
    """Where the office is reached, at the foot of every page, so that it never needs one more."""
    footer = document.sections[0].footer
    line = footer.paragraphs[0].insert_paragraph_before()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run("联系电话：{{ 联系电话 }}　地址：{{ 办公地址 }}")
    run.font.size = _NOTE_SIZE


def _line(
    document: Opened,
    text: str,
    *,
    font: str = TEXT,
    size: Pt = _BODY_SIZE,
    centred: bool = False,
    before: Pt = _NONE,
    after: Pt = _NONE,
    spacing: Pt = _LINE,
) -> Paragraph:
    line = document.add_paragraph()
    run = line.add_run(text)
    run.font.size = size
    run.font.name = "Times New Roman" if font == TEXT else font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    form.space_before, form.space_after = before, after
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return line


def _page_number(line: Paragraph) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = line.add_run("— " if kind == "begin" else "")
        run.font.size = Pt(14)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    line.add_run(" —").font.size = Pt(14)


def _fonts(document: Opened) -> None:
    """Name for each font what stands in for it; programs look there before they choose by themselves."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in _FALLBACKS.items()
    )
    xml = f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'
    package = document.part.package
    for relation in list(document.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = xml.encode()
            return
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
    document.part.relate_to(Part(PackURI("/word/fontTable.xml"), kind, xml.encode(), package), RELATIONSHIP_TYPE.FONT_TABLE)

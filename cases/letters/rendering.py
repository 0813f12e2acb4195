"""Fills a Word template. Templates come from people: a template knows names and nothing else (docs/adr/0021-letters.md).

What may stand in braces is `{{ name }}`, and `{% if name %}` around what is left out when it is empty. Everything else, an
attribute, a call, a filter, a loop, is refused when it is parsed, whether a template is checked or a letter is made.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Opened
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .words import paragraphs

_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not)
_TAG = re.compile(r"<[^>]*>")
_NEW_PARAGRAPH = "\a"  # what docxtpl turns into another paragraph of the same kind
_LONGEST_SHOWN = 60
_WATERMARK = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:r><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    '</v:shapetype><v:shape id="draft" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:360pt;'
    "height:180pt;rotation:315;z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:SimSun" string="草稿"/></v:shape></w:pict></w:r></w:p>'
)


@dataclass(frozen=True)
class Fault:
    """Something in a template that no letter can be made from: a code, and what stands there."""

    code: str  # unknown, forbidden, syntax, missing, unseen, braces, outside, large
    shown: str = ""


@dataclass(frozen=True)
class Filled:
    """A document made from a template, and which placeholders the template holds."""

    document: bytes
    used: frozenset[str]


class TemplateFaulty(Exception):
    """A template from which no letter can be made."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep what is wrong."""
        super().__init__([fault.code for fault in faults])
        self.faults = faults


class _Names(ImmutableSandboxedEnvironment):
    """Knows names; refuses everything else while it parses, so that nothing of it is ever run."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.known, self.used = known, set[str]()
        for given in (self.globals, self.filters, self.tests):
            given.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse one part of the document and look at every node of it."""
        lines = source.splitlines()
        try:
            tree = super()._parse(source, name, filename)
        except TemplateSyntaxError as error:
            raise TemplateFaulty([Fault("syntax", _shown(lines, error.lineno))]) from error
        met = list(_walk(tree))
        used = [node.name for node in met if isinstance(node, nodes.Name)]
        strange = [node for node in met if not isinstance(node, _ALLOWED)]
        faults = [Fault("forbidden", _shown(lines, node.lineno)) for node in strange]
        faults += [Fault("unknown", name) for name in used if name not in self.known]
        if faults:
            raise TemplateFaulty(list(dict.fromkeys(faults)))
        self.used |= set(used)
        return tree

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Nothing has attributes here."""
        return False

    def is_safe_callable(self, obj: object) -> bool:
        """Nothing can be called here."""
        return False


def rendered(template: bytes, values: Mapping[str, str], *, title: str = "", draft: bool = False) -> bytes:
    """Return the document with the values in their places. Raises TemplateFaulty."""
    return filled(template, values, title=title, draft=draft).document


def filled(template: bytes, values: Mapping[str, str], *, title: str = "", draft: bool = False) -> Filled:
    """Put the values in their places; those of several lines become several paragraphs. A draft carries a watermark.

    Raises TemplateFaulty.
    """
    environment = _Names(frozenset(values))
    document = DocxTemplate(io.BytesIO(template))
    document.render({name: _plain(value) for name, value in values.items()}, environment)
    opened: Opened = document.docx  # its get_docx() would read the template anew
    properties = opened.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments = properties.keywords = properties.subject = ""
    if draft:
        for section in opened.sections:
            section.header._element.append(parse_xml(_WATERMARK))
    out = io.BytesIO()
    opened.save(out)
    return Filled(out.getvalue(), frozenset(environment.used))


def text_of(document: bytes) -> str:
    """Return all text of a document: body, tables, headers, footers and notes, a paragraph a line."""
    opened = Document(io.BytesIO(document))
    return "\n".join(_texts(opened))


def _plain(value: str) -> str:
    return _NEW_PARAGRAPH.join(paragraphs(value))


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and everything below it, but nothing below what is not allowed."""
    yield node
    for child in node.iter_child_nodes() if isinstance(node, _ALLOWED) else ():
        yield from _walk(child)


def _shown(lines: list[str], number: int | None) -> str:
    """Return the text of the paragraph in which something stands; docxtpl begins each paragraph on a new line."""
    line = lines[number - 1] if number and number <= len(lines) else ""
    return _TAG.sub("", line).strip()[:_LONGEST_SHOWN]


def _texts(opened: Opened) -> Iterator[str]:
    for part in opened.part.package.iter_parts():
        if part.content_type.endswith("+xml") and "wordprocessingml" in part.content_type and "styles" not in part.content_type:
            root = parse_xml(part.blob)
            for paragraph in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
                found = paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
                yield "".join(one.text or "" for one in found)

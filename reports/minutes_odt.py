"""The minutes of a meeting as a document (ODT) to print and sign. odfpy is imported when one is."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from reports.minutes import Section

_INK: Final = "#22201c"
_RULE: Final = "#e58e1a"
_HEAD: Final = "#fdf0dc"
_LINE: Final = "#8a8378"
_COUNTRIES: Final = {"fr": "FR", "en": "GB"}

_CONTROLS: Final = re.compile(r"[\x00-\x1f]")


def minutes_document(
    title: str, lead: Sequence[str], sections: Sequence[Section], language: str
) -> bytes:
    """The same minutes as the Markdown file; what has a table is told as one."""
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    looks = _styles(document, language)
    document.meta.addElement(_meta_title(title))
    _add_page(document, title)
    _heading(document, looks["title"], title, 1)
    for line in lead:
        _paragraph(document.text, looks["lead"], line)
    for section in sections:
        if section.lines:
            _heading(document, looks["section"], section.title, 2)
            _section(document, looks, section)
    buffer = BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def _section(document: Any, looks: Mapping[str, Any], section: Section) -> None:
    if section.head:
        _table(document, looks, section)
    for line in section.after if section.head else section.lines:
        _paragraph(document.text, looks["item"], line)


def _table(document: Any, looks: Mapping[str, Any], section: Section) -> None:
    from odf.table import Table, TableColumn, TableHeaderRows, TableRow

    table = Table(name=section.title, stylename=looks["table"])
    for width in section.widths:
        table.addElement(TableColumn(stylename=_column(document, width)))
    head = TableHeaderRows()
    head.addElement(_row(TableRow(), section.head, looks["head"], looks["bold"]))
    table.addElement(head)
    for cells in section.rows:
        table.addElement(_row(TableRow(), cells, looks["cell"], looks["small"]))
    document.text.addElement(table)


def _row(row: Any, cells: Sequence[str], look: Any, words: Any) -> Any:
    from odf.table import TableCell

    for text in cells:
        cell = TableCell(stylename=look, valuetype="string")
        _paragraph(cell, words, text)
        row.addElement(cell)
    return row


def _heading(document: Any, look: Any, text: str, level: int) -> None:
    from odf.text import H

    document.text.addElement(H(outlinelevel=level, stylename=look, text=_clean(text)))


def _paragraph(where: Any, look: Any, text: str) -> None:
    from odf.text import P

    where.addElement(P(stylename=look, text=_clean(text)))


def _clean(text: str) -> str:
    """One line, without the control signs that XML cannot hold."""
    return _CONTROLS.sub(" ", text)


def _meta_title(title: str) -> Any:
    from odf.dc import Title

    return Title(text=_clean(title))


def _column(document: Any, width: str) -> Any:
    from odf.style import Style, TableColumnProperties

    style = Style(name=f"column-{width}", family="table-column")
    style.addElement(TableColumnProperties(columnwidth=width))
    document.automaticstyles.addElement(style)
    return style


def _add_page(document: Any, title: str) -> None:
    """A4, two centimetres around, the title and the page's number at its foot."""
    from odf.style import Footer, MasterPage, PageLayout, PageLayoutProperties
    from odf.text import P, PageCount, PageNumber

    layout = PageLayout(name="page")
    size = {"pagewidth": "21cm", "pageheight": "29.7cm", "printorientation": "portrait"}
    layout.addElement(PageLayoutProperties(margin="2cm", **size))
    document.automaticstyles.addElement(layout)
    foot = P(stylename="foot", text=f"{_clean(title)} · ")
    foot.addElement(PageNumber(selectpage="current"))
    foot.addText("/")
    foot.addElement(PageCount())
    footer = Footer()
    footer.addElement(foot)
    page = MasterPage(name="Standard", pagelayoutname=layout)
    page.addElement(footer)
    document.masterstyles.addElement(page)


_WORDS: Final[Mapping[str, tuple[dict[str, str], dict[str, str]]]] = {
    "title": ({"fontsize": "20pt", "fontweight": "bold"}, {"marginbottom": "0.3cm"}),
    "section": (
        {"fontsize": "13pt", "fontweight": "bold"},
        {"margintop": "0.6cm", "marginbottom": "0.2cm", "borderbottom": f"1pt solid {_RULE}"},
    ),
    "lead": ({"fontsize": "11pt"}, {"marginbottom": "0.1cm"}),
    "item": ({"fontsize": "11pt"}, {"margintop": "0.15cm"}),
    "small": ({"fontsize": "10pt"}, {}),
    "bold": ({"fontsize": "10pt", "fontweight": "bold"}, {}),
    "foot": ({"fontsize": "8pt"}, {"textalign": "end"}),
}


def _styles(document: Any, language: str) -> dict[str, Any]:
    from odf.style import ParagraphProperties, Style, TextProperties

    looks: dict[str, Any] = {}
    spoken = {"language": language, "country": _COUNTRIES.get(language, "FR")}
    for name, (words, block) in _WORDS.items():
        style = Style(name=name, family="paragraph")
        style.addElement(ParagraphProperties(**block))
        style.addElement(
            TextProperties(fontfamily="Liberation Sans", color=_INK, **spoken, **words)
        )
        document.styles.addElement(style)
        looks[name] = style
    return looks | _table_styles(document)


def _table_styles(document: Any) -> dict[str, Any]:
    from odf.style import Style, TableCellProperties, TableProperties

    looks: dict[str, Any] = {}
    for name, ground in (("cell", "transparent"), ("head", _HEAD)):
        style = Style(name=name, family="table-cell")
        border = {"border": f"0.5pt solid {_LINE}", "padding": "0.12cm"}
        style.addElement(TableCellProperties(backgroundcolor=ground, **border))
        looks[name] = style
    looks["table"] = Style(name="table", family="table")
    looks["table"].addElement(TableProperties(width="17cm", align="left"))
    for style in looks.values():
        document.automaticstyles.addElement(style)
    return looks

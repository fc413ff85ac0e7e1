"""Tables as a spreadsheet (ODS): a sheet each, typed cells. odfpy is imported when one is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from reports.drawing import DOTTED, INK
from reports.sheets import Cell, CellKind, Column, Sheet, guarded, tabs

_WIDTHS: Final = {
    CellKind.TEXT: "3.6cm",
    CellKind.NUMBER: "1.9cm",
    CellKind.MONEY: "2.6cm",
    CellKind.EFFORT: "2.1cm",
    CellKind.MINUTES: "2.1cm",
    CellKind.HOURS: "2.1cm",
    CellKind.DAY: "2.5cm",
    CellKind.INSTANT: "3.6cm",
}
_WIDE: Final = "6.5cm"
_WIDER: Final = "3cm"  # for what is narrow under a long title
_ROOMY: Final = frozenset({"signature", "title", "what"})
_LONG, _LONG_TITLE = 24, 10
_SPAN: Final = 2  # columns under each piece of text above and under a table
_FRANCE: Final = {"language": "fr", "country": "FR"}
_HOUR: Final = 60


def spreadsheet(sheets: Sequence[Sheet]) -> bytes:
    """All these tables in one file."""
    from odf.opendocument import OpenDocumentSpreadsheet

    document = OpenDocumentSpreadsheet()
    looks = _Looks(document)
    for sheet, tab in zip(sheets, tabs(sheet.title for sheet in sheets), strict=True):
        document.spreadsheet.addElement(_Table(sheet, tab, looks).made())
    buffer = BytesIO()
    document.write(buffer)
    return buffer.getvalue()


@dataclass(slots=True)
class _Looks:
    """The styles of a document, each made once."""

    document: Any
    cells: dict[str, Any] = field(default_factory=dict)

    def width(self, column: Column, rows: Iterable[Cell]) -> Any:
        """The style of a column: wider where its texts are long."""
        longest = max((len(str(cell)) for cell in rows if cell is not None), default=0)
        wide = column.kind is CellKind.TEXT and (longest > _LONG or column.key in _ROOMY)
        narrow = _WIDER if len(column.title) > _LONG_TITLE else _WIDTHS[column.kind]
        usual = max(narrow, _WIDTHS[column.kind], key=lambda told: float(told[:-2]))
        return self._style(_WIDE if wide else usual, self._column)

    def cell(self, kind: CellKind, currency: str, *, bold: bool = False) -> Any:
        """The style of cells of a kind."""
        return self._style(f"{kind}-{currency}-{bold}", lambda name: self._cell(name, kind, bold))

    def loose(self, *, bold: bool = False) -> Any:
        """The style of texts around a table, which may run on over their neighbours."""
        return self._style(f"loose-{bold}", lambda name: self._loose(name, bold))

    def title(self) -> Any:
        return self._style("title", self._title)

    def table(self) -> Any:
        """How a sheet is printed: on as many pages as it takes, one page wide."""
        return self._style("sheet", self._table)

    def _style(self, name: str, make: Any) -> Any:
        if name not in self.cells:
            self.cells[name] = make(name)
        return self.cells[name]

    def _column(self, width: str) -> Any:
        from odf.style import Style, TableColumnProperties

        style = Style(name=f"w{width.replace('.', '')}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=width))
        return self._kept(style)

    def _title(self, name: str) -> Any:
        from odf.style import Style, TableCellProperties, TextProperties

        style = Style(name=name, family="table-cell")
        look = {"backgroundcolor": DOTTED.colour, "wrapoption": "wrap"}
        style.addElement(TableCellProperties(**look))
        style.addElement(TextProperties(fontweight="bold", color=INK))
        return self._kept(style)

    def _cell(self, name: str, kind: CellKind, bold: bool) -> Any:
        from odf.style import Style, TableCellProperties, TextProperties

        format_ = self._format(kind)
        style = Style(
            name=name, family="table-cell", **({"datastylename": format_} if format_ else {})
        )
        style.addElement(TableCellProperties(wrapoption="wrap", verticalalign="top"))
        if bold:
            style.addElement(TextProperties(fontweight="bold"))
        return self._kept(style)

    def _loose(self, name: str, bold: bool) -> Any:
        from odf.style import Style, TextProperties

        style = Style(name=name, family="table-cell")
        size = {"fontsize": "13pt"} if bold else {}
        style.addElement(TextProperties(fontweight="bold" if bold else "normal", **size))
        return self._kept(style)

    def _format(self, kind: CellKind) -> Any:
        makers = {
            CellKind.MONEY: _money_format,
            CellKind.EFFORT: _effort_format,
            CellKind.HOURS: _hours_format,
            CellKind.DAY: _day_format,
            CellKind.INSTANT: _instant_format,
        }
        if kind not in makers:
            return None
        return self._style(f"format-{kind}", lambda name: self._kept(makers[kind](name)))

    def _table(self, name: str) -> Any:
        from odf.namespaces import STYLENS
        from odf.style import MasterPage, PageLayout, PageLayoutProperties, Style, TableProperties

        page = PageLayout(name="page")
        printed = PageLayoutProperties(
            printorientation="landscape", pagewidth="29.7cm", pageheight="21cm", margin="1.5cm"
        )
        for way, pages in (("X", "1"), ("Y", "0")):  # LibreOffice's own, unknown to odfpy
            printed.setAttrNS(STYLENS, f"scale-to-{way}", pages)
        page.addElement(printed)
        self.document.automaticstyles.addElement(page)
        self.document.masterstyles.addElement(MasterPage(name="Print", pagelayoutname=page))
        style = Style(name=name, family="table", masterpagename="Print")
        style.addElement(TableProperties(display="true"))
        return self._kept(style)

    def _kept(self, style: Any) -> Any:
        self.document.automaticstyles.addElement(style)
        return style


def _money_format(name: str) -> Any:
    from odf.number import CurrencyStyle, CurrencySymbol, Number, Text

    style = CurrencyStyle(name=name, **_FRANCE)
    style.addElement(Number(decimalplaces="2", minintegerdigits="1", grouping="true"))
    style.addElement(Text(text="\N{NO-BREAK SPACE}"))
    style.addElement(CurrencySymbol(text="€"))
    return style


def _effort_format(name: str) -> Any:
    from odf.number import Hours, Minutes, Text, TimeStyle

    style = TimeStyle(name=name, truncateonoverflow="false")
    style.addElement(Hours())
    style.addElement(Text(text=":"))
    style.addElement(Minutes(style="long"))
    return style


def _hours_format(name: str) -> Any:
    from odf.number import Number, NumberStyle

    style = NumberStyle(name=name)
    style.addElement(Number(decimalplaces="2", minintegerdigits="1"))
    return style


def _day_format(name: str) -> Any:
    from odf.number import DateStyle

    style = DateStyle(name=name)
    _add_day(style)
    return style


def _instant_format(name: str) -> Any:
    from odf.number import DateStyle, Hours, Minutes, Text

    style = DateStyle(name=name)
    _add_day(style)
    for part in (Text(text=" "), Hours(style="long"), Text(text=":"), Minutes(style="long")):
        style.addElement(part)
    return style


def _add_day(style: Any) -> None:
    from odf.number import Day, Month, Text, Year

    parts = (Day(style="long"), Text(text="/"), Month(style="long"), Text(text="/"))
    for part in (*parts, Year(style="long")):
        style.addElement(part)


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet, being made."""

    sheet: Sheet
    tab: str
    looks: _Looks

    def made(self) -> Any:
        from odf.table import Table, TableColumn

        table = Table(name=self.tab, stylename=self.looks.table())
        for place, column in enumerate(self.sheet.columns):
            width = self.looks.width(column, (row[place] for row in self.sheet.rows))
            table.addElement(TableColumn(stylename=width))
        for line in self.sheet.head:
            table.addElement(self._texts(line, bold=not line[1:]))
        if self.sheet.head:
            table.addElement(self._texts(()))
        table.addElement(self._titles())
        for row in self.sheet.rows:
            table.addElement(self._row(row))
        if self.sheet.total is not None:
            table.addElement(self._row(self.sheet.sums(), bold=True))
        for line in self.sheet.foot:
            table.addElement(self._texts(line))
        return table

    def _titles(self) -> Any:
        from odf.table import TableRow

        row = TableRow()
        for column in self.sheet.columns:
            row.addElement(_text_cell(column.title, self.looks.title()))
        return row

    def _texts(self, line: Sequence[str], *, bold: bool = False) -> Any:
        from odf.table import CoveredTableCell, TableCell, TableRow

        row = TableRow()
        span = len(self.sheet.columns) if bold else _SPAN
        for text in line:
            row.addElement(_text_cell(text, self.looks.loose(bold=bold), columns=span))
            for _ in range(span - 1):
                row.addElement(CoveredTableCell())
        if not line:
            row.addElement(TableCell())
        return row

    def _row(self, cells: Sequence[Cell], *, bold: bool = False) -> Any:
        from odf.table import TableRow

        row = TableRow()
        for column, cell in zip(self.sheet.columns, cells, strict=True):
            style = self.looks.cell(column.kind, self.sheet.currency, bold=bold)
            kind = CellKind.TEXT if bold and isinstance(cell, str) else column.kind
            row.addElement(_cell(kind, cell, style, self.sheet.currency))
        return row


def _cell(kind: CellKind, cell: Cell, style: Any, currency: str) -> Any:
    from odf.table import TableCell
    from odf.text import P

    if cell is None:
        return TableCell(stylename=style)
    if kind is CellKind.TEXT or (
        isinstance(cell, str) and kind not in {CellKind.DAY, CellKind.INSTANT}
    ):
        return _text_cell(str(cell), style)
    typed, shown = _typed(kind, cell, currency)
    made = TableCell(stylename=style, **typed)
    made.addElement(P(text=shown))
    return made


def _typed(kind: CellKind, cell: str | int, currency: str) -> tuple[dict[str, str], str]:
    """The typed value of a cell, and how it reads."""
    if kind in {CellKind.DAY, CellKind.INSTANT}:
        when = datetime.fromisoformat(str(cell)) if kind is CellKind.INSTANT else None
        shown = f"{when:%d/%m/%Y %H:%M}" if when else f"{date.fromisoformat(str(cell)):%d/%m/%Y}"
        told = f"{cell}:00" if when else str(cell)
        return {"valuetype": "date", "datevalue": told}, shown
    number = int(cell)
    if kind is CellKind.MONEY:
        value = str(Decimal(number) / 100)
        return {"valuetype": "currency", "currency": currency, "value": value}, value
    if kind is CellKind.EFFORT:
        hours, minutes = divmod(number, _HOUR)
        duration = f"PT{hours:02}H{minutes:02}M00S"
        return {"valuetype": "time", "timevalue": duration}, f"{hours}:{minutes:02}"
    value = str(Decimal(number) / 100 if kind is CellKind.HOURS else number)
    return {"valuetype": "float", "value": value}, value


def _text_cell(text: str, style: Any, *, columns: int = 1) -> Any:
    from odf.table import TableCell
    from odf.text import P

    cell = TableCell(stylename=style, valuetype="string", numbercolumnsspanned=str(columns))
    for line in guarded(text).splitlines() or [""]:
        cell.addElement(P(text=line))
    return cell

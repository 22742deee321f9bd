"""The empty workbook for those without a system: headings, one marked example, and how to fill it in."""

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from timvis.formats.time_report_table.columns import Column

_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_LAST_ROW = 500
_WIDTH = 18

COLUMNS = (
    Column.MONTH,
    Column.RECIPIENT_NUMBER,
    Column.RECIPIENT_NAME,
    Column.ASSISTANT_NUMBER,
    Column.ASSISTANT_NAME,
    Column.DAY,
    Column.FROM,
    Column.TO,
    Column.KIND,
    Column.AGREEMENT,
    Column.EMPLOYER_KIND,
    Column.EMPLOYER_NUMBER,
    Column.PERIOD_1_FROM,
    Column.PERIOD_1_TO,
    Column.ASSISTANT_SIGNED_ON,
    Column.MANAGER_SIGNED_ON,
    Column.MANAGER_NUMBER,
    Column.MANAGER_NAME,
    Column.SUM_ACTIVE_HOURS,
    Column.SUM_ACTIVE_MINUTES,
    Column.SUM_WAITING_HOURS,
    Column.SUM_WAITING_MINUTES,
    Column.SUM_STANDBY_HOURS,
    Column.SUM_STANDBY_MINUTES,
    Column.NOTE,
)

_EXAMPLE = {
    Column.MONTH: "2025-03",
    Column.RECIPIENT_NAME: "Alma Exempelsson",
    Column.ASSISTANT_NAME: "Björn Exempelsson",
    Column.DAY: "1",
    Column.FROM: "08.00",
    Column.TO: "16.30",
    Column.KIND: "aktiv",
    Column.AGREEMENT: "ja",
    Column.EMPLOYER_KIND: "anordnare",
    Column.NOTE: "EXEMPEL – raden läses inte; skriv över den eller låt den stå",
}

_INSTRUCTION = (
    "Så fyller du i tidrapporten",
    "",
    "1. Skriv en rad för varje pass på bladet Tidrapport. En fil kan ha flera assistenter.",
    "2. redovisningsmanad skrivs ÅÅÅÅ-MM, till exempel 2025-03. Det räcker att skriva den på första raden.",
    "3. Personnummer skrivs med tolv siffror. Samordningsnummer går också bra.",
    "4. dag är 1–31, eller hela datumet ÅÅÅÅ-MM-DD.",
    "5. fran och till är klockslag, till exempel 08.30. 24.00 får bara stå som slut.",
    "6. Ett pass över midnatt delas i två rader: till 24.00 den ena dagen, från 00.00 den nästa.",
    "7. typ är aktiv, väntetid eller beredskap.",
    "8. Natten då klockan ställs om skriver du det klockan visade. 02.00–03.00 finns inte på våren. På hösten",
    "    kommer den två gånger: skriv S (sommartid) eller V (vintertid) efter klockslaget, till exempel 02.30V.",
    "9. kollektivavtal är ja eller nej. arbetsgivare_typ är egen när brukaren själv är arbetsgivare, annars",
    "    anordnare; då fyller du också i organisationsnummer.",
    "10. berakningsperiod_fran och _till är första och sista dagen i perioden som begränsar arbetstiden.",
    "11. Underskrifternas datum är dagen då assistenten och chefen skrev under; tomt om någon inte har det.",
    "12. summa_-kolumnerna är frivilliga. Fyller du i dem jämförs de med raderna; inget ändras i tysthet.",
    "13. Ta inte bort eller döp om rubrikerna. I anteckning får du skriva vad du vill.",
)


def template() -> bytes:
    """Return the empty workbook, the same bytes every time."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Tidrapport personlig assistans", "created": _MADE_AT})
    # Text everywhere: a personal number must not become a number, nor a clock time a part of a day.
    _fill_report(book.add_worksheet("Tidrapport"), bold=_bold(book), text=book.add_format({"num_format": "@"}))
    _fill_instruction(book.add_worksheet("Instruktion"), bold=_bold(book))
    book.close()
    return target.getvalue()


def _bold(book: Workbook) -> Format:
    return book.add_format({"bold": True, "bottom": 1, "num_format": "@"})


def _fill_report(sheet: Worksheet, *, bold: Format, text: Format) -> None:
    sheet.set_column(0, len(COLUMNS) - 1, _WIDTH, text)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(COLUMNS):
        sheet.write_string(0, index, column.value, bold)
        sheet.write_string(1, index, _EXAMPLE.get(column, ""), text)
    for column, choices in (
        (Column.KIND, ["aktiv", "väntetid", "beredskap"]),
        (Column.AGREEMENT, ["ja", "nej"]),
        (Column.EMPLOYER_KIND, ["anordnare", "egen"]),
    ):
        index = COLUMNS.index(column)
        sheet.data_validation(1, index, _LAST_ROW, index, {"validate": "list", "source": choices})


def _fill_instruction(sheet: Worksheet, *, bold: Format) -> None:
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(_INSTRUCTION):
        sheet.write_string(row, 0, line, bold if row == 0 else None)

#!/usr/bin/env python3
"""Writes the findings of `scripts/bench workbook` with another library, in constant memory.

    workbook.py xlsxwriter | rust ROWS FILE      rust: rust_xlsxwriter, by way of rustpy-xlsxwriter
"""

import datetime
import sys

WIDTHS = (12, 11, 14, 12, 18, 12, 52)
TITLES = ("Control", "Severity", "Conversation", "Decision", "When", "Operator", "Evidence")
SEVERITIES = ("low", "medium", "high")
ADDRESS = "https://chat.example/app/accounts/1/conversations/"


def texts(i):
    """Control, severity, decision, operator, evidence."""
    return (f"CX-00{i % 9 + 1}", SEVERITIES[i % 3], str(3 * i), f"op-{i % 40:06x}",
            f"the first reply, note or decision came {i} s after the breach")


def xlsxwriter(rows, path):
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.use_zip64()
    sheet = book.add_worksheet("Findings")
    header = book.add_format({"bold": True, "font_color": "white", "bg_color": "#1F4E79"})
    link = book.add_format({"underline": 1, "font_color": "#0B5CAD", "bottom": 1})
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "bottom": 1})
    text = book.add_format({"bottom": 1})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for column, title in enumerate(TITLES):
        sheet.write_string(0, column, title, header)
    for i in range(1, rows + 1):
        control, severity, decision, operator, evidence = texts(i)
        sheet.write_string(i, 0, control, text)
        sheet.write_string(i, 1, severity, text)
        sheet.write_formula(i, 2, f'=HYPERLINK("{ADDRESS}{i}",{i})', link, i)
        sheet.write_string(i, 3, decision, text)
        sheet.write_number(i, 4, 46321.0 + i / 86400, date)
        sheet.write_string(i, 5, operator, text)
        sheet.write_string(i, 6, evidence, text)
    sheet.autofilter(0, 0, rows, len(TITLES) - 1)
    sheet.freeze_panes(1, 0)
    book.close()


def rust(rows, path):
    import rustpy_xlsxwriter

    begin = datetime.datetime(2026, 10, 26)

    def records():
        for i in range(1, rows + 1):
            control, severity, decision, operator, evidence = texts(i)
            yield {"Control": control, "Severity": severity, "Decision": decision, "When": begin + datetime.timedelta(seconds=i),
                   "Operator": operator, "Evidence": evidence}

    # Its formulas are one text for all rows, in which only the row's number changes, in a column after the others.
    rustpy_xlsxwriter.write_worksheet(
        records(), path, sheet_name="Findings", freeze_row=1, autofilter=True, bold_headers=True,
        column_widths=list(WIDTHS), datetime_format="yyyy-mm-dd hh:mm",
        formula_columns={"Conversation": f'=HYPERLINK("{ADDRESS}{{row}}",{{row}})'})


{"xlsxwriter": xlsxwriter, "rust": rust}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])

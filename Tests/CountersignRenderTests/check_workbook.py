"""Reads a workbook with other eyes than ours, for WorkbookTests.

    check_workbook.py parts FILE     every XML part, one tag a line, cells with their texts, as JSON
    check_workbook.py cells FILE     every sheet's cells, tables, names and settings, as JSON
    check_workbook.py spoil FROM|TO  a copy in which every cached number of a formula is wrong
    check_workbook.py strings FILE   every string of the file's XML, decoded as ECMA-376 says, as JSON
"""

import datetime
import json
import re
import sys
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(path):
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        parts = {name: archive.read(name).decode() for name in names}
    texts = strings(path)

    def text(match):
        # In place of its number, which changes with every text before it.
        line = texts[int(match[2])]
        return match[1] + "<v>" + escape(line if len(line) < 200 else line[:60] + "… (long)") + "</v>"

    return {name: re.sub(r'(<c [^>]*t="s"[^>]*>)<v>(\d+)</v>', text, part).replace("><", ">\n<") + "\n"
            for name, part in parts.items()}


def strings(path):
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    texts = ("".join(text.text or "" for text in item.iter(MAIN + "t")) for item in root.iter(MAIN + "si"))
    return [re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text) for text in texts]


def spoil(paths):
    """The values beside formulas, made wrong: a program that counts again puts them right."""
    source, target = paths.split("|")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f><v>)[^<]*", rb"\g<1>99", data)
            new.writestr(item, data)
    return 0


def shown(cell):
    value = cell.value
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        value = value.isoformat()
    elif isinstance(value, datetime.timedelta):
        value = f"{value.total_seconds():.0f} s"
    return [cell.coordinate, cell.data_type, value, cell.number_format]


def cells(path):
    import openpyxl

    formulas = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True)
    sheets = []
    for sheet in formulas:
        rows = [[shown(cell) for cell in row if cell.value is not None] for row in sheet.iter_rows()]
        sheets.append({
            "name": sheet.title,
            "cells": [cell for row in rows for cell in row],
            "cached": {cell.coordinate: cell.value for row in cached[sheet.title].iter_rows() for cell in row
                       if isinstance(sheet[cell.coordinate].value, str)
                       and sheet[cell.coordinate].data_type == "f"},
            "tables": {table.name: [table.ref, [column.name for column in table.tableColumns]]
                       for table in sheet.tables.values()},
            "filter": sheet.auto_filter.ref,
            "freeze": sheet.freeze_panes,
            "landscape": sheet.page_setup.orientation,
            "fits": bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage),
            "repeat": sheet.print_title_rows,
            "footer": sheet.oddFooter.left.text,
            "pages": sheet.oddFooter.right.text,
            "charts": len(sheet._charts),
            "rules": [[str(rule.sqref), [kind.type for kind in rule.rules]] for rule in sheet.conditional_formatting],
        })
    return {
        "sheets": sheets,
        "names": {name: defined.attr_text for name, defined in formulas.defined_names.items()},
        "created": formulas.properties.created.isoformat(),
        "title": formulas.properties.title,
    }


if __name__ == "__main__":
    json.dump({"parts": parts, "cells": cells, "strings": strings, "spoil": spoil}[sys.argv[1]](sys.argv[2]), sys.stdout)

"""Looks at reports that hold hostile texts in every place, for HostileTests.

    check_hostile.py FOLDER    one folder a case: a page, drawings and JSON with one text, or a workbook with several;
                               the first page's text is harmless, and what it is made of is allowed

Prints what is wrong and ends with 1, or prints nothing.
"""

import collections
import html.parser
import json
import os
import re
import sys
import zipfile
from xml.etree import ElementTree

import cmarkgfm
import openpyxl
import openpyxl.reader.excel
from cmarkgfm.cmark import Options

CONVERSATION = "https://chat.example/app/accounts/1/conversations/"
FORMULAS = re.compile(
    r'=(0|HYPERLINK\("' + re.escape(CONVERSATION) + r'\d+",("[A-Za-z0-9 #.-]+"|\d+)\)'
    r"|ROWS\('[^']+'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+\)"
    r'|IF\(ISNUMBER\([A-Z]+\d+\),IF\([A-Z]+\d+=[A-Z]+\d+,"agrees","differs"\),"not known"\))')
# COUNTIF's word is text of the report, with its quotes doubled.
COUNT_OF_WORD = re.compile(r"=COUNTIF\('[^']+'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+,\"(?:[^\"]|\"\")*\"\)", re.DOTALL)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART_DATA = re.compile(r"'Chart data'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "style", "rect", "text", "line", "path", "circle", "g", "polyline", "polygon", "tspan",
         "defs", "pattern", "clipPath", "ellipse"}


def spaced(text):
    return " ".join(text.split())


class Page(html.parser.HTMLParser):
    """What a page is made of: its elements in their order with their links, and its text without code's marks."""

    def __init__(self, markdown):
        super().__init__(convert_charrefs=True)
        self.made_of, self.text, self.codes = [], "", []
        self.in_code = False
        made = cmarkgfm.markdown_to_html_with_extensions(
            markdown, options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES,
            extensions=["table", "strikethrough", "autolink", "tasklist"])
        self.feed(made)

    def handle_starttag(self, tag, attributes):
        if tag == "code":
            self.in_code = True
            self.codes.append("")
            return
        attributes = dict(attributes)
        # An anchor is made of the heading's own letters.
        place = re.sub("^#.*", "#", attributes.pop("href", "") or "")
        attributes.pop("alt", None)
        self.made_of.append((tag, place, sorted(attributes.items())))

    def handle_endtag(self, tag):
        if tag == "code":
            self.in_code = False
        else:
            self.made_of.append("/" + tag)

    def handle_data(self, data):
        self.text += data
        if self.in_code:
            self.codes[-1] += data

    def handle_comment(self, data):
        self.made_of.append(("comment", data))

    def handle_decl(self, data):
        self.made_of.append(("declaration", data))

    def handle_pi(self, data):
        self.made_of.append(("instruction", data))

    def unknown_decl(self, data):
        self.made_of.append(("section", data))


def check_markdown(folder, name, expected, plain):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        markdown = file.read()
    for character in markdown:
        if character != "\n" and (ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0):
            yield f"{name}: U+{ord(character):04X}"
            break
    page = Page(markdown)
    # Of a long text with its changes not every change is shown.
    is_long = len(expected["line"]) > 30
    changes = {"del", "/del", "strong", "/strong"} if is_long else set()
    made_of, allowed = ([part for part in parts if (part[0] if isinstance(part, tuple) else part) not in changes]
                        for parts in (page.made_of, plain.made_of))
    if not expected["line"].strip():
        # White space alone makes no paragraph and no link.
        if not all(part in allowed for part in made_of):
            yield f"{name}: is made of other elements"
    elif made_of != allowed:
        wrong = next((pair for pair in zip(made_of, allowed) if pair[0] != pair[1]), "length")
        yield f"{name}: is made of other elements: {wrong}"
    for code in page.codes:
        if not ("@" in code or re.fullmatch(r":[\w+.-]+:", code) or code.startswith(("countersign explain", "--as-of", "--week"))
                or spaced(code) == spaced(expected["line"])):
            yield f"{name}: has code {code!r}"
    line = spaced(expected["line"])
    if line:
        # Cells are cut, and headings lose the mark they end in.
        wanted = {"weekly.md": 12, "summary.md": 6}[name]
        found = spaced(page.text).count(line)
        if found < wanted:
            yield f"{name}: shows the text {found} times, not {wanted}"


def unescaped(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def strings(source):
    """The shared strings as ECMA-376 has them read; openpyxl itself leaves the escapes in."""
    return [unescaped("".join(part.text or "" for part in string.iter(MAIN + "t")))
            for string in ElementTree.parse(source).getroot().iter(MAIN + "si")]


openpyxl.reader.excel.read_string_table = strings


def check_part(part, content):
    if part.endswith((".xml", ".rels")):
        root = ElementTree.fromstring(content)
        for element in root.iter(CHART + "f"):
            if not CHART_DATA.fullmatch(element.text or ""):
                yield f"{part}: draws {element.text!r}"
    if part.endswith(".rels") and b"External" in content:
        yield f"{part}: leads out of the file"


def opened(path, has_charts):
    """openpyxl takes as long for charts as for all else: those of workbooks with many texts are left to check_part."""
    find_images = openpyxl.reader.excel.find_images
    if not has_charts:
        openpyxl.reader.excel.find_images = lambda archive, path: ([], [])
    try:
        return openpyxl.load_workbook(path)
    finally:
        openpyxl.reader.excel.find_images = find_images


def check_workbook(folder, expectations):
    path = os.path.join(folder, "weekly.xlsx")
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            yield from check_part(part, archive.read(part))
    shown = collections.Counter()
    for sheet in opened(path, len(expectations) == 1):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    if not (FORMULAS.fullmatch(cell.value) or COUNT_OF_WORD.fullmatch(cell.value)):
                        yield f"{sheet.title}!{cell.coordinate}: has the formula {cell.value!r}"
                elif isinstance(cell.value, str):
                    if cell.data_type not in ("s", "inlineStr"):
                        yield f"{sheet.title}!{cell.coordinate}: has the type {cell.data_type}"
                    shown[cell.value] += 1
                if cell.hyperlink is not None and cell.hyperlink.target is not None:
                    yield f"{sheet.title}!{cell.coordinate}: has the link {cell.hyperlink.target!r}"
    for expected in expectations:
        text = expected["cell"]
        found = shown[text] or sum(
            count for value, count in shown.items() if len(text) > 30_000 and value.startswith(text[:30_000]))
        if found < 20:
            yield f"weekly.xlsx: shows {text[:40]!r} {found} times"


def check_drawings(folder, expected):
    for name in sorted(os.listdir(os.path.join(folder, "charts"))):
        root = ElementTree.parse(os.path.join(folder, "charts", name)).getroot()
        for element in root.iter():
            if element.tag.removeprefix(SVG) not in DRAWN:
                yield f"{name}: has {element.tag}"
            for attribute, value in element.attrib.items():
                if attribute.startswith("on") or "href" in attribute or "url(http" in value:
                    yield f"{name}: has {attribute}={value!r}"
        if root.find(SVG + "title").text != (expected["line"] or None):
            yield f"{name}: has the title {root.find(SVG + 'title').text!r}"


def texts(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def check_json(folder, expected):
    with open(os.path.join(folder, "weekly.json"), encoding="utf-8") as file:
        found = sum(text == expected["text"] for text in texts(json.load(file)))
    if found < 60:
        yield f"weekly.json: has the text {found} times"


def check_case(folder, expectations, plain):
    if os.path.exists(os.path.join(folder, "weekly.xlsx")):
        yield from check_workbook(folder, expectations)
        return
    expected, = expectations
    for name in ("weekly.md", "summary.md"):
        if name not in plain:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                plain[name] = Page(file.read())
        yield from check_markdown(folder, name, expected, plain[name])
    yield from check_drawings(folder, expected)
    yield from check_json(folder, expected)


def main(top):
    wrong = 0
    plain = {}
    for case in sorted(os.listdir(top)):
        folder = os.path.join(top, case)
        with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
            expectations = json.load(file)
        problems = []
        try:
            for problem in check_case(folder, expectations, plain):
                problems.append(problem)
        except Exception as error:  # Each case is looked at to its end.
            problems.append(f"cannot be read: {error!r}")
        wrong += len(problems)
        for problem in problems[:4]:
            print(f"{case}, {expectations[0]['text'][:40]!r}: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

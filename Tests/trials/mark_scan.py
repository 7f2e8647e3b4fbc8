"""Looks for marks in files as bytes: as they are in any case, in UTF-16, hex, base64, escaped, and in what is packed.

A mark is 12 letters or digits. What could hide one is undone and looked through again, so no form of it has to be guessed.
"""

import base64
import binascii
import gzip
import hashlib
import html
import io
import os
import pathlib
import re
import sqlite3
import tarfile
import zipfile

LENGTH = 12
WINDOWS = re.compile(rb"(?=([a-z0-9]{%d}))" % LENGTH)
HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){%d,}" % LENGTH)
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{%d,}" % (LENGTH * 4 // 3))
# %41, \u0041, \x41, =41, U+0041, _x0041_, &#65;, &#x41;
ESCAPES = re.compile(rb"(?:%|\\x|=)([0-9a-fA-F]{2})|(?:\\u|U\+|_x)([0-9a-fA-F]{4})_?|(&#[xX]?[0-9a-fA-F]{1,7};)")


def unescaped(data):
    def character(found):
        pair, four, entity = found.groups()
        if entity:
            return html.unescape(entity.decode("ascii")).encode("utf-8", "replace")
        return chr(int(pair or four, 16)).encode("utf-8", "surrogatepass")

    return ESCAPES.sub(character, data) if ESCAPES.search(data) else b""


def unpacked(data):
    """(name, bytes) of what is inside a gzip, zip or tar."""
    try:
        if data[:2] == b"\x1f\x8b":
            yield "!gz", gzip.decompress(data)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield f"!{name}", archive.read(name)
        elif data[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                for member in archive:
                    content = archive.extractfile(member) if member.isfile() else None
                    yield f"!{member.name}", content.read() if content else b""
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError) as error:
        # A file that was cut off: what can be unpacked of it is not known.
        raise RuntimeError(f"a packed file cannot be looked through: {error}") from error


class Scan:
    """Which of some marks stand in which places."""

    def __init__(self, marks, known=None):
        self.marks = {mark.lower().encode() for mark in marks}
        self.found = {}
        # By digest: what was looked through before. Much stands in several places: in folders, packs and archives of them.
        self.known = {} if known is None else known

    def plain(self, data):
        # UTF-16 of either order is every other byte.
        for view in (data, data[0::2], data[1::2]):
            yield from self.marks.intersection(WINDOWS.findall(view.lower()))

    def look(self, data, where):
        for mark, how in self.inside(data):
            self.found.setdefault(mark.decode(), set()).add(where + how)

    def inside(self, data, depth=0):
        """(mark, how it stands there) of every mark in some bytes."""
        digest = hashlib.sha256(data).digest()
        if digest not in self.known:
            self.known[digest] = set(self.forms(data, depth))
        return self.known[digest]

    def forms(self, data, depth):
        yield from ((mark, "") for mark in self.plain(data))
        yield from ((mark, " (hex)") for run in HEX.findall(data) for start in (0, 1)
                    for mark in self.plain(binascii.unhexlify(run[start : len(run) - (len(run) - start) % 2])))
        for run in set(BASE64.findall(data)):
            run = run.replace(b"-", b"+").replace(b"_", b"/")
            for start in range(4):
                # A lone last character stands for no byte.
                part = run[start : len(run) - 1 if (len(run) - start) % 4 == 1 else None]
                yield from ((mark, " (base64)") for mark in self.plain(base64.b64decode(part + b"=" * (-len(part) % 4))))
        yield from ((mark, " (escaped)") for mark in self.plain(unescaped(data)))
        if depth < 4:
            for name, content in unpacked(data):
                yield from ((mark, name + how) for mark, how in self.inside(name.encode(), 4))
                yield from ((mark, name + how) for mark, how in self.inside(content, depth + 1))

    def files(self, *places):
        """Every file below some folders, and its name."""
        for place in map(pathlib.Path, places):
            for folder, _, names in os.walk(place):
                for name in sorted(names):
                    path = pathlib.Path(folder) / name
                    self.look(str(path.relative_to(place)).encode(), f"the name of {path}")
                    if path.is_file() and not path.is_symlink():
                        self.look(path.read_bytes(), str(path))
        return self

    def rows(self, store):
        """Every value of every table: a text over two pages is in no run of bytes."""
        connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        try:
            connection.text_factory = bytes
            for (table,) in connection.execute("select name from sqlite_schema where type = 'table'").fetchall():
                for row in connection.execute(f'select * from "{table.decode()}"'):
                    values = [value if isinstance(value, bytes) else str(value).encode() for value in row if value is not None]
                    for mark in self.plain(b"\n".join(values)):
                        self.found.setdefault(mark.decode(), set()).add(f"{store}, table {table.decode()}")
        finally:
            connection.close()
        return self


def proved():
    """The scan finds a mark in every form; a scan that finds nothing proves nothing."""
    mark, other = "qmz41xkw90tr", "ZZKQWMXPLTRV"
    text = f"é {mark.upper()}, "
    forms = [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), b"\0" + text.encode("utf-16-le")]
    forms += [b"0" * odd + form(text.encode()) for odd in (0, 1) for form in (binascii.hexlify, lambda b: binascii.hexlify(b).upper())]
    forms.append(binascii.hexlify(text.encode("utf-16-le")))
    for shift in range(3):
        forms += [form(b"\0" * shift + text.encode(coding)) for coding in ("utf-8", "utf-16-le")
                  for form in (base64.b64encode, base64.urlsafe_b64encode)]
        forms.append(b"x" + base64.b64encode(b"\xff" * shift + text.encode()))
    forms += ["".join(spell.format(ord(letter)) for letter in mark).encode() for spell in (
        "%{:02X}", "\\u{:04x}", "\\x{:02x}", "={:02X}", "U+{:04X}", "_x{:04X}_", "&#{};", "&#x{:x};")]
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", f"<t>{mark}</t>" * 9)
    with tarfile.open(fileobj=tarred, mode="w:gz") as archive:
        entry = tarfile.TarInfo("weekly.xlsx")
        entry.size = len(zipped.getvalue())
        archive.addfile(entry, io.BytesIO(zipped.getvalue()))
    forms += [gzip.compress(text.encode()), zipped.getvalue(), tarred.getvalue()]
    for form in forms:
        scan = Scan([mark, other])
        scan.look(form, "a form")
        assert set(scan.found) == {mark}, form

internal import CountersignCore

/// What stands in a pack's README: how to check it without the program that made it.
enum PackReadme {
    static func text(_ configuration: Configuration, period: AuditPeriod, isSigned: Bool) -> String {
        """
        # Evidence pack

        \(sentence(period)) Made by countersign \(Version.text). Times are in UTC.

        | File | What it is |
        | --- | --- |
        | `reports/` | The reports whose last entry in the ledger lies in the period, `kpis.json` and charts among them |
        | `ledger.ndjson` | The ledger's entries of the period, one a line |
        | `receipts.json` | What purges and erasures of the period left as proof |
        | `holds.json` | Legal holds that were placed up to the period's end, and releases |
        | `sources.json` | What the store was filled from, with SHA-256 and row counts |
        | `config.json` | The effective configuration; secrets are in none of its keys |
        | `queries/`, `definitions/` | What the figures are counted by, and what they mean |
        | `manifest.json` | Every file with its SHA-256; the hashes between which the entries lie; what is not here, and why |
        | `SHA256SUMS` | Every other file with its SHA-256 |

        ## Check the files

        ```sh
        sha256sum --strict --check SHA256SUMS
        ```

        ## Check the ledger and the reports

        An entry's hash is the SHA-256 of its line without the member `hash`; its `prev` is the hash of the entry before. The
        entry `report.written` has the SHA-256 of every file of a report. This is all of it, in Python 3 without any package;
        run it in this folder:

        ```python
        \(modules)
        read = lambda path: pathlib.Path(path).read_bytes()
        sha256 = lambda data: hashlib.sha256(data).hexdigest()
        names = [p.as_posix() for p in pathlib.Path(".").rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
        sums = "".join(f"{sha256(read(name))}  {name}\\n" for name in sorted(names))
        assert read("SHA256SUMS") == sums.encode(), "a file was changed, added or taken away"
        manifest = json.loads(read("manifest.json"))
        listed = {file["file"]: file["sha256"] for file in manifest["files"]}
        own = {"manifest.json", "manifest.json.sig"}
        assert listed == {name: sha256(read(name)) for name in names if name not in own}, "the manifest has other files"
        head, entries = manifest["ledger"]["prev"], {}
        for line in read("ledger.ndjson").decode().split("\\n")[:-1]:
            entry = json.loads(line)
            content = line.replace('"hash":"' + entry["hash"] + '",', "", 1)
            assert entry["seq"] == manifest["ledger"]["first"] + len(entries), line
            assert entry["prev"] == head and entry["hash"] == sha256(content.encode()), line
            head, entries[entry["seq"]] = entry["hash"], entry
        assert head == manifest["ledger"]["head"] and len(entries) == manifest["ledger"]["entries"], "the ledger was cut"
        for report in manifest["reports"]:
            for file in entries[report["entry"]]["body"]["files"]:
                assert sha256(read(f"{report['folder']}/{file['file']}")) == file["sha256"], file
        print("verified: head", head)
        ```

        ## What this does and does not show

        Nobody changed, added or took away a single file or entry since the pack was made, unless they made all of it anew.
        \(isSigned ? signed : unsigned) Compare `prev`, `head` and `chain_head` of `manifest.json` with heads that were noted
        elsewhere: in the pack before, in the compliance report and manifest of each week, in the mail of each run.

        """
    }

    private static let modules = "import hashlib, json, pathlib"

    private static let signed = """
        Against that stands the signature; take the public key from who is responsible for it, not from where the pack came from:

        ```sh
        openssl pkeyutl -verify -pubin -inkey audit.key.pub -rawin -in manifest.json -sigfile manifest.json.sig
        ```


        """

    private static let unsigned = "The pack is not signed, so that heads noted elsewhere alone stand against that."

    private static func sentence(_ period: AuditPeriod) -> String {
        switch (period.start?.iso8601, period.end?.iso8601) {
        case (let start?, let end?): "The period runs from \(start) up to \(end)."
        case (let start?, nil): "The period begins at \(start)."
        case (nil, let end?): "The period ends before \(end)."
        case (nil, nil): "The period is all that the ledger has."
        }
    }
}

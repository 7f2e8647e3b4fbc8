import Foundation
import Testing

/// `audit pack`, checked as its README says, without the program.
@Suite struct EvidencePackTests {
    private struct Packed {
        let place: Workplace
        /// The archive, unpacked somewhere else.
        let folder: String

        /// The README's first line of shell, and its Python.
        func check() throws -> (sums: String, python: String) {
            (
                try shell("sha256sum --strict --check --quiet SHA256SUMS 2>&1; echo $?"),
                try shell("python3 ../check.py 2>&1")
            )
        }

        func shell(_ command: String) throws -> String { try place.shell("cd '\(folder)' && \(command)") }
    }

    private func pack(_ environment: [String: String] = [:], setUp: (Workplace) throws -> Void = { _ in }) throws
        -> Packed
    {
        let place = try Workplace.week44()
        try setUp(place)
        #expect(try place.weekly(environment: environment).status == 0)
        let outcome = try place.run(
            [
                "audit", "pack", "--from", "2020-01-01", "--to", "2999-12-31", "--out", "packs", "--as-of",
                Workplace.asOf,
            ],
            environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let name = "audit-2020-01-01_2999-12-31"
        #expect(
            outcome.output == ["", ".tar.gz"].map { "\(place.folder.path)/packs/\(name)\($0)\n" }.joined())
        _ = try place.shell("mkdir elsewhere && tar -xzf packs/\(name).tar.gz -C elsewhere")
        let folder = "elsewhere/\(name)"
        #expect(try place.shell("diff -r packs/\(name) \(folder)") == "")
        let readme = try place.text("\(folder)/README.md")
        let code = try #require(readme.components(separatedBy: "```python\n").dropFirst().first)
        try place.write(try #require(code.components(separatedBy: "```").first), to: "elsewhere/check.py")
        #expect(readme.contains("sha256sum --strict --check SHA256SUMS"))
        return Packed(place: place, folder: folder)
    }

    @Test func `the README's instructions, followed to the letter, verify a pack`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        let (sums, python) = try packed.check()
        #expect(sums == "0\n")
        let log = try packed.place.run(["audit", "log", "--format", "json"]).output
        #expect(try packed.place.text("\(packed.folder)/ledger.ndjson") == log)
        let last = try json(Data(try #require(log.split(separator: "\n").last).utf8))
        #expect(python == "verified: head \(last["hash"] as? String ?? "?")\n", "\(python)")
        let reports = "\(packed.folder)/reports/2026-W44"
        #expect(try packed.place.files(reports) == packed.place.files("out/2026-W44"))
        #expect(packed.place.exists("\(packed.folder)/queries/kpis/breaches.sql"))
        #expect(packed.place.exists("\(packed.folder)/definitions/reports/weekly.yaml"))
        let sources = try packed.place.text("\(packed.folder)/sources.json")
        #expect(sources.components(separatedBy: "\"sha256\"").count == 19)
        let key = try packed.place.text("countersign.key").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try packed.shell("grep -rl '\(key)' . | wc -l") == "0\n")
    }

    @Test func `one byte changed anywhere fails the check, and so does a file too many or too few`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        var missed: [String] = []
        for (name, data) in try packed.place.files(packed.folder) {
            let url = packed.place.folder.appendingPathComponent("\(packed.folder)/\(name)")
            for place in Set([0, data.count / 3, data.count - 1]) where !data.isEmpty {
                var bytes = data
                bytes[place] = bytes[place] == 10 ? 13 : bytes[place] ^ 0x20
                try bytes.write(to: url)
                if try packed.check().python.contains("verified") { missed.append("\(name) \(place)") }
            }
            try data.write(to: url)
        }
        #expect(missed.isEmpty, "\(missed)")
        #expect(try packed.check().python.contains("verified"))
        _ = try packed.shell("cp holds.json holds2.json")
        #expect(!(try packed.check().python.contains("verified")))
        _ = try packed.shell("rm holds2.json receipts.json")
        #expect(try packed.check().python.contains("verified") == false)
    }

    @Test func `every byte of the entries is covered by the chain alone`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        // The part of the README's script that follows the chain, over every one-byte change of the file.
        try packed.place.write(
            """
            import hashlib, json, pathlib, re
            code = pathlib.Path("../check.py").read_text()
            start, end = code.index("head, entries ="), code.index("for report in manifest")
            program = compile(code[start:end], "README", "exec")
            good = pathlib.Path("ledger.ndjson").read_bytes()
            manifest = json.loads(pathlib.Path("manifest.json").read_bytes())
            sha256 = lambda data: hashlib.sha256(data).hexdigest()
            def holds(data):
                try:
                    exec(program, {"read": lambda _: data, "manifest": manifest, "json": json, "sha256": sha256})
                    return True
                except Exception:
                    return False
            lines = good.split(b"\\n")[:-1]
            joined = lambda lines: b"".join(line + b"\\n" for line in lines)
            assert holds(good)
            missed = [i for i in range(len(good)) if holds(good[:i] + bytes([good[i] ^ 1]) + good[i + 1:])]
            missed += [i for i in range(len(lines)) if holds(joined(lines[:i] + lines[i + 1:]))]
            missed += [i for i in range(len(lines)) if holds(joined(lines[:i] + [lines[0]] + lines[i:]))]
            missed += [i for i in range(1, len(lines)) if holds(joined(lines[:i - 1] + [lines[i], lines[i - 1]] + lines[i + 1:]))]
            missed += [i for i in range(len(lines)) if holds(joined(lines[:i]))]
            print(len(good) > 5000, missed)
            """, to: "elsewhere/tamper.py")
        #expect(try packed.shell("python3 ../tamper.py 2>&1") == "True []\n")
    }

    @Test func `a signed pack is checked by OpenSSL as its README says`() throws {
        let packed = try pack(["COUNTERSIGN_AUDIT_SIGNING_KEY": "audit.key"]) { place in
            _ = try place.run(["audit", "keygen"])
        }
        defer { packed.place.remove() }
        let readme = try packed.place.text("\(packed.folder)/README.md")
        let line = try #require(readme.split(separator: "\n").first { $0.hasPrefix("openssl ") })
        #expect(
            try packed.shell(
                "cp ../../audit.key.pub .. && \(line.replacing("audit.key.pub", with: "../audit.key.pub"))")
                == "Signature Verified Successfully\n")
        #expect(try packed.check().python.contains("verified"))
    }

    @Test func `the same store, config and moment give the same archive`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        let again = try packed.place.run([
            "audit", "pack", "--from", "2020-01-01", "--to", "2999-12-31", "--out", "again", "--as-of", Workplace.asOf,
        ])
        #expect(again.status == 0)
        #expect(try packed.place.shell("cmp packs/*.tar.gz again/*.tar.gz; ls -A again | wc -l") == "2\n")
    }

    @Test func `a period without entries is a pack that verifies, and says between which hashes it lies`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        for (from, to) in [("2020-01-01", "2020-01-31"), ("2998-01-01", "2998-01-31")] {
            #expect(try packed.place.run(["audit", "pack", "--from", from, "--to", to, "--out", "none"]).status == 0)
            let folder = "none/audit-\(from)_\(to)"
            #expect(try packed.place.text("\(folder)/ledger.ndjson") == "")
            #expect(
                try packed.place.shell("cd \(folder) && python3 ../../elsewhere/check.py 2>&1").contains("verified"))
        }
        #expect(try packed.place.run(["audit", "pack", "--from", "2026-02-01", "--to", "2026-01-01"]).status == 64)
        #expect(try packed.place.run(["audit", "pack", "--from", "2026-02-01"]).status == 64)
    }

    @Test func `evidence that does not verify is not packed`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        try packed.place.write("x", to: "out/2026-W44/weekly.md")
        let outcome = try packed.place.run([
            "audit", "pack", "--from", "2020-01-01", "--to", "2999-12-31", "--out", "refused",
        ])
        #expect(outcome.status == 65 && outcome.errors.contains("out/2026-W44/weekly.md"))
        #expect(!packed.place.exists("refused"))
    }

    @Test func `a report that was written anew since is left out, with the reason`() throws {
        let packed = try pack()
        defer { packed.place.remove() }
        #expect(try packed.place.weekly().status == 0)
        #expect(
            try packed.place.run(["audit", "pack", "--from", "2020-01-01", "--to", "2999-12-31", "--out", "packs"])
                .status
                == 0)
        let manifest = try json(packed.place.data("packs/audit-2020-01-01_2999-12-31/manifest.json"))
        let left = try #require((manifest["left_out"] as? [[String: Any]])?.first)
        #expect(left["entry"] as? Int == 22 && left["reason"] as? String == "written anew in entry 26")
        #expect((manifest["reports"] as? [[String: Any]])?.map { $0["entry"] as? Int } == [26])
        #expect(
            try packed.place.shell("cd packs/audit-2020-01-01_2999-12-31 && python3 ../../elsewhere/check.py 2>&1")
                .contains("verified"))
    }
}

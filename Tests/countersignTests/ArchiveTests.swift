import CountersignCore
import Foundation
import Testing

@testable import countersign

/// `ingest.after_ingest: archive`: what becomes of files once they are loaded.
@Suite struct ArchiveTests {
    private static func row(_ id: Int, at: String = "2026-10-30T10:00:00.000Z") -> String {
        #"{"id":\#(id),"actor":"a@desk.example","action":"chatwoot.escalate","payload":{"conversationId":1},"createdAt":"\#(at)"}"#
            + "\n"
    }

    /// The inputs and the archive of the specification's example: the latter lies where the former look.
    private static let config = """
        inputs: [{path: 'exports/**/*.ndjson*'}, {path: exports/chatwoot}]
        retention: {enabled: false}
        ingest: {after_ingest: archive}

        """

    private func place(_ config: String = config) throws -> Workplace {
        let place = try Workplace()
        try place.write(config, to: "countersign.yml")
        return place
    }

    private func ingest(_ place: Workplace, _ more: [String] = []) throws -> Workplace.Outcome {
        try place.run(["ingest", "--as-of", Workplace.asOf] + more)
    }

    private func decisions(_ place: Workplace) throws -> String {
        try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from decision'")
    }

    private func files(_ place: Workplace) throws -> [String] {
        try place.shell("find exports -type f | LC_ALL=C sort").split(separator: "\n").map(String.init)
    }

    @Test func `a loaded file is moved, under its path and for its owner alone, and is read no more`() throws {
        let place = try place()
        defer { place.remove() }
        try place.write(Self.row(1), to: "exports/decisions/one.ndjson")
        try place.write("[]", to: "exports/chatwoot/empty.json")
        let first = try ingest(place)
        #expect(first.status == 0, "\(first.errors)")
        let archive = "exports/archive/exports"
        #expect(try files(place) == ["\(archive)/chatwoot/empty.json", "\(archive)/decisions/one.ndjson"])
        #expect(
            try place.shell("stat -c %a exports/archive \(archive)/decisions \(archive)/decisions/one.ndjson")
                == "700\n700\n600\n")
        #expect(try place.text("\(archive)/decisions/one.ndjson") == Self.row(1))
        // Nothing is new, and that is no fault: all of it was archived.
        let second = try ingest(place)
        #expect(second.status == 0 && second.errors.contains("read 0 files, 0 known"), "\(second.errors)")
        #expect(try decisions(place) == "1\n")
        #expect(
            try place.shell("sqlite3 var/countersign.sqlite 'select path, input, last_at is null from archived_file'")
                == "\(archive)/chatwoot/empty.json|exports/chatwoot|1\n"
                + "\(archive)/decisions/one.ndjson|exports/**/*.ndjson*|0\n")
        #expect(try place.run(["store", "check"]).status == 0)
    }

    @Test func `an input that never had a file is missing all the same`() throws {
        let place = try place()
        defer { place.remove() }
        try place.write(Self.row(1), to: "exports/one.ndjson")
        for _ in 1...2 {
            let outcome = try ingest(place)
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("exports/chatwoot: error: nothing matches this path"))
            #expect(!outcome.errors.contains("ndjson*: error"))
        }
    }

    @Test func `a name that is taken is never overwritten, and the same content lies there once`() throws {
        let place = try place("inputs: [{path: in/*}]\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        for id in [1, 2, 2] {
            try place.write(Self.row(id), to: "in/daily.tar.ndjson")
            #expect(try ingest(place).status == 0)
        }
        let hash = Digest256.hexadecimal(of: Self.row(2).utf8).prefix(12)
        #expect(try place.files("kept/in").keys.sorted() == ["daily.\(hash).tar.ndjson", "daily.tar.ndjson"])
        #expect(try place.text("kept/in/daily.tar.ndjson") == Self.row(1))
        #expect(try place.text("kept/in/daily.\(hash).tar.ndjson") == Self.row(2))
        #expect(try place.files("in").isEmpty)
        #expect(try decisions(place) == "2\n")
    }

    @Test func `what failed, was cut off or has too many rejected rows stays where it is`() throws {
        let place = try place("inputs: [{path: in/*}]\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        try place.write("<html></html>", to: "in/a.json")
        try place.write(Self.row(1) + "{\"id\":", to: "in/b.ndjson")
        try place.write(Self.row(2) + "{\"id\":3,\"actor\":1}\n", to: "in/c.ndjson")
        try place.write(Self.row(4), to: "in/d.ndjson")
        for _ in 1...2 {
            #expect(try ingest(place).status == 65)
            #expect(try place.files("in").keys.sorted() == ["a.json", "b.ndjson", "c.ndjson"])
        }
        #expect(try place.files("kept").keys.sorted() == ["in/d.ndjson"])
    }

    @Test func `templates, files of the command line and links stay`() throws {
        let place = try place(
            "inputs: [{path: in/*}]\ntemplates: templates.json\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        try place.write(#"[{"id":"t","label":"T","body":"Hi {{name}}"}]"#, to: "templates.json")
        try place.write(Self.row(1), to: "elsewhere/one.ndjson")
        try place.write(Self.row(2), to: "in/two.ndjson")
        #expect(try place.shell("ln -s ../elsewhere/one.ndjson in/link; echo $?") == "0\n")
        let outcome = try ingest(place)
        #expect(
            outcome.status == 0 && outcome.errors.contains("in/link is a link: it is not moved"), "\(outcome.errors)")
        try place.write(Self.row(3), to: "elsewhere/three.ndjson")
        #expect(try ingest(place, ["elsewhere/three.ndjson"]).status == 0)
        #expect(try place.files("kept").keys.sorted() == ["in/two.ndjson"])
        #expect(place.exists("templates.json") && place.exists("elsewhere/one.ndjson"))
        #expect(place.exists("elsewhere/three.ndjson"))
        #expect(try decisions(place) == "3\n")
    }

    @Test func `killed between load and move, the next run moves what is known`() throws {
        let place = try place()
        defer { place.remove() }
        try place.write(Self.row(1), to: "exports/one.ndjson")
        // Loaded and not moved, as after a kill.
        let keep = ["COUNTERSIGN_INGEST_AFTER_INGEST": "keep"]
        _ = try place.run(["ingest", "--as-of", Workplace.asOf], environment: keep)
        #expect(try files(place) == ["exports/one.ndjson"])
        let next = try ingest(place)
        #expect(next.errors.contains("read 0 files, 1 known already"), "\(next.errors)")
        #expect(try files(place) == ["exports/archive/exports/one.ndjson"])
        #expect(try decisions(place) == "1\n")
    }

    @Test(arguments: ["noted", "half copied", "copied"])
    func `killed in the middle of a move, the next run ends it`(step: String) throws {
        let place = try place()
        defer { place.remove() }
        try place.write(Self.row(1), to: "exports/one.ndjson")
        _ = try ingest(place)
        // Back to where the kill was: the note is there, the file is still at its place.
        let back =
            switch step {
            case "copied": "cp exports/archive/exports/one.ndjson exports/one.ndjson"
            case "noted": "mv exports/archive/exports/one.ndjson exports/one.ndjson"
            default:
                "mv exports/archive/exports/one.ndjson exports/one.ndjson; head -c 9 exports/one.ndjson >exports/archive/.incoming"
            }
        _ = try place.shell(back)
        #expect(place.exists("exports/one.ndjson"))
        _ = try ingest(place)
        #expect(try files(place) == ["exports/archive/exports/one.ndjson"])
        #expect(try place.text("exports/archive/exports/one.ndjson") == Self.row(1))
        #expect(try decisions(place) == "1\n")
        #expect(try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from archived_file'") == "1\n")
    }

    @Test func `what stands in the archive's way is status 73, and the file is loaded and stays`() throws {
        let place = try place("inputs: [{path: in/*}]\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        try place.write(Self.row(1), to: "in/one.ndjson")
        try place.write("a file", to: "kept")
        let outcome = try ingest(place)
        #expect(outcome.status == 73 && outcome.errors.contains("[archive]\n  fix: "), "\(outcome.errors)")
        #expect(place.exists("in/one.ndjson"))
        #expect(try decisions(place) == "1\n")
    }

    @Test(arguments: ["in/*", "in", "in/deep/**/*.ndjson", "./in/deep/../*.json"])
    func `an input that lies in the archive is status 78`(input: String) throws {
        let place = try place("inputs: [{path: '\(input)'}]\ningest: {after_ingest: archive, archive: in}\n")
        defer { place.remove() }
        let outcome = try ingest(place)
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("the input “\(input)” lies in the archive “in”"))
        // Where nothing is archived the folder is one like any other.
        #expect(try place.run(["ingest"], environment: ["COUNTERSIGN_INGEST_AFTER_INGEST": "keep"]).status == 66)
    }

    @Test func `refresh reads the archive again, by the kind and counts of its load`() throws {
        let place = try place("inputs: [{path: in/*}]\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        try place.write(Self.row(1) + Self.row(2, at: "2026-10-30T11:00:00.000Z"), to: "in/one.ndjson")
        try place.write(Self.row(3, at: "2026-10-30T12:00:00.000Z"), to: "in/two.ndjson")
        #expect(try ingest(place).status == 0)
        let sources = "sqlite3 var/countersign.sqlite 'select name, rows_read, rows_loaded from source_file order by 1'"
        let before = try place.shell(sources)
        let refreshed = try ingest(place, ["--refresh"])
        #expect(refreshed.status == 0 && refreshed.errors.contains("read 2 files, 0 known"), "\(refreshed.errors)")
        #expect(before == "in/one.ndjson|2|2\nin/two.ndjson|1|1\n")
        #expect(try place.shell(sources) == before)
        #expect(try place.files("kept").count == 2)
        // One that is gone, and one that someone has changed, are named.
        _ = try place.shell("rm kept/in/one.ndjson; echo x >>kept/in/two.ndjson")
        let harmed = try ingest(place, ["--refresh"])
        #expect(harmed.status == 66, "\(harmed.errors)")
        #expect(harmed.errors.contains("kept/in/one.ndjson: error: the file is gone from the archive"))
        #expect(harmed.errors.contains("kept/in/two.ndjson: error: the file is not the one that was loaded"))
        #expect(try place.shell(sources) == before)
    }

    @Test func `rows that expired under a clock that was too late are read again from the archive`() throws {
        let place = try place("inputs: [{path: in/*}]\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        try place.write(Self.row(1, at: "2026-01-01T00:00:00Z") + Self.row(2), to: "in/one.ndjson")
        #expect(try place.run(["ingest", "--as-of", "2027-01-01T00:00:00Z"]).status == 0)
        #expect(try decisions(place) == "1\n" || decisions(place) == "0\n")
        let again = try place.run(["ingest", "--as-of", "2026-01-02T00:00:00Z"])
        #expect(again.status == 0 && again.errors.contains("read 1 files"), "\(again.errors)")
        #expect(try decisions(place) == "2\n")
        #expect(try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from archived_file'") == "1\n")
        #expect(try place.run(["ingest", "--as-of", "2026-01-02T00:00:00Z"]).errors.contains("read 0 files, 0 known"))
    }

    @Test func `a new store takes the archive up again, and retention knows its files`() throws {
        let place = try place("inputs: [{path: in/*}]\ningest: {after_ingest: archive, archive: kept}\n")
        defer { place.remove() }
        try place.write(Self.row(1), to: "in/one.ndjson")
        #expect(try ingest(place).status == 0)
        _ = try place.shell("rm -r var")
        #expect(try ingest(place).status == 66)
        let doctor = try place.run(["doctor"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(doctor.contains("1 file that the store does not know, kept/in/one.ndjson first"), "\(doctor)")
        #expect(try ingest(place, ["kept"]).status == 0)
        #expect(try decisions(place) == "1\n")
        #expect(
            try place.shell("sqlite3 var/countersign.sqlite 'select path, last_at > 0 from archived_file'")
                == "kept/in/one.ndjson|1\n")
        #expect(!(try place.run(["doctor"]).output.contains("does not know")))
    }

    @Test func `doctor says whether files can be moved`() throws {
        let place = try place()
        defer { place.remove() }
        try place.write(Self.row(1), to: "exports/one.ndjson")
        try place.write("[]", to: "exports/chatwoot/empty.json")
        #expect(try ingest(place).status == 0)
        let well = try place.run(["doctor"]).output
        #expect(well.contains("ok    archive    loaded files can be moved to exports/archive\n"), "\(well)")
        #expect(well.contains("exports/chatwoot: nothing new, 1 file in the archive"))
        let blocked = try place.run(["doctor"], environment: ["COUNTERSIGN_INGEST_ARCHIVE": "countersign.yml"])
        #expect(blocked.status == 73 && blocked.output.contains("is no folder"), "\(blocked.output)")
        _ = try place.shell("chmod 755 exports/archive")
        #expect(try place.run(["doctor"]).output.contains("others may look into"))
    }

    // MARK: To another device

    @Test func `a copy is synced and checked before the first goes, and overwrites nothing`() throws {
        let place = try Workplace()
        defer { place.remove() }
        let (source, archive) = (place.folder.path + "/a.json", place.folder.path + "/kept")
        try place.write("[1]", to: "a.json")
        try place.write("[2]", to: "kept/taken.json")
        let right = ArchiveMove(folder: archive, sha256: Digest256.hexadecimal(of: "[1]".utf8))
        #expect(throws: Failure.self) { try right.copy(source, to: archive + "/taken.json") }
        let wrong = ArchiveMove(folder: archive, sha256: Digest256.hexadecimal(of: "[3]".utf8))
        #expect(throws: Failure.self) { try wrong.copy(source, to: archive + "/b.json") }
        #expect(try place.text("kept/taken.json") == "[2]" && place.text("a.json") == "[1]")
        #expect(try place.files("kept").keys.sorted() == ["taken.json"])
        try right.copy(source, to: archive + "/b.json")
        #expect(try place.text("kept/b.json") == "[1]" && !place.exists("a.json"))
        #expect(try place.shell("stat -c %a kept/b.json; ls -A kept") == "600\nb.json\ntaken.json\n")
    }

    @Test func `a rename overwrites nothing either`() throws {
        let place = try Workplace()
        defer { place.remove() }
        try place.write("[1]", to: "a.json")
        try place.write("[2]", to: "kept/a.json")
        let move = ArchiveMove(folder: place.folder.path + "/kept", sha256: nil)
        #expect(throws: Failure.self) {
            try move.move(place.folder.path + "/kept/a.json", to: place.folder.path + "/a.json")
        }
        #expect(try place.text("a.json") == "[1]" && place.text("kept/a.json") == "[2]")
    }
}

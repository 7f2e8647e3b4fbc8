internal import CountersignCore

/// Texts that stand beside exports and hold no JSON, told by how they begin.
enum KnownText {
    typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    static func problem(_ head: Text, at place: SourcePlace) -> Problem? {
        let lines = head.split(separator: UInt8(ascii: "\n"), maxSplits: 200)
        guard let first = lines.first else { return nil }
        if isCode(first), lines.contains(where: isTypeScript) {
            return Problem(
                .fileKindUnknown, at: place, "this is TypeScript source, not JSON",
                fix: "for templates write a JSON list of objects with id, label and body")
        }
        let isTable = lines.contains { $0.first == UInt8(ascii: "|") && holds($0, "Hash (SHA256)") }
        if isTable || isChecksum(first) || isHeader(first, "file,sha256") {
            return nothingToRead("a hash register", at: place)
        }
        if holds(first, " - records evaluated: ") { return nothingToRead("a purge log", at: place) }
        return nil
    }

    private static func nothingToRead(_ name: String, at place: SourcePlace) -> Problem {
        Problem(
            .fileKindUnknown, at: place, "this is \(name), not an export",
            fix: "leave it out: it holds no record")
    }

    /// How source begins, comments included.
    private static func isCode(_ line: Text) -> Bool {
        ["import ", "export ", "//", "/*", "'use ", "\"use "].contains { line.starts(with: $0.utf8) }
    }

    private static func isTypeScript(_ line: Text) -> Bool {
        [
            "export const ", "export type ", "export interface ", "export function ", "export default ",
            "import type ", "import {",
        ].contains { line.starts(with: $0.utf8) }
    }

    /// A line of `sha256sum`: 64 lower-case hex digits, two spaces and a path.
    private static func isChecksum(_ line: Text) -> Bool {
        line.count > 66 && line.dropFirst(64).starts(with: "  ".utf8)
            && line.prefix(64).allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func isHeader(_ line: Text, _ header: String) -> Bool {
        (line.last == 0x0D ? line.dropLast() : line).elementsEqual(header.utf8)
    }

    private static func holds(_ line: Text, _ part: String) -> Bool {
        String(decoding: line, as: UTF8.self).contains(part)
    }
}

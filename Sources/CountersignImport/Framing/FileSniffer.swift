internal import CountersignCore

/// Tells from a source's first bytes whether JSON can follow, or a table that is known.
enum FileSniffer {
    /// So many that the first rows of a table are among them.
    static let bytesNeeded = 64 << 10

    struct Finding: Hashable {
        /// How many bytes to skip: a byte order mark.
        let skipped: Int
        /// `nil` for JSON.
        let dialect: CSVDialect?
    }

    /// - Parameters:
    ///   - head: the first `bytesNeeded` bytes of the text, or all there are.
    ///   - format: what the text was packed in.
    ///   - isKindGiven: a table may have any header then.
    static func check(
        _ head: UnsafeBufferPointer<UInt8>, file: String, unpackedFrom format: String?, isKindGiven: Bool
    ) throws(Problem) -> Finding {
        let place = SourcePlace(file: file, line: 1)
        if let archive = archives.first(where: { head.holds($0.magic, at: $0.offset) }) {
            throw Problem(
                .fileArchive, at: place, "this is \(archive.name)\(format.map { " inside \($0)" } ?? ""), not JSON",
                fix: "unpack it and give the files inside")
        }
        if isUTF32(head) {
            throw Problem(
                .fileBinary, at: place, "this is UTF-32 text, not UTF-8",
                fix: "save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)")
        }
        if isBinary(head) {
            throw Problem(
                .fileBinary, at: place, "this is a binary file, not JSON", fix: "give the export itself, as JSON")
        }
        let mark = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = head.dropFirst(mark)
        if let dialect = try dialect(of: text, isKindGiven: isKindGiven, at: place) {
            return Finding(skipped: mark, dialect: dialect)
        }
        try checkText(text, at: place)
        return Finding(skipped: mark, dialect: nil)
    }

    private static func dialect(
        of text: Text, isKindGiven: Bool, at place: SourcePlace
    ) throws(Problem) -> CSVDialect? {
        guard let first = text.first(where: { !isBlank($0) }), !"{[<".utf8.contains(first) else { return nil }
        let head = UnsafeBufferPointer(rebasing: text)
        guard let dialect = CSVDialect.recognise(head) else {
            let line = text.drop(while: isBlank).prefix { $0 != UInt8(ascii: "\n") }
            return isKindGiven && looksLikeCSV(line) ? CSVDialect.table(head) : nil
        }
        if dialect.shape == .foreignReport { throw foreignReport(at: place) }
        return dialect
    }

    static func foreignReport(at place: SourcePlace) -> Problem {
        Problem(
            .fileKindUnknown, at: place, "this is a Chatwoot report in a language that is not known",
            fix: "set your language in Chatwoot to English and download it again")
    }

    private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    private static func checkText(_ text: Text, at place: SourcePlace) throws(Problem) {
        guard let start = text.firstIndex(where: { !isBlank($0) }) else { return }
        let body = text[start...]
        if body.first == UInt8(ascii: "<") {
            throw Problem(
                .fileHTML, at: place, "this is \(markupName(body)), not JSON",
                fix: "look at it in a browser: it is what the server answered; repeat the export")
        }
        let firstLine = body.prefix { $0 != UInt8(ascii: "\n") }
        if body.first != UInt8(ascii: "{"), body.first != UInt8(ascii: "["),
            let problem = KnownText.problem(body, at: place)
        {
            throw problem
        }
        if looksLikeCSV(firstLine) {
            throw Problem(
                .fileKindUnknown, at: place, "this is a table with separators (CSV) whose header is of no known kind",
                fix: "see README.md for the tables that are read, or say the kind of its rows with --kind")
        }
        guard !mayBeJSON(body) else { return }
        throw noise(text, firstLine: firstLine, at: place)
    }

    private static func noise(_ text: Text, firstLine: Text, at place: SourcePlace) -> Problem {
        let name = looksLikeConsole(firstLine) ? "console output" : "plain text"
        guard let json = lineOfJSON(in: text) else {
            return Problem(
                .fileNoise, at: place, "this is \(name) without any JSON",
                fix: "repeat the export and look at what it prints")
        }
        return Problem(
            .fileNoise, at: place, "\(name) stands before the JSON that begins in line \(json)",
            fix: "take the lines before line \(json) away, and have the export write its messages to stderr")
    }

    private static func mayBeJSON(_ text: Text) -> Bool {
        let first = text[text.startIndex]
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "-"), 48...57: return true
        case UInt8(ascii: "["):
            // `[INFO] …` is a log line.
            guard let next = text.dropFirst().first(where: { !isBlank($0) }) else { return true }
            return "{[]\"-0123456789".utf8.contains(next) || hasWord(text.dropFirst().drop(while: isBlank))
        default: return hasWord(text)
        }
    }

    private static func hasWord(_ text: Text) -> Bool {
        ["null", "true", "false"].contains { word in
            text.starts(with: word.utf8)
                && (text.dropFirst(word.utf8.count).first.map { isBlank($0) || $0 == 0x2C || $0 == 0x5D } ?? true)
        }
    }

    /// The first line of the head that begins as JSON does.
    private static func lineOfJSON(in text: Text) -> Int? {
        var line = 1
        for row in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let row = row.drop(while: isBlank)
            if let first = row.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["), mayBeJSON(row) {
                return line
            }
            line += 1
        }
        return nil
    }

    private static func isUTF32(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF])
    }

    /// A text may have a stray control character, which costs the row it is in; from one in 32 bytes on it is none.
    private static func isBinary(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        head.count(where: isControl) * 32 > head.count
    }

    /// A header: at least three names without spaces between commas, semicolons or tabs.
    private static func looksLikeCSV(_ line: Text) -> Bool {
        guard let first = line.first, first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return false }
        let names = line.split(omittingEmptySubsequences: false) { ",;\t".utf8.contains($0) }
        return names.count >= 3 && names.allSatisfy { !$0.isEmpty && !$0.contains(UInt8(ascii: " ")) }
    }

    private static func looksLikeConsole(_ line: Text) -> Bool {
        ["> ", "$ ", "# ", "npm ", "npx ", "+ "].contains { line.starts(with: $0.utf8) }
    }

    private static func markupName(_ text: Text) -> String {
        let head = String(decoding: text.prefix(512), as: UTF8.self).lowercased()
        return head.hasPrefix("<!doctype html") || head.contains("<html") ? "an HTML page" : "markup (XML or HTML)"
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Control characters that no text has; the escape of coloured console output is one of text's.
    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && !(0x09...0x0D).contains(byte) && byte != 0x1B
    }

    private static let archives: [(name: String, magic: [UInt8], offset: Int)] = [
        ("a gzip archive", [0x1F, 0x8B], 0),
        ("a Zstandard archive", [0x28, 0xB5, 0x2F, 0xFD], 0),
        ("a ZIP archive or a workbook", [0x50, 0x4B, 0x03, 0x04], 0),
        ("a bzip2 archive", [0x42, 0x5A, 0x68], 0),
        ("an xz archive", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0),
        ("a 7-Zip archive", [0x37, 0x7A, 0xBC, 0xAF], 0),
        ("a tar archive", Array("ustar".utf8), 257),
    ]
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func holds(_ magic: [UInt8], at offset: Int) -> Bool { dropFirst(offset).starts(with: magic) }
}

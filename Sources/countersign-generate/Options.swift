import CountersignCore

/// What the command line asked for.
struct Options: Hashable, Sendable {
    var seed: UInt64 = 1
    var decisions = 10_000
    var conversations = 2_000
    var messages = 20_000
    /// Sync attempts; `nil` means one for each decision.
    var sync: Int?
    var accounts = 1
    var days = 90
    /// Nothing in the data set happens later.
    var end = Instant(seconds: 1_793_595_600)
    /// Which part of it is written.
    var window = ExportWindow()
    var folder: String

    static let usage = """
        Usage: countersign-generate [options] OUT

        Writes an invented data set into the folder OUT: Chatwoot pages, messages and agents, decision log
        and sync events, templates and a configuration. The same options give the same bytes.

          --seed N             1
          --decisions N        10000
          --conversations N    2000
          --messages N         20000
          --sync N             sync attempts; as many as decisions
          --accounts N         shops, each with its own Chatwoot account; 1
          --days N             length of the window; 90
          --end TIME           its end; 2026-11-02T05:00:00Z
          --until TIME         only what had happened by then, as an export of that moment has it
          --from TIME          only what an export adds that was last made then: the same ids, and some rows again
        """

    /// - Throws: `GenerateError.usage` for an unknown option, a value that is none, or no OUT.
    init(arguments: [String]) throws(GenerateError) {
        folder = ""
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                guard folder.isEmpty else { throw .usage("“\(argument)”: only one folder can be written") }
                folder = argument
                continue
            }
            guard let value = rest.popFirst() else { throw .usage("\(argument) needs a value") }
            try set(argument, to: value)
        }
        guard !folder.isEmpty else { throw .usage("name the folder to write") }
        guard conversations > 0 || messages + decisions + (sync ?? 0) == 0 else {
            throw .usage("messages and decisions need at least one conversation")
        }
        guard decisions > 0 || (sync ?? 0) == 0 else { throw .usage("sync attempts need at least one decision") }
    }

    private mutating func set(_ option: String, to value: String) throws(GenerateError) {
        func number(atLeast least: Int) throws(GenerateError) -> Int {
            guard let number = Int(value), number >= least else {
                throw .usage("\(option): “\(value)” is no whole number from \(least) up")
            }
            return number
        }
        func time() throws(GenerateError) -> Instant {
            guard let time = Instant(iso8601: value) else {
                throw .usage("\(option): “\(value)” is no time; write it as 2026-11-02T05:00:00Z")
            }
            return time
        }
        switch option {
        case "--seed": seed = UInt64(try number(atLeast: 0))
        case "--decisions": decisions = try number(atLeast: 0)
        case "--conversations": conversations = try number(atLeast: 0)
        case "--messages": messages = try number(atLeast: 0)
        case "--sync": sync = try number(atLeast: 0)
        case "--accounts": accounts = try number(atLeast: 1)
        case "--days": days = try number(atLeast: 1)
        case "--end": end = try time()
        case "--from": window.from = try time()
        case "--until": window.until = try time()
        default: throw .usage("unknown option \(option)")
        }
    }
}

enum GenerateError: Error, Hashable, CustomStringConvertible {
    case usage(String)
    /// A file or folder that could not be made or written, and why.
    case output(path: String, reason: String)

    /// As sysexits(3) has it.
    var exitStatus: Int32 {
        switch self {
        case .usage: 64
        case .output: 73
        }
    }

    var description: String {
        switch self {
        case .usage(let what): "\(what)\n\n\(Options.usage)"
        case .output(let path, let reason): "\(path): \(reason)"
        }
    }
}

import CountersignCore
import CountersignImport
import CountersignStore
import Foundation
import TestSupport

/// Feeds spoiled inputs to every importer: `countersign-fuzz ROOT COUNT SECONDS SEED`.
///
/// Ends with status 0 when none crashed it, none took longer than a second, the control totals balanced each time and
/// memory stayed under 512 MB; else names the input by its number, and `… ROOT 1 0 SEED` with that seed makes it again.
@main
struct Fuzz {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let count = Int(arguments[2]), let seconds = Double(arguments[3]),
            let seed = UInt64(arguments[4])
        else {
            print("usage: countersign-fuzz ROOT COUNT SECONDS SEED")
            exit(64)
        }
        let root = URL(filePath: arguments[1])
        let corpus = try Self.corpus(root)
        var trial = try Trial(root: root)
        let mark = Mark(ProcessInfo.processInfo.environment["COUNTERSIGN_FUZZ_MARK"])
        let clock = ContinuousClock()
        let start = clock.now
        var done = 0
        // Every input has a seed of its own, so that it can be made again alone.
        while done < count, seconds == 0 || clock.now - start < .seconds(seconds) {
            mark.note(seed &+ UInt64(done))
            var mutator = Mutator(corpus: corpus, seed: seed &+ UInt64(done))
            let input = mutator.next()
            let begin = clock.now
            if let fault = try trial.fault(of: input) {
                print("fuzz: seed \(seed &+ UInt64(done)): \(fault)")
                exit(1)
            }
            if clock.now - begin > .seconds(1) {
                print("fuzz: seed \(seed &+ UInt64(done)): \(input.count) bytes took \(clock.now - begin)")
                exit(1)
            }
            done += 1
        }
        let peak = peakKibibytes()
        guard peak < 512 << 10 else {
            print("fuzz: \(peak / 1024) MB at the peak")
            exit(1)
        }
        print(
            "fuzz: \(done) inputs from \(corpus.count) files, seeds \(seed) to \(seed &+ UInt64(max(0, done - 1))):"
                + " \(trial.rows) rows, \(trial.problems) files refused, \(trial.stored) files stored; peak \(peak / 1024) MB"
        )
    }

    /// Every fixture of an importer or problem, and a little of the example.
    private static func corpus(_ root: URL) throws -> [[UInt8]] {
        var corpus: [[UInt8]] = []
        for folder in ["fixtures/importers", "fixtures/problems", "fixtures/week-44"] {
            let base = root.appending(path: folder)
            for path in try FileManager.default.subpathsOfDirectory(atPath: base.path).sorted() {
                guard !path.hasSuffix(".expected"), !path.hasSuffix("expected.txt"), !path.hasPrefix("expected-"),
                    let data = try? Data(contentsOf: base.appending(path: path))
                else { continue }
                corpus.append(Array(data.prefix(8192)))
            }
        }
        return corpus
    }

    private static func peakKibibytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? .max
    }
}

/// Says in a file which input is being read, for the case that it ends the process.
private struct Mark {
    private let descriptor: Int32

    init(_ path: String?) { descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600) } ?? -1 }

    func note(_ seed: UInt64) {
        guard descriptor >= 0 else { return }
        let text = Array("\(seed)\n".utf8)
        _ = pwrite(descriptor, text, text.count, 0)
    }
}

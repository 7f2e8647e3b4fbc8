import Foundation
import Testing

@testable import countersign_generate

/// A data set written into a temporary folder that goes with this value.
struct DataFolder: ~Copyable {
    let path: String

    init(_ options: [String]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "generate-\(UUID())").path
        try DataSet(options: Options(arguments: options + [path])).write()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Paths within the folder, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter {
            !$0.hasSuffix("chatwoot") && !$0.hasSuffix("decisions")
        }.sorted()
    }

    func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(path)/\(file)")) }

    /// Every line of the files whose path begins so, each an object.
    func lines(_ prefix: String) throws -> [[String: Any]] {
        try files().filter { $0.hasPrefix(prefix) }.flatMap { file in
            try bytes(file).split(separator: UInt8(ascii: "\n")).map { line in
                try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            }
        }
    }

    /// The items of all list pages.
    func conversations() throws -> [[String: Any]] {
        try files().filter { $0.hasPrefix("chatwoot/conversations") }.flatMap { file in
            let page = try #require(try JSONSerialization.jsonObject(with: bytes(file)) as? [String: Any])
            let data = try #require(page["data"] as? [String: Any])
            return try #require(data["payload"] as? [[String: Any]])
        }
    }

    func agents() throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: bytes("chatwoot/agents.json")) as? [[String: Any]])
    }
}

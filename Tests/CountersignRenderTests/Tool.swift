import Foundation
import Testing

/// Another program that looks at what we wrote. A missing one fails the test that wants it: `scripts/setup`
/// installs it.
enum Tool {
    struct Output {
        let status: Int32
        let text: String
    }

    static func run(_ arguments: [String]) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        if process.terminationStatus == 127 {
            Issue.record("“\(arguments[0])” is missing: run scripts/setup")
        }
        return Output(status: process.terminationStatus, text: text)
    }

    /// What `check_workbook.py` says of a workbook.
    static func workbook<Answer: Decodable>(_ question: String, _ path: String, as: Answer.Type) throws -> Answer {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_workbook.py")
        let output = try run(["python3", "-W", "ignore", script.path, question, path])
        try #require(
            output.status == 0, "check_workbook.py failed; without openpyxl, run scripts/setup: \(output.text)")
        return try JSONDecoder().decode(Answer.self, from: Data(output.text.utf8))
    }
}

/// The cells of a workbook as openpyxl reads them.
struct ReadWorkbook: Decodable {
    struct Sheet: Decodable {
        let name: String
        let cells: [ReadCell]
        let cached: [String: ReadCell.Value?]
        let tables: [String: ReadTable]
        let filter: String?
        let freeze: String?
        let landscape: String?
        let fits: Bool
        let repeatRows: String?
        let footer: String?
        let pages: String?
        let charts: Int
        let rules: [ReadRule]

        enum CodingKeys: String, CodingKey {
            case name, cells, cached, tables, filter, freeze, landscape, fits, footer, pages, charts, rules
            case repeatRows = "repeat"
        }

        subscript(_ coordinate: String) -> ReadCell? { cells.first { $0.coordinate == coordinate } }
    }

    let sheets: [Sheet]
    let names: [String: String]
    let created: String
    let title: String

    init(path: String) throws { self = try Tool.workbook("cells", path, as: ReadWorkbook.self) }

    subscript(_ sheet: String) -> Sheet? { sheets.first { $0.name == sheet } }
}

/// `["B3", "n", 12, "#,##0"]`
struct ReadCell: Decodable {
    enum Value: Decodable, Equatable {
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    let coordinate: String
    let type: String
    let value: Value
    let format: String

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        coordinate = try container.decode(String.self)
        type = try container.decode(String.self)
        value = try container.decode(Value.self)
        format = try container.decode(String.self)
    }
}

/// `["A5:E17", ["Week", …]]`
struct ReadTable: Decodable {
    let place: String
    let columns: [String]

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        place = try container.decode(String.self)
        columns = try container.decode([String].self)
    }
}

/// `["C7:C19", ["dataBar"]]`
struct ReadRule: Decodable, Equatable {
    let place: String
    let kinds: [String]

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        place = try container.decode(String.self)
        kinds = try container.decode([String].self)
    }
}

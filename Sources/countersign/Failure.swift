internal import CountersignCore
internal import CountersignRender
internal import CountersignReport
internal import CountersignStore
internal import Foundation

/// How a command ended, as `sysexits.h` numbers it (`cli.md`, Exit codes).
enum Status: Int32, CaseIterable {
    case fine = 0
    case usage = 64
    case inputRejected = 65
    case inputMissing = 66
    case databaseUnavailable = 69
    case bug = 70
    case cannotCreate = 73
    case inputOutput = 74
    case locked = 75
    case config = 78

    /// Where several apply, the first of these counts.
    private static let order: [Status] = [
        .config, .locked, .databaseUnavailable, .bug, .inputOutput, .cannotCreate, .inputMissing, .inputRejected,
        .usage, .fine,
    ]

    /// The graver of two.
    static func | (a: Status, b: Status) -> Status { order.first { $0 == a || $0 == b } ?? a }
}

/// A failure that ends the command: its status and the text for standard error.
struct Failure: Error {
    let status: Status
    let text: String

    init(_ status: Status, _ text: String) {
        self.status = status
        self.text = text
    }

    /// Any error of the modules, with the status that `cli.md` gives it.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure:
            self = failure
        case let error as StoreError:
            let status: Status =
                switch error {
                case .locked: .locked
                case .unavailable, .damaged, .schemaTooNew, .notErased: .databaseUnavailable
                case .keyMismatch, .unsafePermissions, .breaker, .refusedQuery, .refusedStatement: .config
                case .noRoom: .inputOutput
                case .failed(_, let code, _): Self.status(sqlite: code)
                }
            self.init(status, error.description)
        case let error as RenderError:
            let (status, fix): (Status, String) =
                switch error {
                case .template: (.config, "correct the report's page.mustache")
                // The file was there before the library wrote to it, so what fails now is the disk.
                case .workbook: (.inputOutput, "check free disk space")
                case .file(_, _, let code):
                    (
                        Self.isDeviceFailure(code) ? .inputOutput : .cannotCreate,
                        "check the folder's rights and free disk space"
                    )
                }
            self.init(status, "error: \(error.description) [render]\n  fix: \(fix)")
        case let error as YAMLError:
            self.init(.config, error.description)
        case let error as QueryFileError:
            self.init(.config, error.description)
        case let error as ReportError:
            self.init(.config, error.description)
        case let problem as Problem:
            self.init(problem.code == .fileMissing ? .inputMissing : .inputRejected, problem.description)
        default:
            self.init(
                .bug, "error: \(type(of: error)): \(error) [bug]\n  fix: please report this with the command you ran")
        }
    }

    /// By SQLite's primary result code: a damaged or busy file is no full disk, and a bad statement is our mistake.
    private static func status(sqlite code: Int32) -> Status {
        switch code & 0xFF {
        case 5, 6, 11, 14, 26: .databaseUnavailable  // BUSY, LOCKED, CORRUPT, CANTOPEN, NOTADB
        case 1, 19, 20, 21, 25: .bug  // ERROR, CONSTRAINT, MISMATCH, MISUSE, RANGE
        default: .inputOutput
        }
    }

    /// No room, or a broken device, rather than a path where nothing may be made.
    static func isDeviceFailure(_ code: Int32) -> Bool { [ENOSPC, EIO, EDQUOT].contains(code) }
}

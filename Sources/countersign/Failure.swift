internal import CountersignCore
internal import CountersignRender
internal import CountersignReport
internal import CountersignStore
internal import Foundation

/// How a command ended, as `sysexits.h` numbers it (`cli.md`, Exit codes).
enum Status: Int32, CaseIterable {
    case fine = 0
    case raised = 1
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
        .raised, .usage, .fine,
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
                case .unavailable, .schemaTooNew: .databaseUnavailable
                case .keyMismatch, .unsafePermissions, .breaker, .missingQuery: .config
                case .failed(_, let code, _): Self.status(sqlite: code)
                }
            self.init(status, error.description)
        case let error as RenderError:
            self.init(
                Self.status(of: error),
                "error: \(error.description) [render]\n  fix: check the folder's rights and free disk space")
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

    /// SQLite's primary result code: a damaged or busy file is not a full disk, and a bad statement is our mistake.
    private static func status(sqlite code: Int32) -> Status {
        switch code & 0xFF {
        case 5, 6, 11, 14, 26: .databaseUnavailable  // BUSY, LOCKED, CORRUPT, CANTOPEN, NOTADB
        case 1, 19, 20, 21, 25: .bug  // ERROR, CONSTRAINT, MISMATCH, MISUSE, RANGE
        default: .inputOutput
        }
    }

    private static func status(of error: RenderError) -> Status {
        guard case .file(_, _, let code) = error, [ENOSPC, EIO, EDQUOT].contains(code) else { return .cannotCreate }
        return .inputOutput
    }
}

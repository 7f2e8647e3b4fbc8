/// Why a report could not be written. Names paths and operations, never a value of the report.
public enum RenderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The workbook library refused: what was being done, and its reason.
    case workbook(operation: String, reason: String)
    /// A page template that cannot be used.
    case template(String)
    /// The system refused: `code` is its `errno`.
    case file(path: String, operation: String, code: Int32)

    public var description: String {
        switch self {
        case .workbook(let operation, let reason): "the workbook cannot be written: \(operation): \(reason)"
        case .template(let reason): "the page template cannot be used: \(reason)"
        case .file(let path, let operation, let code): "\(path): cannot \(operation) (error \(code))"
        }
    }
}

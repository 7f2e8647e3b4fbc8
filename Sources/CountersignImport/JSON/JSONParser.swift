internal import CSimdJSON

/// Why bytes are no JSON document.
struct JSONFault: Error, Hashable {
    let code: csj_fault

    /// A clause for “the row …”.
    var clause: String { String(cString: csj_message(code)) }
}

extension csj_fault: @retroactive Hashable {}

/// Owns a simdjson parser, whose memory it uses again for each document.
struct JSONParser: ~Copyable {
    /// How deep a record may be nested, its own braces counted.
    static let maxDepth = 64
    /// Bytes that must be readable behind a document.
    static let padding = Int(CSJ_PADDING)

    private let handle: OpaquePointer

    init() {
        guard let handle = csj_parser_create(Self.maxDepth) else {
            fatalError("out of memory while a JSON parser was set up")
        }
        self.handle = handle
    }

    deinit { csj_parser_free(handle) }

    /// Parses one document and lends its root to `body`.
    ///
    /// A `JSONValue` lives in the parser's memory: the exclusive access to `self` keeps the next parse out
    /// until `body` is done, and no value may be kept beyond it.
    ///
    /// - Parameter bytes: `JSONParser.padding` bytes behind its end are readable.
    mutating func withDocument<R, E: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Result<JSONValue, JSONFault>) throws(E) -> R
    ) throws(E) -> R {
        var root = csj_value(document: nil, index: 0)
        let fault = csj_parse(handle, bytes.baseAddress, bytes.count, &root)
        guard fault == CSJ_FINE else { return try body(.failure(JSONFault(code: fault))) }
        return try body(.success(JSONValue(root)))
    }
}

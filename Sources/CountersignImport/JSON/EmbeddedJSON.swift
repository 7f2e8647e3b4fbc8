/// Reads objects and lists that some exports carry as text inside the record: `"payload": "{\"note\": …}"`.
struct EmbeddedJSON: ~Copyable {
    private var parser = JSONParser()
    private var scratch: [UInt8] = []

    init() {}

    /// Lends the members of an object, or of an object written as a JSON string, once or twice over.
    ///
    /// - Parameter body: gets `nil` for anything else, `[]` included (PHP's spelling of an empty object).
    mutating func withMembers<R, E: Error>(
        of value: JSONValue?, _ body: (Members?) throws(E) -> R
    ) throws(E) -> R {
        if let members = value?.members { return try body(members) }
        return try withContainer(of: value) { container throws(E) in try body(container?.members) }
    }

    /// Lends an object or a list, or one written as a JSON string, once or twice over.
    ///
    /// - Parameter body: gets `nil` for anything else.
    mutating func withContainer<R, E: Error>(
        of value: JSONValue?, _ body: (JSONValue?) throws(E) -> R
    ) throws(E) -> R {
        guard let value else { return try body(nil) }
        if value.isObject || value.isArray { return try body(value) }
        guard let text = value.utf8, let once = unwrapped(text) else { return try body(nil) }
        return try withDocument(once) { document throws(E) in
            let value = try? document.get()
            return try body(value?.isObject == true || value?.isArray == true ? value : nil)
        }
    }

    /// The text inside a JSON string that holds a JSON string; the text itself where it holds an object or a list.
    private mutating func unwrapped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        switch text.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "{"), UInt8(ascii: "["): Array(text)
        case UInt8(ascii: "\""):
            withDocument(Array(text)) { document in (try? document.get())?.utf8.map(Array.init) }
        default: nil
        }
    }

    private mutating func withDocument<R, E: Error>(
        _ bytes: [UInt8], _ body: (Result<JSONValue, JSONFault>) throws(E) -> R
    ) throws(E) -> R {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: bytes)
        scratch.append(contentsOf: repeatElement(0, count: JSONParser.padding))
        let count = bytes.count
        return try scratch.withUnsafeBufferPointer { padded throws(E) in
            try parser.withDocument(UnsafeBufferPointer(rebasing: padded[0..<count]), body)
        }
    }
}

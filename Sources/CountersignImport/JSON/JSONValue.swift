internal import CSimdJSON

/// One value of a parsed document, valid inside `JSONParser.withDocument` alone.
struct JSONValue {
    let handle: csj_value

    init(_ handle: csj_value) { self.handle = handle }

    var kind: csj_kind { csj_kind_of(handle) }
    var isNull: Bool { kind == CSJ_NULL }
    var isObject: Bool { kind == CSJ_OBJECT }
    var isArray: Bool { kind == CSJ_ARRAY }

    /// A string's bytes; `nil` for any other kind.
    var utf8: UnsafeBufferPointer<UInt8>? {
        guard kind == CSJ_STRING else { return nil }
        let text = csj_string(handle)
        return UnsafeBufferPointer(start: text.bytes, count: text.count)
    }

    /// A copy of a string; `nil` for any other kind.
    var string: String? { utf8.map { String(decoding: $0, as: UTF8.self) } }

    /// A number as it stands, whole numbers exactly.
    var number: JSONNumber? {
        switch kind {
        case CSJ_INT64: .whole(csj_int64(handle))
        case CSJ_UINT64: .fraction(Double(csj_uint64(handle)))
        case CSJ_DOUBLE: .fraction(csj_double(handle))
        default: nil
        }
    }

    var boolean: Bool? { kind == CSJ_BOOL ? csj_bool(handle) : nil }

    /// An object's members; `nil` for any other kind.
    var members: Members? { isObject ? Members(of: self) : nil }

    var memberCount: Int { csj_member_count(handle) }

    /// Of an object's members the one whose key comes first by its bytes; `nil` where there is none.
    var memberOfLeastKey: JSONValue? {
        let index = csj_least_member(handle)
        return index == 0 ? nil : JSONValue(csj_value(document: handle.document, index: Int(index)))
    }

    /// An array's elements, at most 10,000 of them; none for any other kind.
    var elements: [JSONValue] {
        let count = min(csj_element_count(handle), 10_000)
        guard count > 0 else { return [] }
        let indices = [UInt32](unsafeUninitializedCapacity: count) { buffer, written in
            written = csj_elements(handle, buffer.baseAddress, count)
        }
        return indices.map { JSONValue(csj_value(document: handle.document, index: Int($0))) }
    }
}

enum JSONNumber: Hashable {
    case whole(Int64)
    /// Also whole numbers beyond 64 bits.
    case fraction(Double)

    var double: Double {
        switch self {
        case .whole(let value): Double(value)
        case .fraction(let value): value
        }
    }

    /// A number written in text, such as an id in quotes; `nil` for anything else.
    init?(_ utf8: UnsafeBufferPointer<UInt8>) {
        guard (1...32).contains(utf8.count),
            utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) })
        else { return nil }
        let text = String(decoding: utf8, as: UTF8.self)
        if let whole = Int64(text) {
            self = .whole(whole)
        } else if let fraction = Double(text), fraction.isFinite {
            self = .fraction(fraction)
        } else {
            return nil
        }
    }
}

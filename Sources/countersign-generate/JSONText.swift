/// JSON being written. A comma goes in wherever the last byte shows that something came before.
struct JSONText: Sendable {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1024) }

    mutating func object(_ body: (inout JSONText) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func object(_ key: StaticString, _ body: (inout JSONText) -> Void) {
        self.key(key)
        object(body)
    }

    mutating func array(_ key: StaticString, _ body: (inout JSONText) -> Void) {
        self.key(key)
        array(body)
    }

    mutating func array(_ body: (inout JSONText) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        body(&self)
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func field(_ key: StaticString, _ value: Int) {
        self.key(key)
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func field(_ key: StaticString, _ value: Int?) {
        guard let value else { return null(key) }
        field(key, value)
    }

    mutating func field(_ key: StaticString, _ value: Bool) {
        self.key(key)
        raw(value ? "true" : "false")
    }

    mutating func field(_ key: StaticString, _ value: String?) {
        guard let value else { return null(key) }
        self.key(key)
        quoted(value)
    }

    mutating func null(_ key: StaticString) {
        self.key(key)
        raw("null")
    }

    /// A number with two digits after the point.
    mutating func field(_ key: StaticString, hundredths value: Int) {
        self.key(key)
        let (whole, part) = value.quotientAndRemainder(dividingBy: 100)
        bytes.append(contentsOf: "\(whole).\(part < 10 ? "0" : "")\(part)".utf8)
    }

    mutating func element(_ value: String) {
        separate()
        quoted(value)
    }

    /// A value that is JSON already.
    mutating func element(_ json: JSONText) {
        separate()
        bytes.append(contentsOf: json.bytes)
    }

    mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        raw(key)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    private mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The texts written here hold no control character but the line break.
    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"):
                raw("\\n")
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

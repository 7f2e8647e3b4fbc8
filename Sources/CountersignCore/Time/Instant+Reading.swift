extension Instant {
    /// Reads an ISO 8601 time as exports write it: `T` or a space, no, one to nine fraction digits,
    /// `Z`, ` UTC`, an offset (`+02:00`, `+0200`, `+02`) or none, which means UTC.
    ///
    /// - Returns: `nil` for anything else, impossible dates (30 February) included. Digits beyond
    ///   microseconds are cut.
    public init?(iso8601 text: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes: text)
        guard let year = reader.digits(4), reader.skip("-"),
            let month = reader.digits(2), reader.skip("-"),
            let day = reader.digits(2)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard CivilDate(daysSince1970: date.daysSince1970) == date else { return nil }

        guard reader.skip("T") || reader.skip(" ") || reader.skip("t"),
            let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2),
            hour < 24, minute < 60
        else { return nil }
        var second = 0
        var micros = 0
        if reader.skip(":") {
            guard let read = reader.digits(2), read <= 60 else { return nil }
            second = read
            if reader.skip(".") || reader.skip(",") {
                guard let fraction = reader.fraction() else { return nil }
                micros = fraction
            }
        }

        var offset = 0
        if reader.isAtEnd || reader.skip("Z") || reader.skip("z") || reader.skip(" UTC") {
            // UTC
        } else if reader.peek == UInt8(ascii: "+") || reader.peek == UInt8(ascii: "-") {
            let sign = reader.skip("-") ? -1 : 1
            if sign == 1 { _ = reader.skip("+") }
            guard let hours = reader.digits(2), hours < 24 else { return nil }
            _ = reader.skip(":")
            let minutes = reader.isAtEnd ? 0 : reader.digits(2)
            guard let minutes, minutes < 60 else { return nil }
            offset = sign * (hours * 3600 + minutes * 60)
        } else {
            return nil
        }
        guard reader.isAtEnd else { return nil }
        let seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(micros))
    }

    public init?(iso8601 text: some Collection<UInt8>) {
        guard let read = Array(text).withUnsafeBufferPointer({ Instant(iso8601: $0) }) else { return nil }
        self = read
    }

    public init?(iso8601 text: String) { self.init(iso8601: Array(text.utf8)) }
}

/// Reads fixed-width digits from bytes.
private struct DigitReader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }
    var peek: UInt8? { isAtEnd ? nil : bytes[index] }

    mutating func digits(_ count: Int) -> Int? {
        guard bytes.count - index >= count else { return nil }
        var value = 0
        for byte in bytes[index..<(index + count)] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        index += count
        return value
    }

    /// One to nine digits, as microseconds.
    mutating func fraction() -> Int? {
        var value = 0
        var read = 0
        while let byte = peek, byte >= 48, byte <= 57 {
            if read < 6 { value = value * 10 + Int(byte - 48) }
            read += 1
            index += 1
        }
        guard read >= 1, read <= 9 else { return nil }
        for _ in read..<max(read, 6) { value *= 10 }
        return value
    }

    mutating func skip(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }
}

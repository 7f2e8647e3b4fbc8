/// Where the sentences of event lines are cut.
extension Substring {
    /// What follows this beginning; `nil` where the text begins otherwise.
    func after(_ beginning: StaticString) -> Substring? {
        let wanted = UnsafeBufferPointer(start: beginning.utf8Start, count: beginning.utf8CodeUnitCount)
        guard utf8.starts(with: wanted) else { return nil }
        return self[utf8.index(startIndex, offsetBy: wanted.count)...]
    }

    /// What precedes this end; `nil` where the text ends otherwise, or with nothing before it.
    func before(_ end: StaticString) -> Substring? {
        let wanted = UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount)
        guard utf8.count > wanted.count, utf8.suffix(wanted.count).elementsEqual(wanted) else { return nil }
        return self[..<utf8.index(endIndex, offsetBy: -wanted.count)]
    }

    /// Both sides of the last place where the mark stands; `nil` where it does not, or with a side empty.
    func cutAtLast(_ mark: StaticString) -> (before: Substring, after: Substring)? {
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        var start = utf8.count - wanted.count - 1
        while start > 0 {
            let index = utf8.index(startIndex, offsetBy: start)
            if utf8[index...].starts(with: wanted) {
                return (self[..<index], self[utf8.index(index, offsetBy: wanted.count)...])
            }
            start -= 1
        }
        return nil
    }

    func firstRange(of mark: StaticString) -> Range<Index>? {
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        var index = startIndex
        while index < endIndex {
            if utf8[index...].starts(with: wanted) {
                return index..<utf8.index(index, offsetBy: wanted.count)
            }
            index = utf8.index(after: index)
        }
        return nil
    }
}

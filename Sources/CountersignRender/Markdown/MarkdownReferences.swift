/// Links whose addresses stand at the end of the page, so that tables stay narrow and a mail stays readable.
struct MarkdownReferences {
    private var addresses: [String: String] = [:]
    private var order: [String] = []

    /// `[4711]`, or `[4711][4711-2]` where another address has that label already.
    ///
    /// - Returns: only the text for an address that is not plain HTTP(S).
    mutating func link(_ text: String, to address: String) -> String {
        let text = MarkdownText.value(text)
        guard WebAddress.isPlain(address), !text.isEmpty else { return text }
        var label = text
        var number = 2
        while let taken = addresses[label.lowercased()], taken != address {
            label = "\(text)-\(number)"
            number += 1
        }
        if addresses.updateValue(address, forKey: label.lowercased()) == nil { order.append(label) }
        return label == text ? "[\(text)]" : "[\(text)][\(label)]"
    }

    /// `[4711]: https://…`, in the order in which they were first used.
    var definitions: [String] {
        order.map { label in "[\(label)]: \(addresses[label.lowercased()] ?? "")" }
    }
}

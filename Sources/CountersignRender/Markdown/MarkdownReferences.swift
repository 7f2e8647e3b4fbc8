/// Links whose addresses stand at the end of the page, so that tables stay narrow and a mail stays readable.
struct MarkdownReferences {
    private var addresses: [String: String] = [:]
    private var order: [String] = []

    /// `[4711]`, or `[4711][4711-2]` where another address has that label already.
    ///
    /// - Returns: only the text for an address that is not plain HTTP(S).
    mutating func link(_ text: String, to address: String) -> String {
        let text = MarkdownText.value(text)
        guard WebAddress.isPlain(address), !text.isEmpty else { return text.isEmpty ? Formatting.dash : text }
        var label = text
        var number = 2
        while let taken = addresses[key(label)], taken != address {
            label = "\(text)-\(number)"
            number += 1
        }
        if addresses.updateValue(address, forKey: key(label)) == nil { order.append(label) }
        return label == text ? "[\(text)]" : "[\(text)][\(label)]"
    }

    /// `[4711]: https://…`, in the order in which they were first used.
    var definitions: [String] {
        // In a table `\|` is `|` before anything else is made of it.
        order.map { label in "[\(label.replacing("\\|", with: "|"))]: \(addresses[key(label)] ?? "")" }
    }

    /// Labels are alike without regard to case, also of letters that are two in capitals, and to how many spaces part words.
    private func key(_ label: String) -> String {
        label.uppercased().lowercased().split(separator: " ").joined(separator: " ")
    }
}

/// What may become a link anywhere.
enum WebAddress {
    /// HTTP or HTTPS in characters that mean nothing to Markdown, XML or a formula.
    static func isPlain(_ address: String) -> Bool {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"), address.utf8.count <= 255 else {
            return false
        }
        return address.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": true
            default: "-._~:/?#@%&=+,;".unicodeScalars.contains(scalar)
            }
        }
    }
}

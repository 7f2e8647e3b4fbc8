internal import Foundation

/// Standard output and standard error. Output is for results, error for steps, progress and problems.
struct Console: Sendable {
    let isQuiet: Bool
    let hasProgress: Bool

    init(isQuiet: Bool, hasProgress: Bool) {
        self.isQuiet = isQuiet
        self.hasProgress = hasProgress && isatty(STDERR_FILENO) == 1 && !isQuiet
    }

    func print(_ text: String) throws(Failure) { try StandardStream.output(text.utf8) }

    /// A problem or an error: shown even when quiet.
    func report(_ text: String) {
        clearProgress()
        StandardStream.error(text + "\n")
    }

    func progress(_ share: Double, _ title: String) {
        guard hasProgress else { return }
        let width = 24
        let filled = min(width, max(0, Int(share * Double(width))))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        StandardStream.error("\r\u{1B}[K\(bar) \(Int(share * 100)) % \(title)")
    }

    func clearProgress() {
        guard hasProgress else { return }
        StandardStream.error("\r\u{1B}[K")
    }
}

internal import CountersignCore
internal import CountersignReport
internal import Foundation

extension Configuration {
    /// Where a value comes from, as an auditor reads it.
    private enum Origin: String {
        case defaults = "default"
        case file
        case environment
        case commandLine = "command line"
    }

    /// Every key of the config with its effective value, as `doctor --show-config` writes it, and where that comes from.
    ///
    /// There are no secrets among them. A path that the environment or the command line gives may say more of the machine
    /// than the config does: it is shown by its last part.
    func parameters(_ privacy: ReportPrivacy) -> [Document] {
        var shown = forReports(privacy)
        if isGivenOutside("store") { shown.store = Self.lastPart(store) }
        if isGivenOutside("templates") { shown.templates = templates.map(Self.lastPart) }
        if isGivenOutside("privacy.key") { shown.keyPath = Self.lastPart(keyPath) }
        if isGivenOutside("ingest.archive") { shown.archivePath = Self.lastPart(archivePath) }
        if isGivenOutside("reports.out") { shown.outPath = Self.lastPart(outPath) }
        if isGivenOutside("audit.signing_key") { shown.signingKeyPath = signingKeyPath.map(Self.lastPart) }
        return ConfigurationKey.all.map { key in
            .object([
                .init("key", .string(key.path)), .init("value", .string(shown.value(of: key.path) ?? "")),
                .init("from", .string(origin(of: key).rawValue)),
            ])
        }
    }

    private func origin(of key: ConfigurationKey) -> Origin {
        guard let origin = origins[key.path] else { return .defaults }
        if origin.hasPrefix("--") { return .commandLine }
        return key.variables.contains(origin) ? .environment : .file
    }

    private func isGivenOutside(_ path: String) -> Bool {
        guard let key = ConfigurationKey.all.first(where: { $0.path == path }) else { return false }
        return [.environment, .commandLine].contains(origin(of: key))
    }

    /// `sqlite:/data/desk/store.sqlite` → `sqlite:…/store.sqlite`; a relative path stays.
    private static func lastPart(_ value: String) -> String {
        guard let slash = value.firstIndex(of: "/"), slash == value.startIndex || value[..<slash].hasSuffix(":"),
            let last = value.split(separator: "/").last, value[slash...].count > last.count
        else { return value }
        return "\(value[..<slash])…/\(last)"
    }
}

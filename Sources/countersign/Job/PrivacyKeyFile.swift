internal import CountersignCore
internal import Foundation

/// The file of `privacy.key`: 64 hex digits, made on first use, for its owner alone.
enum PrivacyKeyFile {
    /// - Parameter mayCreate: no key is made beside a store that already has one.
    static func load(_ path: String, mayCreate: Bool) throws -> PrivacyKey {
        if !FileManager.default.fileExists(atPath: path), mayCreate { try create(path) }
        guard let text = try? String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8) else {
            throw Failure(
                .config,
                "\(path): error: the privacy key is missing or cannot be read [privacy-key]\n"
                    + "  fix: put back the key that the store was made with, or begin a new store")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else {
            throw Failure(
                .config, "\(path): error: others may read the privacy key [privacy-key]\n  fix: chmod 600 \(path)")
        }
        guard let key = PrivacyKey(hexadecimal: text) else {
            throw Failure(
                .config, "\(path): error: this is not 64 hex digits [privacy-key]\n  fix: put back the right file")
        }
        return key
    }

    /// Written whole under another name and linked, so that a key is never half there and never replaced.
    private static func create(_ path: String) throws {
        var generator = SystemRandomNumberGenerator()
        let words = (0..<4).map { _ in generator.next() }
        let digits = words.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let temporary = "\(path).\(getpid()).new"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try DurableFile.write(Array((digits + "\n").utf8), to: temporary)
            defer { unlink(temporary) }
            guard link(temporary, path) == 0 || errno == EEXIST else { throw POSIXError(.EIO) }
            try DurableFile.sync(folder: folder)
        } catch {
            throw Failure(
                .cannotCreate,
                "\(path): error: the privacy key cannot be made [privacy-key]\n  fix: check the folder's rights")
        }
    }
}

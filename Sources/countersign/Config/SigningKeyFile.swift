internal import CountersignCore
internal import Foundation

/// The files of `audit.signing_key`: the private key (0600), and beside it the public one, which an auditor gets.
enum SigningKeyFile {
    static func load(_ path: String) throws -> SigningKey {
        guard let text = try? String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8) else {
            throw failure(
                path, "the signing key is missing or cannot be read",
                fix: "put it back, make one with countersign audit keygen, or take audit.signing_key out")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else {
            throw failure(path, "others may read the signing key", fix: "chmod 600 \(path), or make a new key")
        }
        guard let key = SigningKey(pem: text) else {
            throw failure(
                path, "this is no Ed25519 private key in PEM", fix: "name the file that countersign audit keygen wrote")
        }
        return key
    }

    static func loadPublic(_ path: String) throws -> VerifyingKey {
        let url = URL(fileURLWithPath: path)
        guard let text = try? String(contentsOf: url, encoding: .utf8), let key = VerifyingKey(pem: text) else {
            throw failure(
                path, "this is no Ed25519 public key in PEM",
                fix: "name the file that countersign audit keygen wrote beside the key, with .pub at its end")
        }
        return key
    }

    /// Makes both files; none that is there is written over.
    static func create(_ path: String) throws -> SigningKey {
        for file in [path, path + ".pub"] where FileManager.default.fileExists(atPath: file) {
            throw Failure(
                .cannotCreate,
                "\(file): error: there is a file already, which is not replaced [signing-key]\n"
                    + "  fix: name another with --out, or move it away")
        }
        let key = SigningKey()
        try write(key.pem, to: path)
        try write(key.verifying.pem, to: path + ".pub")
        try DurableFile.sync(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
        return key
    }

    /// Exclusively: a file that came there meanwhile stays too.
    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure(path, "created") }
        defer { close(descriptor) }
        guard Descriptor.write(Array(text.utf8), to: descriptor), fsync(descriptor) == 0 else {
            throw DurableFile.failure(path, "written")
        }
    }

    private static func failure(_ path: String, _ message: String, fix: String) -> Failure {
        Failure(.config, "\(path): error: \(message) [signing-key]\n  fix: \(fix)")
    }
}

extension Configuration {
    /// `nil` where `audit.signing_key` names none.
    func signingKey() throws -> SigningKey? {
        try signingKeyPath.map { try SigningKeyFile.load(resolve($0)) }
    }
}

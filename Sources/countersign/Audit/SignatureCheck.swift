internal import CountersignCore
internal import Foundation

/// Holds the manifests of reports against the chain, their signatures and the key that was in force.
struct SignatureCheck {
    let reading: LedgerReading
    let configuration: Configuration
    /// `nil` where there is none to check by.
    let key: VerifyingKey?
    /// `--public-key` was given: then something must be signed with it.
    let isDemanded: Bool

    func lines(_ reports: [LedgerReading.WrittenReport]) -> [CheckLine] {
        var lines: [CheckLine] = []
        var (valid, unsigned, unchecked) = (0, 0, Set<String>())
        for report in reports {
            let path = "\(configuration.resolve(report.folder))/\(Manifest.name)"
            let name = "\(report.folder)/\(Manifest.name)"
            guard let data = FileManager.default.contents(atPath: path),
                let manifest = try? Document(json: Array(data))
            else { continue }
            if let fault = headFault(manifest, of: report) {
                lines.append(fail("\(name) \(fault)", fix: "the ledger is not the one that it was written from"))
            }
            let id = manifest["signing_key"]?.string
            if id != report.keyID {
                lines.append(
                    fail(
                        "\(name) names the signing key \(id ?? "none"), the ledger \(report.keyID ?? "none")",
                        fix: "write the report anew"))
            } else if let id {
                guard let key, key.id == id else {
                    unchecked.insert(id)
                    continue
                }
                let signature = FileManager.default.contents(
                    atPath: "\(configuration.resolve(report.folder))/\(Manifest.signatureName)")
                if key.isValid(Array(signature ?? Data()), of: Array(data)) {
                    valid += 1
                } else {
                    lines.append(
                        fail("\(name) is not what the key \(id) signed", fix: "put both files back from a copy"))
                }
            } else {
                unsigned += 1
            }
        }
        return lines
            + summary(valid: valid, unsigned: unsigned, unchecked: unchecked.sorted(), hasAny: !reports.isEmpty)
    }

    private func summary(valid: Int, unsigned: Int, unchecked: [String], hasAny: Bool) -> [CheckLine] {
        var lines: [CheckLine] = []
        if valid > 0, let key {
            lines.append(.ok("signature", "\(Age.plural(valid, "manifest")) signed with the key \(key.id)"))
        }
        if isDemanded, valid == 0, hasAny {
            lines.append(
                fail(
                    "no manifest is signed with the key \(key?.id ?? "–")",
                    fix: "see who has the right key, or which key is"))
        }
        if !unchecked.isEmpty {
            lines.append(
                .warn(
                    "signature", "signed with the key \(unchecked.joined(separator: ", ")), which is not at hand",
                    fix: "give --public-key FILE"))
        }
        if unsigned > 0 {
            lines.append(
                .warn(
                    "signature",
                    "UNSIGNED: \(Age.plural(unsigned, "manifest")) without a signature: who can write to the store"
                        + " and the reports can make both anew",
                    fix: "countersign audit keygen, and audit.signing_key in the config"))
        }
        return lines
    }

    /// What a manifest noted of the ledger must still be there.
    private func headFault(_ manifest: Document, of report: LedgerReading.WrittenReport) -> String? {
        guard case .int(let entries)? = manifest["ledger.entries"], let head = manifest["ledger.head"]?.string else {
            return "names no head of the ledger"
        }
        let now =
            entries == 0 ? LedgerHead.none.hash : entries > reading.hashes.count ? nil : reading.hashes[entries - 1]
        guard entries >= 0, entries < report.seq, now == head else {
            return "noted the head \(head) at \(entries) entries, where the ledger has \(now ?? "none")"
        }
        return nil
    }

    private func fail(_ text: String, fix: String) -> CheckLine { .fail("signature", text, fix: fix, .inputRejected) }
}

import Foundation
import Testing

/// `audit keygen`, `audit.signing_key` and what OpenSSL says of them.
@Suite struct SigningTests {
    private static let environment = ["COUNTERSIGN_AUDIT_SIGNING_KEY": "audit.key"]

    private static func desk() throws -> Workplace {
        let place = try Workplace.week44()
        let made = try place.run(["audit", "keygen"])
        #expect(made.status == 0, "\(made.errors)")
        #expect(try place.weekly(environment: environment).status == 0)
        return place
    }

    private static let openssl =
        "openssl pkeyutl -verify -pubin -inkey audit.key.pub -rawin -in out/2026-W44/manifest.json"
        + " -sigfile out/2026-W44/manifest.json.sig 2>&1"

    @Test func `OpenSSL reads both keys and verifies a manifest`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        #expect(try place.shell("stat -c %a audit.key") == "600\n")
        #expect(try place.shell("openssl pkey -in audit.key -pubout") == place.text("audit.key.pub"))
        #expect(try place.shell(Self.openssl) == "Signature Verified Successfully\n")
        #expect(try place.data("out/2026-W44/manifest.json.sig").count == 64)
        let raw = "openssl pkey -pubin -in audit.key.pub -outform DER | tail -c 32 | sha256sum | head -c 16"
        let id = try place.shell(raw)
        #expect(try json(place.data("out/2026-W44/manifest.json"))["signing_key"] as? String == id)
        #expect(try place.text("out/2026-W44/compliance.md").contains("signed with the key \(id)"))
        let log = try place.run(["audit", "log", "--format", "json", "--kind", "config.changed"]).output
        #expect(log.contains("\"signing_key\":\"\(id)\""))
        let verified = try place.run(["audit", "verify", "--public-key", "audit.key.pub"])
        #expect(verified.status == 0 && verified.output.contains("1 manifest signed with the key \(id)"))
        #expect(!verified.output.contains("UNSIGNED"))
    }

    @Test func `a signature of another key, or of another manifest, does not verify`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        #expect(try place.run(["audit", "keygen", "--out", "other.key"]).status == 0)
        let other = try place.run(["audit", "verify", "--public-key", "other.key.pub"])
        #expect(other.status == 65 && other.output.contains("no manifest is signed with the key"))
        // Without the key nobody can say: that is told, and no failure.
        let without = try place.run(["audit", "verify"])
        #expect(without.status == 0 && without.output.contains("which is not at hand"))
        var manifest = try place.data("out/2026-W44/manifest.json")
        manifest.append(0x20)
        try manifest.write(to: place.folder.appendingPathComponent("out/2026-W44/manifest.json"))
        #expect(try place.shell(Self.openssl).contains("Failure"))
    }

    @Test func `reports from before the key are unsigned, and a new key is an entry`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try place.run(["audit", "keygen"]).status == 0)
        #expect(
            try place.run(
                ["report", "weekly", "--as-of", Workplace.asOf, "--week", "2026-W43"], environment: Self.environment
            ).status == 0)
        let outcome = try place.run(["audit", "verify", "--public-key", "audit.key.pub"])
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("UNSIGNED: 1 manifest") && outcome.output.contains("1 manifest signed"))
    }

    @Test func `a signature that is left behind goes with the key`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf, "--format", "json"]).status == 0)
        #expect(!place.exists("out/2026-W44/manifest.json.sig"))
        #expect(try place.run(["audit", "verify"]).status == 0)
    }

    @Test func `no key is written over, and one that others may read is refused`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        let key = try place.text("audit.key")
        #expect(try place.run(["audit", "keygen"]).status == 73)
        #expect(try place.run(["audit", "keygen", "--out", "new"]).status == 0)
        _ = try place.shell("rm new")
        #expect(try place.run(["audit", "keygen", "--out", "new"]).status == 73, "its public part is still there")
        #expect(try place.text("audit.key") == key)
        _ = try place.shell("chmod 640 audit.key")
        let outcome = try place.weekly(environment: Self.environment)
        #expect(outcome.status == 78 && outcome.errors.contains("others may read the signing key"))
        _ = try place.shell("chmod 600 audit.key; echo nonsense > audit.key")
        #expect(try place.weekly(environment: Self.environment).status == 78)
        _ = try place.shell("rm audit.key")
        #expect(try place.weekly(environment: Self.environment).status == 78)
    }

    @Test func `a key that OpenSSL made signs too`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        _ = try place.shell(
            "umask 077; openssl genpkey -algorithm ed25519 -out audit.key && openssl pkey -in audit.key -pubout -out audit.key.pub"
        )
        #expect(try place.weekly(environment: Self.environment).status == 0)
        #expect(try place.shell(Self.openssl) == "Signature Verified Successfully\n")
    }
}

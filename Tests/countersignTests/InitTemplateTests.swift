import CountersignCore
import Foundation
import Testing

@testable import countersign

@Suite struct InitTemplateTests {
    private func load(_ text: String) throws -> Configuration {
        let place = try Workplace()
        defer { place.remove() }
        try place.write(text, to: "countersign.yml")
        return try Configuration.load(
            path: place.folder.appendingPathComponent("countersign.yml").path, environment: [:])
    }

    @Test func `every key of the config stands in the file that init writes`() throws {
        let loaded = try load(InitTemplate.configuration)
        let commented: Set = ["templates", "retention.sets"]
        #expect(Set(ConfigurationKey.all.map(\.path)).subtracting(commented) == Set(loaded.origins.keys))
        #expect(InitTemplate.configuration.contains("# templates: "))
        #expect(InitTemplate.configuration.contains("# sets: "))
    }

    @Test func `the values that init writes are the defaults`() throws {
        let loaded = try load(InitTemplate.configuration)
        let defaults = Configuration(folder: "")
        #expect(loaded.kpis == defaults.kpis)
        #expect(loaded.digest == defaults.digest)
        #expect(loaded.store == defaults.store)
        #expect(loaded.outPath == defaults.outPath)
        #expect(loaded.keyPath == defaults.keyPath)
        #expect(loaded.maximumPurgeShare == defaults.maximumPurgeShare)
    }

    @Test func `the account at its end is one when it is uncommented`() throws {
        let lines = InitTemplate.configuration.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("# accounts:") })
        let account = lines[start...].map { $0.hasPrefix("# ") ? String($0.dropFirst(2)) : String($0) }
        let kept = lines[..<start].filter { !$0.hasPrefix("accounts:") }.map(String.init)
        let loaded = try load((kept + account).joined(separator: "\n"))
        #expect(loaded.kpis.accounts.map(\.shop) == ["example.myshopify.com"])
        #expect(loaded.kpis.accounts.map(\.chatwootURL) == ["https://chat.example/app/accounts/1"])
    }
}

/// A KPI document and what its manifest says of the run that made it.
public struct DocumentedRun: Hashable, Sendable {
    public let kpis: Document
    /// `nil` where none speaks of this document: then less can be said of why a figure moved.
    public let manifest: Document?

    /// - Returns: `nil` where `kpis` is no KPI document.
    public init?(kpis: Document, manifest: Document?) {
        guard kpis.member("schema")?.string == DocumentedRun.schema, case .array? = kpis.member("accounts") else {
            return nil
        }
        self.kpis = kpis
        self.manifest = manifest
    }

    public static let schema = "countersign/kpis/1"

    struct Source: Hashable {
        let name: String
        let sha256: String
        /// By kind: `decisions`, `messages`, …
        let kinds: Set<String>
        let read: Int
        let loaded: Int

        /// A table of a live database: each read of it has a digest of its own.
        var isLive: Bool { name.hasPrefix("postgres:") }

        var text: String { "\(loaded) of \(read) rows loaded, sha256 \(sha256.prefix(12))" }
    }

    /// A file of `queries/`.
    struct Definition: Hashable {
        let name: String
        let version: String
        let sha256: String
        /// What it is reduced to.
        let kpi: String
        /// The word in its header.
        let sources: [String]

        var text: String { "version \(version), sha256 \(sha256.prefix(12))" }
    }

    /// Of the manifest, else of the document's own list.
    var sources: [Source] {
        let list = manifest?.member("sources") ?? kpis["data_quality.sources"]
        return (list?.items ?? []).map { item in
            func count(_ key: String) -> Int { item.member(key).flatMap(\.number).map { Int($0) } ?? 0 }
            let kinds = (item.member("kinds")?.string ?? "").split(separator: ",")
            return Source(
                name: item.member("file")?.string ?? "", sha256: item.member("sha256")?.string ?? "",
                kinds: Set(kinds.map { String($0.prefix { $0 != ":" }) }), read: count("read"), loaded: count("loaded"))
        }
    }

    /// `nil` where the manifest does not list them.
    var definitions: [Definition]? {
        manifest?.member("definitions").map { list in
            list.items.map { item in
                Definition(
                    name: item.member("name")?.string ?? "", version: item.member("version")?.plainText ?? "",
                    sha256: item.member("sha256")?.string ?? "", kpi: item.member("kpi")?.string ?? "",
                    sources: (item.member("sources")?.items ?? []).compactMap(\.string))
            }
        }
    }

    /// The keys of the config that can move a figure, as text; `nil` where the manifest does not list them.
    var config: [(key: String, value: String)]? {
        guard case .object(let members)? = manifest?.member("config") else { return nil }
        return members.map { ($0.key, $0.value.plainText) }
    }
}

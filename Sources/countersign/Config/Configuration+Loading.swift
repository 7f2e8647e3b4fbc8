internal import CountersignReport
internal import Foundation

extension Configuration {
    static let defaultPaths = ["countersign.yml", "/etc/countersign.yml"]

    /// Reads the config file, then the environment.
    ///
    /// - Parameter path: as given on the command line; `nil` looks in the usual places.
    /// - Throws: `Failure` 78 for what cannot be read or is not known.
    static func load(path: String?, environment: [String: String]) throws -> Configuration {
        guard let found = path ?? defaultPaths.first(where: FileManager.default.fileExists) else {
            throw Failure(
                .config,
                "countersign.yml: error: there is no config file here [config]\n"
                    + "  fix: run `countersign init`, or name one with --config")
        }
        let text: String
        do {
            text = try String(contentsOf: URL(fileURLWithPath: found), encoding: .utf8)
        } catch {
            throw Failure(
                .config,
                "\(found): error: the config file cannot be read [config]\n  fix: check the path and its rights")
        }
        var configuration = Configuration(
            folder: absolute(URL(fileURLWithPath: found).deletingLastPathComponent().path))
        do {
            try configuration.read(StrictYAML(text: text, file: found))
            try configuration.read(environment: environment)
        } catch let error as YAMLError {
            throw Failure(.config, error.description)
        }
        try configuration.checkArchive()
        return configuration
    }

    private mutating func read(_ file: StrictYAML) throws {
        let top = try file.mapping(known: ConfigurationKey.names(in: nil))
        for key in ConfigurationKey.all {
            let parts = key.path.split(separator: ".").map(String.init)
            guard let value = top[parts[0]] else { continue }
            if parts.count == 1 {
                try key.read(&self, value)
            } else if let inner = try value.mapping(known: ConfigurationKey.names(in: parts[0]))[parts[1]] {
                try key.read(&self, inner)
            } else {
                continue
            }
            origins[key.path] = "\(file.place.file)"
        }
    }

    private mutating func read(environment: [String: String]) throws {
        for key in ConfigurationKey.all {
            for variable in key.variables.reversed() {
                guard let text = environment[variable], !text.isEmpty else { continue }
                try key.read(&self, StrictYAML(scalar: text, from: variable))
                origins[key.path] = variable
                // A path in the environment is relative to where the command is run, like one on the command line.
                let here = FileManager.default.currentDirectoryPath
                switch key.path {
                case "store": storeFolder = here
                case "privacy.key": keyPath = Self.absolute(keyPath)
                case "ingest.archive": archivePath = Self.absolute(archivePath)
                case "reports.out": outPath = Self.absolute(outPath)
                case "audit.signing_key": signingKeyPath = signingKeyPath.map(Self.absolute)
                case "templates": templates = templates.map(Self.absolute)
                default: break
                }
            }
        }
    }

    /// A path of the config file, from its folder.
    func resolve(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

    /// A path as given by the user, from where the command is run.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/")
            ? path : URL(fileURLWithPath: FileManager.default.currentDirectoryPath + "/" + path).standardized.path
    }
}

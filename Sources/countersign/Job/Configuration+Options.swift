internal import CountersignStore
internal import Foundation

extension Configuration {
    /// The config as the command line leaves it.
    static func load(_ options: JobOptions, environment: [String: String]) throws -> Configuration {
        var configuration = try load(path: options.config, environment: environment)
        if let store = options.store {
            configuration.store = store
            configuration.storeFolder = FileManager.default.currentDirectoryPath
            configuration.origins["store"] = "--store"
        }
        return configuration
    }

    /// - Throws: `Failure` 78 for an address of no known kind.
    func storeLocation() throws -> StoreLocation {
        guard let location = StoreLocation(store, relativeTo: storeFolder) else {
            throw Failure(.config, "store: error: “\(store)” is no store [config]\n  fix: write sqlite: and a path")
        }
        return location
    }
}

internal import CountersignCore
internal import CountersignStore
internal import Foundation

/// A store that is there, opened for reading; under the run lock where a long look must not meet a purge.
struct StoreReader {
    /// Whether the run lock is held meanwhile.
    enum Locking {
        case no
        case yes
        /// Not for a store that may only be read: nobody can change that here.
        case whereWritable
    }

    let configuration: Configuration
    let resources: Resources
    let location: StoreLocation
    let inspector: any StoreInspector
    private let lock: (any RunLock)?

    var isLocked: Bool { lock != nil }

    init(_ options: JobOptions, locking: Locking) throws {
        let environment = ProcessInfo.processInfo.environment
        configuration = try Configuration.load(options, environment: environment)
        resources = try Resources(environment: environment, configFolder: configuration.folder)
        location = try configuration.storeLocation()
        guard location.exists else {
            throw Failure(
                .databaseUnavailable,
                "\(configuration.store): error: there is no store here [store-unavailable]\n"
                    + "  fix: run countersign run, which makes it, or name another with --store")
        }
        switch locking {
        case .no:
            lock = nil
        case .yes:
            lock = try location.lock()
        case .whereWritable:
            do {
                lock = try location.lock()
            } catch StoreError.unavailable {
                lock = nil
            }
        }
        inspector = try location.inspect()
    }
}

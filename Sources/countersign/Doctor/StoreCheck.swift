internal import CountersignCore
internal import CountersignStore
internal import Foundation

/// The store and its key, seen without a lock.
struct StoreCheck {
    /// `nil` where there is no store yet, or none that can be read.
    let state: StoreState?
    /// `nil` like `state`, and for a store of another version.
    let inspector: (any StoreInspector)?
    /// `nil` where it cannot be told.
    let isLocked: Bool?
    private let configuration: Configuration
    private let location: StoreLocation?
    private let failure: Failure?

    init(configuration: Configuration, location: Result<StoreLocation, any Error>, resources: Resources?) {
        self.configuration = configuration
        self.location = try? location.get()
        isLocked = self.location?.isLocked
        let found = Result { () throws -> (inspector: any StoreInspector, state: StoreState)? in
            let place = try location.get()
            guard place.exists, let resources else { return nil }
            let inspector = try place.inspect()
            return (inspector, try inspector.state(migrations: try resources.migrations(schema: place.schemaFolder)))
        }
        switch found {
        case .success(let found):
            (state, failure) = (found?.state, nil)
            inspector = found?.state.schema == .current ? found?.inspector : nil
        case .failure(let error):
            (state, failure) = (nil, Failure(error))
            inspector = nil
        }
    }

    func lines() -> [CheckLine] { [keyLine(), storeLine(), lockLine()] }

    private func keyLine() -> CheckLine {
        let path = configuration.resolve(configuration.keyPath)
        if !FileManager.default.fileExists(atPath: path), location?.exists == false {
            return .ok("key", "\(configuration.keyPath) is not there yet: the first run makes it")
        }
        do {
            let key = try PrivacyKeyFile.load(path, mayCreate: false)
            guard let known = state?.keyFingerprint, known != key.fingerprint else {
                return .ok("key", "\(configuration.keyPath) is \(state == nil ? "readable" : "the store's")")
            }
            return .fail(
                "key", "the store was made with another key than \(configuration.keyPath)",
                fix: "point privacy.key to the key that the store was made with, or begin a new store", .config)
        } catch {
            return .fail("key", Failure(error))
        }
    }

    private func storeLine() -> CheckLine {
        if let failure { return .fail("store", failure) }
        guard let state else {
            return .ok("store", "\(configuration.store) is not there yet: the first run makes it")
        }
        let size = Bytes.text(state.bytes)
        switch state.schema {
        case .newer(let found):
            return .fail(
                "store", "\(configuration.store) was made by a newer version (\(found))",
                fix: "run the version that made it, or a later one", .databaseUnavailable)
        case .older:
            return .ok(
                "store", "\(configuration.store), \(size), of an older version: the next run brings it up to date")
        case .current where state.isDerivePending:
            return .warn(
                "store", "\(configuration.store), \(size), holds records that no figure counts yet",
                fix: "countersign run, or wait for the next")
        case .current:
            return .ok("store", "\(configuration.store), \(size)")
        }
    }

    private func lockLine() -> CheckLine {
        guard let isLocked else { return .ok("run lock", "nobody says whether a run holds it") }
        guard isLocked else { return .ok("run lock", "free") }
        return .warn("run lock", "a run holds it: what is said here may change", fix: "look again when it has finished")
    }
}

enum Bytes {
    /// `3.4 GB`; three digits at most before the point.
    static func text(_ bytes: Int64) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB", "PB"]
        var (value, unit) = (bytes, 0)
        var rest: Int64 = 0
        while value >= 1000, unit < units.count - 1 {
            rest = value % 1000
            value /= 1000
            unit += 1
        }
        return unit == 0 || value >= 100 ? "\(value) \(units[unit])" : "\(value).\(rest / 100) \(units[unit])"
    }
}

internal import ArgumentParser
internal import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a commented config, and prints a crontab line and systemd units for this machine.",
        discussion: """
            EXAMPLE
              countersign init --config /srv/desk/countersign.yml
            """)

    @Option(help: "Where to write the config; a file that is there is left alone.")
    var config = "countersign.yml"

    func run() throws {
        let path = Configuration.absolute(config)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Failure(
                .cannotCreate, "\(config): error: this file is there already [init]\n  fix: name another with --config")
        }
        try DurableFile.write(Array(InitTemplate.configuration.utf8), to: path)
        let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "countersign"
        let home = ProcessInfo.processInfo.environment["COUNTERSIGN_HOME"].map(Configuration.absolute)
        try StandardStream.output(InitTemplate.schedule(binary: binary, config: path, home: home).utf8)
    }
}

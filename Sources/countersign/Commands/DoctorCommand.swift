internal import ArgumentParser

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "doctor", abstract: "x")
    @OptionGroup var options: JobOptions
    func run() throws {}
}

import Glibc

@main
enum Generate {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") {
            print(Options.usage)
            return
        }
        do throws(GenerateError) {
            try DataSet(options: Options(arguments: arguments)).write()
        } catch {
            let bytes = Array("countersign-generate: \(error)\n".utf8)
            _ = write(STDERR_FILENO, bytes, bytes.count)
            exit(error.exitStatus)
        }
    }
}

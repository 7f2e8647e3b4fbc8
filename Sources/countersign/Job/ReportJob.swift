internal import CountersignCore
internal import CountersignRender
internal import CountersignReport
internal import CountersignStore
internal import Foundation

/// Makes the reports of a week, or of several as one period, and puts them in their place.
struct ReportJob {
    let session: Session
    let window: ReportWindow
    let out: String

    /// - Parameter window: without a week it ends with the last that ended at or before `as_of`.
    init(session: Session, window: WindowOptions, out: String?) throws {
        self.session = session
        self.out = out.map(Configuration.absolute) ?? session.configuration.resolve(session.configuration.outPath)
        self.window = ReportWindow(
            endingWith: try session.calendar.week(option: window.week, asOf: session.asOf), weeks: window.weeks)
    }

    /// What is gone: by this run's policy or by an earlier purge.
    private func keptRows() throws -> KeptRows { try session.store.keptRows(session.retention) }

    private func kpis(_ window: ReportWindow) throws -> KPIDocument {
        KPIDocument(
            settings: session.configuration.kpis, calendar: session.calendar, week: window.week, weeks: window.weeks,
            asOf: session.asOf, kept: try keptRows(), staleHours: session.configuration.staleHours,
            maximumRejected: session.configuration.maximumRejected,
            hasCustomerNames: session.configuration.hasCustomerNames, audit: try session.lookedAtAudit().controls,
            queries: session.queries)
    }

    /// The KPI document of the window.
    func document() throws -> Document {
        session.forgetAudit()
        let kpis = try kpis(window)
        return try session.store.read(calendar: kpis.calendarSpans) { runner in
            try session.timings.measure("document") {
                (try kpis.document(TimedQueryRunner(runner: runner, timings: session.timings)), 0, 0)
            }
        }
    }

    /// Makes reports of the window, each with the template of its page. The rows of queries are read while a report is
    /// written, so all is done inside the closure.
    func withReports(
        _ names: [String], document: Document, _ body: ([(report: Report, page: String)], SourceList) throws -> Void
    ) throws {
        let previous = try kpis(window.previous)
        let before = try session.store.read(calendar: previous.calendarSpans) { try previous.document($0) }
        let kpis = try kpis(window)
        let definitions = try session.resources.definitions()
        let queryFiles = try session.resources.reportQueryFiles()
        let vocabulary = ReportVocabulary(definitions, queries: queryFiles)
        let surroundings = try evidence(document)
        try session.store.read(calendar: kpis.calendarSpans) { runner in
            let sources = try sourceList(runner)
            let queries = try ReportQueries(queryFiles, runner: runner, kpis: kpis)
            let reports = try names.map { name in
                let (declaration, page) = try session.resources.report(name, vocabulary: vocabulary)
                let builder = ReportBuilder(
                    declaration: declaration, document: document, previous: before, sources: sources,
                    week: window.week, weeks: window.weeks, calendar: session.calendar,
                    privacy: privacy(of: declaration), accounts: session.configuration.kpis.accounts,
                    definitions: definitions, surroundings: surroundings, queries: queries,
                    format: Formatting(timeZone: session.configuration.kpis.timeZone).text)
                return (try builder.report(id: name, asOf: session.asOf, banners: try banners(sources)), page)
            }
            try body(reports, sources)
        }
    }

    /// Operators go by email where the config lets every report do so, or a report that is for it.
    private func privacy(of declaration: ReportDeclaration) -> ReportPrivacy {
        let setting = session.configuration.operatorEmails
        return ReportPrivacy(
            key: session.key,
            hasOperatorEmails: setting == .all || (setting == .compliance && declaration.showsOperatorEmails),
            hasCustomerNames: session.configuration.hasCustomerNames)
    }

    /// What surrounds a run, for reports.
    func evidence(_ document: Document) throws -> Document {
        try RunEvidence(session: session, kpis: try kpis(window), document: document, privacy: privacy).document()
    }

    private var privacy: ReportPrivacy {
        ReportPrivacy(
            key: session.key, hasOperatorEmails: session.configuration.operatorEmails == .all,
            hasCustomerNames: session.configuration.hasCustomerNames)
    }

    private func sourceList(_ runner: any QueryRunner) throws -> SourceList {
        try SourceList(
            runner, queries: session.queries, asOf: session.asOf,
            maximumRejected: session.configuration.maximumRejected)
    }

    private func banners(_ sources: SourceList) throws -> [String] {
        ReportBanners(
            period: session.calendar.span(of: window), asOf: session.asOf, cutoff: try keptRows().latest,
            isRetentionEnabled: session.configuration.isRetentionEnabled,
            erasedCustomers: try RecordedErasures(session.store, from: session.calendar.span(of: window).start)
                .customers,
            incomplete: sources.incomplete,
            formatting: Formatting(timeZone: session.configuration.kpis.timeZone)
        ).lines
    }

    /// Writes the window's folder in one step.
    ///
    /// - Parameter keepsOthers: files of other reports and formats that are there already stay.
    /// - Returns: the summary for standard output and the folder.
    func write(
        _ names: [String], formats: Set<ReportFormat>, keepsOthers: Bool = false
    ) throws -> (summary: String, folder: String) {
        let document = try document()
        let folder = OutputFolder(out: out, label: window.label)
        let entry = ReportEntry(session: session, window: window, folder: folder.path)
        var summary = ""
        // The entry is written once the rows of the reports are read: a read and a write of one store do not nest.
        try folder.replace(beforeExchange: { try entry.write($0) }) { path in
            try withReports(names, document: document) { reports, sources in
                var written = try formats.contains(.json) ? writeDocument(document, to: path) : []
                for (report, page) in reports {
                    try session.timings.measure("render.\(report.id)") {
                        written += try ReportFiles(pageTemplate: page).write(report, to: path, formats: formats)
                        return ((), 0, 0)
                    }
                }
                try removeOthers(than: written, in: path)
                if keepsOthers { written += try copyOthers(than: written, from: folder.path, to: path) }
                let manifest = try Manifest(
                    folder: path, files: written, window: window, cutoff: try keptRows().latest, sources: sources,
                    privacy: privacy, session: session)
                try manifest.write(to: path, signedWith: session.signingKey)
                // A mail has room for what needs a person; the rest is in the files.
                let urgent = reports.filter { $0.report.showsNeeds }
                summary = (urgent.isEmpty ? reports : urgent).map { SummaryRenderer().summary($0.report) }
                    .joined(separator: "\n")
            }
        }
        entry.settle()
        return (summary, folder.path)
    }

    /// The KPI document and the escalation register.
    private func writeDocument(_ document: Document, to path: String) throws -> [String] {
        try DurableFile.write(to: "\(path)/kpis.json", documentForFile(document).write)
        // Emails are for kpis.json and the compliance report alone.
        let names = session.configuration.operatorEmails == .all ? Pseudonyms() : privacy.pseudonyms(of: document)
        let register = EscalationReports(document, pseudonyms: names)
        try DurableFile.write(to: "\(path)/escalations.yml", register.write)
        return ["kpis.json", "escalations.yml"]
    }

    /// One format of the reports, for standard output.
    ///
    /// - Parameter output: takes the next bytes.
    func write(_ names: [String], format: ReportFormat, to output: (UnsafeRawBufferPointer) throws -> Void) throws {
        let document = try document()
        guard format != .json else { return try documentForFile(document).write(to: output) }
        let folder = FileManager.default.temporaryDirectory.path + "/countersign-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try withReports(names, document: document) { reports, _ in
            for (report, page) in reports {
                for file in try ReportFiles(pageTemplate: page).write(report, to: folder, formats: [format])
                where file.hasSuffix(".\(format.rawValue)") {
                    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")).withUnsafeBytes(output)
                }
            }
        }
    }

    /// A library's temporary file that could not be removed must not go out with the reports.
    private func removeOthers(than files: [String], in folder: String) throws {
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(folder)/\(file)", isDirectory: &isFolder)
            guard !isFolder.boolValue, !files.contains(file) else { continue }
            guard unlink("\(folder)/\(file)") == 0 else { throw DurableFile.failure("\(folder)/\(file)", "removed") }
        }
    }

    /// Takes over what stands in the old folder and is not written anew, the manifest and its signature aside.
    private func copyOthers(than files: [String], from old: String, to new: String) throws -> [String] {
        let manager = FileManager.default
        var copied: [String] = []
        for file in (try? manager.subpathsOfDirectory(atPath: old)) ?? []
        where !Manifest.names.contains(file) {
            var isFolder: ObjCBool = false
            _ = manager.fileExists(atPath: "\(old)/\(file)", isDirectory: &isFolder)
            guard !isFolder.boolValue, !files.contains(file) else { continue }
            do {
                let parent = URL(fileURLWithPath: "\(new)/\(file)").deletingLastPathComponent()
                try manager.createDirectory(
                    at: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try manager.copyItem(atPath: "\(old)/\(file)", toPath: "\(new)/\(file)")
            } catch {
                throw DurableFile.failure("\(new)/\(file)", "copied")
            }
            copied.append(file)
        }
        return copied
    }

    /// The KPI document as `privacy.operator_emails` lets it out: with `none`, people go by pseudonym here too.
    private func documentForFile(_ document: Document) -> Document {
        session.configuration.operatorEmails == .none ? privacy.pseudonymised(document) : document
    }
}

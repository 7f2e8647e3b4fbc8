import CountersignCore
import Foundation
import Testing

@testable import CountersignRender

/// Reports at the edges, through every renderer: the workbooks opened by openpyxl, the pages read by markdownlint's rules.
@Suite struct EdgeCaseTests {
    @Test func `every edge gives a workbook that opens, pages without a fault, and JSON`() throws {
        let folder = try TemporaryFolder()
        let files = try ReportFiles(pageTemplate: Golden.pageTemplate())
        var pages: [String] = []
        for (name, report) in EdgeReports.all {
            let place = folder.path(name)
            _ = try files.write(report, to: place)
            try PrivateFile.write(SummaryRenderer().summary(report), to: place + "/summary.md")
            // markdownlint drops the vowel signs of Thai and Hindi from anchors; GitHub keeps them.
            pages += name == "scripts" ? [place + "/summary.md"] : [place + "/\(report.id).md", place + "/summary.md"]
            let data = try Data(contentsOf: URL(fileURLWithPath: place + "/\(report.id).json"))
            #expect(throws: Never.self, "\(name)") { try JSONSerialization.jsonObject(with: data) }

            let workbook = try ReadWorkbook(path: place + "/\(report.id).xlsx")
            let names = workbook.sheets.map { $0.name.lowercased() }
            #expect(Set(names).count == names.count, "\(name)")
            #expect(workbook.sheets.allSatisfy { $0.name.utf16.count <= 31 && $0.fits }, "\(name)")
            #expect(workbook.sheets.flatMap(\.cells).allSatisfy { $0.type != "e" }, "\(name)")
        }
        let output = try Tool.run(["python3", "-m", "pymarkdown", "-d", "MD013", "scan"] + pages)
        #expect(output.status == 0, "\(output.text)")
    }

    @Test func `LibreOffice opens every edge`() throws {
        let folder = try TemporaryFolder()
        let files = try ReportFiles(pageTemplate: Golden.pageTemplate())
        let reports = EdgeReports.all
        for (name, report) in reports {
            _ = try files.write(report, to: folder.path(name), formats: [.xlsx])
            try FileManager.default.moveItem(
                atPath: folder.path(name) + "/\(report.id).xlsx", toPath: folder.path("\(name).xlsx"))
        }
        let output = try Tool.run(
            [
                "soffice", "-env:UserInstallation=file://" + folder.path("profile"), "--headless", "--convert-to",
                "pdf", "--outdir", folder.path("pdf"),
            ] + reports.map { folder.path("\($0.name).xlsx") })
        #expect(output.status == 0, "\(output.text)")
        for (name, _) in reports {
            let size = try? FileManager.default.attributesOfItem(atPath: folder.path("pdf/\(name).pdf"))[.size] as? Int
            #expect((size ?? 0) > 5_000, "\(name)")
        }
        if let place = ProcessInfo.processInfo.environment["EDGE_PICTURES"] {
            try FileManager.default.copyItem(atPath: folder.path("pdf"), toPath: place)
        }
    }

    @Test func `texts at a cell's limit are whole, longer ones say that they are cut`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("long.xlsx")
        let report = try #require(EdgeReports.all.first { $0.name == "long-cells" }?.report)
        try WorkbookRenderer().write(report, to: path)
        let texts = try #require(ReadWorkbook(path: path)["Long cells"]).cells.compactMap { cell -> String? in
            guard case .text(let text) = cell.value, text.hasPrefix("xxx") else { return nil }
            return text
        }
        #expect(texts.map(\.utf16.count) == [32_766, 32_767, 32_767, 32_767])
        #expect(texts.map { $0.contains("[cut: ") } == [false, false, true, true])
    }

    @Test func `of many accounts the first are named and the rest counted`() throws {
        let few = EdgeReports.report(accounts: (1...6).map { "a\($0)" })
        #expect(few.namedAccounts == "a1, a2, a3, a4, a5, a6")
        let many = try #require(EdgeReports.all.first { $0.name == "forty-accounts" }?.report)
        let page = try MarkdownRenderer(template: Golden.pageTemplate()).page(many)
        #expect(page.contains("shop-number-5.myshopify.com and 35 more · as of"))
    }

    @Test func `sixty columns are printed on several pages, not too small to read`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("wide.xlsx")
        let report = try #require(EdgeReports.all.first { $0.name == "columns-60" }?.report)
        try WorkbookRenderer().write(report, to: path)
        let parts = try Tool.workbook("parts", path, as: [String: String].self)
        // 60 columns of 13 or so characters, 200 on a page.
        #expect(try #require(parts["xl/worksheets/sheet2.xml"]).contains("fitToWidth=\"4\" fitToHeight=\"0\""))
        #expect(try !#require(parts["xl/worksheets/sheet1.xml"]).contains("fitToWidth=\"4\""))
    }

    @Test func `what cannot be known of a desk without sources is not called quiet`() throws {
        let report = EdgeReports.nothingRead
        for page in [
            try MarkdownRenderer(template: Golden.pageTemplate()).page(report), SummaryRenderer().summary(report),
        ] {
            #expect(page.contains("Nothing has been read: whether anything needs you is not known."))
            #expect(!page.contains("Nothing needs you now"))
            #expect(page.contains("| Breach rate   |     – |"))
        }
        #expect(try MarkdownRenderer(template: Golden.pageTemplate()).page(report).contains(" · no account · "))
        let folder = try TemporaryFolder()
        try WorkbookRenderer().write(report, to: folder.path("nothing.xlsx"))
        let workbook = try ReadWorkbook(path: folder.path("nothing.xlsx"))
        let texts = workbook.sheets.flatMap(\.cells).map(\.value)
        #expect(texts.contains(.text("Nothing has been read: whether anything needs you is not known.")))
        #expect(
            texts.count { $0 == .text("Nothing has been read for any account.") } == 4, "on the cover and on the sheet")
        // Unknown is no zero.
        #expect(!texts.contains(.number(0)))
    }

    @Test func `titles of 31 characters that collide give sheets that can be told apart, each behind its own link`()
        throws
    {
        let plan = WorkbookPlan(EdgeReports.sheetNames)
        let names = plan.sheets.map(\.name)
        #expect(
            names.prefix(9) == [
                "Escalations nobody acknowledged", "Escalations nobody acknowledg 2", "ESCALATIONS NOBODY ACKNOWLEDG 3",
                "Escalations nobody acknowledg 4", "Escalations nobody acknowledg 5", "Cover 2", "Chart data 2",
                "Thirty characters and an emoji", "Thirty characters and an emoj 2",
            ])
        #expect(names.suffix(2) == ["Twelve sections of one and t 11", "Twelve sections of one and t 12"])
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
        #expect(names.allSatisfy { $0.utf16.count <= 31 })
        #expect(names.indices.map { plan.sheet(ofSection: "s\($0)") } == names)
    }

    @Test func `a link holds words of one direction`() throws {
        let folder = try TemporaryFolder()
        try WorkbookRenderer().write(
            try #require(EdgeReports.all.first { $0.name == "scripts" }?.report), to: folder.path("scripts.xlsx"))
        let texts = try #require(ReadWorkbook(path: folder.path("scripts.xlsx"))["Cover"]).cells
            .filter { $0.coordinate.hasPrefix("F") }.map(\.value)
        #expect(texts.contains(.text("see 北京旗舰店")))
        #expect(texts.contains(.text("חנות תל אביב")) && !texts.contains(.text("see חנות תל אביב")))
    }

    @Test func `long and equal titles give sheets that can be told apart`() throws {
        let plan = WorkbookPlan(try #require(EdgeReports.all.first { $0.name == "long-titles" }?.report))
        #expect(
            plan.sheets.map(\.name) == [
                "Escalations that nobody acknowl", "Escalations that nobody ackno 2", "Escalations that nobody ackno 3",
                "Escalations that nobody ackno 4",
            ])
        let same = WorkbookPlan(try #require(EdgeReports.all.first { $0.name == "case-only" }?.report))
        #expect(same.sheets.map(\.name) == ["Breaches", "BREACHES 2", "breaches 3"])
    }
}

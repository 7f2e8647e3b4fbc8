// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, the stricter import rules, and no warning left standing.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "Countersign",
    products: [.executable(name: "countersign", targets: ["countersign"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // 0  libpq behind one owner type
        .target(name: "PostgresClient", dependencies: ["CLibPQ"], swiftSettings: strict),

        // 1  values and pure functions
        .target(
            name: "CountersignCore",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),

        // 2  bytes → records and rejected rows
        .target(
            name: "CountersignImport",
            dependencies: ["CountersignCore", "CSimdJSON", "CZlib", "CZstd", "PostgresClient"],
            swiftSettings: strict),

        // 3  the only code that opens our own database
        .target(
            name: "CountersignStore",
            dependencies: ["CountersignCore", "CSQLite", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),

        // 4  declarations + rows + KPI functions → Report
        .target(
            name: "CountersignReport",
            dependencies: ["CountersignCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),

        // 5  Report → files
        .target(
            name: "CountersignRender",
            dependencies: [
                "CountersignCore", "CXlsxWriter",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict),

        // 6  the command: the one place with a clock, environment, terminal and exit status
        .executableTarget(
            name: "countersign",
            dependencies: [
                "CountersignCore", "CountersignImport", "CountersignStore", "CountersignReport",
                "CountersignRender", "CLinux", "PostgresClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        // data sets for scripts/bench; no part of the product
        .executableTarget(
            name: "countersign-generate", dependencies: ["CountersignCore"], swiftSettings: strict),

        // C libraries
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        // spoiled inputs for scripts/fuzz; no part of the product
        .executableTarget(
            name: "countersign-fuzz",
            dependencies: ["CountersignCore", "CountersignImport", "CountersignStore", "TestSupport"],
            path: "Tests/Fuzz", swiftSettings: strict),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "CountersignCoreTests", dependencies: ["CountersignCore", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CountersignGenerateTests",
            dependencies: ["countersign-generate", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .testTarget(
            name: "CountersignImportTests",
            dependencies: ["CountersignImport", "CountersignCore", "PostgresClient", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CountersignRenderTests", dependencies: ["CountersignCore", "CountersignRender"],
            exclude: ["check_workbook.py", "check_hostile.py"], swiftSettings: strict),
        .testTarget(
            name: "CountersignStoreTests",
            dependencies: [
                "CountersignStore", "CountersignImport", "CountersignReport", "CountersignCore", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CountersignReportTests", dependencies: ["CountersignReport", "CountersignCore"],
            swiftSettings: strict),
        .testTarget(
            name: "countersignTests", dependencies: ["countersign", "CountersignCore", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PostgresClientTests", dependencies: ["PostgresClient", "TestSupport"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

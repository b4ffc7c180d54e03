// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// The modules an alert passes through are optimized in every configuration: only then can the
/// compiler hold their annotated functions to no allocation and no locks, in tests as in
/// production.
let hot: [SwiftSetting] =
    strict + [
        .unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))
    ]

func hotLibrary(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: hot)
}

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func command(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "tocsin",
    products: [
        .executable(name: "tocsin", targets: ["tocsin"]),
        .library(name: "CEL", targets: ["CEL"]),
        // What the package in Benchmarks measures by itself.
        .library(name: "TocsinParts", targets: ["Domain", "Lanes", "ZeroMQ", "Journal"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "CLinux"),
        .systemLibrary(name: "CZeroMQ"),
        .systemLibrary(name: "CGEOS"),
        hotLibrary("Domain"),
        hotLibrary("Lanes", ["CLinux"]),
        library("ZeroMQ", ["CZeroMQ"]),
        hotLibrary("Wire", ["Domain"]),
        library("CEL"),
        hotLibrary("Cells", ["Domain"]),
        hotLibrary("Scoring", ["Domain", "CEL"]),
        hotLibrary("Tasking", ["Domain", "CEL", "Scoring"]),
        library("RuleBook", ["Domain", "CEL", "Scoring", "Tasking", yams]),
        hotLibrary(
            "Pipeline",
            [
                "Domain", "Lanes", "ZeroMQ", "Wire", "CEL", "Cells", "Scoring", "Tasking",
            ]),
        library("Journal", ["Domain", "Lanes", grdb, sqlite]),
        library("Desks", ["Domain", "Wire"]),
        library("Reporting", ["Domain"]),
        library("Settings", ["Domain", yams]),
        library("Registry", ["Domain", "Cells"]),
        library("Scenario", ["Domain", "Cells"]),
        // Optimized also in debug: its tests draw and check whole cities.
        hotLibrary("Survey", ["Domain", "Cells", "CGEOS"]),
        // Optimized also in debug: the compiler (6.3.1) rejects its own unoptimized code for the
        // bench.
        hotLibrary(
            "Workshop",
            [
                "Domain", "Lanes", "Wire", "CEL", "Cells", "Scoring", "Tasking", "RuleBook",
                "Pipeline",
            ]),
        command(
            "tocsin",
            [
                "Domain", "Lanes", "ZeroMQ", "Cells", "Scoring", "Tasking", "RuleBook", "Pipeline",
                "Journal", "Settings", "Registry", "Scenario", "Survey", "Workshop", "Desks",
                "Reporting", arguments,
            ]),
        command("cel-conformance", ["CEL"]),
        command("cel-fuzz", ["CEL", "Domain"]),
        .target(name: "CAllocationCount"),
        command("cel-bench", ["CEL", "CAllocationCount"]),
        command("wire-fuzz", ["Wire", "Domain"]),
        command("wire-bench", ["Wire", "Domain"]),
        command(
            "walk-bench",
            [
                "Domain", "Lanes", "Wire", "CEL", "Cells", "Scoring", "RuleBook", "Pipeline",
                "Scenario", "CAllocationCount",
            ]),
        .target(
            name: "GEOSOracle", dependencies: ["Cells", "CGEOS"],
            path: "Tests/Support/GEOSOracle", swiftSettings: hot),
        .executableTarget(
            name: "grid-bench", dependencies: ["Domain", "Cells", "Scenario", "GEOSOracle"],
            swiftSettings: hot),
        tests("DomainTests", ["Domain"]),
        .target(
            name: "RuleFixtures", dependencies: ["Domain", "CEL", "Scoring"],
            path: "Tests/Support/RuleFixtures", swiftSettings: strict),
        tests("ScoringTests", ["Scoring", "Domain", "CEL", "RuleFixtures"]),
        tests("TaskingTests", ["Tasking", "Scoring", "Domain"]),
        tests("LanesTests", ["Lanes"]),
        tests("ZeroMQTests", ["ZeroMQ"]),
        .target(
            name: "AlertCases", path: "Tests/Support/AlertCases", swiftSettings: strict),
        tests("WireTests", ["Wire", "Domain", "AlertCases"]),
        tests("CELTests", ["CEL"]),
        tests("CellsTests", ["Cells", "Domain"]),
        tests("SurveyTests", ["Survey", "Cells", "Domain", "CGEOS", "GEOSOracle"]),
        tests(
            "RuleBookTests",
            [
                "RuleBook", "Workshop", "Domain", "Scoring", "Scenario", "Cells", "Pipeline",
                "Lanes",
            ]),
        tests("WorkshopTests", ["Workshop", "RuleBook", "Pipeline", "Domain", "Cells"]),
        tests(
            "PipelineTests",
            [
                "Pipeline", "Domain", "Cells", "Lanes", "RuleBook", "Scenario", "CEL", "Scoring",
                "Tasking", "RuleFixtures",
            ]),
        tests("JournalTests", ["Journal", "Domain", "Lanes", grdb]),
        tests("DesksTests", ["Desks", "Domain"]),
        tests("ReportingTests", ["Reporting", "Domain"]),
        tests("SettingsTests", ["Settings", "Domain"]),
        tests("RegistryTests", ["Registry", "Cells", "Domain", "Scenario"]),
        tests("CommandTests", ["tocsin", "Lanes", "ZeroMQ", "Domain", arguments]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["tocsin", "AlertCases", "Journal", "Lanes", "ZeroMQ"],
            exclude: ["Scripts"], swiftSettings: strict),
        tests("TidyTests", []),
        tests("ScenarioTests", ["Scenario", "Domain", "Cells"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)

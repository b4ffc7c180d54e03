// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func command(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "tocsin",
    products: [
        .executable(name: "tocsin", targets: ["tocsin"]),
        .library(name: "CEL", targets: ["CEL"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "CLinux"),
        .systemLibrary(name: "CZeroMQ"),
        library("Domain"),
        library("Lanes", ["CLinux"]),
        library("ZeroMQ", ["CZeroMQ"]),
        library("Wire", ["Domain"]),
        library("CEL"),
        library("Cells", ["Domain"]),
        library("Scoring", ["Domain", "CEL"]),
        library("Tasking", ["Domain", "CEL", "Scoring"]),
        library("RuleBook", ["Domain", "CEL", "Cells", "Scoring", "Tasking", yams]),
        library("Pipeline", [
            "Domain", "Lanes", "ZeroMQ", "Wire", "CEL", "Cells", "Scoring", "Tasking",
        ]),
        library("Journal", ["Domain", "Lanes", grdb]),
        library("Settings", ["Domain", yams]),
        library("Scenario", ["Domain", "Cells"]),
        library("Workshop", ["Domain", "Cells", "RuleBook", "Pipeline", yams]),
        command("tocsin", [
            "Domain", "Lanes", "ZeroMQ", "Wire", "CEL", "Cells", "Scoring", "Tasking", "RuleBook",
            "Pipeline", "Journal", "Settings", "Scenario", "Workshop", arguments,
        ]),
        command("cel-conformance", ["CEL"]),
        command("cel-fuzz", ["CEL"]),
        .target(name: "CAllocationCount"),
        command("cel-bench", ["CEL", "CAllocationCount"]),
        tests("LanesTests", ["Lanes"]),
        tests("ZeroMQTests", ["ZeroMQ"]),
        tests("WireTests", ["Wire", "Domain"]),
        tests("CELTests", ["CEL"]),
        tests("CellsTests", ["Cells", "Domain"]),
        tests("RuleBookTests", ["RuleBook", "Workshop", "Domain"]),
        tests("PipelineTests", ["Pipeline", "Domain", "Wire", "Cells", "RuleBook"]),
        tests("JournalTests", ["Journal", "Domain", "Lanes"]),
        tests("ScenarioTests", ["Scenario", "Domain", "Cells"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)

import CEL
import Foundation

/// The cases of all files given, read and ready to run.
struct Suite {
    private var cases: [(file: String, outcome: Result<Case, any Error>, id: String)] = []

    init(paths: [String]) throws {
        let files = try paths.flatMap(Self.files)
        guard let first = files.first else { throw Unreadable("no .jsonl file in \(paths)") }
        let folder = URL(fileURLWithPath: first).deletingLastPathComponent()
        let pool = try Self.pool(folder.appendingPathComponent("descriptors.json"))
        let environment = Environment(libraries: FunctionLibrary.all, types: pool)
        let values = TaggedValue(pool: pool)
        for file in files {
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            let data = try Data(contentsOf: URL(fileURLWithPath: file))
            for line in data.split(separator: UInt8(ascii: "\n")) {
                let json = try JsonObject(text: line)
                let outcome = Result { try Case(json, environment, values) }
                cases.append((name, outcome, try json.string("id")))
            }
        }
    }

    private static func files(_ path: String) throws -> [String] {
        guard !path.hasSuffix(".jsonl") else { return [path] }
        return try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.hasSuffix(".jsonl") }.sorted().map { path + "/" + $0 }
    }

    private static func pool(_ file: URL) throws -> DescriptorPool {
        guard FileManager.default.fileExists(atPath: file.path) else { return DescriptorPool() }
        return try DescriptorFile.pool(JsonObject(text: try Data(contentsOf: file)))
    }

    func run() -> Report {
        var report = Report()
        for item in cases {
            switch item.outcome {
            case .success(let test):
                if test.isTyped { report.countTyped() }
                report.add(item.file, item.id, test.needs, test.expression, test.failure())
            case .failure(let error): report.add(item.file, item.id, [], "", "unreadable: \(error)")
            }
        }
        return report
    }
}

import Foundation

/// The real server on the reference grid and rules, with its files in a directory of its own.
struct TocsinServer {
    private let program: String
    private let firstPort: Int
    private let settings: [String]
    private let directory: URL

    /// This package's directory, and the program that the package above it builds.
    private static let package = URL(filePath: #filePath).appending(path: "../../..")
        .standardizedFileURL
    static let builtProgram = package.appending(path: "../.build/release/tocsin")
        .standardizedFileURL.path

    /// Writes the grid.
    init(program: String, firstPort: Int, settings: [String]) throws {
        (self.program, self.firstPort, self.settings) = (program, firstPort, settings)
        directory = FileManager.default.temporaryDirectory
            .appending(component: "tocsin-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true)
        try ReferenceLoad.geoJSON().write(
            to: file("cells.geojson"), atomically: false, encoding: .utf8)
    }

    func removeFiles() {
        do {
            try FileManager.default.removeItem(at: directory)
        } catch {
            print("left behind: \(directory.path): \(error)")
        }
    }

    func subject(_ door: SubjectOptions.Door, answers: String) -> Subject {
        let (broadcast, push, feed) = (endpoint(0), endpoint(1), endpoint(2))
        let rules = Self.package.appending(component: "Rules").path
        let bound = [
            "ingest.broadcast.bind=\(broadcast)", "ingest.push.bind=\(push)", "feed.bind=\(feed)",
            "dispatch.bind=\(endpoint(3))",
            "control.bind=tcp://127.0.0.1:*", "rules.watch=off",
        ]
        let arguments = [
            "run", "--cells", file("cells.geojson").path, "--root", ReferenceLoad.root,
            "--rules", rules, "--catalog", rules + "/catalog.yaml",
            "--journal", file("journal.sqlite").path,
        ]
        return Subject(
            name: "tocsin",
            command: [program] + arguments + (bound + settings).flatMap { ["--set", $0] },
            door: door == .push ? .push(push) : .broadcast(broadcast), feed: feed, topic: answers,
            leftovers: ["", "-wal", "-shm"].map { file("journal.sqlite" + $0).path })
    }

    private func file(_ name: String) -> URL { directory.appending(component: name) }

    private func endpoint(_ number: Int) -> String { "tcp://127.0.0.1:\(firstPort + number)" }
}

import Foundation
import RuleBook
import Testing
import Workshop

/// The design's own example, where it lies beside the package.
private let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/design/example").path

@Suite struct `The design's example` {
    @Test(.enabled(if: FileManager.default.fileExists(atPath: example)))
    func `passes its own tests`() throws {
        let report = Workshop.run(try RuleFiles.find([example]))
        #expect(report.cases.count == 2)
        #expect(report.isClean, "\(report.text)")
    }
}

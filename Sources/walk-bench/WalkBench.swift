import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook

/// A walk with nothing around it: letters go in, what comes out is thrown away.
struct WalkBench: ~Copyable {
    var walk: Walk
    var letter = Letter()
    private var records: RingReader

    /// The rules that come with the package.
    private static let rules = URL(filePath: #filePath).appending(path: "../../../Rules")
        .standardizedFileURL.path

    /// With `rules` nil, the rules that come with the package.
    init(grid: consuming Grid, rules files: RuleFiles? = nil) throws(BenchProblem) {
        let ring = RecordRing(byteCapacity: 64 * 1024 * 1024)
        records = ring.reader()
        do throws(RuleErrors) {
            let rules = try RuleBook.load(try Self.files(files))
            walk = Walk(
                WalkParts(
                    compiled: rules.compiled(), grid: grid, admission: AdmissionPolicy(),
                    outlet: Outlet(ring: ring.writer(), instance: "bench", epoch: 1)))
        } catch {
            throw BenchProblem(message: "the rules do not load\n\(error.text)")
        }
    }

    private static func files(_ given: RuleFiles?) throws(RuleErrors) -> RuleFiles {
        if let given { return given }
        return try RuleFiles.find([rules])
    }

    /// Takes what the walk said away, as the feed and the journal's lane would.
    mutating func discardOutputs() {
        walk.outlet.clearFeed()
        _ = records.drain(atMost: .max) { _ in }
    }

    /// How many alerts were accepted so far.
    var accepted: UInt64 { walk.counters.accepted[Int(IngestPath.push.rawValue)] }
}

import Domain
import Glibc
import Pipeline
import Wire

/// The stages of the walk that are measured by themselves, in their order.
enum Stage: Int, CaseIterable {
    case timers, decode, admit, locate, match, score, prioritize, dispatch
}

/// What the whole walk and each of its stages cost.
struct StageRun {
    /// Alerts of the run: half for the whole walk, half stage by stage.
    static let alerts = 200_000

    private(set) var figures = StageFigures()

    init(_ bench: inout WalkBench, _ load: CityLoad) {
        let first = Int(bench.accepted)
        let alerts = (first..<load.count).filter { load.isAlert($0) }
        let half = alerts.count / 2
        whole(&bench, load, alerts[..<half])
        byStage(&bench, load, alerts[half...])
    }

    private mutating func whole(
        _ bench: inout WalkBench, _ load: CityLoad, _ alerts: ArraySlice<Int>
    ) {
        var samples: [Double] = []
        samples.reserveCapacity(alerts.count)
        for index in alerts {
            load.write(index, to: &bench.letter)
            let start = clock()
            bench.walk.take(bench.letter)
            samples.append(Double(clock() - start) - Self.clockCost)
            bench.discardOutputs()
        }
        figures.whole = .init(samples)
    }

    private mutating func byStage(
        _ bench: inout WalkBench, _ load: CityLoad, _ alerts: ArraySlice<Int>
    ) {
        var samples = [[Double]](repeating: [], count: Stage.allCases.count)
        for index in samples.indices { samples[index].reserveCapacity(alerts.count) }
        for index in alerts {
            load.write(index, to: &bench.letter)
            let head = bench.letter.head
            let marks = bench.letter.bytes.withBytes { Self.walk(&bench.walk, $0, head) }
            bench.discardOutputs()
            guard let marks else { continue }
            for stage in 0..<samples.count {
                samples[stage].append(Double(marks[stage + 1] - marks[stage]) - Self.clockCost)
            }
        }
        for stage in Stage.allCases {
            figures.stages["\(stage)"] = .init(samples[stage.rawValue])
        }
    }

    /// The moments before the first stage and after each; nil for a refused alert.
    private static func walk(
        _ walk: inout Walk, _ bytes: Span<UInt8>, _ head: LetterHead
    ) -> [9 of Int]? {
        var marks: [9 of Int] = .init(repeating: 0)
        let end = bytes.count
        do throws(Refusal) {
            let topic = try Topic.parse(bytes, 0, head.topicBytes)
            marks[0] = clock()
            walk.advance(to: head.received)
            marks[1] = clock()
            try walk.decode(bytes, head.topicBytes, end)
            marks[2] = clock()
            try walk.admit(bytes, topic, head)
            marks[3] = clock()
            try walk.locate()
        } catch {
            walk.refuse(error)
            return nil
        }
        marks[4] = clock()
        walk.accept(head)
        walk.match()
        marks[5] = clock()
        walk.score()
        marks[6] = clock()
        walk.prioritize()
        marks[7] = clock()
        walk.dispatch(bytes, head.topicBytes, end)
        marks[8] = clock()
        return marks
    }

    /// What a reading of the clock adds to a figure.
    private static let clockCost: Double = {
        let start = clock()
        for _ in 0..<100_000 { _ = clock() }
        return Double(clock() - start) / 100_000
    }()
}

/// Monotonic nanoseconds.
func clock() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

func middle(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
}

import Domain

/// All incidents of a scenario, laid out over its duration.
struct IncidentPlan: Sendable {
    let reports: [(offset: Interval, report: Report)]
    let phases: [IncidentPhase]
    let truth: [IncidentTruth]
    /// From a device's first report of an incident to its last.
    private let busy: [Device: ClosedRange<Interval>]

    init(_ town: Town, _ options: ScenarioOptions) {
        var (reports, phases, truth):
            ([(offset: Interval, report: Report)], [IncidentPhase], [IncidentTruth])
        (reports, phases, truth) = ([], [], [])
        for (offset, number, script) in IncidentPlan.starts(town, options) {
            func moment(_ seconds: Double) -> Interval {
                offset.adding(Interval(seconds: seconds / options.speed))
            }
            reports += script.reports.map { (moment($0.at), $0.report) }
            phases += script.phases.map { phase in
                let clock = TimeText.clock(options.start + moment(phase.at))
                return IncidentPhase(offset: moment(phase.at), text: "\(clock) \(phase.text)")
            }
            truth.append(
                IncidentTruth(
                    id: "\(script.kind.rawValue)-\(number)", kind: script.kind,
                    category: script.category, cell: town.places[script.place].cell,
                    start: options.start + offset, end: options.start + moment(script.end)))
        }
        self.reports = IncidentPlan.ordered(reports) { $0.offset }
        self.phases = IncidentPlan.ordered(phases) { $0.offset }
        self.truth = truth
        busy = IncidentPlan.busy(self.reports)
    }

    /// Whether a device takes part in an incident at an offset.
    func isBusy(_ device: Device, at offset: Interval) -> Bool {
        busy[device]?.contains(offset) ?? false
    }

    /// Each incident in its own equal part of the duration, the last one early enough to end in it.
    private static func starts(
        _ town: Town, _ options: ScenarioOptions
    ) -> [(offset: Interval, number: Int, script: Script)] {
        var numbers: [IncidentKind: Int] = [:]
        let scripts = options.incidents.enumerated().map { index, kind in
            var dice = SeededGenerator(seed: options.seed, purpose: 100 + UInt64(index))
            return (script: kind.incident.script(in: town, &dice), share: dice.between(0.1, 0.9))
        }
        let longest = scripts.map { $0.script.end / options.speed }.max() ?? 0
        let duration = Double(options.duration.nanoseconds) / 1e9
        let room = max(0, duration - longest) / Double(max(1, scripts.count))
        return scripts.enumerated().map { index, entry in
            let number = (numbers[entry.script.kind] ?? 0) + 1
            numbers[entry.script.kind] = number
            let start = Interval(seconds: room * (Double(index) + entry.share))
            return (start, number, entry.script)
        }
    }

    /// By time, equal times in the order of their coming.
    private static func ordered<Element>(
        _ elements: [Element], by time: (Element) -> Interval
    ) -> [Element] {
        elements.enumerated()
            .sorted { (time($0.element), $0.offset) < (time($1.element), $1.offset) }
            .map(\.element)
    }

    private static func busy(
        _ reports: [(offset: Interval, report: Report)]
    ) -> [Device: ClosedRange<Interval>] {
        var busy: [Device: ClosedRange<Interval>] = [:]
        for (offset, report) in reports {
            busy[report.device] = (busy[report.device]?.lowerBound ?? offset)...offset
        }
        return busy
    }
}

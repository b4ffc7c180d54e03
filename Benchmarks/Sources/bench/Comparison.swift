import Foundation

/// The relay and subjects in turn, several times, under one load.
struct Comparison {
    /// The first is the floor.
    var subjects: [Subject]
    var load: Load
    var repetitions: Int

    func run() throws -> ComparisonReport {
        var measured = [[Measurement]](repeating: [], count: subjects.count)
        for repetition in 0..<repetitions {
            // Every other round the other way about, so that no subject always follows another.
            let order = Array(subjects.indices)
            for index in repetition % 2 == 0 ? order : order.reversed() {
                measured[index].append(try Trial(subject: subjects[index], load: load).run())
            }
        }
        let rate = load.alertsPerSecond.map { "\($0)/s" } ?? "full speed"
        return ComparisonReport(
            load: "\(load.alerts) alerts at \(rate)",
            subjects: zip(subjects, measured).map { subject, runs in
                SubjectReport(name: subject.name, runs: runs, floor: measured[0])
            })
    }
}

struct ComparisonReport: Codable {
    var load: String
    var subjects: [SubjectReport]

    func show(asJSON: Bool) throws {
        if asJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(self), as: UTF8.self))
        } else {
            print(table)
        }
    }

    private var table: String {
        let columns = ["", "answered"] + Measurement.figures.map(\.name)
        var rows = [columns]
        for subject in subjects {
            let answered = subject.runs.map { "\($0.answered)" }.joined(separator: " ")
            rows.append(
                [subject.name, answered]
                    + Measurement.figures.map {
                        String(format: "%.\($0.decimals)f", subject.medians[$0.name] ?? 0)
                    })
            rows.append(
                ["  / floor", ""]
                    + Measurement.figures.map {
                        String(format: "%.2f", subject.ratiosToFloor[$0.name] ?? 0)
                    })
        }
        let lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }
        let rule = "|" + String(repeating: "---|", count: columns.count)
        return ([load, "", lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
    }
}

struct SubjectReport: Codable {
    var name: String
    var runs: [Measurement]
    var medians: [String: Double] = [:]
    /// Medians of the ratios to the floor's run of the same repetition.
    var ratiosToFloor: [String: Double] = [:]

    init(name: String, runs: [Measurement], floor: [Measurement]) {
        self.name = name
        self.runs = runs
        for figure in Measurement.figures {
            let values = runs.map(figure.value)
            medians[figure.name] = median(values)
            let ratios = zip(values, floor).map { $0 / figure.value($1) }
            // A floor too small to measure has no ratio; JSON has no word for one.
            ratiosToFloor[figure.name] = ratios.allSatisfy(\.isFinite) ? median(ratios) : nil
        }
    }
}

/// One column of the tables for people.
struct TableColumn: Sendable {
    let title: String
    let cell: @Sendable (TaskFigures) -> String

    static let all: [TableColumn] = [
        TableColumn(title: "opened") { "\($0.opened)" },
        TableColumn(title: "open now") { "\($0.openNow)" },
        TableColumn(title: "repeated") { $0.repeatRate?.percent ?? "-" },
        TableColumn(title: "escalated") { "\($0.escalations)" },
        TableColumn(title: "missed") { "\($0.missedAll)" },
        TableColumn(title: "accept") { $0.accept.median?.span ?? "-" },
        TableColumn(title: "arrive") { $0.arrive.median?.span ?? "-" },
        TableColumn(title: "resolve") { $0.resolve.median?.span ?? "-" },
        TableColumn(title: "right") { "\($0.precision.right)" },
        TableColumn(title: "wrong") { "\($0.precision.wrong)" },
        TableColumn(title: "precision") { $0.precision.text },
        TableColumn(title: "satisfied") { $0.satisfaction?.fixed(1) ?? "-" },
    ]
}

extension Precision {
    /// `67 % (35 to 90)`
    var text: String {
        guard let estimate else { return "-" }
        let (low, high) = ((estimate.low * 100).fixed(0), (estimate.high * 100).fixed(0))
        return "\(estimate.mean.percent) (\(low) to \(high))"
    }
}

import Domain
import Wire

/// What a message becomes: an alert held for inspection, or the refusal.
struct Decoded: ~Copyable {
    let alert: Alert
    let refusal: Refusal?
}

/// A kind table with the kinds of the shared cases.
func kinds(_ names: [String]) -> KindTable {
    var table = KindTable(capacity: 64)
    for name in names { _ = table.add(name, categories: [.publicSafety]) }
    return table
}

func decode(_ bytes: [UInt8], _ table: borrowing KindTable) -> Decoded {
    var alert = Alert()
    do {
        try AlertDecoder.decode(bytes.span, 0, bytes.count, kinds: table, into: &alert)
        return Decoded(alert: alert, refusal: nil)
    } catch {
        return Decoded(alert: alert, refusal: error)
    }
}

extension Alert {
    /// A text of the alert as a string.
    func string(_ range: TextRange) -> String {
        String(decoding: (range.first..<range.end).map { texts[$0] }, as: UTF8.self)
    }
}

extension Refusal {
    var summary: String { "\(code.word) \(field.pointer)" }
}

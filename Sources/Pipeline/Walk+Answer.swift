import Domain
import Lanes
import Wire

// What the sender of an acknowledged letter is told: JSON. Not on the path of those that are not
// answered: it may allocate.
//
//     {"id":"a-17","status":"accepted","code":"ok","credit":64}
//     {"status":"accepted","count":3,"accepted":2,"not_accepted":[{"index":1,"id":"a-18",
//      "status":"rejected","code":"bad_position","field":"/data/position/lat","detail":"…",
//      "retry":false}],"credit":64}

extension Walk {
    /// How many records were put on the journal's ring so far.
    var recordsWritten: UInt64 { outlet.ring.committed }

    /// The answer to the letter that was taken last.
    func answer(to letter: borrowing Letter) -> String {
        if let refusal = verdicts.whole { return "{" + Answer.members(refusal) + Answer.tail }
        if verdicts.isBatch { return batchAnswer(letter) }
        // A heartbeat.
        if verdicts.count == 0 { return "{\"status\":\"accepted\",\"code\":\"ok\"" + Answer.tail }
        return "{" + members(verdicts[0], letter) + Answer.tail
    }

    private func batchAnswer(_ letter: borrowing Letter) -> String {
        var listed: [String] = []
        var accepted = 0
        for index in 0..<verdicts.count {
            let verdict = verdicts[index]
            if verdict.refusal == nil { accepted += 1 }
            guard verdict.refusal != nil || verdict.hasDroppedFields else { continue }
            listed.append("{\"index\":\(index)," + members(verdict, letter) + "}")
        }
        return "{\"status\":\"accepted\",\"count\":\(verdicts.count),\"accepted\":\(accepted),"
            + "\"noted\":[" + listed.joined(separator: ",") + "]" + Answer.tail
    }

    private func members(_ verdict: Verdict, _ letter: borrowing Letter) -> String {
        var text = ""
        if verdict.idLength > 0 {
            let id = (0..<verdict.idLength).map { verdict.id[$0] }
            text += "\"id\":\"\(Answer.escaped(String(decoding: id, as: UTF8.self)))\","
        }
        guard let refusal = verdict.refusal else {
            text += "\"status\":\"accepted\",\"code\":\"ok\""
            return verdict.hasDroppedFields ? text + dropped(verdict, letter) : text
        }
        return text + Answer.members(refusal)
    }

    private func dropped(_ verdict: Verdict, _ letter: borrowing Letter) -> String {
        let names = letter.bytes.withBytes { DroppedFields.names($0, verdict.start, verdict.end) }
        let list = names.map { "\"\($0)\"" }.joined(separator: ",")
        return ",\"dropped\":[\(list)]"
    }
}

/// The words of an answer.
enum Answer {
    /// Requests that one sender may have unanswered.
    static let credit = 64

    static let tail = ",\"credit\":\(credit)}"

    /// After so long a message that found no room may find some.
    private static let retryMilliseconds = 1000

    static func members(_ refusal: Refusal) -> String {
        let code = refusal.code
        let status =
            switch code {
            case .duplicate: "duplicate"
            case .throttled, .overloaded: "throttled"
            default: "rejected"
            }
        var text = "\"status\":\"\(status)\",\"code\":\"\(code.word)\""
        if refusal.field != .message { text += ",\"field\":\"\(refusal.field.pointer)\"" }
        text += ",\"detail\":\"\(code.advice)\",\"retry\":\(code.mayRetry)"
        if code.mayRetry { text += ",\"retry_after_ms\":\(retryMilliseconds)" }
        return text
    }

    static func text(of time: Timestamp) -> String {
        var buffer = ByteBuffer(capacity: 40)
        buffer.append(time: time)
        return buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    /// **Range**: printable ASCII, as ids are.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}

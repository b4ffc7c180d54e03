import Domain
import ZeroMQ

/// What `tocsin publish` did.
struct PublishSummary: Sendable {
    var sent = 0
    var bytes = 0
    /// Lines that were no alert and were not sent.
    var skipped = 0
    var heartbeats = 0
    var sources = 0
    /// What the server answered; nil where it does not.
    var answers: AnswerTally?
    var duration = Duration.zero

    var perSecond: Int { duration > .zero ? Int(Double(sent) / duration.seconds) : sent }

    var text: String {
        let skippedText = skipped == 0 ? "" : ", \(grouped(skipped)) lines skipped"
        return "sent \(grouped(sent)) alert\(sent == 1 ? "" : "s") from \(grouped(sources)) "
            + "source\(sources == 1 ? "" : "s") in \(oneDecimal(duration.seconds)) s "
            + "(\(grouped(perSecond))/s)\(skippedText)" + (answers.map { "; \($0.text)" } ?? "")
    }

    var json: String {
        """
        {"sent":\(sent),"bytes":\(bytes),"skipped":\(skipped),"heartbeats":\(heartbeats),\
        "sources":\(sources),"seconds":\(duration.seconds),"per_second":\(perSecond)\
        \(answers.map { ",\($0.json)" } ?? "")}
        """
    }
}

/// Sends lines to a server, one alert each.
struct PublishRun: ~Copyable {
    private var sender: Outgoing
    private var composer: AlertComposer
    private var pace: SendPace?
    private let started = ContinuousClock.now
    private var beat = ContinuousClock.now
    private(set) var summary = PublishSummary()

    init(_ sender: consuming Outgoing, _ composer: AlertComposer, pace: SendPace?) {
        self.sender = sender
        self.composer = composer
        self.pace = pace
    }

    /// Sends every line of `path`; a line that is no alert is reported and skipped.
    mutating func send(linesOf path: String) throws {
        var lines = try LineReader(path)
        while true {
            do {
                guard try lines.next({ try composer.compose($0, $1, $2, now: .now) }) != nil else {
                    return
                }
            } catch let fault as AlertComposer.Fault {
                skip("\(path == "-" ? "standard input" : path):\(lines.number): \(fault)")
                continue
            }
            try sendComposed()
        }
    }

    /// Sends one alert.
    mutating func send(_ line: [UInt8]) throws {
        try composer.compose(line.span, 0, line.count, now: .now)
        try sendComposed()
    }

    private mutating func sendComposed() throws {
        pace?.wait()
        try sender.send(topic: composer.topic, body: composer.body)
        summary.sent += 1
        summary.bytes += composer.body.count
        if summary.sent & 0x3FF == 0 || pace != nil { try sendDueHeartbeats() }
    }

    private static let heartbeatInterval = Duration.seconds(5)
    private static let complaintsMax = 10

    private mutating func skip(_ complaint: String) {
        summary.skipped += 1
        if summary.skipped <= Self.complaintsMax { StandardError.say("tocsin: \(complaint)") }
    }

    private mutating func sendDueHeartbeats() throws {
        guard ContinuousClock.now - beat >= Self.heartbeatInterval else { return }
        beat = .now
        if composer.numbers { try sendHeartbeats() }
        let rate = Double(summary.sent) / (beat - started).seconds
        StandardError.progress("\(grouped(summary.sent)) sent, \(grouped(Int(rate)))/s")
    }

    /// Tells the server the last number of every source, without which a loss at the end is
    /// invisible.
    private mutating func sendHeartbeats() throws {
        let time = Timestamp.now.rfc3339
        for source in composer.sources.all {
            let body = """
                {"specversion":"1.0","type":"tocsin.heartbeat.v1","id":"\(source.last)",\
                "source":"\(source.name)","time":"\(time)","sequence":"\(source.last)"}
                """
            let topic = "heartbeat/v1/json/\(source.name)/"
            try sender.send(topic: Array(topic.utf8), body: Array(body.utf8))
            summary.heartbeats += 1
        }
    }

    /// Ends the sending; the queue is delivered when the context ends.
    consuming func finish() throws -> PublishSummary {
        if composer.numbers { try sendHeartbeats() }
        if StandardError.isTerminal && ContinuousClock.now - started > Self.heartbeatInterval {
            StandardError.progress("")
        }
        summary.sources = composer.sources.count
        summary.answers = try sender.finish()
        return summary
    }
}

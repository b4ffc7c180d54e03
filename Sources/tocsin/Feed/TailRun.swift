import Foundation

/// What of the feed is shown, and how.
struct TailView {
    let leastUrgent: Int
    let printsJSON: Bool
    /// Only who subscribes to everything can tell what is missing.
    let seesEverything: Bool
}

/// Prints the feed until it has shown enough.
struct TailRun: ~Copyable {
    private var reader: FeedReader
    private let view: TailView
    private var left: Int
    private var output = StandardOutput()
    private let printer: FeedPrinter
    private var sequence = FeedSequence()
    private(set) var heardAnything = false

    init(_ reader: consuming FeedReader, _ view: TailView, countMax: Int?) {
        self.reader = reader
        self.view = view
        left = countMax ?? .max
        printer = FeedPrinter(palette: Palette(isTerminal: output.isTerminal))
    }

    /// Shows messages until `deadline`, nil for ever, or until it has shown enough.
    mutating func run(until deadline: ContinuousClock.Instant?) throws {
        while left > 0 {
            let pause = ContinuousClock.now + .milliseconds(200)
            guard let item = try reader.next(until: min(pause, deadline ?? pause)) else {
                // What a script waits for goes out at the latest when the feed pauses.
                output.flush()
                if let deadline, ContinuousClock.now >= deadline { return }
                continue
            }
            heardAnything = true
            try show(item)
        }
    }

    private mutating func show(_ item: FeedReader.Item) throws {
        switch FeedTopic(item.topic) {
        case .heartbeat: try hear(item)
        case .score, .task:
            check(item)
            if isWanted(item.topic) { try print(item) }
        case .other: break
        }
    }

    private mutating func print(_ item: FeedReader.Item) throws {
        left -= 1
        if view.printsJSON {
            output.line(item.body)
        } else {
            for line in try lines(item) { output.line(line) }
        }
    }

    private func lines(_ item: FeedReader.Item) throws -> [String] {
        if FeedTopic(item.topic) == .task {
            return printer.lines(try decodeFeed(FeedTask.self, item.body))
        }
        return printer.lines(try decodeFeed(FeedScore.self, item.body))
    }

    /// A task's topic ends in its priority: `…/P2/`.
    private func isWanted(_ topic: String) -> Bool {
        guard FeedTopic(topic) == .task else { return true }
        let digit = topic.dropLast().last?.wholeNumberValue ?? 0
        return digit <= view.leastUrgent
    }

    private mutating func check(_ item: FeedReader.Item) {
        guard view.seesEverything, let number = item.number else { return }
        report(sequence.saw(number))
    }

    private mutating func hear(_ item: FeedReader.Item) throws {
        guard view.seesEverything, let number = item.number else { return }
        let epoch = try decodeFeed(FeedHeartbeat.self, item.body).data.epoch
        report(sequence.heard(epoch: epoch, last: number))
    }

    private mutating func report(_ gap: FeedSequence.Gap?) {
        guard let gap else { return }
        output.flush()
        StandardError.say(
            "tocsin: \(grouped(Int(gap.missing))) messages of the feed are missing after number "
                + "\(gap.after); the journal has them")
    }
}

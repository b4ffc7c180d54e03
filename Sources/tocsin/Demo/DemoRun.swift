import Cells
import Domain
import Foundation
import Scenario
import ZeroMQ

/// A demonstration: a server, a simulated city, and a screen that shows what becomes of it.
struct DemoRun: ~Copyable {
    private let server: DemoServer
    private var stage: ScenarioStage
    private var feed: FeedReader
    private var board = DemoBoard()
    private var screen = DemoScreen()
    private var output = StandardOutput()
    private let printer = FeedPrinter(palette: Palette(isOn: false))
    private let player: ScenarioPlayer
    private let length: Duration
    private var counters: [String: UInt64] = [:]
    private let signals = EndSignals()
    private var drawn = ContinuousClock.now

    /// Joins a running server's feed, and prepares `player` to be played to it.
    init(_ server: DemoServer, _ player: ScenarioPlayer, in context: Context) throws {
        let feed = try FeedReader(server.feed, prefixes: [""], in: context)
        let sender = try AlertSender(
            to: server.push, by: .push, in: context, patience: LengthOfTime(seconds: 10))
        self.server = server
        self.player = player
        self.feed = feed
        length = .nanoseconds(player.options.duration.nanoseconds)
        stage = ScenarioStage(player, to: sender)
    }

    /// Time for the last alerts' tasks, and for the last heartbeat's counters.
    private static let epilogue = Duration.seconds(3)

    /// Plays the whole city; nil when a signal ended it early.
    mutating func play() throws -> DemoReport? {
        if output.isTerminal { output.add(DemoScreen.clear) }
        while !stage.isOver || stage.elapsed < length + Self.epilogue {
            if signals.came(within: 0) { return nil }
            try server.checkRunning()
            for phase in try stage.step() { tell(phase.text) }
            try watch(until: stage.nextStep(within: .milliseconds(100)))
            draw()
        }
        return DemoReport(
            alertsSent: stage.alertsSent, board: board, truth: player.truth, counters: counters)
    }

    private mutating func watch(until deadline: ContinuousClock.Instant) throws {
        while let item = try feed.next(until: deadline) {
            switch FeedTopic(item.topic) {
            case .score: board.take(try decodeFeed(FeedScore.self, item.body))
            case .task: take(try decodeFeed(FeedTask.self, item.body))
            case .heartbeat:
                counters = try decodeFeed(FeedHeartbeat.self, item.body).data.counters
            case .other: break
            }
        }
    }

    private mutating func tell(_ line: String) {
        screen.tell(line)
        if !output.isTerminal {
            output.line(line)
            output.flush()
        }
    }

    private mutating func take(_ task: FeedTask) {
        guard board.take(task, at: .now) else { return }
        screen.show(task)
        if !output.isTerminal {
            for line in printer.lines(task) { output.line("  " + line) }
            output.flush()
        }
    }

    private mutating func draw() {
        guard output.isTerminal, ContinuousClock.now - drawn > .milliseconds(150) else { return }
        drawn = .now
        output.add(screen.picture(board, header: header))
        output.flush()
    }

    private var header: String {
        let percent = Int(min(1, stage.elapsed.seconds / length.seconds) * 100)
        return "TOCSIN  a simulated city, \(percent) % played   \(Timestamp.now.clock)Z   "
            + "\(grouped(stage.alertsSent)) alerts   \(board.tasks.count) tasks"
    }
}

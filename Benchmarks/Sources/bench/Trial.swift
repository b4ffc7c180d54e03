import CClock
import Foundation
import Lanes
import Synchronization
import ZeroMQ

/// How much to send, and how fast.
struct Load: Sendable {
    var alerts: Int
    /// nil as fast as the door takes them.
    var alertsPerSecond: Int?
    var kinds: [String]
    /// One alert in so many is anomalous, and is answered.
    var anomalyEvery: Int
    /// Alerts sent before, at twice the rate, so that sources, keys and pages are there: a server runs for
    /// months, and a trial for seconds.
    var warmUp: Int
}

/// One repetition: a subject from its start, through a load, to the last answer.
struct Trial {
    let subject: Subject
    let load: Load

    private static let patienceSeconds = 30

    func run() throws -> Measurement {
        let context = try Context()
        let signals = TrialSignals()
        let (subject, load) = (subject, load)
        let alerts = ReferenceLoad(kinds: load.kinds, anomalyEvery: load.anomalyEvery)
        let started = monotonic_now()
        let process = try subject.start()
        let sender = try LaneThread(named: "sender") { () throws(ZeroMQError) in
            var sender = try AlertSender(subject, in: context, alerts: alerts)
            return try sender.run(load, signals)
        }
        var receiver = try AnswerReceiver(subject, in: context)
        let firstAnswer = try answer(&receiver, after: 0, from: process)
        signals.isAnswered.store(true, ordering: .releasing)
        var last = firstAnswer
        while !signals.isPastWarmUp(last.sent) {
            last = try answer(&receiver, after: last.sent, from: process)
        }
        let cpuBefore = try process.cpuMicroseconds()
        signals.isWarm.store(true, ordering: .releasing)

        var samples = Samples(capacity: load.alerts)
        repeat {
            last = try answer(&receiver, after: last.sent, from: process)
            if signals.isInLoad(last.sent) { samples.add(last.arrived - last.sent) }
        } while !signals.isPastLoad(last.sent)
        signals.isFinished.store(true, ordering: .releasing)
        let cpu = try process.cpuMicroseconds() - cpuBefore
        let resident = try process.residentMegabytes()
        try sender.join()
        return Measurement(
            samples, load, seconds: Double(last.arrived - signals.began) / 1e9,
            cpuMicroseconds: cpu, residentMegabytes: resident,
            startMilliseconds: Double(firstAnswer.arrived - started) / 1e6)
    }

    /// The next output that names an alert later than `stamp`.
    private func answer(
        _ receiver: inout AnswerReceiver, after stamp: Int64, from process: borrowing RunningSubject
    ) throws -> Answer {
        var silentSeconds = 0
        while silentSeconds < Self.patienceSeconds {
            guard let answer = try receiver.receive() else {
                guard process.isRunning else { throw BenchFailure.ended(subject: subject.name) }
                silentSeconds += 1
                continue
            }
            if answer.sent > stamp { return answer }
        }
        throw BenchFailure.silent(subject: subject.name, seconds: silentSeconds)
    }
}

/// What the sending and the receiving thread tell one another.
final class TrialSignals: Sendable {
    /// The subject answers: the load may begin.
    let isAnswered = Atomic<Bool>(false)
    /// It has also answered an alert behind the warm-up.
    let isWarm = Atomic<Bool>(false)
    /// An answer to an alert behind the load has come.
    let isFinished = Atomic<Bool>(false)
    /// Monotonic moments just after the last alert of the warm-up, just before the first and just after the
    /// last alert of the load.
    private let warmedUp = Atomic<Int64>(.max)
    private let first = Atomic<Int64>(.max)
    private let last = Atomic<Int64>(.max)

    var began: Int64 { first.load(ordering: .acquiring) }
    func endWarmUp(at moment: Int64) { warmedUp.store(moment, ordering: .releasing) }
    func isPastWarmUp(_ stamp: Int64) -> Bool { stamp > warmedUp.load(ordering: .acquiring) }
    func begin(at moment: Int64) { first.store(moment, ordering: .releasing) }
    func end(at moment: Int64) { last.store(moment, ordering: .releasing) }

    func isInLoad(_ stamp: Int64) -> Bool {
        stamp >= first.load(ordering: .acquiring) && stamp <= last.load(ordering: .acquiring)
    }
    func isPastLoad(_ stamp: Int64) -> Bool { stamp > last.load(ordering: .acquiring) }
}

/// The publisher.
struct AlertSender: ~Copyable {
    private var socket: Socket
    private var alerts: ReferenceLoad

    init(_ subject: Subject, in context: Context, alerts: ReferenceLoad) throws(ZeroMQError) {
        var options = SocketOptions.connecting
        options.sendTimeoutMilliseconds = 30_000
        var socket: Socket
        switch subject.door {
        case .broadcast(let endpoint):
            options.sendHighWaterMark = 100_000
            socket = try Socket(.pub, in: context, options: options)
            try socket.connect(endpoint)
        case .push(let endpoint):
            socket = try Socket(.push, in: context, options: options)
            try socket.connect(endpoint)
        }
        self.socket = socket
        self.alerts = alerts
    }

    /// Knocks until the subject answers, sends the warm-up, then the load, and knocks after each until that
    /// is answered too.
    mutating func run(_ load: Load, _ signals: TrialSignals) throws(ZeroMQError) {
        while !signals.isAnswered.load(ordering: .acquiring) { try knock() }
        let interval = load.alertsPerSecond.map { 1e9 / Double($0) }
        try send(load.warmUp, every: interval.map { $0 / 2 })
        signals.endWarmUp(at: monotonic_now())
        while !signals.isWarm.load(ordering: .acquiring) { try knock() }
        signals.begin(at: monotonic_now())
        try send(load.alerts, every: interval)
        signals.end(at: monotonic_now())
        while !signals.isFinished.load(ordering: .acquiring) { try knock() }
    }

    /// Sends so many alerts, `interval` nanoseconds apart.
    private mutating func send(_ count: Int, every interval: Double?) throws(ZeroMQError) {
        let began = monotonic_now()
        for number in 0..<count {
            if let interval { sleep_until(began + Int64(Double(number) * interval)) }
            try send(alerts.next(stamp: monotonic_now()))
        }
    }

    private mutating func knock() throws(ZeroMQError) {
        let now = monotonic_now()
        try send(alerts.anomaly(stamp: now))
        sleep_until(now + 2_000_000)
    }

    private mutating func send(_ template: ReferenceLoad.Template) throws(ZeroMQError) {
        try alerts.withFrames(of: template) { topic, body throws(ZeroMQError) in
            _ = try socket.send(topic, .more)
            _ = try socket.send(body)
        }
    }
}

/// The subscriber.
struct AnswerReceiver: ~Copyable {
    private var socket: Socket
    private var message = Message()

    init(_ subject: Subject, in context: Context) throws(ZeroMQError) {
        var options = SocketOptions.connecting
        options.receiveHighWaterMark = 0
        options.receiveTimeoutMilliseconds = 1000
        var socket = try Socket(.sub, in: context, options: options)
        try socket.subscribe(to: subject.topic)
        try socket.connect(subject.feed)
        self.socket = socket
    }

    /// The next output, nil after a second without one.
    mutating func receive() throws(ZeroMQError) -> Answer? {
        guard try socket.receive(into: &message) else { return nil }
        let arrived = monotonic_now()
        var stamp: Int64 = 0
        while message.more {
            _ = try socket.receive(into: &message)
            stamp = max(stamp, message.withBytes { latestStamp($0) })
        }
        return Answer(sent: stamp, arrived: arrived)
    }
}

extension SocketOptions {
    /// Finds a subject as soon as it listens, and leaves nothing behind.
    fileprivate static var connecting: SocketOptions {
        var options = SocketOptions()
        options.lingerMilliseconds = 0
        options.reconnectMilliseconds = 1
        return options
    }
}

/// When an output came, and when the latest alert that it names was sent. Monotonic nanoseconds.
///
/// Outputs that name no later alert than those before them answer nothing: a timer caused them.
struct Answer {
    var sent: Int64
    var arrived: Int64
}

/// The largest number behind a `b-` in `bytes`, 0 when there is none.
private func latestStamp(_ bytes: Span<UInt8>) -> Int64 {
    var found: Int64 = 0
    var index = 0
    while index + 2 < bytes.count {
        guard bytes[index] == UInt8(ascii: "b"), bytes[index + 1] == UInt8(ascii: "-") else {
            index += 1
            continue
        }
        index += 2
        var number: Int64 = 0
        while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
            number = number &* 10 &+ Int64(bytes[index] - 48)
            index += 1
        }
        found = max(found, number)
    }
    return found
}

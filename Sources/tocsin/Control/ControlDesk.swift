import Domain
import Foundation
import Lanes
import Pipeline
import Settings
import ZeroMQ

/// The thread that answers the commands `reload`, `silence`, `mode` and `sources`, one at a time,
/// and that looks after the rule files and the registry: it loads what changed and hands it to the
/// lane.
struct ControlDesk: ~Copyable {
    private var socket: Socket
    private var message = Message()
    private var keeper: RuleKeeper
    private var silences: SilenceKeeper
    private var watch: RuleWatch?
    private let errands: Errands<Walk>
    private let hangUp: HangUp
    private let desks: Errands<DeskLane>

    /// How long a look at the socket waits: so fast a hang-up or an end is seen.
    static let patienceMilliseconds: Int32 = 200

    init(
        _ socket: consuming Socket, _ keeper: RuleKeeper, _ silences: SilenceKeeper,
        _ settings: Settings, _ lanes: (engine: Errands<Walk>, desks: Errands<DeskLane>),
        _ hangUp: HangUp
    ) {
        self.socket = socket
        self.keeper = keeper
        self.silences = silences
        (errands, desks) = lanes
        self.hangUp = hangUp
        watch = settings.rules.watch == .on ? RuleWatch(settings) : nil
    }

    /// Answers until `stop` is raised.
    mutating func run(until stop: StopSignal) throws(ZeroMQError) {
        while !stop.isRaised {
            if try socket.receive(into: &message) { try answer() }
            if hangUp.take() { reload("SIGHUP") }
            if let changed = watch?.look(at: .now) { takeOver(changed) }
        }
    }

    private mutating func answer() throws(ZeroMQError) {
        let bytes = message.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        var isWhole = true
        while message.more {
            isWhole = false
            guard try socket.receive(into: &message) else { break }
        }
        let reply = isWhole ? reply(to: bytes) : ControlReply(error: "a request is one frame")
        _ = try socket.send(encoded(reply).span)
    }

    private func encoded(_ reply: ControlReply) -> [UInt8] {
        do {
            return Array(try JSONEncoder().encode(reply))
        } catch {
            return Array(#"{"error":"the answer can't be written"}"#.utf8)
        }
    }

    private mutating func reply(to bytes: [UInt8]) -> ControlReply {
        guard bytes.count <= ControlRequest.bytesMax else {
            return ControlReply(error: "a request has at most \(ControlRequest.bytesMax) bytes")
        }
        do {
            return try reply(to: try JSONDecoder().decode(ControlRequest.self, from: Data(bytes)))
        } catch let failure as CommandFailure {
            return ControlReply(error: failure.message)
        } catch let refusal as ReloadRefusal {
            var reply = ControlReply(error: refusal.reason)
            reply.findings = refusal.findings
            return reply
        } catch {
            let commands = ControlRequest.Command.allCases.map(\.rawValue)
            return ControlReply(
                error: "the request is not understood; commands: "
                    + commands.joined(separator: ", "))
        }
    }

    private mutating func reply(to request: ControlRequest) throws -> ControlReply {
        var reply = ControlReply()
        switch request.command {
        case .reload:
            reply.reload = try reload(dryRun: request.dryRun ?? false)
        case .silenceAdd:
            guard let entry = request.silence else { throw CommandFailure.usage("no silence") }
            reply.silences = [try silences.add(entry, keeper, errands)]
        case .silenceList: reply.silences = silences.list()
        case .silenceExpire:
            reply.silences = [try silences.expire(request.id ?? "", keeper, errands)]
        case .withheld: reply.withheld = try withheld()
        case .mode:
            reply.mode = try ModeSwitch.perform(request.mode ?? "", request.area, errands)
        case .sources:
            (reply.sources, reply.next) = try SourceInquiry.perform(request.first ?? 0, errands)
        case .desks:
            let report = desks.perform(within: .seconds(10)) { DesksReport($0) }
            guard let report else {
                throw CommandFailure.unavailable("the desks' lane did not come to it within 10 s")
            }
            reply.desks = report
        }
        return reply
    }

    private func withheld() throws(CommandFailure) -> [WithheldEntry] {
        let tasks = errands.perform(within: .seconds(10)) { $0.withheld.map(WithheldEntry.init) }
        guard let tasks else { throw .unavailable("the engine did not come to it in time") }
        return tasks
    }

    /// What changed on disk is taken over, or the reasons why not are said and the old stays.
    private mutating func takeOver(_ change: RuleWatch.Change) {
        if change.rules {
            reload("the rule files changed")
        } else if change.registry {
            reload("the registry of sources changed")
        }
        guard change.silences else { return }
        do {
            let count = try silences.reload(keeper, errands)
            StandardError.say("tocsin: \(count) silences taken over from \(silences.path)")
        } catch {
            StandardError.say("tocsin: the silences stay as they were: \(error)")
        }
    }

    /// Silences name rules by their numbers, which a reload gives anew.
    private mutating func reload(dryRun: Bool) throws -> ReloadReport {
        var report = try keeper.reload(dryRun: dryRun, errands)
        guard !dryRun else { return report }
        do {
            try silences.publish(keeper, errands)
        } catch {
            // They hold as they did, for the cells that go on with those they name.
            guard report.cells != nil else { throw error }
            report.notes = ["silences: \(error): name the cells anew in \(silences.path)"]
        }
        let missing = errands.perform(within: .seconds(10)) { $0.missingLevels }
        if let note = LevelNote.text(missing ?? []) {
            report.notes = (report.notes ?? []) + [note]
        }
        return report
    }

    private mutating func reload(_ occasion: String) {
        do {
            let report = try reload(dryRun: false)
            StandardError.say("tocsin: \(occasion): \(report.summary)")
        } catch let refusal as ReloadRefusal {
            StandardError.say("tocsin: \(occasion), but \(refusal.reason): what ran before goes on")
            for finding in refusal.findings.prefix(20) { StandardError.say(finding) }
        } catch {
            StandardError.say("tocsin: \(occasion), but: \(error): what ran before goes on")
        }
    }
}

/// Whether SIGHUP came; from the waiting thread to the control desk.
final class HangUp: Sendable {
    private let signal = Errands<Flag>()

    struct Flag: ~Copyable {
        var isRaised = false
    }

    func raise() { signal.submit { $0.isRaised = true } }

    /// Whether it was raised since the last call.
    func take() -> Bool {
        var flag = Flag()
        _ = signal.carryOut(on: &flag)
        return flag.isRaised
    }
}

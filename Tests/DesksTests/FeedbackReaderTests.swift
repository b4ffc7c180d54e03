import Domain
import Foundation
import Testing

@testable import Desks

@Suite("Feedback as desks send it")
struct FeedbackReaderTests {
    /// 2026-05-25T13:42:11Z, when the samples came to pass.
    private static let moment = Timestamp(nanoseconds: 1_779_716_531_000_000_000)
    private static let task = #""task":"000000000000000000000000000000ab""#
    private static let required = task + #","revision":2,"status":"accepted","by":"unit-7""#

    private static func event(
        _ data: String = required, id: String = "f-1", source: String = "desk-east",
        time: String = "2026-05-25T13:42:11Z", type: String = "tocsin.feedback.v1"
    ) -> String {
        #"{"specversion":"1.0","type":"\#(type)","id":"\#(id)","source":"\#(source)","#
            + #""time":"\#(time)","data":{\#(data)}}"#
    }

    private func read(_ text: String, from desk: String? = nil) throws -> FeedbackReading {
        let node = try JSONNodeParser.parse(Array(text.utf8), depthMax: 8)
        return try FeedbackReader.read(node, from: desk, at: Self.moment)
    }

    @Test("A full feedback is read with all it says")
    func full() throws {
        let reading = try read(
            Self.event(
                Self.required + #","reason":"busy","outcome":"false_alarm","satisfaction":4,"#
                    + #""eta_s":300,"note":"at the gate","actual":{"category":"public-order","#
                    + #""severity":"minor","kind":"noise","count":3}"#))
        var wanted = Feedback(
            id: "f-1", task: TaskID(high: 0, low: 0xAB), revision: 2, time: Self.moment,
            stage: .accepted, by: "unit-7")
        wanted.desk = "desk-east"
        (wanted.reason, wanted.outcome, wanted.satisfaction) = ("busy", .falseAlarm, 4)
        (wanted.eta, wanted.note) = (.seconds(300), "at the gate")
        var actual = ActualFinding()
        (actual.category, actual.severity) = (.publicOrder, .minor)
        (actual.kind, actual.count) = ("noise", 3)
        wanted.actual = actual
        #expect(reading == FeedbackReading(feedback: wanted, dropped: []))
    }

    @Test("The feedback in the documentation is one")
    func documented() throws {
        let root = #filePath.split(separator: "/").dropLast(3).reduce("/") { $0 + $1 + "/" }
        let page = try String(contentsOfFile: root + "docs/dispatch.md", encoding: .utf8)
        let blocks = page.split(separator: "```").filter { $0.hasPrefix("json\n") }
        #expect(blocks.count == 1)
        for block in blocks {
            let message = try DeskMessage.read(Array(block.dropFirst(5).utf8))
            guard case .feedback(let event) = message else {
                Issue.record("no feedback: \(message)")
                continue
            }
            let later = Self.moment + .hours(1)
            let reading = try FeedbackReader.read(event, from: nil, at: later)
            #expect(reading.dropped.isEmpty && reading.feedback.by == "unit-7")
        }
    }

    @Test("Who has subscribed is the desk; else the event's source stands for it")
    func desk() throws {
        #expect(try read(Self.event(), from: "east").feedback.desk == "east")
        #expect(try read(Self.event(source: "city/cad-1")).feedback.desk == "city/cad-1")
    }

    @Test("Unknown members are dropped and named; a text about a person is blanked and named")
    func dropped() throws {
        let reading = try read(
            Self.event(
                Self.required + #","crew":["x"],"note":"call +86 13812345678","actual":{"x":1}"#))
        #expect(reading.feedback.note == nil)
        #expect(
            reading.dropped == [
                "/feedback/data/note", "/feedback/data/actual/x", "/feedback/data/crew",
            ])
    }

    @Test(
        "What is wrong is refused with its code and field",
        arguments: [
            (event(id: ""), "bad_value", "/id"), (event(id: "ü"), "bad_value", "/id"),
            (event(id: "13812345678"), "privacy", "/id"),
            (event(source: "Desk East"), "bad_value", "/source"),
            (event(time: "yesterday"), "bad_time", "/time"),
            (event(time: "2026-05-25T13:44:12Z"), "time_skew", "/time"),
            (event(type: "tocsin.feedback.v2"), "bad_version", "/type"),
            (event(type: "other"), "bad_schema", "/type"),
            (event(""), "missing_field", "/data/task"),
            (event(#""task":"ab""#), "bad_value", "/data/task"),
            (event(task), "missing_field", "/data/revision"),
            (event(task + #","revision":0"#), "bad_value", "/data/revision"),
            (event(task + #","revision":1"#), "missing_field", "/data/status"),
            (event(task + #","revision":1,"status":"done""#), "bad_value", "/data/status"),
            (event(task + #","revision":1,"status":"closed""#), "missing_field", "/data/by"),
            (
                event(task + #","revision":1,"status":"closed","by":"a@b.cn""#), "privacy",
                "/data/by"
            ),
            (event(required + #","satisfaction":6"#), "bad_value", "/data/satisfaction"),
            (event(required + #","eta_s":-1"#), "bad_value", "/data/eta_s"),
            (event(required + #","outcome":"fine""#), "bad_value", "/data/outcome"),
            (event(required + #","note":7"#), "bad_schema", "/data/note"),
            (event(required + #","actual":[]"#), "bad_schema", "/data/actual"),
            (event(required + #","actual":{"kind":"No!"}"#), "bad_value", "/data/actual/kind"),
            (
                event(required + #","reason":"\#(String(repeating: "x", count: 257))""#),
                "bad_value", "/data/reason"
            ),
            (#"{"specversion":"0.3"}"#, "bad_version", "/specversion"), ("[]", "bad_schema", ""),
        ])
    func refused(text: String, code: String, field: String) {
        let fault = #expect(throws: FeedbackFault.self) { try read(text) }
        #expect(fault?.refusal.code.rawValue == code, "\(text)")
        #expect(fault?.refusal.field == "/feedback" + field, "\(text)")
    }

    @Test("A refused feedback is answered under its id, unless that is what must not be said")
    func answered() {
        #expect(fault(Self.event("")).id == "f-1")
        #expect(fault(Self.event(id: "13812345678")).id == nil)
        #expect(fault("[]").id == nil)
    }

    private func fault(_ text: String) -> FeedbackFault {
        do {
            _ = try read(text)
        } catch let fault as FeedbackFault {
            return fault
        } catch {}
        return FeedbackFault(id: "none", refusal: DeskRefusal(.badSchema, ""))
    }

    @Test("The answer says what became of it, and whether to try again")
    func replies() throws {
        let reading = try read(Self.event())
        let late = FeedbackReply(reading, nil)
        #expect(late.code == "overloaded" && late.retry)
        let accepted = FeedbackReply(reading, FeedbackAnswer(.accepted, stage: .accepted))
        #expect(
            String(decoding: DeskReply.answer(accepted).bytes, as: UTF8.self)
                == #"{"type":"answer","id":"f-1","status":"accepted","code":"ok","#
                + #""stage":"accepted","retry":false}"#)
        for refusal in FeedbackRefusal.allCases {
            let reply = FeedbackReply(reading, FeedbackAnswer(.rejected, refusal: refusal))
            #expect(reply.code == "\(refusal.word)" && reply.detail != nil)
            #expect(reply.retry == (refusal == .overloaded))
        }
    }

    @Test("Whatever is done to a message, the answer is a feedback or a typed refusal")
    func fuzz() {
        var random = Seeded(state: 7)
        let seeds = [
            Self.event(Self.required + #","note":"a\u00e9","actual":{"count":3},"eta_s":3"#),
            #"{"type":"subscribe","desk":"e","areas":["NYC/3/"],"credit":4}"#,
            #"{"type":"acknowledge","acknowledge":[{"id":"ab","revision":1}]}"#,
        ].map { Array($0.utf8) }
        var (read, refused) = (0, Set<String>())
        for _ in 0..<30_000 {
            let bytes = mutated(seeds.randomElement(using: &random) ?? [], &random)
            do throws(DeskRefusal) {
                _ = try DeskMessage.read(bytes)
            } catch { refused.insert(error.code.rawValue) }
            do {
                let node = try JSONNodeParser.parse(bytes, depthMax: 8)
                _ = try FeedbackReader.read(node, from: nil, at: Self.moment)
                read += 1
            } catch let fault as FeedbackFault {
                refused.insert(fault.refusal.code.rawValue)
            } catch {}
        }
        #expect(read > 100, "some must still be right, or the reader is not reached")
        #expect(refused.count >= 6, "\(refused)")
    }

    /// Some bytes changed, removed, doubled, or a stretch of it repeated.
    private func mutated(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(bytes[at], at: at)
            case 3: bytes[at] = Array("{}[]\",:0-\\u".utf8).randomElement(using: &random) ?? 0
            default:
                let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
                bytes.insert(contentsOf: bytes[at..<end], at: at)
            }
        }
        return bytes
    }
}

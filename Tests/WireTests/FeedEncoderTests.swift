import Domain
import Foundation
import Testing
import Wire

@Suite struct FeedEncoderTests {
    private func feed() -> FeedEncoder { FeedEncoder(instance: "city-1", epoch: 42) }

    @Test func aTaskIsWrittenAsTheProtocolHasIt() {
        var order = TaskOrder.sample()
        order.position = Position(latitude: 40.6086, longitude: -73.9730)
        order.acceptBy = Timestamp(nanoseconds: 1_779_716_831_000_000_000)
        order.resolveBy = Timestamp(nanoseconds: 1_779_720_131_500_000_000)
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        feed().encodeTask(order, sequence: 9001, into: &body)
        #expect(
            body.text == """
                {"id":"0123456789abcdef00000000000000ff-3","specversion":"1.0","type":"tocsin.task.v1",\
                "source":"tocsin/city-1","time":"2026-05-25T13:42:11.412Z","sequence":"9001",\
                "data":{"incident":"0123456789abcdef00000000000000ff","revision":3,"operation":"update",\
                "category":"public-safety","kind":"gas-leak","cell":"NYC/3/311/311-042/",\
                "position":{"lat":40.6086,"lon":-73.973},"priority":1,"priority_row":2,\
                "score":87.4,"warning":"red","severity":"severe","urgency":"immediate",\
                "certainty":"likely","cap":{"responses":["Evacuate"],"category":"CBRNE"},\
                "title":"Gas at 311-042","note":"highest 38 %LEL",\
                "reason":"two sensors","factors":[{"rule":"gas-two-sensors@3","version":"a1b2c3d4",\
                "points":40,"alerts":2,"first":"2026-05-25T13:40:00.000Z",\
                "last":"2026-05-25T13:42:11.412Z"}],"evidence":{"alerts":["acme/site-7/gas-01#91"],\
                "count":6},"assign":{"department":"gas-company","level":"street","cell":"NYC/3/311/",\
                "fallback":"fire-brigade","also":"fire-brigade"},\
                "accept_by":"2026-05-25T13:47:11.000Z","resolve_by":"2026-05-25T14:42:11.500Z",\
                "stage":"on_scene","stage_at":"2026-05-25T13:47:00.000Z","by":"E-12",\
                "times":{"accepted":"2026-05-25T13:43:20.000Z",\
                "on_scene":"2026-05-25T13:47:00.000Z"},"condition":"raised",\
                "escalation":{"count":1,"reason":"accept_by missed","from":"NYC/3/311/311-042/"},\
                "exposed":true,"status":"actual","repeats":2}}
                """)
    }

    @Test func aTaskWithoutPositionAndDeadlinesLeavesThemOut() throws {
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        feed().encodeTask(TaskOrder.sample(), sequence: 1, into: &body)
        let data = try #require(object(body)["data"] as? [String: Any])
        for key in ["position", "accept_by", "arrive_by", "resolve_by", "expires"] {
            #expect(data[key] == nil, "\(key)")
        }
    }

    @Test func whatHasNotHappenedToATaskIsLeftOut() throws {
        var order = TaskOrder.sample()
        order.handling = TaskHandling()
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        feed().encodeTask(order, sequence: 1, into: &body)
        let data = try #require(object(body)["data"] as? [String: Any])
        #expect(data["stage"] as? String == "open")
        for key in ["stage_at", "by", "outcome", "times", "condition", "escalation", "exposed"] {
            #expect(data[key] == nil, "\(key)")
        }
        #expect((data["assign"] as? [String: Any])?["also"] == nil)
    }

    @Test func anyTextSurvivesTheJourney() throws {
        let title = "a\"b\\c/\u{0}\u{8}\n\r\t\u{1F}\u{7F}é烟😀\u{2028}\u{FEFF}"
        var order = TaskOrder.sample()
        order.title = order.add(title)
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        feed().encodeTask(order, sequence: 1, into: &body)
        let data = try #require(object(body)["data"] as? [String: Any])
        #expect(data["title"] as? String == title)
    }

    @Test func bytesThatAreNoTextAreMarkedAndSpoilNothing() throws {
        var order = TaskOrder.sample()
        let start = order.texts.count
        for byte: UInt8 in [0x61, 0xE4, 0xB8, 0x62, 0xC0, 0xAF, 0xF0, 0x9F] {
            order.texts.append(byte)
        }
        order.title = OrderText(start, order.texts.count)
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        feed().encodeTask(order, sequence: 1, into: &body)
        let data = try #require(object(body)["data"] as? [String: Any])
        #expect(data["title"] as? String == "a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
    }

    @Test(arguments: ["x", "\u{1}", "烟", "😀", "\""])
    func theLongestTaskFitsItsLimitAndIsStillJSON(_ character: String) throws {
        var order = TaskOrder.sample()
        order.texts = ByteBuffer(capacity: 1 << 20)
        let long = order.add(String(repeating: character, count: 8192))
        (order.kind, order.cellPath, order.title, order.reason) = (long, long, long, long)
        (order.department, order.level, order.assignedCell) = (long, long, long)
        (order.note, order.cap, order.fallback) = (long, long, long)
        let words = Array(repeating: String(repeating: character, count: 10), count: 50)
        order.responses = order.add(words.joined(separator: ","))
        (order.row, order.isReminder) = (99, true)
        order.position = Position(latitude: -89.1234567, longitude: -179.1234567)
        order.factorCount = TaskOrder.factorsMax
        for place in 0..<TaskOrder.factorsMax {
            order.factors[place].rule = long
            order.factors[place].version = long
            order.factors[place].points = MilliPoints(99_999)
            order.factors[place].isSpread = true
            order.factors[place].alerts = .max
            order.factors[place].first = Timestamp(nanoseconds: 1_779_716_531_412_345_678)
            order.factors[place].last = Timestamp(nanoseconds: 1_779_716_531_412_345_678)
        }
        order.evidenceCount = TaskOrder.evidenceMax
        for place in 0..<TaskOrder.evidenceMax { order.evidence[place] = long }
        let late = Timestamp(nanoseconds: 1_779_716_531_412_345_678)
        order.handling = .sample(by: long, from: long)
        (order.handling.stage, order.handling.escalations) = (.reassigned, .max)
        (order.handling.outcome, order.handling.stageAt) = (.goneOnArrival, late)
        (order.handling.times.accepted, order.handling.times.onScene) = (late, late)
        (order.handling.times.resolved, order.handling.times.verified) = (late, late)
        (order.time, order.acceptBy, order.arriveBy, order.resolveBy) = (late, late, late, late)
        (order.revision, order.alertCount, order.repeats) = (.max, .max, .max)
        let named = FeedEncoder(instance: String(repeating: character, count: 1000), epoch: .max)
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        named.encodeTask(order, sequence: .max, into: &body)
        let overflowed = body.overflowed
        #expect(!overflowed)
        let data = try #require(object(body)["data"] as? [String: Any])
        let title = try #require(data["title"] as? String)
        #expect(title.hasSuffix("…"))
        #expect(title.dropLast().allSatisfy { String($0) == character })
        #expect((data["factors"] as? [Any])?.count == TaskOrder.factorsMax)
    }

    @Test func aTextThatJustFitsIsNotCut() throws {
        for (length, isCut) in [(1024, false), (1025, true)] {
            var order = TaskOrder.sample()
            order.title = order.add(String(repeating: "t", count: length))
            var body = ByteBuffer(capacity: Limits.taskBytesMax)
            feed().encodeTask(order, sequence: 1, into: &body)
            let data = try #require(object(body)["data"] as? [String: Any])
            let title = try #require(data["title"] as? String)
            #expect(title.hasSuffix("…") == isCut)
            #expect(title.utf8.count == 1024)
        }
    }

    @Test(arguments: ["NYC/3/311/311-042", "NYC/3/311/311-042/"])
    func aTopicHasOneSlashAfterItsCell(_ path: String) {
        var order = TaskOrder.sample()
        order.cellPath = order.add(path)
        order.priority = .p2
        var topic = ByteBuffer(capacity: 256)
        feed().encodeTaskTopic(order, into: &topic)
        #expect(topic.text == "task/v1/json/NYC/3/311/311-042/P2/")
        topic.clear()
        var cell = ByteBuffer(capacity: 256)
        cell.append(string: path)
        feed().encodeScoreTopic(path: cell, into: &topic)
        #expect(topic.text == "score/v1/json/NYC/3/311/311-042/")
    }

    @Test func aScoreSaysWhatItWasBefore() {
        let change = ScoreChange(
            cell: CellID(7), category: .publicOrder, from: Standing(MilliPoints(12_345), .blue),
            to: Standing(.full, .red), time: Timestamp(nanoseconds: 1_779_716_531_412_000_001))
        var path = ByteBuffer(capacity: 256)
        path.append(string: "NYC/3/")
        var body = ByteBuffer(capacity: 1024)
        feed().encodeScore(change, path: path, sequence: 18, into: &body)
        #expect(
            body.text == """
                {"id":"42-18","specversion":"1.0","type":"tocsin.score.v1","source":"tocsin/city-1",\
                "time":"2026-05-25T13:42:11.412000001Z","sequence":"18","data":{"cell":"NYC/3/",\
                "category":"public-order","score":100,"warning":"red",\
                "previous":{"score":12.345,"warning":"blue"}}}
                """)
    }

    @Test func aHeartbeatNamesTheEpochAndIsOneByOurOwnDecoder() throws {
        var body = ByteBuffer(capacity: 1024)
        let time = Timestamp(nanoseconds: 1_779_716_531_000_000_000)
        var details = ByteBuffer(capacity: 64)
        details.append(",\"cells\":3")
        feed().encodeHeartbeat(lastSequence: 77, time: time, details: details, into: &body)
        var topic = ByteBuffer(capacity: 64)
        feed().encodeHeartbeatTopic(into: &topic)
        #expect(topic.text == "heartbeat/v1/json/tocsin/")
        let data = try #require(object(body)["data"] as? [String: Any])
        #expect(data["epoch"] as? String == "42")
        #expect(data["last_sequence"] as? String == "77")
        #expect(data["cells"] as? Int == 3)
        let bytes = Array(body.text.utf8)
        let table = kinds([])
        var alert = Alert()
        try AlertDecoder.decodeHeartbeat(bytes.span, 0, bytes.count, kinds: table, into: &alert)
        #expect(alert.sequence == 77)
        #expect(alert.time == time)
    }

    private func object(_ body: borrowing ByteBuffer) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(body.text.utf8))
        return try #require(value as? [String: Any])
    }
}

extension TaskOrder {
    mutating func add(_ text: String) -> OrderText {
        let start = texts.count
        texts.append(string: text)
        return OrderText(start, texts.count)
    }

    /// The protocol's example.
    static func sample() -> TaskOrder {
        var order = TaskOrder()
        order.incident = TaskID(high: 0x0123_4567_89AB_CDEF, low: 0xFF)
        (order.revision, order.operation, order.category) = (3, .update, .publicSafety)
        order.time = Timestamp(nanoseconds: 1_779_716_531_412_000_000)
        order.kind = order.add("gas-leak")
        order.cellPath = order.add("NYC/3/311/311-042/")
        order.title = order.add("Gas at 311-042")
        order.reason = order.add("two sensors")
        order.department = order.add("gas-company")
        order.level = order.add("street")
        order.assignedCell = order.add("NYC/3/311/")
        (order.priority, order.score, order.warning) = (.p1, MilliPoints(87_400), .red)
        (order.severity, order.urgency, order.certainty) = (.severe, .immediate, .likely)
        (order.row, order.note) = (2, order.add("highest 38 %LEL"))
        (order.cap, order.responses) = (order.add("CBRNE"), order.add("Evacuate"))
        order.fallback = order.add("fire-brigade")
        order.factorCount = 1
        order.factors[0].rule = order.add("gas-two-sensors@3")
        order.factors[0].version = order.add("a1b2c3d4")
        order.factors[0].points = MilliPoints(40_000)
        order.factors[0].alerts = 2
        order.factors[0].first = Timestamp(nanoseconds: 1_779_716_400_000_000_000)
        order.factors[0].last = order.time
        order.evidenceCount = 1
        order.evidence[0] = order.add("acme/site-7/gas-01#91")
        (order.alertCount, order.repeats) = (6, 2)
        order.handling = .sample(by: order.add("E-12"), from: order.add("NYC/3/311/311-042/"))
        return order
    }
}

extension TaskHandling {
    static func sample(by unit: OrderText, from: OrderText) -> TaskHandling {
        var handling = TaskHandling()
        (handling.stage, handling.by) = (.onScene, unit)
        handling.stageAt = Timestamp(nanoseconds: 1_779_716_820_000_000_000)
        handling.times.accepted = Timestamp(nanoseconds: 1_779_716_600_000_000_000)
        handling.times.onScene = handling.stageAt
        handling.condition = .raised
        (handling.escalations, handling.escalationReason) = (1, .acceptMissed)
        handling.escalatedFrom = from
        handling.callsFallback = true
        handling.isExposed = true
        return handling
    }
}

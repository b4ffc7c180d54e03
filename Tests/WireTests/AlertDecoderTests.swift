import AlertCases
import Domain
import Testing
import Wire

@Suite struct AlertDecoderTests {
    @Test func theExampleIsReadInFull() throws {
        let decoded = decode(Array(AlertCases.example.utf8), kinds(AlertCases.kinds))
        #expect(decoded.refusal == nil)
        let alert = decoded.alert
        #expect(alert.string(alert.id) == "01J9Z3K6T4-17")
        #expect(alert.string(alert.source) == "acme/site-7/cam-03")
        #expect(alert.string(alert.cell) == "NYC/3/311/311-042")
        #expect(alert.time.nanoseconds == 1_779_716_531_412_000_000)
        #expect(alert.start.nanoseconds == 1_779_716_525_000_000_000)
        #expect(alert.sequence == 17)
        #expect(alert.kind == KindID(0))
        #expect(alert.severity == .moderate)
        #expect(alert.state == .raise)
        #expect(alert.confidence == 0.92)
        #expect(
            alert.position == Position(latitude: 40.6086, longitude: -73.9730, accuracyMetres: 15))
        #expect(alert.measureCount == 1)
        #expect(alert.string(alert.measures[0].name) == "people")
        #expect(alert.string(alert.measures[0].unit) == "1")
        #expect(alert.measures[0].value == 7)
        #expect(alert.measures[0].limit == 5)
        #expect(alert.count == 7)
        #expect(alert.droppedFields == 0)
        let present: AlertPresence = [.sequence, .confidence, .position, .cell, .count, .start]
        #expect(alert.present.rawValue == present.rawValue)
    }

    @Test func whatIsAbsentStaysAbsent() {
        let decoded = decode(Array(AlertCases.minimal.utf8), kinds(AlertCases.kinds))
        #expect(decoded.refusal == nil)
        #expect(decoded.alert.present.isEmpty)
        #expect(decoded.alert.state == .pulse)
        #expect(decoded.alert.status == .actual)
        #expect(decoded.alert.measureCount == 0)
        #expect(decoded.alert.value.isNaN)
    }

    @Test(arguments: AlertCases.malformed)
    func aMalformedAlertIsRefusedWithItsCodeAndField(_ wrong: MalformedAlert) {
        let decoded = decode(wrong.bytes, kinds(AlertCases.kinds))
        #expect(decoded.refusal?.summary == "\(wrong.code) \(wrong.pointer)", "\(wrong.name)")
        #expect(Int(decoded.refusal?.offset ?? 0) <= wrong.bytes.count)
    }

    @Test func anAlertCutShortAnywhereIsRefused() {
        for wrong in AlertCases.truncated {
            let decoded = decode(wrong.bytes, kinds(AlertCases.kinds))
            #expect(decoded.refusal?.summary == "\(wrong.code) ", "\(wrong.name)")
        }
    }

    @Test(arguments: AlertCases.acceptable)
    func anAlertAtItsLimitsIsAccepted(_ right: AcceptableAlert) {
        let decoded = decode(right.bytes, kinds(AlertCases.kinds))
        #expect(decoded.refusal == nil, "\(right.name): \(decoded.refusal?.summary ?? "")")
        #expect(decoded.alert.droppedFields == right.droppedFields, "\(right.name)")
    }

    @Test func theSharedCasesAreManyAndDistinct() {
        let names = AlertCases.malformed.map(\.name) + AlertCases.acceptable.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(AlertCases.malformed.count > 200)
    }

    @Test func escapedTextsAreKeptUnescaped() {
        let text = #""text":"a\ud83d\ude00\n\t烟\"\\\/\u00e9""#
        let bytes = Array((String(AlertCases.minimal.dropLast(2)) + "," + text + "}}").utf8)
        let decoded = decode(bytes, kinds(AlertCases.kinds))
        #expect(decoded.alert.string(decoded.alert.text) == "a😀\n\t烟\"\\/é")
    }

    @Test func attributesAreReadByTheirTypes() throws {
        let facts =
            #""attrs":{"phase":"st\u0061rt","floors":-4.5,"wet":true,"dry":false,"none":null}"#
        let bytes = Array((String(AlertCases.minimal.dropLast(2)) + "," + facts + "}}").utf8)
        let decoded = decode(bytes, kinds(AlertCases.kinds))
        #expect(decoded.refusal == nil)
        let entries = (0..<decoded.alert.attributeCount).map { decoded.alert.attributes[$0] }
        let names = entries.map { decoded.alert.string($0.name) }
        #expect(names == ["phase", "floors", "wet", "dry", "none"])
        #expect(entries.map(\.type) == [.text, .number, .truth, .truth, .none])
        #expect(entries.map(\.number) == [0, -4.5, 1, 0, 0])
        #expect(decoded.alert.string(entries[0].text) == "start")
    }

    @Test func aMessageIsReadWhereItStandsInALargerOne() throws {
        let message = Array(AlertCases.minimal.utf8)
        let bytes = Array("]]".utf8) + message + Array("\"\"".utf8)
        var alert = Alert()
        let table = kinds(AlertCases.kinds)
        try AlertDecoder.decode(bytes.span, 2, 2 + message.count, kinds: table, into: &alert)
        #expect(alert.string(alert.source) == "s")
        #expect(throws: Refusal.self) {
            try AlertDecoder.decode(bytes.span, 2, 3 + message.count, kinds: table, into: &alert)
        }
    }

    @Test func oneAlertLeavesNothingToTheNext() throws {
        var alert = Alert()
        let table = kinds(AlertCases.kinds)
        for text in [AlertCases.example, AlertCases.minimal] {
            let bytes = Array(text.utf8)
            try AlertDecoder.decode(bytes.span, 0, bytes.count, kinds: table, into: &alert)
        }
        #expect(alert.present.isEmpty)
        #expect(alert.measureCount == 0)
        #expect(alert.cell.isEmpty)
        #expect(alert.state == .pulse)
    }

    @Test func aRefusalSaysWhereReadingStopped() {
        let bytes = Array(AlertCases.example.utf8)
        let moderate =
            bytes.count - Array(AlertCases.example.components(after: "\"severity\":").utf8).count
        let wrong = Array(AlertCases.example.replacing("moderate", with: "high").utf8)
        #expect(Int(decode(wrong, kinds(AlertCases.kinds)).refusal?.offset ?? 0) == moderate)
    }

    @Test func aHeartbeatGivesItsSourceAndLastSequence() throws {
        let text = """
            {"specversion":"1.0","type":"tocsin.heartbeat.v1","id":"h-1","source":"acme/site-7/cam-03",\
            "time":"2026-05-25T13:42:15Z","sequence":"17","data":{"anything":[]}}
            """
        let bytes = Array(text.utf8)
        let table = kinds([])
        var alert = Alert()
        try AlertDecoder.decodeHeartbeat(bytes.span, 0, bytes.count, kinds: table, into: &alert)
        #expect(alert.string(alert.source) == "acme/site-7/cam-03")
        #expect(alert.sequence == 17)
        #expect(alert.time.nanoseconds == 1_779_716_535_000_000_000)
        for (old, new, summary) in [
            (",\"sequence\":\"17\"", "", "missing_field /sequence"),
            ("heartbeat.v1", "heartbeat.v2", "bad_version /type"),
            ("heartbeat.v1", "alert.v1", "bad_schema /type"),
        ] {
            let wrong = Array(text.replacing(old, with: new).utf8)
            let refusal = #expect(throws: Refusal.self) {
                try AlertDecoder.decodeHeartbeat(
                    wrong.span, 0, wrong.count, kinds: table, into: &alert)
            }
            #expect(refusal?.summary == summary)
        }
    }
}

extension String {
    func components(after part: String) -> Substring {
        guard let range = firstRange(of: part) else { return "" }
        return self[range.upperBound...]
    }
}

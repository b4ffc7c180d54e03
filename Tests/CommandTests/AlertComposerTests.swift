import ArgumentParser
import Domain
import Foundation
import Testing

@testable import tocsin

private let moment = Timestamp(nanoseconds: 1_700_000_000_123_456_789)
private let momentText = "2023-11-14T22:13:20.123Z"

@Suite("Composing alerts from lines")
struct AlertComposerTests {
    @Test("A CloudEvent goes out byte for byte")
    func envelopeUnchanged() throws {
        let line = #" {"specversion":"1.0", "source":"a/b","data":{"x":[1,"}\"]"]}}"#
        let sent = try composed(line)
        #expect(sent.body == line)
        #expect(sent.topic == "alert/v1/json/a/b/")
    }

    @Test("Time and sequence are replaced, and added where they were missing")
    func retimedAndNumbered() throws {
        var composer = AlertComposer(retimes: true, numbers: true, started: moment)
        let lines = [
            #"{"specversion":"1.0","time":"old","source":"a","sequence":"99","id":"i"}"#,
            #"{"specversion":"1.0","source":"a","id":"j"}"#,
        ]
        for (index, line) in lines.enumerated() {
            let object = try json(try composed(line, with: &composer).body)
            #expect(object["time"] as? String == momentText)
            #expect(object["sequence"] as? String == "\(index + 1)")
            #expect(object["id"] as? String == ["i", "j"][index])
        }
        #expect(composer.sources.all.map(\.last) == [2])
    }

    @Test("The flat form becomes a CloudEvent")
    func flatForm() throws {
        let line = """
            {"kind":"smoke","source":"a/b","severity":"severe","lat":40.5,"lon":-73.9,\
            "accuracy_m":15,"value":0.4,"unit":"1","measure":"obscuration","state":"raise"}
            """
        let object = try json(try composed(line).body)
        #expect(object["specversion"] as? String == "1.0")
        #expect(object["type"] as? String == "tocsin.alert.v1")
        #expect(object["source"] as? String == "a/b")
        #expect(object["time"] as? String == momentText)
        let data = try #require(object["data"] as? [String: Any])
        #expect(Set(data.keys) == ["kind", "severity", "position", "measures", "state"])
        let position = try #require(data["position"] as? [String: Double])
        #expect(position == ["lat": 40.5, "lon": -73.9, "accuracy_m": 15])
        let measures = try #require(data["measures"] as? [[String: Any]])
        #expect(measures.first?["name"] as? String == "obscuration")
        #expect(measures.first?["value"] as? Double == 0.4)
    }

    @Test("Ids that are made up differ, and given ids and times stay")
    func identities() throws {
        var composer = AlertComposer(started: moment)
        let first = try json(try composed(#"{"source":"a"}"#, with: &composer).body)
        let second = try json(try composed(#"{"source":"a"}"#, with: &composer).body)
        #expect(first["id"] as? String != second["id"] as? String)
        let given = try json(try composed(#"{"source":"a","id":"x","time":"t"}"#).body)
        #expect(given["id"] as? String == "x")
        #expect(given["time"] as? String == "t")
        #expect((given["data"] as? [String: Any])?.isEmpty == true)
    }

    @Test(
        "A line that is no alert is refused with the reason",
        arguments: [
            ("junk", "not a JSON object"), ("[1]", "not a JSON object"),
            ("{", "the object does not end"), (#"{"source":"a"#, "the object does not end"),
            (#"{"source":"a"} x"#, "something follows the object"), ("{x:1}", "not a JSON object"),
            (#"{"kind":"smoke"}"#, "no \"source\""), (#"{"source":7}"#, "\"source\" is not"),
            (#"{"source":"a b"}"#, "\"source\" is not"), (#"{"source":""}"#, "\"source\" is not"),
        ])
    func refusals(line: String, reason: String) {
        #expect(
            performing: { try composed(line) },
            throws: { "\($0)".hasPrefix(reason) })
    }

    @Test("What the flags say is an alert in the flat form")
    func alertFromFlags() throws {
        let form = try AlertForm.parse([
            "--kind", "smoke", "--source", "a", "--severity", "minor", "--cell", "C/1",
            "--value", "obscuration=0.4", "--value", "heat=3e2Cel", "--exercise",
            "--confidence", "0.5", "--attr", "phase=start", "--attr", "floors=-4.5", "--attr",
            "wet=true", "--attr", "code=a=1",
        ])
        let object = try json(String(decoding: form.line, as: UTF8.self))
        #expect(object["status"] as? String == "exercise")
        #expect(object["confidence"] as? Double == 0.5)
        #expect(
            object["attrs"] as? NSDictionary
                == ["phase": "start", "floors": -4.5, "wet": true, "code": "a=1"])
        let measures = try #require(object["measures"] as? [[String: Any]])
        #expect(measures.map { $0["value"] as? Double } == [0.4, 300])
        #expect(measures.map { $0["unit"] as? String } == [nil, "Cel"])
    }

    @Test(
        "An alert that lacks something is refused before it is sent",
        arguments: [
            ["--kind", "smoke"], ["--kind", "k", "--severity", "minor"],
            ["--kind", "k", "--source", "s", "--severity", "minor", "--lat", "1"],
            ["--value", "x"], ["--value", "=3"], ["--value", "a=b"],
            ["--attr", "phase"], ["--attr", "=start"],
        ])
    func incompleteFlags(arguments: [String]) {
        #expect(throws: (any Error).self) { try AlertForm.parse(arguments) }
    }
}

private func composed(
    _ line: String, with composer: inout AlertComposer
) throws -> (topic: String, body: String) {
    let bytes = Array(line.utf8)
    try composer.compose(bytes.span, 0, bytes.count, now: moment)
    return (
        String(decoding: composer.topic, as: UTF8.self),
        String(decoding: composer.body, as: UTF8.self)
    )
}

private func composed(_ line: String) throws -> (topic: String, body: String) {
    var composer = AlertComposer(started: moment)
    return try composed(line, with: &composer)
}

private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

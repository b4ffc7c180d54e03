import Domain
import Foundation
import Testing

@testable import Wire

@Suite struct AlertRedactorTests {
    /// An alert with something unknown, a canary, wherever an object may have members.
    static let message = """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"a-1","source":"acme/a", "CANARY" : 1 ,
         "time":"2026-05-25T13:42:11Z","data":{"owner":{"name":"CANARY","more":["CANARY"]},
         "kind":"crowd.density","severity":"moderate","position":{"lat":40.6,"CANARY":{},"lon":-73.97},
         "measures":[{"name":"people","value":7.25,"CANARY":"CANARY"},{"value":1e2,"name":"x"}],
         "media":["https://a/CANARY"],"text":"call 202-555-0143","area":{"CANARY":0,"radius_m":5},
         "attrs":{"owner_phone":"CANARY","phase":"start","desk":"202-555-0143","floors":4,"n":null},
         "confidence":0.92}}
        """

    static func decode(_ text: String) throws -> (isNeeded: Bool, redacted: String) {
        let bytes = Array(text.utf8)
        var kinds = KindTable()
        _ = kinds.add("crowd.density", categories: [.publicSafety])
        var alert = Alert()
        try AlertDecoder.decode(bytes.span, 0, bytes.count, kinds: kinds, into: &alert)
        var buffer = ByteBuffer(capacity: Limits.alertBytesMax)
        try AlertRedactor.copy(bytes.span, 0, bytes.count, of: alert, into: &buffer)
        return (AlertRedactor.isNeeded(for: alert), buffer.text)
    }

    @Test func whatTheAllowListDoesNotKnowIsGoneAndTheRestIsAsItWas() throws {
        let (isNeeded, redacted) = try Self.decode(Self.message)
        #expect(isNeeded)
        #expect(!redacted.contains("CANARY"))
        #expect(!redacted.contains("202-555"))
        let value = try JSONSerialization.jsonObject(with: Data(redacted.utf8)) as? NSDictionary
        let expected: NSDictionary = [
            "specversion": "1.0", "type": "tocsin.alert.v1", "id": "a-1", "source": "acme/a",
            "time": "2026-05-25T13:42:11Z",
            "data": [
                "kind": "crowd.density", "severity": "moderate",
                "position": ["lat": 40.6, "lon": -73.97],
                "measures": [["name": "people", "value": 7.25], ["value": 100, "name": "x"]],
                "area": ["radius_m": 5], "confidence": 0.92,
                "attrs": ["phase": "start", "floors": 4],
            ] as [String: Any],
        ]
        #expect(value == expected)
    }

    @Test func theCornersOfAnAreaAreKeptAndNothingElseOfThem() throws {
        let corners = #"[{"lat":1,"CANARY":"x","lon":2},{"lon":2.5,"lat":1},{"lat":2,"lon":2}]"#
        let (isNeeded, redacted) = try Self.decode(
            Self.message.replacing(#"{"CANARY":0,"radius_m":5}"#, with: "{\"polygon\":\(corners)}"))
        #expect(isNeeded && !redacted.contains("CANARY"))
        #expect(
            redacted.contains(
                #""polygon":[{"lat":1,"lon":2},{"lon":2.5,"lat":1},{"lat":2,"lon":2}]"#))
    }

    @Test func aRedactedMessageNeedsNoFurtherRedaction() throws {
        let (_, redacted) = try Self.decode(Self.message)
        let (needsMore, copy) = try Self.decode(redacted)
        #expect(!needsMore)
        #expect(copy == redacted)
    }
}

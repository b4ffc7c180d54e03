import AlertCases
import Domain
import Testing
import Wire

@Suite struct TopicTests {
    @Test(arguments: [
        ("alert/v1/json/acme/site-7/cam-03/", Topic.Subject.alert, "acme/site-7/cam-03"),
        ("heartbeat/v1/json/s/", .heartbeat, "s"),
    ])
    func aTopicNamesItsSubjectAndSource(_ text: String, _ subject: Topic.Subject, _ source: String)
        throws
    {
        let bytes = Array(text.utf8)
        let topic = try Topic.parse(bytes.span, 0, bytes.count)
        #expect(topic.subject == subject)
        #expect(
            String(decoding: bytes[topic.sourceStart..<topic.sourceEnd], as: UTF8.self) == source)
    }

    @Test(arguments: [
        ("", "bad_schema"), ("alert", "bad_schema"), ("alert/", "bad_schema"),
        ("alert/v1/", "bad_schema"),
        ("alert/v1/json/", "bad_schema"), ("alert/v1/json//", "bad_schema"),
        ("/alert/v1/json/s/", "bad_schema"),
        ("alert/v1/json/s", "bad_schema"), ("alarm/v1/json/s/", "bad_schema"),
        ("Alert/v1/json/s/", "bad_schema"),
        ("task/v1/json/s/", "bad_schema"), ("alert/latest/json/s/", "bad_schema"),
        ("alert/v/json/s/", "bad_schema"),
        ("alert/v2/json/s/", "bad_version"), ("alert/v10/protobuf/s/", "bad_version"),
        ("heartbeat/v0/json/s/", "bad_version"), ("alert/v1/protobuf/s/", "bad_encoding"),
        ("alert/v1/JSON/s/", "bad_encoding"), ("alert/v1/xml/s/", "bad_encoding"),
    ])
    func anotherTopicIsRefused(_ text: String, _ code: String) {
        let bytes = Array(text.utf8)
        let refusal = #expect(throws: Refusal.self) {
            _ = try Topic.parse(bytes.span, 0, bytes.count)
        }
        #expect(refusal?.summary == code + " ")
    }

    @Test(arguments: [
        ("alert/v1/json/acme/site-7/cam-03/", true), ("alert/v1/json/acme/site-7/cam-04/", false),
        ("alert/v1/json/acme/site-7/", false), ("alert/v1/json/acme/site-7/cam-03/x/", false),
    ])
    func aTopicSpeaksOnlyForItsOwnSource(_ text: String, _ expected: Bool) throws {
        let bytes = Array(text.utf8)
        let topic = try Topic.parse(bytes.span, 0, bytes.count)
        let decoded = decode(Array(AlertCases.example.utf8), kinds(AlertCases.kinds))
        #expect(topic.names(sourceOf: decoded.alert, bytes.span) == expected)
    }
}

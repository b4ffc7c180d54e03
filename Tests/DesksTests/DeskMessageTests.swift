import Domain
import Testing

@testable import Desks

@Suite("What desks say")
struct DeskMessageTests {
    private func read(_ text: String) throws(DeskRefusal) -> DeskMessage {
        try DeskMessage.read(Array(text.utf8))
    }

    private let id = "00000000000000000000000000000007"

    @Test("A full subscription is read, and a bare one wants everything")
    func subscribe() throws {
        var wanted = subscription(credit: 32, snapshot: true, priorityMax: .p3, areas: ["NYC/3/"])
        wanted.categories = [.publicSafety]
        let full = try read(
            """
            {"type":"subscribe","desk":"east","areas":["NYC/3/"],"categories":["public-safety"],
             "max_priority":3,"credit":32,"snapshot":true,"version":1}
            """)
        #expect(full == .subscribe(desk: "east", wanted))
        let bare = try read(#"{"type":"subscribe","desk":"e"}"#)
        #expect(bare == .subscribe(desk: "e", Subscription()))
    }

    @Test("One acknowledgement and many, credit, heartbeat and leave are read")
    func others() throws {
        let one = DeskMessage.Acknowledgement(task: task(7), revision: 3)
        #expect(
            try read(#"{"type":"acknowledge","id":"\#(id)","revision":3}"#) == .acknowledge([one]))
        let pair = #"{"id":"\#(id)","revision":3}"#
        #expect(
            try read(#"{"type":"acknowledge","acknowledge":[\#(pair),\#(pair)]}"#)
                == .acknowledge([one, one]))
        #expect(try read(#"{"type":"credit","credit":64}"#) == .credit(64))
        #expect(try read(#"{"type":"heartbeat"}"#) == .heartbeat)
        #expect(try read(#"{"type":"leave"}"#) == .leave(forgets: false))
        #expect(try read(#"{"type":"leave","forget":true}"#) == .leave(forgets: true))
    }

    @Test(
        "What is wrong is refused with its code and field",
        arguments: [
            ("", "bad_encoding", ""), ("{", "bad_encoding", ""), ("[]", "bad_schema", ""),
            ("{} {}", "bad_encoding", ""), (#"{"a":01}"#, "bad_encoding", ""),
            (#"{"a":"\ud800"}"#, "bad_encoding", ""), (#"{"a":1e999}"#, "bad_value", ""),
            (#"{"a":1,"a":2}"#, "bad_schema", ""), (#"{"type":"x"}"#, "bad_schema", "/type"),
            (#"{"a":[[[[[[[[[[1]]]]]]]]]]}"#, "bad_schema", ""), ("{}", "missing_field", "/type"),
            (#"{"type":"subscribe"}"#, "missing_field", "/desk"),
            (#"{"type":"subscribe","desk":7}"#, "bad_schema", "/desk"),
            (#"{"type":"subscribe","desk":"East"}"#, "bad_value", "/desk"),
            (#"{"type":"subscribe","desk":""}"#, "bad_value", "/desk"),
            (#"{"type":"subscribe","desk":"13812345678"}"#, "privacy", "/desk"),
            (#"{"type":"subscribe","desk":"e","areas":["NYC/3"]}"#, "bad_value", "/areas"),
            (#"{"type":"subscribe","desk":"e","areas":"NYC/"}"#, "bad_schema", "/areas"),
            (#"{"type":"subscribe","desk":"e","credit":0}"#, "bad_value", "/credit"),
            (#"{"type":"subscribe","desk":"e","credit":1025}"#, "bad_value", "/credit"),
            (#"{"type":"subscribe","desk":"e","credit":1.5}"#, "bad_schema", "/credit"),
            (#"{"type":"subscribe","desk":"e","max_priority":6}"#, "bad_value", "/max_priority"),
            (#"{"type":"subscribe","desk":"e","snapshot":1}"#, "bad_schema", "/snapshot"),
            (#"{"type":"subscribe","desk":"e","categories":["fire"]}"#, "bad_value", "/categories"),
            (#"{"type":"acknowledge","id":"7","revision":1}"#, "bad_value", "/id"),
            (#"{"type":"acknowledge","revision":1}"#, "missing_field", "/id"),
            (#"{"type":"acknowledge","acknowledge":[1]}"#, "bad_schema", "/acknowledge/0"),
            (#"{"type":"feedback"}"#, "missing_field", "/feedback"),
        ])
    func refused(text: String, code: String, field: String) {
        let refusal = #expect(throws: DeskRefusal.self) { try read(text) }
        #expect(refusal?.code.rawValue == code && refusal?.field ?? "" == field, "\(text)")
    }

    @Test("More than 64 KiB, too many areas and bytes that are no text are refused")
    func large() {
        let long = String(repeating: " ", count: DeskLimits.messageBytesMax) + "{}"
        #expect(throws: DeskRefusal.self) { try read(long) }
        let areas = Array(repeating: "\"N/\"", count: 65).joined(separator: ",")
        let many = #expect(throws: DeskRefusal.self) {
            try read(#"{"type":"subscribe","desk":"e","areas":[\#(areas)]}"#)
        }
        #expect(many?.field == "/areas")
        let bytes = #expect(throws: DeskRefusal.self) { try DeskMessage.read([0x22, 0xFF, 0x22]) }
        #expect(bytes?.code == .badEncoding)
    }

    @Test("Texts come through escapes as they were, and are written as they were read")
    func texts() throws {
        let text = #"{"a":"x\"\\\/\n\u00e9\ud83d\ude00é","b":[1,-2.5,true,null,{}]}"#
        let node = try JSONNodeParser.parse(Array(text.utf8), depthMax: 8)
        #expect(node["a"] == .text("x\"\\/\né😀é"))
        #expect(try JSONNodeParser.parse(node.bytes, depthMax: 8) == node)
    }
}

@Suite("What the server says to desks")
struct DeskReplyTests {
    private func parsed(_ reply: DeskReply) throws -> JSONNode {
        try JSONNodeParser.parse(reply.bytes, depthMax: 8)
    }

    @Test("A task stands in its message as it went to the feed")
    func task() throws {
        let delivery = Delivery(desk: "east", attempt: 2, notice: notice(7, row: 9))
        #expect(
            String(decoding: DeskReply.task(delivery).bytes, as: UTF8.self)
                == #"{"type":"task","attempt":2,"row":9,"task":{"n":7}}"#)
    }

    @Test("A subscription is answered with all that a client must know")
    func subscribed() throws {
        let reply = try parsed(.subscribed(desk: "e", waiting: 3, epoch: "42", time: "T"))
        #expect(reply["version"] == .integer(1) && reply["waiting"] == .integer(3))
        #expect(reply["heartbeat_s"] == .integer(5) && reply["redelivery_s"] == .integer(5))
        #expect(reply["epoch"] == .text("42") && reply["time"] == .text("T"))
    }

    @Test("An error names the field, where it is about one")
    func errors() throws {
        let about = try parsed(.error(DeskRefusal(.badValue, at: "/credit", "a \"quote\"")))
        #expect(about["field"] == .text("/credit") && about["detail"] == .text("a \"quote\""))
        #expect(try parsed(.error(DeskRefusal(.takenOver, "gone")))["field"] == nil)
    }
}

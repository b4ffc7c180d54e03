import Domain
import Foundation
import Lanes
import Testing
import ZeroMQ

@testable import tocsin

@Suite("Publishing")
struct PublishTests {
    @Test("Every line of a file arrives in order, and the heartbeats close the numbering")
    func fileThroughPush() throws {
        let context = try Context()
        var server = try Socket(.pull, in: context, options: patient)
        let address = try server.bind("tcp://127.0.0.1:*")
        let count = 3000
        let path = try temporaryFile(
            (0..<count).map { #"{"source":"s/\#($0 % 3)","id":"\#($0)","kind":"k"}"# }
                + ["", "no alert"])
        defer { remove(path) }
        let composer = AlertComposer(numbers: true, started: .now)
        var run = PublishRun(
            try Outgoing(
                to: address, by: .push, in: context, patience: LengthOfTime(seconds: 5)),
            composer, pace: nil)
        // The queues of both ends hold all of it, so that one thread can send and then receive.
        try run.send(linesOf: path)
        let summary = try run.finish()
        #expect(summary.sent == count)
        #expect(summary.skipped == 1)
        #expect(summary.sources == 3)
        for index in 0..<count {
            let (topic, body) = try receive(from: &server)
            #expect(topic == "alert/v1/json/s/\(index % 3)/")
            #expect(body.contains("\"id\":\"\(index)\""))
            #expect(body.contains("\"sequence\":\"\(index / 3 + 1)\""))
        }
        for source in 0..<3 {
            let (topic, body) = try receive(from: &server)
            #expect(topic == "heartbeat/v1/json/s/\(source)/")
            #expect(body.contains("\"sequence\":\"\(count / 3)\""))
        }
    }

    @Test("A broadcast waits for the subscription, so that the first alert arrives")
    func broadcastWaits() throws {
        let context = try Context()
        var server = try Socket(.sub, in: context, options: patient)
        for prefix in ["heartbeat/v1/", "alert/v1/"] { try server.subscribe(to: prefix) }
        let address = try server.bind("tcp://127.0.0.1:*")
        // On a thread of its own: a subscription goes out only while its owner uses the socket.
        let publisher = try LaneThread(named: "publisher") {
            var sender = try Outgoing(
                to: address, by: .broadcast, in: context, patience: LengthOfTime(seconds: 5))
            try sender.send(topic: Array("alert/v1/json/a/".utf8), body: Array("x".utf8))
        }
        #expect(try receive(from: &server) == ("alert/v1/json/a/", "x"))
        try publisher.join()
    }

    @Test(
        "When nobody listens it says so instead of waiting for ever",
        arguments: ["push", "broadcast"])
    func nobodyListens(door: String) throws {
        let context = try Context()
        let patience = try #require(LengthOfTime(argument: "50ms"))
        let failure = #expect(throws: CommandFailure.self) {
            var sender = try Outgoing(
                to: "ipc:///tmp/tocsin-nobody-\(getpid())", by: door == "push" ? .push : .broadcast,
                in: context, patience: patience)
            try sender.send(topic: [1], body: [2])
        }
        #expect(failure?.code == .unavailable)
    }

    @Test("Lines longer than any message, and files that are not there, are refused")
    func unreadable() throws {
        #expect(throws: CommandFailure.self) { _ = try LineReader("/nowhere/x.jsonl") }
        let path = try temporaryFile([String(repeating: "x", count: 2 * LineReader.lineBytesMax)])
        defer { remove(path) }
        var reader = try LineReader(path)
        #expect(throws: CommandFailure.self) { try reader.next { _, _, _ in } }
    }

    @Test("Lines are the same whatever piece of the file they come in")
    func lineBoundaries() throws {
        let lines = (0..<20_000).map { String(repeating: "y", count: $0 % 977) + "\($0)" }
        let path = try temporaryFile(lines)
        defer { remove(path) }
        var reader = try LineReader(path)
        for line in lines {
            let read = try reader.next { bytes, start, end in
                String(decoding: (start..<end).map { bytes[$0] }, as: UTF8.self)
            }
            #expect(read == line)
        }
        #expect(try reader.next { _, _, _ in } == nil)
        #expect(reader.number == lines.count)
    }

    @Test("A rate is kept")
    func pace() {
        var pace = SendPace(rate: 1000)
        let started = ContinuousClock.now
        for _ in 0..<101 { pace.wait() }
        let elapsed = (ContinuousClock.now - started).seconds
        #expect(elapsed >= 0.1)
    }
}

private var patient: SocketOptions {
    var options = SocketOptions()
    options.receiveTimeoutMilliseconds = 5000
    options.receiveHighWaterMark = 0
    options.lingerMilliseconds = 0
    return options
}

private func receive(from server: inout Socket) throws -> (topic: String, body: String) {
    var message = Message()
    var parts: [String] = []
    repeat {
        try #require(try server.receive(into: &message))
        parts.append(
            message.withBytes { bytes in
                String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
            })
    } while message.more
    try #require(parts.count == 2)
    return (parts[0], parts[1])
}

private func temporaryFile(_ lines: [String]) throws -> String {
    let path = NSTemporaryDirectory() + "tocsin-lines-\(UUID().uuidString)"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    return path
}

private func remove(_ path: String) {
    do {
        try FileManager.default.removeItem(atPath: path)
    } catch {
        Issue.record(error)
    }
}

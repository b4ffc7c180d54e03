// wire-bench: what it costs to decode the protocol's example alert and to write a task.
//
//   swift run -c release wire-bench [calls a round]

import Domain
import Glibc
import Wire

let example = Array(
    """
    {"specversion":"1.0","type":"tocsin.alert.v1","id":"01J9Z3K6T4-17",\
    "source":"acme/site-7/cam-03","time":"2026-05-25T13:42:11.412Z","sequence":"17","data":{"kind":"crowd.density",\
    "severity":"moderate","state":"raise","confidence":0.92,\
    "position":{"lat":40.6086,"lon":-73.9730,"accuracy_m":15},"cell":"NYC/3/311/311-042","measures":[{"name":"people","value":7,"unit":"1",\
    "limit":5}],"count":7,"start":"2026-05-25T13:42:05Z"}}
    """.utf8)

/// Prints the least and the median of 101 figures, in nanoseconds of processor time a call.
func report(_ name: String, _ figures: [Double]) {
    let sorted = figures.sorted()
    print("\(name): least \(sorted[0]) ns, median \(sorted[sorted.count / 2]) ns")
}

func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// Decodes the message over and over; the first round warms up and is not counted.
func decodeRounds(_ message: [UInt8], calls: Int) throws(Refusal) -> [Double] {
    var kinds = KindTable(capacity: 4096)
    for number in 0..<200 { _ = kinds.add("kind.number-\(number)", categories: [.publicSafety]) }
    _ = kinds.add("crowd.density", categories: [.publicSafety])
    var alert = Alert()
    let bytes = message.span
    var figures: [Double] = []
    for _ in 0...101 {
        let start = now()
        for _ in 0..<calls {
            try AlertDecoder.decode(bytes, 0, bytes.count, kinds: kinds, into: &alert)
        }
        figures.append(Double(now() - start) / Double(calls))
    }
    return Array(figures.dropFirst())
}

/// Writes a short task over and over.
func encodeRounds(calls: Int) -> [Double] {
    let encoder = FeedEncoder(instance: "bench", epoch: 1)
    var order = TaskOrder()
    order.texts.append(string: "Gas at the corner of two streets, two sensors agree")
    order.title = OrderText(0, order.texts.count)
    order.time = Timestamp(nanoseconds: 1_779_716_531_412_000_000)
    var body = ByteBuffer(capacity: Limits.taskBytesMax)
    var figures: [Double] = []
    for _ in 0...101 {
        let start = now()
        for _ in 0..<calls {
            body.clear()
            encoder.encodeTask(order, sequence: 1, into: &body)
        }
        figures.append(Double(now() - start) / Double(calls))
    }
    print("a task of \(body.count) bytes")
    return Array(figures.dropFirst())
}

/// The smallest message the protocol has, and its full example.
let minimal = Array(
    """
    {"specversion":"1.0","type":"tocsin.alert.v1","id":"a","source":"s",\
    "time":"2026-05-25T13:42:11Z","data":{"kind":"crowd.density","severity":"minor"}}
    """.utf8)
let calls = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 20_000 : 20_000
do throws(Refusal) {
    report("decode \(example.count) bytes", try decodeRounds(example, calls: calls))
    report("decode \(minimal.count) bytes", try decodeRounds(minimal, calls: calls))
} catch {
    print("refused: \(error.code.word) \(error.field.pointer)")
    exit(1)
}
report("encode", encodeRounds(calls: calls / 4 + 1))

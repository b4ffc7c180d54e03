// wire-bench: what it costs to decode the protocol's example alert and to write a task.
//
//   swift run -c release wire-bench

import Domain
import Glibc
import Wire

let example = Array(
    """
    {"specversion":"1.0","type":"tocsin.alert.v1","id":"01J9Z3K6T4-17","source":"acme/site-7/cam-03",\
    "time":"2026-05-25T13:42:11.412Z","sequence":"17","data":{"kind":"crowd.density",\
    "severity":"moderate","state":"raise","confidence":0.92,"position":{"lat":40.6086,"lon":-73.9730,\
    "accuracy_m":15},"cell":"NYC/3/311/311-042","measures":[{"name":"people","value":7,"unit":"1",\
    "limit":5}],"count":7,"start":"2026-05-25T13:42:05Z"}}
    """.utf8)

/// Nanoseconds of processor time a call: the least and the median of 101 runs of `calls` calls.
func measure(_ name: String, calls: Int, _ body: () -> Void) {
    for _ in 0..<calls { body() }
    var figures: [Double] = []
    figures.reserveCapacity(101)
    for _ in 0..<101 {
        let start = now()
        for _ in 0..<calls { body() }
        figures.append(Double(now() - start) / Double(calls))
    }
    figures.sort()
    print("\(name): least \(figures[0]) ns, median \(figures[50]) ns")
}

func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

var kinds = KindTable(capacity: 4096)
for number in 0..<200 { _ = kinds.add("kind.number-\(number)", categories: [.publicSafety]) }
_ = kinds.add("crowd.density", categories: [.publicSafety])
var alert = Alert()
print("alert of \(example.count) bytes")
measure("decode", calls: 20_000) {
    do throws(Refusal) {
        try AlertDecoder.decode(example.span, 0, example.count, kinds: kinds, into: &alert)
    } catch {
        fatalError("the example is refused: \(error.code.word)")
    }
}
let encoder = FeedEncoder(instance: "bench", epoch: 1)
var order = TaskOrder()
order.texts.append(string: "Gas at the corner of two streets, two sensors agree")
order.title = OrderText(0, order.texts.count)
order.time = alert.time
var body = ByteBuffer(capacity: Limits.taskBytesMax)
measure("encode task", calls: 5_000) {
    body.clear()
    encoder.encodeTask(order, sequence: 1, into: &body)
}
print("task of \(body.count) bytes")

import Domain
import Foundation
import Testing
import Wire

@Suite struct TimeTextTests {
    private func parsed(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        return TimeText.parse(bytes.span, 0, bytes.count)
    }

    private func written(_ time: Timestamp) -> String {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(time: time)
        return buffer.text
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-05-25T13:42:11.412Z", 1_779_716_531_412_000_000),
        ("2026-05-25T21:42:11.412+08:00", 1_779_716_531_412_000_000),
        ("2026-05-25T09:12:11.412-04:30", 1_779_716_531_412_000_000),
        ("2000-02-29T23:59:59.000000001Z", 951_868_799_000_000_001),
        ("2261-12-31T23:59:59.999999999Z", 9_214_646_399_999_999_999),
    ])
    func aTimeIsTheMomentItNames(_ text: String, _ nanoseconds: Int64) {
        #expect(parsed(text)?.nanoseconds == nanoseconds)
    }

    @Test func aWrittenTimeIsReadBackAsTheSameMoment() {
        var random = SplitMix64(seed: 7)
        for round in 0..<100_000 {
            var nanoseconds = Int64(truncatingIfNeeded: random.next() % 9_214_646_400_000_000_000)
            if round % 3 == 1 { nanoseconds -= nanoseconds % 1_000_000 }
            if round % 3 == 2 { nanoseconds -= nanoseconds % 1000 }
            let time = Timestamp(nanoseconds: nanoseconds)
            let text = written(time)
            #expect(parsed(text) == time, "\(text)")
            #expect(text.utf8.count <= [30, 24, 27][round % 3])
        }
    }

    @Test func everyDayAgreesWithFoundation() throws {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -106_000, through: 106_000, by: 17) {
            let time = Timestamp(nanoseconds: Int64(day) * 86_400_000_000_000)
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            #expect(written(time) == date.formatted(format))
        }
    }
}

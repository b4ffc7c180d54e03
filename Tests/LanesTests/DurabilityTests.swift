import Lanes
import Testing

@Suite("How far records are durable")
struct DurabilityTests {
    @Test("It is wanted until as much is durable as somebody asked for")
    func wanted() {
        let durability = Durability()
        #expect(!durability.isWanted)
        durability.want(3)
        #expect(durability.isWanted)
        durability.note(durable: 2)
        #expect(durability.isWanted)
        durability.note(durable: 3)
        #expect(!durability.isWanted && durability.durable == 3)
        durability.want(2)
        #expect(!durability.isWanted)
    }

    @Test("A wish wakes the lane that writes, the next one too, and so does the end")
    func wakes() {
        let (durability, stop) = (Durability(), StopSignal())
        let clock = ContinuousClock()
        for records in 1...3 {
            durability.want(UInt64(records))
            let waited = clock.measure { durability.awaitWish(atMost: .seconds(20), until: stop) }
            #expect(waited < .seconds(10))
            durability.note(durable: UInt64(records))
        }
        let idle = clock.measure { durability.awaitWish(atMost: .milliseconds(50), until: stop) }
        #expect(idle >= .milliseconds(40))
        stop.raise()
        let ended = clock.measure { durability.awaitWish(atMost: .seconds(20), until: stop) }
        #expect(ended < .seconds(10))
    }
}

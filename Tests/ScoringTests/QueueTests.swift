import Domain
import Testing

@testable import Scoring

@Suite struct TimerQueueTests {
    @Test func ownersComeOutInOrderOfDeadlineThenNumber() {
        var queue = TimerQueue(owners: 10)
        queue.set(3, due: Timestamp(nanoseconds: 20))
        queue.set(7, due: Timestamp(nanoseconds: 10))
        queue.set(1, due: Timestamp(nanoseconds: 20))
        #expect(queue.earliest() == Timestamp(nanoseconds: 10))
        let late = Timestamp(nanoseconds: 100)
        let order = [
            queue.pop(dueBy: late), queue.pop(dueBy: late), queue.pop(dueBy: late),
            queue.pop(dueBy: late),
        ]
        #expect(order == [7, 1, 3, -1])
    }

    @Test func nothingComesOutBeforeItIsDue() {
        var queue = TimerQueue(owners: 2)
        queue.set(0, due: Timestamp(nanoseconds: 50))
        #expect(queue.pop(dueBy: Timestamp(nanoseconds: 49)) == -1)
        #expect(queue.pop(dueBy: Timestamp(nanoseconds: 50)) == 0)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func anyMixOfSettingMovingAndCancellingAgreesWithASortedList(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = TimerQueue(owners: 200)
        var model: [Int: Int64] = [:]
        for step in 0..<20_000 {
            let owner = Int.random(in: 0..<200, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let due = Int64.random(in: 0...1000, using: &random)
                queue.set(owner, due: Timestamp(nanoseconds: due))
                model[owner] = due
            case 2:
                queue.cancel(owner)
                model[owner] = nil
            default:
                let now = Int64(step % 1000)
                let expected =
                    model.filter { $0.value <= now }
                    .min { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? -1
                let popped = queue.pop(dueBy: Timestamp(nanoseconds: now))
                #expect(popped == expected)
                model[popped] = nil
            }
            #expect(queue.count == model.count)
        }
    }
}

@Suite struct KeyIndexTests {
    @Test(arguments: [UInt64(4), 5])
    func anyMixOfInsertingAndRemovingAgreesWithADictionary(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var index = KeyIndex(capacity: 64)
        var model: [UInt64: Int] = [:]
        // Few distinct low bits, so that probing runs long and removal must close gaps.
        let hashes = (0..<100).map { UInt64($0) << 32 | UInt64($0 % 5) }
        for _ in 0..<20_000 {
            let hash = hashes[Int.random(in: 0..<100, using: &random)]
            if let number = model[hash] {
                #expect(index.find(hash) == number)
                if Bool.random(using: &random) {
                    index.remove(hash)
                    model[hash] = nil
                }
            } else {
                #expect(index.find(hash) == -1)
                if model.count < 64 {
                    let number = Int.random(in: 0..<1000, using: &random)
                    index.insert(hash, number)
                    model[hash] = number
                }
            }
        }
    }
}

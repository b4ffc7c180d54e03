import Lanes
import Synchronization
import Testing

@Suite struct LaneTests {
    /// Adds what comes through its ring.
    struct AddingLane: Lane, ~Copyable {
        var reader: RingReader
        var sum = 0
        var turns = 0

        mutating func turn() -> Int {
            turns += 1
            return reader.drain(atMost: 8) { sum += Int($0[0]) }
        }
    }

    struct FailingLane: Lane {
        struct Broken: Error, Equatable {}
        var turns = 0

        mutating func turn() throws(Broken) -> Int {
            turns += 1
            if turns == 3 { throw Broken() }
            return turns % 2
        }
    }

    /// Reports each park and stops itself at the first.
    struct ParkingLane: Lane {
        let stop: StopSignal
        var parks: [Duration] = []
        var turns = 0
        mutating func turn() -> Int {
            turns += 1
            return turns <= 5 ? 1 : 0
        }
        mutating func park(atMost duration: Duration, until stop: StopSignal) {
            parks.append(duration)
            stop.raise()
        }
    }

    @Test(arguments: [IdlePolicy.busy, .balanced, .thrifty])
    func `a lane works until it is told to stop`(policy: IdlePolicy) throws {
        let ring = RecordRing(byteCapacity: 4096)
        let stop = StopSignal()
        let thread = try LaneThread(named: "adding") {
            var lane = AddingLane(reader: ring.reader())
            lane.run(until: stop, idle: policy)
            return lane.sum
        }
        var writer = ring.writer()
        for _ in 0..<100 { #expect(writer.append(UInt8(2)) == true) }
        while ring.backlogBytes > 0 { yieldCPU() }
        stop.raise()
        #expect(thread.join() == 200)
    }

    @Test func `a parked lane wakes when the signal is raised`() throws {
        let ring = RecordRing(byteCapacity: 4096)
        let stop = StopSignal()
        let hours = IdlePolicy(spins: 0, yields: 0, park: .seconds(7200))
        let thread = try LaneThread(named: "sleeper") {
            var lane = AddingLane(reader: ring.reader())
            lane.run(until: stop, idle: hours)
            return lane.turns
        }
        stop.raise()
        #expect(thread.join() <= 1)
    }

    @Test func `a failed turn ends the lane`() {
        var lane = FailingLane()
        #expect(throws: FailingLane.Broken()) {
            try lane.run(until: StopSignal(), idle: .balanced)
        }
        #expect(lane.turns == 3)
    }

    @Test func `work starts the idle count over, then it spins, yields and parks`() {
        let stop = StopSignal()
        var lane = ParkingLane(stop: stop)
        lane.run(until: stop, idle: IdlePolicy(spins: 3, yields: 2, park: .milliseconds(5)))
        #expect(lane.turns == 5 + 3 + 2 + 1)
        #expect(lane.parks == [.milliseconds(5)])
    }

    @Test func `waiting on a raised signal takes no time`() {
        let stop = StopSignal()
        #expect(!stop.isRaised)
        stop.wait(atMost: .nanoseconds(1))
        stop.wait(atMost: .seconds(-1))
        stop.raise()
        stop.raise()
        #expect(stop.isRaised)
        stop.wait(atMost: .seconds(Int64.max))
    }
}

@Suite struct ErrandTests {
    struct Ledger: ~Copyable {
        var entries: [Int] = []
    }

    @Test func `errands are carried out once, in their order, by the lane alone`() {
        let errands = Errands<Ledger>()
        var ledger = Ledger()
        #expect(errands.carryOut(on: &ledger) == 0)
        for number in 1...3 { errands.submit { $0.entries.append(number) } }
        #expect(errands.carryOut(on: &ledger) == 3)
        #expect(errands.carryOut(on: &ledger) == 0)
        let entries = ledger.entries
        #expect(entries == [1, 2, 3])
    }

    @Test func `whoever asked gets what the lane made of it`() throws {
        let errands = Errands<Ledger>()
        let stop = StopSignal()
        let lane = try LaneThread(named: "ledger") {
            var ledger = Ledger()
            while !stop.isRaised {
                if errands.carryOut(on: &ledger) == 0 { yieldCPU() }
            }
            return ledger.entries.count
        }
        for number in 1...1000 {
            let count = errands.perform(within: .seconds(10)) { ledger in
                ledger.entries.append(number)
                return ledger.entries.count
            }
            #expect(count == number)
        }
        stop.raise()
        #expect(lane.join() == 1000)
    }

    @Test func `a lane that does not come is not waited for longer than asked`() {
        let errands = Errands<Ledger>()
        let made = errands.perform(within: .milliseconds(20)) { $0.entries.count }
        #expect(made == nil)
    }
}

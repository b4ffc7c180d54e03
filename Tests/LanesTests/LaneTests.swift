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

@Suite struct PublishedTests {
    final class Table: Sendable {
        let values: [Int]
        init(_ value: Int) { values = .init(repeating: value, count: 64) }
    }

    @Test func `a reader sees each newer value once`() {
        let published = Published("first")
        var seen = published.latest().revision
        #expect(published.latest().value == "first")
        #expect(published.next(after: &seen) == nil)
        published.publish("second")
        published.publish("third")
        #expect(published.next(after: &seen) == "third")
        #expect(published.next(after: &seen) == nil)
        #expect(seen == 2)
    }

    @Test func `a value nobody holds is let go`() {
        weak var first: Table?
        let published = Published(Table(0))
        first = published.latest().value
        #expect(first != nil)
        published.publish(Table(1))
        #expect(first == nil)
    }

    @Test func `a lane reads whole values while another publishes, never an older one`() throws {
        let published = Published(Table(0))
        let rounds = 5_000
        let publisher = try LaneThread(named: "publisher") {
            for value in 1...rounds { published.publish(Table(value)) }
        }
        let follower = try LaneThread(named: "follower") {
            var seen: UInt64 = 0
            var last = 0
            var faults = 0
            while last < rounds {
                guard let table = published.next(after: &seen) else {
                    yieldCPU()
                    continue
                }
                if table.values[0] <= last || Set(table.values).count != 1 { faults += 1 }
                if table.values[0] != Int(seen) { faults += 1 }
                last = table.values[0]
            }
            return faults
        }
        publisher.join()
        #expect(follower.join() == 0)
    }
}

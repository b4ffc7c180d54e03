import Cells
import Domain
import Pipeline
import Scenario
import Testing

@Suite struct WalkTests {
    /// Ten minutes of the city with every incident, as messages.
    static func events() throws -> [ScenarioEvent] {
        var options = ScenarioOptions(seed: 11, start: City.start)
        options.duration = .minutes(10)
        options.speed = 10
        options.rate = 5
        return Array(try ScenarioPlayer(grid: City.grid(), options: options))
    }

    static func play(_ events: [ScenarioEvent], idle: Interval?) throws -> [UInt8] {
        var city = try City()
        var last = City.start
        for event in events {
            if let idle {
                while last + idle < City.start + event.offset {
                    last = last + idle
                    city.walk.advance(to: last)
                }
            }
            city.take(event)
            last = City.start + event.offset
        }
        city.walk.advance(to: City.start + .hours(3))
        return city.journal()
    }

    @Test func theSameLettersGiveTheSameBytesWheneverTheLaneLooksAtTheClock() throws {
        let events = try Self.events()
        let once = try Self.play(events, idle: nil)
        #expect(once.count > 100_000)
        #expect(try Self.play(events, idle: nil) == once)
        #expect(try Self.play(events, idle: .milliseconds(73)) == once)
    }

    @Test func whatIsReceivedIsAcceptedOrRejectedAndNothingElse() throws {
        var city = try City()
        for event in try Self.events() { city.take(event) }
        let counters = city.walk.counters
        let rejected = (0..<Reject.count).reduce(UInt64(0)) { $0 + counters.rejected[$1] }
        #expect(counters.accepted[1] > 1000)
        #expect(counters.received[1] == counters.accepted[1] + rejected)
        #expect(rejected == 0)
        #expect(counters.lost == 0)
        #expect(counters.tasksOpened > 5)
        #expect(counters.journalOverflows == 0 && counters.feedOverflows == 0)
    }

    @Test func everyScoreFallsBackToNothingWhenNothingComes() throws {
        var city = try City()
        for event in try Self.events() { city.take(event) }
        let later = City.start + .hours(48)
        city.walk.advance(to: later)
        let grid = try City.grid()
        for cell in 0..<grid.count {
            for category in Category.allCases {
                let standing = city.walk.standing(CellID(cell), category, at: later)
                #expect(standing == Standing(.zero, .none))
            }
        }
    }
}

@Suite struct AdmissionTests {
    @Test func aRepeatIsADuplicateAndAnotherStateIsNot() throws {
        var city = try City()
        #expect(city.take(alert("a-1")) == nil)
        #expect(city.take(alert("a-1")) == .duplicate)
        #expect(city.take(alert("a-1", ["state": "\"raise\""])) == nil)
        #expect(city.take(alert("a-1", source: "acme/b"), from: "acme/b") == nil)
    }

    @Test func timesTooFarAheadOrTooOldAreRefused() throws {
        var city = try City()
        let start = City.start
        #expect(city.take(alert("f-1", time: start + .seconds(120))) == nil)
        #expect(city.take(alert("f-2", time: start + .seconds(121))) == .timeSkew)
        #expect(city.take(alert("f-3", time: start - .hours(24))) == nil)
        #expect(city.take(alert("f-4", time: start - .hours(25))) == .timeSkew)
        var policy = AdmissionPolicy()
        policy.backfill = ["acme/"]
        var open = try City(policy)
        #expect(open.take(alert("f-4", time: start - .hours(25))) == nil)
    }

    @Test func theTopicMustNameTheBodysSource() throws {
        var city = try City()
        #expect(city.take(alert("t-1"), from: "acme/other") == .notAllowed)
        #expect(city.take(alert("t-2"), subject: "alert/v2/json") == .badVersion)
        #expect(city.take(alert("t-3"), subject: "alert/v1/protobuf") == .badEncoding)
        #expect(city.take(alert("t-4"), subject: "alarm/v1/json") == .badSchema)
    }

    @Test func onlyListedSourcesAreLetInWhereThereIsAList() throws {
        var policy = AdmissionPolicy()
        policy.allowed = ["acme/"]
        var city = try City(policy)
        #expect(city.take(alert("s-1")) == nil)
        let acmeter = alert("s-2", source: "acmeter/a")
        #expect(city.take(acmeter, from: "acmeter/a") == .unknownSource)
    }

    @Test func oneSourceMoreThanThereIsRoomForIsRefused() throws {
        var policy = AdmissionPolicy()
        policy.sourcesMax = 2
        var city = try City(policy)
        for name in ["acme/a", "acme/b"] {
            #expect(city.take(alert("n-1", source: name), from: name) == nil)
        }
        #expect(city.take(alert("n-1", source: "acme/c"), from: "acme/c") == .overloaded)
        #expect(city.take(alert("n-2")) == nil)
    }

    @Test func aSourceOverItsRateIsThrottledAndRecovers() throws {
        var policy = AdmissionPolicy()
        policy.ratePerSource = 2
        var city = try City(policy)
        let burst = (0..<6).map { city.take(alert("r-\($0)")) }
        #expect(burst == [nil, nil, nil, nil, .throttled, .throttled])
        #expect(city.take(alert("r-9"), after: 0.5) == nil)
        #expect(city.take(alert("r-10"), after: 0.5) == .throttled)
    }

    @Test func gapsInTheNumbersAreCountedAlsoAtTheTail() throws {
        var city = try City()
        for number in [1, 2, 5] { _ = city.take(alert("q-\(number)", sequence: number)) }
        #expect(city.walk.counters.lost == 2)
        let heartbeat = """
            {"specversion":"1.0","type":"tocsin.heartbeat.v1","id":"h","source":"acme/a",\
            "time":"2026-05-25T13:42:15Z","sequence":"9"}
            """
        #expect(city.take(heartbeat, subject: "heartbeat/v1/json") == nil)
        #expect(city.walk.counters.lost == 6)
        #expect(city.take(alert("q-10", sequence: 10)) == nil)
        #expect(city.walk.counters.lost == 6)
    }
}

@Suite struct PlaceTests {
    @Test func anAlertWithoutAPlaceOrOutsideTheMapIsRefused() throws {
        var city = try City()
        #expect(city.take(alert("p-1", ["position": ""])) == .missingField)
        let far = "{\"lat\":1.0,\"lon\":2.0}"
        #expect(city.take(alert("p-2", ["position": far])) == .outsideArea)
        let nowhere = alert("p-3", ["position": "", "cell": "\"HB/9/999\""])
        #expect(city.take(nowhere) == .outsideArea)
        #expect(city.take(alert("p-4", ["position": "", "cell": "\"HB/1\""])) == nil)
    }

    @Test func aPositionWinsOverACellAndTheDifferenceIsCounted() throws {
        var city = try City()
        #expect(city.take(alert("p-5", ["cell": "\"HB/4\""])) == nil)
        #expect(city.walk.counters.cellMismatches == 1)
    }
}

@Suite struct StatusTests {
    /// Smoke and heat of two sensors: the shipped fire rule raises after its hold.
    static func fire(_ status: String) throws -> [[String: Any]] {
        var city = try City()
        let mark = ["status": "\"\(status)\"", "severity": "\"severe\"", "confidence": "0.9"]
        _ = city.take(alert("x-1", mark))
        let heat = [
            "kind": "\"temperature\"",
            "measures": "[{\"name\":\"temperature\",\"value\":80,\"unit\":\"Cel\"}]",
        ].merging(mark) { $1 }
        _ = city.take(
            alert("x-2", source: "acme/b", time: City.start + .seconds(5), heat),
            from: "acme/b", after: 5)
        city.walk.advance(to: City.start + .minutes(2))
        return try city.tasks()
    }

    @Test func anActualFireIsATaskThatSaysWhy() throws {
        let task = try #require(try Self.fire("actual").first)
        #expect(task["status"] as? String == "actual")
        #expect(task["category"] as? String == "public-safety")
        #expect((task["reason"] as? String)?.contains("public-safety stands at") == true)
        let evidence = task["evidence"] as? [String: Any]
        let alerts = try #require(evidence?["alerts"] as? [String])
        #expect(Set(alerts) == ["acme/a#x-1", "acme/b#x-2"])
        #expect((task["factors"] as? [[String: Any]])?.isEmpty == false)
    }

    @Test func aDrillRunsTheWholeWayMarked() throws {
        let task = try #require(try Self.fire("exercise").first)
        #expect(task["status"] as? String == "exercise")
    }

    @Test func aTestNeverReachesDispatch() throws {
        #expect(try Self.fire("test").isEmpty)
    }
}

@Suite struct BatchTests {
    @Test func oneBadAlertDoesNotSpoilTheOthersOfItsBatch() throws {
        var city = try City()
        let batch = "[\(alert("b-1")),\(alert("b-2", ["severity": "\"bad\""])),\(alert("b-3"))]"
        _ = city.take(batch)
        let counters = city.walk.counters
        #expect(counters.received[1] == 3)
        #expect(counters.accepted[1] == 2)
        #expect(counters.rejected[Int(Reject.badValue.rawValue)] == 1)
    }

    @Test func aBrokenBatchIsOneRefusal() throws {
        var city = try City()
        #expect(city.take("[\(alert("b-1")),") == .badBatch)
        #expect(city.walk.counters.received[1] == 1)
    }
}

import Domain
import Testing

@testable import Tasking

@Suite struct TaskDeadlinesTests {
    static func plan() -> TaskPlan {
        var plan = TaskPlan(rule: RuleID(0), category: .publicSafety)
        plan.acceptWithin = .minutes(5)
        plan.arriveWithin = .minutes(15)
        plan.resolveWithin = .minutes(60)
        return plan
    }

    /// Which deadline is next at each stage; nil: none.
    static let next: [(TaskStage, Int64?)] = [
        (.open, 5), (.offered, 5), (.rejected, 5), (.reassigned, 5), (.accepted, 15),
        (.enRoute, 15), (.onScene, 60), (.resolved, nil), (.closed, nil), (.cancelled, nil),
        (.expired, nil),
    ]

    @Test(arguments: next.indices)
    func theNextDeadlineIsThatOfTheStage(_ index: Int) {
        let (stage, minute) = Self.next[index]
        let deadlines = TaskDeadlines(Self.plan(), from: .minute(0), factor: 1)
        #expect(deadlines.next(at: stage) == minute.map { .minute($0) } ?? .forever)
    }

    @Test func aModeStretchesOrShortensAll() {
        let deadlines = TaskDeadlines(Self.plan(), from: .minute(0), factor: 0.5)
        #expect(deadlines.resolve == .minute(30))
    }

    @Test func aDeadlineIsMissedAtItsMomentAndBeginsAnew() {
        var deadlines = TaskDeadlines(Self.plan(), from: .minute(0), factor: 1)
        #expect(!deadlines.isMissed(.acceptMissed, at: .open, .minute(4)))
        #expect(deadlines.isMissed(.acceptMissed, at: .open, .minute(5)))
        #expect(!deadlines.isMissed(.acceptMissed, at: .accepted, .minute(5)))
        deadlines.restart(.acceptMissed, Self.plan(), from: .minute(5), factor: 1)
        #expect(deadlines.next(at: .open) == .minute(10))
        deadlines.giveUp(.acceptMissed)
        #expect(deadlines.next(at: .open) == .minute(15))
        deadlines.restart(.acceptMissed, Self.plan(), from: .minute(6), factor: 1)
        #expect(deadlines.next(at: .open) == .minute(11))
    }

    @Test func whatAPlanDoesNotAskForIsNeverMissed() {
        let plan = TaskPlan(rule: RuleID(0), category: .publicSafety)
        let deadlines = TaskDeadlines(plan, from: .minute(0), factor: 1)
        #expect(deadlines.next(at: .open) == .forever)
        #expect(!deadlines.isMissed(.acceptMissed, at: .open, .forever))
    }
}

import CEL
import Domain

/// The lists that `evidence.kinds` can be, made once: 256 for each corroboration.
struct WitnessLists: ~Copyable, Sendable {
    private let lists: Table<Slot>

    init(_ table: inout RuleTable) {
        var lists = Table<Slot>(capacity: table.corroborations.capacity * 256)
        for index in 0..<table.corroborations.capacity {
            let plan = table.corroborations[index]
            for set in 0..<(1 << plan.witnessCount) {
                let names = (0..<plan.witnessCount).filter { set >> $0 & 1 == 1 }
                    .map { table.witnesses[plan.firstWitness + $0].name }
                lists[index * 256 + set] = table.memory.arena.freeze(list: names)
            }
        }
        self.lists = lists
    }

    /// The names of the witnesses whose bits are set, in the order of the file.
    @_noAllocation @_noLocks
    func list(_ corroboration: Int, _ witnesses: UInt8) -> Slot {
        lists[corroboration * 256 + Int(witnesses)]
    }
}

extension RuleMatcher {
    /// How sure an alert is that does not say.
    static var unsaidConfidence: Double { 0.5 }

    /// Notes which of the rule's witnesses the alert is.
    @_noAllocation @_noLocks
    mutating func addSightings(_ plan: RulePlan, _ key: Int, _ times: SampleTimes) {
        guard plan.corroboration >= 0 else { return }
        let corroboration = table.corroborations[plan.corroboration]
        let start = sightings(plan, key)
        let edge = times.now.nanoseconds &- corroboration.within.nanoseconds
        var witness = 0
        while witness < corroboration.witnessCount {
            let when = table.witnesses[corroboration.firstWitness + witness].when
            if judge(when, plan.id) == .yes {
                if let sighting = sighting(corroboration, plan.id, times) {
                    store.addSighting(sighting, start, witness, edge: edge)
                }
            }
            witness += 1
        }
    }

    /// What a witness has seen with the alert; nil, counted, when it has not what must differ.
    @_noAllocation @_noLocks
    private mutating func sighting(
        _ corroboration: CorroborationPlan, _ rule: RuleID, _ times: SampleTimes
    ) -> WitnessSighting? {
        let value = evaluate(corroboration.distinct)
        guard value.isPresent else {
            fail(rule, value.failure)
            return nil
        }
        let said = slots[Int(RuleSlot.alertConfidence.rawValue)].number
        return WitnessSighting(
            identity: table.memory.symbols.identity(of: value),
            confidence: said.isFinite ? said : RuleMatcher.unsaidConfidence,
            time: times.sample.nanoseconds)
    }

    /// Fills the `evidence.` slots as of `moment`.
    @_noAllocation @_noLocks
    mutating func fillEvidence(_ plan: RulePlan, _ key: Int) {
        let corroboration = table.corroborations[plan.corroboration]
        let start = sightings(plan, key)
        let found = store.weigh(corroboration, start, moment)
        store.set(start, found.leaves)
        let first = Int(RuleSlot.evidenceMet.rawValue)
        slots[first] = .bool(found.count >= corroboration.need)
        slots[first + 1] = .int(Int64(truncatingIfNeeded: found.count))
        slots[first + 2] = .double(found.confidence)
        slots[first + 3] = kinds.list(plan.corroboration, found.witnesses)
    }
}

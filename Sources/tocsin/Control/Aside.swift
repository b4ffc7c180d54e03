import Cells
import Domain
import Pipeline
import Tasking

/// What was prepared aside for a swap: rules alone, or an engine over another grid.
struct Aside: ~Copyable {
    private enum Kind: ~Copyable {
        case rules(CompiledRules)
        case city(Resettlement)
    }

    private let kind: Kind
    private let rehearsal: Rehearsal?

    init(
        _ compiled: consuming CompiledRules, _ changed: consuming ChangedCity?,
        _ admission: AdmissionPolicy, _ sources: [SourcePlan],
        after rehearsal: consuming Rehearsal?
    ) {
        if let changed = consume changed {
            let grid = changed.grid
            kind = .city(Resettlement(compiled, grid, admission, sources: sources))
        } else {
            kind = .rules(compiled)
        }
        self.rehearsal = rehearsal
    }

    /// **Range**: there is room for the sources.
    consuming func swap(
        into walk: inout Walk, _ sources: [SourcePlan], at now: Timestamp
    ) -> Settlement {
        let rehearsal = rehearsal
        switch consume kind {
        case .rules(let compiled):
            _ = walk.replaceSources(sources)
            var settlement = Settlement()
            settlement.adoption = walk.adopt(compiled, at: now, after: rehearsal)
            return settlement
        case .city(let city):
            return walk.move(
                to: city, at: now, noting: { RuleKeeper.json(CellsReport($0)) }, after: rehearsal)
        }
    }
}

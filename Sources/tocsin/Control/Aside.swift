import Cells
import Domain
import Pipeline
import Scoring
import Tasking

/// What was prepared aside for a swap: rules alone, or an engine over another grid.
struct Aside: ~Copyable {
    private enum Kind: ~Copyable {
        case rules(CompiledRules)
        case city(Resettlement)
    }

    /// What became of the state that was taken over, and of the cells where those are others.
    struct Outcome {
        var adoption: Adoption
        var cells: CellsReport?
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
    ) -> Outcome {
        let rehearsal = rehearsal
        switch consume kind {
        case .rules(let compiled):
            _ = walk.replaceSources(sources)
            return Outcome(adoption: walk.adopt(compiled, at: now, after: rehearsal))
        case .city(let city):
            var cells: CellsReport?
            let settlement = walk.move(
                to: city, at: now,
                noting: { succession in
                    let report = CellsReport(succession)
                    cells = report
                    return RuleKeeper.json(report)
                }, after: rehearsal)
            cells?.take(settlement)
            return Outcome(adoption: settlement.adoption, cells: cells)
        }
    }
}

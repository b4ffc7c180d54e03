import Domain
import Lanes
import Pipeline
import Registry
import RuleBook

extension RuleKeeper {
    /// Sources that are looked for in the city at once: the lane stands still for a millisecond.
    private static let locatedAtOnce = 4096

    /// What the registry's file says now, each source with its place in the city.
    ///
    /// **Fails**: with every problem, when there is one.
    ///
    /// - Parameter changed: the city that is to be; nil for the one that runs.
    func readRegistry(
        _ changed: borrowing ChangedCity?, _ errands: Errands<Walk>
    ) throws(ReloadRefusal) -> RegistryDraft {
        var draft: RegistryDraft
        do {
            draft = try RegistryFile.draft(registryPath)
        } catch {
            throw ReloadRefusal(reason: error.message, findings: [])
        }
        switch changed {
        case .some(let city): draft.take(city.grid.answers(draft.questions()))
        case .none: draft.take(try locate(draft.questions(), errands))
        }
        _ = try finish(draft)
        return draft
    }

    /// Only the lane has the grid that runs.
    private func locate(
        _ questions: [PlaceQuestion], _ errands: Errands<Walk>
    ) throws(ReloadRefusal) -> [PlaceAnswer] {
        var answers: [PlaceAnswer] = []
        for start in stride(from: 0, to: questions.count, by: Self.locatedAtOnce) {
            let part = Array(questions[start...].prefix(Self.locatedAtOnce))
            let found = errands.perform(within: Self.patience) { walk in
                walk.withGrid { $0.answers(part) }
            }
            guard let found else { throw Self.isStuck }
            answers += found
        }
        return answers
    }

    func finish(_ draft: RegistryDraft) throws(ReloadRefusal) -> SourceRegistry {
        do {
            return try draft.finish()
        } catch {
            throw ReloadRefusal(
                reason: "the registry of sources does not load",
                findings: error.problems.map(\.text))
        }
    }

    /// The files with what rules know of the city: the registry as a table, and its hierarchies.
    func joined(
        _ files: RuleFiles, _ registry: SourceRegistry, _ hierarchies: [String]
    ) -> RuleFiles {
        var files = files
        files.tables[TableText.registryName] = registry.table
        files.hierarchies = hierarchies
        return files
    }
}

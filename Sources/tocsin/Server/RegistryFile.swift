import Cells
import Domain
import Foundation
import Pipeline
import Registry
import RuleBook
import Settings

/// The file of registered sources, and what server and rules make of it.
enum RegistryFile {
    /// What stands in the file, not yet held against city and catalog; nothing where there is none.
    static func draft(_ path: String?) throws(CommandFailure) -> RegistryDraft {
        guard let path else { return RegistryDraft(path: "", bytes: Array("source\n".utf8)) }
        return RegistryDraft(path: path, bytes: try bytes(path))
    }

    static func bytes(_ path: String) throws(CommandFailure) -> [UInt8] {
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            // One byte more tells that it is too large, which is the reader's to say.
            return Array(try file.read(upToCount: RegistryDraft.bytesMax + 1) ?? Data())
        } catch {
            throw .unavailable("cannot read \(path): \(error.localizedDescription)")
        }
    }

    /// The registry of the file, all of it or nothing.
    ///
    /// **Fails**: with exit code 2 and every problem.
    static func finish(_ draft: RegistryDraft) throws(CommandFailure) -> SourceRegistry {
        do {
            return try draft.finish()
        } catch {
            throw .unavailable("the registry of sources does not load\n\(error)")
        }
    }

    /// The same, when a server has room for all of it.
    static func fitting(
        _ draft: RegistryDraft, in policy: SourcePolicy
    ) throws(CommandFailure) -> SourceRegistry {
        let registry = try finish(draft)
        guard registry.sources.count <= policy.countMax else {
            throw .unavailable(
                "the registry has \(registry.sources.count) sources, and there is room for "
                    + "\(policy.countMax): raise limits.sources")
        }
        return registry
    }
}

extension SourceRegistry {
    /// As the walk takes it over.
    var plans: [SourcePlan] {
        sources.map { source in
            var plan = SourcePlan(name: source.name)
            plan.cell = source.cellID
            plan.position = source.position
            plan.kinds = source.kinds
            return plan
        }
    }

    /// As rules read it.
    var table: TableText {
        TableText(
            sources.map { source in
                let columns = [
                    ("period", source.period?.ruleText ?? ""), ("cell", source.cell),
                    ("name", source.title), ("kinds", source.kindList),
                ]
                let values = columns.filter { !$0.1.isEmpty }
                return TableText.Row(
                    key: source.name, values: Dictionary(uniqueKeysWithValues: values))
            })
    }
}

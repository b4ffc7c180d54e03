public import Domain
import Scoring

extension TaskBoard {
    /// The incident that stands for a key's hash, open or lately closed; nil when there is none.
    public func incident(_ hash: UInt64) -> TaskID? {
        let task = index.find(hash)
        return task < 0 ? nil : states[task].incident
    }
}

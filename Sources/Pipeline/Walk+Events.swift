import Cells
public import Domain
import Lanes
import Scoring

// What befalls the engine besides alerts: journaled inputs. Not on the hot path.

extension Walk {
    /// Puts an event on the journal's ring; `detail` is a JSON object.
    ///
    /// **Fails**: false when the ring has no room for it, which the lane sees to before.
    @discardableResult
    public mutating func record(
        _ kind: JournalEventKind, _ detail: String, ruleBase: UInt32 = 0, at now: Timestamp
    ) -> Bool {
        let head = JournalHead(.event, path: .push, sequence: sequence, time: now, received: now)
        var bytes = ByteBuffer(capacity: detail.utf8.count + 8)
        bytes.append(string: detail)
        let isWritten = outlet.ring.writeEvent(kind, head, ruleBase: ruleBase, bytes)
        if !isWritten { counters.journalOverflows &+= 1 }
        return isWritten
    }
}

// What those who command an engine have to look up first.

extension Walk {
    /// The names of the modes that the catalog has, `normal` first.
    public var modeNames: [String] {
        (0..<rules.table.modeCount).map { rules.table.modeNames.text($0) }
    }

    /// The number of a kind; one that no alert has where the catalog does not have it.
    public func kindNumber(named name: String) -> KindID {
        let number = kinds.names.find(name)
        return number < 0 ? KindID(0xFFFE) : KindID(number)
    }

    /// The cell of a path or code, the whole city for nil; nil when there is none.
    public func cell(named name: String?) -> CellID? {
        guard let name else { return CellID(0) }
        let cell = grid.find(name)
        return cell == .none ? nil : cell
    }

    /// A cell's path, and how many cells it stands for, itself included.
    public func place(of cell: CellID) -> (path: String, cells: Int) {
        (grid.path(of: cell), grid.subtreeEnd(of: cell) - cell.int)
    }
}

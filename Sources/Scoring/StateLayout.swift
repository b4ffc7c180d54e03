import Domain

/// Where one window stands in the words of its rule's keys.
///
///     header: | leaves | occupied | floor  | count | sums … |     panes
///             | leaves | used     |        | count |              distinct values, samples
///     pane:                       | number | count | sums … |
struct WindowLayout: BitwiseCopyable {
    /// Offsets from the key's first word.
    var header: UInt32
    var body: UInt32
    /// Words of a pane, or of a kept sample.
    var stride: UInt32
    /// How many panes, or kept samples, there is room for.
    var capacity: UInt32

    static var headerWords: Int { 2 }

    init(_ plan: WindowPlan, limits: RuleLimits) {
        (header, body) = (0, 0)
        switch plan.function {
        case .distinct: (stride, capacity) = (2, UInt32(limits.distinctValues))
        case .quantile: (stride, capacity) = (2, UInt32(limits.eventsKept))
        default:
            (stride, capacity) = (
                UInt32(2 + WindowLayout.sums(plan.function)), UInt32(plan.paneCount)
            )
        }
    }

    /// Words of a record beyond its number and its count.
    @_noAllocation @_noLocks
    static func sums(_ function: WindowFunction) -> Int {
        switch function {
        case .count, .distinct, .quantile: 0
        case .max, .min: 1
        case .first, .last: 2
        case .sum, .average, .rate: 4
        case .deviation: 8
        }
    }

    @_noAllocation @_noLocks
    func place(_ start: Int) -> WindowPlace {
        WindowPlace(
            header: start + Int(header), body: start + Int(body), stride: Int(stride),
            capacity: Int(capacity))
    }
}

/// Where one window of one key stands in the store.
struct WindowPlace: BitwiseCopyable {
    var header: Int
    var body: Int
    var stride: Int
    var capacity: Int

    /// The record of all samples of the window.
    @_noAllocation @_noLocks
    func record() -> Int { header + WindowLayout.headerWords }
}

/// What the keys of one rule in one mode take in the store.
struct KeyLayout: BitwiseCopyable {
    var words = 0
    /// Offset of the witnesses' sightings from the key's first word.
    var sightings = 0
}

/// The layouts of all rules: headers of a key's windows stand together, so that an alert that
/// changes little touches little memory.
struct StateLayout: ~Copyable, Sendable {
    /// As `RuleTable.windows`.
    let windows: Table<WindowLayout>
    /// As `RuleTable.rules`.
    let keys: Table<KeyLayout>

    init(_ table: borrowing RuleTable) {
        var windows = Table<WindowLayout>(capacity: table.windows.capacity)
        var keys = Table<KeyLayout>(capacity: table.rules.capacity)
        for index in 0..<(table.modeCount * table.ruleCount) {
            let plan = table.rules[index]
            let range = plan.firstWindow..<(plan.firstWindow + plan.windowCount)
            for window in range {
                windows[window] = WindowLayout(table.windows[window], limits: table.limits)
            }
            keys[index] = StateLayout.lay(range, &windows)
            if plan.corroboration >= 0 {
                keys[index].sightings = keys[index].words
                let witnesses = table.corroborations[plan.corroboration].witnessCount
                keys[index].words += SightingLayout.words(witnesses)
            }
        }
        self.windows = windows
        self.keys = keys
    }

    /// Headers first, then bodies.
    private static func lay(
        _ range: Range<Int>, _ windows: inout Table<WindowLayout>
    ) -> KeyLayout {
        var layout = KeyLayout()
        for window in range {
            windows[window].header = UInt32(layout.words)
            layout.words += WindowLayout.headerWords + Int(windows[window].stride)
        }
        for window in range {
            windows[window].body = UInt32(layout.words)
            layout.words += Int(windows[window].stride * windows[window].capacity)
        }
        return layout
    }
}

// The words of the Common Alerting Protocol 1.2 (OASIS), used for alerts and for tasks.

/// CAP severity of an alert or a task.
public enum Severity: UInt8, CaseIterable, Sendable, BitwiseCopyable, Comparable {
    case unknown, minor, moderate, severe, extreme

    public var word: StaticString {
        switch self {
        case .unknown: "unknown"
        case .minor: "minor"
        case .moderate: "moderate"
        case .severe: "severe"
        case .extreme: "extreme"
        }
    }

    @_noAllocation @_noLocks
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}

/// CAP urgency: how soon to act.
public enum Urgency: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case unknown, past, future, expected, immediate

    public var word: StaticString {
        switch self {
        case .unknown: "unknown"
        case .past: "past"
        case .future: "future"
        case .expected: "expected"
        case .immediate: "immediate"
        }
    }
}

/// CAP certainty, derived from a confidence between 0 and 1 by the catalog's thresholds.
public enum Certainty: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case unknown, unlikely, possible, likely, observed

    public var word: StaticString {
        switch self {
        case .unknown: "unknown"
        case .unlikely: "unlikely"
        case .possible: "possible"
        case .likely: "likely"
        case .observed: "observed"
        }
    }
}

/// CAP status: a drill runs the whole way, marked; a test never reaches dispatch.
public enum AlertStatus: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case actual, exercise, test

    public var word: StaticString {
        switch self {
        case .actual: "actual"
        case .exercise: "exercise"
        case .test: "test"
        }
    }
}

/// Where an alert stands in the life of what it reports; `pulse` has no life.
public enum AlertState: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case pulse, raise, update, clear

    public var word: StaticString {
        switch self {
        case .pulse: "pulse"
        case .raise: "raise"
        case .update: "update"
        case .clear: "clear"
        }
    }
}

/// Which clock an alert's time came from.
public enum TimeQuality: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case device, gateway, received, dateOnly

    public var word: StaticString {
        switch self {
        case .device: "device"
        case .gateway: "gateway"
        case .received: "received"
        case .dateOnly: "date_only"
        }
    }
}

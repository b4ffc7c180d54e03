// Desks: which desk is told which task, when, and what it has acknowledged.
//
// `DeskBook` is a pure machine: events and times go in, deliveries and what is to be remembered
// come out. It holds the latest revision of every open task, and of closed ones that a desk which
// had them has not acknowledged. Each desk has a filter, a credit, and its own queue: one that
// reads slowly or not at all costs the others nothing.
//
// The messages of the conversation are read and written here too: strict JSON of bounded depth,
// every refusal typed. It refuses what breaks `DeskLimits` and what says who somebody is. It knows
// no socket, no clock and no file: those are the desk lane's, in the program.

public import Domain

/// The bounds on desks and on what they send, each with its reason.
public enum DeskLimits {
    /// A city's departments and districts, twice.
    public static let desksMax = 256
    public static let areasMax = 64
    public static let nameBytesMax = 64
    /// Tasks on the way to one desk: more than a person can look at, little enough to hold.
    public static let creditMax = 1024
    /// What a desk has that does not say.
    public static let creditStandard = 32
    public static let messageBytesMax = 64 * 1024
    /// A feedback needs 4 levels.
    public static let depthMax = 8
    public static let acknowledgementsMax = 1024
    /// A week: a later arrival is an appointment.
    public static let etaSecondsMax = 7 * 86_400
}

/// When things are sent again, and when a desk is taken as gone.
public enum DeskTimes {
    public static let heartbeat = Interval.seconds(5)
    /// Three heartbeats.
    public static let silence = Interval.seconds(15)
    /// An unacknowledged task is sent again after this, then after twice as long each time …
    public static let resendFirst = Interval.seconds(5)
    /// … but at most this.
    public static let resendMax = Interval.seconds(60)
    /// Then it is a dead letter.
    public static let attemptsMax = 20
    /// A newer revision of a task that is not acknowledged yet follows the older one after this at
    /// the earliest: it bounds what a desk that never acknowledges is sent.
    public static let supersedeAfter = Interval.seconds(1)
    /// How long a desk is left alone whose connection takes no more.
    public static let stall = Interval.seconds(1)
    /// What a desk had is remembered so long after it went.
    public static let remembered = Interval.hours(7 * 24)
    /// How often it is written down that a desk is still there.
    public static let markEvery = Interval.hours(1)

    /// How long to wait for the acknowledgement of attempt number `attempt`, from 1.
    static func resend(after attempt: Int) -> Interval {
        let doublings = min(max(attempt - 1, 0), 10)
        let wait = Interval(nanoseconds: resendFirst.nanoseconds << Int64(doublings))
        return min(wait, resendMax)
    }
}

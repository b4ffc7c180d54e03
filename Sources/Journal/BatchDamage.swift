/// What is wrong with a batch of alerts.
public struct BatchDamage: Sendable, Equatable {
    public enum Fault: Sendable, Equatable {
        /// SQLite does not give the row, or columns of it are none of ours.
        case unreadable
        /// The bytes are not those that the checksum was made of.
        case changed
        /// What is linked to is not the batch before this one.
        case missingBefore
        /// The bytes are as they were written, and break the layout.
        case malformed
        /// Positions do not rise.
        case disordered
        /// Count, positions or times in the row are not those of its alerts.
        case mislabelled
    }

    /// The row's id.
    public var batch: Int64
    public var fault: Fault
    /// As far as rows still tell; nil where nothing is lost, or the row cannot be read.
    public var lost: AlertRange?

    public var losesAlerts: Bool { fault != .mislabelled && fault != .disordered }

    /// Alerts behind this row are whole as far as this damage goes.
    public var wholeAfter: Int64 { fault == .missingBefore ? batch - 1 : batch }

    /// Whether this batch's own alerts can be used.
    var isUsable: Bool { !losesAlerts || fault == .missingBefore }
}

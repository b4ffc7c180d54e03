/// The bounds on everything that comes from outside, each with its reason.
///
/// **Source**: the wire protocol's tables; what no table names is said at the constant.
public enum Limits {
    /// One alert's JSON. Ten times what cameras send; keeps a frame in the first-level cache.
    public static let alertBytesMax = 8 * 1024
    /// A CloudEvents batch: 64 KiB and 256 alerts.
    public static let batchBytesMax = 64 * 1024
    public static let batchAlertsMax = 256
    /// A flood stop for the socket: past it libzmq disconnects the peer and loses what follows.
    public static let socketMessageBytesMax = 1024 * 1024
    /// JSON nesting: an alert needs 4 levels.
    public static let jsonDepthMax = 16

    public static let idBytesMax = 64
    public static let sourceBytesMax = 96
    public static let sourceSegmentsMax = 6
    public static let kindBytesMax = 48
    /// A path of at most 8 levels of at most 31 bytes.
    public static let cellPathBytesMax = 255
    public static let textBytesMax = 256
    public static let measuresMax = 8
    /// Names such as `particulate_matter_2_5`; twice the longest seen in devices.
    public static let measureNameBytesMax = 48
    /// UCUM codes; the longest in use here is `ug/m3`.
    public static let unitBytesMax = 24
    /// What a sender adds of its own: twice what the shipped rules read.
    public static let attributesMax = 32
    public static let attributeNameBytesMax = 32
    public static let attributeTextBytesMax = 64
    /// Different lists of kinds in a registry of sources; a city's sources share a few dozen.
    public static let kindListsMax = 4096
    /// Kinds, or prefixes of kinds, of one registered source.
    public static let kindsPerSourceMax = 64
    public static let areaCellsMax = 64
    /// As many corners as cells.
    public static let areaCornersMax = 64
    public static let mediaMax = 2
    public static let mediaBytesMax = 512
    /// Half the earth's circumference: a larger circle is the whole earth.
    public static let areaRadiusMetresMax = 20_037_509.0

    /// A clock further ahead than this is wrong, not early.
    public static let futureSkewMax = Interval.seconds(120)
    /// Older alerts only from sources that may backfill.
    public static let ageMax = Interval.hours(24)

    /// Room for every text an alert may carry, all at their bounds, and for the cells of its area.
    public static let alertTextBytesMax = 4608 + areaCellsMax * cellPathBytesMax
    /// A task on the wire.
    public static let taskBytesMax = 16 * 1024
}

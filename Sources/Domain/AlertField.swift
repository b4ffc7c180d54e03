/// Every field an alert may have: the allow-list. What is not here is skipped unread.
public enum AlertField: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case message
    case specversion, type, id, source, time, sequence, datacontenttype, data
    case kind, severity, state, status, urgency, timeQuality, confidence
    case position, lat, lon, accuracy, cell
    case area, areaRadius, areaCells, areaPolygon, cornerLat, cornerLon
    case measures, measureName, measureValue, measureUnit, measureLimit
    case count, start, end, expires, ref, media, text
    case attributes, attribute

    /// The JSON pointer (RFC 6901) at which the field stands in the JSON form.
    public var pointer: StaticString {
        switch self {
        case .message: ""
        case .specversion: "/specversion"
        case .type: "/type"
        case .id: "/id"
        case .source: "/source"
        case .time: "/time"
        case .sequence: "/sequence"
        case .datacontenttype: "/datacontenttype"
        case .data: "/data"
        case .kind: "/data/kind"
        case .severity: "/data/severity"
        case .state: "/data/state"
        case .status: "/data/status"
        case .urgency: "/data/urgency"
        case .timeQuality: "/data/time_quality"
        case .confidence: "/data/confidence"
        case .position: "/data/position"
        case .lat: "/data/position/lat"
        case .lon: "/data/position/lon"
        case .accuracy: "/data/position/accuracy_m"
        case .cell: "/data/cell"
        case .area: "/data/area"
        case .areaRadius: "/data/area/radius_m"
        case .areaCells: "/data/area/cells"
        case .areaPolygon: "/data/area/polygon"
        case .cornerLat: "/data/area/polygon/*/lat"
        case .cornerLon: "/data/area/polygon/*/lon"
        case .measures: "/data/measures"
        case .measureName: "/data/measures/*/name"
        case .measureValue: "/data/measures/*/value"
        case .measureUnit: "/data/measures/*/unit"
        case .measureLimit: "/data/measures/*/limit"
        case .count: "/data/count"
        case .start: "/data/start"
        case .end: "/data/end"
        case .expires: "/data/expires"
        case .ref: "/data/ref"
        case .media: "/data/media"
        case .text: "/data/text"
        case .attributes: "/data/attrs"
        case .attribute: "/data/attrs/*"
        }
    }
}

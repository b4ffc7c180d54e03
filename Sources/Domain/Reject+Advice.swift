extension Reject {
    /// What the sender can do about it.
    public var advice: StaticString {
        switch self {
        case .duplicate: "accepted before, under the same source, id and state"
        case .badVersion: "another version in the topic, in type or in specversion: this one is v1"
        case .badEncoding: "not strict JSON in UTF-8, or the topic names another encoding"
        case .badSchema:
            "not this message: no object, a wrong type, a field twice, or an unknown topic"
        case .tooLarge: "an alert has at most 8 KiB, a batch 64 KiB"
        case .badBatch: "the array is broken or has more than 256 elements"
        case .missingField: "a required field is missing; or there is no place"
        case .badValue: "outside its limits, or a word that is not in the table"
        case .unknownKind: "the catalog has no such kind: ask for it to be added"
        case .badUnit: "not a UCUM code that is known"
        case .badTime: "not a time in RFC 3339 with a zone, or end before start"
        case .timeSkew: "too far in the future or too old: check the clock"
        case .badPosition: "degrees out of range: are lat and lon swapped?"
        case .outsideArea: "the place is on no cell of the map"
        case .cellMismatch: "cell and position disagree"
        case .unknownSource: "only registered sources may send here"
        case .notAllowed: "the topic names another source, or the source may not send this kind"
        case .privacy: "it says who somebody is"
        case .throttled: "over the source's rate: send it again, under the same id and sequence"
        case .overloaded: "there is no room just now: send it again"
        case .internalError: "our fault"
        }
    }

    /// Whether the same message may be accepted later.
    public var mayRetry: Bool {
        switch self {
        case .throttled, .overloaded, .internalError: true
        default: false
        }
    }
}

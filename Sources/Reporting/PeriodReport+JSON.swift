extension PeriodReport: Encodable {
    private enum CodingKeys: String, CodingKey {
        case from, to, area, total, drills, groups
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(scope.from.text, forKey: .from)
        try container.encode(scope.to.text, forKey: .to)
        try container.encodeIfPresent(scope.area, forKey: .area)
        try container.encode(total, forKey: .total)
        try container.encode(drills, forKey: .drills)
        try container.encode(groups, forKey: .groups)
    }
}

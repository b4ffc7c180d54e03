import Domain

extension SourceRegistry {
    /// The registry as a file: the columns that some source has something in.
    public func csv() -> String {
        let columns = RegistryColumn.allCases.filter { column in
            column == .source || sources.contains { !$0.text(column).isEmpty }
        }
        var lines = [columns.map(\.rawValue).joined(separator: ",")]
        for source in sources {
            lines.append(columns.map { CSVText.field(source.text($0)) }.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension RegisteredSource {
    /// What stands in a column.
    public func text(_ column: RegistryColumn) -> String {
        switch column {
        case .source: name
        case .latitude: position.map { "\($0.latitude)" } ?? ""
        case .longitude: position.map { "\($0.longitude)" } ?? ""
        case .accuracy: position.map { $0.accuracyMetres > 0 ? "\($0.accuracyMetres)" : "" } ?? ""
        case .cell: cell
        case .kinds: kindList
        case .period: period?.ruleText ?? ""
        case .name: title
        }
    }
}

import Domain

/// How another table becomes a registry.
public struct ImportPlan: Sendable {
    /// By column of the registry, the name of the file's column that it is read from.
    public var columns: [RegistryColumn: String] = [:]
    /// What each row has in a column, whatever the file says.
    public var fixed: [RegistryColumn: String] = [:]
    /// Put before each name, which is then written as a source's name is: lower case, with `-` for
    /// what may not be in it.
    public var tenant: String?

    public init() {}

    /// Names that files often have for a column.
    private static let usual: [RegistryColumn: [String]] = [
        .source: ["id"], .latitude: ["lat"], .longitude: ["lon", "lng", "long"],
        .accuracy: ["accuracy"],
    ]

    /// The file's name for a column, among those that its header has.
    func name(of column: RegistryColumn, among header: [String]) -> String? {
        if let name = columns[column] { return name }
        return ([column.rawValue] + (Self.usual[column] ?? [])).first { header.contains($0) }
    }

    func complete(_ row: inout RegistryRow) {
        for (column, text) in fixed { row.set(column, text) }
        guard let tenant else { return }
        row.set(.source, "\(tenant)/\(Self.segment(row[.source]))")
    }

    /// A text as a segment of a source's name.
    static func segment(_ text: String) -> String {
        var segment = ""
        for byte in text.lowercased().utf8 {
            let isFine = RegisteredSource.isNameByte(byte) || byte == UInt8(ascii: "/")
            let next = isFine ? Character(Unicode.Scalar(byte)) : "-"
            if next != "-" || segment.last != "-" { segment.append(next) }
        }
        return segment
    }
}

extension RegistryDraft {
    /// The registry's column that each of the file's is read as; nil for those that are not.
    mutating func readHeader(_ header: [CSVField], _ plan: ImportPlan) -> [RegistryColumn?] {
        let names = header.map(\.text)
        var columns: [RegistryColumn?] = Array(repeating: nil, count: names.count)
        for column in RegistryColumn.allCases {
            guard let name = plan.name(of: column, among: names) else { continue }
            if let index = names.firstIndex(of: name) {
                columns[index] = column
            } else {
                problems.add(
                    .header, "the file has no column `\(name)`", at: header[0].place,
                    hint: "it has: \(names.prefix(32).joined(separator: ", "))")
            }
        }
        if !columns.contains(.source) {
            problems.add(
                .header, "no column is read as `source`", at: header[0].place,
                hint: "say which: --map source=COLUMN, one of "
                    + names.prefix(32).joined(separator: ", "))
        }
        return columns
    }
}

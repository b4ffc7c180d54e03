extension CatalogTable {
    /// The registry of sources as rules read it: every catalog has it, without declaring it. Its
    /// rows are handed over with the files; without a registry it is empty.
    static func sources(_ catalog: SourceFile) -> CatalogTable {
        let spot = Spot(catalog, line: 1, column: 1)
        var table = CatalogTable(
            name: Marked(TableText.registryName, spot), file: nil, key: "source",
            join: Marked("alert.source", spot))
        table.columns = [
            (Marked("period", spot), .duration), (Marked("cell", spot), .string),
            (Marked("name", spot), .string), (Marked("kinds", spot), .string),
        ]
        return table
    }
}

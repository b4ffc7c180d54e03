/// The kinds an alert may be of: dotted names, each counting toward a set of categories.
///
/// Built from the catalog at start; a kind that is not in it is refused at the door. Kinds that
/// describe a person don't exist: the catalog loader refuses them.
public struct KindTable: ~Copyable, Sendable {
    /// The kinds' names by number. Only `add` adds to it.
    public var names: NameTable
    private var categories: [UInt8] = []

    public init(capacity: Int = 4096) {
        names = NameTable(capacity: capacity, byteCapacity: capacity * 32)
    }

    public var count: Int { names.count }

    /// Adds a kind with the categories it can count toward; nil when the table is full.
    public mutating func add(_ name: String, categories: [Category]) -> KindID? {
        let index = names.intern(name)
        guard index >= 0 else { return nil }
        let bits = categories.reduce(UInt8(0)) { $0 | (1 << $1.rawValue) }
        if index == self.categories.count { self.categories.append(bits) }
        return KindID(index)
    }

    /// The kind named `text[start..<end]`, or `.none`.
    @inlinable
    public func find<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> KindID {
        KindID(names.find(text, start, end))
    }

    /// Whether a kind may add to a category.
    public func counts(_ kind: KindID, toward category: Category) -> Bool {
        categories[kind.int] & (1 << category.rawValue) != 0
    }
}

import Glibc

/// Fixed-capacity storage whose unused part costs no memory.
///
/// The pages come zeroed from the kernel when first touched, so zero bytes must be a valid
/// `Element`; elements are read and changed in place, from code that may not allocate.
///
/// **Owner**: the one lane that holds it. **Fails**: traps when the kernel refuses the mapping, and
/// on an index out of bounds.
@safe
public struct Table<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    public let capacity: Int
    @usableFromInline let byteCount: Int

    /// Maps room for `capacity` zeroed elements (at least one).
    public init(capacity: Int) {
        let elements = max(1, capacity)
        let (bytes, overflow) = elements.multipliedReportingOverflow(
            by: MemoryLayout<Element>.stride)
        precondition(!overflow, "a table of \(elements) elements does not fit in memory")
        let raw = unsafe mmap(
            nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let raw = unsafe raw, unsafe raw != MAP_FAILED else {
            fatalError("cannot map \(bytes) bytes: errno \(errno)")
        }
        unsafe self.base = raw.bindMemory(to: Element.self, capacity: elements)
        self.capacity = elements
        self.byteCount = bytes
    }

    /// Maps room for `elements` and copies them in.
    public init(copying elements: [Element]) {
        self.init(capacity: elements.count)
        for (index, element) in elements.enumerated() { self[index] = element }
    }

    /// Maps `capacity` elements of a file from a byte on, for reading; what is written stays in this
    /// process. nil when the kernel refuses.
    ///
    /// **Range**: `offset` is a whole number of pages, and the file reaches as far; a file that is
    /// cut off later kills the process, so files of tables are replaced, never rewritten.
    public init?(mapping file: Int32, offset: Int, capacity: Int) {
        let (bytes, overflow) = capacity.multipliedReportingOverflow(
            by: MemoryLayout<Element>.stride)
        guard capacity >= 1, !overflow else { return nil }
        let raw = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, offset)
        guard let raw = unsafe raw, unsafe raw != MAP_FAILED else { return nil }
        unsafe self.base = raw.bindMemory(to: Element.self, capacity: capacity)
        self.capacity = capacity
        self.byteCount = bytes
    }

    /// Where the elements stand, for C and for neighbours that know no tables. **Owner**: the
    /// table.
    @inlinable @unsafe public var start: UnsafePointer<Element> { unsafe UnsafePointer(base) }

    deinit { unsafe munmap(base, byteCount) }

    @inlinable public subscript(index: Int) -> Element {
        unsafeAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: capacity))
            return unsafe UnsafePointer(base + index)
        }
        unsafeMutableAddress {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: capacity))
            return unsafe base + index
        }
    }

    /// The element at an index that the caller has checked already.
    @inlinable @unsafe public subscript(unchecked index: Int) -> Element {
        unsafeAddress { unsafe UnsafePointer(base + index) }
        unsafeMutableAddress { unsafe base + index }
    }
}

// Safe to hand to another thread as a whole: the mapping has one owner.
extension Table: @unchecked Sendable {}

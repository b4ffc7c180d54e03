/// Bytes that code without allocation reads one by one: a span it was handed, or a table that it
/// owns.
///
/// A span can only be passed down, not made, where allocation is refused; hence this common face.
public protocol ByteSource: ~Copyable, ~Escapable {
    /// The byte at `index`. **Fails**: traps out of bounds.
    borrowing func byte(at index: Int) -> UInt8

    /// The 8 bytes from `index` on, least significant first. **Fails**: traps out of bounds.
    borrowing func word(at index: Int) -> UInt64
}

extension Span: ByteSource where Element == UInt8 {
    @inlinable public borrowing func byte(at index: Int) -> UInt8 { self[index] }

    @inlinable public borrowing func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && index &+ 8 <= count)
        var word: UInt64 = 0
        var lane = 0
        // The optimizer makes one load of it.
        while lane < 8 {
            word |= unsafe UInt64(self[unchecked: index &+ lane]) &<< UInt64(lane &* 8)
            lane &+= 1
        }
        return word
    }
}

extension Table: ByteSource where Element == UInt8 {
    @inlinable public borrowing func byte(at index: Int) -> UInt8 { self[index] }

    @inlinable public borrowing func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && index &+ 8 <= capacity)
        return unsafe UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
    }
}

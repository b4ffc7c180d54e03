/// Bytes that code without allocation reads one by one: a span it was handed, or a table that it owns.
///
/// A span can only be passed down, not made, where allocation is refused; hence this common face.
public protocol ByteSource: ~Copyable, ~Escapable {
    /// The byte at `index`. **Fails**: traps out of bounds.
    borrowing func byte(at index: Int) -> UInt8
}

extension Span: ByteSource where Element == UInt8 {
    @inlinable public borrowing func byte(at index: Int) -> UInt8 { self[index] }
}

extension Table: ByteSource where Element == UInt8 {
    @inlinable public borrowing func byte(at index: Int) -> UInt8 { self[index] }
}

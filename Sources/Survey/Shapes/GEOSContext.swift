import CGEOS

/// libgeos could not do what was asked.
package struct ShapeFailure: Error, Sendable, Hashable {
    /// As libgeos calls it: `intersection`.
    package let operation: String
    /// What libgeos said.
    package let reason: String
}

extension ShapeFailure: CustomStringConvertible {
    package var description: String { "\(operation): \(reason)" }
}

/// A conversation with libgeos: one handle, and what it complained of.
///
/// **Owner**: the city whose shapes it holds, and every such shape; one thread.
@safe final class GEOSContext {
    let handle: GEOSContextHandle_t
    fileprivate(set) var complaint = ""
    /// Shapes made and not yet given back.
    var shapesAlive = 0

    /// **Fails**: never; libgeos ends the process when there is no memory.
    init() {
        guard let handle = unsafe GEOS_init_r() else { fatalError("libgeos does not start") }
        unsafe self.handle = handle
        let own = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe GEOSContext_setErrorMessageHandler_r(handle, hearComplaint, own)
    }

    deinit {
        assert(shapesAlive == 0, "a shape outlives its context")
        unsafe GEOS_finish_r(handle)
    }

    /// The failure of an operation, with the last complaint.
    func failure(_ operation: String) -> ShapeFailure {
        defer { complaint = "" }
        return ShapeFailure(
            operation: operation, reason: complaint.isEmpty ? "no reason given" : complaint)
    }
}

private func hearComplaint(_ text: UnsafePointer<CChar>?, _ owner: UnsafeMutableRawPointer?) {
    guard let text = unsafe text, let owner = unsafe owner else { return }
    let context = unsafe Unmanaged<GEOSContext>.fromOpaque(owner).takeUnretainedValue()
    context.complaint = unsafe String(cString: text)
}

import CGEOS

/// Finds the shapes whose boxes meet a box.
///
/// **Cost**: built in n log n; a question costs what it finds.
@safe struct ShapeTree: ~Copyable {
    private let context: GEOSContext
    private let tree: OpaquePointer

    /// - Parameter entries: the number that a question answers with, and where it is.
    init(_ context: GEOSContext, _ entries: [(number: Int, shape: Shape)]) throws(ShapeFailure) {
        guard let tree = unsafe GEOSSTRtree_create_r(context.handle, 10) else {
            throw context.failure("tree")
        }
        self.context = context
        unsafe self.tree = tree
        for (number, shape) in entries where !shape.isEmpty {
            // The number itself is the item, one up: an item is not null.
            let item = unsafe UnsafeMutableRawPointer(bitPattern: number + 1)
            unsafe GEOSSTRtree_insert_r(context.handle, tree, shape.pointer, item)
        }
    }

    deinit { unsafe GEOSSTRtree_destroy_r(context.handle, tree) }

    /// The numbers of those whose boxes meet the shape's, ascending.
    func near(_ shape: Shape) -> [Int] {
        var found: [Int] = []
        unsafe withUnsafeMutablePointer(to: &found) { list in
            unsafe GEOSSTRtree_query_r(context.handle, tree, shape.pointer, noteItem, list)
        }
        return found.sorted()
    }
}

private func noteItem(_ item: UnsafeMutableRawPointer?, _ list: UnsafeMutableRawPointer?) {
    guard let list = unsafe list else { return }
    let number = Int(bitPattern: item) - 1
    unsafe list.assumingMemoryBound(to: [Int].self).pointee.append(number)
}

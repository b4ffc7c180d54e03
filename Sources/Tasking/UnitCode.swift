import Domain

/// The code of a unit, held in place so that code without allocation can keep and write it.
struct UnitCode: BitwiseCopyable, Equatable {
    static let bytesMax = 64

    private var bytes: [64 of UInt8]
    private(set) var count: Int

    @_noAllocation @_noLocks
    init() {
        bytes = .init(repeating: 0)
        count = 0
    }

    /// What is longer than 64 bytes is cut: whoever reads feedback refuses it before.
    init(_ text: String) {
        self.init()
        for byte in text.utf8.prefix(UnitCode.bytesMax) {
            bytes[count] = byte
            count += 1
        }
    }

    @_noAllocation @_noLocks
    func write(to buffer: inout ByteBuffer) -> OrderText {
        let start = buffer.count
        var offset = 0
        while offset < count {
            buffer.append(bytes[offset])
            offset += 1
        }
        return OrderText(start, buffer.count)
    }

    var text: String { String(decoding: (0..<count).map { bytes[$0] }, as: UTF8.self) }

    static func == (a: UnitCode, b: UnitCode) -> Bool { a.text == b.text }
}

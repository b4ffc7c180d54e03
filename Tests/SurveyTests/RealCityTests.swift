import Cells
import Foundation
import Testing

@testable import Survey

/// The directory of New York's boundaries; nil where it is not.
private let boundaries: String? = {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("/") { $0 + $1 + "/" }
    let path = root + "../shared/data/nyc-boundaries/"
    return FileManager.default.fileExists(atPath: path) ? path : nil
}()

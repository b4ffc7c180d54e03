import CGEOS
import Foundation
import Testing

@Suite("GEOS as it is installed")
struct GEOSTests {
    @Test("is version 3.11 or later, which the survey is written for")
    func version() {
        let version = unsafe String(cString: GEOSversion())
        #expect(version.compare("3.11", options: .numeric) != .orderedAscending)
    }
}

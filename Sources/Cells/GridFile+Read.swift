import Foundation

extension GridFile {
    /// Reads a file from disk; it is named in messages as `path` is written.
    public init(path: String) throws(GridError) {
        do {
            self.init(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        } catch {
            let fault = GridFault.unreadable(reason: error.localizedDescription)
            throw GridError(problems: [GridProblem(file: path, fault)])
        }
    }
}

import Foundation

/// What tells one state of a file from another.
enum FilePrint {
    /// Stamp, size and number of a file; nil when it is not there or is a directory.
    static func of(_ path: String) -> String? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        let stamp = status.st_mtim
        return "\(stamp.tv_sec).\(stamp.tv_nsec) \(status.st_size) \(status.st_ino)"
    }
}

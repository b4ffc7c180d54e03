import Foundation

/// The rules that come with Tocsin.
enum ShippedRules {
    /// Where packages install them.
    static let installed = "/usr/share/tocsin/rules"

    /// Where they are: in this directory, in the package that the program was built in, or where
    /// packages install them. Nil when in none of these.
    static func directory() -> String? {
        (["Rules"] + aboveTheProgram() + [installed]).first { directory in
            FileManager.default.fileExists(atPath: directory + "/catalog.yaml")
        }
    }

    /// `Rules` beside each directory above the program: a build puts it some levels down.
    private static func aboveTheProgram() -> [String] {
        guard var directory = Bundle.main.executableURL?.resolvingSymlinksInPath() else {
            return []
        }
        var found: [String] = []
        while directory.pathComponents.count > 1 {
            directory.deleteLastPathComponent()
            found.append(directory.appending(path: "Rules").path)
        }
        return found
    }
}

import Settings

enum Assemble {
    static func run(_ settings: Settings) throws {
        throw CommandFailure.unavailable("the engine is not assembled yet")
    }
}

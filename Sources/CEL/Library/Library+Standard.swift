extension Library {
    /// The standard functions and macros of the specification.
    public static let standard = Library(
        "standard", functions: [], macros: Macro.standard)
}

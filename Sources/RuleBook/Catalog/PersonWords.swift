/// Kinds that describe a person do not exist here: places are scored, not people.
enum PersonWords {
    /// Words that no segment of a kind may be: what identifies a person, and what a person is or
    /// thinks.
    private static let words: Set<String> = [
        "person", "persons", "people", "pedestrian", "individual", "face", "facial", "gait", "iris",
        "fingerprint", "biometric", "biometrics", "identity", "passport", "plate", "plates", "lpr",
        "anpr", "phone", "imsi", "imei", "mac", "gender", "age", "ethnicity", "race", "religion",
        "belief", "opinion", "speech", "petition", "petitioner", "protest", "demonstration",
        "suspect", "wanted", "blacklist", "watchlist",
    ]

    /// The first word of a kind's name that tells of a person; nil when there is none.
    static func found(in kind: String) -> String? {
        kind.split { ".-_".contains($0) }.map(String.init).first { words.contains($0) }
    }
}

/// The privacy filter of alerts, for texts that come in by other ways.
public enum PersonalText {
    /// Whether `text` says who somebody is: an identity number, a telephone number, an address.
    public static func says(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return PrivacyFilter.finds(bytes.span, 0, bytes.count)
    }
}

import Wire

/// **Fails**: `privacy` when a name says who somebody is, as for alerts.
func refusePersonal(
    _ text: String, _ name: String, _ fields: FieldReader
) throws(DeskRefusal) {
    guard PersonalText.says(text) else { return }
    throw fields.refusal(
        .privacy, name, "it says who somebody is: name units and desks, not people")
}

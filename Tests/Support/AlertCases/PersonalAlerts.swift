// Messages that say who somebody is. Every number in them is made up: the check digits are right,
// the regions, telephone exchanges and networks are those set aside for examples where there are
// any.

extension AlertCases {
    static let personal: [MalformedAlert] = [
        change("a face", "crowd.density", "face.match", "privacy", "/data/kind"),
        change("a plate", "crowd.density", "plate.read", "privacy", "/data/kind"),
        change("a person", "crowd.density", "person.reidentified", "privacy", "/data/kind"),
        change("an identity", "crowd.density", "identity.check", "privacy", "/data/kind"),
        change("a plate reader", "crowd.density", "traffic.anpr", "privacy", "/data/kind"),
        change(
            "a plate reader's word", "crowd.density", "video.lpr-read.v2", "privacy", "/data/kind"),
        change(
            "a maker's face event", "tocsin.alert.v1", "com.acme.Face.Recognized", "privacy",
            "/type"),
        change("a maker's plate event", "tocsin.alert.v1", "com.acme.ANPR", "privacy", "/type"),
        change("an identity number as id", "01J9Z3K6T4-17", "11010119900307395X", "privacy", "/id"),
        change(
            "an identity number within an id", "01J9Z3K6T4-17", "gate-11010519491231002X-3",
            "privacy",
            "/id"),
        change("a social security number as id", "01J9Z3K6T4-17", "219-09-9999", "privacy", "/id"),
        change("a mobile number as id", "01J9Z3K6T4-17", "13800138000", "privacy", "/id"),
        change("a mail address as id", "01J9Z3K6T4-17", "li.lei@example.com", "privacy", "/id"),
        change("a network address as id", "01J9Z3K6T4-17", "192.0.2.17", "privacy", "/id"),
        change("a MAC address as id", "01J9Z3K6T4-17", "00:1a:2b:3c:4d:5e", "privacy", "/id"),
        change("an IPv6 address as id", "01J9Z3K6T4-17", "2001:db8::1:17", "privacy", "/id"),
        change(
            "a network address in the source", "acme/site-7/cam-03", "acme/192.0.2.17/1", "privacy",
            "/source"),
        change(
            "a MAC address in the source", "acme/site-7/cam-03", "acme/00-1a-2b-3c-4d-5e",
            "privacy",
            "/source"),
        change(
            "a mobile number in the source", "acme/site-7/cam-03", "acme/13800138000", "privacy",
            "/source"),
        change(
            "an identity number in the cell", "311-042", "110101199003073028", "privacy",
            "/data/cell"),
        change(
            "a mobile number in the cell", "NYC/3/311/311-042", "NYC/3/138-0013-8000", "privacy",
            "/data/cell"),
        add(
            "a mobile number in an area's cell", "\"area\":{\"cells\":[\"A/13800138000\"]}",
            "privacy",
            "/data/area/cells"),
        add("a mail address as ref", "\"ref\":\"li.lei@example.com\"", "privacy", "/data/ref"),
        change(
            "an escaped mail address", "01J9Z3K6T4-17", "li.lei\\u0040example.com", "privacy", "/id"
        ),
    ]
}

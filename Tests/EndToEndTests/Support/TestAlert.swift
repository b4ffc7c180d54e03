import Foundation

/// A good alert of now, at a place that the generated city has.
struct TestAlert {
    var source = "test/site/device"
    var id = UUID().uuidString
    var time = Date.now
    /// Members of `data` after kind and severity.
    var data = #""position":{"lat":31.2011,"lon":121.5061}"#
    var kind = "noise.level"
    /// Members of the event besides the required ones, each with a comma after it.
    var attributes = ""

    var topic: String { "alert/v1/json/\(source)/" }

    var json: String {
        """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"\(id)","source":"\(source)",\
        "time":"\(time.ISO8601Format())",\(attributes)\
        "data":{"kind":"\(kind)","severity":"minor"\(data.isEmpty ? "" : ",")\(data)}}
        """
    }
}

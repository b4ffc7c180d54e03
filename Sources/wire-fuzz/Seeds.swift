/// What mutations begin with, and what they put in.
enum Seeds {
    static let messages: [[UInt8]] = [
        """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"01J9Z3K6T4-17",\
        "source":"acme/site-7/cam-03","time":"2026-05-25T13:42:11.412Z","sequence":"17",\
        "data":{"kind":"crowd.density","severity":"moderate","state":"raise","confidence":0.92,\
        "position":{"lat":40.6086,"lon":-73.9730,"accuracy_m":15},"cell":"NYC/3/311/311-042",\
        "measures":[{"name":"people","value":7,"unit":"1","limit":5}],"count":7,\
        "attrs":{"phase":"start","floors":4,"wet":true,"driver":"x","n":null},\
        "start":"2026-05-25T13:42:05Z"}}
        """,
        """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"a","source":"s",\
        "time":"2026-05-25T13:42:11Z","data":{"kind":"gas.concentration","severity":"minor"}}
        """,
        """
        {"data":{"measures":[{"unit":"[ppm]","value":1.5e2,"name":"CH4","limit":-0},{"name":"o2",\
        "value":20.9,"unit":null}],"severity":"extreme","kind":"gas\\u002econcentration",\
        "text":"烟 \\ud83d\\ude00 \\u0041\\n","area":{"cells":["A/1/","A/2"]},"urgency":"immediate",\
        "status":"test","time_quality":"date_only","ref":"r-1","media":["https://a/b"],"x":[{"y":[1]}],\
        "end":"2026-05-25T14:00:00+08:00","expires":"2026-05-26T00:00:00.123456789-03:30"},\
        "time":"2026-05-25t13:42:11.5z","source":"a/b/c","sequence":18446744073709551615,"id":"#1",\
        "datacontenttype":"application/json","type":"tocsin.alert.v1","specversion":"1.0"}
        """,
        """
        {"specversion":"1.0","type":"tocsin.heartbeat.v1","id":"h","source":"acme/site-7/cam-03",\
        "time":"2026-05-25T13:42:15Z","sequence":"17"}
        """,
    ].map { Array($0.utf8) }

    static let topics: [[UInt8]] = [
        "alert/v1/json/acme/site-7/cam-03/", "heartbeat/v1/json/s/", "alert/v2/protobuf/x/",
    ].map { Array($0.utf8) }

    static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "\\ud83d", "\\ude00", "null", "true",
            "1e999", "-0", "0.1e-400", "1797693134862315807", "{\"lat\":", "\"data\":{",
            "\"kind\":",
            "\"attrs\":{", "\"a\":false", "\"phone\":1", "\"text\":\"", "face.match", "13800138000",
            "a@b.cn", "2026-02-29T00:00:00Z",
            "192.0.2.1",
            "京A12345", "\u{7F}", "[[[[[[[[[[[[", "]]]]]]]]]]]]", "\"cells\":[\"A\"]",
            "00:1a:2b:3c:4d:5e",
        ].map { Array($0.utf8) } + [
            [0x00], [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90], [0xFF],
        ]
}

import Cells
import Domain
import Registry
import Testing

@Suite("Other tables as a registry")
struct ImportTests {
    private func imported(_ text: String, _ plan: ImportPlan) throws -> String {
        try RegistryDraft(path: "in.csv", bytes: Array(text.utf8), as: plan).finish().csv()
    }

    @Test("Columns are read from theirs, the rest is left behind")
    func mapping() throws {
        var plan = ImportPlan()
        plan.columns = [.source: "Camera ID", .name: "Where"]
        plan.fixed = [.kinds: "crowd.*", .period: "60s"]
        plan.tenant = "city/cams"
        let text = try imported(
            "Camera ID,Where,lat,lng,owner\nCAM 0031 (N),\"Main St, 4\",31.2,121.5,someone\n", plan)
        #expect(
            text == """
                source,latitude,longitude,kinds,period,name
                city/cams/cam-0031-n-,31.2,121.5,crowd.*,1m,"Main St, 4"

                """)
    }

    @Test("A column that the file has not is told, with those that it has")
    func unknownColumn() throws {
        var plan = ImportPlan()
        plan.columns = [.source: "camera"]
        do {
            _ = try imported("id,lat\n1,2\n", plan)
            Issue.record("nothing is wrong")
        } catch let errors as RegistryErrors {
            #expect(errors.problems.first?.hint == "it has: id, lat")
        }
    }

    @Test("Two names that become one are told")
    func collision() throws {
        var plan = ImportPlan()
        plan.tenant = "city"
        #expect(throws: RegistryErrors.self) { try imported("id\nA 1\na-1\n", plan) }
    }

    @Test("Points of GeoJSON give latitude and longitude")
    func points() throws {
        let json = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","id":7,"properties":{"name":"a, b","n":1.5},
             "geometry":{"type":"Point","coordinates":[121.5,31.2]}},
            {"type":"Feature","properties":{"id":"x","deep":{"a":1}},"geometry":null}]}
            """
        let table = try PointCollection.csv(Array(json.utf8))
        let text = try imported(String(decoding: table, as: UTF8.self), ImportPlan())
        #expect(text == "source,latitude,longitude,name\n7,31.2,121.5,\"a, b\"\nx,,,\n")
    }

    @Test("What is no collection is refused", arguments: ["", "[]", "{}", #"{"features":[1]}"#])
    func noCollection(text: String) {
        #expect(throws: PointCollection.Unreadable.self) {
            try PointCollection.csv(Array(text.utf8))
        }
    }

    @Test("A registry that is written is read as the same")
    func roundTrip() throws {
        let grid = try Reading.grid()
        let text =
            "source,latitude,longitude,accuracy_m,kinds,period,name\n"
            + "acme/a,31.2,121.5,15.0,gas.*;smoke,1h30m,\"x, \"\"y\"\"\"\nacme/b,,,,,,\n"
        let registry = try Reading.registry(text, grid)
        let again = try Reading.registry(registry.csv(), grid)
        #expect(again.sources == registry.sources)
    }
}

import CountersignReport
import Testing

@Suite struct StrictYAMLTests {
    enum Colour: String, CaseIterable { case crimson, azure }

    private func yaml(_ text: String) throws -> StrictYAML { try StrictYAML(text: text, file: "countersign.yml") }

    private func error(_ text: String, _ read: (StrictYAML) throws -> Void) throws -> String {
        try #require(throws: YAMLError.self) { try read(try yaml(text)) }.description
    }

    @Test func `an unknown key is an error with its line and the nearest name`() throws {
        let text = "timezone: UTC\nsla:\n  breach_minutes: 60\n  clokc: created\n"
        let message = try error(text) { file in
            let top = try file.mapping(known: ["timezone", "sla"])
            _ = try top.required("sla").mapping(known: ["breach_minutes", "clock", "manager_ack_minutes"])
        }
        #expect(
            message == """
                countersign.yml:4:sla.clokc: error: “clokc” is not known here [config]
                  fix: did you mean “clock”?
                """)
    }

    @Test func `a key that is like none lists them all`() throws {
        let message = try error("zebra: 1") { _ = try $0.mapping(known: ["timezone", "store"]) }
        #expect(message.hasSuffix("fix: use timezone, store"))
    }

    @Test func `a key that stands twice is an error with its line and name`() throws {
        let message = try error("timezone: UTC\nstore: a\nstore: b\n") {
            _ = try $0.mapping(known: ["store", "timezone"])
        }
        // The line is that of the first of both.
        #expect(message.hasPrefix("countersign.yml:2:store: error: “store” stands here twice"))
    }

    @Test func `what is no YAML is an error with its line`() throws {
        #expect(try error("a: 1\nb: [1, 2\nc: }\n") { _ in }.hasPrefix("countersign.yml:3: error: this is not YAML"))
        #expect(try error("a: 1\n\tb: 2\n") { _ in }.hasPrefix("countersign.yml:2: error: this is not YAML"))
    }

    @Test func `an empty file is an empty list of keys, a null is no value`() throws {
        for text in ["", "# nothing\n", "~\n"] {
            #expect(try yaml(text).mapping(known: ["a"]).order.isEmpty)
        }
        let top = try yaml("a: null\nb:\nc: 'null'\n").mapping(known: ["a", "b", "c", "d"])
        #expect(top["a"]?.isNull == true && top["b"]?.isNull == true && top["c"]?.isNull == false)
        #expect(top["d"] == nil)
        #expect(try top["a"]?.optionalText() == nil)
        #expect(try top["b"]?.list().isEmpty == true)
        #expect(try top["c"]?.text() == "null")
        let missing = #expect(throws: YAMLError.self) { try top.required("d") }
        #expect(missing?.message == "“d” is missing")
    }

    @Test(arguments: [
        ("a: [1, 2]", "text", 1), ("a: {b: 1}", "text", 1), ("x: 1\na: 1", "list", 2), ("a:\n  - 1", "mapping", 2),
        ("a: many", "int", 1), ("a: 61", "int", 1), ("a: -1", "int", 1), ("a: 1.5", "int", 1), ("a: 2", "number", 1),
        ("a: nan", "number", 1), ("a: maybe", "bool", 1), ("a:", "int", 1), ("a: azur", "word", 1),
    ])
    func `a value of another kind or out of range is an error with its line`(
        text: String, kind: String, line: Int
    ) throws {
        let message = try error(text) { file in
            let value = try file.mapping(known: ["a", "x"]).required("a")
            switch kind {
            case "text": _ = try value.text()
            case "list": _ = try value.list()
            case "mapping": _ = try value.mapping(known: ["b"])
            case "int": _ = try value.int(in: 0...60)
            case "number": _ = try value.number(in: 0...1)
            case "bool": _ = try value.bool()
            default: _ = try value.word(Colour.self)
            }
        }
        #expect(message.hasPrefix("countersign.yml:\(line):a: error: "))
        if kind == "word" { #expect(message.hasSuffix("did you mean “azure”?")) }
    }

    @Test(arguments: [
        ("true", true), ("yes", true), ("ON", true), ("1", true), ("False", false), ("no", false), ("off", false),
        ("0", false),
    ])
    func `a value of the environment is read by the same rules, and named by where it comes from`(
        text: String, value: Bool
    ) throws {
        #expect(try StrictYAML(scalar: text, from: "ENABLE_RETENTION_PURGE").bool() == value)
        let wrong = #expect(throws: YAMLError.self) {
            try StrictYAML(scalar: "ninety", from: "COUNTERSIGN_RETENTION_DAYS").int(in: 1...9999)
        }
        #expect(wrong?.description.hasPrefix("COUNTERSIGN_RETENTION_DAYS: error: “ninety” is not a whole") == true)
    }

    @Test func `an anchor's value stands where it is used`() throws {
        let top = try yaml("a: &zone Europe/Paris\nb: *zone\n").mapping(known: ["a", "b"])
        #expect(try top["b"]?.text() == "Europe/Paris")
    }

    @Test func `the nearest name takes the fewest changes, and a far one is none`() {
        #expect(nearestName(to: "weekely", in: ["weekly", "compliance"]) == "weekly")
        #expect(nearestName(to: "complience", in: ["weekly", "compliance"]) == "compliance")
        #expect(nearestName(to: "xyz", in: ["weekly"]) == nil)
        #expect(nearestName(to: "weekly", in: []) == nil)
    }
}

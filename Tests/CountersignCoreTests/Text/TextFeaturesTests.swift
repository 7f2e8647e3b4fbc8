import CountersignCore
import Testing

@Suite struct TextFeaturesTests {
    static let key = PrivacyKey(hexadecimal: String(repeating: "0123456789abcdef", count: 4))

    private func features(_ text: String, rules: FeatureRules = FeatureRules()) throws -> TextFeatures {
        let extractor = TextFeatureExtractor(rules: rules, key: try #require(Self.key))
        return Array(text.utf8).withUnsafeBufferPointer { extractor.features(of: $0) }
    }

    @Test(arguments: [
        ("  a \n b\t ", "a b"), ("it’s “fine”", "it's \"fine\""), ("e\u{301}", "\u{e9}"),
        ("a\u{a0}\u{2003}b\u{3000}", "a b"), ("", ""), (" \n ", ""),
    ])
    func `texts are compared composed, with straight quotes and single spaces`(text: String, norm: String) {
        #expect(NormalisedText(text).utf8 == Array(norm.utf8))
    }

    @Test(
        arguments: [
            ("Thanks, that solved it!", TextFeatures.Flags.confirmation),
            ("thanks👍", TextFeatures.Flags.confirmation),
            ("It works now", TextFeatures.Flags.confirmation),
            ("it works, now what", []),
            ("thankful", []),
            ("It isn’t here", .negation),
            ("I noted that", []),
            ("my lawyer—now", .riskWord),
            ("I want a refund", .refundCue),
            ("get me your MANAGER", .supervisorRequest),
            ("Hi Customer, hello", .standInName),
            ("a customer wrote", []),
            ("Hi {{name}}", .unfilledVariable),
            ("Merci, всё хорошо", []),
        ] as [(String, TextFeatures.Flags)])
    func `whole words raise flags, letter case aside`(text: String, flags: TextFeatures.Flags) throws {
        #expect(try features(text).flags == flags)
    }

    @Test(
        arguments: [
            ("refund $850 now", 85_000), ("$12,500", 1_250_000), ("€ 49,99", 4_999), ("1.234,50 €", 123_450),
            ("600 USD or 700 dollars", 70_000), ("$2k", 200_000), ("£7", 700), ("$1.5", 150), ("20 usdx", nil),
            ("order 1045", nil), ("$99999999999999999999", nil), ("$500.", 50_000), ("from $3, then $2", 300),
        ] as [(String, Int64?)])
    func `the largest sum of money is found, numbers alone are none`(text: String, amount: Int64?) throws {
        #expect(try features(text).largestAmountHundredths == amount)
    }

    @Test func `equal texts have equal hashes under one key only, and no text has none`() throws {
        let other = try #require(PrivacyKey(hexadecimal: String(repeating: "f", count: 64)))
        let bytes = Array("hello  there".utf8)
        let underOther = bytes.withUnsafeBufferPointer {
            TextFeatureExtractor(rules: FeatureRules(), key: other).features(of: $0)
        }
        #expect(try features("hello there").textHash == features(" hello  there").textHash)
        #expect(try features("hello there").textHash != underOther.textHash)
        #expect(try features(" \n") == .none)
        #expect(try features("hello  there").tokenCount == 2)
    }

    @Test func `a keyed hash is an HMAC-SHA256 with the field before the value`() throws {
        // printf 'email\0a@b.example' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0123…
        let hash = try #require(Self.key).hash(.email, Array("a@b.example".utf8))
        #expect(hash == KeyedHash(high: 0xf3b5_5d3b_fe1e_c991, low: 0xdc0c_4ec3_c411_2d4b))
        #expect(hash == KeyedHash(bytes: hash.bytes))
        #expect(hash != (try #require(Self.key)).hash(.phone, Array("a@b.example".utf8)))
    }

    @Test(arguments: ["", "12", String(repeating: "g", count: 64), String(repeating: "0", count: 63)])
    func `a key that is not 64 hex digits is refused`(text: String) {
        #expect(PrivacyKey(hexadecimal: text) == nil)
    }
}

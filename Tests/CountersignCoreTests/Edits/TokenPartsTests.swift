import Testing

@testable import CountersignCore

@Suite struct TokenPartsTests {
    @Test func `a byte of ASCII is outer punctuation where its character is`() {
        for byte in UInt8(0)..<0x80 {
            #expect(TokenParts.isOuter(byte) == TokenParts.isOuter(Character(Unicode.Scalar(byte))), "\(byte)")
        }
    }

    @Test(arguments: [
        ("(“5pm”),", "(“", "5pm", "”),"), ("(\"5pm\"),", "(\"", "5pm", "\"),"), ("…", "…", "", ""),
        ("...", "...", "", ""),
        ("#EVR-1045.", "", "#EVR-1045", "."), ("Ana", "", "Ana", ""), ("", "", "", ""),
        ("{{name}},", "", "{{name}}", ","),
    ])
    func `outer punctuation stands apart, in ASCII as in any script`(
        token: String, lead: String, core: String, trail: String
    ) {
        let parts = TokenParts(token)
        #expect([parts.lead, parts.core, parts.trail] == [lead, core, trail])
        #expect(TokenParts.stripped(token) == core)
    }
}

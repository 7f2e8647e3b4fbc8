import Testing

@testable import CountersignCore

/// kpis.md §4 `patterns`: what the sides of a pattern are made of.
@Suite struct GeneraliserTests {
    private func side(_ text: String, customer: String? = nil) -> String {
        let tokens = NormalisedText(text).string.split(separator: " ").map(String.init)
        return Generaliser.plain(Generaliser(customer: CustomerWords(customer)).units(tokens))
    }

    @Test(arguments: [
        ("Shortly.", "shortly"), ("(a, “B”!)", "a, \"b"), ("—", ""), ("…", ""), ("It's", "it's"), ("#help", "#help"),
        ("A & B", "a & b"), ("100% sure", "{{number}}% sure"), ("Österreich", "österreich"),
    ])
    func `a side is in lower case, without outer punctuation`(text: String, side: String) {
        #expect(self.side(text) == side)
    }

    @Test(arguments: [
        "5pm", "5 pm", "5 p.m.", "5 PM", "5p.m.", "17:30", "5:30 pm", "5.30pm", "17:30:00", "17h30", "9:00-17:00",
        "3-5pm",
        "5 o'clock", "12:00 AM",
    ])
    func `times of day are one variable`(text: String) {
        #expect(side(text) == "{{time}}")
        #expect(side("by \(text)") == "by {{time}}")
        #expect(side("at \(text), please") == "at {{time}}, please")
    }

    @Test(arguments: ["25:00", "5:75", "17", "5 pmx", "5, pm", "24h", "am"])
    func `what is no time of day is none`(text: String) {
        #expect(!side(text).contains("{{time}}"))
    }

    @Test(arguments: [
        "2026-11-05", "2026/11/05", "2026-11-05T10:00", "12/24", "12/24/2026", "24/12/26", "24.12.2026", "June 5",
        "june 5th",
        "Jun. 5", "June 5, 2026", "5 June", "5th of June", "5 June 2026", "June 2026", "Friday", "Friday, June 5",
        "Friday, 2026-11-05", "May 1st, 2026",
    ])
    func `dates are one variable, weekdays too`(text: String) {
        #expect(side(text) == "{{date}}")
        #expect(side("on \(text).") == "on {{date}}")
    }

    @Test(arguments: ["24/7", "may", "today", "13/13", "June 45", "sat", "0/5", "2026"])
    func `what is no date is none`(text: String) {
        #expect(!side(text).contains("{{date}}"))
    }

    @Test(arguments: [
        "$5", "$ 5", "5$", "$1,200.50", "€49,99", "49,99 €", "CA$20", "5 USD", "USD 5", "5usd", "$5 USD", "20 dollars",
        "2k euros", "£5-£10", "5 cents",
    ])
    func `money is one variable`(text: String) {
        #expect(side("a \(text).") == "a {{amount}}")
    }

    @Test(arguments: [
        "https://a.example/x?y=1", "www.shop.example", "shop.example/track/9", "evr.com", "http://10.0.0.1",
        "evr.com/a",
    ])
    func `addresses of the web are links`(text: String) {
        #expect(side("at \(text).") == "at {{link}}")
    }

    @Test(arguments: ["ana.x+y@mail.example", "a@b", "mailto:ana@mail.example", "(a@b.example),"])
    func `emails are one variable`(text: String) { #expect(side(text) == "{{email}}") }

    @Test(arguments: ["#EVR-1045", "EVR-1045", "#1045", "# 1045", "(#EVR-1045)."])
    func `order numbers are one variable`(text: String) { #expect(side("order \(text)").hasPrefix("order ")) }

    @Test(arguments: [
        ("#EVR-1045", "{{order}}"), ("order number 1045", "order number {{number}}"), ("1Z318280", "{{number}}"),
        ("+1 416 555 1234", "{{number}}"), ("(416) 555-1234", "{{number}}) {{number}}"),
        ("2-3 days", "{{number}} days"),
        ("٣ أيام", "{{number}} أيام"), ("12 Main Street", "{{address}}"),
        ("12 Old Mill Rd., Apt 4", "{{address}}., apt {{number}}"),
        ("2 weeks down the road", "{{number}} weeks down the road"), ("5 is 6", "{{number}} is {{number}}"),
    ])
    func `all that has a digit is some variable`(text: String, side: String) {
        #expect(self.side(text) == side)
    }

    // MARK: Names

    @Test(arguments: [
        "Ana Nowak", "Ana", "NOWAK", "ana nowak", "Ana-Nowak", "(Ana Nowak)", "Аna".replacing("А", with: "A"),
        "Áná Nówak",
        "Ａｎａ", "A\u{200B}na", "AnaNowak",
    ])
    func `the customer's name is one variable however it is written`(text: String) {
        let found = side("\(text), dear", customer: "Ana Nowak")
        #expect(["{{name}}, dear", "{{name}}), dear", "{{name}}-{{name}}, dear"].contains(found))
    }

    @Test func `names inside other words stay words, and possessives keep their end`() {
        #expect(side("Banana Anastasia", customer: "Ana Nowak") == "banana anastasia")
        #expect(side("Ana's order, Ana/Nowak", customer: "Ana Nowak") == "{{name}}'s order, {{name}}/{{name}}")
        #expect(side("Sean O'Brien-Li", customer: "Sean O'Brien") == "{{name}} o'{{name}}-li")
        #expect(side("J Smith and J. Smith", customer: "J Smith") == "j {{name}} and j. {{name}}")
        #expect(side("您好李雷，", customer: "李雷") == "您好{{name}}")
    }

    @Test func `a name that is a common word counts with a capital alone`() {
        #expect(side("Hi Will, I will ask", customer: "Will Order") == "hi {{name}}, i will ask")
        #expect(side("your order", customer: "Will Order") == "your order")
    }

    @Test func `whom the texts greet is the customer too`() {
        let words = CustomerWords("+1 416 555 0199").with(
            greetedIn: [["Hi", "Ana", "Nowak,", "We", "ask"], ["hello", "there,", "you"]])
        let units = Generaliser(customer: words).units(["Dear", "Nowak", "We", "there"])
        #expect(Generaliser.plain(units) == "dear {{name}} we there")
    }
}

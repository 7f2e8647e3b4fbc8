/// A reply template of the desk: `lead`, the customer's name, `tail`, a space and `closing`. Operators'
/// usual rewordings stand beside it.
struct ReplyTemplate: Sendable {
    let id: String
    let label: String
    let lead: String
    let tail: String
    let closing: String
    let otherTails: [String]
    let otherClosings: [String]

    var body: String { "\(lead){{name}}\(tail) \(closing)" }

    func rendered(name: String) -> String { "\(lead)\(name)\(tail) \(closing)" }

    static let all = [
        ReplyTemplate(
            id: "ack_delay", label: "Acknowledge delay",
            lead: "Hi ", tail: ", thanks for your patience.",
            closing: "I'm checking on your order now and will follow up with an update shortly.",
            otherTails: [", thank you for waiting.", ", sorry for the wait."],
            otherClosings: [
                "I'm checking on your order now and will write again before 5 pm.",
                "I have asked the warehouse and will write again tonight.",
            ]),
        ReplyTemplate(
            id: "ship_update", label: "Shipping updated",
            lead: "Appreciate you reaching out, ", tail: ".",
            closing: "Your order is with our carrier and I'm expediting a status check right away.",
            otherTails: ["!"],
            otherClosings: [
                "Your order is with our carrier and should reach you within two days.",
                "We shipped a replacement, it leaves today.",
            ]),
        ReplyTemplate(
            id: "refund_offer", label: "Refund offer",
            lead: "I'm sorry for the trouble, ", tail: ".",
            closing: "I can refund this immediately or offer store credit—let me know what works best.",
            otherTails: [" – that should not have happened."],
            otherClosings: [
                "Your refund has been approved and arrives in 3 to 5 days.",
                "Please send us a photo of the damage so we can look into it.",
            ]),
    ]
}

/// A reply that an operator approved, with what the log says about its draft.
struct Reply: Sendable {
    /// How the suggestion is recorded in the payload.
    enum Suggestion: Sendable {
        case none
        case text(String)
        case template(String)
        /// `confidence` in percent.
        case full(template: String, text: String, confidence: Int)
        case suggestedReply(String)
    }

    /// Each 1 … 5; `nil` for a question that was not graded.
    struct Grades: Sendable {
        let tone: Int?
        let accuracy: Int?
        let policy: Int?
    }

    let templateID: String
    let body: String
    let isSuggestionShown: Bool
    let suggestion: Suggestion
    /// `nil` where the form had no grades.
    let grades: Grades?
    let note: String?

    /// A template's reply, sent as it is or edited.
    init(to contact: Contact, using random: inout SplitMix64) {
        let template = random.pick(ReplyTemplate.all)
        let name = Self.name(of: contact, using: &random)
        templateID = template.id
        body = Self.edited(template, name: name, using: &random)
        isSuggestionShown = random.chance(0.55)
        let draft = template.rendered(name: contact.name)
        suggestion =
            switch isSuggestionShown ? random.below(100) : 0 {
            case ..<25: .none
            case ..<55: .template(template.id)
            case ..<90: .full(template: template.id, text: draft, confidence: random.within(50...99))
            case ..<96: .text(draft)
            default: .suggestedReply(draft)
            }
        grades =
            switch random.below(100) {
            case ..<70: nil
            case ..<80: Grades(tone: 3, accuracy: 3, policy: 3)
            case ..<83: Grades(tone: nil, accuracy: nil, policy: nil)
            default:
                Grades(tone: random.within(2...5), accuracy: random.within(2...5), policy: random.within(3...5))
            }
        note = random.chance(0.35) ? random.pick(Self.notes) : nil
    }

    private static let notes = ["promised update", "asked the carrier", "photo requested", "VIP, handle with care"]

    private static func name(of contact: Contact, using random: inout SplitMix64) -> String {
        switch random.below(10) {
        case 0: "Customer"
        case 1...4: contact.firstName
        default: contact.name
        }
    }

    private static func edited(_ template: ReplyTemplate, name: String, using random: inout SplitMix64) -> String {
        let verbatim = template.rendered(name: name)
        let start = "\(template.lead)\(name)"
        switch random.below(100) {
        case ..<50: return verbatim
        case ..<55: return String(verbatim.map { $0 == "'" ? "’" : $0 })
        case ..<58: return "\(start)\(template.tail)  \(template.closing)"
        case ..<70: return "\(start)\(random.pick(template.otherTails)) \(template.closing)"
        case ..<85: return "\(start)\(template.tail) \(random.pick(template.otherClosings))"
        case ..<93: return "\(verbatim)\nYour order number is #EVR-\(random.within(1000...9999))."
        default:
            return "\(start)\(template.tail) Order #EVR-\(random.within(1000...9999)) is with our “returns” team; "
                + "expect an answer by \(random.pick(["Monday", "Wednesday", "Friday"])). 🙏"
        }
    }
}

/// What customers and operators write besides approved replies.
enum Wording {
    static let openings = [
        "Where is my order? The carrier says nothing", "My package is still in transit and tracking shows no update",
        "This arrived broken. Refund please", "The zipper is damaged, I want a refund",
        "wrong item, I want to return it", "delivery is late again", "Any news on my order?", "Hello? 👋",
        "Can you tell me what is going on", "Bonjour, où est ma commande ?", "I want to speak to a manager",
        "注文はまだ届いていません", "My card was charged twice — please explain",
    ]
    static let followUps = [
        "Thanks, got it!", "That works, thank you", "ok", "ok thanks", "Still waiting...", "It is still not working",
        "No, that isn't what I ordered", "Ça va prendre combien de temps ?", "You said \"shortly\".\nThat was Monday.",
        "Parfait, merci 🙏", "no", "yes please",
    ]
    static let staffReplies = [
        "Let me check that for you.", "I see, one moment.", "Could you send the order number?",
        "Could you tell me which colour you ordered?", "Your refund has been approved.",
    ]
    static let notes = [
        "Looking at it", "ack", "Customer expects an update before Friday",
        "Carrier ticket opened, waiting for a trace",
    ]
    static let sendErrors = ["131047: window closed", "550 mailbox unavailable"]
    static let automation = "We have received your message and will answer during office hours."
    static let escalationNotes = ["refund over $500", "policy exception", "abusive language"]
    static let resolutionNote = "customer happy"
}

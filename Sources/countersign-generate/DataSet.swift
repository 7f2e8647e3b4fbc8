import CountersignCore

/// Writes the whole data set, one conversation after the other, so that memory does not grow with its size.
struct DataSet: ~Copyable {
    /// What a server gives on one page.
    private static let conversationsPerPage = 25

    private let options: Options
    private let hours: OfficeHours
    private var random: SplitMix64
    private var messagesToDeal: Apportionment
    private var decisionsToDeal: Apportionment
    private var syncToDeal: Apportionment
    private var messageFiles: LineFiles
    private var decisionFiles: LineFiles
    private var syncFiles: LineFiles
    private var pages = 0
    private var page: [JSONText] = []
    private var messages = 0
    private var decisions = 0

    /// Makes the folders; there must be no data set in them yet.
    init(options: Options) throws(GenerateError) {
        let folder = options.folder
        try makeFolder(folder, mayExist: true)
        try makeFolder("\(folder)/chatwoot")
        try makeFolder("\(folder)/decisions")
        self.options = options
        hours = OfficeHours(end: options.end, days: options.days)
        random = SplitMix64(seed: options.seed)
        messagesToDeal = Apportionment(total: options.messages, shares: options.conversations)
        decisionsToDeal = Apportionment(total: options.decisions, shares: options.conversations)
        syncToDeal = Apportionment(total: options.sync ?? options.decisions, shares: options.decisions)
        messageFiles = LineFiles { "\(folder)/chatwoot/messages-\(zeroPadded($0, 3)).ndjson" }
        decisionFiles = LineFiles { "\(folder)/decisions/supabase_decision_log_export_\($0).ndjson" }
        syncFiles = LineFiles { "\(folder)/decisions/supabase_decision_sync_events_\($0).ndjson" }
    }

    consuming func write() throws(GenerateError) {
        try writeSettings(options)
        for account in 1...options.accounts {
            let share = options.conversations / options.accounts
            let count = share + (account <= options.conversations % options.accounts ? 1 : 0)
            try writeAccount(account, conversations: count)
        }
        try messageFiles.finish()
        try decisionFiles.finish()
        try syncFiles.finish()
    }

    private mutating func writeAccount(_ account: Int, conversations: Int) throws(GenerateError) {
        let staff = Staff(account: account)
        for number in 0..<conversations {
            let conversation = makeConversation(number, of: conversations, account: account, staff: staff)
            if let snapshot = options.window.snapshot(of: conversation) { page.append(snapshot.json) }
            if page.count == Self.conversationsPerPage { try writePage(of: conversations) }
            for event in conversation.events { try write(event, in: conversation) }
        }
        if !page.isEmpty { try writePage(of: conversations) }
    }

    private mutating func makeConversation(
        _ number: Int, of conversations: Int, account: Int, staff: Staff
    ) -> Conversation {
        let share = (Double(number) + random.unit()) / Double(conversations)
        let start = hours.seconds(atShare: share)
        let contact = Contact(
            number: random.below(max(conversations * 7 / 10, 1)), account: account, seed: options.seed)
        let story = Story(
            of: contact, staff: staff, messages: messagesToDeal.next(using: &random),
            rows: decisionsToDeal.next(using: &random), start: start,
            end: options.end.wholeSeconds(since: Instant(seconds: 0)), random: SplitMix64(seed: random.next()))
        return Conversation(
            account: account, displayID: 500 + number, contact: contact, inbox: random.within(1...3),
            priority: random.chance(0.3) ? random.pick(["low", "medium", "high", "urgent"]) : nil,
            createdAt: start, events: story.events)
    }

    private mutating func write(_ event: Event, in conversation: Conversation) throws(GenerateError) {
        if event.hasMessage {
            messages += 1
            if options.window.holds(Instant(seconds: event.at)) {
                try messageFiles.append(MessageJSON(id: messages, event: event, conversation: conversation).json)
            }
        }
        // The log's row is written when Chatwoot has taken the message: within the same second here.
        let at = Instant(microseconds: event.at * 1_000_000 + Int64(random.within(50...950)) * 1000)
        for row in 0..<event.rows {
            decisions += 1
            if options.window.holds(at) {
                try decisionFiles.append(
                    DecisionJSON(
                        id: decisions, event: event, conversation: conversation, shop: shop(conversation.account),
                        at: at, isTwin: row > 0
                    ).json)
            }
            let attempts = syncToDeal.next(using: &random)
            for attempt in 1..<(attempts + 1) {
                let sync = SyncJSON(
                    decision: decisions, scope: event.scope, at: at.adding(seconds: Int64(attempt) * 2),
                    attempt: attempt, isLast: attempt == attempts)
                let json = sync.json(using: &random)
                if options.window.holds(sync.at) { try syncFiles.append(json) }
            }
        }
    }

    private mutating func writePage(of conversations: Int) throws(GenerateError) {
        pages += 1
        var json = JSONText()
        json.object { json in
            json.object("data") { json in
                json.object("meta") { json in
                    json.field("mine_count", 0)
                    json.field("unassigned_count", 0)
                    json.field("assigned_count", 0)
                    json.field("all_count", conversations)
                }
                json.array("payload") { json in for item in page { json.element(item) } }
            }
        }
        json.endLine()
        try writeFile(json.bytes, to: "\(options.folder)/chatwoot/conversations-\(zeroPadded(pages, 4)).json")
        page.removeAll(keepingCapacity: true)
    }
}

import CountersignCore

/// One record, made with the values that a test is about.
struct Records: Sendable {
    var batch = RecordBatch()

    private static let place = SourcePlace(file: "f", line: 1)

    /// Rows in the order in which they are added, each with one record.
    static func + (a: Records, b: Records) -> Records {
        var sum = a
        let first = a.batch.rows.count
        sum.batch.rows = 0..<(first + b.batch.rows.count)
        sum.batch.conversations += b.batch.conversations.map { $0.moved(by: first) }
        sum.batch.messages += b.batch.messages.map { $0.moved(by: first) }
        sum.batch.events += b.batch.events.map { $0.moved(by: first) }
        sum.batch.decisions += b.batch.decisions.map { $0.moved(by: first) }
        sum.batch.attempts += b.batch.attempts.map { $0.moved(by: first) }
        sum.batch.contacts += b.batch.contacts.map { $0.moved(by: first) }
        sum.batch.names += b.batch.names.map { $0.moved(by: first) }
        sum.batch.suggestions += b.batch.suggestions.map { $0.moved(by: first) }
        sum.batch.breaches += b.batch.breaches.map { $0.moved(by: first) }
        sum.batch.figures += b.batch.figures.map { $0.moved(by: first) }
        sum.batch.staff += b.batch.staff.map { $0.moved(by: first) }
        sum.batch.templates += b.batch.templates.map { $0.moved(by: first) }
        sum.batch.rejected += b.batch.rejected.map { rejected in
            let problem = rejected.problem
            return RejectedRow(
                problem: Problem(
                    problem.code, at: problem.place.moved(by: first), problem.message, fix: problem.fix),
                row: rejected.row)
        }
        return sum
    }

    /// One row.
    private static func one(_ fill: (inout RecordBatch) -> Void) -> Records {
        var records = Records()
        records.batch.rows = 0..<1
        fill(&records.batch)
        return records
    }

    static func conversation(
        _ id: Int64, account: Int64? = 1, created: Instant = .start, updated: Instant? = nil, active: Instant? = nil,
        status: String = "open", contact: Int64? = 900, name: String? = nil, keys: [IdentityKey] = []
    ) -> Records {
        one { batch in
            batch.conversations = [
                Conversation(
                    account: account, id: id, createdAt: created, updatedAt: updated ?? active ?? created,
                    lastActivityAt: active ?? created, status: status, inbox: 1, priority: nil, firstReplyAt: nil,
                    labels: [], contact: Contact(id: contact, name: name, keys: keys), readFrom: place)
            ]
        }
    }

    static func message(
        _ id: Int64, in conversation: Int64, _ kind: Message.Kind, _ sentAt: Instant, account: Int64? = 1,
        sender: Int64? = nil, updated: Instant? = nil, keys: [IdentityKey] = [], activities: [Activity] = [],
        features: TextFeatures = .none, delivery: Message.Delivery = .sent
    ) -> Records {
        one { batch in
            batch.messages = [
                Message(
                    account: account, conversation: conversation, id: id, sentAt: sentAt, updatedAt: updated ?? sentAt,
                    traits: .of(kind), sender: sender,
                    contact: kind == .customer ? Contact(id: sender, name: nil, keys: keys) : nil, delivery: delivery,
                    deliveryError: nil, text: Message.Text(features: features, isProcessed: false),
                    activities: activities,
                    readFrom: place)
            ]
        }
    }

    /// A snapshot that tells only some of a conversation.
    static func snapshot(
        _ id: Int64, account: Int64? = 1, internalID: Int64? = nil, created: Instant? = nil, updated: Instant,
        status: String? = nil, labels: [String]? = nil, contact: Contact? = nil
    ) -> Records {
        one { batch in
            batch.conversations = [
                Conversation(
                    account: account, id: id, internalID: internalID, createdAt: created, updatedAt: updated,
                    lastActivityAt: updated, status: status, inbox: nil, priority: nil, firstReplyAt: nil,
                    labels: labels, contact: contact, readFrom: place)
            ]
        }
    }

    static func event(
        _ kind: Activity.Kind, in conversation: Int64, _ at: Instant, _ source: ConversationEvent.Source,
        account: Int64? = 1, subject: String? = nil, assignee: Int64? = nil
    ) -> Records {
        one { batch in
            batch.events = [
                ConversationEvent(
                    account: account, conversation: conversation, source: source, at: at,
                    activity: Activity(kind: kind, actor: nil, subject: subject, assignee: assignee), readFrom: place)
            ]
        }
    }

    static func suggestion(
        _ text: String?, in conversation: Int64, at: Instant, updated: Instant? = nil, shop: String? = nil,
        template: String? = nil
    ) -> Records {
        one { batch in
            batch.suggestions = [
                SuggestionSnapshot(
                    shop: shop, conversation: conversation, at: at, updatedAt: updated ?? at, text: text,
                    template: template, readFrom: place)
            ]
        }
    }

    static func breach(
        _ conversation: Int64, at: Instant, seen: Instant, isApproximate: Bool = false, shop: String? = nil
    ) -> Records {
        one { batch in
            batch.breaches = [
                BreachSnapshot(
                    shop: shop, conversation: conversation, breachedAt: at, seenAt: seen, isApproximate: isApproximate,
                    readFrom: place)
            ]
        }
    }

    static func contact(_ id: Int64, account: Int64? = 1, keys: [IdentityKey]) -> Records {
        one { batch in
            batch.contacts = [
                ContactCard(account: account, contact: Contact(id: id, name: nil, keys: keys), readFrom: place)
            ]
        }
    }

    static func figure(
        _ kind: ChatwootFigure.Kind, _ key: String, _ name: String, conversation: Int64, at: Instant, value: Int64
    ) -> Records {
        one { batch in
            batch.figures = [
                ChatwootFigure(
                    account: 1, kind: kind, key: key, name: name, conversation: conversation, at: at, value: value,
                    readFrom: place)
            ]
        }
    }

    static func decision(
        _ id: String, _ action: String = "chatwoot.approve_send", at: Instant = .start, scope: String = "ops",
        actor: String = "op@shop.example", shop: String? = nil, conversation: Int64? = 1, hasPayload: Bool = true,
        reply: String? = nil, suggestion: String? = nil, template: String? = nil
    ) -> Records {
        one { batch in
            batch.decisions = [
                Decision(
                    id: id, decidedAt: at, scope: scope, actor: actor, action: action, shop: shop,
                    conversation: conversation, hasPayload: hasPayload, reply: reply, suggestion: suggestion,
                    template: template, note: nil, isSuggestionUsed: nil, grades: Decision.Grades(), readFrom: place)
            ]
        }
    }

    static func attempt(_ decision: String, at: Instant = .start, scope: String = "ops", attempt: Int = 1) -> Records {
        one { batch in
            batch.attempts = [
                SyncAttempt(
                    decision: decision, at: at, scope: scope, outcome: .success, attempt: attempt,
                    durationHundredths: 100, errorCode: nil, readFrom: place)
            ]
        }
    }

    static func staff(
        _ id: Int64, _ name: String, _ email: String?, role: String? = "administrator", account: Int64? = 1
    ) -> Records {
        one { batch in
            batch.staff = [
                StaffMember(account: account, id: id, name: name, email: email, role: role, readFrom: place)
            ]
        }
    }

    static func template(_ id: String, _ body: String) -> Records {
        one { $0.templates = [ReplyTemplate(id: id, label: id, body: body, readFrom: place)] }
    }

    static func rejected(line: Int = 3, row: String = "{}") -> Records {
        one { batch in
            batch.rejected = [
                RejectedRow(
                    problem: Problem(
                        .fieldMissing, at: SourcePlace(file: "f", line: line, field: "id"), "“id” is missing",
                        fix: "export it"), row: Array(row.utf8))
            ]
        }
    }
}

extension IdentityKey {
    static func email(_ number: UInt64) -> IdentityKey {
        IdentityKey(kind: .email, hash: KeyedHash(high: number, low: 1))
    }

    static func phone(_ number: UInt64) -> IdentityKey {
        IdentityKey(kind: .phone, hash: KeyedHash(high: number, low: 2))
    }
}

extension Message.Traits {
    /// The traits of a listed message of some kind.
    static func of(_ kind: Message.Kind) -> Message.Traits {
        let traits: Message.Traits =
            switch kind {
            case .customer: [.incoming, .byContact]
            case .reply: [.outgoing, .byUser]
            case .note: [.outgoing, .byUser, .isPrivate]
            case .bot: [.outgoing, .byBot]
            case .automation: [.outgoing, .byRule]
            case .template: .template
            case .activity: .activity
            case .deleted: .deleted
            }
        return traits.union(.listed)
    }
}

/// A record that says where it was read.
private protocol Placed {
    var readFrom: SourcePlace { get set }
}

extension Placed {
    fileprivate func moved(by rows: Int) -> Self {
        var moved = self
        moved.readFrom = readFrom.moved(by: rows)
        return moved
    }
}

extension SourcePlace {
    fileprivate func moved(by rows: Int) -> SourcePlace {
        SourcePlace(file: file, line: line, field: field, row: row + rows)
    }
}

extension Conversation: Placed {}
extension Message: Placed {}
extension ConversationEvent: Placed {}
extension Decision: Placed {}
extension SyncAttempt: Placed {}
extension ContactCard: Placed {}
extension KnownName: Placed {}
extension SuggestionSnapshot: Placed {}
extension BreachSnapshot: Placed {}
extension ChatwootFigure: Placed {}
extension StaffMember: Placed {}
extension ReplyTemplate: Placed {}

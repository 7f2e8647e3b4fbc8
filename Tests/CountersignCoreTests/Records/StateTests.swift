import CountersignCore
import TestSupport
import Testing

/// Snapshots merge the same in any order of any split, and no shape takes away what another told.
@Suite struct StateTests {
    private static let place = SourcePlace(file: "f", line: 1)
    private static let start = Instant(seconds: 1_793_610_000)

    private func at(_ seconds: Int64, micros: Int64 = 0) -> Instant {
        Instant(microseconds: Self.start.microseconds + seconds * 1_000_000 + micros)
    }

    /// A snapshot of which each field is told or not; times collide on purpose.
    private func snapshot(_ random: inout SeededNumbers) -> Conversation {
        func maybe<Value>(_ value: Value, _ random: inout SeededNumbers) -> Value? {
            random.below(3) == 0 ? nil : value
        }
        let micros: Int64 = [0, 482_913][random.below(2)]
        return Conversation(
            account: 1, id: 40, internalID: maybe(20_188, &random), createdAt: maybe(at(0, micros: micros), &random),
            updatedAt: at(Int64(random.below(4))), lastActivityAt: at(Int64(random.below(9))),
            status: maybe(["open", "resolved", "snoozed"][random.below(3)], &random), inbox: maybe(2, &random),
            priority: maybe(["", "high", "urgent"][random.below(3)], &random),
            firstReplyAt: maybe(at(60, micros: micros), &random),
            labels: maybe([[], ["billing"], ["billing", "escalation"]][random.below(3)], &random),
            contact: random.below(4) == 0
                ? nil
                : Contact(
                    id: maybe(Int64(900 + random.below(2)), &random),
                    name: maybe(["Ana", "Ana Li"][random.below(2)], &random),
                    keys: []),
            severity: maybe(["", "high", "low"][random.below(3)], &random), readFrom: Self.place)
    }

    private func message(_ random: inout SeededNumbers) -> Message {
        let traits: [Message.Traits] = [
            [.outgoing, .byUser, .listed], [.outgoing], [.outgoing, .campaign], [.outgoing, .listed, .deleted],
        ]
        let features = TextFeatures(
            textHash: Int64(1 + random.below(2)), tokenCount: 3, flags: [], largestAmountHundredths: nil)
        return Message(
            account: 1, conversation: 40, id: 9001,
            sentAt: at(5, micros: [0, 112_345][random.below(2)]), updatedAt: at(Int64(5 + random.below(3))),
            traits: traits[random.below(4)], sender: [nil, 5][random.below(2)], contact: nil,
            delivery: [nil, .sent, .failed, .delivered][random.below(4)],
            deliveryError: ["131026", nil][random.below(2)],
            text: [nil, Message.Text(features: features, isProcessed: random.below(2) == 0)][random.below(2)],
            activities: [], readFrom: Self.place)
    }

    /// Every way to merge them: one after the other in some order, or in two heaps that are merged at the end.
    private func merges<State: Hashable>(
        _ states: [State], _ random: inout SeededNumbers, _ merge: (inout State, State) -> Void
    ) -> Set<State> {
        var results: Set<State> = []
        for _ in 0..<20 {
            let order = states.shuffled(using: &random)
            let cut = 1 + random.below(order.count - 1)
            let heaps = [order[..<cut], order[cut...]].map { heap in
                var heap = Array(heap)
                var state = heap.removeFirst()
                // Some come twice.
                for next in heap + heap.prefix(2) { merge(&state, next) }
                return state
            }
            var state = heaps[1]
            merge(&state, heaps[0])
            results.insert(state)
        }
        return results
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `snapshots of a conversation and of a message merge alike in any order and split`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let count = 2 + random.below(6)
        let conversations = (0..<count).map { _ in
            let snapshot = snapshot(&random)
            return ConversationState(snapshot)
        }
        #expect(merges(conversations, &random) { $0.merge($1) }.count == 1)
        let messages = (0..<count).map { _ in MessageState(message(&random)) }
        #expect(merges(messages, &random) { $0.merge($1) }.count == 1)
    }

    @Test func `a newer snapshot takes away nothing that it does not tell`() {
        var random = SeededNumbers(seed: 1)
        var full = snapshot(&random)
        full.updatedAt = at(10)
        full.status = "open"
        full.labels = ["billing"]
        full.priority = "high"
        full.inbox = 2
        full.contact = Contact(id: 900, name: "Ana", keys: [])
        var search = full
        search.updatedAt = at(20)
        search.status = "resolved"
        search.labels = nil
        search.priority = nil
        search.inbox = nil
        search.contact = nil
        var state = ConversationState(full)
        state.merge(ConversationState(search))
        #expect(state.status == Versioned("resolved", at: at(20)))
        #expect(state.labels == Versioned("billing", at: at(10)))
        #expect(state.priority == Versioned("high", at: at(10)))
        #expect(state.inbox == Versioned(2, at: at(10)) && state.contact == Versioned(900, at: at(10)))
        // Told to be none is told.
        search.priority = ""
        state.merge(ConversationState(search))
        #expect(state.priority == Versioned("", at: at(20)))
    }

    @Test func `a moment in whole seconds and the same moment in microseconds are one, the sharper stays`() {
        var random = SeededNumbers(seed: 2)
        var coarse = snapshot(&random)
        coarse.createdAt = at(0)
        coarse.firstReplyAt = at(60)
        var fine = coarse
        fine.createdAt = at(0, micros: 482_913)
        fine.firstReplyAt = at(60, micros: 112_000)
        var state = ConversationState(coarse)
        state.merge(ConversationState(fine))
        #expect(state.createdAt == fine.createdAt && state.firstReplyAt == fine.firstReplyAt)
    }

    @Test func `a campaign that only one shape tells of is no staff reply, whichever comes first`() {
        var random = SeededNumbers(seed: 3)
        var list = message(&random)
        list.traits = [.outgoing, .byUser, .listed]
        var embedded = list
        embedded.traits = [.outgoing, .byUser, .campaign]
        var first = MessageState(list)
        first.merge(MessageState(embedded))
        var second = MessageState(embedded)
        second.merge(MessageState(list))
        #expect(first == second)
        #expect(first.traits.kind == .automation && first.traits.contains(.listed))
        #expect(MessageState(list).traits.kind == .reply)
    }

    @Test func `a text without its quoted history is better than a newer one with it`() {
        func message(processed: Bool, hash: Int64, at seconds: Int64) -> Message {
            var random = SeededNumbers(seed: 4)
            var message = self.message(&random)
            message.updatedAt = at(seconds)
            message.text = Message.Text(
                features: TextFeatures(textHash: hash, tokenCount: 1, flags: [], largestAmountHundredths: nil),
                isProcessed: processed)
            return message
        }
        var state = MessageState(message(processed: true, hash: 1, at: 1))
        state.merge(MessageState(message(processed: false, hash: 2, at: 9)))
        #expect(state.text?.features.textHash == 1)
        state.merge(MessageState(message(processed: true, hash: 3, at: 2)))
        #expect(state.text?.features.textHash == 3)
    }

    @Test func `the status of a delivery is the newest, and of shapes without a time the furthest`() {
        func message(_ delivery: Message.Delivery?, at seconds: Int64) -> Message {
            var random = SeededNumbers(seed: 5)
            var message = self.message(&random)
            message.updatedAt = at(seconds)
            message.delivery = delivery
            message.deliveryError = delivery == .failed ? "131026" : nil
            return message
        }
        func merged(_ messages: Message...) -> MessageState.Delivery? {
            var state = MessageState(messages[0])
            for message in messages.dropFirst() { state.merge(MessageState(message)) }
            return state.delivery?.value
        }
        #expect(merged(message(.failed, at: 1), message(nil, at: 9))?.status == .failed)
        #expect(merged(message(.failed, at: 1), message(.sent, at: 2))?.status == .sent)
        #expect(merged(message(.sent, at: 1), message(.failed, at: 1))?.error == "131026")
        #expect(merged(message(.failed, at: 1), message(.delivered, at: 1))?.status == .delivered)
    }
}

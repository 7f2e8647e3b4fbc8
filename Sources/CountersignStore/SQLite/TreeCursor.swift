internal import Foundation

/// Goes through the entries of one table or index in their order, and looks whether its pages are sound.
///
/// An entry is a row, or a key of an index (tables without rowid are kept like one); its bytes as they are stored.
struct TreeCursor {
    /// Room for a page and zeros behind it, so that no number is read past its end.
    private final class Room {
        let bytes: UnsafeMutableRawPointer

        init(_ file: PageFile) {
            bytes = .allocate(byteCount: file.pageSize + 32, alignment: 16)
            memset(bytes, 0, file.pageSize + 32)
        }

        deinit { bytes.deallocate() }
    }

    private struct Frame {
        let number: Int
        let page: UnsafeRawPointer
        /// 100 bytes further on page 1.
        let header: Int
        let isLeaf: Bool
        let cells: Int
        let contentStart: Int
        /// Of a leaf: the next cell. Of any other: child, cell, child, cell and so on.
        var step = 0
        /// The cells met so far lie side by side, each before the one met before it.
        var isTiled = true
        var lowest: Int
    }

    /// Its first bytes, with its length and rowid, as far as they stand in the page of the entry.
    private(set) var start: UnsafeRawPointer
    private(set) var length = 0
    /// Bytes that stand in further pages, of which the first has this number.
    private(set) var remaining = 0
    private(set) var overflow = 0

    private let file: PageFile
    private let isIndex: Bool
    /// Not only whether it can be read: whether SQLite can go on writing to it.
    private let isStrict: Bool
    private var frames: [Frame] = []
    /// One for each depth that was reached.
    private var rooms: [Room] = []
    private var leafDepth: Int?
    /// Of one page: where each cell and free block begins (upper half) and ends.
    private var places: [Int] = []
    /// Of a table with rowids: those to come are greater.
    private var floor = Int64.min

    init(_ file: PageFile, root: Int, isStrict: Bool) throws {
        self.file = file
        self.isStrict = isStrict
        let room = Room(file)
        rooms = [room]
        start = UnsafeRawPointer(room.bytes)
        try file.read(root, into: room.bytes)
        let kind = room.bytes.load(fromByteOffset: root == 1 ? 100 : 0, as: UInt8.self)
        isIndex = kind == 2 || kind == 10
        try push(root, isRead: true)
    }

    // MARK: Entries

    /// - Returns: whether there is a further entry; `start` and the others speak of it until the next call.
    mutating func next() throws -> Bool {
        while let depth = frames.indices.last {
            let step = frames[depth].step
            if frames[depth].isLeaf {
                guard step < frames[depth].cells else {
                    try pop()
                    continue
                }
                frames[depth].step = step + 1
                try load(step, depth)
                return true
            }
            guard step <= 2 * frames[depth].cells else {
                try pop()
                continue
            }
            frames[depth].step = step + 1
            if step & 1 == 0 {
                try push(child(step / 2, depth), isRead: false)
            } else {
                try load(step / 2, depth)
                if isIndex { return true }
            }
        }
        return false
    }

    private func child(_ index: Int, _ depth: Int) throws -> Int {
        let frame = frames[depth]
        let page = frame.page
        return Int(
            index == frame.cells ? page.big32(frame.header + 8) : page.big32(try place(of: index, depth)))
    }

    private func place(of cell: Int, _ depth: Int) throws -> Int {
        let frame = frames[depth]
        let place = Int(
            frame.page.big16(frame.header + (frame.isLeaf ? 8 : 12) + 2 * cell))
        guard place >= frame.contentStart, place <= file.usable - 4 else {
            throw PageFile.Fault(reason: "a cell of page \(frame.number) lies outside it")
        }
        return place
    }

    private mutating func load(_ cell: Int, _ depth: Int) throws {
        let isLeaf = frames[depth].isLeaf
        let page = frames[depth].page
        let begin = try place(of: cell, depth)
        var at = begin + (isLeaf ? 0 : 4)
        start = page + at
        var inPage = 0
        if isIndex || isLeaf {
            let payload = page.varint(&at)
            if !isIndex { try rise(above: page.varint(&at)) }
            guard payload >= 0, payload <= Int64(Int32.max) else {
                throw PageFile.Fault(reason: "an entry of page \(frames[depth].number) has no length")
            }
            inPage = local(Int(payload))
            remaining = Int(payload) - inPage
        } else {
            try rise(to: page.varint(&at))
            remaining = 0
        }
        length = page + at - start + inPage
        at += inPage
        overflow = remaining > 0 ? Int(page.big32(min(at, file.usable))) : 0
        if remaining > 0 { at += 4 }
        guard at <= file.usable else {
            throw PageFile.Fault(reason: "a cell of page \(frames[depth].number) lies outside it")
        }
        let end = max(at, begin + 4)
        if end != frames[depth].lowest { frames[depth].isTiled = false }
        frames[depth].lowest = begin
    }

    /// How much of an entry stands in its own page.
    private func local(_ payload: Int) -> Int {
        let usable = file.usable
        let most = isIndex ? (usable - 12) * 64 / 255 - 23 : usable - 35
        guard payload > most else { return payload }
        let least = (usable - 12) * 32 / 255 - 23
        let fitting = least + (payload - least) % (usable - 4)
        return fitting <= most ? fitting : least
    }

    private mutating func rise(above rowid: Int64) throws {
        guard rowid > floor || (floor == .min && rowid == .min) else { throw disorder }
        floor = rowid
    }

    /// A number between two pages is none of theirs: what stands before it may have it, what follows may not.
    private mutating func rise(to rowid: Int64) throws {
        guard rowid >= floor else { throw disorder }
        floor = rowid
    }

    private var disorder: PageFile.Fault { PageFile.Fault(reason: "rows are out of order") }

    // MARK: Pages

    private mutating func push(_ number: Int, isRead: Bool) throws {
        let depth = frames.count
        guard depth < 20 else { throw PageFile.Fault(reason: "a tree is too deep") }
        if depth == rooms.count { rooms.append(Room(file)) }
        if !isRead { try file.read(number, into: rooms[depth].bytes) }
        let header = number == 1 ? 100 : 0
        let page = UnsafeRawPointer(rooms[depth].bytes)
        let kind = page.load(fromByteOffset: header, as: UInt8.self)
        guard kind == (isIndex ? 2 : 5) || kind == (isIndex ? 10 : 13) else {
            throw PageFile.Fault(reason: "page \(number) is of another kind than its tree")
        }
        let isLeaf = kind >= 10
        let cells = Int(page.big16(header + 3))
        let content = Int(page.big16(header + 5))
        let frame = Frame(
            number: number, page: page, header: header, isLeaf: isLeaf, cells: cells,
            contentStart: content == 0 ? 65_536 : content,
            lowest: file.usable)
        guard frame.contentStart <= file.usable, header + (isLeaf ? 8 : 12) + 2 * cells <= frame.contentStart else {
            throw PageFile.Fault(reason: "page \(number) has no room for its cells")
        }
        if isLeaf {
            guard leafDepth ?? depth == depth else { throw PageFile.Fault(reason: "a tree has leaves at two depths") }
            leafDepth = depth
        }
        frames.append(frame)
    }

    private mutating func pop() throws {
        let depth = frames.count - 1
        defer { frames.removeLast() }
        guard isStrict else { return }
        let frame = frames[depth]
        let page = frame.page
        let free = Int(page.big16(frame.header + 1))
        let isFull = frame.isTiled && frame.lowest == frame.contentStart && free == 0
        if !isFull || page.load(fromByteOffset: frame.header + 7, as: UInt8.self) != 0 { try checkLayout(depth) }
    }

    /// Cells and free blocks lie apart, and what is between them is what the page says is lost there.
    private mutating func checkLayout(_ depth: Int) throws {
        let frame = frames[depth]
        let page = frame.page
        let fault = PageFile.Fault(reason: "cells of page \(frame.number) lie across each other")
        places.removeAll(keepingCapacity: true)
        for cell in 0..<frame.cells {
            let begin = try place(of: cell, depth)
            var at = begin + (frame.isLeaf ? 0 : 4)
            if isIndex || frame.isLeaf {
                let payload = Int(clamping: page.varint(&at))
                if !isIndex { _ = page.varint(&at) }
                let inPage = local(payload)
                at += inPage + (payload > inPage ? 4 : 0)
            } else {
                _ = page.varint(&at)
            }
            places.append(begin << 32 | max(at, begin + 4))
        }
        var block = Int(page.big16(frame.header + 1))
        while block != 0 {
            guard block >= frame.contentStart, block <= file.usable - 4 else { throw fault }
            places.append(block << 32 | block + Int(page.big16(block + 2)))
            let next = Int(page.big16(block))
            guard next == 0 || next > block else { throw fault }
            block = next
        }
        var (at, lost) = (frame.contentStart, 0)
        places.sort()
        for place in places {
            let (start, end) = (place >> 32, place & 0xFFFF_FFFF)
            guard start >= at, end <= file.usable else { throw fault }
            lost += start - at
            at = end
        }
        lost += file.usable - at
        guard lost == Int(page.load(fromByteOffset: frame.header + 7, as: UInt8.self)) else { throw fault }
    }

    // MARK: Comparing

    private var overflowRoom: Room?

    /// The next bytes of a long entry; `link` is the page that they stand in, and then the one after it.
    private mutating func further(_ link: inout Int, _ count: Int) throws -> UnsafeRawPointer {
        let room = overflowRoom ?? Room(file)
        overflowRoom = room
        try file.read(link, into: room.bytes)
        let page = UnsafeRawPointer(room.bytes)
        link = Int(page.big32(0))
        return page + 4
    }

    /// Whether the entry of another file, of pages as large, is the same byte for byte.
    mutating func isSame(as other: inout TreeCursor) throws -> Bool {
        guard length == other.length, remaining == other.remaining, memcmp(start, other.start, length) == 0 else {
            return false
        }
        var (left, mine, theirs) = (remaining, overflow, other.overflow)
        while left > 0 {
            let count = min(left, file.usable - 4)
            guard memcmp(try further(&mine, count), try other.further(&theirs, count), count) == 0 else { return false }
            left -= count
        }
        guard mine == 0, theirs == 0 else { throw PageFile.Fault(reason: "an entry goes on behind its end") }
        return true
    }
}

extension UnsafeRawPointer {
    fileprivate func big16(_ offset: Int) -> UInt16 {
        UInt16(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    fileprivate func big32(_ offset: Int) -> UInt32 {
        UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// SQLite's number of one to nine bytes.
    fileprivate func varint(_ offset: inout Int) -> Int64 {
        var value: UInt64 = 0
        for index in 0..<9 {
            let byte = load(fromByteOffset: offset, as: UInt8.self)
            offset += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { return Int64(bitPattern: value) }
        }
        return Int64(bitPattern: value)
    }
}

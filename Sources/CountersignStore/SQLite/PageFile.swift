internal import Foundation

/// A database file read page by page, without SQLite (https://www.sqlite.org/fileformat2.html): a tenth of the time that SQLite
/// takes to look through its rows.
///
/// Nobody may write to the file meanwhile.
final class PageFile {
    /// Why a file is not what it should be. It quotes no content.
    struct Fault: Error, Hashable {
        let reason: String
        /// Whatever SQLite says of the file: it would read what is missing as zeros.
        var isCertain = false
    }

    let pageSize: Int
    /// Bytes of a page that SQLite uses; the rest is reserved.
    let usable: Int
    let pageCount: Int
    private let descriptor: Int32
    /// By page number: whether it was met.
    private(set) var isMet: [Bool]

    /// - Parameters:
    ///   - descriptor: of the open file, which is the caller's to close.
    ///   - isNew: it was just written: its length must be that of its pages.
    init(_ descriptor: Int32, isNew: Bool = false) throws {
        self.descriptor = descriptor
        var header = [UInt8](repeating: 0, count: 100)
        guard pread(descriptor, &header, 100, 0) == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw Fault(reason: "it has no header of a database")
        }
        func number(_ offset: Int) -> Int { header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let size = Int(header[16]) << 8 | Int(header[17])
        pageSize = size == 1 ? 65_536 : size
        usable = pageSize - Int(header[20])
        guard pageSize >= 512, pageSize & (pageSize - 1) == 0, usable >= 480 else {
            throw Fault(reason: "its page size is none")
        }
        // With automatic vacuum there are pages of pointers, which the store never has.
        guard number(52) == 0 else { throw Fault(reason: "it has pages of pointers") }
        pageCount = number(28)
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == pageCount * pageSize else {
            throw Fault(reason: "its length is not that of its pages", isCertain: isNew)
        }
        isMet = Array(repeating: false, count: pageCount + 1)
    }

    /// - Parameter page: room for `pageSize` bytes.
    func read(_ number: Int, into page: UnsafeMutableRawPointer) throws {
        guard number >= 1, number <= pageCount else { throw Fault(reason: "page \(number) lies outside the file") }
        guard !isMet[number] else { throw Fault(reason: "page \(number) is used twice") }
        isMet[number] = true
        guard pread(descriptor, page, pageSize, off_t(number - 1) * off_t(pageSize)) == pageSize else {
            throw Fault(reason: "page \(number) cannot be read")
        }
    }

    /// What another reader of the same file has met: no page twice.
    func meet(_ others: [Bool]) throws {
        for number in isMet.indices where others[number] {
            guard !isMet[number] else { throw PageFile.Fault(reason: "page \(number) is used twice") }
            isMet[number] = true
        }
    }

    /// Every page of the file was met.
    func checkThatAllWereMet() throws {
        // SQLite keeps no data in the page that begins at 1 GiB: other programs lock its bytes.
        let locks = 0x4000_0000 / pageSize + 1
        for number in 1...max(pageCount, 1) where number <= pageCount && !isMet[number] && number != locks {
            throw Fault(reason: "page \(number) belongs to nothing")
        }
    }
}

internal import CZstd

/// Owns a Zstandard context. Reads any number of frames one behind the other, skippable ones included.
final class ZstdDecoder: StreamDecoder {
    static let name = "zstd"
    /// The largest window that is granted, as a power of two: 128 MiB, what `zstd` itself grants without `--long`.
    static let windowLog: Int32 = 27

    private let context: OpaquePointer
    private(set) var isComplete = true

    init() throws(DecodingFault) {
        guard let context = ZSTD_createDCtx() else { throw .outOfMemory }
        guard ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdDecoder.windowLog)) == 0 else {
            ZSTD_freeDCtx(context)
            throw .outOfMemory
        }
        self.context = context
    }

    deinit { ZSTD_freeDCtx(context) }

    func decode(
        _ input: inout Slice<UnsafeRawBufferPointer>, into output: UnsafeMutableRawBufferPointer
    ) throws(DecodingFault) -> Int {
        // Between frames, a call without input would begin the next one.
        while !isComplete || !input.isEmpty {
            let bytes = UnsafeRawBufferPointer(rebasing: input)
            var from = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let hint = ZSTD_decompressStream(context, &to, &from)
            guard ZSTD_isError(hint) == 0 else { throw fault(hint) }
            input = input.dropFirst(from.pos)
            isComplete = hint == 0
            if to.pos > 0 || from.pos == 0 { return to.pos }
        }
        return 0
    }

    private func fault(_ code: Int) -> DecodingFault {
        switch ZSTD_getErrorCode(code) {
        case ZSTD_error_memory_allocation: .outOfMemory
        case ZSTD_error_frameParameter_windowTooLarge: .windowTooLarge
        default: .corrupt("is broken (\(String(cString: ZSTD_getErrorName(code)).lowercased()))")
        }
    }
}

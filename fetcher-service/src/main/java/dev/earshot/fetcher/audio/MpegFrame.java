package dev.earshot.fetcher.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * One MPEG audio frame, layer III.
 *
 * @param lengthBytes the frame with its header
 * @param samples how many samples it plays, 1152 for MPEG 1, 576 for MPEG 2 and 2.5
 * @param sampleRate in Hz
 * @param channels 1 or 2
 * @param sideInfoBytes the side information after the header; a Xing header lies behind it
 * @see <a href="https://www.iso.org/standard/22412.html">ISO/IEC 11172-3, 2.4.1.3 (header)</a>
 */
record MpegFrame(int lengthBytes, int samples, int sampleRate, int channels, int sideInfoBytes) {
    static final int HEADER_BYTES = 4;

    private static final int[] KBITS_MPEG1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] KBITS_MPEG2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] RATES_MPEG1 = {44_100, 48_000, 32_000};

    /** The frame that begins at the position; empty where none does. */
    static Optional<MpegFrame> at(ByteWindow bytes, long position) throws IOException {
        if (!bytes.has(position, HEADER_BYTES)) {
            return Optional.empty();
        }
        int second = bytes.unsigned(position + 1);
        if (bytes.unsigned(position) != 0xFF || (second & 0xE0) != 0xE0) {
            return Optional.empty();
        }
        int version = second >> 3 & 3;
        int layer = second >> 1 & 3;
        int third = bytes.unsigned(position + 2);
        int bitrate = third >> 4;
        int rate = third >> 2 & 3;
        // Version 1, layer 0 and rate 3 are reserved; layer 1 in the field means layer III; bit rate 15 is forbidden
        // and
        // 0 ("free") has no computable length.
        if (version == 1 || layer != 1 || rate == 3 || bitrate == 15 || bitrate == 0) {
            return Optional.empty();
        }
        boolean mpeg1 = version == 3;
        boolean mono = bytes.unsigned(position + 3) >> 6 == 3;
        int sampleRate = RATES_MPEG1[rate] / (mpeg1 ? 1 : version == 2 ? 2 : 4);
        int bits = (mpeg1 ? KBITS_MPEG1 : KBITS_MPEG2)[bitrate] * 1000;
        int samples = mpeg1 ? 1152 : 576;
        int length = samples / 8 * bits / sampleRate + (third >> 1 & 1);
        int side = mpeg1 ? (mono ? 17 : 32) : (mono ? 9 : 17);
        return Optional.of(new MpegFrame(length, samples, sampleRate, mono ? 1 : 2, side));
    }
}

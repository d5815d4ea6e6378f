package dev.earshot.fetcher.audio;

import java.io.IOException;

/**
 * RIFF/WAVE: the chunks {@code fmt } and {@code data}.
 *
 * @see <a href="https://www.loc.gov/preservation/digital/formats/fdd/fdd000001.shtml">WAVE audio file format</a>
 */
final class WavHeader {
    private static final int CHUNK_HEADER = 8;
    private static final int FMT_LEAST = 16;
    /** What 32 bits hold at most: written where the true length is not known yet, or is 4 GiB and more. */
    private static final long UNKNOWN_LENGTH = 0xFFFF_FFFFL;

    private WavHeader() {}

    static AudioFacts read(ByteWindow bytes) throws IOException, NotAudioException {
        long position = 12;
        int channels = 0;
        long bytesPerSecond = 0;
        while (bytes.has(position, CHUNK_HEADER)) {
            long length = bytes.littleEndian32(position + 4);
            long body = position + CHUNK_HEADER;
            if (bytes.hasText(position, "fmt ") && length >= FMT_LEAST && bytes.has(body, FMT_LEAST)) {
                channels = bytes.littleEndian16(body + 2);
                bytesPerSecond = bytes.littleEndian32(body + 8);
            } else if (bytes.hasText(position, "data")) {
                // A streamed WAV declares 0 or 0xFFFFFFFF: what lies there counts, not what it says.
                long available = bytes.size() - body;
                boolean unknown = length == 0 || length == UNKNOWN_LENGTH;
                return facts(channels, bytesPerSecond, unknown ? available : Math.min(length, available));
            }
            // Chunks are padded to an even length.
            position = body + length + (length & 1);
        }
        throw new NotAudioException("a WAV without sound data");
    }

    private static AudioFacts facts(int channels, long bytesPerSecond, long dataBytes) throws NotAudioException {
        if (channels != 1 && channels != 2) {
            throw new NotAudioException("a WAV with " + channels + " channels");
        }
        if (bytesPerSecond == 0 || dataBytes <= 0) {
            throw new NotAudioException("a WAV without sound data");
        }
        return new AudioFacts("audio/x-wav", Math.max(1, dataBytes * 1000 / bytesPerSecond), channels);
    }
}

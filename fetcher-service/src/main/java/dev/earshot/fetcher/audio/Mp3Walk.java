package dev.earshot.fetcher.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * Walks the frames of an MP3 and adds up what they play: exact for constant and variable bit rates alike. A Xing or
 * Info frame carries no sound and does not count; ID3 tags before and after are skipped.
 *
 * @see <a href="https://id3.org/id3v2.4.0-structure">ID3v2, section 3.1 (header)</a>
 */
final class Mp3Walk {
    /** How much rubbish may stand between two frames before what follows is no longer taken for audio. */
    private static final int MOST_SKIPPED = 64 * 1024;

    private static final int ID3_HEADER = 10;

    private final ByteWindow bytes;
    private long samples;
    private int sampleRate;
    private int channels;
    private long frames;

    private Mp3Walk(ByteWindow bytes) {
        this.bytes = bytes;
    }

    static AudioFacts read(ByteWindow bytes) throws IOException, NotAudioException {
        Mp3Walk walk = new Mp3Walk(bytes);
        walk.walk(afterId3(bytes));
        if (walk.samples == 0) {
            throw new NotAudioException("no MPEG audio frame");
        }
        return new AudioFacts("audio/mpeg", Math.max(1, walk.samples * 1000 / walk.sampleRate), walk.channels);
    }

    private void walk(long from) throws IOException {
        long position = from;
        int skipped = 0;
        while (bytes.has(position, MpegFrame.HEADER_BYTES) && skipped <= MOST_SKIPPED) {
            Optional<MpegFrame> frame = MpegFrame.at(bytes, position);
            if (frame.isEmpty() || !continues(position, frame.get())) {
                position++;
                skipped++;
                continue;
            }
            skipped = 0;
            count(frame.get(), position);
            position += frame.get().lengthBytes();
        }
    }

    /**
     * Eleven set bits occur by chance, in a picture inside a tag for example: until the first frame is found it must be
     * followed by another, by a tag or by the end.
     */
    private boolean continues(long position, MpegFrame frame) throws IOException {
        long next = position + frame.lengthBytes();
        return frames > 0
                || next >= bytes.size()
                || MpegFrame.at(bytes, next).isPresent()
                || bytes.hasText(next, "TAG")
                || bytes.hasText(next, "ID3");
    }

    private void count(MpegFrame frame, long position) throws IOException {
        frames++;
        long info = position + MpegFrame.HEADER_BYTES + frame.sideInfoBytes();
        if (frames == 1 && (bytes.hasText(info, "Xing") || bytes.hasText(info, "Info"))) {
            return;
        }
        samples += frame.samples();
        if (sampleRate == 0) {
            sampleRate = frame.sampleRate();
            channels = frame.channels();
        }
    }

    /** Tags may stand one behind the other; their length is written in seven bits a byte. */
    private static long afterId3(ByteWindow bytes) throws IOException {
        long position = 0;
        while (bytes.hasText(position, "ID3") && bytes.has(position, ID3_HEADER)) {
            long length = 0;
            for (int i = 6; i < ID3_HEADER; i++) {
                length = (length << 7) | (bytes.unsigned(position + i) & 0x7F);
            }
            boolean footer = (bytes.unsigned(position + 5) & 0x10) != 0;
            position += ID3_HEADER + length + (footer ? ID3_HEADER : 0);
        }
        return position;
    }
}

package dev.earshot.fetcher.audio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Tells WAV from MP3 by their magic bytes and reads duration and channels. */
public final class AudioInspector {
    private AudioInspector() {}

    /**
     * Looks at complete audio.
     *
     * @throws NotAudioException if it is neither WAV nor MP3, or has no playable second of sound
     */
    public static AudioFacts inspect(SeekableByteChannel audio) throws IOException, NotAudioException {
        ByteWindow bytes = new ByteWindow(audio);
        if (bytes.size() == 0) {
            throw new NotAudioException("zero bytes");
        }
        if (bytes.hasText(0, "RIFF") && bytes.hasText(8, "WAVE")) {
            return WavHeader.read(bytes);
        }
        if (bytes.hasText(0, "ID3") || MpegFrame.at(bytes, 0).isPresent()) {
            return Mp3Walk.read(bytes);
        }
        throw new NotAudioException("neither WAV nor MP3 by its first bytes");
    }
}

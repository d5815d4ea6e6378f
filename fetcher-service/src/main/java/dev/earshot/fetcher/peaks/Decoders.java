package dev.earshot.fetcher.peaks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which decoder is for which audio. */
final class Decoders implements AutoCloseable {
    private final Optional<FfmpegDecoder> ffmpeg;
    private final Map<String, Decoder> byContentType;

    /** @param ffmpeg how it is run; without it MP3 is unsupported */
    Decoders(Optional<List<String>> ffmpeg, Duration timeout) {
        this.ffmpeg = ffmpeg.map(program -> new FfmpegDecoder(program, timeout));
        Decoder wav = new WavDecoder();
        this.byContentType = this.ffmpeg
                .map(mp3 -> Map.of("audio/x-wav", wav, "audio/mpeg", mp3))
                .orElseGet(() -> Map.of("audio/x-wav", wav));
    }

    Decoder of(String contentType) throws UnsupportedAudioException {
        Decoder decoder = byContentType.get(contentType);
        if (decoder == null) {
            throw new UnsupportedAudioException("no decoder for " + contentType);
        }
        return decoder;
    }

    @Override
    public void close() {
        ffmpeg.ifPresent(FfmpegDecoder::close);
    }
}

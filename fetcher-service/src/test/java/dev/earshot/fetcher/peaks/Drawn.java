package dev.earshot.fetcher.peaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Base64;

/** A document as a player reads it. */
record Drawn(JsonNode document) {
    static Drawn of(String json) {
        try {
            return new Drawn(JsonMapper.builder().build().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static Drawn of(Waveform waveform) {
        return of(waveform.toJson());
    }

    int channels() {
        return document.path("channels").size();
    }

    /** The buckets as 0 to 255. */
    int[] peaks(int channel) {
        byte[] bytes = Base64.getDecoder()
                .decode(document.path("channels").path(channel).path("peaks").asText());
        int[] peaks = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            peaks[i] = bytes[i] & 0xFF;
        }
        return peaks;
    }
}

package dev.earshot.gateway.data;

/**
 * A recording as JSON.
 *
 * @param recordingSid which it is
 * @param callSid the call it belongs to
 * @param contentType the audio's media type
 * @param fileName what it is called as a file
 * @param sizeBytes the audio's size, before Base64
 * @param sha256 the audio's SHA-256, in hexadecimal digits
 * @param data the audio in Base64 (RFC 4648 section 4, with padding); always the last member
 */
public record DataView(
        String recordingSid,
        String callSid,
        String contentType,
        String fileName,
        long sizeBytes,
        String sha256,
        String data) {}

package dev.earshot.gateway.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.util.ClassPathUtils;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The built page, read from the jar at start: some hundred kilobytes, and nothing is read while anybody waits. It does not lie under
 * {@code META-INF/resources}, from where the server itself would send it to whoever asks, without a session and without our header fields.
 */
@Singleton
class ConsoleFiles {
    private static final String INDEX = "dev/earshot/console/index.html";
    private static final Pattern STYLE_HASH = Pattern.compile("sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}");
    /** What the build makes; anything else in the folder is a mistake that shows at start. */
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "html", "text/html; charset=utf-8");

    private static final List<String> COMPRESSED_ALREADY = List.of("png", "woff2", "ico");

    private final Map<String, Asset> assets = new HashMap<>();
    private @Nullable Buffer page;
    private List<String> styleHashes = List.of();

    /**
     * One file.
     *
     * @param gzipped the same in fewer bytes, where it is
     */
    record Asset(String contentType, Buffer plain, Optional<Buffer> gzipped) {}

    ConsoleFiles() {
        this(Thread.currentThread().getContextClassLoader().getResource(INDEX));
    }

    ConsoleFiles(@Nullable URL index) {
        if (index != null) {
            ClassPathUtils.consumeAsPath(
                    index, file -> read(file.resolveSibling(".").normalize()));
        }
    }

    private void read(Path folder) {
        try {
            page = Buffer.buffer(Files.readAllBytes(folder.resolve("index.html")));
            Path hashes = folder.resolve("style-hashes.json");
            if (Files.exists(hashes)) {
                styleHashes = checked(new ObjectMapper().readValue(Files.readAllBytes(hashes), String[].class));
            }
            if (Files.isDirectory(folder.resolve("assets"))) {
                try (Stream<Path> files = Files.list(folder.resolve("assets"))) {
                    files.forEach(file -> assets.put(String.valueOf(file.getFileName()), asset(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The console's files cannot be read from the jar", e);
        }
    }

    /** They go into a header: one that is none would say something else there. */
    private static List<String> checked(String[] hashes) {
        for (String hash : hashes) {
            if (!STYLE_HASH.matcher(hash).matches()) {
                throw new IllegalStateException("style-hashes.json of the console: " + hash + " is no hash");
            }
        }
        return List.of(hashes);
    }

    private static Asset asset(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = Optional.ofNullable(TYPES.get(ending))
                .orElseThrow(() -> new IllegalStateException("The console has a file of no known type: " + name));
        try {
            byte[] bytes = Files.readAllBytes(file);
            Optional<Buffer> gzipped =
                    COMPRESSED_ALREADY.contains(ending) ? Optional.empty() : Optional.of(gzip(bytes));
            return new Asset(type, Buffer.buffer(bytes), gzipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Buffer gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return Buffer.buffer(packed.toByteArray());
    }

    /** The page; none in a gateway that was built without it. */
    Optional<Buffer> page() {
        return Optional.ofNullable(page);
    }

    /** A file that the page refers to, by its name. */
    Optional<Asset> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    /** Of style elements that the page's parts make, for the page's policy. */
    List<String> styleHashes() {
        return styleHashes;
    }
}

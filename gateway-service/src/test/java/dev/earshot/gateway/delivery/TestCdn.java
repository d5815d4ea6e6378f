package dev.earshot.gateway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A small CDN: checks signatures as the README tells a CDN to, fetches from the stack's store by its own means, keeps what it
 * fetched until it is told to forget it, and tells a test what it has ({@code /control/…}; a test may not share its memory, for
 * Quarkus loads this class for itself).
 */
public final class TestCdn implements QuarkusTestResourceLifecycleManager {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Pattern SIGNED = Pattern.compile("(.*)&signature=([A-Za-z0-9_-]+)");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private final Map<String, byte[]> cache = new ConcurrentHashMap<>();
    private final Map<String, Integer> purged = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HttpServer server;

    public TestCdn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/audio/", this::audio);
        server.createContext("/hooks/purge", this::purge);
        server.createContext("/control/", this::control);
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.ofEntries(
                Map.entry("earshot.test.cdn", base),
                Map.entry("earshot.delivery.mode", "redirect"),
                Map.entry("earshot.delivery.cdn.base-url", base + "/audio/"),
                Map.entry("earshot.delivery.cdn.signing-key", KEY),
                Map.entry("earshot.delivery.cdn.purge.url", base + "/hooks/purge"),
                Map.entry("earshot.delivery.cdn.purge.body", "{\"path\":\"{path}\"}"),
                Map.entry("earshot.delivery.cdn.purge.authorization", "Bearer may-purge"),
                Map.entry("earshot.delivery.cdn.purge.timeout", "1s"),
                // A purge that failed comes again after its lease, and the test waits for that.
                Map.entry("earshot.fetch.publish-check", "2s"),
                Map.entry("earshot.store.control-timeout", "1900ms"),
                Map.entry("mp.messaging.connector.smallrye-kafka.delivery.timeout.ms", "1500"),
                Map.entry("mp.messaging.connector.smallrye-kafka.request.timeout.ms", "1000"));
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void audio(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Matcher signed = SIGNED.matcher(query == null ? "" : query);
        String path = exchange.getRequestURI().getRawPath();
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            answer(exchange, 400, new byte[0]);
        } else if (!signed.matches()
                || !signature(path + "?" + signed.group(1)).equals(signed.group(2))
                || Long.parseLong(parameter(signed.group(1), "expires"))
                        < Instant.now().getEpochSecond()) {
            answer(exchange, 403, new byte[0]);
        } else {
            serve(exchange, path, signed.group(1));
        }
    }

    private void serve(HttpExchange exchange, String path, String query) throws IOException {
        byte[] bytes = cache.computeIfAbsent(path, missing -> fromStore(missing.substring("/audio/".length())));
        var headers = exchange.getResponseHeaders();
        headers.add("Content-Type", parameter(query, "response-content-type"));
        headers.add("Content-Disposition", parameter(query, "response-content-disposition"));
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (asked.matches()) {
            int first = Integer.parseInt(asked.group(1));
            int last = asked.group(2).isEmpty() ? bytes.length - 1 : Integer.parseInt(asked.group(2));
            headers.add("Content-Range", "bytes " + first + "-" + last + "/" + bytes.length);
            answer(exchange, 206, Arrays.copyOfRange(bytes, first, last + 1));
        } else {
            answer(exchange, 200, bytes);
        }
    }

    private void purge(HttpExchange exchange) throws IOException {
        if (!"Bearer may-purge".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 403, new byte[0]);
        } else if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(exchange, 503, new byte[0]);
        } else {
            String path = new ObjectMapper()
                    .readTree(exchange.getRequestBody())
                    .get("path")
                    .asText();
            cache.remove(path);
            purged.merge(path, 1, Integer::sum);
            answer(exchange, 204, new byte[0]);
        }
    }

    /** {@code fail/2}: the next two purges; {@code failing}: how many are left; {@code cached} and {@code purged}: paths. */
    private void control(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestURI().getPath().substring("/control/".length());
        String answer = switch (what) {
            case "failing" -> failures.toString();
            case "cached" -> String.join("\n", cache.keySet());
            case "purged" -> String.join("\n", purged.keySet());
            default -> {
                failures.set(Integer.parseInt(what.substring("fail/".length())));
                yield "";
            }
        };
        answer(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            }
            exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
            if (!head && body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static String parameter(String query, String name) {
        for (String each : query.split("&", -1)) {
            if (each.startsWith(name + "=")) {
                return URLDecoder.decode(each.substring(name.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] fromStore(String key) {
        try {
            JsonNode s3 = new ObjectMapper()
                    .readTree(Path.of(System.getProperty("earshot.test.stack"), "run/stack.json")
                            .toFile())
                    .get("s3");
            try (S3AsyncClient client = S3AsyncClient.builder()
                    .endpointOverride(URI.create(s3.get("endpoint").asText()))
                    .region(Region.of(s3.get("region").asText()))
                    .forcePathStyle(true)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                            s3.get("accessKey").asText(), s3.get("secretKey").asText())))
                    .build()) {
                return client.getObject(
                                get -> get.bucket(s3.get("bucket").asText()).key(key),
                                AsyncResponseTransformer.toBytes())
                        .join()
                        .asByteArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

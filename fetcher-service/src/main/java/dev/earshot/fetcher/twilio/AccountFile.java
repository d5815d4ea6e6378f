package dev.earshot.fetcher.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.events.AccountSid;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one account's file. Every message names the file and the field, and never a value that may be secret. */
final class AccountFile {
    private static final Set<String> FIELDS = Set.of("accountSid", "username", "password", "baseUrl");
    private static final Pattern USERNAME = Pattern.compile("(AC|SK)[0-9a-fA-F]{32}");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Path file;
    private final JsonNode json;

    private AccountFile(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    /** @throws IllegalStateException if the file is not exactly an account */
    static TwilioAccount read(Path file, URI defaultBaseUrl) {
        return new AccountFile(file, parse(file)).account(defaultBaseUrl);
    }

    private static JsonNode parse(Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            // Jackson's message may quote the text, and the text holds a secret.
            throw new IllegalStateException(file + ": not valid JSON near line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new IllegalStateException(file + ": cannot be read: " + e, e);
        }
    }

    private TwilioAccount account(URI defaultBaseUrl) {
        if (!json.isObject()) {
            throw wrong("the file", "must be one JSON object");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw wrong(
                        name,
                        "is no field of an account (there are "
                                + FIELDS.stream().sorted().toList() + ")");
            }
        }
        String sid = required("accountSid");
        if (!AccountSid.isValid(sid)) {
            throw wrong("accountSid", "must be AC and 32 hexadecimal digits");
        }
        String username = required("username");
        if (!USERNAME.matcher(username).matches()) {
            throw wrong("username", "must be an account SID (AC…) or an API key's SID (SK…)");
        }
        URI baseUrl = text("baseUrl").map(this::baseUrl).orElse(defaultBaseUrl);
        return new TwilioAccount(new AccountSid(sid), username, required("password"), baseUrl);
    }

    private URI baseUrl(String text) {
        return BaseUrls.problem(text).map(problem -> refuse("baseUrl", problem)).orElseGet(() -> URI.create(text));
    }

    private URI refuse(String field, String problem) {
        throw wrong(field, problem);
    }

    private String required(String field) {
        return text(field).orElseThrow(() -> wrong(field, "is missing"));
    }

    private Optional<String> text(String field) {
        JsonNode node = json.get(field);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw wrong(field, "must be a text that is not empty");
        }
        return Optional.of(node.textValue());
    }

    private IllegalStateException wrong(String field, String problem) {
        return new IllegalStateException(file + ": " + field + " " + problem);
    }
}

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
    private static final Set<String> FIELDS =
            Set.of("accountSid", "parentAccountSid", "username", "password", "baseUrl");
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

    /**
     * @param content where to read it
     * @param file how it is called in messages
     * @throws IllegalStateException if the file is not exactly an account
     */
    static Described read(Path content, Path file) {
        return new AccountFile(file, parse(content, file)).described();
    }

    /**
     * An account as its file describes it.
     *
     * @param signIn with what
     * @param baseUrl its own, if it has one
     */
    record Described(Path file, AccountSid sid, SignIn signIn, Optional<URI> baseUrl) {
        /** @param problem of this file */
        IllegalStateException wrong(String field, String problem) {
            return new IllegalStateException(file + ": " + field + " " + problem);
        }
    }

    /** How to sign in. */
    sealed interface SignIn {
        /** With credentials of its own. */
        record Own(String username, String password) implements SignIn {
            /** Without the password. */
            @Override
            public String toString() {
                return "Own[" + username + "]";
            }
        }

        /** With those of the account that it is a sub-account of. */
        record Parents(AccountSid parent) implements SignIn {}
    }

    private static JsonNode parse(Path content, Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(content));
        } catch (JsonProcessingException e) {
            // Jackson's message may quote the text, and the text holds a secret.
            throw new IllegalStateException(file + ": not valid JSON near line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new IllegalStateException(file + ": cannot be read: " + e, e);
        }
    }

    private Described described() {
        if (json == null || !json.isObject()) {
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
        AccountSid sid = sid("accountSid", required("accountSid"));
        return new Described(file, sid, signIn(sid), text("baseUrl").map(this::baseUrl));
    }

    private SignIn signIn(AccountSid sid) {
        Optional<AccountSid> parent = text("parentAccountSid").map(text -> sid("parentAccountSid", text));
        if (parent.isPresent()) {
            if (text("username").isPresent() || text("password").isPresent()) {
                throw wrong("parentAccountSid", "and username with password exclude each other");
            }
            if (parent.get().equals(sid)) {
                throw wrong("parentAccountSid", "must be another account than accountSid");
            }
            return new SignIn.Parents(parent.get());
        }
        String username = required("username");
        if (!USERNAME.matcher(username).matches()) {
            throw wrong("username", "must be an account SID (AC…) or an API key's SID (SK…)");
        }
        return new SignIn.Own(username, required("password"));
    }

    private AccountSid sid(String field, String text) {
        if (!AccountSid.isValid(text)) {
            throw wrong(field, "must be AC and 32 hexadecimal digits");
        }
        return new AccountSid(text);
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

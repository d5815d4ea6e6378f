package dev.earshot.local.home;

import dev.earshot.local.simulator.Account;
import dev.earshot.local.simulator.audio.AudioFormat;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The accounts and tenants of the local stack as the files that both services read. A file that exists is never written again: with
 * {@code up --twilio} it holds somebody's real credentials.
 */
public final class AccountFiles {
    /** What HS256 needs. */
    private static final int TICKET_KEY_BYTES = 32;

    private final StackHome home;

    public AccountFiles(StackHome home) {
        this.home = home;
    }

    /** @return whether any file was new */
    public boolean writeMissing() throws IOException {
        boolean written = writeAccount("acme", "AC000000000000000000000000000acc3e", Optional.of("acme"));
        written |= writeAccount("globex", "AC00000000000000000000000000910be8", Optional.of("globex"));
        written |= writeAccount("shared", "AC0000000000000000000000000005a4ed", Optional.empty());
        written |= writeIfAbsent(home.gatewayTenants().resolve("acme.json"), tenant("acme", false, "mp3"));
        written |= writeIfAbsent(home.gatewayTenants().resolve("globex.json"), tenant("globex", true, "wav"));
        writeTicketKey();
        return written;
    }

    /** All gateways of a stack share it: a ticket of one is good at the other. */
    private void writeTicketKey() throws IOException {
        Path file = home.gatewayTicketKeys();
        if (!Files.exists(file)) {
            byte[] secret = new byte[TICKET_KEY_BYTES];
            new SecureRandom().nextBytes(secret);
            Files.writeString(file, "local:" + Base64.getEncoder().encodeToString(secret) + "\n");
        }
    }

    /** The accounts as the files have them now. */
    public List<Account> load() throws IOException, StackFailure {
        List<Account> accounts = new ArrayList<>();
        for (JsonObject gateway : objects(home.gatewayAccounts())) {
            JsonObject fetcher = fetcherAccount(gateway.getString("accountSid", ""));
            Optional<String> tenant = Optional.ofNullable(gateway.getString("tenant"));
            accounts.add(new Account(
                    gateway.getString("accountSid", ""),
                    gateway.getJsonArray("webhookAuthTokens", new JsonArray().add(""))
                            .getString(0),
                    fetcher.getString("username", ""),
                    fetcher.getString("password", ""),
                    tenant,
                    tenant.isPresent() ? format(tenant.get()) : AudioFormat.MP3,
                    Optional.empty()));
        }
        return List.copyOf(accounts);
    }

    /** The format that Earshot stores for a tenant; mp3 is the gateway's default. */
    public AudioFormat format(String tenant) throws IOException, StackFailure {
        for (JsonObject file : objects(home.gatewayTenants())) {
            if (tenant.equals(file.getString("tenant"))) {
                return AudioFormat.parse(file.getString("format", "mp3"));
            }
        }
        return AudioFormat.MP3;
    }

    private boolean writeAccount(String name, String sid, Optional<String> tenant) throws IOException {
        String token = name + "-local-auth-token";
        JsonObject gateway = new JsonObject().put("accountSid", sid);
        if (tenant.isPresent()) {
            gateway.put("tenant", tenant.get());
        } else {
            gateway.put("shared", true);
        }
        gateway.put("webhookAuthTokens", new JsonArray().add(token));
        JsonObject fetcher =
                new JsonObject().put("accountSid", sid).put("username", sid).put("password", token);
        boolean written = writeIfAbsent(home.gatewayAccounts().resolve(name + ".json"), gateway);
        return writeIfAbsent(home.fetcherAccounts().resolve(name + ".json"), fetcher) || written;
    }

    private static JsonObject tenant(String name, boolean prefetch, String format) {
        return new JsonObject().put("tenant", name).put("prefetch", prefetch).put("format", format);
    }

    private JsonObject fetcherAccount(String sid) throws IOException, StackFailure {
        for (JsonObject file : objects(home.fetcherAccounts())) {
            if (sid.equals(file.getString("accountSid"))) {
                return file;
            }
        }
        return new JsonObject();
    }

    private static List<JsonObject> objects(Path folder) throws IOException, StackFailure {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Path file : files) {
            try {
                objects.add(new JsonObject(Files.readString(file)));
            } catch (DecodeException | ClassCastException invalid) {
                throw new StackFailure("The file " + file + " is not valid JSON: " + invalid.getMessage(), invalid);
            }
        }
        return objects;
    }

    private static boolean writeIfAbsent(Path file, JsonObject content) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        Files.writeString(file, content.encodePrettily() + "\n");
        return true;
    }
}

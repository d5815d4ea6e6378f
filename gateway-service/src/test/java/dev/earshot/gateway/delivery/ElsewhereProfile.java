package dev.earshot.gateway.delivery;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Audio comes from the store itself, but for globex, whose file says otherwise; there are aliases; and everything that may be
 * logged is.
 */
public final class ElsewhereProfile implements QuarkusTestProfile {
    /** Whose audio comes through the gateway. */
    public static final String PROXIED = "globex";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(Map.of(
                "earshot.delivery.mode",
                "redirect",
                "earshot.tenants.directory",
                tenants().toString(),
                "quarkus.http.access-log.enabled",
                "true",
                // A busy machine is no failure of tickets.
                "earshot.database.timeout",
                "15s",
                "earshot.database.dead-after",
                "30s"));
        alias(config, "call-download", "/api/calls/{callSid}/download", "download");
        alias(config, "download-call", "/api/calls/download/{callSid}", "download");
        alias(config, "file", "/api/recordings/file/{callSid}", "stream");
        alias(config, "media", "/api/media/recordings/{recordingSid}", "stream");
        alias(config, "data", "/api/recordings/data/{recordingSid}", "data");
        config.put("earshot.aliases.call-download.not-ready-status", "404");
        return config;
    }

    private static void alias(Map<String, String> config, String name, String path, String route) {
        config.put("earshot.aliases." + name + ".path", path);
        config.put("earshot.aliases." + name + ".route", route);
    }

    private static Path tenants() {
        try {
            Path folder = Files.createTempDirectory("tenants");
            Files.writeString(folder.resolve("tenant.json"), "{\"tenant\":\"" + PROXIED + "\",\"delivery\":\"proxy\"}");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

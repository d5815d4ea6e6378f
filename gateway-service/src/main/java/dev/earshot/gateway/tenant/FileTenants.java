package dev.earshot.gateway.tenant;

import dev.earshot.events.AudioFormat;
import dev.earshot.events.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tenants as the files told when they were read. */
final class FileTenants implements Tenants {
    private static final Set<String> FIELDS =
            Set.of("tenant", "prefetch", "playbackWindow", "format", "delivery", "evictAfterUnplayed", "deleteAfter");
    /** Instead of a time, where the default is one. */
    private static final String NEVER = "never";

    private final Map<Tenant, TenantPolicy> policies;
    private final TenantPolicy defaults;

    private FileTenants(Map<Tenant, TenantPolicy> policies, TenantPolicy defaults) {
        this.policies = Map.copyOf(policies);
        this.defaults = defaults;
    }

    static FileTenants read(Optional<Path> directory, Duration defaultWindow, Retention defaultRetention) {
        if (defaultWindow.isZero() || defaultWindow.isNegative()) {
            throw new IllegalStateException("earshot.playback.window must be more than zero");
        }
        TenantPolicy defaults =
                new TenantPolicy(false, defaultWindow, AudioFormat.MP3, Optional.empty(), defaultRetention);
        Map<Tenant, TenantPolicy> policies = new HashMap<>();
        directory.ifPresent(folder -> {
            for (JsonFile file : JsonFile.all("earshot.tenants.directory", folder, FIELDS)) {
                if (policies.put(file.required("tenant", Tenant::new), policy(file, defaults)) != null) {
                    throw file.invalid("tenant", "is the one of another file too");
                }
            }
        });
        return new FileTenants(policies, defaults);
    }

    private static TenantPolicy policy(JsonFile file, TenantPolicy defaults) {
        return new TenantPolicy(
                file.flag("prefetch"),
                file.optional("playbackWindow", FileTenants::window).orElse(defaults.playbackWindow()),
                file.optional("format", FileTenants::format).orElse(defaults.format()),
                file.optional("delivery", FileTenants::delivery),
                new Retention(
                        kept(file, "evictAfterUnplayed", defaults.retention().evictAfterUnplayed()),
                        kept(file, "deleteAfter", defaults.retention().deleteAfter())));
    }

    private static Optional<Duration> kept(JsonFile file, String field, Optional<Duration> byDefault) {
        return file.optional(field, FileTenants::kept).orElse(byDefault);
    }

    private static Optional<Duration> kept(String text) {
        if (text.equals(NEVER)) {
            return Optional.empty();
        }
        Duration time = Duration.parse(text);
        if (time.compareTo(Retention.SHORTEST) < 0) {
            throw new IllegalArgumentException("must be at least a day, or " + NEVER);
        }
        return Optional.of(time);
    }

    private static Duration window(String text) {
        Duration window = Duration.parse(text);
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("must be more than zero");
        }
        return window;
    }

    private static AudioFormat format(String text) {
        return switch (text) {
            case "mp3" -> AudioFormat.MP3;
            case "wav" -> AudioFormat.WAV;
            default -> throw new IllegalArgumentException("expected mp3 or wav");
        };
    }

    private static DeliveryMode delivery(String text) {
        return switch (text) {
            case "proxy" -> DeliveryMode.PROXY;
            case "redirect" -> DeliveryMode.REDIRECT;
            default -> throw new IllegalArgumentException("expected proxy or redirect");
        };
    }

    @Override
    public TenantPolicy policy(Tenant tenant) {
        return policies.getOrDefault(tenant, defaults);
    }

    /** Whether there is no file. */
    boolean isEmpty() {
        return policies.isEmpty();
    }

    /** Whether the files said the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileTenants that && policies.equals(that.policies) && defaults.equals(that.defaults);
    }

    @Override
    public int hashCode() {
        return policies.hashCode();
    }
}

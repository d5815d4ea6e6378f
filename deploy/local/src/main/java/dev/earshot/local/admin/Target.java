package dev.earshot.local.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a request. */
final class Target {
    private final List<String> parameters = new ArrayList<>();

    /** With this parameter, where it was told. */
    Target with(String name, @Nullable Object value) {
        if (value != null) {
            parameters.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
        return this;
    }

    /** With its question mark; empty where there are none. */
    String query() {
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}

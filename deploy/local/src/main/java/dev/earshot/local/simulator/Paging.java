package dev.earshot.local.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Twilio's pages ("Twilio's response: paging"): PageSize 50 unless asked, at most 1000, and relative links. */
record Paging(String path, MultiMap query, int page, int pageSize) {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1000;

    static Paging of(String path, MultiMap query) {
        int size = number(query.get("PageSize"), DEFAULT_SIZE);
        int page = number(query.get("Page"), 0);
        if (size < 1 || page < 0) {
            throw new IllegalArgumentException("PageSize is at least 1, Page at least 0");
        }
        return new Paging(path, query, page, Math.min(size, MAX_SIZE));
    }

    <T> List<T> page(List<T> all) {
        int from = (int) Math.min((long) page * pageSize, all.size());
        return all.subList(from, Math.min(from + pageSize, all.size()));
    }

    JsonObject json(int total) {
        int start = page * pageSize;
        boolean more = start + pageSize < total;
        return new JsonObject()
                .put("page", page)
                .put("page_size", pageSize)
                .put("start", start)
                .put("end", Math.max(start, Math.min(start + pageSize, total) - 1))
                .put("uri", uri(page))
                .put("first_page_uri", uri(0))
                .put("previous_page_uri", page > 0 ? uri(page - 1) : null)
                .put("next_page_uri", more ? uri(page + 1) : null);
    }

    private String uri(int number) {
        StringBuilder uri = new StringBuilder(path);
        uri.append("?PageSize=").append(pageSize).append("&Page=").append(number);
        for (Map.Entry<String, String> parameter : query) {
            if (!parameter.getKey().startsWith("Page")) {
                uri.append('&').append(encode(parameter.getKey()));
                uri.append('=').append(encode(parameter.getValue()));
            }
        }
        return uri.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}

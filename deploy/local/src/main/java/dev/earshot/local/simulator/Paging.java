package dev.earshot.local.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's pages ("Twilio's response: paging"): PageSize 50 unless asked, at most 1000, and relative links. A link to the next page
 * carries a PageToken, which names the last item of this one: what is added or deleted meanwhile shifts nothing.
 *
 * @param token {@code PA} and the SID of the last item before this page; empty for a page by number alone
 */
record Paging(String path, MultiMap query, int page, int pageSize, String token) {
    private static final String TOKEN_PREFIX = "PA";
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1000;

    static Paging of(String path, MultiMap query) {
        int size = number(query.get("PageSize"), DEFAULT_SIZE);
        int page = number(query.get("Page"), 0);
        if (size < 1 || page < 0) {
            throw new IllegalArgumentException("PageSize is at least 1, Page at least 0");
        }
        String token = query.get("PageToken") == null ? "" : query.get("PageToken");
        if (!token.isEmpty() && !token.startsWith(TOKEN_PREFIX)) {
            throw new IllegalArgumentException("PageToken is none of ours");
        }
        return new Paging(path, query, page, Math.min(size, MAX_SIZE), token);
    }

    /** The items of this page. @param sid what a token names */
    <T> List<T> page(List<T> all, Function<T, String> sid) {
        int from = start(all, sid);
        return all.subList(from, Math.min(from + pageSize, all.size()));
    }

    <T> JsonObject json(List<T> all, Function<T, String> sid) {
        int from = start(all, sid);
        int to = Math.min(from + pageSize, all.size());
        int start = page * pageSize;
        return new JsonObject()
                .put("page", page)
                .put("page_size", pageSize)
                .put("start", start)
                .put("end", Math.max(start, start + (to - from) - 1))
                .put("uri", uri(page, token))
                .put("first_page_uri", uri(0, ""))
                .put("previous_page_uri", page > 0 ? uri(page - 1, "") : null)
                .put(
                        "next_page_uri",
                        to < all.size() ? uri(page + 1, TOKEN_PREFIX + sid.apply(all.get(to - 1))) : null);
    }

    /** Behind the item that the token names; one that is gone meanwhile leaves the number. */
    private <T> int start(List<T> all, Function<T, String> sid) {
        for (int i = 0; i < all.size() && !token.isEmpty(); i++) {
            if (token.equals(TOKEN_PREFIX + sid.apply(all.get(i)))) {
                return i + 1;
            }
        }
        return (int) Math.min((long) page * pageSize, all.size());
    }

    private String uri(int number, String pageToken) {
        StringBuilder uri = new StringBuilder(path);
        uri.append("?PageSize=").append(pageSize).append("&Page=").append(number);
        if (!pageToken.isEmpty()) {
            uri.append("&PageToken=").append(encode(pageToken));
        }
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

package dev.earshot.fetcher.twilio;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/** The SDK knows no base URL: this client sends its requests elsewhere, and bounds them. */
final class RebasedNetworkHttpClient extends NetworkHttpClient {
    /** As the SDK's own client has for one host. */
    private static final int MOST_CONNECTIONS = 20;

    private final URI baseUrl;

    RebasedNetworkHttpClient(URI baseUrl, Duration timeout) {
        super(HttpClientBuilder.create()
                .useSystemProperties()
                .setConnectionManager(connections(timeout))
                // Metadata is asked for when something is wrong, which is rarely: what were kept until then would be
                // one
                // connection for each account that may have died meanwhile.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(requests(timeout)));
        this.baseUrl = baseUrl;
    }

    @Override
    public Response makeRequest(Request request) {
        URI asked = URI.create(request.getUrl());
        Request rebased = new Request(
                request.getMethod(), baseUrl.resolve(asked.getRawPath()).toString());
        // The link to a next page has its query in the URL.
        queryOf(asked).forEach(rebased::addQueryParam);
        request.getQueryParams().forEach((name, values) -> values.forEach(value -> rebased.addQueryParam(name, value)));
        request.getHeaderParams()
                .forEach((name, values) -> values.forEach(value -> rebased.addHeaderParam(name, value)));
        if (request.getAuthStrategy() != null) {
            rebased.setAuth(request.getAuthStrategy());
        } else if (request.requiresAuthentication()) {
            rebased.setAuth(request.getUsername(), request.getPassword());
        }
        return super.makeRequest(rebased);
    }

    private static Map<String, String> queryOf(URI asked) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = asked.getRawQuery() == null ? "" : asked.getRawQuery();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A redirect would carry the credentials along: none is followed. */
    @SuppressWarnings("deprecation")
    private static RequestConfig requests(Duration timeout) {
        Timeout limit = Timeout.of(timeout);
        return RequestConfig.custom()
                .setConnectTimeout(limit)
                .setResponseTimeout(limit)
                .setConnectionRequestTimeout(limit)
                .setRedirectsEnabled(false)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(Duration timeout) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(Timeout.of(timeout)).build())
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .build();
    }
}

package dev.earshot.local.infra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import kotlin.jvm.functions.Function1;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.OAuth2HttpServer;
import no.nav.security.mock.oauth2.http.Ssl;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID provider's HTTP side on the JDK's server. The library brings two of its own, one on JUnit 4 and one on Netty 4.2; neither
 * goes with what else is in this process (Vert.x is on Netty 4.1).
 */
final class OidcHttpServer implements OAuth2HttpServer {
    private @Nullable HttpServer server;

    @Override
    public OAuth2HttpServer start(Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
        return start(0, handler);
    }

    @Override
    public OAuth2HttpServer start(int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
        return start(InetAddress.getLoopbackAddress(), port, handler);
    }

    @Override
    public OAuth2HttpServer start(
            InetAddress address, int port, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(address, port), 0);
            started.createContext("/", exchange -> answer(exchange, handler));
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.start();
            server = started;
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public OAuth2HttpServer stop() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            running.stop(0);
        }
        return this;
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public int port() {
        if (server == null) {
            throw new IllegalStateException("The OpenID provider is not started");
        }
        return server.getAddress().getPort();
    }

    @Override
    public HttpUrl url(String path) {
        return new HttpUrl.Builder()
                .scheme("http")
                .host("127.0.0.1")
                .port(port())
                .addPathSegments(path.startsWith("/") ? path.substring(1) : path)
                .build();
    }

    @Override
    public @Nullable Ssl sslConfig() {
        return null;
    }

    private static void answer(HttpExchange exchange, Function1<? super OAuth2HttpRequest, OAuth2HttpResponse> handler)
            throws IOException {
        try (exchange) {
            OAuth2HttpResponse response = handler.invoke(request(exchange));
            for (var header : response.getHeaders()) {
                exchange.getResponseHeaders().add(header.getFirst(), value(header.getFirst(), header.getSecond()));
            }
            byte[] body = body(response);
            exchange.sendResponseHeaders(response.getStatus(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** The library repeats post_logout_redirect_uri as it stands in the query, encoded, which no browser takes for a URL. */
    private static String value(String name, String value) {
        return name.equalsIgnoreCase("Location") && value.matches("https?%3A.*")
                ? URLDecoder.decode(value, StandardCharsets.UTF_8)
                : value;
    }

    private static OAuth2HttpRequest request(HttpExchange exchange) throws IOException {
        Headers.Builder headers = new Headers.Builder();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        String host = exchange.getRequestHeaders().getFirst("Host");
        HttpUrl url = HttpUrl.get("http://" + host + exchange.getRequestURI());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new OAuth2HttpRequest(headers.build(), exchange.getRequestMethod(), url, body);
    }

    private static byte[] body(OAuth2HttpResponse response) {
        if (response.getBytesBody() != null) {
            return response.getBytesBody();
        }
        return response.getBody() == null ? new byte[0] : response.getBody().getBytes(StandardCharsets.UTF_8);
    }
}

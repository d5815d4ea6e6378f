package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A customer's web site: of another origin than the gateway's, with the pages of {@code deploy/e2e/browsers/pages} and the built player. */
public final class Site implements AutoCloseable {
    private final HttpServer server;

    private Site(HttpServer server) {
        this.server = server;
    }

    /** Bare pages. */
    public static Site start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            serve(server, "/", "deploy/e2e/browsers/pages");
            server.start();
            return new Site(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the built player, and what it depends on. */
    public static Site withPlayer() {
        Path player = Stack.root().resolve("player");
        assertThat(player.resolve("dist/element.js"))
                .as("the player is not built: run ./earshot test, or npm ci && npm run build in " + player)
                .exists();
        Site site = start();
        serve(site.server, "/player/", "player/dist");
        serve(site.server, "/node_modules/", "player/node_modules");
        return site;
    }

    private static void serve(HttpServer server, String path, String folder) {
        server.createContext(
                path, SimpleFileServer.createFileHandler(Stack.root().resolve(folder)));
    }

    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String page(String name) {
        return origin() + "/" + name;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

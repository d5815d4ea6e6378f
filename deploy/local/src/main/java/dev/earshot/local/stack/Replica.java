package dev.earshot.local.stack;

/**
 * One gateway or one fetcher.
 *
 * @param service {@code gateway} or {@code fetcher}
 * @param name the service's for the first one, then {@code gateway-2} and so on
 * @param port where a gateway listens; any free one (0) for a fetcher, which has no API
 */
record Replica(String service, String name, int port, int managementPort) {
    String url() {
        return "http://127.0.0.1:" + port;
    }

    String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    /** For the terminal. */
    String shown() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}

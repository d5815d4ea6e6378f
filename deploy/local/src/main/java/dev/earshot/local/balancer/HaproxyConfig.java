package dev.earshot.local.balancer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What HAProxy is told.
 *
 * @param port where listeners come
 * @param statsPort its page about the gateways, as HTML and as CSV
 */
public record HaproxyConfig(int port, int statsPort, List<Gateway> gateways) {
    /** One gateway behind it. */
    public record Gateway(String name, int port, int managementPort) {}

    static final String BACKEND = "gateways";

    /** The content of its configuration file. */
    String text() {
        return """
                # Written by the local stack at each start.
                global
                    log stdout format raw local0 info
                    # Without it HAProxy makes a table of as many files as the system allows, which may be a billion.
                    fd-hard-limit 20000
                    # The gateway takes header fields of 16 KB and says itself what is too large.
                    tune.bufsize 32768

                defaults
                    mode http
                    log global
                    # The path without its query string: that may hold a ticket.
                    log-format "%%ci:%%cp %%s %%Tw/%%Tc/%%Tr/%%Ta %%ST %%B %%tsc %%rc %%HM %%HP"
                    option dontlognull
                    timeout connect 2s
                    timeout check 3s
                    timeout http-request 10s
                    timeout http-keep-alive 1m
                    # A stream ends at the gateway's stall limit (earshot.playback.write-stall, 10 min), never here before it.
                    timeout client 15m
                    timeout server 15m

                frontend listeners
                    bind 127.0.0.1:%d
                    default_backend %s

                backend %s
                    # Streams last: who has the fewest gets the next one.
                    balance leastconn
                    # A gateway that stops closes the connections that it kept; where none is kept, no request runs into that.
                    option http-server-close
                    # A listener who leaves while the gateway holds the answer (Prefer: wait) frees the gateway at once.
                    option abortonclose
                    # Refused means not read: any request goes to the other gateway. One that was cut before its answer began may have
                    # been read, so only those go there that may be sent twice: webhooks too, since Twilio sends each but once.
                    retries 3
                    option redispatch 1
                    retry-on conn-failure empty-response
                    http-request disable-l7-retry unless METH_GET || { method PUT DELETE } || { path_beg /webhooks/ }
                    # A gateway that drains answers 503: it gets nothing new and keeps what it has.
                    option httpchk
                    http-check send meth GET uri /q/health/ready ver HTTP/1.1 hdr Host 127.0.0.1
                    http-check expect status 200
                    # One that has just started is still warming up: it gets its full share only after some seconds.
                    default-server check inter 500ms fall 2 rise 1 slowstart 10s
                %s

                frontend stats
                    bind 127.0.0.1:%d
                    no log
                    stats enable
                    stats uri /
                    stats refresh 2s
                """.formatted(
                        port,
                        BACKEND,
                        BACKEND,
                        gateways.stream().map(HaproxyConfig::server).collect(Collectors.joining("\n")),
                        statsPort);
    }

    String statsUrl() {
        return "http://127.0.0.1:" + statsPort + "/";
    }

    private static String server(Gateway gateway) {
        return "    server %s 127.0.0.1:%d port %d".formatted(gateway.name(), gateway.port(), gateway.managementPort());
    }
}

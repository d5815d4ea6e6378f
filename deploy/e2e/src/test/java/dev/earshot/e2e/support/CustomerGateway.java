package dev.earshot.e2e.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.regex.Pattern;

/**
 * The stack's gateway as a customer runs it: it lets the pages of one {@link Site} in, and its public address is behind a relay, so
 * that the way to it can fail. Closing it brings the usual one back.
 */
public final class CustomerGateway implements AutoCloseable {
    private static final String NAME = "gateway";

    private final Stack stack = Stack.running();
    private final Site site;

    private CustomerGateway(Site site) {
        this.site = site;
    }

    public static CustomerGateway forPagesOf(Site site) {
        CustomerGateway gateway = new CustomerGateway(site);
        gateway.stack.restart(NAME, gateway.how());
        Simulator.sendWebhooksTo(gateway.url());
        return gateway;
    }

    private Start how() {
        return Start.normally()
                .with("earshot.public-url", url())
                .with("earshot.cors.origins", site.origin())
                .with("earshot.fetch.cool-down", "6s");
    }

    /** Where browsers find it. */
    public String url() {
        return stack.at("/gatewayRelayUrl");
    }

    /** Of somebody at acme who may listen. */
    public String token() {
        return stack.token("acme", "recordings:play");
    }

    public void cut() {
        stack.relay(NAME, "cut");
    }

    /** Until it is healed a connection brings at most some hundred kilobytes a second. */
    public void slowDown() {
        stack.relay(NAME, "delay?millis=100");
    }

    public void heal() {
        stack.relay(NAME, "heal");
    }

    /** Makes sure that it runs and can be reached. */
    public void mend() {
        heal();
        if (!stack.isRunning(NAME)) {
            start();
        }
    }

    public void stop() {
        stack.service(NAME, "stop");
    }

    public void start() {
        stack.start(NAME, how());
    }

    /** From now on, however long a recording is. */
    public void letTicketsLiveSeconds(int seconds) {
        String life = seconds + "s";
        stack.restart(NAME, how().with("earshot.tickets.shortest", life).with("earshot.tickets.longest", life));
    }

    /** The problem code that a URL answers with, or nothing. */
    public static String code(String url) {
        String answer = Http.send(HttpRequest.newBuilder(URI.create(url))
                        .header("Range", "bytes=0-0")
                        .build())
                .body();
        return Pattern.compile("\"code\":\"([^\"]+)\"")
                .matcher(answer)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        heal();
        Simulator.sendWebhooksTo(stack.gatewayUrl());
        stack.restart(NAME, Start.normally());
    }
}

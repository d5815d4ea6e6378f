package dev.earshot.local.stack;

import dev.earshot.local.home.StackHome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code up} was asked for.
 *
 * @param repository where the services' packaged jars are
 * @param twilioUrl another Twilio-compatible base URL instead of the simulator
 * @param replicas how many gateways and how many fetchers; more than one of each stand behind a load balancer
 * @param gatewayProperties extra configuration for the gateway, after ours
 */
public record StackOptions(
        StackHome home,
        Path repository,
        Ports ports,
        boolean fresh,
        boolean infraOnly,
        Optional<String> twilioUrl,
        int replicas,
        Map<String, String> gatewayProperties,
        Map<String, String> fetcherProperties) {
    /** Their pools share the database's 200 connections. */
    public static final int MOST_REPLICAS = 8;
}

package dev.earshot.gateway.tenant;

/** How audio reaches a listener. */
public enum DeliveryMode {
    /** Through the gateway. */
    PROXY,
    /** From the store or a CDN, by a signed URL that the gateway hands out. */
    REDIRECT
}

package dev.earshot.gateway.push;

/** How a stream ended. */
enum Ending {
    /** The client closed it, or its connection broke. */
    CLIENT("client"),
    /** It took nothing for too long and was cut off. */
    STALLED("stalled"),
    /** The gateway stops; another one takes over. */
    SHUTDOWN("shutdown"),
    /** The token that opened it is not valid any more. */
    TOKEN_EXPIRED("token-expired");

    private final String code;

    Ending(String code) {
        this.code = code;
    }

    /** The name on the wire and in metrics. */
    String code() {
        return code;
    }
}

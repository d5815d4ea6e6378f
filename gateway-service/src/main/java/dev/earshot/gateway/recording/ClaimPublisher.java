package dev.earshot.gateway.recording;

/** Publishes claims. Returns at once; what is not acknowledged in time, the sweeper hands over again. */
public interface ClaimPublisher {
    /** Publishes the claim's request, then marks it as published if the row has not moved on. */
    void publish(Claim claim);

    /** The same, for what the sweeper found due; told apart in traces alone. */
    default void publishDue(Claim claim) {
        publish(claim);
    }
}

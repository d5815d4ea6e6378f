package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;

/** Notes what the broker acknowledged. */
public interface ClaimMarks {
    /** Sets {@code published_at} if the row still stands at this generation, attempt and lane; false if it does not. */
    Uni<Boolean> published(Claim claim);
}

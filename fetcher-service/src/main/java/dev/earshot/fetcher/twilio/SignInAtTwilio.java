package dev.earshot.fetcher.twilio;

import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Optional;

/** Asks for what the fetcher needs anyway, the list of an account's recordings: an API key may be valid and not allowed to. */
public final class SignInAtTwilio {
    private final TwilioListing listing;
    private final Clock clock = Clock.systemUTC();

    public SignInAtTwilio(TwilioConfig config) {
        this.listing = new TwilioListing(new TwilioCalls(config));
        // Mutiny's context propagation registers itself at its first use, and fails where two threads are the first.
        var unused = Uni.createFrom().item(() -> config);
    }

    /** @return what is wrong, if anything */
    public Uni<Optional<Trouble>> tried(TwilioAccount account) {
        return listing.first(account, clock.instant(), Optional.empty(), 1)
                .map(page -> Optional.<Trouble>empty())
                .onFailure(TroubleException.class)
                .recoverWithItem(failure -> Optional.of(((TroubleException) failure).trouble()));
    }
}

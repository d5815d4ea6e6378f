package dev.earshot.gateway.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.gateway.discovery.Backfill;
import java.util.Optional;

/**
 * A backfill as the API shows it.
 *
 * @param state requested, listing, registering, done or failed
 * @param pages how many pages of the list were read
 * @param seen how many recordings they have
 * @param registered how many of them were unknown
 * @param known how many were known already, or deleted here
 * @param unassigned how many are nobody's, because the account is shared
 * @param detail why it failed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BackfillView(
        String id,
        String accountSid,
        String from,
        String to,
        String state,
        int attempt,
        int pages,
        long seen,
        long registered,
        long known,
        long unassigned,
        Optional<String> detail,
        String createdAt,
        String changedAt) {
    static BackfillView of(Backfill backfill) {
        return new BackfillView(
                backfill.id().toString(),
                backfill.accountSid().value(),
                backfill.from().toString(),
                backfill.to().toString(),
                backfill.state(),
                backfill.attempt(),
                backfill.pages(),
                backfill.seen(),
                backfill.counts().registered(),
                backfill.counts().known(),
                backfill.counts().unassigned(),
                backfill.detail(),
                backfill.createdAt().toString(),
                backfill.changedAt().toString());
    }
}

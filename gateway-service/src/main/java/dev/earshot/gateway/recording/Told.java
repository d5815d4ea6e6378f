package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What Twilio itself tells of a recording, by webhook or by list: registered, and prefetched where the tenant wants that. */
@ApplicationScoped
public class Told {
    private static final String TENANT = "select tenant from recording where account_sid = $1 and recording_sid = $2";

    private final Recordings recordings;
    private final Tenants tenants;
    private final Database database;

    Told(Recordings recordings, Tenants tenants, Database database) {
        this.recordings = recordings;
        this.tenants = tenants;
        this.database = database;
    }

    /**
     * Registers it. Idempotent, as all registering is.
     *
     * @param key whose and which; that the account is the tenant's was checked before
     */
    public Uni<Registration.Outcome> register(
            RecordingKey key, AccountSid account, CallSid call, Facts facts, Registration.News news) {
        return recordings.register(new Registration(
                key, account, call, facts, news, tenants.policy(key.tenant()).prefetch()));
    }

    /** Whose a shared account's recording is, if somebody who may do so has said it already. No caller is ever told. */
    public Uni<Optional<Tenant>> tenantOf(AccountSid account, RecordingSid recording) {
        return database.rows(TENANT, row -> new Tenant(row.getString("tenant")), account.value(), recording.value())
                .map((List<Tenant> found) -> found.stream().findFirst());
    }
}

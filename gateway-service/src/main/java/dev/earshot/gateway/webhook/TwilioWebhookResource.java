package dev.earshot.gateway.webhook;

import dev.earshot.events.AccountSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.http.PublicUrlConfig;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Registration.Outcome;
import dev.earshot.gateway.recording.Told;
import dev.earshot.gateway.tenant.Accounts;
import dev.earshot.gateway.tenant.Owner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Twilio's recordingStatusCallback. Its signature is its credential. */
@Startup
@Path("/webhooks/twilio/recording-status")
@PermitAll
@Tag(name = "Webhooks")
public class TwilioWebhookResource {
    private static final Logger LOG = Logger.getLogger(TwilioWebhookResource.class);

    private final PublicUrlConfig publicUrl;
    private final Accounts accounts;
    private final Told told;
    private final MeterRegistry meters;

    TwilioWebhookResource(PublicUrlConfig publicUrl, Accounts accounts, Told told, MeterRegistry meters) {
        this.publicUrl = publicUrl;
        this.accounts = accounts;
        this.told = told;
        this.meters = meters;
        // There from the start (so @Startup), so that the first one shows as an increase.
        List.of("created", "known", "gone", "conflicting", "refused")
                .forEach(what -> webhooks(what).increment(0));
    }

    /** Registers, and lets it be fetched at once where the tenant wants that. */
    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.APPLICATION_JSON})
    @Operation(summary = "Takes Twilio's recordingStatusCallback")
    public Uni<Response> receive(@Context HttpServerRequest request, String body) {
        SignedRequest signed = read(request, body);
        SortedMap<String, List<String>> fields = RecordingStatus.fields(signed);
        AccountSid account = verified(signed, fields);
        Tenant tenant = tenant(signed, account);
        RecordingStatus status = RecordingStatus.parse(fields);
        return told.register(
                        new RecordingKey(tenant, status.recordingSid()),
                        account,
                        status.callSid(),
                        status.facts(),
                        status.news())
                .map(this::answer);
    }

    private SignedRequest read(HttpServerRequest request, String body) {
        String query = Optional.ofNullable(request.query()).orElse("");
        String base = publicUrl.value().toString().replaceFirst("/+$", "");
        return new SignedRequest(
                base + request.path() + (query.isEmpty() ? "" : "?" + query),
                query,
                Optional.ofNullable(request.getHeader("Content-Type"))
                        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON))
                        .isPresent(),
                body,
                Optional.ofNullable(request.getHeader("X-Twilio-Signature")));
    }

    private AccountSid verified(SignedRequest signed, SortedMap<String, List<String>> fields) {
        Optional<AccountSid> account = SignedRequest.one(fields, "AccountSid")
                .filter(AccountSid::isValid)
                .map(AccountSid::new);
        List<String> tokens = account.map(accounts::webhookAuthTokens).orElse(List.of());
        if (!TwilioSignature.verifies(signed, tokens) || account.isEmpty()) {
            throw refused(tokens.isEmpty() ? "unknown account" : "bad signature");
        }
        return account.get();
    }

    /** The binding decides; for a shared account the signed parameter does. */
    private Tenant tenant(SignedRequest signed, AccountSid account) {
        Optional<Tenant> named = signed.query("tenant").filter(Tenant::isValid).map(Tenant::new);
        if (named.isEmpty() && signed.queryCount("tenant") > 0) {
            throw refused("malformed tenant");
        }
        Owner owner = accounts.ownerOf(account).orElseThrow(() -> refused("unknown account"));
        return switch (owner) {
            case Owner.OfTenant of when named.isEmpty() || named.get().equals(of.tenant()) -> of.tenant();
            case Owner.OfTenant of -> throw refused("the account is another tenant's");
            case Owner.Shared shared -> named.orElseThrow(() -> refused("a shared account names no tenant"));
        };
    }

    private Problem refused(String why) {
        LOG.warnf("A webhook was refused: %s", why);
        webhooks("refused").increment();
        return Problem.of(ProblemType.WEBHOOK_REFUSED);
    }

    private Counter webhooks(String outcome) {
        return meters.counter("earshot.webhooks", "outcome", outcome);
    }

    private Response answer(Outcome outcome) {
        String what = switch (outcome) {
            case Outcome.Created created -> "created";
            case Outcome.Known known -> "known";
            // Twilio may be late; what is deleted stays so, and Twilio has nothing to mend.
            case Outcome.Gone gone -> "gone";
            case Outcome.Conflicting conflicting -> "conflicting";
        };
        webhooks(what).increment();
        if (outcome instanceof Outcome.Conflicting conflicting) {
            throw Problem.of(ProblemType.REGISTRATION_CONFLICT, "another " + conflicting.field());
        }
        return Response.noContent().build();
    }
}

package dev.earshot.local.simulator;

import dev.earshot.local.simulator.SimulatedRecording.Rule;
import dev.earshot.local.simulator.audio.AudioFormat;
import dev.earshot.local.simulator.audio.CallAudio;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/**
 * Media of a recording ("Recordings resource: fetch a recording media file"): {@code /Recordings/{RE}}, {@code .wav} and {@code .mp3}, with
 * {@code RequestedChannels}; and the place that a redirect leads to.
 */
final class MediaRoutes {
    private static final String PATH =
            "/2010-04-01/Accounts/(?<account>AC[0-9a-f]{32})/Recordings/(?<recording>RE[0-9a-f]{32})(?<suffix>\\.wav|\\.mp3)?";
    static final String STORE_PATH = "/media-store/";

    private final TwilioAuth auth;
    private final RecordingRegistry recordings;
    private final MediaAnswers answers;
    private final Clock clock;

    MediaRoutes(TwilioAuth auth, RecordingRegistry recordings, MediaAnswers answers, Clock clock) {
        this.auth = auth;
        this.recordings = recordings;
        this.answers = answers;
        this.clock = clock;
    }

    void mount(Router router) {
        router.routeWithRegex(PATH).handler(auth::check).handler(this::media);
        router.get(STORE_PATH + ":recording/:suffix/:channels").handler(this::stored);
    }

    private void media(RoutingContext context) {
        Optional<SimulatedRecording> found = recordings
                .bySid(context.pathParam("recording"))
                .filter(recording -> recording.facts().accountSid().equals(context.pathParam("account")));
        if (found.isEmpty()) {
            TwilioErrors.NOT_FOUND.send(context);
            return;
        }
        SimulatedRecording recording = found.get();
        AccountBook.Entry account = TwilioAuth.account(context);
        long number = recording.counters().mediaRequests.incrementAndGet();
        int inFlight = account.inFlight().incrementAndGet();
        context.addEndHandler(ended -> account.inFlight().decrementAndGet());
        context.response().putHeader("Twilio-Concurrent-Requests", String.valueOf(inFlight));
        if (inFlight > account.rule().concurrency()) {
            TwilioErrors.TOO_MANY_REQUESTS.send(context);
            return;
        }
        answer(context, recording, rule(recording, account, number));
    }

    private void answer(RoutingContext context, SimulatedRecording recording, Rule rule) {
        boolean hasAudio = recording.status(clock.instant()) == SimulatedRecording.Status.COMPLETED;
        if (!hasAudio && !rule.behaviour().refusesEverybody()) {
            TwilioErrors.NOT_FOUND.send(context);
            return;
        }
        int channels = recording.facts().channels();
        String requested = context.request().getParam("RequestedChannels");
        if (requested != null && !requested.equals("1") && !requested.equals("2")) {
            TwilioErrors.BAD_PARAMETER.send(context);
        } else if ("2".equals(requested) && channels == 1) {
            TwilioErrors.MONO_RECORDING.send(context);
        } else {
            AudioFormat format = ".mp3".equals(context.pathParam("suffix")) ? AudioFormat.MP3 : AudioFormat.WAV;
            CallAudio audio = recording.audio(format, "1".equals(requested) ? 1 : channels);
            answers.send(context, new MediaAnswers.Media(recording, audio, format, channels), rule);
        }
    }

    /** The recording's own rule while it applies, then the account's. */
    private static Rule rule(SimulatedRecording recording, AccountBook.Entry account, long number) {
        Rule own = recording.rule();
        if (own.behaviour() != Behaviour.NORMAL && own.appliesTo(number)) {
            return own;
        }
        AccountBook.Rule general = account.rule();
        return new Rule(general.behaviour(), general.seconds(), 0);
    }

    /** Where a redirect leads: anonymous, as a signed URL of a media store is. */
    private void stored(RoutingContext context) {
        Optional<SimulatedRecording> found = recordings.bySid(context.pathParam("recording"));
        if (found.isEmpty()) {
            TwilioErrors.NOT_FOUND.send(context);
            return;
        }
        SimulatedRecording.Counters counters = found.get().counters();
        counters.redirectsFollowed.incrementAndGet();
        if (context.request().getHeader("Authorization") != null) {
            counters.authorizationSeenAfterRedirect.incrementAndGet();
        }
        if (context.request().authority() != null
                && "localhost".equals(context.request().authority().host())) {
            counters.foreignRedirectsFollowed.incrementAndGet();
        }
        AudioFormat format = AudioFormat.parse(context.pathParam("suffix"));
        CallAudio audio = found.get().audio(format, Integer.parseInt(context.pathParam("channels")));
        answers.audio(context, found.get(), audio, MediaStream.Pace.normal(audio.sizeBytes()));
    }
}

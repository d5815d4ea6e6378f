package dev.earshot.fetcher;

import dev.earshot.fetcher.fetch.FetchConfig;
import dev.earshot.fetcher.outcome.OutcomeConfig;
import dev.earshot.fetcher.peaks.PeaksConfig;
import dev.earshot.fetcher.request.RequestConfig;
import dev.earshot.fetcher.spool.SpoolConfig;
import dev.earshot.fetcher.store.StoreConfig;
import dev.earshot.fetcher.twilio.MediaConfig;
import dev.earshot.fetcher.twilio.TwilioAccounts;
import dev.earshot.fetcher.twilio.TwilioConfig;
import dev.earshot.fetcher.twilio.TwilioMedia;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses to start with a configuration that cannot work, and names the key: a bound that contradicts another one would
 * show only under load, as a fetch that nobody understands.
 */
@Startup
@Singleton
public class StartupChecks {
    private static final long S3_LEAST_PART = 5L * 1024 * 1024;
    private static final long S3_MOST_PARTS = 10_000;

    private final List<String> problems = new ArrayList<>();

    @Inject
    StartupChecks(
            FetchConfig fetch,
            MediaConfig media,
            TwilioConfig twilio,
            StoreConfig store,
            SpoolConfig spool,
            RequestConfig requests,
            OutcomeConfig outcomes,
            PeaksConfig peaks,
            TwilioAccounts accounts) {
        this(fetch, media, twilio, store, spool, requests, outcomes, peaks, accounts.size());
        accounts.refuseMoreThan(
                (requests.requestsInHand() - 1) / (fetch.inFlightPerAccount() + fetch.queuePerAccount()),
                "earshot.fetch.requests-in-hand");
    }

    /** @throws IllegalStateException that names every key which cannot be so */
    public StartupChecks(
            FetchConfig fetch,
            MediaConfig media,
            TwilioConfig twilio,
            StoreConfig store,
            SpoolConfig spool,
            RequestConfig requests,
            OutcomeConfig outcomes,
            PeaksConfig peaks,
            int accounts) {
        fetchBounds(fetch);
        mediaBounds(media);
        storeBounds(store, media);
        require(
                spool.budget().asLongValue() >= media.maxSize().asLongValue(),
                "earshot.spool.budget must be at least earshot.fetch.max-size, or the largest recordings never fit");
        requestBounds(requests, fetch, accounts);
        positive("earshot.twilio.metadata-timeout", twilio.metadataTimeout());
        atLeast("earshot.twilio.metadata-in-flight", twilio.metadataInFlight(), 1);
        positive("earshot.announce.retry-initial", outcomes.retryInitial());
        atMost(
                "earshot.announce.retry-initial",
                outcomes.retryInitial(),
                "earshot.announce.retry-max",
                outcomes.retryMax());
        peaksBounds(peaks, fetch);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The configuration cannot work: " + String.join("; ", problems));
        }
    }

    private void fetchBounds(FetchConfig fetch) {
        positive("earshot.fetch.total-timeout", fetch.totalTimeout());
        require(
                fetch.totalTimeout().compareTo(fetch.silenceLimit()) < 0,
                "earshot.fetch.total-timeout must be less than earshot.fetch.silence-limit, or the gateway asks again"
                        + " for what is still being fetched");
        atLeast("earshot.fetch.in-flight", fetch.inFlight(), 1);
        require(
                fetch.inFlight() <= TwilioMedia.MOST_DOWNLOADS,
                "earshot.fetch.in-flight must be at most " + TwilioMedia.MOST_DOWNLOADS);
        atLeast("earshot.fetch.in-flight-per-account", fetch.inFlightPerAccount(), 1);
        require(
                fetch.inFlightPerAccount() <= fetch.inFlight(),
                "earshot.fetch.in-flight-per-account must not be more than earshot.fetch.in-flight");
        atLeast("earshot.fetch.queue-per-account", fetch.queuePerAccount(), 0);
        positive("earshot.fetch.queue-wait", fetch.queueWait());
        require(!fetch.notReadyWindow().isNegative(), "earshot.fetch.not-ready-window must not be negative");
        atLeast("earshot.fetch.breaker.failures", fetch.breaker().failures(), 1);
        positive("earshot.fetch.breaker.open-for", fetch.breaker().openFor());
    }

    private void mediaBounds(MediaConfig media) {
        positive("earshot.fetch.connect-timeout", media.connectTimeout());
        positive("earshot.fetch.first-byte-timeout", media.firstByteTimeout());
        positive("earshot.fetch.idle-timeout", media.idleTimeout());
        require(media.maxSize().asLongValue() > 0, "earshot.fetch.max-size must be more than 0");
        atLeast("earshot.fetch.max-redirects", media.maxRedirects(), 0);
        require(!media.contentTypes().isEmpty(), "earshot.fetch.content-types must not be empty");
    }

    private void storeBounds(StoreConfig store, MediaConfig media) {
        require(!store.bucket().isBlank(), "earshot.store.bucket must not be empty");
        atLeast("earshot.store.attempts", store.attempts(), 1);
        positive("earshot.store.backoff", store.backoff());
        positive("earshot.store.request-timeout", store.requestTimeout());
        positive("earshot.store.stale-uploads-every", store.staleUploadsEvery());
        atLeast("earshot.store.parts-in-flight", store.partsInFlight(), 1);
        long part = store.partSize().asLongValue();
        require(part >= S3_LEAST_PART, "earshot.store.part-size must be at least 5M, S3 takes no smaller parts");
        require(
                part * S3_MOST_PARTS >= media.maxSize().asLongValue(),
                "earshot.store.part-size is too small for earshot.fetch.max-size in 10000 parts");
    }

    private void requestBounds(RequestConfig requests, FetchConfig fetch, int accounts) {
        require(!requests.lanes().isEmpty(), "earshot.fetch.lanes must name interactive, bulk or both");
        require(!requests.drain().isNegative(), "earshot.fetch.drain must not be negative");
        long all = (long) accounts * (fetch.inFlightPerAccount() + fetch.queuePerAccount());
        require(
                requests.requestsInHand() > all,
                "earshot.fetch.requests-in-hand must be more than the places and queues of all accounts together ("
                        + all + "), or a hung account delays the others");
    }

    private void peaksBounds(PeaksConfig peaks, FetchConfig fetch) {
        require(!peaks.patience().isNegative(), "earshot.peaks.wait must not be negative");
        require(
                fetch.totalTimeout().plus(peaks.patience()).compareTo(fetch.silenceLimit()) < 0,
                "earshot.peaks.wait and earshot.fetch.total-timeout together must be less than"
                        + " earshot.fetch.silence-limit");
        require(!peaks.ffmpeg().isBlank(), "earshot.peaks.ffmpeg must not be empty");
        positive("earshot.peaks.timeout", peaks.timeout());
        atLeast("earshot.peaks.concurrency", peaks.concurrency(), 1);
        atLeast("earshot.peaks.queue", peaks.queue(), 0);
    }

    private void positive(String key, Duration value) {
        require(value.isPositive(), key + " must be more than 0");
    }

    private void atLeast(String key, int value, int least) {
        require(value >= least, key + " must be at least " + least);
    }

    private void atMost(String key, Duration value, String limitKey, Duration limit) {
        require(value.compareTo(limit) <= 0, key + " must not be more than " + limitKey);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}

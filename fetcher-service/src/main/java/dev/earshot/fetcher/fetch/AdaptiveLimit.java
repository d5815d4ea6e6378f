package dev.earshot.fetcher.fetch;

/**
 * How many downloads one account may have in flight: halved when Twilio says 429, raised by one for each full round of
 * successes (additive increase, multiplicative decrease, as in RFC 5681, section 3.1). Not thread-safe:
 * {@link Admission} guards it.
 *
 * @see <a href="https://www.twilio.com/docs/api/errors/20429">Twilio: error 20429, which is about concurrency</a>
 */
final class AdaptiveLimit {
    private final int most;
    private double current;
    private long halvedAt;

    AdaptiveLimit(int most) {
        this.most = most;
        this.current = most;
    }

    int current() {
        return (int) current;
    }

    void succeeded() {
        current = Math.min(most, current + 1 / current);
    }

    /**
     * Twilio refused. The refusals of one burst are one event: only a download that started after the last halving
     * halves again.
     *
     * @param startedAt the download's number in the order of starts
     * @param now the number of the last start
     */
    void refused(long startedAt, long now) {
        if (startedAt > halvedAt) {
            current = Math.max(1, current / 2);
            halvedAt = now;
        }
    }
}

package dev.earshot.doctor;

import java.time.Duration;
import java.util.Optional;

/**
 * How a doctor was called.
 *
 * @param json whether the report is for programs
 * @param init whether it decides about the start of a pod: then an outage of what is shared refuses nothing
 * @param probe what the fetcher is to write and the gateway to read: only who calls both can prove that they share one store
 * @param webhookUrl where Twilio sends its webhooks
 * @param patience how long one answer may take
 */
public record Wanted(
        boolean json, boolean init, Optional<String> probe, Optional<String> webhookUrl, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static Wanted of(String... arguments) throws UsageException {
        Wanted wanted = new Wanted(false, false, Optional.empty(), Optional.empty(), PATIENCE);
        for (int i = 0; i < arguments.length; i++) {
            wanted = switch (arguments[i]) {
                case "--json" -> new Wanted(true, wanted.init, wanted.probe, wanted.webhookUrl, wanted.patience);
                case "--init" -> new Wanted(wanted.json, true, wanted.probe, wanted.webhookUrl, wanted.patience);
                case "--probe" ->
                    new Wanted(wanted.json, wanted.init, nonce(arguments, ++i), wanted.webhookUrl, wanted.patience);
                case "--webhook-url" ->
                    new Wanted(wanted.json, wanted.init, wanted.probe, value(arguments, ++i), wanted.patience);
                case "--timeout" ->
                    new Wanted(wanted.json, wanted.init, wanted.probe, wanted.webhookUrl, seconds(arguments, ++i));
                default -> throw new UsageException("there is no option " + arguments[i]);
            };
        }
        return wanted;
    }

    private static Optional<String> value(String[] arguments, int index) throws UsageException {
        if (index >= arguments.length || arguments[index].isBlank()) {
            throw new UsageException(arguments[index - 1] + " needs a value");
        }
        return Optional.of(arguments[index]);
    }

    private static Optional<String> nonce(String[] arguments, int index) throws UsageException {
        Optional<String> nonce = value(arguments, index);
        if (nonce.filter(text -> text.matches("[A-Za-z0-9-]{1,64}")).isEmpty()) {
            throw new UsageException("--probe takes letters, digits and '-', 64 at most");
        }
        return nonce;
    }

    private static Duration seconds(String[] arguments, int index) throws UsageException {
        String text = value(arguments, index).orElse("");
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new UsageException("--timeout takes seconds, from 1 to 999");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    /** Called wrongly; the message is for who called. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}

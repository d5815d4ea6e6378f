package dev.earshot.doctor;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Runs one service's checks and prints what they found. */
public final class Doctor {
    private static final int BAD_USAGE = 2;
    /** One check asks up to three times in a row: it writes, reads back and lists. */
    private static final int ANSWERS_OF_A_CHECK = 3;

    private Doctor() {}

    /** Which checks a service has. */
    @FunctionalInterface
    public interface Practice {
        List<Check> checks(Settings settings, Wanted wanted);
    }

    /** The process of a service's doctor, from its beginning to its end. */
    @SuppressWarnings("SystemOut") // The one place that writes to the terminal.
    public static void main(String service, Practice practice, String... arguments) {
        // Libraries log what the report tells better.
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        int code = run(service, practice, System.getenv(), System.out, arguments);
        System.out.flush();
        // Clients of Kafka, S3 and Twilio have threads that would keep us.
        Runtime.getRuntime().halt(code);
    }

    /** @return 0 if all is well, 1 if something must be changed, 2 if it was called wrongly */
    public static int run(
            String service, Practice practice, Map<String, String> environment, PrintStream out, String... arguments) {
        Wanted wanted;
        try {
            wanted = Wanted.of(arguments);
        } catch (Wanted.UsageException e) {
            out.println("doctor: " + e.getMessage()
                    + "; there are --init, --json, --probe NONCE, --webhook-url URL and --timeout SECONDS");
            return BAD_USAGE;
        }
        try {
            List<Check> checks = practice.checks(Settings.read(environment), wanted);
            List<Finding> findings = new Checkup(wanted.patience().multipliedBy(ANSWERS_OF_A_CHECK)).of(checks);
            out.print(wanted.json() ? JsonReport.text(service, findings) + "\n" : Report.text(service, findings));
            return code(findings, wanted.init());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** A pod starts while something shared is away: it would only wait in another place, and a roll-out with it. */
    static int code(List<Finding> findings, boolean init) {
        Severity tolerated = init ? Severity.UNREACHABLE : Severity.WARNING;
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(tolerated) > 0) ? 1 : 0;
    }
}

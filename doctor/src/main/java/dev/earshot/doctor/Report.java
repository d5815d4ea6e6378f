package dev.earshot.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings as lines for people: how bad, which check, what is so; and below it what to change. */
public final class Report {
    private static final String LINE = "  %-11s  %-13s  %s%n";

    private Report() {}

    public static String text(String service, List<Finding> findings) {
        StringBuilder text = new StringBuilder(service).append(System.lineSeparator());
        for (Finding finding : findings) {
            text.append(line(finding.severity().text(), finding.check(), finding.found()));
            if (!finding.change().isEmpty()) {
                text.append(line("", "", "-> " + finding.change()));
            }
            if (!finding.keys().isEmpty()) {
                text.append(line("", "", "   change " + keys(finding)));
            }
        }
        return text.toString();
    }

    private static String keys(Finding finding) {
        return finding.keys().stream().map(Finding::named).collect(Collectors.joining(", "));
    }

    private static String line(String severity, String check, String text) {
        return String.format(Locale.ROOT, LINE, severity, check, text);
    }
}

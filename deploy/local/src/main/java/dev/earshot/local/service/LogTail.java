package dev.earshot.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a child process' log, which says why it ended. */
public final class LogTail {
    private static final int TOLD_LINES = 15;

    private LogTail() {}

    /** What to tell a person: the event, which log, and how it ends. */
    public static String after(String event, Path log) {
        StringBuilder message = new StringBuilder(event + ". Its log is " + log);
        List<String> lines = lastLines(log);
        if (!lines.isEmpty()) {
            message.append(" and ends with:");
            lines.forEach(line -> message.append("\n    ").append(line));
        }
        return message.toString();
    }

    private static List<String> lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}

package dev.earshot.local.service;

import java.io.IOException;

/** Signals that {@link ProcessHandle} has no method for. */
public final class Signals {
    private Signals() {}

    /** @param signal as {@code kill} names it: INT, STOP, CONT */
    public static void send(String signal, long pid) throws IOException {
        try {
            Process kill = new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (kill.waitFor() != 0) {
                throw new IOException("Signal " + signal + " could not be sent to process " + pid);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while sending " + signal, interrupted);
        }
    }
}

package dev.earshot.fetcher.twilio;

import java.util.List;
import java.util.Optional;

/**
 * One page of an account's list.
 *
 * @param recordings what is on it, newest first
 * @param unusable how many entries could not be used, for want of a call or of a time
 * @param next the path and query of the next page; empty on the last one
 */
public record ListedPage(List<ListedRecording> recordings, int unusable, Optional<String> next) {
    /** Copies the list. */
    public ListedPage {
        recordings = List.copyOf(recordings);
    }
}

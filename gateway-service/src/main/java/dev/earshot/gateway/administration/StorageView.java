package dev.earshot.gateway.administration;

import dev.earshot.gateway.recording.Administration.Storage;
import dev.earshot.gateway.recording.PageQuery.State;
import java.util.List;

/**
 * What is stored, as the API shows it.
 *
 * @param recordings how many
 * @param bytes their audio
 * @param days what came on each of the last days of UTC and is stored still, oldest first
 */
public record StorageView(long recordings, long bytes, States states, List<Day> days) {
    /** How many recordings are in each state. */
    public record States(long registered, long fetching, long waiting, long ready, long failed, long evicted) {}

    /** One day, such as 2026-11-20. */
    public record Day(String date, long recordings, long bytes) {}

    static StorageView of(Storage storage) {
        return new StorageView(
                storage.recordings(),
                storage.bytes(),
                new States(
                        storage.in(State.REGISTERED),
                        storage.in(State.FETCHING),
                        storage.in(State.WAITING),
                        storage.in(State.READY),
                        storage.in(State.FAILED),
                        storage.in(State.EVICTED)),
                storage.days().stream()
                        .map(day -> new Day(day.date().toString(), day.recordings(), day.bytes()))
                        .toList());
    }
}

package dev.earshot.gateway.playback;

import dev.earshot.gateway.http.AudioRoute;
import dev.earshot.gateway.recording.Playability.Playable;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** What files are called, as configured. A template that cannot work refuses the start. */
@Startup
@Singleton
class FileNames {
    private final FileNameTemplate template;

    FileNames(DownloadConfig config) {
        try {
            this.template = new FileNameTemplate(config.fileName(), config.timeZone());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("earshot.download.file-name " + e.getMessage(), e);
        }
    }

    /** What the recording is called as a file. */
    String name(Playable playable) {
        return template.name(playable.recording(), playable.ready().object().contentType());
    }

    /** The value of {@code Content-Disposition} on a route. */
    String disposition(AudioRoute route, Playable playable) {
        return switch (route) {
            case STREAM, DATA -> Disposition.INLINE;
            case DOWNLOAD -> Disposition.attachment(name(playable));
        };
    }
}

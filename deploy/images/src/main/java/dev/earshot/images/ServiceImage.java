package dev.earshot.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** One service's image. The layers go from what seldom changes to what changes with each commit, so that a new version is a small download. */
final class ServiceImage {
    /** A number, since Kubernetes can only prove of a number that it is not root; a group of its own for the spool's volume. */
    static final String USER = "10001:10001";

    private final Service service;
    private final Path app;
    private final String version;

    ServiceImage(Service service, Path app, String version) {
        this.service = service;
        this.app = app;
        this.version = version;
    }

    /**
     * Writes the OCI archive.
     *
     * @param cache for layers of a base that was fetched
     * @return the image's digest, {@code sha256:...}
     * @throws IOException if the base cannot be had or the file cannot be written
     */
    String write(Base base, Path tar, Path cache) throws IOException, InterruptedException {
        try {
            Containerizer target = Containerizer.to(
                            TarImage.at(tar).named("earshot/" + service.image() + ":" + version))
                    .setBaseImageLayersCache(cache)
                    .setApplicationLayersCache(cache)
                    .setToolName("earshot")
                    .setAllowInsecureRegistries(false);
            JibContainer built = described(base).containerize(target);
            return built.getDigest().toString();
        } catch (InvalidImageReferenceException | CacheDirectoryCreationException | RegistryException failure) {
            throw new IOException(failure.getMessage(), failure);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new IOException(cause == null ? failure.getMessage() : cause.getMessage(), failure);
        }
    }

    private JibContainerBuilder described(Base base) throws InvalidImageReferenceException, IOException {
        JibContainerBuilder image = base.begin()
                .setFormat(ImageFormat.OCI)
                // Not now: the same input gives the same image.
                .setCreationTime(Instant.EPOCH)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(Service.DIRECTORY))
                .setEntrypoint(service.entrypoint())
                .addLabel("org.opencontainers.image.title", "earshot/" + service.image())
                .addLabel("org.opencontainers.image.version", version)
                .setFileEntriesLayers(layers());
        service.ports().forEach(port -> image.addExposedPort(Port.tcp(port)));
        service.spool()
                .ifPresent(spool -> image.addEnvironmentVariable("EARSHOT_SPOOL_DIRECTORY", spool)
                        .addVolume(AbsoluteUnixPath.get(spool)));
        return image;
    }

    private List<FileEntriesLayer> layers() throws IOException {
        Stream<FileEntriesLayer> fixed = Stream.of(
                layer("libraries", List.of("lib/boot", "lib/main")),
                layer("service", List.of("app", "quarkus", "quarkus-run.jar", "quarkus-app-dependencies.txt")));
        return Stream.concat(fixed, service.spool().map(this::spoolLayer).stream())
                .toList();
    }

    private FileEntriesLayer layer(String name, List<String> parts) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String part : parts) {
            Path from = app.resolve(part);
            if (Files.exists(from)) {
                layer.addEntryRecursive(from, AbsoluteUnixPath.get(Service.DIRECTORY + "/" + part));
            }
        }
        return layer.build();
    }

    /** An engine gives a new volume the owner of the folder that it covers. */
    private FileEntriesLayer spoolLayer(String spool) {
        return FileEntriesLayer.builder()
                .setName("spool")
                .addEntry(app, AbsoluteUnixPath.get(spool), FilePermissions.fromOctalString("700"), Instant.EPOCH, USER)
                .build();
    }
}

package dev.earshot.images;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import com.github.packageurl.PackageURLBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.util.BomUtils;

/**
 * The CycloneDX bill of materials of a packaged service: each jar that is in the image, with its coordinates as Quarkus resolved them and its hashes. What the base has
 * is told by whoever made the base.
 */
final class Bom {
    private final Service service;
    private final Path app;
    private final String version;

    Bom(Service service, Path app, String version) {
        this.service = service;
        this.app = app;
        this.version = version;
    }

    /** @throws IOException also if a jar is there that the package's own list does not have, or the reverse */
    void write(Path file) throws IOException {
        org.cyclonedx.model.Bom bom = new org.cyclonedx.model.Bom();
        Metadata metadata = new Metadata();
        metadata.setComponent(component("dev.earshot", service.image(), version, Component.Type.APPLICATION));
        bom.setMetadata(metadata);
        bom.setComponents(libraries());
        try {
            Files.writeString(
                    file,
                    BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString());
        } catch (GeneratorException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private List<Component> libraries() throws IOException {
        Map<String, Path> jars = jars();
        List<Component> components = new ArrayList<>();
        for (String line : Files.readAllLines(app.resolve("quarkus-app-dependencies.txt"))) {
            Coordinates library = Coordinates.of(line);
            Path jar = jars.remove(library.fileName());
            if (jar == null) {
                throw new IOException("The package's list names " + line + ", but there is no " + library.fileName());
            }
            Component component =
                    component(library.group(), library.artifact(), library.version(), Component.Type.LIBRARY);
            component.setHashes(hashes(jar));
            component.setPurl(purl(library));
            component.setBomRef(component.getPurl());
            components.add(component);
        }
        if (!jars.isEmpty()) {
            throw new IOException("The package's list does not name " + jars.keySet());
        }
        return components;
    }

    private Map<String, Path> jars() throws IOException {
        Map<String, Path> jars = new TreeMap<>();
        for (String folder : List.of("lib/boot", "lib/main")) {
            try (var files = Files.list(app.resolve(folder))) {
                files.forEach(jar -> jars.put(jar.getFileName().toString(), jar));
            }
        }
        return jars;
    }

    private static Component component(String group, String name, String version, Component.Type type) {
        Component component = new Component();
        component.setType(type);
        component.setGroup(group);
        component.setName(name);
        component.setVersion(version);
        return component;
    }

    private static List<Hash> hashes(Path jar) throws IOException {
        return BomUtils.calculateHashes(jar.toFile(), Version.VERSION_16).stream()
                .filter(hash -> hash.getAlgorithm().equals(Hash.Algorithm.SHA_256.getSpec()))
                .toList();
    }

    private static String purl(Coordinates library) {
        PackageURLBuilder purl = PackageURLBuilder.aPackageURL()
                .withType(PackageURL.StandardTypes.MAVEN)
                .withNamespace(library.group())
                .withName(library.artifact())
                .withVersion(library.version())
                .withQualifier("type", library.type());
        if (!library.classifier().isEmpty()) {
            purl.withQualifier("classifier", library.classifier());
        }
        try {
            return purl.build().canonicalize();
        } catch (MalformedPackageURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One line of Quarkus' list, {@code group:artifact:classifier:type:version}. */
    private record Coordinates(String group, String artifact, String classifier, String type, String version) {
        static Coordinates of(String line) throws IOException {
            String[] parts = line.split(":", -1);
            if (parts.length != 5) {
                throw new IOException("The package's list has a line that cannot be read: " + line);
            }
            return new Coordinates(parts[0], parts[1], parts[2], parts[3], parts[4]);
        }

        String fileName() {
            return group + "." + artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
        }
    }
}

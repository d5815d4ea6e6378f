package dev.earshot.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders all that there is, each in a process of its own. Apart from {@link Manifests}, which keeps it: several threads
 * run this code, and would wait for ever for the initialization of a class that waits for them.
 */
final class Rendering {
    private static final Path TARGET = Path.of("target/rendered").toAbsolutePath();
    /** From a folder in {@link #TARGET}; kustomize wants relative paths. */
    private static final String TO_MANIFESTS = "../../../../../k8s/";

    private Rendering() {}

    /** In this order: the base, the overlays, each component upon the base, all components upon production. */
    static List<Rendered> everything(List<String> overlays, List<String> components) {
        return works(overlays, components).parallelStream().map(Supplier::get).toList();
    }

    private static List<Supplier<Rendered>> works(List<String> overlays, List<String> components) {
        Stream<Supplier<Rendered>> first = Stream.of(() -> render("base"));
        Stream<Supplier<Rendered>> second = overlays.stream().map(name -> () -> render("overlays/" + name));
        Stream<Supplier<Rendered>> third = components.stream().map(name -> () -> withComponent(name));
        Stream<Supplier<Rendered>> last = Stream.of(Rendering::everything);
        return Stream.of(first, second, third, last).flatMap(each -> each).toList();
    }

    private static Rendered render(String folder) {
        return Kustomize.render(folder, Repository.MANIFESTS.resolve(folder));
    }

    /** As an overlay that has one component and no settings of its own. */
    private static Rendered withComponent(String component) {
        String kustomization = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: earshot
                resources: [%1$sbase]
                components: [%1$scomponents/%2$s]
                images:
                  - {name: earshot/gateway-service, newTag: 1.0.0-SNAPSHOT}
                  - {name: earshot/fetcher-service, newTag: 1.0.0-SNAPSHOT}
                """.formatted(TO_MANIFESTS, component);
        return written("components/" + component, kustomization);
    }

    /** Production with all that its comments offer. */
    private static Rendered everything() {
        String kustomization = Repository.read("k8s/overlays/production/kustomization.yaml")
                .replace("  # - ../../components/", "  - ../../components/")
                .replace("- ../../", "- " + TO_MANIFESTS);
        Path outside = Repository.MANIFESTS.resolve("overlays/production/outside.yaml");
        try {
            Path folder = Files.createDirectories(TARGET.resolve("everything"));
            Files.copy(outside, folder.resolve(outside.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written("everything", kustomization);
    }

    /** As an overlay that has the alerts, and sets the base of their links as the component says. */
    static Rendered withRunbooksAt(String base) {
        String comments = Repository.read("k8s/components/prometheus-rule/kustomization.yaml");
        String offered = comments.substring(comments.indexOf("#   patches:"))
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring("#   ".length()))
                .collect(Collectors.joining("\n"));
        String kustomization = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                components: [%1$scomponents/prometheus-rule]
                %2$s
                """.formatted(TO_MANIFESTS, offered.replaceFirst("https://[^\\s\"]+", base));
        return written("runbooks", kustomization);
    }

    private static Rendered written(String name, String kustomization) {
        Path folder = TARGET.resolve(name.replace('/', '_'));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Kustomize.render(name, folder);
    }
}

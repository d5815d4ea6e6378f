package dev.earshot.manifests;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that is rendered, once: the base, each overlay, each component by itself upon the base, and all components
 * together upon production.
 */
final class Manifests {
    static final List<String> COMPONENTS = Repository.folders(Repository.MANIFESTS.resolve("components"));
    static final List<Rendered> OVERLAYS;
    static final List<Rendered> WITH_COMPONENT;
    static final Rendered BASE;
    static final Rendered EVERYTHING;

    static {
        List<String> overlays = Repository.folders(Repository.MANIFESTS.resolve("overlays"));
        List<Rendered> rendered = Rendering.everything(overlays, COMPONENTS);
        BASE = rendered.getFirst();
        EVERYTHING = rendered.getLast();
        OVERLAYS = rendered.subList(1, 1 + overlays.size());
        WITH_COMPONENT = rendered.subList(1 + overlays.size(), rendered.size() - 1);
    }

    private Manifests() {}

    /** Every one of them. */
    static Stream<Rendered> all() {
        return Stream.concat(Stream.of(BASE, EVERYTHING), Stream.concat(OVERLAYS.stream(), WITH_COMPONENT.stream()));
    }

    /** Those that somebody would apply. */
    static Stream<Rendered> overlays() {
        return OVERLAYS.stream();
    }

    static Rendered overlay(String name) {
        return OVERLAYS.stream()
                .filter(rendered -> rendered.name().equals("overlays/" + name))
                .findFirst()
                .orElseThrow();
    }

    static Rendered withComponent(String name) {
        return WITH_COMPONENT.stream()
                .filter(rendered -> rendered.name().equals("components/" + name))
                .findFirst()
                .orElseThrow();
    }
}

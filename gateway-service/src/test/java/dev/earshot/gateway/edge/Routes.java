package dev.earshot.gateway.edge;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes as the code has them: what is not here does not exist, and what is added is here. */
public final class Routes {
    private static final String PATH = "jakarta.ws.rs.Path";
    private static final Map<String, String> METHODS = Stream.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH")
            .collect(Collectors.toMap(name -> "jakarta.ws.rs." + name, name -> name));

    private static final List<Route> ALL = read();

    private Routes() {}

    /**
     * One method of one path.
     *
     * @param template the path with {@code {names}}
     * @param queryParameters that the resource reads
     * @param readsQuery whether it reads others that no annotation names
     * @param hasBody whether the resource reads one
     */
    public record Route(
            String method, String template, Set<String> queryParameters, boolean readsQuery, boolean hasBody) {
        /** The path with every name replaced. */
        public String path(String value) {
            return template.replaceAll("\\{[^}]+}", value);
        }

        /** Whether the path names something. */
        public boolean isParameterised() {
            return template.contains("{");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    /** Every one, HEAD included where it comes with GET. */
    public static List<Route> all() {
        return ALL;
    }

    private static List<Route> read() {
        Map<String, Route> routes = new TreeMap<>();
        for (JavaClass type : ArchConfiguration.withThreadLocalScope(configuration -> {
            // Names and values are enough, and what they refer to need not be loaded.
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.earshot.gateway");
        })) {
            Optional<String> root = type.tryGetAnnotationOfType(PATH).map(Routes::value);
            root.ifPresent(path -> type.getMethods()
                    .forEach(method -> of(path, method).forEach(route -> routes.put(route.toString(), route))));
        }
        routes.values().stream()
                .filter(route -> route.method().equals("GET"))
                .toList()
                .forEach(get -> {
                    Route head =
                            new Route("HEAD", get.template(), get.queryParameters(), get.readsQuery(), get.hasBody());
                    routes.putIfAbsent(head.toString(), head);
                });
        return List.copyOf(routes.values());
    }

    /** The methods of each path. */
    public static Map<String, Set<String>> byTemplate() {
        Map<String, Set<String>> methods = new TreeMap<>();
        all().forEach(route -> methods.computeIfAbsent(route.template(), ignored -> new TreeSet<>())
                .add(route.method()));
        return methods;
    }

    private static Stream<Route> of(String root, JavaMethod method) {
        String template = root
                + method.tryGetAnnotationOfType(PATH)
                        .map(path -> "/" + value(path).replaceFirst("^/", ""))
                        .orElse("");
        Set<String> query = method.getParameters().stream()
                .flatMap(parameter -> parameter.getAnnotations().stream())
                .filter(annotation -> annotation.getRawType().getName().equals("jakarta.ws.rs.QueryParam"))
                .map(Routes::value)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean body = method.getParameters().stream()
                .anyMatch(parameter -> parameter.getAnnotations().stream()
                        .noneMatch(
                                annotation -> annotation.getRawType().getName().startsWith("jakarta.ws.rs")));
        boolean uri = method.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("jakarta.ws.rs.core.UriInfo"));
        return method.getAnnotations().stream()
                .map(annotation -> METHODS.get(annotation.getRawType().getName()))
                .filter(java.util.Objects::nonNull)
                .map(verb -> new Route(verb, template, query, uri, body));
    }

    private static String value(JavaAnnotation<?> annotation) {
        return annotation.get("value").orElseThrow().toString();
    }
}

package dev.earshot.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The doctor of a packaged service, inside of this process: a dozen of its own would take a minute to start. */
public final class ServiceDoctor {
    /** As in {@code k8s/components/doctor}. */
    private static final List<String> CLASS_PATH = List.of("app", "quarkus", "lib/boot", "lib/main");
    /** Credentials as keys, for the SDK reads variables of this process only. */
    private static final String CREDENTIALS = "QUARKUS_S3_AWS_CREDENTIALS_";

    static {
        // Looks for drivers once, where the thread that comes first has its class path: not inside of a service's.
        var unused = DriverManager.drivers();
    }

    private final String service;
    private final Method run;
    private final ClassLoader loader;

    private ServiceDoctor(String service, Method run, ClassLoader loader) {
        this.service = service;
        this.run = run;
        this.loader = loader;
    }

    public static ServiceDoctor of(String service) throws IOException, ReflectiveOperationException {
        Path app = Stack.root().resolve(service + "-service/target/quarkus-app");
        List<URL> jars = new ArrayList<>();
        for (String folder : CLASS_PATH) {
            jars.addAll(jars(app.resolve(folder)));
        }
        // Kept as long as this process: the test's own class path has other versions.
        ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        String name = service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1) + "Doctor";
        Class<?> main = loader.loadClass("dev.earshot." + service + ".doctor." + name);
        return new ServiceDoctor(service, main.getMethod("run", Map.class, PrintStream.class, String[].class), loader);
    }

    private static List<URL> jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : found) {
                jars.add(url(jar));
            }
        }
        return jars;
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /**
     * What it found.
     *
     * @param code its exit code
     */
    public record Said(int code, JsonNode findings) {
        /** Those that must be looked at. */
        public List<JsonNode> wrong() {
            return findings.valueStream()
                    .filter(finding -> List.of("error", "unreachable")
                            .contains(finding.path("severity").asText()))
                    .toList();
        }
    }

    /**
     * Examines the running stack's service, with some of its keys set to something else.
     *
     * @param misconfigured keys in their own form, {@code earshot.store.bucket}
     */
    public Said examine(Map<String, String> misconfigured, String... arguments) throws Exception {
        Map<String, String> environment = environment();
        misconfigured.forEach((key, value) ->
                environment.put(key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT), value));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        // A dead address is told at once; what is slow on a busy machine is not dead.
        List<String> all = new ArrayList<>(List.of("--json", "--timeout", "30"));
        all.addAll(List.of(arguments));
        Thread.currentThread().setContextClassLoader(loader);
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            int code = (int) run.invoke(null, environment, out, all.toArray(String[]::new));
            return new Said(
                    code,
                    Http.JSON.readTree(printed.toString(StandardCharsets.UTF_8)).path("findings"));
        } finally {
            Thread.currentThread().setContextClassLoader(ServiceDoctor.class.getClassLoader());
        }
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String line : Files.readAllLines(Stack.home().resolve("run/" + service + ".env"))) {
            environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        environment.put(CREDENTIALS + "TYPE", "static");
        environment.put(CREDENTIALS + "STATIC_PROVIDER_ACCESS_KEY_ID", environment.get("AWS_ACCESS_KEY_ID"));
        environment.put(CREDENTIALS + "STATIC_PROVIDER_SECRET_ACCESS_KEY", environment.get("AWS_SECRET_ACCESS_KEY"));
        return environment;
    }
}

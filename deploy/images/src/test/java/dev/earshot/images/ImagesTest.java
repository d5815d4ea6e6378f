package dev.earshot.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both images, built from the packaged services on a base that was made here, so nothing is fetched. The whole-system tests run what is unpacked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesTest {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Path OUTPUT = Path.of("target/images").toAbsolutePath();
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*\\.(pem|key|p12|jks|keystore|env)$|.*(secret|password|credential|id_rsa)[^/]*");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path scratch = Path.of("");

    private final Map<Service, Archive> archives = new EnumMap<>(Service.class);
    private String base = "";
    private Outcome built = new Outcome(-1, "");

    @BeforeAll
    void build_both() throws Exception {
        Path tar = scratch.resolve("base.tar");
        Jib.fromScratch()
                .addEnvironmentVariable("JAVA_HOME", "/opt/java")
                .addLayer(
                        List.of(Files.writeString(scratch.resolve("passwd"), "root:x:0:0::/root:/bin/false\n")), "/etc")
                .containerize(Containerizer.to(TarImage.at(tar).named("base"))
                        .setBaseImageLayersCache(scratch.resolve("cache"))
                        .setApplicationLayersCache(scratch.resolve("cache")));
        base = "tar:" + tar;
        built = run("--repo", REPOSITORY.toString(), "--output", OUTPUT.toString(), "--base", base);
        assertThat(built.status).as(built.printed).isZero();
        for (Service service : Service.values()) {
            Path unpacked = OUTPUT.resolve(service.image());
            delete(unpacked);
            Archive archive =
                    Archive.unpack(OUTPUT.resolve(service.image() + ".tar"), scratch.resolve(service.image()));
            archive.extract(unpacked);
            archives.put(service, archive);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_runs_the_service_as_a_user_without_rights(Service service) throws Exception {
        JsonNode config = archive(service).config();

        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("WorkingDir").asText()).isEqualTo("/opt/earshot");
        assertThat(JSON.convertValue(config.path("Entrypoint"), List.class)).isEqualTo(service.entrypoint());
        assertThat(config.path("Env").valueStream().map(JsonNode::asText)).contains("JAVA_HOME=/opt/java");
    }

    @ParameterizedTest
    @EnumSource
    void that_user_can_write_nothing_but_the_spool(Service service) throws Exception {
        Stream<String> ours = archive(service).layers().stream().flatMap(List::stream);

        List<String> writable = ours.filter(entry ->
                        entry.contains("10001/") || entry.substring(1, 10).charAt(7) == 'w')
                .toList();

        assertThat(writable.stream().map(entry -> entry.substring(entry.lastIndexOf(' ') + 1)))
                .isEqualTo(service.spool().map(spool -> spool.substring(1) + "/").stream()
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void it_has_no_secrets_and_no_tests(Service service) throws Exception {
        List<String> names = archive(service).layers().stream()
                .flatMap(List::stream)
                .map(entry -> entry.replaceAll(".* ", ""))
                .toList();

        assertThat(names).contains("opt/earshot/quarkus-run.jar").hasSizeGreaterThan(100);
        assertThat(names.stream().filter(name -> !name.endsWith(".jar"))).noneMatch(SECRET_NAME.asMatchPredicate());
        assertThat(names).noneMatch(name -> name.contains("junit") || name.contains("rest-assured"));
    }

    @ParameterizedTest
    @EnumSource
    void libraries_are_a_layer_of_their_own_and_a_commit_of_ours_is_a_small_one(Service service) throws Exception {
        Archive archive = archive(service);
        List<List<String>> layers = archive.layers();

        assertThat(layers.get(1)).anyMatch(entry -> entry.contains("/lib/main/"));
        assertThat(layers.get(2)).noneMatch(entry -> entry.contains("/lib/main/"));
        // Megabytes, with room: whoever passes this should know why.
        assertThat(archive.sizesBytes().get(1)).isBetween(20_000_000L, 130_000_000L);
        assertThat(archive.sizesBytes().get(2)).isBetween(100_000L, 10_000_000L);
    }

    @Test
    void the_same_input_gives_the_same_image(@TempDir Path again) throws Exception {
        Outcome second = run(
                "--repo", REPOSITORY.toString(), "--output", again.toString(), "--base", base, "--service", "fetcher");

        assertThat(second.status).as(second.printed).isZero();
        assertThat(digests(second.printed)).hasSize(1).isSubsetOf(digests(built.printed));
    }

    @ParameterizedTest
    @EnumSource
    void the_sbom_names_each_jar_of_the_image_with_its_hash(Service service) throws Exception {
        JsonNode bom =
                JSON.readTree(OUTPUT.resolve(service.image() + ".cdx.json").toFile());
        Path libraries = OUTPUT.resolve(service.image()).resolve("opt/earshot/lib");

        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        List<String> told = bom.path("components")
                .valueStream()
                .map(component ->
                        component.path("hashes").get(0).path("content").asText())
                .toList();
        try (Stream<Path> files = Files.walk(libraries)) {
            List<String> there =
                    files.filter(Files::isRegularFile).map(ImagesTest::sha256).toList();
            assertThat(told).containsExactlyInAnyOrderElementsOf(there);
        }
        assertThat(bom.path("components")
                        .valueStream()
                        .map(component -> component.path("purl").asText()))
                .allMatch(purl -> purl.startsWith("pkg:maven/"))
                .anyMatch(purl -> purl.startsWith("pkg:maven/io.quarkus/quarkus-core@"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eclipse-temurin:25-jre", "eclipse-temurin", "eclipse-temurin@sha256:12", "tar:/nowhere.tar"})
    void a_base_that_may_be_another_one_tomorrow_is_refused(String wrong, @TempDir Path output) {
        Outcome outcome = run("--repo", REPOSITORY.toString(), "--output", output.toString(), "--base", wrong);

        assertThat(outcome.status).isEqualTo(2);
        assertThat(outcome.printed).contains("--base " + wrong);
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void what_is_not_packaged_is_said(@TempDir Path empty) {
        Outcome outcome =
                run("--repo", empty.toString(), "--output", empty.resolve("out").toString(), "--base", base);

        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.printed)
                .contains("gateway-service/target/quarkus-app is not there")
                .contains("./earshot image");
    }

    private record Outcome(int status, String printed) {}

    private static Outcome run(String... arguments) {
        StringWriter printed = new StringWriter();
        int status = Main.run(new PrintWriter(printed), arguments);
        return new Outcome(status, printed.toString());
    }

    private Archive archive(Service service) {
        return Objects.requireNonNull(archives.get(service));
    }

    private static List<String> digests(String printed) {
        return Pattern.compile("sha256:[0-9a-f]{64}")
                .matcher(printed)
                .results()
                .map(found -> found.group())
                .toList();
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void delete(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

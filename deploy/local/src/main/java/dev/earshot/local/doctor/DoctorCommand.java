package dev.earshot.local.doctor;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Report;
import dev.earshot.doctor.Severity;
import dev.earshot.local.Console;
import dev.earshot.local.HomeOptions;
import dev.earshot.local.home.EnvFile;
import dev.earshot.local.home.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: proves that a deployment's configuration leads to what is really there. */
@Command(name = "doctor")
public final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final HomeOptions where = new HomeOptions();

    @Option(names = "--gateway-env")
    private List<Path> gatewayFiles = new ArrayList<>();

    @Option(names = "--fetcher-env")
    private List<Path> fetcherFiles = new ArrayList<>();

    @Option(names = "--webhook-url")
    private @Nullable String webhookUrl;

    @Option(names = "--timeout")
    private @Nullable Integer timeout;

    @Option(names = "--json")
    private boolean json;

    public DoctorCommand(Console console) {
        this.console = console;
    }

    /** @return 0 if all is well, 1 if something must be changed */
    @Override
    public Integer call() throws StackFailure, InterruptedException {
        boolean local = gatewayFiles.isEmpty() && fetcherFiles.isEmpty();
        if (local && !Files.exists(where.home().stackFile())) {
            throw new StackFailure("No local stack is running in "
                    + where.home().root() + ": start it (./earshot up), or name --gateway-env and --fetcher-env");
        }
        String nonce = UUID.randomUUID().toString();
        List<Finding> findings = new ArrayList<>();
        boolean written = false;
        if (local || !fetcherFiles.isEmpty()) {
            List<Finding> fetcher = examine("fetcher", files(local, "fetcher", fetcherFiles), "--probe", nonce);
            // What could not be written is no fault of who does not find it.
            written = fetcher.stream()
                    .anyMatch(finding -> finding.check().equals("store") && finding.severity() == Severity.OK);
            findings.addAll(fetcher);
        }
        if (local || !gatewayFiles.isEmpty()) {
            List<String> options = new ArrayList<>(written ? List.of("--probe", nonce) : List.of());
            if (webhookUrl != null) {
                options.addAll(List.of("--webhook-url", webhookUrl));
            }
            findings.addAll(examine("gateway", files(local, "gateway", gatewayFiles), options.toArray(String[]::new)));
        }
        return summary(findings);
    }

    private List<Path> files(boolean local, String service, List<Path> given) {
        return local ? List.of(where.home().run(service + ".env")) : given;
    }

    private List<Finding> examine(String service, List<Path> files, String... options)
            throws StackFailure, InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Path file : files) {
            environment.putAll(EnvFile.read(file));
        }
        List<String> arguments = new ArrayList<>(List.of(options));
        if (timeout != null) {
            arguments.addAll(List.of("--timeout", timeout.toString()));
        }
        ServiceDoctor.Said said = new ServiceDoctor(where.repository(), service).examine(environment, arguments);
        console.line(json ? said.line() : Report.text(service, said.findings()).stripTrailing());
        return said.findings();
    }

    private int summary(List<Finding> findings) {
        long wrong = findings.stream()
                .filter(finding -> finding.severity().compareTo(Severity.WARNING) > 0)
                .count();
        if (!json) {
            console.line(wrong == 0 ? "Nothing has to be changed." : wrong + " finding(s) that must be looked at.");
        }
        return wrong == 0 ? 0 : 1;
    }
}

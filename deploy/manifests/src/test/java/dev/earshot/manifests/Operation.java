package dev.earshot.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How pods are run: bounded, probed, spread, stopped with enough time, and with a spool that holds what it may hold. */
final class Operation {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");
    /** What is closed after a drain: consumers, producers, pools. */
    private static final long CLOSING_SECONDS = 15;

    private Operation() {}

    static List<String> problems(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        Workload.of(rendered).forEach(workload -> {
            Problems here = problems.of(workload.name());
            workload.containers().forEach(container -> {
                resources(container, here);
                image(container, here);
            });
            workload.deployment().ifPresent(deployment -> {
                probes(workload.container(), here);
                spread(deployment, here);
                budget(deployment, rendered, here);
                grace(workload, rendered, here);
                if (workload.service().equals("fetcher")) {
                    spool(workload, rendered, here);
                }
            });
        });
        List<String> tags = Workload.of(rendered)
                .flatMap(Workload::containers)
                .map(Operation::tag)
                .distinct()
                .toList();
        problems.require(tags.size() == 1, "has images of several versions: " + tags);
        return problems.found();
    }

    private static void resources(Container container, Problems problems) {
        for (String resource : RESOURCES) {
            Quantity request = container.getResources().getRequests().get(resource);
            Quantity limit = container.getResources().getLimits().get(resource);
            problems.require(request != null && limit != null, "has no request or no limit of " + resource);
            if (request != null && limit != null) {
                problems.require(
                        bytes(request).compareTo(bytes(limit)) <= 0, "requests more than its limit of " + resource);
                problems.require(
                        !resource.equals("memory") || bytes(request).compareTo(bytes(limit)) == 0,
                        "may use memory that it did not request");
            }
        }
    }

    private static String tag(Container container) {
        String image = container.getImage();
        String last = image.substring(image.lastIndexOf('/') + 1);
        return last.contains(":") ? last.substring(last.indexOf(':') + 1) : "";
    }

    private static void image(Container container, Problems problems) {
        String tag = tag(container);
        problems.require(
                !tag.isEmpty() && !tag.equals("latest"), "has an image without a fixed tag: " + container.getImage());
    }

    private static void probes(Container container, Problems problems) {
        probe(container, container.getStartupProbe(), "/q/health/started", problems);
        probe(container, container.getLivenessProbe(), "/q/health/live", problems);
        probe(container, container.getReadinessProbe(), "/q/health/ready", problems);
        Probe liveness = container.getLivenessProbe();
        problems.require(
                liveness != null && liveness.getPeriodSeconds() * liveness.getFailureThreshold() >= 30,
                "is killed after less than half a minute of silence");
    }

    private static void probe(Container container, Probe probe, String path, Problems problems) {
        List<String> ports =
                container.getPorts().stream().map(ContainerPort::getName).toList();
        problems.require(
                probe != null
                        && probe.getHttpGet() != null
                        && path.equals(probe.getHttpGet().getPath())
                        && ports.contains(probe.getHttpGet().getPort().getStrVal()),
                "has no probe of " + path + " on a port that it has");
    }

    private static void spread(Deployment deployment, Problems problems) {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        Map<String, String> selector = deployment.getSpec().getSelector().getMatchLabels();
        problems.require(labels.entrySet().containsAll(selector.entrySet()), "does not select its own pods");
        List<TopologySpreadConstraint> spread =
                deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints();
        problems.require(
                spread.stream()
                        .map(TopologySpreadConstraint::getTopologyKey)
                        .toList()
                        .containsAll(List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")),
                "is not spread over zones and nodes");
        problems.require(
                spread.stream()
                        .allMatch(
                                each -> each.getLabelSelector().getMatchLabels().equals(selector)),
                "is spread by other pods than its own");
    }

    /** Bulk fetchers come and go: nobody waits for one. */
    private static void budget(Deployment deployment, Rendered rendered, Problems problems) {
        problems.require(
                deployment.getMetadata().getName().endsWith("-bulk")
                        || rendered.all(PodDisruptionBudget.class).stream()
                                .anyMatch(budget -> budget.getSpec()
                                        .getSelector()
                                        .getMatchLabels()
                                        .equals(deployment
                                                .getSpec()
                                                .getSelector()
                                                .getMatchLabels())),
                "has no disruption budget");
    }

    private static void grace(Workload workload, Rendered rendered, Problems problems) {
        Configuration set = Configuration.of(workload, rendered);
        long drain = workload.service().equals("gateway")
                ? set.seconds("earshot.shutdown.drain") + set.seconds("earshot.outcomes.drain")
                : set.seconds("earshot.fetch.drain");
        long before = Optional.ofNullable(workload.container().getLifecycle())
                .map(lifecycle -> lifecycle.getPreStop().getSleep().getSeconds())
                .orElse(0L);
        long grace = Objects.requireNonNullElse(workload.pod().getSpec().getTerminationGracePeriodSeconds(), 30L);
        problems.require(
                grace >= before + drain + CLOSING_SECONDS,
                "is killed after " + grace + " s, and may need " + (before + drain + CLOSING_SECONDS));
    }

    private static void spool(Workload workload, Rendered rendered, Problems problems) {
        Configuration set = Configuration.of(workload, rendered);
        String folder = set.value("earshot.spool.directory");
        String name = workload.container().getVolumeMounts().stream()
                .filter(mount -> folder.equals(mount.getMountPath()))
                .map(VolumeMount::getName)
                .findFirst()
                .orElse("");
        Optional<Volume> volume = workload.pod().getSpec().getVolumes().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst();
        problems.require(volume.isPresent(), "has no volume at its spool's folder " + folder);
        volume.ifPresent(found -> size(found, workload, set.bytes("earshot.spool.budget"), problems));
    }

    private static void size(Volume spool, Workload workload, BigDecimal budget, Problems problems) {
        if (spool.getEmptyDir() != null) {
            BigDecimal size = bytes(spool.getEmptyDir().getSizeLimit());
            BigDecimal limit = amount(workload.container().getResources().getLimits(), "ephemeral-storage");
            problems.require(
                    size.compareTo(budget) > 0, "has a spool volume that does not hold its budget of " + budget);
            problems.require(limit.compareTo(size) > 0, "is evicted before its spool volume is full");
        } else {
            BigDecimal size = amount(
                    spool.getEphemeral()
                            .getVolumeClaimTemplate()
                            .getSpec()
                            .getResources()
                            .getRequests(),
                    "storage");
            // What a file system keeps for itself.
            BigDecimal usable = size.multiply(new BigDecimal("0.95"));
            problems.require(
                    usable.compareTo(budget) > 0, "has a spool volume that does not hold its budget of " + budget);
        }
    }

    /** None is nothing. */
    private static BigDecimal amount(Map<String, Quantity> quantities, String name) {
        return bytes(quantities.getOrDefault(name, new Quantity("0")));
    }

    private static BigDecimal bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}

package dev.earshot.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether what refers to something by its name finds it. A name with a typing error is valid, and does nothing. */
final class References {
    private References() {}

    static List<String> problems(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        services(rendered, problems);
        autoscaled(rendered)
                .forEach(name -> problems.require(
                        rendered.all(Deployment.class).stream()
                                .anyMatch(each -> each.getMetadata().getName().equals(name)
                                        && each.getSpec().getReplicas() == null),
                        "an autoscaler and the Deployment " + name
                                + " both say how many, or the Deployment is not there"));
        rendered.ofKind("HTTPRoute")
                .flatMap(route -> route.at("/spec/rules").valueStream())
                .flatMap(rule -> rule.path("backendRefs").valueStream())
                .forEach(backend -> problems.require(
                        rendered.all(Service.class).stream().anyMatch(service -> serves(service, backend)),
                        "a route leads to a Service or port that is not there: " + backend));
        return problems.found();
    }

    /** The names of all Secrets that pods take something from. */
    static SortedSet<String> secrets(Rendered rendered) {
        SortedSet<String> names = new TreeSet<>();
        rendered.documents().stream()
                .filter(document -> List.of("Deployment", "Job").contains(Rendered.kind(document)))
                .forEach(document -> {
                    document.findValues("secretKeyRef")
                            .forEach(ref -> names.add(ref.path("name").asText()));
                    document.findValuesAsText("secretName").forEach(names::add);
                });
        return names;
    }

    private static void services(Rendered rendered, Problems problems) {
        for (Service service : rendered.all(Service.class)) {
            List<Workload> selected = Workload.of(rendered)
                    .filter(workload -> workload.pod()
                            .getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(service.getSpec().getSelector().entrySet()))
                    .toList();
            String name = service.getMetadata().getName();
            problems.require(!selected.isEmpty(), "the Service " + name + " selects nothing");
            service.getSpec()
                    .getPorts()
                    .forEach(port -> selected.forEach(workload -> problems.require(
                            workload.container().getPorts().stream()
                                    .map(ContainerPort::getName)
                                    .anyMatch(port.getTargetPort().getStrVal()::equals),
                            "the Service " + name + " leads to a port that " + workload + " does not have")));
        }
    }

    private static List<String> autoscaled(Rendered rendered) {
        Stream<String> byProcessor = rendered.all(HorizontalPodAutoscaler.class).stream()
                .map(each -> each.getSpec().getScaleTargetRef().getName());
        Stream<String> byLag = rendered.ofKind("ScaledObject")
                .map(each -> each.at("/spec/scaleTargetRef/name").asText());
        return Stream.concat(byProcessor, byLag).toList();
    }

    private static boolean serves(Service service, JsonNode backend) {
        return service.getMetadata().getName().equals(backend.path("name").asText())
                && service.getSpec().getPorts().stream()
                        .anyMatch(port -> port.getPort() == backend.path("port").asInt());
    }
}

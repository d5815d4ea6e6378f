package dev.earshot.manifests;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What runs pods.
 *
 * @param deployment empty for the Job
 */
record Workload(String name, PodTemplateSpec pod, Optional<Deployment> deployment) {
    static Stream<Workload> of(Rendered rendered) {
        Stream<Workload> deployments = rendered.all(Deployment.class).stream()
                .map(each -> new Workload(
                        each.getMetadata().getName(), each.getSpec().getTemplate(), Optional.of(each)));
        Stream<Workload> jobs = rendered.all(Job.class).stream()
                .map(each -> new Workload(
                        each.getMetadata().getName(), each.getSpec().getTemplate(), Optional.empty()));
        return Stream.concat(deployments, jobs);
    }

    /** The only one: a second container would share all that the first may do. */
    Container container() {
        if (pod.getSpec().getContainers().size() != 1) {
            throw new IllegalArgumentException(name + " has not exactly one container");
        }
        return pod.getSpec().getContainers().getFirst();
    }

    /** What looks before it starts whether its configuration leads anywhere, if anything does. */
    Optional<Container> doctor() {
        List<Container> first = pod.getSpec().getInitContainers();
        if (first.size() > 1 || !first.stream().allMatch(each -> each.getName().equals("doctor"))) {
            throw new IllegalArgumentException(name + " has an init container that is no doctor");
        }
        return first.stream().findFirst();
    }

    /** Both. */
    Stream<Container> containers() {
        return Stream.concat(doctor().stream(), Stream.of(container()));
    }

    /** Which service its image holds: {@code gateway} or {@code fetcher}. */
    String service() {
        return container().getImage().contains("gateway-service") ? "gateway" : "fetcher";
    }

    /** Its environment as the container sees it; what comes from a Secret is empty. */
    Map<String, String> environment(Rendered rendered) {
        Map<String, String> environment = new TreeMap<>();
        for (EnvFromSource source : container().getEnvFrom()) {
            if (source.getConfigMapRef() == null || source.getPrefix() != null) {
                throw new IllegalArgumentException(name + " takes a whole environment from what is no ConfigMap");
            }
            environment.putAll(data(rendered, source.getConfigMapRef().getName()));
        }
        for (EnvVar variable : container().getEnv()) {
            environment.put(
                    variable.getName(), Optional.ofNullable(variable.getValue()).orElse(""));
        }
        return environment;
    }

    private Map<String, String> data(Rendered rendered, String configMap) {
        return rendered.all(ConfigMap.class).stream()
                .filter(each -> each.getMetadata().getName().equals(configMap))
                .findFirst()
                .map(ConfigMap::getData)
                .orElseThrow(() ->
                        new IllegalArgumentException(name + " wants a ConfigMap that is not there: " + configMap));
    }

    @Override
    public String toString() {
        return name;
    }
}

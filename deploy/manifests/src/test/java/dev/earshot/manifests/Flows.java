package dev.earshot.manifests;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the network policies let through, one line a flow: {@code gateway -> namespace database TCP 5432} and
 * {@code gateway <- namespace ingress TCP 8080}. Pods are told by their component, namespaces by our label.
 */
final class Flows {
    private static final String ANYTHING = "anything";

    private Flows() {}

    static SortedSet<String> of(Rendered rendered) {
        SortedSet<String> flows = new TreeSet<>();
        for (NetworkPolicy policy : rendered.all(NetworkPolicy.class)) {
            for (String pods : pods(policy.getSpec().getPodSelector())) {
                policy.getSpec().getEgress().forEach(rule -> add(flows, pods + " -> ", rule.getTo(), rule.getPorts()));
                policy.getSpec()
                        .getIngress()
                        .forEach(rule -> add(flows, pods + " <- ", rule.getFrom(), rule.getPorts()));
            }
        }
        return flows;
    }

    /** Whether a policy denies to every pod, in both directions, what no other one allows. */
    static boolean denyByDefault(Rendered rendered) {
        return rendered.all(NetworkPolicy.class).stream()
                .anyMatch(policy -> pods(policy.getSpec().getPodSelector()).equals(List.of("all"))
                        && policy.getSpec().getPolicyTypes().containsAll(List.of("Ingress", "Egress"))
                        && policy.getSpec().getIngress().isEmpty()
                        && policy.getSpec().getEgress().isEmpty());
    }

    private static void add(
            SortedSet<String> flows, String pods, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        List<String> to = peers.isEmpty()
                ? List.of(ANYTHING)
                : peers.stream().flatMap(peer -> peer(peer).stream()).toList();
        List<String> by = ports.isEmpty()
                ? List.of(ANYTHING)
                : ports.stream()
                        .map(port -> port.getProtocol() + " " + port(port))
                        .toList();
        to.forEach(peer -> by.forEach(port -> flows.add(pods + peer + " " + port)));
    }

    private static String port(NetworkPolicyPort port) {
        String first = String.valueOf(port.getPort().getValue());
        return port.getEndPort() == null ? first : first + "-" + port.getEndPort();
    }

    private static List<String> peer(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return List.of(isPublic(peer) ? "public" : peer.getIpBlock().getCidr());
        }
        String namespace = peer.getNamespaceSelector() == null
                ? ""
                : "namespace " + String.join(" and ", labels(peer.getNamespaceSelector())) + " ";
        List<String> pods = peer.getPodSelector() == null ? List.of("") : pods(peer.getPodSelector());
        return pods.stream().map(each -> (namespace + each).trim()).toList();
    }

    /** Everything but what is private, the cloud's metadata service among it. */
    private static boolean isPublic(NetworkPolicyPeer peer) {
        return peer.getIpBlock().getCidr().equals("0.0.0.0/0")
                && peer.getIpBlock()
                        .getExcept()
                        .containsAll(List.of(
                                "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"));
    }

    /** One for each alternative. */
    private static List<String> pods(LabelSelector selector) {
        List<String> labels = labels(selector);
        return labels.isEmpty() ? List.of("all") : labels;
    }

    private static List<String> labels(LabelSelector selector) {
        Stream<String> equal =
                selector.getMatchLabels().entrySet().stream().map(label -> shortened(label.getKey(), label.getValue()));
        List<String> labels = new ArrayList<>(equal.toList());
        for (LabelSelectorRequirement requirement : selector.getMatchExpressions()) {
            if (!requirement.getOperator().equals("In") || !labels.isEmpty()) {
                throw new IllegalArgumentException("a selector that is not understood here: " + selector);
            }
            requirement.getValues().forEach(value -> labels.add(shortened(requirement.getKey(), value)));
        }
        if (labels.size() > 1 && !selector.getMatchLabels().isEmpty()) {
            return List.of(String.join(" and ", labels));
        }
        return labels;
    }

    private static String shortened(String key, String value) {
        return switch (key) {
            case "app.kubernetes.io/component", "kubernetes.io/metadata.name", "k8s-app" -> value;
            case "cnpg.io/cluster" -> "instances of " + value;
            default ->
                key.startsWith("earshot.dev/") && value.equals("true")
                        ? key.substring("earshot.dev/".length())
                        : key + "=" + value;
        };
    }
}

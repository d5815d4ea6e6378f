package dev.earshot.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Optional;

/** What the Pod Security Standard "restricted" asks for, and more: no token, nothing of the node, a root file system that nobody writes. */
final class PodSecurity {
    private PodSecurity() {}

    static List<String> problems(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        Workload.of(rendered).forEach(workload -> {
            Problems here = problems.of(workload.name());
            pod(workload.pod().getSpec(), rendered, here);
            workload.containers().forEach(container -> container(container, here));
            workload.pod().getSpec().getVolumes().forEach(volume -> volume(volume, here));
        });
        rendered.all(ServiceAccount.class)
                .forEach(account -> problems.require(
                        Boolean.FALSE.equals(account.getAutomountServiceAccountToken()),
                        account.getMetadata().getName() + " mounts a token"));
        return problems.found();
    }

    private static void pod(PodSpec pod, Rendered rendered, Problems problems) {
        problems.require(Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()), "mounts a token");
        problems.require(Boolean.FALSE.equals(pod.getEnableServiceLinks()), "has service links");
        problems.require(
                rendered.find("ServiceAccount", String.valueOf(pod.getServiceAccountName()))
                        .isPresent(),
                "has no service account of its own");
        problems.require(pod.getHostNetwork() == null, "uses the node's network");
        problems.require(pod.getHostPID() == null, "sees the node's processes");
        problems.require(pod.getHostIPC() == null, "shares the node's IPC");
        PodSecurityContext security =
                Optional.ofNullable(pod.getSecurityContext()).orElseGet(PodSecurityContext::new);
        problems.require(Boolean.TRUE.equals(security.getRunAsNonRoot()), "may run as root");
        problems.require(
                security.getRunAsUser() != null && security.getRunAsUser() == 10001,
                "does not run as the images' user, 10001");
        problems.require(
                security.getSeccompProfile() != null
                        && "RuntimeDefault".equals(security.getSeccompProfile().getType()),
                "has no seccomp profile");
    }

    private static void container(Container container, Problems problems) {
        SecurityContext security =
                Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
        problems.require(
                Boolean.FALSE.equals(security.getAllowPrivilegeEscalation()), "may get more privileges than it has");
        problems.require(
                Boolean.TRUE.equals(security.getReadOnlyRootFilesystem()), "may write to its root file system");
        problems.require(security.getPrivileged() == null, "is privileged");
        problems.require(security.getRunAsUser() == null, "has a user other than its pod's");
        problems.require(
                security.getCapabilities() != null
                        && security.getCapabilities().getDrop().equals(List.of("ALL"))
                        && security.getCapabilities().getAdd().isEmpty(),
                "keeps capabilities");
    }

    /** Scratch that is bounded, and what is mounted to be read. */
    private static void volume(Volume volume, Problems problems) {
        boolean scratch = volume.getEmptyDir() != null && volume.getEmptyDir().getSizeLimit() != null;
        problems.require(
                scratch || volume.getSecret() != null || volume.getConfigMap() != null || volume.getEphemeral() != null,
                "has a volume that is neither bounded scratch nor a Secret or ConfigMap: " + volume.getName());
    }
}

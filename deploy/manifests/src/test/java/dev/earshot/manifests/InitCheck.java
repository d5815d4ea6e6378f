package dev.earshot.manifests;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Files;
import java.util.List;

/** Whether the doctor of a pod examines what its service will have: the same image, environment and files. */
final class InitCheck {
    private InitCheck() {}

    static List<String> problems(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        Workload.of(rendered)
                .forEach(workload -> workload.doctor()
                        .ifPresent(doctor -> same(workload, doctor, problems.of(workload.name() + "'s doctor"))));
        return problems.found();
    }

    /** The Deployments whose pods have one. */
    static List<String> examined(Rendered rendered) {
        return Workload.of(rendered)
                .filter(workload -> workload.doctor().isPresent())
                .map(Workload::name)
                .toList();
    }

    private static void same(Workload workload, Container doctor, Problems problems) {
        Container service = workload.container();
        problems.require(doctor.getImage().equals(service.getImage()), "has another image");
        problems.require(doctor.getEnvFrom().equals(service.getEnvFrom()), "has other ConfigMaps");
        problems.require(doctor.getEnv().equals(service.getEnv()), "has other variables");
        problems.require(doctor.getVolumeMounts().equals(service.getVolumeMounts()), "has other files");
        problems.require(doctor.getCommand().getLast().equals("--init"), "does not decide about a start");
        String main = doctor.getCommand().get(doctor.getCommand().size() - 2);
        problems.require(
                Files.exists(Repository.ROOT.resolve(
                        workload.service() + "-service/src/main/java/" + main.replace('.', '/') + ".java")),
                "is no class of the " + workload.service() + ": " + main);
    }
}

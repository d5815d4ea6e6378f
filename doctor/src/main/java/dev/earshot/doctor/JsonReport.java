package dev.earshot.doctor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Findings for programs: one object on one line. */
final class JsonReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonReport() {}

    static String text(String service, List<Finding> findings) {
        ObjectNode report = MAPPER.createObjectNode().put("service", service);
        ArrayNode all = report.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode one = all.addObject()
                    .put("severity", finding.severity().text())
                    .put("check", finding.check())
                    .put("found", finding.found());
            if (!finding.change().isEmpty()) {
                one.put("change", finding.change());
            }
            ArrayNode keys = one.putArray("keys");
            finding.keys().forEach(keys::add);
        }
        return report.toString();
    }
}

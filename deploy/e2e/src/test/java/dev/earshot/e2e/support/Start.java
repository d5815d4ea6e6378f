package dev.earshot.e2e.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one start of a service has beyond the stack's own: it holds until the service is started again. */
public final class Start {
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> jvm = new ArrayList<>();
    private boolean mayEnd;

    private Start() {}

    public static Start normally() {
        return new Start();
    }

    /** A configuration key. */
    public Start with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Options of the Java virtual machine. */
    public Start jvm(String... options) {
        jvm.addAll(List.of(options));
        return this;
    }

    /** Its end, which nobody asked for, does not bring the stack down. */
    public Start mayEnd() {
        mayEnd = true;
        return this;
    }

    ObjectNode json() {
        ObjectNode json = Http.JSON.createObjectNode().put("mayEnd", mayEnd);
        json.set("properties", Http.JSON.valueToTree(properties));
        json.set("jvm", Http.JSON.valueToTree(jvm));
        return json;
    }
}

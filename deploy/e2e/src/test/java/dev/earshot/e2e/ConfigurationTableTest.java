package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.earshot.e2e.support.Stack;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table of configuration keys is complete and true: keys, variables, defaults and services. */
class ConfigurationTableTest {
    private static final Pattern ROW = Pattern.compile(
            "\\| `(earshot\\.[^`]+)` \\| `([A-Z0-9_]+)` \\| (?:`([^`]*)`|(required|–)) \\| (gateway|fetcher|both) \\| (\\S.*) \\|");

    private record Row(String variable, String standard, String service) {}

    @Test
    void the_readme_tells_every_key_with_its_variable_default_and_service() throws Exception {
        Map<String, Row> inCode = new TreeMap<>();
        keys("gateway").forEach((key, standard) -> inCode.put(key, new Row(variable(key), standard, "gateway")));
        keys("fetcher")
                .forEach((key, standard) ->
                        inCode.merge(key, new Row(variable(key), standard, "fetcher"), ConfigurationTableTest::shared));

        assertThat(rows()).containsExactlyInAnyOrderEntriesOf(inCode);
    }

    private static Row shared(Row gateway, Row fetcher) {
        assertThat(fetcher.standard).as("one default in both services").isEqualTo(gateway.standard);
        return new Row(gateway.variable, gateway.standard, "both");
    }

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        List<String> malformed = new ArrayList<>();
        for (String line : Files.readAllLines(Stack.root().resolve("README.md"))) {
            if (line.startsWith("| `earshot.") && line.contains("_")) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    String standard = row.group(3) == null ? row.group(4) : row.group(3);
                    rows.put(row.group(1), new Row(row.group(2), standard, row.group(5)));
                } else {
                    malformed.add(line);
                }
            }
        }
        assertThat(malformed).isEmpty();
        return rows;
    }

    private static Map<String, String> keys(String service) {
        Map<String, String> keys = new TreeMap<>();
        Collection<JavaClass> mappings = new ClassFileImporter()
                .importPackages("dev.earshot." + service).stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .toList();
        assertThat(mappings).isNotEmpty();
        for (JavaClass mapping : mappings) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping.reflect()))
                    .forEach((key, property) -> {
                        // A list has an indexed form of each key as well; nobody sets it.
                        if (!property.isGroup() && !property.isDefaultMethod() && !key.endsWith("[*]")) {
                            keys.put(key, standard(property));
                        }
                    });
        }
        return keys;
    }

    private static String standard(Property property) {
        if (property.hasDefaultValue() && property.getDefaultValue() != null) {
            return property.getDefaultValue();
        }
        return property.getMethod().getReturnType() == Optional.class ? "–" : "required";
    }

    /** SmallRye Config's rule for environment variables: everything but letters and digits becomes an underscore. */
    private static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}

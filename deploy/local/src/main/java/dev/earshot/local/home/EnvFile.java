package dev.earshot.local.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Environment variables in a file, one {@code NAME=value} on a line as it is, as {@code docker --env-file} and kustomize read them. */
public final class EnvFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EnvFile() {}

    /** @throws StackFailure naming the file and the line, but not what stands there */
    public static Map<String, String> read(Path file) throws StackFailure {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new StackFailure(file + " cannot be read", e);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                if (equals < 0 || !NAME.matcher(line.substring(0, equals)).matches()) {
                    throw new StackFailure(file + ", line " + (i + 1) + ": is not NAME=value");
                }
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables;
    }

    /** Readable by its owner alone: passwords stand in it. */
    public static void write(Path file, Map<String, String> variables) throws IOException {
        Path made = Files.createTempFile(
                file.getParent(),
                ".env",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> lines = new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList();
        Files.write(made, lines);
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A configuration key as a variable, by SmallRye Config's rule. */
    public static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}

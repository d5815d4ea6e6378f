package dev.earshot.local.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a gateway uses at a moment.
 *
 * @param residentKib resident memory, as the operating system counts it
 * @param heapBytes used heap, garbage included
 * @param heapMaxBytes {@code -Xmx}
 * @param connections to the database, LISTEN included
 * @param files open file descriptors
 */
record GatewayUse(long residentKib, long heapBytes, long heapMaxBytes, long threads, long connections, long files) {
    /** The table of some moments, with a name for each. */
    static String table(List<String> names, List<GatewayUse> moments) {
        StringBuilder table = new StringBuilder("  gateway           ");
        names.forEach(name -> table.append(String.format(Locale.ROOT, " %10s", name)));
        row(
                table,
                "resident, MB",
                moments.stream().map(use -> use.residentKib / 1024).toList());
        row(
                table,
                "heap used, MB",
                moments.stream().map(use -> mega(use.heapBytes)).toList());
        row(
                table,
                "heap limit, MB",
                moments.stream().map(use -> mega(use.heapMaxBytes)).toList());
        row(table, "threads", moments.stream().map(GatewayUse::threads).toList());
        row(
                table,
                "database conns",
                moments.stream().map(GatewayUse::connections).toList());
        row(table, "open files", moments.stream().map(GatewayUse::files).toList());
        return table.toString();
    }

    private static long mega(long bytes) {
        return bytes / (1024 * 1024);
    }

    private static void row(StringBuilder table, String name, List<Long> values) {
        table.append(String.format(Locale.ROOT, "%n  %-18s", name));
        values.forEach(value -> table.append(String.format(Locale.ROOT, " %10d", value)));
    }
}

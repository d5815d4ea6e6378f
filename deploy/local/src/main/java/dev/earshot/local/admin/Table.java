package dev.earshot.local.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under a head, each column as wide as it needs. */
final class Table {
    private static final String BETWEEN = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int columns;

    Table(String... head) {
        columns = head.length;
        rows.add(head);
    }

    Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("a row needs " + columns + " cells");
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .toArray(String[]::new));
        return this;
    }

    List<String> lines() {
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row[column].length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(BETWEEN);
        }
        return "  " + line.toString().stripTrailing();
    }
}

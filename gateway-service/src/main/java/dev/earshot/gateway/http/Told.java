package dev.earshot.gateway.http;

/** What a caller told, as it may be repeated in the answer. */
public final class Told {
    /** As much of it as is of use to whoever mistyped it. */
    private static final int LONGEST = 40;

    private Told() {}

    /** Short, and nothing but printable ASCII. */
    public static String shown(String name) {
        String printable = printable(name);
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
    }

    /** Nothing but printable ASCII. */
    public static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }
}

package dev.earshot.manifests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The commands of the {@code earshot} script, by its help texts. Whether those are true the tests of each command show. */
final class FrontDoor {
    private static final Pattern HELP = Pattern.compile("(?s)\nhelp_([a-z]+)\\(\\) \\{\n  cat <<'TEXT'\n(.*?)\nTEXT\n");
    /** The first line of a command's help, or of one of an operator's verbs, and the lines that go on with it. */
    private static final Pattern SYNOPSIS =
            Pattern.compile("(?m)^(?:\\./earshot|  (?=[a-z])) ?(.*(?:\n {8,}[\\[(].*)*)");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z-]+");
    private static final Pattern OPTIONAL = Pattern.compile("\\[[^\\[\\]]*]");
    private static final Pattern ONE_OF = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern COMMON = Pattern.compile("(?m)^  (--[a-z-]+)");
    /** Where verbs of their own follow, as in {@code admin}. */
    private static final String VERBS = " VERB ";

    private static final List<Way> WAYS = HELP.matcher(Repository.read("earshot"))
            .results()
            .filter(help -> !help.group(1).equals("all"))
            .flatMap(help -> ways(help.group(2)))
            .toList();

    private FrontDoor() {}

    /**
     * One way to call it.
     *
     * @param words before the first option; in capitals what stands for something else
     * @param known options that it takes
     * @param demanded of each set one option
     */
    private record Way(List<String> words, Set<String> known, List<Set<String>> demanded) {
        boolean isMeant(List<String> said) {
            return words.size() == said.size()
                    && IntStream.range(0, said.size())
                            .allMatch(at -> words.get(at).matches("[A-Z]+")
                                    || words.get(at).equals(said.get(at)));
        }

        List<String> flaws(Set<String> options) {
            List<String> flaws = new ArrayList<>();
            options.stream()
                    .filter(option -> !known.contains(option) && !option.equals("--help"))
                    .forEach(option -> flaws.add("does not know " + option));
            demanded.stream()
                    .filter(any -> any.stream().noneMatch(options::contains))
                    .forEach(any -> flaws.add("wants " + String.join(" or ", any)));
            return flaws;
        }
    }

    /** What is wrong with a command, without the {@code ./earshot} before it. */
    static List<String> flaws(String command) {
        List<String> words = Arrays.stream(command.strip().split("\\s+", -1))
                .takeWhile(word -> !word.startsWith("-"))
                .toList();
        Set<String> options = options(command);
        if (words.stream().allMatch(String::isEmpty)) {
            return options.equals(Set.of("--help")) ? List.of() : List.of("says nothing");
        }
        if (isOfVerbs(words) && Set.of("--help").containsAll(options)) {
            return List.of();
        }
        List<List<String>> flaws = WAYS.stream()
                .filter(way -> way.isMeant(words))
                .map(way -> way.flaws(options))
                .toList();
        return flaws.stream()
                .filter(List::isEmpty)
                .findFirst()
                .or(() -> flaws.stream().findFirst())
                .orElse(List.of("there is no such command"));
    }

    /** A command that has verbs, which a text may name by itself. */
    private static boolean isOfVerbs(List<String> words) {
        return words.size() == 1
                && WAYS.stream()
                        .anyMatch(way ->
                                way.words().size() > 1 && way.words().getFirst().equals(words.getFirst()));
    }

    private static Stream<Way> ways(String help) {
        List<String> synopses =
                SYNOPSIS.matcher(help).results().map(found -> found.group(1)).toList();
        String first = synopses.getFirst();
        if (!first.contains(VERBS)) {
            return Stream.of(way(first, Set.of()));
        }
        Set<String> common =
                COMMON.matcher(help).results().map(found -> found.group(1)).collect(Collectors.toSet());
        String command = first.substring(0, first.indexOf(VERBS) + 1);
        return synopses.stream().skip(1).map(verb -> way(command + verb, common));
    }

    private static Way way(String synopsis, Set<String> common) {
        Set<String> known = options(synopsis);
        known.addAll(common);
        String needed = OPTIONAL.matcher(synopsis).replaceAll(" ").replace("...", "");
        List<Set<String>> demanded = ONE_OF.matcher(needed)
                .results()
                .map(group -> options(group.group(1)))
                .collect(Collectors.toCollection(ArrayList::new));
        String plain = ONE_OF.matcher(needed).replaceAll(" ");
        options(plain).forEach(option -> demanded.add(Set.of(option)));
        Matcher first = OPTION.matcher(plain);
        String words = first.find() ? plain.substring(0, first.start()) : plain;
        return new Way(List.of(words.strip().split("\\s+", -1)), known, demanded);
    }

    private static Set<String> options(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}

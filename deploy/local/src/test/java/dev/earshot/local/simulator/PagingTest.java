package dev.earshot.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagingTest {
    private static final String PATH = "/2010-04-01/Accounts/AC1/Recordings.json";

    @Test
    void fiftyToAPageUnlessAsked() {
        Paging paging = Paging.of(PATH, MultiMap.caseInsensitiveMultiMap());

        assertThat(paging.page(numbers(120), PagingTest::sid)).hasSize(50).startsWith(0);
        assertThat(paging.json(numbers(120), PagingTest::sid).getString("next_page_uri"))
                .isEqualTo(PATH + "?PageSize=50&Page=1&PageToken=PA49");
    }

    @Test
    void theLastPageHasNoNext() {
        Paging paging = Paging.of(PATH, query("50", "2"));
        JsonObject json = paging.json(numbers(120), PagingTest::sid);

        assertThat(paging.page(numbers(120), PagingTest::sid)).hasSize(20).startsWith(100);
        assertThat(json.getString("next_page_uri")).isNull();
        assertThat(json.getString("previous_page_uri")).isEqualTo(PATH + "?PageSize=50&Page=1");
        assertThat(json.getInteger("end")).isEqualTo(119);
    }

    @Test
    void aThousandAtMostAndNothingBeyondTheEnd() {
        assertThat(Paging.of(PATH, query("5000", "0")).page(numbers(1500), PagingTest::sid))
                .hasSize(1000);
        assertThat(Paging.of(PATH, query("50", "9")).page(numbers(120), PagingTest::sid))
                .isEmpty();
    }

    @Test
    void linksKeepTheFilters() {
        MultiMap query = query("2", "0").add("DateCreated>", "2026-11-01");

        assertThat(Paging.of(PATH, query).json(numbers(10), PagingTest::sid).getString("next_page_uri"))
                .isEqualTo(PATH + "?PageSize=2&Page=1&PageToken=PA1&DateCreated%3E=2026-11-01");
    }

    @Test
    void whatIsDeletedMeanwhileShiftsNothing() {
        MultiMap query = query("2", "1").add("PageToken", "PA3");

        assertThat(Paging.of(PATH, query).page(List.of(2, 3, 4, 5, 6), PagingTest::sid))
                .containsExactly(4, 5);
    }

    @Test
    void aSizeOfNothingIsRefused() {
        assertThatThrownBy(() -> Paging.of(PATH, query("0", "0"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String sid(Integer number) {
        return String.valueOf(number);
    }

    private static MultiMap query(String size, String page) {
        return MultiMap.caseInsensitiveMultiMap().add("PageSize", size).add("Page", page);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}

package dev.earshot.gateway.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
    @Test
    void aPlainTextIsATenant() {
        assertThat(Callers.tenant("acme")).contains(new Tenant("acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " acme", "acme ", "a/b", "a:b", "../x", "acme,globex", "*", "ä"})
    void anythingElseIsADoubt(String claim) {
        assertThat(Callers.tenant(claim)).isEmpty();
    }

    @Test
    void listsAndNumbersAreDoubts() {
        assertThat(Callers.tenant(null)).isEmpty();
        assertThat(Callers.tenant(7)).isEmpty();
        assertThat(Callers.tenant(List.of("acme"))).isEmpty();
    }
}

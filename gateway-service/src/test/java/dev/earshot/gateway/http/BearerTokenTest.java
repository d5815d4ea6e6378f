package dev.earshot.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ..",
                "bearer a..",
                "Bearer ..c",
                "BEARER .b.c",
                "Bearer  a..c",
                "Bearer ....",
                "Bearer .",
                "Bearer a."
            })
    void aSignedTokenWithoutHeadOrContentIsHollow(String authorization) {
        assertThat(BearerToken.isHollow(authorization)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer a.b.c", "Bearer a.b.", "Bearer a..b.c.d", "Bearer rubbish", "Bearer ", "Basic ..", ""})
    void anythingElseIsForOthersToJudge(String authorization) {
        assertThat(BearerToken.isHollow(authorization)).isFalse();
    }

    @Test
    void noneIsNotHollow() {
        assertThat(BearerToken.isHollow(null)).isFalse();
    }
}

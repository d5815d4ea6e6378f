package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures are the database's, to be tried again until it is there, and which are ours. */
class DatabaseTest {
    static Stream<Throwable> theDatabases() {
        return Stream.of(
                new TimeoutException(),
                new IOException("reset"),
                new IllegalStateException("Pool closed"),
                refusal("53300"),
                refusal("57014"),
                refusal("57P01"),
                refusal("40001"),
                refusal("40P01"),
                refusal("42P01"),
                refusal("42501"),
                new SQLException("gone", "08006"));
    }

    static Stream<Throwable> ours() {
        return Stream.of(
                new NullPointerException(),
                new IllegalArgumentException(),
                new ClassCastException(),
                refusal("22001"),
                refusal("23502"),
                new IllegalStateException(new SQLException("constraint", "23514")));
    }

    @ParameterizedTest
    @MethodSource("theDatabases")
    void isTheDatabases(Throwable failure) {
        assertThat(Database.isOurs(failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isOurs(Throwable failure) {
        assertThat(Database.isOurs(failure)).isTrue();
    }

    @Test
    void twoWhoInsertTheSameAreKnownByTheirCode() {
        assertThat(Database.isDuplicate(new IllegalStateException(refusal("23505"))))
                .isTrue();
        assertThat(Database.isDuplicate(refusal("23502"))).isFalse();
    }

    private static PgException refusal(String sqlState) {
        return new PgException("refused", "ERROR", sqlState, "");
    }
}

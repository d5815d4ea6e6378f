package dev.earshot.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseJudgementTest {
    private final DatabaseJudgement judgement =
            new DatabaseJudgement("jdbc:postgresql://db.example:5432/earshot?password=hunter2");

    @ParameterizedTest
    @CsvSource({
        "28P01, ERROR, quarkus.datasource.password",
        "28000, ERROR, quarkus.datasource.username",
        "3D000, ERROR, quarkus.datasource.jdbc.url",
        "42501, ERROR, quarkus.datasource.username",
        "XX000, ERROR, quarkus.datasource.jdbc.url",
        "08001, UNREACHABLE, quarkus.datasource.jdbc.url",
        "53300, UNREACHABLE, quarkus.datasource.jdbc.url",
        "57P03, UNREACHABLE, quarkus.datasource.jdbc.url",
        ", UNREACHABLE, quarkus.datasource.jdbc.url"
    })
    void aRefusalNamesTheKeyAndSilenceMayBeAnOutage(String state, Severity severity, String key) {
        Finding finding = judgement.refused(new SQLException("password=hunter2", state));

        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.keys()).first().isEqualTo(key);
        assertThat(finding.toString()).doesNotContain("hunter2");
    }

    @Test
    void whatTheMigrationsHideIsLookedFor() {
        FlywayException hidden = new FlywayException("x", new SQLException("x", "28P01"));

        assertThat(judgement.unreadable(hidden).keys()).first().isEqualTo("quarkus.datasource.password");
    }

    @Test
    void migrationsThatNobodyMakesAreAnError() {
        Finding finding = judgement.migrations(new Migrations(2, true, "5"), false);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.keys()).first().isEqualTo("quarkus.flyway.migrate-at-start");
    }

    @Test
    void migrationsThatTheGatewayMakesAreNone() {
        assertThat(judgement.migrations(new Migrations(7, true, ""), true).severity())
                .isEqualTo(Severity.WARNING);
        assertThat(judgement.migrations(new Migrations(0, true, "7"), false).severity())
                .isEqualTo(Severity.OK);
    }

    @Test
    void somebodyElsesTablesAreAnError() {
        assertThat(judgement.migrations(new Migrations(0, false, "7"), true).severity())
                .isEqualTo(Severity.ERROR);
    }
}

package dev.earshot.gateway.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Whether the database lets the gateway in, has its migrations, and tells of changes. */
final class DatabaseCheck {
    static final String NAME = "database";
    static final String JDBC = "quarkus.datasource.jdbc.url";
    private static final String USER = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";

    private DatabaseCheck() {}

    /** By JDBC, as the migrations go. */
    static Check migrated(Settings settings, Wanted wanted) {
        return new Check(NAME, List.of(JDBC), () -> {
            PGSimpleDataSource source = source(settings, wanted);
            DatabaseJudgement judgement = new DatabaseJudgement(String.valueOf(source.getUrl()));
            try {
                // A refusal is told better by the driver than by the migrations.
                source.getConnection().close();
                return List.of(judgement.migrations(
                        Migrations.of(source), settings.flag("quarkus.flyway.migrate-at-start", false)));
            } catch (SQLException e) {
                return List.of(judgement.refused(e));
            } catch (FlywayException e) {
                return List.of(judgement.unreadable(e));
            }
        });
    }

    /** By the gateway's own driver, as everything else goes. */
    static Check heard(Settings settings, Wanted wanted) {
        return new Check(ListenLook.NAME, List.of(ListenLook.REACTIVE), () -> {
            ListenLook look = new ListenLook(settings, wanted.patience());
            try (Connection jdbc = source(settings, wanted).getConnection()) {
                return List.of(look.finding(jdbc));
            } catch (SQLException e) {
                // Told by the other check.
                return List.of();
            }
        });
    }

    private static PGSimpleDataSource source(Settings settings, Wanted wanted) {
        int seconds = (int) wanted.patience().toSeconds();
        PGSimpleDataSource source = new PGSimpleDataSource();
        String url = settings.text(JDBC);
        try {
            source.setURL(url);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(JDBC + " must be jdbc:postgresql://host:port/database", List.of(JDBC));
        }
        source.setUser(settings.text(USER));
        source.setPassword(settings.text(PASSWORD));
        source.setLoginTimeout(seconds);
        source.setConnectTimeout(seconds);
        source.setSocketTimeout(seconds);
        return source;
    }
}

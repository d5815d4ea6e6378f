package dev.earshot.gateway.doctor;

import static dev.earshot.gateway.doctor.DatabaseCheck.JDBC;
import static dev.earshot.gateway.doctor.DatabaseCheck.NAME;

import dev.earshot.doctor.Finding;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** What the database's answers tell about the configuration. Pure. */
final class DatabaseJudgement {
    private static final String MIGRATE = "quarkus.flyway.migrate-at-start";
    private static final String USER = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";

    private final String where;

    /** @param url of JDBC; its parameters, which may hold a secret, are not shown */
    DatabaseJudgement(String url) {
        this.where = url.replaceFirst("\\?.*", "").replaceFirst("^jdbc:", "");
    }

    Finding migrations(Migrations migrations, boolean migratesAtStart) {
        if (!migrations.valid()) {
            return Finding.error(
                    NAME,
                    where + " was migrated by something else, or a migration failed half way",
                    "name the database of this Earshot; if it is, restore it from a backup and migrate again",
                    JDBC);
        }
        if (migrations.pending() == 0) {
            return Finding.ok(NAME, where + " is migrated (version " + migrations.newest() + ")");
        }
        String found = where + " lacks " + migrations.pending() + " migration(s) of this version";
        return migratesAtStart
                ? Finding.warning(NAME, found, "nothing: the gateway migrates when it starts")
                : Finding.error(
                        NAME,
                        found,
                        "run the migrations' Job (k8s/components/migrations), or let the gateway migrate when it starts",
                        MIGRATE,
                        JDBC);
    }

    /** By PostgreSQL's class of the error; without one nobody answered. */
    Finding refused(SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return switch (state) {
            case "28P01" ->
                Finding.error(NAME, where + " refuses the password", "give the one that it knows", PASSWORD, USER);
            case "28000" ->
                Finding.error(NAME, where + " does not let this user in", "create the user, or name another one", USER);
            case "3D000" ->
                Finding.error(NAME, "there is no database " + where, "create it, or name the one that is there", JDBC);
            case "42501" -> Finding.error(NAME, where + " refuses this user its tables", "make it their owner", USER);
            default -> answerless(state);
        };
    }

    Finding unreadable(FlywayException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return refused(refused);
            }
        }
        return Finding.error(
                NAME,
                "the migrations of " + where + " cannot be read",
                "look at the table flyway_schema_history",
                JDBC);
    }

    /** Nobody answered, or a server that is starting, stopping or full: PostgreSQL's classes 08, 57 and 53. */
    static boolean isAway(String state) {
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
    }

    private Finding answerless(String state) {
        return isAway(state)
                ? Finding.unreachable(
                        NAME,
                        "no database answers at " + where,
                        "look whether it runs, and whether this is its address",
                        JDBC)
                : Finding.error(NAME, where + " refuses with SQL state " + state, "look at the database's log", JDBC);
    }
}

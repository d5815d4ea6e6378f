package dev.earshot.gateway.doctor;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.output.ValidateResult;

/**
 * How the database and the migrations in this gateway compare.
 *
 * @param pending those that are not applied yet
 * @param valid whether those that are applied are these
 * @param newest the newest that is applied; empty for none
 */
record Migrations(int pending, boolean valid, String newest) {
    static Migrations of(DataSource source) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("db/migration")
                // A newer gateway may have migrated already: that is how a roll-out goes.
                .ignoreMigrationPatterns("*:pending", "*:future")
                .load();
        MigrationInfoService info = flyway.info();
        ValidateResult result = flyway.validateWithResult();
        MigrationInfo current = info.current();
        boolean failed = Arrays.stream(info.all())
                .anyMatch(migration -> migration.getState().isFailed());
        return new Migrations(
                info.pending().length,
                result.validationSuccessful && !failed,
                current == null ? "" : String.valueOf(current.getVersion()));
    }
}

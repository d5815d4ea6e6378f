package dev.earshot.e2e.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway's database, read around the relay. */
public final class Database {
    private static final Database LOCAL = new Database();

    private Database() {}

    /** One row, each column as text; a column that is null is absent. */
    public record Row(Map<String, String> columns) {
        /** The value of a column that is not null. */
        public String text(String column) {
            return find(column).orElseThrow(() -> new AssertionError(column + " is null in " + this));
        }

        public Optional<String> find(String column) {
            return Optional.ofNullable(columns.get(column));
        }

        public long number(String column) {
            return Long.parseLong(text(column));
        }
    }

    public static Database local() {
        return LOCAL;
    }

    public List<Row> rows(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, String> columnsWithValue = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String value = result.getString(i);
                    if (value != null) {
                        columnsWithValue.put(columns.getColumnLabel(i), value);
                    }
                }
                rows.add(new Row(columnsWithValue));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The row of a recording. */
    public Row recording(String recordingSid) {
        return rows("select * from recording where recording_sid = ?", recordingSid).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + recordingSid));
    }

    /** How many rows were changed. */
    public int update(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                Stack.running().at("/postgres/directJdbcUrl"),
                Stack.running().at("/postgres/user"),
                Stack.running().at("/postgres/password"));
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.Lane;
import dev.earshot.events.Topics;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is only worth its name if it sees what is left behind. */
@Tag("long")
@Isolated("makes wrong what the oracle looks at")
class OracleLeftoversTest extends WrongWorld {
    /** 40 MB, more than all buffers between store and listener hold. */
    private static final int LONG_CALL_SECONDS = 10_000;

    private static final Duration LONGER_THAN_ANY_POOL_KEEPS_ONE = Duration.ofSeconds(15);

    @Test
    void an_unfinished_upload_is_seen() {
        String key = "acme/oracle/unfinished";
        String id = Bucket.local().beginUpload(key);
        afterwards(() -> Bucket.local().abortUpload(key, id));

        theOracleSees("multipart uploads").hasMessageContaining(key);
    }

    @Test
    void a_spool_file_is_seen() throws Exception {
        Path file = spool().resolve("left-behind.audio");
        afterwards(() -> Files.delete(file));
        Files.writeString(file, "what a fetch did not delete");

        theOracleSees("spool files").hasMessageContaining("left-behind.audio");
    }

    @Test
    void a_stream_that_stays_open_is_seen() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));
        assertThat(listener.streamWaiting(recorded.recordingSid(), 20).statusCode())
                .isEqualTo(200);
        RawStream stream = RawStream.open(listener, recorded.recordingSid(), "", 0);
        afterwards(stream);
        stream.read(1);

        theOracleSees("open streams");
    }

    @Test
    void a_transaction_that_nobody_ends_is_seen() throws Exception {
        Connection connection = Database.connect();
        afterwards(connection);
        connection.setAutoCommit(false);
        connection.createStatement().execute("select 1");

        theOracleSoonSees("transactions that nobody ends");
    }

    /** One more than a resting pair may have, far fewer than its pools might hold; at a look the pair itself may have none. */
    @ParameterizedTest
    @CsvSource({"postgres, /postgres/jdbcUrl, 6", "s3, /s3/endpoint, 3", "twilio, /simulatorUrl, 1"})
    void connections_that_nobody_gives_back_are_seen(String relay, String pointer, int leaked) throws Exception {
        Oracle oracle = new Oracle(LONGER_THAN_ANY_POOL_KEEPS_ONE);
        oracle.begin();
        for (int i = 0; i < leaked; i++) {
            afterwards(connect(Stack.running().at(pointer)));
        }

        assertThatThrownBy(oracle::holds).hasMessageContaining("connections to " + relay + " that nobody gave back");
        mend();
        theOracleSeesNothing();
    }

    private static AutoCloseable connect(String url) throws Exception {
        if (url.startsWith("jdbc:")) {
            return DriverManager.getConnection(
                    url, Stack.running().at("/postgres/user"), Stack.running().at("/postgres/password"));
        }
        URI server = URI.create(url);
        return new Socket(server.getHost(), server.getPort());
    }

    /** Somebody takes a partition of the bulk lane and commits nothing of it. */
    @Test
    void a_group_that_lags_is_seen() {
        Recorded recorded = ready();
        int partition = Events.partitionOf(
                Topics.PREFETCH_REQUESTS, Samples.key(recorded).kafkaKey());
        GroupGuest guest = GroupGuest.join("earshot-fetcher-bulk", Topics.PREFETCH_REQUESTS, partition);
        afterwards(guest);
        guest.awaitPartition();
        Events.publish(Topics.PREFETCH_REQUESTS, Samples.requested(recorded, Lane.BULK));

        theOracleSoonSees("earshot-fetcher-bulk " + Topics.PREFETCH_REQUESTS + "-" + partition);
    }

    @Test
    void nothing_wrong_is_nothing_seen() {
        ready();

        theOracleSeesNothing();
    }

    private static Path spool() throws Exception {
        try (var folders = Files.list(Stack.home())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

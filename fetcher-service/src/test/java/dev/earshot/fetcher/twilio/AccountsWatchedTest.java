package dev.earshot.fetcher.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.system.Await;
import dev.earshot.fetcher.watch.FileWatch;
import dev.earshot.fetcher.watch.Watched;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts change while the service runs: real files, real timers. */
class AccountsWatchedTest {
    private static final AccountSid ONE = new AccountSid("AC" + "1".repeat(32));
    private static final AccountSid TWO = new AccountSid("AC" + "2".repeat(32));
    private static final String WATCHED = Watched.class.getName();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FileWatch watch = new FileWatch(vertx, () -> Duration.ofMillis(20), meters);
    private final Errors errors = new Errors();

    @BeforeEach
    void start() {
        Logger.getLogger(WATCHED).addHandler(errors);
        watch.start();
    }

    @AfterEach
    void stop() {
        Logger.getLogger(WATCHED).removeHandler(errors);
        watch.stop();
        var ignored = vertx.close();
    }

    @Test
    void anAccountComesAndGoesWithoutARestart() throws Exception {
        write("one.json", own(ONE, "p1"));
        TwilioAccounts accounts = accounts();

        write("two.json", parent(TWO, ONE));
        Await.until("the new account", () -> accounts.size() == 2);
        assertThat(accounts.get(TWO).password()).isEqualTo("p1");

        write("one.json", own(ONE, "p2"));
        Await.until(
                "the new credentials, the sub-account's too",
                () -> accounts.get(TWO).password().equals("p2"));

        Files.delete(folder.resolve("two.json"));
        Await.until("the removed account", () -> accounts.size() == 1);
        assertThatThrownBy(() -> accounts.get(TWO)).isInstanceOf(TroubleException.class);
        assertThat(accounts.get(ONE).password()).isEqualTo("p2");
    }

    @Test
    void aBadFileKeepsTheLastGoodStateAndIsToldByFileAndField() throws Exception {
        write("one.json", own(ONE, "p1"));
        TwilioAccounts accounts = accounts();

        write("one.json", "{\"accountSid\":\"%s\",\"username\":\"joe\",\"password\":\"sekret\"}".formatted(ONE));
        Await.until("the alarm", () -> valid() == 0);
        assertThat(accounts.get(ONE).password()).isEqualTo("p1");
        assertThat(errors.said)
                .singleElement()
                .asString()
                .contains(folder.resolve("one.json").toString(), "username")
                .doesNotContain("sekret");

        write("one.json", own(ONE, "p2"));
        Await.until("the mended file", () -> accounts.get(ONE).password().equals("p2") && valid() == 1);
    }

    @Test
    void aParentThatIsTakenAwayIsAMistake() throws Exception {
        write("one.json", own(ONE, "p1"));
        write("two.json", parent(TWO, ONE));
        TwilioAccounts accounts = accounts();

        Files.delete(folder.resolve("one.json"));
        Await.until("the alarm", () -> valid() == 0);

        assertThat(errors.said).singleElement().asString().contains("two.json", "parentAccountSid");
        assertThat(accounts.size()).isEqualTo(2);
    }

    @Test
    void moreAccountsThanTheBoundsHoldAreNotTakenOver() throws Exception {
        write("one.json", own(ONE, "p1"));
        TwilioAccounts accounts = accounts();
        accounts.refuseMoreThan(1, "earshot.fetch.requests-in-hand");

        write("two.json", own(TWO, "p2"));
        Await.until("the alarm", () -> valid() == 0);

        assertThat(accounts.size()).isEqualTo(1);
        assertThat(errors.said).singleElement().asString().contains("earshot.fetch.requests-in-hand");
    }

    /** {@code one.json -> ..data/one.json}, {@code ..data -> ..old}, then {@code ..data -> ..new} by a rename. */
    @Test
    void aMountedSecretsSwapIsOneChange() throws Exception {
        Path old = Files.createDirectory(folder.resolve("..old"));
        Files.writeString(old.resolve("one.json"), own(ONE, "p1"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..old"));
        Files.createSymbolicLink(folder.resolve("one.json"), Path.of("..data", "one.json"));
        TwilioAccounts accounts = accounts();
        assertThat(accounts.get(ONE).password()).isEqualTo("p1");

        Path next = Files.createDirectory(folder.resolve("..new"));
        Files.writeString(next.resolve("one.json"), own(ONE, "p2"));
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..new"));
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(old.resolve("one.json"));
        Files.delete(old);

        Await.until("the swap", () -> accounts.get(ONE).password().equals("p2"));
        assertThat(errors.said).isEmpty();
    }

    private TwilioAccounts accounts() {
        return new TwilioAccounts(
                () -> folder,
                new SmallRyeConfigBuilder()
                        .withMapping(TwilioConfig.class)
                        .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                        .build()
                        .getConfigMapping(TwilioConfig.class),
                watch);
    }

    private double valid() {
        return meters.get("earshot.files.valid")
                .tag("files", "accounts")
                .gauge()
                .value();
    }

    private static String own(AccountSid sid, String password) {
        return "{\"accountSid\":\"%s\",\"username\":\"%s\",\"password\":\"%s\"}".formatted(sid, sid, password);
    }

    private static String parent(AccountSid sid, AccountSid parent) {
        return "{\"accountSid\":\"%s\",\"parentAccountSid\":\"%s\"}".formatted(sid, parent);
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }

    private static final class Errors extends Handler {
        private final Queue<String> said = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                said.add(logged instanceof ExtLogRecord own ? own.getFormattedMessage() : logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

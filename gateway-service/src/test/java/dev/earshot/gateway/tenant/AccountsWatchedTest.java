package dev.earshot.gateway.tenant;

import static dev.earshot.gateway.OnVertx.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.watch.FileWatch;
import dev.earshot.gateway.watch.Mount;
import dev.earshot.gateway.watch.Said;
import dev.earshot.gateway.watch.Watched;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and tenants change while the service runs: real files, real timers. */
class AccountsWatchedTest {
    private static final AccountSid ONE = new AccountSid("AC" + "1".repeat(32));
    private static final AccountSid TWO = new AccountSid("AC" + "2".repeat(32));
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FileWatch watch = new FileWatch(vertx, () -> Duration.ofMillis(20), meters);
    private final Said said = new Said(Watched.class);

    @BeforeEach
    void start() {
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.stop();
        said.close();
        var ignored = vertx.close();
    }

    @Test
    void anAccountComesAndGoesWithoutARestart() throws IOException {
        write("one.json", account(ONE, "acme", "t1"));
        Accounts accounts = accounts();

        write("two.json", account(TWO, "globex", "t2"));
        until("the new account", () -> accounts.ownerOf(TWO).isPresent());
        assertThat(accounts.webhookAuthTokens(TWO)).containsExactly("t2");

        write("one.json", account(ONE, "acme", "t3\", \"t1"));
        until("the new token", () -> accounts.webhookAuthTokens(ONE).contains("t3"));

        Files.delete(folder.resolve("one.json"));
        until("the removed account", () -> accounts.ownerOf(ONE).isEmpty());
        assertThat(accounts.webhookAuthTokens(ONE)).isEmpty();
        assertThat(accounts.ownerOf(TWO)).isPresent();
        assertThat(valid("accounts")).isEqualTo(1);
    }

    @Test
    void aBadFileKeepsTheLastGoodStateAndIsToldByFileAndField() throws IOException {
        write("one.json", account(ONE, "acme", "t1"));
        Accounts accounts = accounts();

        write("two.json", account(TWO, "no tenant", "sekret"));
        until("the alarm", () -> valid("accounts") == 0);
        assertThat(accounts.ownerOf(ONE)).contains(new Owner.OfTenant(new Tenant("acme")));
        assertThat(accounts.ownerOf(TWO)).isEmpty();
        assertThat(said.errors())
                .singleElement()
                .asString()
                .contains(folder.resolve("two.json").toString(), "tenant")
                .doesNotContain("sekret");

        write("two.json", account(TWO, "globex", "t2"));
        until("the mended file", () -> accounts.ownerOf(TWO).isPresent() && valid("accounts") == 1);
    }

    @Test
    void aFolderThatGoesAwayTakesNothingWithIt() throws IOException {
        write("one.json", account(ONE, "acme", "t1"));
        Accounts accounts = accounts();

        Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
        until("the alarm", () -> valid("accounts") == 0);
        assertThat(accounts.webhookAuthTokens(ONE)).containsExactly("t1");
        assertThat(said.errors()).singleElement().asString().contains("earshot.accounts.directory");

        Files.move(away, folder);
        until("its return", () -> valid("accounts") == 1);
    }

    @Test
    void aMountedSecretsSwapIsOneChange() throws IOException {
        Mount mount = new Mount(folder);
        mount.put("2026_11_21", Map.of("one.json", account(ONE, "acme", "t1"), "two.json", account(TWO, "acme", "t2")));
        Accounts accounts = accounts();
        assertThat(accounts.ownerOf(TWO)).isPresent();

        // Each account moves into the other's file: half of both states would be a duplicate.
        mount.put(
                "2026_11_22",
                Map.of("one.json", account(TWO, "globex", "t2"), "two.json", account(ONE, "globex", "t1")));
        until("the swap", () -> accounts.ownerOf(ONE).equals(Optional.of(new Owner.OfTenant(new Tenant("globex")))));
        mount.put("2026_11_23", Map.of("two.json", account(ONE, "globex", "t1")));
        until("the removed account", () -> accounts.ownerOf(TWO).isEmpty());

        assertThat(said.errors()).isEmpty();
        assertThat(accounts.ownerOf(ONE)).isPresent();
    }

    @Test
    void aTenantsWishesChangeToo() throws IOException {
        Tenants tenants = new WatchedTenants(watch.over(
                "tenants",
                () -> FileTenants.read(Optional.of(folder), WEEK, Retention.FOR_EVER),
                FileTenants::isEmpty));
        Tenant acme = new Tenant("acme");
        assertThat(tenants.policy(acme).prefetch()).isFalse();

        write("acme.json", "{\"tenant\":\"acme\",\"prefetch\":true}");
        until("the wish", () -> tenants.policy(acme).prefetch());

        write("acme.json", "{\"tenant\":\"acme\",\"prefetch\":1}");
        until("the alarm", () -> valid("tenants") == 0);
        assertThat(tenants.policy(acme).prefetch()).isTrue();
        assertThat(said.errors()).singleElement().asString().contains("acme.json", "prefetch");
    }

    @Test
    void aTokenOfTwoAccountsIsRefusedAtStart() throws IOException {
        write("parent.json", account(ONE, "acme", "parents"));
        write("sub.json", account(TWO, "acme", "parents"));

        assertThatThrownBy(this::accounts)
                .hasMessageContaining("sub.json")
                .hasMessageContaining("webhookAuthTokens")
                .hasMessageNotContaining("parents");
    }

    private Accounts accounts() {
        return new WatchedAccounts(watch.over("accounts", () -> FileAccounts.read(folder), FileAccounts::isEmpty));
    }

    private double valid(String files) {
        return meters.get("earshot.files.valid").tag("files", files).gauge().value();
    }

    private static String account(AccountSid sid, String tenant, String token) {
        return "{\"accountSid\":\"%s\",\"tenant\":\"%s\",\"webhookAuthTokens\":[\"%s\"]}".formatted(sid, tenant, token);
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }
}

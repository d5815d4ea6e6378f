package dev.earshot.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantFilesTest {
    private static final String SID = "AC" + "0".repeat(31) + "1";
    private static final AccountSid ACCOUNT = new AccountSid(SID);
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path folder;

    @Test
    void anAccountBelongsToItsTenantAndKnowsItsTokens() throws IOException {
        write("acme.json", "{'accountSid':'" + SID + "','tenant':'acme','webhookAuthTokens':['new','old']}");

        Accounts accounts = FileAccounts.read(folder);

        assertThat(accounts.ownerOf(ACCOUNT)).contains(new Owner.OfTenant(new Tenant("acme")));
        assertThat(accounts.webhookAuthTokens(ACCOUNT)).containsExactly("new", "old");
    }

    @Test
    void anAccountThatIsNotConfiguredIsNobodys() {
        Accounts accounts = FileAccounts.read(folder);

        assertThat(accounts.ownerOf(ACCOUNT)).isEmpty();
        assertThat(accounts.webhookAuthTokens(ACCOUNT)).isEmpty();
    }

    @Test
    void aSharedAccountHasNoTenant() throws IOException {
        write("shared.json", "{'accountSid':'" + SID + "','shared':true,'webhookAuthTokens':['t']}");

        assertThat(FileAccounts.read(folder).ownerOf(ACCOUNT)).contains(new Owner.Shared());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tenant':'acme','webhookAuthTokens':['t']} | accountSid",
                "{'accountSid':'AC1','tenant':'acme','webhookAuthTokens':['t']} | accountSid",
                "{'accountSid':'SID','webhookAuthTokens':['t']} | tenant",
                "{'accountSid':'SID','tenant':'acme','shared':true,'webhookAuthTokens':['t']} | tenant",
                "{'accountSid':'SID','tenant':'a b','webhookAuthTokens':['t']} | tenant",
                "{'accountSid':'SID','tenant':'acme','webhookAuthTokens':[]} | webhookAuthTokens",
                "{'accountSid':'SID','tenant':'acme','webhookAuthTokens':['a','b','c']} | webhookAuthTokens",
                "{'accountSid':'SID','tenant':'acme','webhookAuthTokens':['t'],'extra':1} | extra",
                "{'accountSid':'SID','tenant':'acme','webhookAuthTokens':['sekret' | JSON",
            },
            quoteCharacter = '"')
    void aBadAccountFileIsRefusedByFileAndField(String json, String named) throws IOException {
        write("broken.json", json.replace("'SID'", "'" + SID + "'"));

        assertThatThrownBy(() -> FileAccounts.read(folder))
                .hasMessageContaining("broken.json")
                .hasMessageContaining(named)
                .hasMessageNotContaining("sekret");
    }

    @Test
    void theSameAccountInTwoFilesIsRefused() throws IOException {
        String json = "{'accountSid':'" + SID + "','tenant':'acme','webhookAuthTokens':['t']}";
        write("a.json", json);
        write("b.json", json);

        assertThatThrownBy(() -> FileAccounts.read(folder))
                .hasMessageContaining("b.json")
                .hasMessageContaining("accountSid");
    }

    @Test
    void aFolderThatIsMissingIsNamedByItsKey() {
        assertThatThrownBy(() -> FileAccounts.read(folder.resolve("none")))
                .hasMessageContaining("earshot.accounts.directory");
    }

    @Test
    void aTenantWithoutAFileHasTheDefaults() {
        Tenants tenants = FileTenants.read(Optional.empty(), WEEK, Retention.FOR_EVER);

        assertThat(tenants.policy(new Tenant("anyone")))
                .isEqualTo(new TenantPolicy(false, WEEK, AudioFormat.MP3, Optional.empty(), Retention.FOR_EVER));
    }

    @Test
    void aTenantsFileSaysWhatItWants() throws IOException {
        write(
                "g.json",
                "{'tenant':'globex','prefetch':true,'playbackWindow':'P30D','format':'wav','delivery':'redirect'}");

        Tenants tenants = FileTenants.read(Optional.of(folder), WEEK, Retention.FOR_EVER);

        assertThat(tenants.policy(new Tenant("globex")))
                .isEqualTo(new TenantPolicy(
                        true,
                        Duration.ofDays(30),
                        AudioFormat.WAV,
                        Optional.of(DeliveryMode.REDIRECT),
                        Retention.FOR_EVER));
    }

    @Test
    void aTenantMayKeepLongerOrShorterThanTheOthersOrForEver() throws IOException {
        write("g.json", "{'tenant':'globex','evictAfterUnplayed':'P30D','deleteAfter':'never'}");
        Retention byDefault = new Retention(Optional.empty(), Optional.of(Duration.ofDays(365)));

        Tenants tenants = FileTenants.read(Optional.of(folder), WEEK, byDefault);

        assertThat(tenants.policy(new Tenant("globex")).retention())
                .isEqualTo(new Retention(Optional.of(Duration.ofDays(30)), Optional.empty()));
        assertThat(tenants.policy(new Tenant("anyone")).retention()).isEqualTo(byDefault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tenant':'acme','playbackWindow':'7 days'} | playbackWindow",
                "{'tenant':'acme','playbackWindow':'PT0S'} | playbackWindow",
                "{'tenant':'acme','format':'ogg'} | format",
                "{'tenant':'acme','delivery':'PROXY'} | delivery",
                "{'tenant':'acme','prefetch':'yes'} | prefetch",
                "{'prefetch':true} | tenant",
                "{'tenant':'acme','evictAfterUnplayed':'PT1H'} | evictAfterUnplayed",
                "{'tenant':'acme','evictAfterUnplayed':30} | evictAfterUnplayed",
                "{'tenant':'acme','deleteAfter':'a year'} | deleteAfter",
                "{'tenant':'acme','deleteAfter':'P-1D'} | deleteAfter",
            },
            quoteCharacter = '"')
    void aBadTenantFileIsRefusedByFileAndField(String json, String named) throws IOException {
        write("broken.json", json);

        assertThatThrownBy(() -> FileTenants.read(Optional.of(folder), WEEK, Retention.FOR_EVER))
                .hasMessageContaining("broken.json")
                .hasMessageContaining(named);
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json.replace('\'', '"'));
    }
}

package dev.earshot.fetcher.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AccountSid;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioAccountsTest {
    private static final String SID = "AC" + "a".repeat(32);
    private static final URI DEFAULT = URI.create("https://api.twilio.com");

    @TempDir
    Path directory;

    @Test
    void anAccountIsReadWithTheDefaultBaseUrl() throws IOException {
        write("a.json", "{\"accountSid\":\"%s\",\"username\":\"%s\",\"password\":\"p\"}".formatted(SID, SID));

        TwilioAccount account = new TwilioAccounts(directory, DEFAULT).get(new AccountSid(SID));

        assertThat(account.baseUrl()).isEqualTo(DEFAULT);
    }

    @Test
    void anAccountMayNameItsRegion() throws IOException {
        write(
                "a.json",
                "{\"accountSid\":\"%s\",\"username\":\"%s\",\"password\":\"p\",\"baseUrl\":\"https://api.dublin.ie1.twilio.com\"}"
                        .formatted(SID, SID));

        TwilioAccount account = new TwilioAccounts(directory, DEFAULT).get(new AccountSid(SID));

        assertThat(account.baseUrl()).hasHost("api.dublin.ie1.twilio.com");
    }

    @Test
    void aSubAccountMayUseItsParentsCredentialsAndRegion() throws IOException {
        String sub = "AC" + "b".repeat(32);
        write(
                "parent.json",
                "{\"accountSid\":\"%s\",\"username\":\"%s\",\"password\":\"p\",\"baseUrl\":\"https://api.dublin.ie1.twilio.com\"}"
                        .formatted(SID, "SK" + "c".repeat(32)));
        write("a-sub.json", "{\"accountSid\":\"%s\",\"parentAccountSid\":\"%s\"}".formatted(sub, SID));

        TwilioAccount account = new TwilioAccounts(directory, DEFAULT).get(new AccountSid(sub));

        assertThat(account.sid().value()).isEqualTo(sub);
        assertThat(account.username()).startsWith("SK");
        assertThat(account.password()).isEqualTo("p");
        assertThat(account.baseUrl()).hasHost("api.dublin.ie1.twilio.com");
    }

    @Test
    void aSubAccountOfASubAccountRefusesStartUp() throws IOException {
        for (int i = 0; i < 3; i++) {
            String sid = "AC" + String.valueOf(i).repeat(32);
            String parent = "AC" + String.valueOf(i + 1).repeat(32);
            write(i + ".json", "{\"accountSid\":\"%s\",\"parentAccountSid\":\"%s\"}".formatted(sid, parent));
        }

        assertThatThrownBy(() -> new TwilioAccounts(directory, DEFAULT))
                .hasMessageContaining(".json")
                .hasMessageContaining("parentAccountSid");
    }

    @Test
    void anUnknownAccountSaysWhatToConfigure() {
        TwilioAccounts accounts = new TwilioAccounts(directory, DEFAULT);

        assertThatThrownBy(() -> accounts.get(new AccountSid(SID)))
                .hasMessageContaining(SID)
                .hasMessageContaining("earshot.accounts.directory");
    }

    @ParameterizedTest(name = "{0} refuses with {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "not JSON|{\"password\": \"topsecret\", oops|not valid JSON",
                "no object|[]|must be one JSON object",
                "unknown field|{\"accountSid\":\"SID\",\"username\":\"SID\",\"password\":\"topsecret\",\"tenant\":\"x\"}|tenant is no field",
                "bad SID|{\"accountSid\":\"AC1\",\"username\":\"SID\",\"password\":\"topsecret\"}|accountSid must be",
                "no user|{\"accountSid\":\"SID\",\"password\":\"topsecret\"}|username is missing",
                "bad user|{\"accountSid\":\"SID\",\"username\":\"joe\",\"password\":\"topsecret\"}|username must be",
                "no password|{\"accountSid\":\"SID\",\"username\":\"SID\"}|password is missing",
                "empty password|{\"accountSid\":\"SID\",\"username\":\"SID\",\"password\":\" \"}|password must be",
                "bad parent|{\"accountSid\":\"SID\",\"parentAccountSid\":\"AC1\"}|parentAccountSid must be",
                "unknown parent|{\"accountSid\":\"SID\",\"parentAccountSid\":\"AC00000000000000000000000000000000\"}|parentAccountSid names",
                "its own parent|{\"accountSid\":\"SID\",\"parentAccountSid\":\"SID\"}|parentAccountSid must be another",
                "both|{\"accountSid\":\"SID\",\"parentAccountSid\":\"AC00000000000000000000000000000000\",\"password\":\"topsecret\"}|parentAccountSid and",
                "bad URL|{\"accountSid\":\"SID\",\"username\":\"SID\",\"password\":\"topsecret\",\"baseUrl\":\"ftp://x\"}|baseUrl must begin"
            })
    void aFileThatIsNotExactlyAnAccountRefusesStartUp(String name, String json, String message) throws IOException {
        write("broken.json", json.replace("SID\"", SID + "\"").replace("\"account" + SID, "\"accountSid"));

        assertThatThrownBy(() -> new TwilioAccounts(directory, DEFAULT))
                .hasMessageContaining("broken.json")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("topsecret");
    }

    @Test
    void twoFilesForOneAccountRefuseStartUp() throws IOException {
        String json = "{\"accountSid\":\"%s\",\"username\":\"%s\",\"password\":\"p\"}".formatted(SID, SID);
        write("a.json", json);
        write("b.json", json);

        assertThatThrownBy(() -> new TwilioAccounts(directory, DEFAULT)).hasMessageContaining("b.json");
    }

    @Test
    void aMissingFolderRefusesStartUp() {
        assertThatThrownBy(() -> new TwilioAccounts(directory.resolve("none"), DEFAULT))
                .hasMessageContaining("earshot.accounts.directory");
    }

    @Test
    void aBaseUrlThatIsNoneRefusesStartUp() {
        assertThatThrownBy(() -> new TwilioAccounts(directory, URI.create("api.twilio.com")))
                .hasMessageContaining("earshot.twilio.base-url");
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(directory.resolve(name), json);
    }
}

package dev.earshot.doctor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreJudgementTest {
    private final StoreJudgement judgement = new StoreJudgement(
            new Place("calls", "http://s3.example", List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")));

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, earshot.store.bucket",
        "403, InvalidAccessKeyId, AWS_ACCESS_KEY_ID",
        "403, SignatureDoesNotMatch, AWS_SECRET_ACCESS_KEY",
        "403, AccessDenied, AWS_ACCESS_KEY_ID",
        "401, '', AWS_ACCESS_KEY_ID",
        "301, PermanentRedirect, quarkus.s3.aws.region",
        "400, AuthorizationHeaderMalformed, quarkus.s3.aws.region",
        "404, '', quarkus.s3.endpoint-override",
        "400, InvalidURI, quarkus.s3.endpoint-override"
    })
    void whatTheStoreRefusesNamesTheKeyThatLeadsThere(int status, String code, String key) {
        Finding finding = judgement.of("write", new Answer.Refused(status, code));

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.keys()).first().isEqualTo(key);
        assertThat(finding.found()).contains(Integer.toString(status));
    }

    @Test
    void aClockThatIsWrongIsNoKey() {
        Finding finding = judgement.of("write", new Answer.Refused(403, "RequestTimeTooSkewed"));

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.change()).contains("clock");
        assertThat(finding.keys()).isEmpty();
    }

    @Test
    void whoMayNotIsToldWhatItMayNot() {
        assertThat(judgement
                        .of("delete", new Answer.Refused(403, "AccessDenied"))
                        .found())
                .contains("delete")
                .contains("calls at http://s3.example");
    }

    @Test
    void silenceIsNoMistakeOfTheConfigurationAlone() {
        Finding finding = judgement.of("read", new Answer.Unreachable("no such host"));

        assertThat(finding.severity()).isEqualTo(Severity.UNREACHABLE);
        assertThat(finding.keys()).containsExactly("quarkus.s3.endpoint-override");
    }

    @Test
    void withoutCredentialsBothAreNamed() {
        Finding nobody = judgement.of("read", new Answer.Unasked("there are no credentials", ""));
        assertThat(nobody.severity()).isEqualTo(Severity.UNREACHABLE);
        assertThat(nobody.keys()).containsExactly("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        assertThat(judgement
                        .of("read", new Answer.Unasked("there is no region", "quarkus.s3.aws.region"))
                        .keys())
                .containsExactly("quarkus.s3.aws.region");
    }

    @Test
    void aStoreThatForgetsIsAnError() {
        assertThat(judgement.of("read back", new Answer.Absent()).severity()).isEqualTo(Severity.ERROR);
    }
}

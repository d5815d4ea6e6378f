package dev.earshot.doctor.store;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the SDK's exceptions mean. Their texts are not repeated. */
final class S3Failures {
    private S3Failures() {}

    static Answer answer(Throwable failure) {
        if (failure instanceof S3Exception said) {
            return said(said.statusCode(), code(said));
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("unable to load credentials")) {
            return new Answer.Unasked("there are no credentials for the store", "");
        }
        if (message.contains("unable to load region")) {
            return new Answer.Unasked("the store's region is not configured", Place.REGION);
        }
        return new Answer.Unreachable(why(failure));
    }

    private static Answer said(int status, String code) {
        if (code.equals("NoSuchKey")) {
            return new Answer.Absent();
        }
        // A store that is not well, or told to wait: no configuration mends that.
        if (status >= 500 || status == 429 || status == 408) {
            return new Answer.Unreachable("it answered with status " + status);
        }
        return new Answer.Refused(status, code);
    }

    private static String code(S3Exception said) {
        return said.awsErrorDetails() == null || said.awsErrorDetails().errorCode() == null
                ? ""
                : said.awsErrorDetails().errorCode();
    }

    private static String why(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "no such host";
            }
            if (cause instanceof SSLException) {
                return "TLS failed";
            }
            if (cause instanceof ConnectException) {
                return "it refuses connections";
            }
            if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
                return "nothing came in time";
            }
        }
        return "the connection failed";
    }
}

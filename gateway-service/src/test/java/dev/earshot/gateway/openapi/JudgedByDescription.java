package dev.earshot.gateway.openapi;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/** Has every answer to every test that starts the gateway judged; a test need do nothing for it, and cannot forget it. */
public final class JudgedByDescription implements QuarkusTestBeforeEachCallback {
    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        // While the document is written anew there may be none to judge by.
        if (System.getProperty("earshot.openapi.write") == null) {
            RestAssured.replaceFiltersWith(new DescribedAnswers());
        }
    }
}

package dev.earshot.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house, held against the byte code. */
class ArchitectureTest {
    private static final String ROOT = "dev.earshot.gateway";
    /** The packages that speak HTTP. */
    private static final String[] EDGE = {
        ROOT + ".alias..",
        ROOT + ".administration..",
        ROOT + ".backfill..",
        ROOT + ".console..",
        ROOT + ".access..",
        ROOT + ".deadletter..",
        ROOT + ".caller..",
        ROOT + ".deletion..",
        ROOT + ".health..",
        ROOT + ".http..",
        ROOT + ".info..",
        ROOT + ".limit..",
        ROOT + ".openapi..",
        ROOT + ".peaks..",
        ROOT + ".playback..",
        ROOT + ".prefetch..",
        ROOT + ".problem..",
        ROOT + ".reconcile..",
        ROOT + ".push..",
        ROOT + ".registration..",
        ROOT + ".shutdown..",
        ROOT + ".ticket..",
        ROOT + ".webhook.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void featuresHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void rowsStayWithRecordings() {
        only("io.quarkus.hibernate..", "org.hibernate..", "jakarta.persistence..")
                .in(ROOT + ".recording..");
    }

    /** Rows are read without blocking; the doctor, which serves nobody, looks by the migrations' own way. */
    @Test
    void blockingDatabaseAccessIsTheDoctorsAlone() {
        only("javax.sql..", "org.postgresql..", "org.flywaydb..").in(ROOT + ".doctor..");
        only("java.sql..").in(ROOT + ".recording..", ROOT + ".doctor..");
    }

    @Test
    void theDatabasesDriverStaysWithRecordingsAndTheirNotifications() {
        only("io.vertx.pgclient..", "io.vertx.sqlclient..", "io.vertx.mutiny.sqlclient..")
                .in(
                        ROOT + ".recording..",
                        ROOT + ".deadletter..",
                        ROOT + ".discovery..",
                        ROOT + ".notify..",
                        ROOT + ".health..",
                        ROOT + ".doctor..");
    }

    @Test
    void theStoresSdkStaysInItsAdapter() {
        only("software.amazon..", "org.reactivestreams..").in(ROOT + ".store..");
    }

    @Test
    void kafkaStaysWithFetchingAndAnnouncing() {
        only("org.apache.kafka..", "io.smallrye.reactive.messaging..", "org.eclipse.microprofile.reactive.messaging..")
                .in(
                        ROOT + ".fetch..",
                        ROOT + ".announce..",
                        ROOT + ".discovery..",
                        ROOT + ".access..",
                        ROOT + ".deadletter..",
                        ROOT + ".health..");
    }

    @Test
    void openTelemetryStaysWithTraces() {
        only("io.opentelemetry..").in(ROOT + ".trace..");
    }

    @Test
    void httpStaysAtTheEdge() {
        only("jakarta.ws.rs..", "org.jboss.resteasy.reactive..", "io.vertx.ext.web..")
                .in(EDGE);
    }

    /** But for health's port: whoever owns a connection to a shared dependency tells of it. */
    @Test
    void theCoreKnowsNothingOfTheEdge() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".recording..",
                        ROOT + ".discovery..",
                        ROOT + ".fetch..",
                        ROOT + ".notify..",
                        ROOT + ".announce..",
                        ROOT + ".tenant..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(without(EDGE, ROOT + ".health.."))
                .check(CLASSES);
    }

    @Test
    void twiliosSdkStaysWithItsWebhook() {
        only("com.twilio..").in(ROOT + ".webhook..");
    }

    @Test
    void nobodyBlocksSleepsPrintsOrUsesOldDates() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Uni.class, "await")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.text.SimpleDateFormat")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .haveSimpleNameNotEndingWith("package-info")
                .should(new ArchCondition<JavaClass>("live in a @NullMarked package") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(item, marked, item.getPackageName()));
                    }
                })
                .check(CLASSES);
    }

    private static Rule only(String... types) {
        return packages -> noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(types)
                .check(CLASSES);
    }

    /** Where the types may be known. */
    @FunctionalInterface
    private interface Rule {
        void in(String... packages);
    }

    private static String[] without(String[] packages, String left) {
        return java.util.Arrays.stream(packages)
                .filter(each -> !each.equals(left))
                .toArray(String[]::new);
    }
}

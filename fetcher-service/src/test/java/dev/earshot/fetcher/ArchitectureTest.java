package dev.earshot.fetcher;

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
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house, held against the byte code. */
class ArchitectureTest {
    private static final String ROOT = "dev.earshot.fetcher";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void featuresHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void twiliosSdkStaysInItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".twilio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.twilio..", "org.apache.hc..", "io.vertx.core.http..")
                .check(CLASSES);
    }

    @Test
    void theStoresSdkStaysInItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "org.reactivestreams..")
                .check(CLASSES);
    }

    @Test
    void kafkaStaysWithRequestsAndOutcomes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".request..", ROOT + ".outcome..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive.messaging..")
                .check(CLASSES);
    }

    @Test
    void openTelemetryStaysWithTraces() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".trace..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void classificationAndAudioKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".failure..", ROOT + ".audio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.smallrye..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void nobodySleepsOrUsesOldDates() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
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
}

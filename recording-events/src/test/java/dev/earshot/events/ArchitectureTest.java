package dev.earshot.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.earshot.events");

    @Test
    void the_contract_needs_jackson_and_no_framework() {
        classes()
                .that()
                .doNotHaveSimpleName("Refusal")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.earshot.events", "java..", "com.fasterxml.jackson..", "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void of_kafka_only_the_names_of_its_errors_are_known() {
        classes()
                .that()
                .haveSimpleName("Refusal")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.earshot.events", "java..", "org.apache.kafka.common.errors")
                .check(CLASSES);
    }
}

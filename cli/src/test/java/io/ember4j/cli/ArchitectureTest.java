package io.ember4j.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the modules point one way.
 *
 * <p>The test stands here because this module is the one that sees all others. A rule that finds no
 * class to look at fails.
 */
class ArchitectureTest {

  /** Whatever is not a backend, the kit or a program is api, so that a new package is covered. */
  private static final DescribedPredicate<JavaClass> API =
      resideInAPackage("io.ember4j..")
          .and(
              not(
                  resideInAnyPackage(
                      "io.ember4j.backend..",
                      "io.ember4j.conformance..",
                      "io.ember4j.cli..",
                      "io.ember4j.benchmarks..")))
          .as("are in api");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.ember4j");

  @Test
  void apiUsesOnlySlf4j() {
    check(API, "org.slf4j..");
  }

  @Test
  void backendPureUsesOnlyApiAndTheJdk() {
    check(resideInAPackage("io.ember4j.backend.pure.."), "jdk.incubator.vector..", "org.slf4j..");
  }

  @Test
  void backendNd4jUsesOnlyApiAndNd4j() {
    check(
        resideInAPackage("io.ember4j.backend.nd4j.."),
        "org.nd4j..",
        "org.bytedeco..",
        "org.slf4j..");
  }

  @Test
  void backendJblasUsesOnlyApiAndJblas() {
    check(resideInAPackage("io.ember4j.backend.jblas.."), "org.jblas..", "org.slf4j..");
  }

  @Test
  void conformanceKitUsesOnlyApiAndJunit() {
    check(
        resideInAPackage("io.ember4j.conformance.."),
        "org.junit..",
        "org.opentest4j..",
        "org.slf4j..");
  }

  @Test
  void everyBackendHasARule() {
    classes()
        .that()
        .resideInAPackage("io.ember4j.backend..")
        .should()
        .resideInAnyPackage(
            "io.ember4j.backend.pure..", "io.ember4j.backend.nd4j..", "io.ember4j.backend.jblas..")
        .check(CLASSES);
  }

  /** Checks that a module uses nothing but itself, api, the JDK and the libraries given. */
  private static void check(DescribedPredicate<JavaClass> module, String... libraries) {
    classes()
        .that(module)
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .onlyDependOnClassesThat(
            module.or(API).or(resideInAPackage("java..")).or(resideInAnyPackage(libraries)))
        .check(CLASSES);
  }
}

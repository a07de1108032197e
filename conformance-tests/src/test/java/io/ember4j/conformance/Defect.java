package io.ember4j.conformance;

import io.ember4j.spi.Backend;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A mistake that a backend may make, seeded into one that is right otherwise.
 *
 * @param name what it is called
 * @param description what goes wrong, one sentence
 * @param backend makes the backend that has it
 * @param profile what that backend declares
 * @param caughtBy the rules that must fail, all others must pass
 */
record Defect(
    String name,
    String description,
    Supplier<Backend> backend,
    List<String> profile,
    Set<String> caughtBy) {
  /** Returns the defect of a backend that declares nothing. */
  static Defect of(String name, String description, Supplier<Backend> backend, String... caughtBy) {
    return new Defect(name, description, backend, List.of(), Set.of(caughtBy));
  }

  /** Returns the same defect in a backend that declares these lines. */
  Defect declaring(String... lines) {
    return new Defect(name, description, backend, List.of(lines), caughtBy);
  }

  @Override
  public String toString() {
    return name;
  }
}

package io.ember4j.backend.pure;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether SIMD is used, decided once, and the only way to the classes that use it.
 *
 * <p>Those stand in {@code src/vector} and need the module {@value #MODULE}, which a JVM has only
 * when it is started with {@code --add-modules}. Without it, with vectors of less than 128 bits, or
 * with the system property {@value #PROPERTY} set to {@code off}, scalar code computes the same
 * bits.
 */
final class Simd {
  static final String PROPERTY = "ember4j.simd";
  static final String MODULE = "jdk.incubator.vector";

  private static final Logger LOG = LoggerFactory.getLogger(Simd.class);
  private static final String REFUSAL = decide();

  private Simd() {}

  static boolean isAvailable() {
    return REFUSAL.isEmpty();
  }

  /** Returns whether SIMD is used, and why not if it is not, as a sentence for users. */
  static String note() {
    return find(Lanes.class, "VectorLanes")
        .map(lanes -> "It computes with SIMD, on vectors of " + lanes.floats() * 32 + " bits.")
        .orElse("It computes without SIMD, the same bits but slower: " + REFUSAL + ".");
  }

  /**
   * Returns a new instance of a class of {@code src/vector} as an interface of {@code src/main};
   * empty without SIMD.
   */
  static <T> Optional<T> find(Class<T> type, String simpleName) {
    return isAvailable() ? Optional.of(load(type, simpleName)) : Optional.empty();
  }

  private static String decide() {
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    String refusal = refusal(System.getProperty(PROPERTY), present);
    if (refusal.isEmpty() && load(Lanes.class, "VectorLanes").floats() < 4) {
      refusal = "this JVM has no vectors of 128 bits or more";
    }
    if (!refusal.isEmpty()) {
      LOG.info("backend pure computes without SIMD: {}", refusal);
    }
    return refusal;
  }

  /** Returns why SIMD must not be used, and what to do about it; empty if it may. */
  static String refusal(String property, boolean present) {
    if ("off".equals(property)) {
      return "system property " + PROPERTY + " is off";
    }
    return present ? "" : "start the JVM with --add-modules " + MODULE + " to turn it on";
  }

  private static <T> T load(Class<T> type, String simpleName) {
    String name = Simd.class.getPackageName() + "." + simpleName;
    try {
      return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(
          "the class " + name + " is missing or broken; -D" + PROPERTY + "=off does without",
          broken);
    }
  }
}

package io.ember4j.conformance;

import java.util.Locale;
import java.util.Objects;

/**
 * A rule that a backend is known to break, and why.
 *
 * @param ruleId the rule
 * @param os the operating system it is confined to ({@code linux}, {@code macos}, {@code windows});
 *     empty for all
 * @param arch the processor architecture it is confined to, such as {@code x86_64}; empty for all
 * @param reason why, as a sentence for the report
 */
public record Deviation(String ruleId, String os, String arch, String reason) {
  /** Checks that nothing is null and a reason is given. */
  public Deviation {
    Objects.requireNonNull(ruleId, "ruleId");
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(arch, "arch");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("the deviation from " + ruleId + " has no reason");
    }
  }

  /** Returns whether it applies to the platform this runs on. */
  boolean appliesHere() {
    return (os.isEmpty() || os.equals(thisOs())) && (arch.isEmpty() || arch.equals(thisArch()));
  }

  /** Returns the platform it is confined to as it is declared, such as {@code os=linux}. */
  String condition() {
    return ((os.isEmpty() ? "" : "os=" + os + " ") + (arch.isEmpty() ? "" : "arch=" + arch))
        .strip();
  }

  private static String thisOs() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : name;
  }

  private static String thisArch() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("amd64") ? "x86_64" : name.equals("arm64") ? "aarch64" : name;
  }
}

package io.ember4j.spi;

import java.util.Objects;

/**
 * Whether a backend can run here, and if not, why and what to do.
 *
 * @param available whether {@link BackendProvider#create()} is expected to work
 * @param reason why not, one sentence; empty when available
 * @param remedy what the user can do about it, one sentence; empty when available or unknown
 */
public record Availability(boolean available, String reason, String remedy) {
  private static final Availability AVAILABLE = new Availability(true, "", "");

  /** Checks that nothing is null. */
  public Availability {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** Returns the answer of a backend that can run. */
  public static Availability yes() {
    return AVAILABLE;
  }

  /** Returns the answer of a backend that cannot run, with why and what to do. */
  public static Availability no(String reason, String remedy) {
    return new Availability(false, reason, remedy);
  }
}

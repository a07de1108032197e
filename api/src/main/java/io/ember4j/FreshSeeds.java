package io.ember4j;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The seeds of layers that were given none: different from each other, and from run to run. */
final class FreshSeeds {
  /** The system property that makes the sequence repeat. */
  static final String PROPERTY = "ember4j.seed";

  private static final AtomicLong NEXT = new AtomicLong(start());

  private FreshSeeds() {}

  static long next() {
    return NEXT.getAndIncrement();
  }

  private static long start() {
    String given = System.getProperty(PROPERTY);
    if (given == null) {
      return new SecureRandom().nextLong();
    }
    try {
      return Long.parseLong(given.strip());
    } catch (NumberFormatException e) {
      throw new ParameterException(
          "system property " + PROPERTY + " is \"" + given + "\"; it must be an integer");
    }
  }
}

package io.ember4j;

import io.ember4j.spi.BackendProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Walks {@link ServiceLoader} so that a provider that fails to load does not hide the others.
 *
 * <p>A missing superclass makes {@code hasNext} throw, a failing constructor {@code next}; after
 * either, iteration goes on with the next provider.
 */
final class ProviderLoader {
  /** Stops an iterator that fails for ever. */
  private static final int MAX_CONSECUTIVE_FAILURES = 100;

  private final List<BackendProvider> providers = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  List<BackendProvider> providers() {
    return providers;
  }

  List<String> failures() {
    return failures;
  }

  /** Adds what this loader sees; a class that was seen before is the same provider. */
  void load(ClassLoader loader) {
    Iterator<BackendProvider> iterator =
        ServiceLoader.load(BackendProvider.class, loader).iterator();
    int consecutive = 0;
    while (consecutive < MAX_CONSECUTIVE_FAILURES) {
      try {
        if (!iterator.hasNext()) {
          return;
        }
        BackendProvider provider = iterator.next();
        if (seen.add(provider.getClass().getName())) {
          providers.add(provider);
        }
        consecutive = 0;
      } catch (ServiceConfigurationError | LinkageError e) {
        consecutive++;
        String failure = Failures.describe(e);
        if (!failures.contains(failure)) {
          failures.add(failure);
        }
      }
    }
  }
}

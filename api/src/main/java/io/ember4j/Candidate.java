package io.ember4j;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;
import java.util.List;

/** A provider that was found: probed and created at most once, each only when it matters. */
final class Candidate {
  private final BackendProvider provider;
  private final String name;
  private final int priority;
  private final String version;
  private Availability availability;
  private ActiveBackend active;

  /**
   * Reads the provider's description, its SPI version first, as one of another version may lack the
   * rest; whatever it throws goes to the caller.
   */
  Candidate(BackendProvider provider) {
    this.provider = provider;
    if (provider.spiVersion() != BackendProvider.SPI_VERSION) {
      throw new BackendException(
          "it was made for SPI version "
              + provider.spiVersion()
              + ", this api has version "
              + BackendProvider.SPI_VERSION
              + "; use the matching version of its jar");
    }
    this.name = provider.name();
    this.priority = provider.priority();
    this.version = provider.version() == null ? "" : provider.version();
    if (name == null || !name.matches("[a-z0-9][a-z0-9_-]*")) {
      throw new BackendException(
          "its name is \"" + name + "\"; use lower-case letters, digits, - and _");
    }
  }

  String name() {
    return name;
  }

  int priority() {
    return priority;
  }

  String providerClass() {
    return provider.getClass().getName();
  }

  synchronized Availability availability() {
    if (availability == null) {
      try {
        availability = provider.availability();
      } catch (Throwable e) { // native libraries throw any Error, OutOfMemoryError included
        availability = Availability.no("its availability check threw " + Failures.describe(e), "");
      }
      if (availability == null) {
        availability = Availability.no("its availability check returned null", "");
      }
    }
    return availability;
  }

  synchronized BackendInfo info() {
    return active != null ? active.info() : describe(List.of());
  }

  private BackendInfo describe(List<String> notes) {
    return new BackendInfo(name, version, priority, providerClass(), availability(), notes);
  }

  /**
   * Returns the backend, creating it on the first call.
   *
   * @throws BackendException if it cannot run or fails to start
   */
  synchronized ActiveBackend activate() {
    if (active == null) {
      Availability found = availability();
      if (!found.available()) {
        throw new BackendException(
            "backend \""
                + name
                + "\" cannot run here: "
                + found.reason()
                + (found.remedy().isEmpty() ? "" : "; " + found.remedy()));
      }
      try {
        Backend backend = provider.create();
        if (backend == null) {
          throw new BackendException("its provider " + providerClass() + " returned null");
        }
        active = new ActiveBackend(describe(backend.notes()), backend);
      } catch (Throwable e) {
        throw new BackendException(
            "backend \"" + name + "\" failed to start: " + Failures.describe(e), e);
      }
    }
    return active;
  }
}

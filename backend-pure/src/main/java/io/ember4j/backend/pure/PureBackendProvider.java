package io.ember4j.backend.pure;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;

/** Offers the backend {@code pure}, the embedded default: it runs wherever the JVM does. */
public final class PureBackendProvider implements BackendProvider {
  /** Creates the provider; the service loader calls this. */
  public PureBackendProvider() {}

  @Override
  public String name() {
    return "pure";
  }

  @Override
  public int priority() {
    return EMBEDDED_DEFAULT_PRIORITY;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  /** Returns the version in the jar's manifest; empty when the classes do not come from a jar. */
  @Override
  public String version() {
    String version = PureBackendProvider.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }

  @Override
  public Availability availability() {
    return Availability.yes();
  }

  @Override
  public Backend create() {
    return new PureBackend();
  }
}

package io.ember4j.stress;

import io.ember4j.backend.pure.PureBackendProvider;
import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;

/**
 * The pure backend under another name.
 *
 * @param name the name
 */
record RenamedProvider(String name) implements BackendProvider {
  @Override
  public int priority() {
    return Integer.MIN_VALUE;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String version() {
    return "";
  }

  @Override
  public Availability availability() {
    return Availability.yes();
  }

  @Override
  public Backend create() {
    return new PureBackendProvider().create();
  }
}

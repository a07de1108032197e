package io.ember4j.stress;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;
import java.util.function.Supplier;

/**
 * Provides what a supplier makes.
 *
 * @param name the name
 * @param backend makes the backend
 */
record SuppliedProvider(String name, Supplier<Backend> backend) implements BackendProvider {
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
    return backend.get();
  }
}

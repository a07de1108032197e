package io.ember4j.conformance;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;
import java.util.function.Supplier;

/** Provides a backend made in a test, under a name. */
record TestProvider(String name, Supplier<Backend> backend) implements BackendProvider {
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

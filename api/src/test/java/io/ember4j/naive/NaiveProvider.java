package io.ember4j.naive;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;

/** Provides {@link NaiveBackend#NAIVE}; the others extend it. */
public class NaiveProvider implements BackendProvider {
  /** Provides {@link NaiveBackend#OTHER}. */
  public static final class Other extends NaiveProvider {
    public Other() {
      super("other", 20, NaiveBackend.OTHER);
    }
  }

  /** Provides {@link NaiveBackend#RICH}. */
  public static final class Rich extends NaiveProvider {
    public Rich() {
      super("rich", 10, NaiveBackend.RICH);
    }
  }

  private final String name;
  private final int priority;
  private final Backend backend;

  public NaiveProvider() {
    this("naive", 30, NaiveBackend.NAIVE);
  }

  protected NaiveProvider(String name, int priority, Backend backend) {
    this.name = name;
    this.priority = priority;
    this.backend = backend;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Availability availability() {
    return Availability.yes();
  }

  @Override
  public Backend create() {
    return backend;
  }
}

package toy;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;

public final class ToyProvider implements BackendProvider {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public int priority() {
    return 1;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String version() {
    return "1.0";
  }

  @Override
  public Availability availability() {
    return Availability.yes();
  }

  @Override
  public Backend create() {
    return new ToyBackend();
  }
}

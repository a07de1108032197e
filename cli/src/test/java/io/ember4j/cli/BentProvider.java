package io.ember4j.cli;

import io.ember4j.backend.pure.PureBackendProvider;
import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A backend that is right but for its matrix products, on class paths put together by a test. */
public class BentProvider implements BackendProvider {
  private final BackendProvider pure = new PureBackendProvider();

  /** One that cannot run. */
  public static final class Gone extends BentProvider {
    /** For the service loader. */
    public Gone() {}

    @Override
    public String name() {
      return "gone";
    }

    @Override
    public Availability availability() {
      return Availability.no("libgone.so is missing", "apt-get install libgone");
    }
  }

  /** For the service loader. */
  public BentProvider() {}

  @Override
  public String name() {
    return "bent";
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
    return "Bent 1.0";
  }

  @Override
  public Availability availability() {
    return Availability.yes();
  }

  @Override
  public Backend create() {
    Backend right = pure.create();
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("matmul")) {
                throw new UnsupportedOperationException("bent has no matmul");
              }
              try {
                return method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

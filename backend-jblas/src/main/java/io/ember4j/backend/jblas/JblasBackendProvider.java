package io.ember4j.backend.jblas;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Offers jblas as the backend {@code "jblas"}.
 *
 * <p>It can run wherever jblas is on the class path. Where its native library does not load, the
 * matrix product runs in Java, and {@link Backend#notes} says so.
 */
public final class JblasBackendProvider implements BackendProvider {
  private static final String DESCRIPTION = "META-INF/maven/org.jblas/jblas/pom.properties";

  /** Creates the provider; nothing of jblas is loaded. */
  public JblasBackendProvider() {}

  @Override
  public String name() {
    return "jblas";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  /** Returns jblas and its version, or only {@code "jblas"} where its jar does not tell. */
  @Override
  public String version() {
    // org.jblas.Info.VERSION is not to be trusted: in jblas 1.2.5 it says 1.2.4.
    try (InputStream in = loader().getResourceAsStream(DESCRIPTION)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return ("jblas " + properties.getProperty("version", "")).trim();
    } catch (IOException | IllegalArgumentException e) {
      return "jblas";
    }
  }

  /**
   * Returns whether jblas is there. Tries its native library as well: the backend works without it,
   * but what it says of it should not depend on what other backends load later.
   */
  @Override
  public Availability availability() {
    try {
      Class.forName("org.jblas.FloatMatrix", true, loader());
      Class.forName("org.jblas.DoubleMatrix", true, loader());
      NativeLibrary.found();
      return Availability.yes();
    } catch (ClassNotFoundException | LinkageError e) {
      return Availability.no(
          "the classes of jblas do not load (" + e + ")",
          "add the artifact org.jblas:jblas to the class path");
    }
  }

  /** Returns the backend, after one small native matrix product to see whether there are any. */
  @Override
  public Backend create() {
    return JblasBackend.create();
  }

  private static ClassLoader loader() {
    return JblasBackendProvider.class.getClassLoader();
  }
}

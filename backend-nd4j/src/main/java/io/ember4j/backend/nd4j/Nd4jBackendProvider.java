package io.ember4j.backend.nd4j;

import io.ember4j.spi.Availability;
import io.ember4j.spi.Backend;
import io.ember4j.spi.BackendProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Offers ND4J as the backend {@code nd4j}. Loads nothing of ND4J until it is asked to. */
public final class Nd4jBackendProvider implements BackendProvider {
  private static final String POM = "/META-INF/maven/org.nd4j/nd4j-native/pom.properties";
  private static final String REMEDY =
      "Put org.nd4j:nd4j-native-platform (or nd4j-native with the classifier of this platform) on"
          + " the class path, and make sure that java.io.tmpdir is writable: the native libraries"
          + " are unpacked under ~/.javacpp or there.";

  /** Makes the provider; does nothing else. */
  public Nd4jBackendProvider() {}

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public int priority() {
    return 200;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String version() {
    // A resource, because ND4J's own version call would load the native library.
    try (InputStream in = Nd4jBackendProvider.class.getResourceAsStream(POM)) {
      if (in != null) {
        Properties properties = new Properties();
        properties.load(in);
        return "ND4J " + properties.getProperty("version", "").trim();
      }
    } catch (IOException e) {
      // The version is for display only.
    }
    return "ND4J";
  }

  @Override
  public Availability availability() {
    try {
      withOwnLoader(NativeProbe::run);
      return Availability.yes();
    } catch (Exception | LinkageError e) {
      return Availability.no("ND4J does not load here: " + rootCause(e), REMEDY);
    }
  }

  @Override
  public Backend create() {
    withOwnLoader(NativeProbe::run);
    return new Nd4jBackend();
  }

  /**
   * Runs with the context class loader that loaded this class: ND4J looks for its parts with the
   * context loader of whichever thread touches it first, which need not see them.
   */
  private static void withOwnLoader(Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Nd4jBackendProvider.class.getClassLoader());
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}

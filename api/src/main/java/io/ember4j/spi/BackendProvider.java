package io.ember4j.spi;

/**
 * Names a backend and makes it on demand; found through {@link java.util.ServiceLoader}.
 *
 * <p>A provider is cheap: it has a public constructor without parameters, loads nothing native, and
 * has no third-party type in its fields, signatures or superclass, so that listing the providers
 * never fails because of one of them. Register it in {@code
 * META-INF/services/io.ember4j.spi.BackendProvider}.
 */
public interface BackendProvider {
  /** The version of this SPI. A constant: a provider keeps the version it was compiled against. */
  int SPI_VERSION = 1;

  /**
   * The priority reserved for the backend that is the embedded default, so that adding another jar
   * never changes results silently. Two providers that claim it are an error.
   */
  int EMBEDDED_DEFAULT_PRIORITY = Integer.MAX_VALUE;

  /** Returns the name by which users choose the backend: lower-case letters, digits, - and _. */
  String name();

  /** Returns the rank among the available backends when the user chose none; the highest wins. */
  int priority();

  /**
   * Returns the SPI version the provider was compiled for: {@code return SPI_VERSION;}. The
   * constant is copied into the provider's class, so that an older jar tells its own version.
   */
  int spiVersion();

  /** Returns the version of the implementation, such as {@code "jblas 1.2.5"}; may be empty. */
  String version();

  /**
   * Tries whether the backend can run here, with a real native call if it needs native code.
   *
   * <p>Called at most once per process, and only when the answer matters. Anything thrown counts as
   * "not available", with the throwable as the reason.
   */
  Availability availability();

  /** Returns the backend; called at most once per process, when it is first used. */
  Backend create();
}

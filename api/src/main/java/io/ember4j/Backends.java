package io.ember4j;

import java.util.List;
import java.util.Objects;

/**
 * Chooses the backend that computes.
 *
 * <p>In effect is, in this order: the innermost {@link #use scope} of the calling thread; the name
 * given to {@link #set}; the system property {@code ember4j.backend}; the environment variable
 * {@code EMBER4J_BACKEND}; else the available backend of the highest priority (ties by name). A
 * name that is asked for and missing is an error, never replaced by another.
 *
 * <p>The outermost public call looks the choice up once and keeps it for all that it does. All
 * methods are safe to call from any thread.
 */
public final class Backends {
  private Backends() {}

  /** Returns the backends that can run here, the highest priority first. Probes every provider. */
  public static List<BackendInfo> available() {
    return Discovery.current().available().stream()
        .filter(info -> info.availability().available())
        .toList();
  }

  /**
   * Returns everything that was found: backends that can run and those that cannot, and what failed
   * to load, with reasons. Probes every provider.
   */
  public static BackendReport report() {
    Discovery discovery = Discovery.current();
    return new BackendReport(discovery.available(), discovery.failures());
  }

  /**
   * Makes the named backend the choice of the whole process, for threads without an open scope.
   *
   * @throws BackendException if it is missing, ambiguous or cannot run; nothing is changed then
   */
  public static void set(String name) {
    Selection.set(Discovery.current().activate(checked(name)));
  }

  /** Returns the backend in effect on this thread, creating it if this is its first use. */
  public static BackendInfo current() {
    BackendScope scope = Scopes.innermost();
    return (scope == null ? active() : scope.backend()).info();
  }

  /** Returns why the current backend is the one in effect, such as {@code "Backends.set"}. */
  public static String currentReason() {
    if (Scopes.innermost() != null) {
      return "a scope of this thread (Backends.use)";
    }
    return Selection.current().reason();
  }

  /**
   * Returns what is known about the named backend, after creating it.
   *
   * @throws BackendException if it is missing, ambiguous or cannot run
   */
  public static BackendInfo get(String name) {
    return Discovery.current().activate(checked(name)).info();
  }

  /**
   * Chooses a backend for this thread until the scope is closed.
   *
   * @throws BackendException if it is missing, ambiguous or cannot run
   */
  public static BackendScope use(String name) {
    return use(name, Lowering.NATIVE);
  }

  /**
   * Chooses a backend and how expressions reach it, for this thread until the scope is closed.
   *
   * @throws BackendException if it is missing, ambiguous or cannot run
   */
  public static BackendScope use(String name, Lowering lowering) {
    return Scopes.push(
        Discovery.current().activate(checked(name)),
        Objects.requireNonNull(lowering, "lowering is null; pass NATIVE or COMPOSED"));
  }

  /**
   * Keeps the backend now in effect for this thread until the scope is closed, whatever other
   * threads {@link #set}. Every public method of the library does this for itself; do it around
   * several calls that belong together, such as those of a layer of your own.
   */
  public static BackendScope pin() {
    BackendScope scope = Scopes.innermost();
    return scope == null
        ? Scopes.push(active(), Lowering.NATIVE)
        : Scopes.push(scope.backend(), scope.lowering());
  }

  /**
   * Returns an action that runs with the scope now open on this thread, wherever it runs; without
   * an open scope, the action itself.
   */
  public static Runnable wrap(Runnable action) {
    Objects.requireNonNull(action, "action is null; pass what to run");
    BackendScope choice = Scopes.innermost();
    return choice == null ? action : () -> Scopes.runWith(choice, action);
  }

  /**
   * Adds a provider that {@link java.util.ServiceLoader} does not find, such as one in a test.
   *
   * @throws BackendException if it was made for another version of the SPI
   */
  public static void register(io.ember4j.spi.BackendProvider provider) {
    Discovery.current()
        .register(Objects.requireNonNull(provider, "provider is null; pass the one to add"));
  }

  /**
   * Returns how often this process has copied a tensor from one backend to another, prefetches
   * included, creation and download not.
   */
  public static long transfers() {
    return Transfers.count();
  }

  /**
   * Returns what the named backend says it does beyond the required floor, after creating it.
   *
   * @throws BackendException if it is missing, ambiguous or cannot run
   */
  public static BackendFeatures features(String name) {
    return new BackendFeatures(Discovery.current().activate(checked(name)));
  }

  /** Returns the choice of the process. */
  static ActiveBackend active() {
    return Selection.current().backend();
  }

  private static String checked(String name) {
    return Objects.requireNonNull(name, "name of the backend is null; see Backends.available()");
  }
}

package io.ember4j.backend.jblas;

import io.ember4j.spi.MatmulSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jblas.util.LibraryLoader;
import org.jblas.util.Logger;

/**
 * Whether jblas' native library works here.
 *
 * @param works whether a matrix product came back right
 * @param note what a user should know if not, with the reason and the remedy; else empty
 */
record NativeLibrary(boolean works, String note) {
  /** Set to {@code false}, this system property keeps the native library out of the process. */
  static final String PROPERTY = "ember4j.jblas.native";

  private static final Pattern FORTRAN = Pattern.compile("libgfortran\\.so\\.(\\d+)");
  private static final int SILENT = Logger.ERROR + 1;

  private static final class Holder {
    static final NativeLibrary FOUND = probe();
  }

  /** Returns what the first probe of this process found. */
  static NativeLibrary found() {
    return Holder.FOUND;
  }

  /**
   * Tries a small native matrix product.
   *
   * <p>jblas writes to standard error when its library does not load, which the note says better,
   * and at the exit of the JVM a line for each temporary file that it deletes. So its logger is
   * silent meanwhile and at {@link Logger#WARNING} from then on; whoever wants its messages sets
   * the level after this.
   */
  static NativeLibrary probe() {
    if ("false".equals(System.getProperty(PROPERTY))) {
      return missing("the system property " + PROPERTY + " is false");
    }
    Logger.getLogger().setLevel(SILENT);
    try {
      return multiply();
    } catch (UnsatisfiedLinkError e) {
      return retry();
    } catch (LinkageError | RuntimeException e) {
      return missing(e.toString());
    } finally {
      Logger.getLogger().setLevel(Logger.WARNING);
    }
  }

  /**
   * Loads the library again after it failed: jblas swallowed the reason the first time.
   *
   * <p>Only then: where it is loaded, jblas would overwrite the file under the running code.
   */
  private static NativeLibrary retry() {
    try {
      new LibraryLoader().loadLibrary("jblas", true);
      return multiply();
    } catch (UnsatisfiedLinkError e) {
      // That it cannot unpack the library, jblas only logs; the JVM then names the method that it
      // misses, in quotes.
      String message = String.valueOf(e.getMessage());
      return missing(
          message.startsWith("'")
              ? "it cannot be unpacked into " + System.getProperty("java.io.tmpdir")
              : message);
    } catch (LinkageError | RuntimeException e) {
      return missing(e.toString());
    }
  }

  private static NativeLibrary multiply() {
    float[] c = new float[2];
    MatmulSpec spec = new MatmulSpec(1, 2, 1, 2, false, false, 0, 0);
    new NativeGemm().multiply(spec, new float[] {1, 2, 3, 4}, new float[] {5, 6}, c);
    return c[0] == 17 && c[1] == 39
        ? new NativeLibrary(true, "")
        : missing("its matrix product is wrong");
  }

  private static NativeLibrary missing(String reason) {
    Matcher fortran = FORTRAN.matcher(reason);
    String remedy = "";
    if (fortran.find()) {
      String artifact = "libgfortran" + fortran.group(1);
      remedy = "; install " + artifact + " (Debian, Ubuntu: apt-get install " + artifact + ")";
    }
    return new NativeLibrary(
        false,
        "matrix products run in Java, because jblas' native library is not in use: "
            + reason
            + remedy);
  }
}

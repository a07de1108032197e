package io.ember4j.backend.jblas;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jblas.NativeBlas;
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
      return multiplies() ? new NativeLibrary(true, "") : missing("its matrix product is wrong");
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
    } catch (LinkageError | RuntimeException e) {
      return missing(String.valueOf(e.getMessage()));
    }
    try {
      return multiplies() ? new NativeLibrary(true, "") : missing("its matrix product is wrong");
    } catch (UnsatisfiedLinkError e) {
      // The loader reports all failures but one: that of unpacking, which it only logs.
      return missing("it cannot be unpacked into " + System.getProperty("java.io.tmpdir"));
    }
  }

  private static boolean multiplies() {
    float[] c = {Float.NaN, Float.NaN};
    NativeBlas.sgemm(
        'N', 'N', 2, 1, 2, 1, new float[] {1, 2, 3, 4}, 0, 2, new float[] {5, 6}, 0, 2, 0, c, 0, 2);
    return c[0] == 23 && c[1] == 34;
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

package io.ember4j.backend.pure;

/** Reads an array over and over from some position, for an array of either type. */
final class Cycle {
  private Cycle() {}

  /** Copies n elements from {@code source[position]} on, after the last beginning at the first. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // float[] or double[], and both the same
  static void load(Object source, int length, int position, Object target, int n) {
    int done = Math.min(n, length - position);
    System.arraycopy(source, position, target, 0, done);
    int whole = Math.min(n - done, length);
    System.arraycopy(source, 0, target, done, whole);
    done += whole;
    // From here on the target holds a whole cycle before each place: copy it, doubling each time.
    for (int cycle = length; done < n; cycle *= 2) {
      int more = Math.min(n - done, cycle);
      System.arraycopy(target, done - cycle, target, done, more);
      done += more;
    }
  }
}

package io.ember4j.backend.jblas;

/**
 * A copy between two arrays that are seen through extents and strides.
 *
 * <p>Axes that lie behind each other in both arrays are merged first, so that a slice or a
 * concatenation becomes few long rows.
 */
final class StridedCopy {
  /** Copies {@code length} elements, each a step after the last. */
  interface Row {
    void copy(int length, int source, int sourceStep, int target, int targetStep);
  }

  private final Row row;
  private final int[] extents;
  private final int[] sourceSteps;
  private final int[] targetSteps;

  /** The number of axes that are left; the last is the row. */
  private int rank;

  private StridedCopy(int capacity, Row row) {
    this.row = row;
    this.extents = new int[capacity];
    this.sourceSteps = new int[capacity];
    this.targetSteps = new int[capacity];
  }

  static StridedCopy of(long[] extents, long[] sourceStrides, long[] targetStrides, Row row) {
    StridedCopy copy = new StridedCopy(extents.length + 1, row);
    // One element: what is left when all extents are 1, or there are none.
    copy.append(1, 0, 0);
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] != 1) {
        copy.append((int) extents[axis], (int) sourceStrides[axis], (int) targetStrides[axis]);
      }
    }
    return copy;
  }

  /** Adds an axis inside the last one, or merges the two. */
  private void append(int extent, int sourceStep, int targetStep) {
    int last = rank - 1;
    if (rank == 0) {
      rank = 1;
    } else if (extents[last] == 1
        || (sourceSteps[last] == (long) extent * sourceStep
            && targetSteps[last] == (long) extent * targetStep)) {
      extent *= extents[last];
    } else {
      rank++;
    }
    extents[rank - 1] = extent;
    sourceSteps[rank - 1] = sourceStep;
    targetSteps[rank - 1] = targetStep;
  }

  void run(int sourceOffset, int targetOffset) {
    run(0, sourceOffset, targetOffset);
  }

  private void run(int axis, int source, int target) {
    if (axis == rank - 1) {
      row.copy(extents[axis], source, sourceSteps[axis], target, targetSteps[axis]);
      return;
    }
    for (int i = 0; i < extents[axis]; i++) {
      run(axis + 1, source + i * sourceSteps[axis], target + i * targetSteps[axis]);
    }
  }
}

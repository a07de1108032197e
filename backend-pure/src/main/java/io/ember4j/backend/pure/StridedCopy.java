package io.ember4j.backend.pure;

/** Copies between strided layouts: whole runs where both sides are contiguous, else one by one. */
final class StridedCopy {
  private final PureBuffer source;
  private final PureBuffer target;
  private final int rank;
  private final int[] extents;
  private final int[] sourceStrides;
  private final int[] targetStrides;

  /** Prepares a copy over the fewest axes: those of extent 1 are dropped, neighbours merged. */
  StridedCopy(
      PureBuffer source,
      long[] sourceStrides,
      PureBuffer target,
      long[] targetStrides,
      long[] extents) {
    this.source = source;
    this.target = target;
    this.extents = new int[extents.length];
    this.sourceStrides = new int[extents.length];
    this.targetStrides = new int[extents.length];
    int axes = 0;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == 1) {
        continue;
      }
      boolean continues =
          axes > 0
              && this.sourceStrides[axes - 1] == sourceStrides[i] * extents[i]
              && this.targetStrides[axes - 1] == targetStrides[i] * extents[i];
      int axis = continues ? axes - 1 : axes++;
      this.extents[axis] = (int) ((continues ? this.extents[axis] : 1) * extents[i]);
      this.sourceStrides[axis] = (int) sourceStrides[i];
      this.targetStrides[axis] = (int) targetStrides[i];
    }
    this.rank = axes;
  }

  /** Copies, starting from these elements. */
  void run(int from, int to) {
    if (rank == 0) {
      System.arraycopy(source.array(), from, target.array(), to, 1);
      return;
    }
    int[] index = new int[rank];
    int axis;
    do {
      copyRow(from, to);
      // Like an odometer, over all axes but the last.
      axis = rank - 2;
      while (axis >= 0) {
        from += sourceStrides[axis];
        to += targetStrides[axis];
        if (++index[axis] < extents[axis]) {
          break;
        }
        from -= index[axis] * sourceStrides[axis];
        to -= index[axis] * targetStrides[axis];
        index[axis--] = 0;
      }
    } while (axis >= 0);
  }

  private void copyRow(int from, int to) {
    int n = extents[rank - 1];
    int sourceStride = sourceStrides[rank - 1];
    int targetStride = targetStrides[rank - 1];
    if (sourceStride == 1 && targetStride == 1) {
      System.arraycopy(source.array(), from, target.array(), to, n);
    } else if (source.isFloat()) {
      copy(source.floats(), from, sourceStride, target.floats(), to, targetStride, n);
    } else {
      copy(source.doubles(), from, sourceStride, target.doubles(), to, targetStride, n);
    }
  }

  private static void copy(
      float[] source, int from, int sourceStride, float[] target, int to, int targetStride, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * targetStride] = source[from + i * sourceStride];
    }
  }

  private static void copy(
      double[] source,
      int from,
      int sourceStride,
      double[] target,
      int to,
      int targetStride,
      int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * targetStride] = source[from + i * sourceStride];
    }
  }
}

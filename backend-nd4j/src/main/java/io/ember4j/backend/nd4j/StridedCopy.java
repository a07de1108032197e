package io.ember4j.backend.nd4j;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;

/** Copies between strided views: whole runs where there are any, else by ND4J's assignment. */
final class StridedCopy {
  /** Below this many elements, starting a copy of a run costs more than assigning its elements. */
  private static final long SHORTEST_RUN = 64;

  private final long[] extents;
  private final long[] from;
  private final long[] to;
  private int rank;

  StridedCopy(long[] extents, long[] sourceStrides, long[] targetStrides) {
    this.extents = extents.clone();
    this.from = sourceStrides.clone();
    this.to = targetStrides.clone();
    merge();
  }

  void copy(Nd4jBuffer source, long sourceOffset, Nd4jBuffer target, long targetOffset) {
    if (hasRuns()) {
      copyRuns(source, sourceOffset, target, targetOffset);
    } else {
      assign(source, sourceOffset, target, targetOffset);
    }
  }

  /** Drops axes of extent 1 and joins neighbours that are one axis in both views. */
  private void merge() {
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == 1) {
        continue;
      }
      boolean joins =
          rank > 0 && from[rank - 1] == from[i] * extents[i] && to[rank - 1] == to[i] * extents[i];
      int axis = joins ? rank - 1 : rank++;
      extents[axis] = joins ? extents[axis] * extents[i] : extents[i];
      from[axis] = from[i];
      to[axis] = to[i];
    }
  }

  private boolean hasRuns() {
    if (rank == 0) {
      return true;
    }
    int last = rank - 1;
    boolean contiguous = from[last] == 1 && to[last] == 1;
    return contiguous && (rank == 1 || extents[last] >= SHORTEST_RUN);
  }

  private void copyRuns(
      Nd4jBuffer source, long sourceOffset, Nd4jBuffer target, long targetOffset) {
    long width = source.bytes() / source.size();
    long run = rank == 0 ? 1 : extents[rank - 1];
    try (Pointer in = new Pointer(source.array().data().addressPointer());
        Pointer out = new Pointer(target.array().data().addressPointer())) {
      long[] index = new long[Math.max(0, rank - 1)];
      long i = sourceOffset;
      long o = targetOffset;
      boolean more = true;
      while (more) {
        Pointer.memcpy(out.position(o * width), in.position(i * width), run * width);
        more = false;
        for (int axis = index.length - 1; axis >= 0 && !more; axis--) {
          i += from[axis];
          o += to[axis];
          more = ++index[axis] < extents[axis];
          if (!more) {
            i -= from[axis] * extents[axis];
            o -= to[axis] * extents[axis];
            index[axis] = 0;
          }
        }
      }
    }
  }

  private void assign(Nd4jBuffer source, long sourceOffset, Nd4jBuffer target, long targetOffset) {
    long[] shape = Arrays.copyOf(extents, rank);
    target
        .view(targetOffset, shape, Arrays.copyOf(to, rank), 'c')
        .assign(source.view(sourceOffset, shape, Arrays.copyOf(from, rank), 'c'));
  }
}

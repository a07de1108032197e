package io.ember4j.backend.pure;

import java.util.Arrays;

/**
 * Lays matrices out in the order in which {@link FloatTile} reads them.
 *
 * <p>Each method writes a panel: {@code depth} lines of {@code width} numbers, number r of line p
 * being {@code source[start + r * across + p * along]}.
 */
final class FloatPacking {
  private FloatPacking() {}

  /** Packs a panel of which {@code used} numbers per line exist; the others are 0. */
  static void pack(
      float[] source,
      int start,
      int across,
      int along,
      int used,
      int depth,
      float[] target,
      int at,
      int width) {
    copy(source, start, across, along, used, depth, target, at, width);
    for (int p = 0; p < depth && used < width; p++) {
      Arrays.fill(target, at + p * width + used, at + (p + 1) * width, 0);
    }
  }

  /** Writes only the first {@code used} numbers of each line. */
  static void copy(
      float[] source,
      int start,
      int across,
      int along,
      int used,
      int depth,
      float[] target,
      int at,
      int width) {
    int r = 0;
    if (along == 1 && used == 8 && width == 8) {
      eightRows(source, start, across, depth, target, at);
      return;
    }
    if (along == 1) {
      for (; r + 4 <= used; r += 4) {
        fourRows(source, start + r * across, across, depth, target, at + r, width);
      }
    } else if (across == 1) {
      for (; r + 4 <= used; r += 4) {
        fourColumns(source, start + r, along, depth, target, at + r, width);
      }
    }
    for (; r < used; r++) {
      for (int p = 0; p < depth; p++) {
        target[at + p * width + r] = source[start + r * across + p * along];
      }
    }
  }

  /** The case of a tile's rows: with a constant width the compiler needs no bounds checks. */
  private static void eightRows(
      float[] source, int start, int across, int depth, float[] target, int at) {
    int start1 = start + across;
    int start2 = start1 + across;
    int start3 = start2 + across;
    int start4 = start3 + across;
    int start5 = start4 + across;
    int start6 = start5 + across;
    int start7 = start6 + across;
    for (int p = 0; p < depth; p++) {
      target[at + p * 8] = source[start + p];
      target[at + p * 8 + 1] = source[start1 + p];
      target[at + p * 8 + 2] = source[start2 + p];
      target[at + p * 8 + 3] = source[start3 + p];
      target[at + p * 8 + 4] = source[start4 + p];
      target[at + p * 8 + 5] = source[start5 + p];
      target[at + p * 8 + 6] = source[start6 + p];
      target[at + p * 8 + 7] = source[start7 + p];
    }
  }

  private static void fourRows(
      float[] source, int start, int across, int depth, float[] target, int at, int width) {
    int start1 = start + across;
    int start2 = start1 + across;
    int start3 = start2 + across;
    for (int p = 0; p < depth; p++) {
      int to = at + p * width;
      target[to] = source[start + p];
      target[to + 1] = source[start1 + p];
      target[to + 2] = source[start2 + p];
      target[to + 3] = source[start3 + p];
    }
  }

  private static void fourColumns(
      float[] source, int start, int along, int depth, float[] target, int at, int width) {
    for (int p = 0; p < depth; p++) {
      int from = start + p * along;
      int to = at + p * width;
      target[to] = source[from];
      target[to + 1] = source[from + 1];
      target[to + 2] = source[from + 2];
      target[to + 3] = source[from + 3];
    }
  }
}

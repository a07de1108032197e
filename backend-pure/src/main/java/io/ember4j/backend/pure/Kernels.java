package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers the kernels that were made last, by their code, so that an expression that is built
 * anew in every call is compiled once.
 */
final class Kernels {
  private static final int KEPT = 256;

  private record Key(DType dtype, List<Code.Key> code, int root, int operands) {}

  /** In the order of use; the one not used for the longest time is dropped. */
  private final Map<Key, Kernel> kernels =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kernel> eldest) {
          return size() > KEPT;
        }
      };

  /** Returns the kernel that computes a value from operands 0 to operands - 1. */
  Kernel of(Value root, int operands) {
    Code code = root.code();
    Key key = new Key(code.dtype(), code.signature(), root.index(), operands);
    synchronized (kernels) {
      return kernels.computeIfAbsent(key, k -> new Kernel(root, operands));
    }
  }
}

package io.ember4j.expr;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Keeps one node per structure, for as long as somebody holds it.
 *
 * <p>A key refers to its argument nodes by identity, so its hash does not walk the graph.
 */
final class Interner {
  private static final ConcurrentMap<Key, Reference> NODES = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Expr> COLLECTED = new ReferenceQueue<>();

  private Interner() {}

  sealed interface Key {}

  record InputKey(int index) implements Key {}

  record ConstantKey(long bits) implements Key {}

  record ApplyKey(Operation operation, List<Expr> arguments) implements Key {}

  private static final class Reference extends WeakReference<Expr> {
    private final Key key;

    Reference(Key key, Expr node) {
      super(node, COLLECTED);
      this.key = key;
    }
  }

  static Expr intern(Key key, Supplier<Expr> create) {
    forgetCollected();
    Reference known = NODES.get(key);
    Expr node = known == null ? null : known.get();
    if (node != null) {
      return node;
    }
    Expr created = create.get();
    Reference reference = new Reference(key, created);
    while (true) {
      Reference other = NODES.putIfAbsent(key, reference);
      if (other == null) {
        return created;
      }
      node = other.get();
      if (node != null) {
        return node;
      }
      NODES.remove(key, other);
    }
  }

  private static void forgetCollected() {
    for (java.lang.ref.Reference<? extends Expr> gone = COLLECTED.poll();
        gone != null;
        gone = COLLECTED.poll()) {
      NODES.remove(((Reference) gone).key, gone);
    }
  }
}

package io.ember4j.expr;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps one node per structure, for as long as somebody holds it.
 *
 * <p>The table holds nothing but weak references, so that one garbage collection frees an
 * expression however deep it is. A node's structural hash refers to its arguments by identity and
 * does not walk the graph.
 */
final class Interner {
  private static final ConcurrentMap<Object, Entry> NODES = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Expr> COLLECTED = new ReferenceQueue<>();

  private Interner() {}

  /** A node in the table; equal to another whose node has the same structure. */
  private static final class Entry extends WeakReference<Expr> {
    private final int hash;

    Entry(Expr node) {
      super(node, COLLECTED);
      this.hash = node.structuralHash();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Entry entry && hash == entry.hash && sameNode(get(), entry.get()));
    }
  }

  /** A node to look up, which costs less than an entry. */
  private record Probe(Expr node) {
    @Override
    public int hashCode() {
      return node.structuralHash();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && sameNode(node, entry.get());
    }
  }

  private static boolean sameNode(Expr a, Expr b) {
    return a != null && b != null && a.sameStructure(b);
  }

  /** Returns the node of this structure: an earlier one that somebody holds, or this one. */
  static Expr intern(Expr node) {
    forgetCollected();
    Entry known = NODES.get(new Probe(node));
    Expr earlier = known == null ? null : known.get();
    if (earlier != null) {
      return earlier;
    }
    Entry entry = new Entry(node);
    while (true) {
      Entry other = NODES.putIfAbsent(entry, entry);
      if (other == null) {
        return node;
      }
      earlier = other.get();
      if (earlier != null) {
        return earlier;
      }
    }
  }

  private static void forgetCollected() {
    for (Object gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
      NODES.remove(gone);
    }
  }
}

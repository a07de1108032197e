package io.ember4j.backend.nd4j;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.javacpp.Pointer;

/**
 * Counts the native bytes of the buffers that are neither released nor collected, and asks for a
 * garbage collection when too many may be garbage.
 *
 * <p>ND4J frees the memory of an unreachable array after the collector has found it. But the
 * collector sees a few hundred bytes of heap per array, whatever its size, so a loop that never
 * closes its results would fill the machine before the heap. The memory itself stays with ND4J:
 * this class only counts.
 *
 * <p>After each collection the count is what is really alive; the next one is due when as much
 * again has come on top, but at least 256 MB and at most an eighth of the machine's memory. So
 * collections stay rare however much is alive, and a program that closes its tensors causes none.
 * (With {@code -XX:+DisableExplicitGC} the JVM ignores the request.)
 */
final class NativeMemory {
  private static final long LEAST_ROOM = 256L << 20;
  private static final long DRAIN_MILLIS = 20;

  private final ReferenceQueue<Nd4jBuffer> collected = new ReferenceQueue<>();
  private final Set<Claim> claims = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock collecting = new ReentrantLock();
  private final long mostRoom = Math.max(LEAST_ROOM, Pointer.totalPhysicalBytes() / 8);
  private volatile long limit = LEAST_ROOM;

  /** What a buffer counts for until it is released or collected. */
  static final class Claim extends PhantomReference<Nd4jBuffer> {
    private final long bytes;

    private Claim(Nd4jBuffer buffer, ReferenceQueue<Nd4jBuffer> queue) {
      super(buffer, queue);
      bytes = buffer.bytes();
    }
  }

  /** Makes room before {@code more} bytes are allocated. */
  void reserve(long more) {
    drain();
    if (bytes.get() + more > limit && collecting.tryLock()) {
      try {
        collect();
      } finally {
        collecting.unlock();
      }
    }
  }

  void add(Nd4jBuffer buffer) {
    Claim claim = new Claim(buffer, collected);
    bytes.addAndGet(claim.bytes);
    claims.add(claim);
    buffer.track(claim);
  }

  void remove(Nd4jBuffer buffer) {
    if (buffer.claim() != null) {
      drop(buffer.claim());
    }
  }

  /** Returns the bytes of all buffers that are neither released nor known to be unreachable. */
  long bytes() {
    drain();
    return bytes.get();
  }

  private void collect() {
    System.gc();
    try {
      // The references arrive a moment after the collection; ND4J frees while we wait for them.
      for (Reference<?> next = collected.remove(DRAIN_MILLIS);
          next != null;
          next = collected.remove(DRAIN_MILLIS)) {
        drop((Claim) next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long alive = bytes.get();
    limit = alive + Math.min(Math.max(alive, LEAST_ROOM), mostRoom);
  }

  private void drain() {
    for (Reference<?> next = collected.poll(); next != null; next = collected.poll()) {
      drop((Claim) next);
    }
  }

  private void drop(Claim claim) {
    if (claims.remove(claim)) {
      bytes.addAndGet(-claim.bytes);
    }
  }
}

package io.ember4j.backend.pure;

import io.ember4j.DType;
import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps released buffers for the next result of the same size, which spares the JVM the zeroing of
 * a fresh array and the processor the misses on cold memory.
 *
 * <p>A buffer is in the pool or with one owner, never both: it leaves by an atomic exchange, and a
 * second release is refused. Kept buffers are softly reachable, so the collector takes them before
 * memory runs out; their total is bounded, and beyond it the pool starts anew. No locks.
 */
final class BufferPool {
  /** Smaller arrays are as cheap to make as to find. */
  private static final int MIN_BYTES = 256;

  /** Buffers of one size: enough for the layers of a network and for a few threads. */
  private static final int SLOTS = 16;

  /** Sizes that are kept at a time; a program that needs more has no use for old ones. */
  private static final int MAX_SHELVES = 1000;

  private final long maxBytes;
  private final AtomicLong keptBytes = new AtomicLong();
  private final ConcurrentHashMap<Long, AtomicReferenceArray<SoftReference<PureBuffer>>> shelves =
      new ConcurrentHashMap<>();

  BufferPool(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Returns a pool that keeps at most an eighth of the largest heap. */
  static BufferPool ofHeap() {
    return new BufferPool(Runtime.getRuntime().maxMemory() / 8);
  }

  /** Returns a kept buffer, of arbitrary content, or a new one. */
  PureBuffer take(DType dtype, long size) {
    long bytes = size * dtype.bytes();
    if (bytes >= MIN_BYTES && bytes <= maxBytes) {
      var shelf = shelves.get(key(dtype, size));
      for (int i = 0; shelf != null && i < SLOTS; i++) {
        SoftReference<PureBuffer> reference = shelf.getAndSet(i, null);
        if (reference != null) {
          keptBytes.addAndGet(-bytes);
          PureBuffer buffer = reference.get();
          if (buffer != null) {
            buffer.leavePool();
            return buffer;
          }
        }
      }
    }
    return PureBuffer.allocate(dtype, size);
  }

  /**
   * Takes a buffer back.
   *
   * @throws IllegalStateException if it has been given back before
   */
  void release(PureBuffer buffer) {
    buffer.enterPool();
    long bytes = buffer.size() * buffer.dtype().bytes();
    if (bytes < MIN_BYTES || bytes > maxBytes) {
      return;
    }
    if (keptBytes.addAndGet(bytes) > maxBytes || shelves.size() > MAX_SHELVES) {
      clear();
      keptBytes.addAndGet(bytes);
    }
    var shelf =
        shelves.computeIfAbsent(
            key(buffer.dtype(), buffer.size()), k -> new AtomicReferenceArray<>(SLOTS));
    for (int i = 0; i < SLOTS; i++) {
      SoftReference<PureBuffer> there = shelf.get(i);
      // What the collector has taken is counted until its place is used again.
      boolean isFree = there == null || there.get() == null;
      if (isFree && shelf.compareAndSet(i, there, buffer.softReference())) {
        keptBytes.addAndGet(there == null ? 0 : -bytes);
        return;
      }
    }
    keptBytes.addAndGet(-bytes);
  }

  private void clear() {
    // A release on another thread may put its buffer on a shelf that is gone; it is garbage then.
    shelves.clear();
    keptBytes.set(0);
  }

  long keptBytes() {
    return keptBytes.get();
  }

  private static long key(DType dtype, long size) {
    return size * 2 + (dtype == DType.FLOAT32 ? 0 : 1);
  }
}

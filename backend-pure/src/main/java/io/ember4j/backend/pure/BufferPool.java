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

  private static final int RECENT = 64;

  private final long maxBytes;
  private volatile Stock stock = new Stock();

  /** The kept buffers of one dtype and size. */
  private static final class Shelf {
    private final long key;
    private final AtomicReferenceArray<SoftReference<PureBuffer>> slots =
        new AtomicReferenceArray<>(SLOTS);

    Shelf(long key) {
      this.key = key;
    }
  }

  /** All that is kept, and how much that is. */
  private static final class Stock {
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentHashMap<Long, Shelf> shelves = new ConcurrentHashMap<>();

    /** The shelves found last: finding one here needs no boxed key. */
    private final AtomicReferenceArray<Shelf> recent = new AtomicReferenceArray<>(RECENT);

    /** Returns the shelf, or null if nothing of the kind was released yet. */
    Shelf find(long key) {
      int place = Long.hashCode(key * 0x9E3779B97F4A7C15L) & (RECENT - 1);
      Shelf last = recent.get(place);
      if (last != null && last.key == key) {
        return last;
      }
      Shelf shelf = shelves.get(key);
      if (shelf != null) {
        recent.set(place, shelf);
      }
      return shelf;
    }

    Shelf findOrMake(long key) {
      Shelf found = find(key);
      return found != null ? found : shelves.computeIfAbsent(key, Shelf::new);
    }
  }

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
      Stock from = stock;
      Shelf shelf = from.find(key(dtype, size));
      for (int i = 0; shelf != null && i < SLOTS; i++) {
        SoftReference<PureBuffer> reference = shelf.slots.getAndSet(i, null);
        if (reference != null) {
          from.bytes.addAndGet(-bytes);
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
    Stock to = stock;
    if (to.bytes.addAndGet(bytes) > maxBytes || to.shelves.size() > MAX_SHELVES) {
      // What another thread puts into the old stock meanwhile is garbage with it.
      to = new Stock();
      to.bytes.set(bytes);
      stock = to;
    }
    var slots = to.findOrMake(key(buffer.dtype(), buffer.size())).slots;
    for (int i = 0; i < SLOTS; i++) {
      SoftReference<PureBuffer> there = slots.get(i);
      // What the collector has taken is counted until its place is used again.
      boolean isFree = there == null || there.get() == null;
      if (isFree && slots.compareAndSet(i, there, buffer.softReference())) {
        to.bytes.addAndGet(there == null ? 0 : -bytes);
        return;
      }
    }
    to.bytes.addAndGet(-bytes);
  }

  long keptBytes() {
    return stock.bytes.get();
  }

  private static long key(DType dtype, long size) {
    return size * 2 + (dtype == DType.FLOAT32 ? 0 : 1);
  }
}

package io.ember4j.spi;

import io.ember4j.DType;

/**
 * A backend's own storage: {@link #size()} contiguous elements of one {@link DType}.
 *
 * <p>Only the backend that allocated a buffer reads or writes it. The api decides when it lives and
 * who may see it: a buffer reaches a backend only while somebody holds it, and only buffers of that
 * backend do.
 */
public interface Buffer {
  /** Returns the element type. */
  DType dtype();

  /** Returns the number of elements, 0 or more. */
  long size();
}
